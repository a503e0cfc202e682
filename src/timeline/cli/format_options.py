"""Make the switches and options of the formats from the table of formats."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from inspect import Parameter
from typing import Any, ClassVar, Self

import typer

from timeline.cli.completion import one_of
from timeline.cli.console import usage_error
from timeline.cli.options import OptionGroup, parameter, with_title
from timeline.cli.values import (
    parse_bound,
    parse_day,
    parse_language,
    parse_number,
    parse_web_address,
    read_text_file,
)
from timeline.formats import FORMATS, Format, Option, RenderOptions


class FormatSwitches(OptionGroup, kw_only=True):
    """The formats on the command line, in the order of the table."""

    title: ClassVar = "Formats"
    names: list[str]

    @classmethod
    def parameters(cls) -> Iterator[Parameter]:
        """Yield a switch for each format."""
        for name, form in FORMATS.items():
            info = typer.Option(f"--{name}", help=form.help)
            yield parameter(name, bool, with_title(info, cls.title), False)

    @classmethod
    def read(cls, values: Mapping[str, Any], given: frozenset[str]) -> Self:
        """Keep the names of the switches that are on."""
        return cls(names=[name for name in FORMATS if values[name]], given=given)


class FormatOptions(OptionGroup, kw_only=True):
    """The options of formats on the command line, as typer reads them, by parameter name."""

    values: dict[str, Any]

    @classmethod
    def parameters(cls) -> Iterator[Parameter]:
        """Yield a parameter for each option; an option of several formats is one parameter."""
        titles = {
            _parameter_name(option): form.option_heading
            for form in reversed(FORMATS.values())  # the first one that has it
            for option in form.options.declared.values()
        }
        for name, option in _declared().items():
            complete = one_of(option.choices) if option.choices else None
            info = typer.Option(
                option.flag, metavar=option.metavar, help=option.help, autocompletion=complete
            )
            # A value is read as text: what is wrong with it is reported here, not by typer.
            is_switch, default = option.default is False, option.default
            type_ = bool if is_switch else str | None
            text = default if is_switch or default is None else str(default)
            yield parameter(name, type_, with_title(info, titles[name]), text)

    @classmethod
    def read(cls, values: Mapping[str, Any], given: frozenset[str]) -> Self:
        """Keep the values of the options on the command line."""
        return cls(
            values={name: values[name] for name in _declared() if name in given}, given=given
        )

    def check(self) -> None:
        """Exit with 2 for values that no format accepts."""
        declared = _declared()
        for name, value in self.values.items():
            _parse_value(declared[name], value)

    def idle(self, names: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield the flag of each option that none of ``names`` has, and a format that has it."""
        for name in self.values:
            flag = _declared()[name].flag
            with_flag = [key for key, form in FORMATS.items() if flag in _flags(form)]
            if not set(with_flag) & set(names):
                yield flag, with_flag[0]

    def of_one(self, form: Format) -> Iterator[str]:
        """Yield the flags of the options on the command line that only one output can have."""
        declared = form.options.declared
        for key in self._given_to(form):
            if declared[key].is_of_one:
                yield declared[key].flag

    def of(self, form: Format, written: Mapping[str, Any]) -> RenderOptions:
        """Return the options of an output: those typed, else those written, else the defaults.

        Exit with 2 for a typed option that has no effect; a written one is not used then.
        """
        declared = form.options.declared
        given = self._given_to(form)
        typed = {key: _parse_value(declared[key], text) for key, text in given.items()}
        values = {**written, **typed}
        if (objection := form.options.objection(values)) is not None:
            if objection.option in typed:
                flag, other = declared[objection.option].flag, declared[objection.other].flag
                usage_error(f"{flag} needs {other} {objection.needs}; {objection.reason}")
            del values[objection.option]
        return form.options(**values)

    def _given_to(self, form: Format) -> dict[str, Any]:
        """Return the values of a format's options on the command line, by field name."""
        names = {key: _parameter_name(option) for key, option in form.options.declared.items()}
        return {key: self.values[name] for key, name in names.items() if name in self.values}


@cache
def _declared() -> dict[str, Option]:
    """Return the options of all formats by parameter name, in the order of the table."""
    options = [option for form in FORMATS.values() for option in form.options.declared.values()]
    return {_parameter_name(option): option for option in options}


def _parameter_name(option: Option) -> str:
    return option.flag.removeprefix("--").replace("-", "_")


def _flags(form: Format) -> set[str]:
    return {option.flag for option in form.options.declared.values()}


def _parse_value(option: Option, given: Any) -> Any:
    """Return the value of an option from the text on the command line; exit with 2 if invalid."""
    if option.choices and given not in option.choices:
        *most, last = [f"`{choice}`" for choice in option.choices]
        usage_error(f"{option.flag} must be {', '.join(most)} or {last}, not `{given}`")
    if option.bounds:
        return parse_number(given, option.flag, *option.bounds)
    if option.date == "day":
        return parse_day(given, option.flag)
    if option.date == "period":
        return parse_bound(given, option.flag, "latest")
    if option.text == "file":
        return read_text_file(given, option.flag)
    if option.text == "url":
        return parse_web_address(given, option.flag)
    if option.text == "language":
        return parse_language(given)
    return given
