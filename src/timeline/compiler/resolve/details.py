"""Resolve what an event carries through, by the names of its fields."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from timeline.compiler.schema.parts import Part
from timeline.model import DETAIL_PROPERTIES, NO_DETAILS, Details

if TYPE_CHECKING:
    from timeline.compiler.schema.events import EventEntry

_values = attrgetter(*DETAIL_PROPERTIES)
_NONE = _values(NO_DETAILS)


def resolve_details(written: EventEntry) -> Details:
    """Return the details of an event, `NO_DETAILS` where it has none."""
    values = _values(written)
    if values == _NONE:
        return NO_DETAILS
    return Details(**dict(zip(DETAIL_PROPERTIES, map(_resolved, values), strict=True)))


def _resolved(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_resolved, value))
    return value.resolved() if isinstance(value, Part) else value
