"""Where libyaml stopped reading, and what is around it in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from timeline.diagnostics import Diagnostic, Span, rules
from timeline.source.quoting import flow_end, in_quotes, is_in_brackets, quoting_edit

if TYPE_CHECKING:
    from yaml.events import ScalarEvent

    from timeline.source.text import SourceText


class SyntaxFailure(Struct, frozen=True):
    """Where libyaml stopped reading.

    ``at`` is the index of the character that it did not accept, ``start`` the index of the
    construct that it was reading, ``opened`` that of the innermost open bracket. ``last`` is the
    last scalar that it read.
    """

    text: SourceText
    at: int
    start: int
    last: ScalarEvent | None
    opened: int | None

    @property
    def character(self) -> str:
        """The character at ``at``; empty at the end of the file."""
        return self.text.clean[self.at : self.at + 1]

    @property
    def before(self) -> str:
        """The text of the line before ``at``."""
        return self.text.clean[self.text.line_start(self.at) : self.at]

    @property
    def rest_text(self) -> str:
        """The text of the line from ``at`` on, stripped."""
        return self.text.clean[self.at : self.text.line_end(self.at)].strip()

    @property
    def rest(self) -> Span:
        """From ``at`` to the end of its line; at the end of the file, its last character."""
        clean = self.text.clean
        at = self.at if self.at < len(clean) else max(len(clean.rstrip()) - 1, 0)
        end = self.text.line_end(at)
        return self.text.span(at, at + len(clean[at:end].rstrip()))

    def is_flow(self, start: int) -> bool:
        """Return whether ``start`` is within brackets."""
        return self.opened is not None or is_in_brackets(self.text, start)

    def to_line_end(self, start: int) -> Span:
        """Return the place from ``start`` to the end of its line, trailing spaces excluded."""
        end = self.text.line_end(start)
        return self.text.span(start, start + len(self.text.clean[start:end].rstrip()))


def index_of(text: SourceText, mark: Any) -> int:
    """Return the index of a mark of PyYAML."""
    # A mark after the last line break has a line that only an editor would count.
    line = min(mark.line, len(text.starts) - 1)
    return int(min(text.starts[line] + mark.column, len(text.clean)))


def scalar_range(text: SourceText, event: ScalarEvent) -> tuple[int, int]:
    """Return the indices of a scalar, its quotes included, its anchor excluded."""
    start = index_of(text, event.start_mark)
    end = index_of(text, event.end_mark)
    # A quoted text that has an anchor starts at the anchor.
    return text.clean.find(event.style or "", start), end


def line_above(text: SourceText, index: int) -> int | None:
    """Return where the nearest line above begins that is neither blank nor a comment."""
    number = text.place(index)[0] - 1
    while number > 0:
        start = text.starts[number - 1]
        line = text.clean[start : text.line_end(start)].strip()
        if line and not line.startswith("#"):
            return start
        number -= 1
    return None


def unknown_syntax(failure: SyntaxFailure) -> Diagnostic:
    """Report an error whose cause is not known."""
    return Diagnostic(
        rules.YAML_SYNTAX,
        "the file is not valid YAML from here on",
        failure.rest,
        help="check quotes, brackets and indentation here and on the line above",
    )


def quotes_needed(failure: SyntaxFailure, start: int, message: str) -> Diagnostic:
    """Report that the text at ``start`` needs quotes, with the line as it is to be typed."""
    text, is_flow = failure.text, failure.is_flow(start)
    end = flow_end(text, start) if is_flow else start
    edit = quoting_edit(text, start, is_flow=is_flow)
    help_ = f"put the text in quotes: `{in_quotes(text, start, is_flow=is_flow)}`"
    if edit is not None and edit.at.end_line > edit.at.line:
        help_ = f"put the text in quotes, to its end in line {edit.at.end_line}"
    return Diagnostic(
        rules.UNQUOTED_TEXT,
        message,
        # A bracket may be all that begins there.
        text.span(start, end) if end > start else failure.to_line_end(start),
        help=help_,
        edit=edit,
    )
