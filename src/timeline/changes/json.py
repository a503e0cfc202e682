"""The changes as JSON, for programs: the same in every language but for the words of dates."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from timeline.changes.words import change_line
from timeline.dates import Instant
from timeline.model import Undated, as_edtf, when_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.changes.kinds import Changes, EventChange, InstanceChange
    from timeline.changes.markdown import DatedChanges
    from timeline.dates import Date, NoDate, OneSidedDate, RecurrenceStart
    from timeline.model import Event, When, Wording


def json_text(changes: Changes, wording: Wording) -> str:
    """Return the changes as a JSON document, indented, with a line end."""
    document = changes_object(changes, wording)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def changelog_json(entries: Iterable[DatedChanges], wording: Wording) -> str:
    """Return the entries of a changelog as a JSON document, a list, with a line end."""
    document = [
        {
            "commit": entry.commit,
            "date": entry.day.isoformat(),
            "reason": entry.reason,
            **changes_object(entry.changes, wording),
        }
        for entry in entries
    ]
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def changes_object(changes: Changes, wording: Wording) -> dict[str, Any]:
    """Return the counts and the changed events as values of JSON."""
    return {
        "counts": {kind.value: number for kind, number in changes.counts().items()},
        "events": [event_object(change, changes, wording) for _, change in changes.tree()],
    }


def event_object(change: EventChange, changes: Changes, wording: Wording) -> dict[str, Any]:
    """Return one change as a value of JSON."""
    value: dict[str, Any] = {
        "kind": change.kind.value,
        "also": [kind.value for kind in change.kinds[1:]],
        "uid": change.uid,
        "words": change_line(change, changes, wording),
        "before": change.before and _event(change.before, wording),
        "after": change.after and _event(change.after, wording),
        "cause": change.cause and {"uid": change.cause.uid, "edge": change.cause.edge},
        "reason": change.reason,
    }
    if change.instances:
        value["instances"] = [_instance(item, wording) for item in change.instances]
    if change.fields:
        value["fields"] = list(change.fields)
    return value


def _event(event: Event, wording: Wording) -> dict[str, Any]:
    return {
        "id": event.id,
        "title": event.summary,
        "status": event.status,
        "location": event.location,
        "date": _when(event.when, wording),
    }


def _when(when: When, wording: Wording) -> dict[str, Any]:
    start = None if isinstance(when, Undated) else when.start
    return {
        "start": _side(start),
        "end": _side(when.end),
        "edtf": as_edtf(when),
        "words": when_words(when, wording),
    }


def _side(side: Date | OneSidedDate | Instant | NoDate | None) -> str | None:
    """Return a side as the events file has it; of a time, the time with its offset and zone."""
    if side is None:
        return None
    if isinstance(side, Instant):
        return f"{side}[{side.zone}]{side.qualification}"
    return str(getattr(side, "value", side))


def _instance(change: InstanceChange, wording: Wording) -> dict[str, Any]:
    before, after = change.before, change.after
    return {
        "recurrence-id": _moment(change.recurrence_id),
        "before": before and _event(before.event, wording),
        "after": after and _event(after.event, wording),
    }


def _moment(moment: RecurrenceStart) -> str:
    return str(moment)
