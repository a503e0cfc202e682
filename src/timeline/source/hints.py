"""Help texts that the loader and the schema share."""

from __future__ import annotations

OTHER_SPACE_HELP = (
    "use spaces; this is a no-break space or the like, which a copied text brings along"
)
"""The help for spaces that look like indentation and are not."""

_NEEDED = {
    "calendar": "write its `id` and its `name` below it",
    "end": "write `TBC` if the date is not known yet",
    "events": "write the events below it, each begun with `- id:`",
    "id": "write a short name such as `dakar-2025`",
    "name": "write the name",
    "start": "write `TBC` if the date is not known yet",
    "summary": "write the title",
}


def help_for_empty_key(key: str | int | None) -> str:
    """Return the help for a key without a value: what to write, or to remove the key."""
    needed = _NEEDED.get(key) if isinstance(key, str) else None
    return needed or "leave the key out"
