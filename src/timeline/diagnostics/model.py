"""Diagnostics as values, which any room can make without knowing lines and columns.

A diagnostic points at a *data path* such as ``('events', 3, 'start')``, which pydantic calls a
``loc``. The span of the path in the file is looked up when the diagnostic is reported.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from timeline.diagnostics import rules
from timeline.diagnostics.passwords import hide_passwords
from timeline.diagnostics.rules import Rule, Severity

STDIN = "<stdin>"
"""The file name of standard input in diagnostics."""

MOST = 1_000
"""How many errors, or warnings, are reported in one run. No author fixes more at a time, and a
hostile file has millions, each of which would take a millisecond and a kilobyte."""

Path = tuple[str | int, ...]
"""The path from the root of the file to a value: keys, and indices from 0."""


class On(StrEnum):
    """Which side of a mapping's entry a diagnostic points at: the key or its value."""

    KEY = "key"
    VALUE = "value"


class Span(Struct, frozen=True, order=True):
    """A range of characters of a file.

    Lines and columns count from 1, columns in characters (not bytes, not terminal cells). The end
    is exclusive. ``file`` is the name as the user gave it, ``<stdin>`` for standard input.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class At(Struct, frozen=True):
    """A place in the data: a path, a side of the entry, and a part of its text.

    ``path`` is of keys and indices from 0, such as ``("events", 1, "start")``. ``part`` is a
    half-open range of characters of the scalar's text, for an error in one word of it; ``None`` is
    the whole text.
    """

    path: Path
    on: On = On.VALUE
    part: tuple[int, int] | None = None


class Note(Struct, frozen=True):
    """Another place that a diagnostic is about: a ``message``, and where it is ``at``.

    Without a place, it is a remark.
    """

    message: str
    at: At | Span | None = None


class Edit(Struct, frozen=True):
    """A range of a file, ``at``, and the ``text`` to write in its place.

    A range of no length is where the text is inserted.
    """

    at: Span
    text: str


class Diagnostic(Struct, frozen=True):
    """One violation of a rule.

    ``code`` is that of the rule, such as ``date-syntax``, and ``severity`` its severity. ``at`` is
    the place, and ``notes`` are other places. ``message`` is one clause, lower case, without a full
    stop, the author's words in backticks. ``help`` is what to type. ``replacement`` is the whole
    new text of the key or value at ``at``, regardless of ``part``, if it is certain. ``edit`` is
    the same for a text without a place in the data, because it is not read as it is meant.
    ``validate --fix`` writes both. ``edits`` are what it writes because of this diagnostic, where a
    report has them.
    """

    rule: Rule
    message: str
    at: At | Span
    help: str | None = None
    notes: tuple[Note, ...] = ()
    replacement: str | None = None
    edit: Edit | None = None
    edits: tuple[Edit, ...] = ()

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.rule.code

    @property
    def severity(self) -> Severity:
        """The severity of the rule."""
        return self.rule.severity


def too_many(at: At | Span, severity: Severity) -> Diagnostic:
    """Return the diagnostic that is reported instead of all those after the first `MOST`."""
    what = "errors" if severity is Severity.ERROR else "warnings"
    return Diagnostic(
        replace(rules.TOO_MANY, severity=severity),
        f"there are more than {MOST:,} {what}",
        at,
        help="fix these first; later ones are not shown",
    )


_HERE = At(())


class Refusal(ValueError):  # noqa: N818 - the author's text is refused, no operation failed
    """A value that the file format does not allow, raised by the parser of that value.

    It has no place in the file. ``part`` is the half-open range of the wrong characters of the
    text, ``None`` for the whole text. ``replacement`` is the correct whole text, if it is certain.
    If the value is a mapping or a list, ``inside`` is the path from there to what is wrong, and
    ``others`` are further errors in it.
    """

    def __init__(
        self,
        rule: Rule,
        message: str,
        help: str | None = None,  # noqa: A002 - the word the report prints
        part: tuple[int, int] | None = None,
        *,
        replacement: str | None = None,
        inside: At = _HERE,
    ) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.help = help
        self.part = part
        self.replacement = replacement
        self.inside = inside
        self.others: tuple[Refusal, ...] = ()

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.rule.code

    def to_diagnostic(self, at: At | Span) -> Diagnostic:
        """Return the diagnostic of the refused text, which is at a place."""
        return Diagnostic(self.rule, self.message, at, help=self.help, replacement=self.replacement)

    def at(self, start: int, end: int, *, replacement: str | None = None) -> Refusal:
        """Return the refusal of a longer text that has this text from ``start`` to ``end``.

        ``replacement`` is that of the longer text; the replacement of this text is dropped.
        """
        first, last = self.part or (0, end - start)
        moved = Refusal(
            self.rule,
            self.message,
            self.help,
            (start + first, start + last),
            replacement=replacement,
            inside=self.inside,
        )
        moved.others = tuple(other.at(start, end) for other in self.others)
        return moved

    def with_help(self, help: str | None) -> Refusal:  # noqa: A002 - the word the report prints
        """Return the same refusal with another help."""
        copy = Refusal(
            self.rule,
            self.message,
            help,
            self.part,
            replacement=self.replacement,
            inside=self.inside,
        )
        copy.others = self.others
        return copy


def cited(text: str) -> str:
    """Return the author's words in backticks, shortened to 60 characters, without passwords."""
    text = hide_passwords(text)
    return f"`{text}`" if len(text) <= 60 else f"`{text[:57]}…`"
