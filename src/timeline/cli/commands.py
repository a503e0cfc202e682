"""Commands of which typer inspects the parameters once one is asked for, and not all at each start.

A group of click's looks its commands up in a mapping of names (see "Lazily Loading Subcommands" in
the documentation of click): this one makes each when it is looked up, of an app of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Function = TypeVar("Function", bound=Callable[..., None])


class Commands(Mapping[str, Any]):
    """The commands that typer makes of functions, by the names of these, in their order."""

    def __init__(self) -> None:
        self._functions: dict[str, tuple[Callable[..., None], str]] = {}

    def command(self, *, short_help: str) -> Callable[[Function], Function]:
        """Register a function as ``Typer.command`` does."""

        def register(function: Function) -> Function:
            self._functions[function.__name__] = function, short_help
            return function

        return register

    def group(self) -> type[TyperGroup]:
        """Make the ``cls`` of the app that they are the commands of."""
        commands = self

        class Group(TyperGroup):
            def __init__(self, **options: Any) -> None:
                super().__init__(**options | {"commands": commands})

        return Group

    def __getitem__(self, name: str) -> Any:
        function, short_help = self._functions[name]
        app = typer.Typer(
            add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
        )
        app.command(short_help=short_help)(function)
        return typer.main.get_command(app)

    def __iter__(self) -> Iterator[str]:
        return iter(self._functions)

    def __len__(self) -> int:
        return len(self._functions)
