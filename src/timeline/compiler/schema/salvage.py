"""Read the valid part of a file with errors, so that it can be resolved and checked.

What is wrong is removed, and its place is kept in `Refused`. An event with errors keeps its id, so
that references to it are valid and one error gives one diagnostic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.compiler.schema import scalars
from timeline.compiler.schema.keys import near_key
from timeline.compiler.schema.refused import TIME_KEYS, Refused
from timeline.compiler.schema.timeline import Timeline
from timeline.compiler.schema.validator import ValidationError, errors_of, read_timeline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from timeline.diagnostics import Path

_CALENDAR = {"id": "unknown", "name": "unknown"}
_EVENT = {"summary": "unknown", "start": "TBC"}

_INCLUDED = {"path": ""}

UNKNOWN_KEY = "unexpected_keyword_argument"
"""pydantic's type of error for a key that a mapping does not have."""


def salvage(
    data: Any, errors: list[ErrorDetails], root: type[Timeline] = Timeline
) -> tuple[Timeline, Refused]:
    """Return the `Timeline` of the data without the values that the errors point at.

    These, and the keys that misspelt ones stand for, are the `Refused`.
    """
    data = dict(data) if isinstance(data, dict) else {}
    data["events"] = _copy_events(data.get("events"))
    if isinstance(data.get("feeds"), list):
        data["feeds"] = list(data["feeds"])
    for key in ("defaults", "include"):
        if key in data:
            data[key] = _copy_settings(data[key])
    _keep_ids(data["events"])
    refused = Refused()
    # Behind an error there may be another one. Each round removes something, so it ends.
    while True:
        for error in errors:
            path = error["loc"]
            near = near_key(path, root=root) if error["type"] == UNKNOWN_KEY else None
            _remove(data, path, refused)
            if near is not None and near != "id":
                _remove_meant(data, (*path[:-1], near), refused)
        try:
            return read_timeline(data, root), refused
        except ValidationError as failure:
            errors = errors_of(failure)


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


def _copy_settings(value: Any) -> Any:
    """Return a copy of the defaults, or of the items of ``include`` with theirs."""
    if isinstance(value, list):
        return [_copy_settings(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: dict(item) if isinstance(item, dict) else item for key, item in value.items()}


def _remove(data: dict[str, Any], path: Path, refused: Refused) -> None:
    """Remove what a path leads to: a key of an event, the calendar or the top, or a feed."""
    if path[:1] == ("events",) and len(path) > 1:
        event, place = _event_at(data, path)
        key = str(path[len(place)]) if len(path) > len(place) else ""
        kept = event.setdefault("id", scalars.NO_ID + repr(path))
        if key == "id" and not (isinstance(kept, str) and scalars.id_like(kept) == kept):
            event["id"] = scalars.NO_ID + repr(path)  # else see `_keep_ids`
        elif key != "id":
            event.pop(key, None)
        if event["id"] == scalars.NO_ID + repr(path):
            refused.add((*place, "id"))
        refused.add((*place, key) if key else place)
        _fill(event, _EVENT)
    elif path[:1] == ("include",) and len(path) == 2:
        data["include"][path[1]] = dict(_INCLUDED)
        refused.add(path)
    elif (place := _settings_on(path)) and len(path) > len(place):
        mapping: Any = data
        for step in place:
            mapping = mapping[step]
        mapping.pop(path[len(place)], None)
        refused.add(path[: len(place) + 1])
        if place[0] == "include":
            _fill(data["include"][place[1]], _INCLUDED)
    elif path[:1] == ("calendar",):
        calendar = data.get("calendar")
        data["calendar"] = dict(calendar) if isinstance(calendar, dict) else {}
        data["calendar"].pop(str(path[1]) if len(path) > 1 else "", None)
        refused.add(path[:2])
        _fill(data["calendar"], _CALENDAR)
    elif path[:1] == ("feeds",) and len(path) > 1:
        _remove_feed(data, path)
        refused.add(path[:2])
    else:
        data.pop(str(path[0]), None)
        refused.add(path[:1])
        _fill(data, {"events": [], "calendar": _CALENDAR})


def _remove_feed(data: dict[str, Any], path: Path) -> None:
    """Leave only the id of a feed at its place, so that the others keep their paths."""
    feed = data["feeds"][path[1]]
    has_id = isinstance(feed, dict) and "id" in feed and path[2:3] != ("id",)
    data["feeds"][path[1]] = {"id": feed["id"] if has_id else scalars.NO_ID + repr(path)}


def _remove_meant(data: dict[str, Any], path: Path, refused: Refused) -> None:
    """Refuse the key that a misspelt one probably means, and remove it if it is there, too."""
    if path[:1] == ("events",) and len(path) > 1:
        event, place = _event_at(data, path)
        if (key := str(path[len(place)])) in TIME_KEYS:
            event.pop(key, None)
            _fill(event, _EVENT)
        refused.add((*place, key))
    elif place := _settings_on(path):
        refused.add(path[: len(place) + 1])
    else:
        refused.add(path[: 1 + (path[0] == "calendar")])


def _settings_on(path: Path) -> Path:
    """Return the path of the defaults or the item of ``include`` on a path; empty if none is."""
    if path[:1] == ("defaults",):
        return path[:1]
    if path[:1] == ("include",):
        return path[: 3 if path[2:3] == ("defaults",) and len(path) > 3 else 2]
    return ()


def _event_at(data: dict[str, Any], path: Path) -> tuple[dict[str, Any], Path]:
    """Return the innermost event on a path, and its own path."""
    event, length = data["events"][path[1]], 2
    while path[length : length + 1] == ("events",) and len(path) > length + 1:
        event, length = event["events"][path[length + 1]], length + 2
    return event, path[:length]


def _fill(mapping: dict[str, Any], defaults: Mapping[str, Any]) -> None:
    for key, value in defaults.items():
        mapping.setdefault(key, value)
