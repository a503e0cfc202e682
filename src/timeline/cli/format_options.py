"""The switches and options of the formats, made from their table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from inspect import Parameter
from typing import Annotated, Any, Self

import typer

from timeline.cli.console import wrong_use
from timeline.cli.options import Group, parameter
from timeline.cli.values import bound_of, day_of, refuse_empty
from timeline.formats import FORMATS, Format, Option, RenderOptions


@dataclass(kw_only=True)
class FormatSwitches(Group):
    """The formats that were named, in the order of the table."""

    names: list[str]

    @classmethod
    def parameters(cls) -> Iterator[Parameter]:
        """Yield a switch for each format."""
        for name, form in FORMATS.items():
            yield parameter(name, Annotated[bool, typer.Option(f"--{name}", help=form.help)], False)

    @classmethod
    def read(cls, values: Mapping[str, Any], given: frozenset[str]) -> Self:
        """Keep the names of the switches that are on."""
        return cls(names=[name for name in FORMATS if values[name]], given=given)


@dataclass(kw_only=True)
class FormatOptions(Group):
    """The options of formats that were given, as typer reads them, by their parameter names."""

    values: dict[str, Any]

    @classmethod
    def parameters(cls) -> Iterator[Parameter]:
        """Yield a parameter for each option; one that several formats have is one parameter."""
        for name, option in _declared().items():
            yield parameter(name, _annotation(option), option.default)

    @classmethod
    def read(cls, values: Mapping[str, Any], given: frozenset[str]) -> Self:
        """Keep the values of the options that were given."""
        return cls(
            values={name: values[name] for name in _declared() if name in given}, given=given
        )

    def check(self) -> None:
        """Exit with 2 for values that no format accepts, and for those that conflict."""
        declared = _declared()
        refuse_empty({declared[name].flag: value for name, value in self.values.items()})
        for name, value in self.values.items():
            flag, choices = declared[name].flag, declared[name].choices
            if choices and value not in choices:
                *most, last = [f"`{choice}`" for choice in choices]
                wrong_use(f"{flag} is {', '.join(most)} or {last}, not `{value}`")
        for form in FORMATS.values():
            if (objection := form.options.objection(self._given_to(form))) is not None:
                wrong_use(objection)

    def idle(self, names: list[str]) -> Iterator[tuple[str, str]]:
        """Yield the flag of each option that none of the formats has, and a format that has it."""
        for name in self.values:
            flag = _declared()[name].flag
            having = [key for key, form in FORMATS.items() if flag in _flags(form)]
            if not set(having) & set(names):
                yield flag, having[0]

    def of(self, form: Format) -> RenderOptions:
        """Return the options of a format: what was given, else the defaults."""
        declared = form.options.declared()
        given = self._given_to(form)
        return form.options(**{key: _value(declared[key], given[key]) for key in given})

    def _given_to(self, form: Format) -> dict[str, Any]:
        """Return what was given of a format's options, by the names of their fields."""
        names = {key: _name(option) for key, option in form.options.declared().items()}
        return {key: self.values[name] for key, name in names.items() if name in self.values}


def _declared() -> dict[str, Option]:
    """Return the options of all formats by their parameter names, in the order of the table."""
    options = [option for form in FORMATS.values() for option in form.options.declared().values()]
    return {_name(option): option for option in options}


def _name(option: Option) -> str:
    return option.flag.removeprefix("--").replace("-", "_")


def _flags(form: Format) -> set[str]:
    return {option.flag for option in form.options.declared().values()}


def _annotation(option: Option) -> Any:
    """Return the type of an option's value on the command line, with what typer needs to know."""
    if option.default is False:
        return Annotated[bool, typer.Option(option.flag, help=option.help)]
    if option.bounds:
        low, high = option.bounds
        return Annotated[
            int,
            typer.Option(option.flag, metavar=option.metavar, help=option.help, min=low, max=high),
        ]
    info = typer.Option(option.flag, metavar=option.metavar, help=option.help)
    return Annotated[str, info] if option.choices else Annotated[str | None, info]


def _value(option: Option, given: Any) -> Any:
    """Read a value of the command line."""
    if option.date == "day":
        return day_of(given, option.flag)
    if option.date == "period":
        return bound_of(given, option.flag, "latest")
    return given
