"""Lay out the help of commands: titled groups of options, plain names, and examples at the end.

Typer does so only with rich, which is slow to import; its own plain help shows Python types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GENERAL = "General"
"""The group of the options that belong to no other group."""


class Example(Struct, frozen=True):
    """A command line, and a sentence about what it does."""

    about: str
    line: str


def examples_text(examples: Sequence[Example]) -> str:
    """Return the last section of a help text."""
    return "\n".join(["Examples:", *(f"  # {item.about}\n  {item.line}" for item in examples)])


def option_groups(parameters: Sequence[Any]) -> dict[str, list[TyperOption]]:
    """Return the options of a command by the title of their group, the general ones last."""
    groups: dict[str, list[TyperOption]] = {}
    for parameter in parameters:
        if isinstance(parameter, TyperOption) and not parameter.hidden:
            groups.setdefault(parameter.rich_help_panel or GENERAL, []).append(parameter)
    general = groups.pop(GENERAL, [])
    return groups | ({GENERAL: general} if general else {})


def argument_name(argument: TyperArgument) -> str:
    """Return an argument as in the usage line: ``[FILE]``, or ``FILE...`` if it is required."""
    name = (argument.metavar or argument.name or "") + ("..." if argument.nargs != 1 else "")
    return name if argument.required else f"[{name}]"


def option_name(option: TyperOption) -> str:
    """Return the names of an option, with the placeholder for its value."""
    names = ", ".join(sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} {option.metavar}"


def typed_name(parameter: Any) -> str:
    """Return the name of an argument or option in messages: ``FILE``, ``--name``."""
    is_argument = isinstance(parameter, TyperArgument)
    return str(parameter.metavar) if is_argument else max(parameter.opts, key=len)


def default_text(parameter: TyperArgument | TyperOption) -> str | None:
    """Return the default value that a user should know, if there is one."""
    if isinstance(parameter.show_default, str):
        return parameter.show_default
    return None if parameter.default in (None, False) else str(parameter.default)


class _PlainHelp:
    """The parts of the help that differ from typer's; the types of ``formatter`` are private."""

    def format_options(self: Any, ctx: Any, formatter: Any) -> None:
        """Write the arguments and the groups of options."""
        parameters = self.get_params(ctx)
        arguments = [item for item in parameters if isinstance(item, TyperArgument)]
        sections: dict[str, Sequence[TyperArgument | TyperOption]] = {
            **({"Arguments": arguments} if arguments else {}),
            **option_groups(parameters),
        }
        rows = {title: list(_rows(items)) for title, items in sections.items()}
        # All groups have the same column for the texts, so that they read as one list.
        width = max(min(len(name), _COLUMN) for part in rows.values() for name, _ in part)
        for title, part in rows.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), text) for name, text in part], _COLUMN)

    def format_epilog(self: Any, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - typer's
        """Write the examples, without wrapping their lines."""
        formatter.write(f"\n{self.epilog}\n")


_COLUMN = 22
"""The width of the names; a longer one has its text on the line below."""


def _rows(parameters: Sequence[TyperArgument | TyperOption]) -> Iterator[tuple[str, str]]:
    for item in parameters:
        name = argument_name(item) if isinstance(item, TyperArgument) else option_name(item)
        default = default_text(item)
        yield name, (item.help or "") + (f" [default: {default}]" if default else "")


class PlainCommand(_PlainHelp, TyperCommand):
    """A command with plain help."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return the words of the usage line after the name of the command."""
        arguments = [item for item in self.get_params(ctx) if isinstance(item, TyperArgument)]
        return ["[OPTIONS]", *map(argument_name, arguments)]


class PlainGroup(_PlainHelp, TyperGroup):
    """A group of commands with plain help."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, then the options."""
        self.format_commands(ctx, formatter)
        super().format_options(ctx, formatter)
