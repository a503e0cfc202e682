"""Check the people that events name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.diagnostics import At, Diagnostic, Note, On, rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.checks.context import CheckContext
    from timeline.diagnostics import Path


def shown_as_invitation(context: CheckContext) -> Iterator[Diagnostic]:
    """Find the first `organizer` of a file: by it, Outlook takes an event for an invitation."""
    paths = _organizers(context)
    first = next(paths, None)
    if first is None:
        return
    others = sum(1 for _ in paths)
    several = f"the file has {others:,} more" if others > 1 else "the file has another one"
    yield Diagnostic(
        rules.SHOWN_AS_INVITATION,
        "by an `organizer`, Outlook shows the event as an invitation to a meeting",
        At(first, On.KEY),
        help="write `contact`, which apps show as text, or remove the key",
        notes=(Note(several),) if others else (),
    )


def _organizers(context: CheckContext) -> Iterator[Path]:
    """Yield the path of each organizer, in the order of the file."""
    for entry in context.entries:
        if entry.written.organizer is not None:
            yield (*entry.path, "organizer")
        for index, override in enumerate(entry.written.overrides):
            if override.organizer is not None:
                yield (*entry.path, "overrides", index, "organizer")
