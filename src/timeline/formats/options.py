"""The declarations of a format's options: a class per format, an ``option`` per field.

The command line is made from these declarations, and any other reader of options for a format uses
the same ones. Nothing here depends on the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self, dataclass_transform

from msgspec import Struct, StructMeta

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from timeline.model import Calendar, EventOrigin, Selection


class Option(Struct, frozen=True, kw_only=True):
    """The declaration of one option.

    ``flag`` is its name on the command line. ``default`` also determines the type of its values:
    ``False`` means a switch, a number means one within ``bounds``, a text means one of ``choices``,
    and ``None`` means a date or a text. A ``day`` is a date that is known to the day; a ``period``
    counts as its last day. A ``file`` is read, and its value is a `TextFile`; a ``url`` is the
    address of a web page, and a ``language`` a tag of BCP 47. ``is_of_one`` states that the command
    line cannot have a value for several outputs.
    """

    flag: str
    help: str
    default: bool | int | str | None
    choices: tuple[str, ...] = ()
    bounds: tuple[int, int] | None = None
    date: Literal["day", "period"] | None = None
    text: Literal["file", "url", "language"] | None = None
    is_of_one: bool = False

    @property
    def metavar(self) -> str | None:
        """Return the placeholder of the value in the help text; ``None`` for a switch."""
        if self.choices:
            return "|".join(self.choices)
        if self.bounds:
            return "{}..{}".format(*self.bounds)
        if self.text:
            return self.text.upper()
        return {"day": "DAY", "period": "DATE", None: None}[self.date]


class Objection(Struct, frozen=True):
    """Why an option has no effect: another one does not have the value that it ``needs``.

    ``option`` and ``other`` are names of fields.
    """

    option: str
    other: str
    needs: str
    reason: str


class TextFile(Struct, frozen=True):
    """A file that an option names, and what it contains."""

    path: str
    content: bytes


def option(default: bool | int | str | None, flag: str, help_: str, **details: Any) -> Any:
    """Declare a field of a ``RenderOptions`` that users can set.

    ``details`` are the other fields of ``Option``.
    """
    return Option(flag=flag, help=help_, default=default, **details)


def as_of_option() -> Any:
    """Declare the option of every format that can mark a day as today."""
    return option(
        None,
        "--as-of",
        "Day to mark as today in the diagram; the Markdown and the page mark what is over or next.",
        date="day",
    )


def all_classes_option() -> Any:
    """Declare the option of every format that leaves out events by their class."""
    return option(
        False,
        "--all-classes",
        "Show private and confidential events in the diagram and on the page, too.",
    )


class _WithOptions(StructMeta):
    """Creates a class in which the default of an option is that of its field."""

    def __new__(  # noqa: PYI034 - a metaclass cannot use Self
        cls, name: str, bases: tuple[type, ...], body: dict[str, Any], *, frozen: bool = True
    ) -> _WithOptions:
        own = {field: value for field, value in body.items() if isinstance(value, Option)}
        body |= {field: option.default for field, option in own.items()}
        body["declared"] = {**getattr(bases[0], "declared", {}), **own}
        return super().__new__(cls, name, bases, body, kw_only=True, frozen=frozen)


@dataclass_transform(kw_only_default=True, frozen_default=True)
class RenderOptions(Struct, metaclass=_WithOptions, frozen=True):
    """The options of a format; only programs set fields that are not declared by ``option``.

    ``declared`` are those that users can set, by the names of their fields.
    """

    declared: ClassVar[dict[str, Option]]

    @classmethod
    def objection(cls, given: Mapping[str, object]) -> Objection | None:  # noqa: ARG003 - overrides use it
        """Return why one of the given values has no effect, or ``None``."""
        return None

    def of_file(
        self,
        origins: Callable[[], Mapping[str, EventOrigin]],  # noqa: ARG002 - overrides use them
        selection: Selection,  # noqa: ARG002
    ) -> RenderOptions:
        """Return the options with what they need of the file, and of the selection of events."""
        return self

    def beside(
        self,
        paths: Sequence[str],  # noqa: ARG002 - overrides use them
        siblings: Mapping[str, RenderOptions],  # noqa: ARG002
    ) -> Self:
        """Return the options of an output that has others beside it, by their relative paths.

        ``siblings`` are the options of the other outputs of the same format.
        """
        return self

    def refusal(self, calendar: Calendar) -> str | None:  # noqa: ARG002 - overrides use it
        """Return why a calendar cannot be rendered with these options, or ``None``."""
        return None

    def notices(self, calendar: Calendar) -> Sequence[str]:  # noqa: ARG002 - overrides use it
        """Return what a user of this output must know, as sentences."""
        return ()

    def advice(self, calendar: Calendar) -> Sequence[str]:  # noqa: ARG002 - overrides use it
        """Return what is missing in a new or changed output, and how to add it, as sentences."""
        return ()
