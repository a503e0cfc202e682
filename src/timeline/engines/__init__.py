"""Timelines in the pages of documentation engines: MkDocs and its kin, Sphinx.

They share the options of `embed`, and the Markdown. What is wrong becomes a warning of the engine's
own, so that a strict build fails, and what cannot be shown is left as it was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.report import visible

if TYPE_CHECKING:
    from timeline.diagnostics import Diagnostic
    from timeline.events import Event


def sentence(found: Diagnostic) -> str:
    """Give what a diagnostic says, in one line."""
    told = found.message if found.help is None else f"{found.message}; {found.help}"
    return visible(" ".join(told.split()))


def anchor(event: Event) -> str:
    """Give the id that an event has in a page; no heading is likely to have the same."""
    return f"event-{event.id}"
