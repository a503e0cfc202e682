"""Render diagnostics as workflow commands of GitHub Actions, which annotate the lines.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.diagnostics.model import STDIN
from timeline.diagnostics.placement import locate_all
from timeline.diagnostics.render.cells import format_location, terminal_safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.diagnostics.model import Diagnostic, Span
    from timeline.diagnostics.placement import Located, SourceMap


def render(diagnostics: Iterable[Diagnostic], source: SourceMap) -> str:
    """Return a command for each diagnostic, one per line; empty if there are none."""
    return "".join(f"{_command(located)}\n" for located in locate_all(diagnostics, source))


def _command(located: Located) -> str:
    diagnostic, span, _ = located
    about = {**_location(span), "title": f"timeline: {diagnostic.code}"}
    properties = ",".join(f"{key}={_property(value)}" for key, value in about.items())
    return f"::{diagnostic.severity} {properties}::{_data(_lines(located))}"


def _location(span: Span) -> dict[str, str]:
    """Return the location properties; columns only within one line, as GitHub requires."""
    if span.file == STDIN:
        return {}
    where = {"file": span.file, "line": str(span.line), "endLine": str(span.end_line)}
    if span.line == span.end_line:
        where |= {"col": str(span.column), "endColumn": str(span.end_column)}
    return where


def _lines(located: Located) -> Iterator[str]:
    diagnostic, _, notes = located
    yield terminal_safe(diagnostic.message)
    if diagnostic.help is not None:
        yield f"help: {terminal_safe(diagnostic.help)}"
    for message, at in notes:
        yield f"note: {terminal_safe(message)}" + (f": {format_location(at)}" if at else "")


def _data(lines: Iterable[str]) -> str:
    # As @actions/core escapes data: a `%` would begin an escape.
    return "%0A".join(line.replace("%", "%25") for line in lines)


def _property(value: str) -> str:
    for character in ("%", "\r", "\n", ":", ","):  # `%` first: escapes begin with it
        value = value.replace(character, f"%{ord(character):02X}")
    return terminal_safe(value)
