"""Diagnostics to the workflow commands of GitHub Actions, which show them beside the lines.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.diagnostics.model import STDIN
from timeline.diagnostics.render.terminal import place, placed, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.diagnostics.model import Diagnostic, Span
    from timeline.diagnostics.render.terminal import Placed
    from timeline.source.document import Document


def render(diagnostics: Iterable[Diagnostic], document: Document) -> str:
    """Return a command, which is a line, for each diagnostic; empty if there are none."""
    return "".join(f"{_command(one)}\n" for one in placed(diagnostics, document))


def _command(one: Placed) -> str:
    found, span, _ = one
    about = {**_place(span), "title": f"timeline: {found.code}"}
    properties = ",".join(f"{key}={_property(value)}" for key, value in about.items())
    return f"::{found.severity} {properties}::{_data(_lines(one))}"


def _place(span: Span) -> dict[str, str]:
    """Give what says where; there are columns on one line only, or GitHub refuses them."""
    if span.file == STDIN:
        return {}
    where = {"file": span.file, "line": str(span.line), "endLine": str(span.end_line)}
    if span.line == span.end_line:
        where |= {"col": str(span.column), "endColumn": str(span.end_column)}
    return where


def _lines(one: Placed) -> Iterator[str]:
    found, _, notes = one
    yield visible(found.message)
    if found.help is not None:
        yield f"help: {visible(found.help)}"
    for message, at in notes:
        yield f"note: {visible(message)}" + (f": {place(at)}" if at else "")


def _data(lines: Iterable[str]) -> str:
    # As @actions/core escapes them; a `%` that stays would be read as the begin of an escape.
    return "%0A".join(line.replace("%", "%25") for line in lines)


def _property(value: str) -> str:
    for character in ("%", "\r", "\n", ":", ","):  # the `%` first: the others make some
        value = value.replace(character, f"%{ord(character):02X}")
    return visible(value)
