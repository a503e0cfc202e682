"""Read the valid part of a file with errors, so that it can be resolved and checked.

What is wrong is removed. An event with errors keeps its id, with unknown dates, so that references
to it are valid and one error gives one diagnostic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.compiler.schema import scalars
from timeline.compiler.schema.keys import near_key
from timeline.compiler.schema.validator import ValidationError, read_timeline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from timeline.compiler.schema.timeline import Timeline
    from timeline.diagnostics import Path

_CALENDAR = {"id": "unknown", "name": "unknown"}
_EVENT = {"summary": "unknown", "start": "TBC"}
_SOME_ZONE = "UTC"  # for times whose zone is wrong, so that they are not reported too
_DATE_KEYS = ("start", "end", "duration")


def salvage(data: Any, errors: list[ErrorDetails]) -> Timeline:
    """Return the `Timeline` of the data without the values that the errors point at."""
    data = dict(data) if isinstance(data, dict) else {}
    data["events"] = _copy_events(data.get("events"))
    _keep_ids(data["events"])
    # Behind an error there may be another one. Each round removes something, so it ends.
    while errors:
        for error in errors:
            _remove(data, error["loc"])
        try:
            return read_timeline(data)
        except ValidationError as failure:
            errors = failure.errors(include_url=False)
    raise AssertionError


def _keep_ids(events: list[dict[str, Any]]) -> None:
    """Set the ids that are suggested to the author, so that references to them are valid."""
    todo, unknown, known = list(events), list[tuple[dict[str, Any], str]](), set[str]()
    while todo:
        event = todo.pop()
        todo.extend(event.get("events", ()))
        keys = ["id"] if "id" in event else [key for key in event if _means_id(key)]
        written = event[keys[0]] if len(keys) == 1 else None
        if not isinstance(written, str) or (id_ := scalars.id_like(written)) is None:
            continue
        if keys == ["id"] and id_ == written:
            known.add(id_)
        else:
            unknown.append((event, id_))
    for event, id_ in unknown:
        if id_ not in known:
            known.add(id_)
            event["id"] = id_


def _means_id(key: object) -> bool:
    return (
        isinstance(key, str) and not key.startswith("x-") and near_key(("events", 0, key)) == "id"
    )


def _copy_events(events: Any) -> list[dict[str, Any]]:
    """Return copies of the events and their children, which ``_remove`` changes."""
    copied = _copy_list(events)
    todo = list(copied)
    while todo:
        event = todo.pop()
        if "events" in event:
            event["events"] = _copy_list(event["events"])
            todo.extend(event["events"])
    return copied


def _copy_list(events: Any) -> list[dict[str, Any]]:
    """Return copies of the events of a list; an empty one for what is not an event."""
    events = events if isinstance(events, list) else ()
    return [dict(event) if isinstance(event, dict) else {} for event in events]


def _remove(data: dict[str, Any], path: Path) -> None:
    if path[:1] == ("events",) and len(path) > 1:
        event, key = _event_at(data, path)
        kept = event.setdefault("id", scalars.NO_ID + repr(path))
        if key == "id":
            if not (isinstance(kept, str) and scalars.id_like(kept) == kept):  # see `_keep_ids`
                event["id"] = scalars.NO_ID + repr(path)
        elif key in _DATE_KEYS:
            for date_key in _DATE_KEYS:
                event.pop(date_key, None)
        else:
            event.pop(key, None)
        if key == "timezone":
            _remove_zone(event)
        _fill(event, _EVENT)
    elif path[:1] == ("calendar",):
        calendar = data.get("calendar")
        data["calendar"] = dict(calendar) if isinstance(calendar, dict) else {}
        data["calendar"].pop(str(path[1]) if len(path) > 1 else "", None)
        if path[1:] == ("timezone",):
            data["calendar"]["timezone"] = _SOME_ZONE
        _fill(data["calendar"], _CALENDAR)
    else:
        data.pop(str(path[0]), None)
        _fill(data, {"events": [], "calendar": _CALENDAR})


def _remove_zone(event: dict[str, Any]) -> None:
    """Remove the dates of an event without a valid zone, and set some zone for its children."""
    for key in _DATE_KEYS:
        event.pop(key, None)
    event["timezone"] = _SOME_ZONE


def _event_at(data: dict[str, Any], path: Path) -> tuple[dict[str, Any], str]:
    """Return the innermost event on a path, and the next key of the path in it."""
    events, rest = data["events"], path[1:]
    while True:
        event, rest = events[rest[0]], rest[1:]
        if rest[:1] == ("events",) and len(rest) > 1:
            events, rest = event["events"], rest[1:]
        else:
            return event, str(rest[0]) if rest else ""


def _fill(mapping: dict[str, Any], defaults: Mapping[str, Any]) -> None:
    for key, value in defaults.items():
        mapping.setdefault(key, value)
