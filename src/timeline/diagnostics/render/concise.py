"""Diagnostics to one line each, for lists and greps: what is wrong and where, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.diagnostics.render.terminal import place, placed, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.diagnostics.model import Diagnostic
    from timeline.source.document import Document


def render(diagnostics: Iterable[Diagnostic], document: Document) -> str:
    """Return a line for each diagnostic; empty if there are none."""
    return "".join(
        f"{place(span)}: {found.severity}[{found.code}]: {visible(found.message)}\n"
        for found, span, _ in placed(diagnostics, document)
    )
