"""Render each diagnostic as one line with its place, severity, code and message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.diagnostics.placement import locate_all
from timeline.diagnostics.render.cells import format_location, terminal_safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.diagnostics.model import Diagnostic
    from timeline.diagnostics.placement import SourceMap


def render(diagnostics: Iterable[Diagnostic], source: SourceMap) -> str:
    """Return a line for each diagnostic; empty if there are none."""
    return "".join(
        f"{format_location(span)}: {diagnostic.severity}[{diagnostic.code}]: "
        f"{terminal_safe(diagnostic.message)}\n"
        for diagnostic, span, _ in locate_all(diagnostics, source)
    )
