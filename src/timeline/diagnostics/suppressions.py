"""Suppress warnings by comments in the file and by options of the command line.

``# timeline: ignore[code]`` at the end of a line suppresses the warnings with this code on that
line. Errors are always reported: without them, an export would differ from the file.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline._lazy import regex
from timeline.diagnostics import rules
from timeline.diagnostics.catalog import rules_by_code
from timeline.diagnostics.model import MOST, Diagnostic, Span
from timeline.diagnostics.rules import Severity
from timeline.diagnostics.suggestions import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.diagnostics.placement import SourceMap

# The character before the `#` is tested after it: a pattern that begins with a literal character
# is searched for at the speed of C, and most files have few. The codes end at another `#`, so that
# a line of thousands of open brackets is not searched to its end for each.
_COMMENT = regex(r"#(?<!\S#)[ \t]*timeline:[ \t]*ignore\b(?:\[([^\]\r\n#]*)\])?")
_CODE = regex(r"[^\s,]+")


class RuleSelection(Struct, frozen=True):
    """The warnings to report: those in ``select``, or all if it is empty, but not in ``ignore``.

    Those that are off by default are only found where ``select`` has them.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def apply(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return all errors, and the warnings that are selected."""
        return [
            diagnostic
            for diagnostic in diagnostics
            if diagnostic.severity is Severity.ERROR or self._includes(diagnostic.code)
        ]

    def _includes(self, code: str) -> bool:
        return code not in self.ignore and (not self.select or code in self.select)


class Objection(Struct, frozen=True):
    """Why a code can be neither suppressed nor selected; ``near`` is the code probably meant."""

    message: str
    near: str | None = None


def find_objection(code: str) -> Objection | None:
    """Return why a code can be neither suppressed nor selected; ``None`` if it can."""
    if code not in rules_by_code():
        return Objection(f"there is no diagnostic `{code}`", nearest(code, rules_by_code()))
    if rules_by_code()[code].severity is Severity.ERROR:
        return Objection(f"`{code}` is an error, and only warnings can be ignored")
    return None


class Suppression(Struct, frozen=True):
    """One code of one comment, empty for a comment without a code."""

    code: str
    at: Span


def read_suppressions(source: SourceMap) -> list[Suppression]:
    """Return the suppressions of all comments of a file."""
    return [
        suppression
        for span, codes in source.comments(_COMMENT)
        for suppression in _split_codes(span, codes)
    ]


def apply_suppressions(
    diagnostics: list[Diagnostic], suppressions: list[Suppression], source: SourceMap
) -> list[Diagnostic]:
    """Remove the suppressed warnings, and add one for each suppression that has no effect.

    Effects are only known when there is no error: an error hides warnings.
    """
    if not suppressions:
        return diagnostics
    # A line may have thousands of codes, and thousands of warnings.
    ignored = {_key(suppression) for suppression in suppressions}
    used: set[tuple[str, int, str]] = set()

    def is_suppressed(diagnostic: Diagnostic) -> bool:
        if diagnostic.severity is Severity.ERROR:
            return False
        lines = {(file, line, diagnostic.code) for file, line in _lines(diagnostic, source)}
        used.update(lines & ignored)
        return not ignored.isdisjoint(lines)

    kept = [diagnostic for diagnostic in diagnostics if not is_suppressed(diagnostic)]
    has_errors = any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    unused = (
        warning
        for suppression in suppressions
        if _key(suppression) not in used
        if suppression.code != rules.UNUSED_IGNORE.code
        if (warning := _warn_of_unused(suppression, has_errors=has_errors)) is not None
    )
    # More warnings than are reported need no message, which may take a search for a code.
    shown = (warning for warning in unused if not is_suppressed(warning))
    return kept + list(islice(shown, MOST + 1))


def _key(suppression: Suppression) -> tuple[str, int, str]:
    """Return the file, the line and the code that a comment ignores."""
    return suppression.at.file, suppression.at.line, suppression.code


def _split_codes(span: Span, codes: str | None) -> Iterator[Suppression]:
    """Yield each code of a comment with its span; without a code, the span of the comment."""
    words = [] if codes is None else list(_CODE.finditer(codes))
    if not words or codes is None:
        yield Suppression("", span)
    else:
        first = span.end_column - 1 - len(codes)
        for word in words:
            start, end = first + word.start(), first + word.end()
            yield Suppression(word.group(), Span(span.file, span.line, start, span.line, end))


def _lines(diagnostic: Diagnostic, source: SourceMap) -> Iterator[tuple[str, int]]:
    """Yield each (file, line) at which a comment applies: the first and last line of the text.

    For a text that an alias repeats, these are also the lines of the alias.
    """
    spans = (source.locate(diagnostic.at), source.alias(diagnostic.at))
    for span in spans:
        if span is not None:
            yield span.file, span.line
            # The end is exclusive: at the first column, the text ends on the line before.
            yield span.file, span.end_line - (span.end_column == 1 < span.end_line)


def _warn_of_unused(suppression: Suppression, *, has_errors: bool) -> Diagnostic | None:
    if not suppression.code:
        return Diagnostic(
            rules.UNUSED_IGNORE,
            "this comment does not state which warning it ignores",
            suppression.at,
            help="write the code of the warning in brackets: `# timeline: ignore[overlap]`",
        )
    if (objection := find_objection(suppression.code)) is not None:
        return Diagnostic(
            rules.UNUSED_IGNORE,
            objection.message,
            suppression.at,
            help=f"did you mean `{objection.near}`?"
            if objection.near
            else "delete the comment, and fix what is reported",
        )
    if has_errors:
        return None
    return Diagnostic(
        rules.UNUSED_IGNORE,
        f"there is no warning `{suppression.code}` on this line",
        suppression.at,
        help="delete the comment, or move it to the end of the line with the warning",
    )
