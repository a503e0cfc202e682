"""The reader without pydantic reads what pydantic accepts, as pydantic does, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from support.loading import CALENDAR, document_of
from support.paths import BAD, CASE_FILES
from support.strategies import files
from timeline.compiler.pipeline import compile_document
from timeline.compiler.resolve.calendar import resolve_calendar
from timeline.compiler.resolve.ids import EventIds
from timeline.compiler.resolve.tree import flatten
from timeline.compiler.schema.declarations import Nested, declare, key, list_of, nested
from timeline.compiler.schema.events import EventEntry
from timeline.compiler.schema.json_schema import events_file_schema
from timeline.compiler.schema.parts import LinkEntry, Related
from timeline.compiler.schema.reader import read_valid
from timeline.compiler.schema.refused import Refused
from timeline.compiler.schema.timeline import Timeline
from timeline.compiler.schema.validator import ValidationError, read_timeline
from timeline.diagnostics import Searches, bounded_searches
from timeline.publishing import EVENTS_FILE
from timeline.source import read_document
from tools.docs import key_tables

if TYPE_CHECKING:
    from pathlib import Path

ROOT: Any = EVENTS_FILE.root


def by_pydantic(data: Any, root: Any = ROOT) -> Any:
    """Return the data as pydantic reads it; ``None`` where it finds an error."""
    try:
        return read_timeline(data, root)
    except ValidationError:
        return None


@pytest.mark.parametrize("file", CASE_FILES, ids=lambda file: file.parent.name)
def test_the_golden_cases_are_read_as_pydantic_reads_them(file: Path) -> None:
    data = read_document(str(file)).data
    read = read_valid(data, ROOT)
    assert read is not None
    assert read == by_pydantic(data)
    assert repr(read) == repr(by_pydantic(data))  # the types of all values, too


def test_of_the_bad_files_those_are_read_that_pydantic_accepts() -> None:
    read, refused = 0, 0
    for file in BAD.glob("*.yaml"):
        data = read_document(str(file)).data
        expected = by_pydantic(deepcopy(data))
        assert read_valid(data, ROOT) == expected, file
        read, refused = read + (expected is not None), refused + (expected is None)
    assert read > 100
    assert refused > 100


ODD: tuple[Any, ...] = (
    *(None, "", " ", "x", "a\nb", "-1", "2025-02-30", "TBC", "true", "x" * 200, "\ud800"),
    *([], [None], ["x"], [[]], [{}], [{"url": "https://x.org"}], ["x", ["y"]]),
    *({}, {"x": None}, {"en": "y"}, {"x": []}, {"": "x"}, {"X-A": "x", "x-a": "y"}),
)
NAMES = (
    "x-own",
    "X-OWN",
    "sumary",
    "url",
    "alarms",
    "related-to",
    "properties",
    "feeds",
    "outputs",
)


@st.composite
def damaged_files(draw: st.DrawFn) -> dict[str, Any]:
    """Return the data of a file in which some values are others, or some keys are missing."""
    data: Any = draw(files())
    for _ in range(draw(st.integers(0, 3))):
        place, step = data, draw(st.sampled_from(sorted(data)))
        while isinstance(place[step], dict | list) and place[step] and draw(st.booleans()):
            place = place[step]
            steps = sorted(place) if isinstance(place, dict) else range(len(place))
            step = draw(st.sampled_from(steps))
        if isinstance(place, dict) and draw(st.booleans()):
            step = draw(st.sampled_from(NAMES))
        if isinstance(place, dict) and step in place and draw(st.booleans()):
            del place[step]
        else:
            place[step] = deepcopy(draw(st.sampled_from(ODD)))
        if not data:
            break
    return data  # type: ignore[no-any-return]


@settings(max_examples=settings().max_examples // 3)
@given(damaged_files())
def test_drawn_files_are_read_as_pydantic_reads_them(data: dict[str, Any]) -> None:
    assert read_valid(data, ROOT) == by_pydantic(deepcopy(data))


def resolved(timeline: Timeline) -> Any:
    """Return the calendar of a file as read, and what cannot be resolved."""
    entries = list(flatten(timeline, Refused()))
    return resolve_calendar(timeline, entries, EventIds(entries), Refused())


@settings(max_examples=settings().max_examples // 3)
@given(files(), st.booleans())
def test_drawn_files_are_resolved_alike_by_both(data: dict[str, Any], by_category: bool) -> None:
    """Feeds of each category are copies of one item, and links and people are `resolved()`."""
    if by_category:
        data["feeds"] = [{"each": "category", "color": "tomato"}]
    read = read_valid(data, ROOT)
    assert read is not None
    assert resolved(read) == resolved(by_pydantic(deepcopy(data)))


def test_equal_data_give_equal_mappings_that_share_no_mutable_value() -> None:
    event = {"id": "a", "summary": "A", "start": "2025", "related-to": ["b", {"id": "b"}]}
    data = {"calendar": {"id": "x.org", "name": "X"}, "events": [event, event]}
    timeline = read_valid(data)
    assert timeline is not None
    first, second = timeline.events
    assert first == second
    assert first.related_to == (Related(id="b"), Related(id="b", type="parent"))
    assert first.properties is not second.properties
    assert timeline.categories is not read_valid(data).categories  # type: ignore[union-attr]


def test_the_letter_case_of_a_property_is_not_significant() -> None:
    event: dict[str, Any] = {"id": "a", "summary": "A", "start": "2025"}
    data = {"calendar": {"id": "x.org", "name": "X"}, "events": [event]}
    event["properties"] = {"x-Room": "1"}
    (read,) = read_valid(data).events  # type: ignore[union-attr]
    assert read.properties == {"X-ROOM": "1"}
    event["properties"] = {"x-room": "1", "X-ROOM": "2"}
    assert read_valid(data) is None


def test_a_refusal_that_is_not_reported_leaves_the_searches_for_the_file() -> None:
    searches = Searches()
    calendar = {"id": "x.org", "name": "X", "color": "darkoragne"}
    with bounded_searches(searches):
        assert read_valid({"calendar": calendar, "events": []}) is None
    assert searches.left == Searches().left


def test_no_golden_case_needs_pydantic() -> None:
    program = (
        "import sys\n"
        "from timeline.publishing import load_events_file\n"
        "for file in sys.argv[1:]:\n"
        "    assert load_events_file(file).is_sound, file\n"
        "assert not {'pydantic', 'pydantic_core'} & set(sys.modules)\n"
        "assert 'timeline.compiler.schema.errors' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program, *map(str, CASE_FILES)], check=True)


def timeline_with(concept: Any) -> Any:
    """Return the declaration of a file whose events have one more key."""
    children: Any = key(
        list_of(Nested(lambda: event)), default=(), title="Events", description="Its own events."
    )
    keys = {key.attribute: key for key in EventEntry.declaration.keys.values()}
    keys |= {"concept": concept, "events": children}
    event = declare("EventEntry", EventEntry.__doc__ or "", keys)
    event.declaration.title, event.declaration.is_open = "Event", True
    events: Any = key(list_of(nested(event)), title="Events", description="The events.")
    top = {key.attribute: key for key in Timeline.declaration.keys.values()} | {"events": events}
    return declare("Timeline", Timeline.__doc__ or "", top)


def test_a_new_key_needs_its_declaration_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    concept = key(  # as in the recipe of CONTRIBUTING.md
        list_of(nested(LinkEntry)),
        default=(),
        title="Concepts",
        description="Formal categories that it belongs to, by their addresses (RFC 9253).",
    )
    kind = replace(EVENTS_FILE, root=timeline_with(concept))
    event = "{id: a, summary: A, start: 2025, concept: [{url: https://x.org}]}"
    text = f"{CALENDAR}events:\n- {event}\n- {event.replace('a,', 'b, events: [{event}],', 1)}\n"
    text = text.replace("{event}", event.replace("a,", "c,", 1))

    document = document_of(text)
    read = read_valid(document.data, kind.root)
    assert read == by_pydantic(document.data, kind.root)
    loaded = compile_document(document, kind=kind)
    assert loaded.is_sound
    written: list[Any] = [entry.written for entry in loaded.entries]
    assert [event.concept for event in written] == [(LinkEntry(url="https://x.org"),)] * 3

    wrong = compile_document(document_of(text.replace("https://x.org", "no address")), kind=kind)
    assert [diagnostic.code for diagnostic in wrong.diagnostics] == ["url-syntax"] * 3
    unknown = compile_document(document_of(text.replace("concept", "koncept")), kind=kind)
    assert {diagnostic.replacement for diagnostic in unknown.diagnostics} == {"concept"}

    schema = events_file_schema(kind.root)["$defs"]["Event"]["properties"]["concept"]
    assert schema["items"] == {"$ref": "#/$defs/LinkEntry"}
    monkeypatch.setattr(key_tables, "EVENTS_FILE", kind)
    assert "| `concept` | Formal categories that" in key_tables.key_table("Event")
