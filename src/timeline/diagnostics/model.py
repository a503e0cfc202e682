"""What timeline has to say about a file: values, made anywhere, placed and printed at the edge.

A diagnostic points at a *data path*, ``('events', 3, 'start')``, which is what pydantic calls a
``loc``. Whoever finds a mistake needs no lines and columns; the reader joins them later.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from timeline.diagnostics import rules
from timeline.diagnostics.rules import Rule, Severity

STDIN = "<stdin>"
"""What standard input is called in diagnostics."""

MOST = 1_000
"""How many mistakes are told of in one run. No author mends more at once, and a hostile file has
millions, each of which would take a millisecond and a kilobyte."""

Path = tuple[str | int, ...]
"""The way from the root of the file to a key or an item: keys and indices from 0."""


class On(StrEnum):
    """Which side of a mapping's entry a diagnostic points at."""

    KEY = "key"
    VALUE = "value"


class Span(Struct, frozen=True, order=True):
    """A piece of a file.

    Lines and columns count from 1, columns in characters (not bytes, not screen cells). The end
    is exclusive. ``file`` is the name as the user gave it, ``<stdin>`` for standard input.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class At(Struct, frozen=True):
    """A place in the data: a path, which side of the entry, and which part of its text.

    ``part`` is a half-open range of characters of the scalar's text, for a mistake that is in
    one word of it; ``None`` is the whole.
    """

    path: Path
    on: On = On.VALUE
    part: tuple[int, int] | None = None


class Note(Struct, frozen=True):
    """The other place a diagnostic has to do with; without a place, a bare remark."""

    message: str
    at: At | Span | None = None


class Diagnostic(Struct, frozen=True):
    """One violation of a rule.

    ``message`` is one clause, lower case, without a full stop, the author's words in backticks.
    ``help`` says what to type. ``replacement`` is the whole new text of the key or value at ``at``,
    regardless of ``part``, where that is certain: what ``help`` says, and what ``validate --fix``
    writes.
    """

    rule: Rule
    message: str
    at: At | Span
    help: str | None = None
    notes: tuple[Note, ...] = ()
    replacement: str | None = None

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.rule.code

    @property
    def severity(self) -> Severity:
        """The severity of the rule."""
        return self.rule.severity


def too_many(at: At | Span, severity: Severity) -> Diagnostic:
    """Return the diagnostic that stands for all that are not shown."""
    what = "mistakes" if severity is Severity.ERROR else "warnings"
    return Diagnostic(
        rules.TOO_MANY._replace(severity=severity),
        f"there are more than {MOST:,} {what}",
        at,
        help="mend these first: what comes after them is not shown",
    )


_HERE = At(())


class Refusal(ValueError):  # noqa: N818 - what the reader of the file did is refused, nothing failed
    """A text that the format does not allow, raised by the parsers of single values.

    It knows nothing of where the text stands; ``part`` is the half-open range of its characters
    that is at fault, ``None`` for all of it. ``replacement`` is what the whole text is certainly
    to be. Where a mapping or a list was read, ``inside`` leads from there to what is at fault, and
    ``others`` are what is wrong with it besides.
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
        """Return the refusal of a longer text, in which this text is the range from start to end.

        ``replacement`` is that of the longer text: the one of this text would replace too much.
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
    """Give the author's words in backticks, shortened where they are many."""
    return f"`{text}`" if len(text) <= 60 else f"`{text[:57]}…`"
