"""Which warnings are told: all but those that a comment in the file or the command line ignores.

``# timeline: ignore[code]`` at the end of a line ignores what is warned of on that line. Errors are
always told: what is exported would not be what the file says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline._records import dataclass
from timeline.diagnostics import rules
from timeline.diagnostics.catalog import by_code
from timeline.diagnostics.model import Diagnostic, Span
from timeline.diagnostics.rules import Severity
from timeline.diagnostics.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.source.document import Document

# What must stand before the `#` is looked at behind it: a pattern that begins with a character is
# searched for at the pace of C, and most files have few.
_COMMENT = regex(r"#(?<!\S#)[ \t]*timeline:[ \t]*ignore\b(?:\[([^\]\r\n]*)\])?")
_CODE = regex(r"[^\s,]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for: only ``select``, where it is given, and not ``ignore``."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def keep(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Leave out the warnings that nobody asked for."""
        return [each for each in found if each.severity is Severity.ERROR or self._has(each.code)]

    def _has(self, code: str) -> bool:
        return code not in self.ignore and (not self.select or code in self.select)


def refusal(code: str) -> str | None:
    """Say why a code cannot be ignored or selected; ``None`` if it can."""
    if code not in by_code():
        near = nearest(code, by_code())
        return f"there is no diagnostic `{code}`" + (f", did you mean `{near}`?" if near else "")
    if by_code()[code].severity is Severity.ERROR:
        return f"`{code}` is an error, and only warnings can be ignored"
    return None


@dataclass(frozen=True, slots=True)
class Ignore:
    """One code of one comment; without a code, the comment names none."""

    code: str
    at: Span


def read(document: Document) -> list[Ignore]:
    """Give what the comments of a document ignore."""
    return [each for span, codes in document.comments(_COMMENT) for each in _codes(span, codes)]


def heed(found: list[Diagnostic], ignores: list[Ignore], document: Document) -> list[Diagnostic]:
    """Leave out the warnings that comments ignore, and warn of comments that ignore none.

    Whether a comment is of use is known once there is no error: a mistake hides what is warned of.
    """
    if not ignores:
        return found
    by_line: dict[tuple[str, int], list[Ignore]] = {}
    for each in ignores:
        by_line.setdefault((each.at.file, each.at.line), []).append(each)
    used: set[Ignore] = set()

    def is_ignored(one: Diagnostic) -> bool:
        heeding = [
            ignore
            for line in _lines(one, document)
            for ignore in by_line.get(line, ())
            if ignore.code == one.code and one.severity is not Severity.ERROR
        ]
        used.update(heeding)
        return bool(heeding)

    kept = [each for each in found if not is_ignored(each)]
    is_sound = all(each.severity is not Severity.ERROR for each in found)
    idle = [each for each in ignores if each not in used and each.code != rules.UNUSED_IGNORE.code]
    complaints = [one for each in idle if (one := _complaint(each, is_sound=is_sound))]
    return kept + [each for each in complaints if not is_ignored(each)]


def _codes(span: Span, codes: str | None) -> Iterator[Ignore]:
    """Give each code of a comment with its place, or the comment where it has none."""
    words = [] if codes is None else list(_CODE.finditer(codes))
    if not words or codes is None:
        yield Ignore("", span)
    else:
        first = span.end_column - 1 - len(codes)
        for word in words:
            start, end = first + word.start(), first + word.end()
            yield Ignore(word.group(), Span(span.file, span.line, start, span.line, end))


def _lines(one: Diagnostic, document: Document) -> Iterator[tuple[str, int]]:
    """Give the lines on which a comment is of a diagnostic: the first and the last of its text.

    A text that an alias repeats is also where it is used.
    """
    spans = (document.locate(one.at), document.alias(one.at))
    for span in spans:
        if span is not None:
            yield span.file, span.line
            # The end is exclusive: at the first column, the text ends on the line before.
            yield span.file, span.end_line - (span.end_column == 1 < span.end_line)


def _complaint(ignore: Ignore, *, is_sound: bool) -> Diagnostic | None:
    if not ignore.code:
        return Diagnostic(
            rules.UNUSED_IGNORE,
            "this comment does not say what it ignores",
            ignore.at,
            help="write the code of the warning in brackets: `# timeline: ignore[overlap]`",
        )
    if (why := refusal(ignore.code)) is not None:
        said, _, hint = why.partition(", did")
        what = f"did{hint}" if hint else "take the comment away, and mend what is reported"
        return Diagnostic(rules.UNUSED_IGNORE, said, ignore.at, help=what)
    if not is_sound:
        return None
    return Diagnostic(
        rules.UNUSED_IGNORE,
        f"nothing on this line is a `{ignore.code}`",
        ignore.at,
        help="take the comment away, or write it at the end of the line that is warned of",
    )
