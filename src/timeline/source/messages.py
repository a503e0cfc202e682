"""Messages and helps that the loader and the schema share."""

from __future__ import annotations

from timeline.diagnostics import At, Diagnostic, Span, rules

_NEEDED = {
    "calendar": "write its `id` and its `name` below it",
    "end": "write `TBC` if the date is not known yet, or remove the key",
    "events": "write the events below it, each beginning with `- id:`",
    "id": "write a short name such as `dakar-2025`",
    "name": "write the name",
    "start": "write `TBC` if the date is not known yet",
    "summary": "write the title",
}


def help_for_empty_key(key: str | int | None) -> str:
    """Return the help for a key or an item (an index or ``None``) that has no value."""
    if not isinstance(key, str):
        return "remove the item"
    return _NEEDED.get(key, "remove the key")


def other_space_at(at: At | Span) -> Diagnostic:
    """Return the diagnostic of a space that looks like indentation and is not."""
    return Diagnostic(
        rules.INDENTATION,
        "this line is indented with a no-break space or a similar character",
        at,
        help="use ordinary spaces; the character was probably copied with the text",
    )
