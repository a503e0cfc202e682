"""Defaults of a file, of what it includes and of what includes it: the nearest applies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.loading import event_codes
from timeline.compiler.pipeline import Loaded, load_file

if TYPE_CHECKING:
    from timeline.model.events import Event

CALENDAR = "calendar: {id: x.org, name: X, timezone: Europe/Berlin}\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def load(top: str = "", **files: str) -> Loaded:
    for name, text in {"events": f"{CALENDAR}{top}", **files}.items():
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_file("events.yaml")


def event_of(loaded: Loaded, name: str = "e") -> Event:
    assert loaded.is_sound, loaded.diagnostics
    return next(event for event in loaded.calendar.events if event.id == name)


def zone_of(event: Event) -> str:
    return event.when.start.zone  # type: ignore[union-attr]


EVENT = "events:\n- {id: e, summary: E, start: 2025-01-03T09:00KEYS}\n"


def chain(event: str = "", file: str = "", item: str = "", root: str = "") -> Event:
    """Return an event of an included file with a key in some of the places that it may be in."""
    top = f"defaults: {{{root}}}\n" * bool(root)
    top += f"include:\n- {{path: a.yaml, defaults: {{{item}}}}}\nevents: []\n"
    own = f"defaults: {{{file}}}\n" * bool(file)
    own += EVENT.replace("KEYS", f", {event}" * bool(event))
    return event_of(load(top, a=own))


@pytest.mark.parametrize("key", ["location", "timezone", "transparency", "alarms"])
def test_the_event_comes_before_the_item_the_file_and_the_main_file(key: str) -> None:
    values = {
        "location": ("A", "B", "C", "D"),
        "timezone": ("Asia/Tokyo", "Asia/Riyadh", "Asia/Seoul", "Asia/Dubai"),
        "transparency": ("opaque", "transparent", "opaque", "transparent"),
        "alarms": ("[1 day before]", "[2 days before]", "[3 days before]", "[4 days before]"),
    }[key]
    shown = {
        "location": lambda event: event.location,
        "timezone": zone_of,
        "transparency": lambda event: event.transp,
        "alarms": lambda event: (
            f"[{-event.alarms[0].trigger.days} days before]" if len(event.alarms) == 1 else None
        ),
    }[key]
    places = ("event", "item", "file", "root")
    for first, place in enumerate(places):
        written = {
            name: f"{key}: {value}"
            for name, value in zip(places[first:], values[first:], strict=True)
        }
        expected = values[first].replace("1 day ", "1 days ")
        assert shown(chain(**written)) == expected, place


def test_categories_are_added_up_from_the_event_on() -> None:
    event = chain(
        "categories: [own, shared]",
        "categories: [file, shared]",
        "categories: [item]",
        "categories: [root, own]",
    )
    assert event.categories == ("own", "shared", "item", "file", "root")


def test_an_item_adds_its_categories_itself() -> None:
    top = "include:\n- {path: a.yaml, categories: [item]}\nevents: []\n"
    event = event_of(load(top, a=EVENT.replace("KEYS", ", categories: [own]")))
    assert event.categories == ("own", "item")


def test_defaults_apply_to_what_a_file_includes() -> None:
    loaded = load(
        "include:\n- {path: a.yaml, categories: [outer]}\nevents: []\n",
        a="defaults: {location: A}\ninclude: [b.yaml]\n",
        b=EVENT.replace("KEYS", ""),
    )
    event = event_of(loaded)
    assert (event.location, event.categories) == ("A", ("outer",))


def test_defaults_of_one_file_do_not_apply_to_another() -> None:
    loaded = load(
        "include: [a.yaml, b.yaml]\nevents:\n- {id: r, summary: R, start: 2025}\n",
        a="defaults: {location: A, categories: [a]}\n" + EVENT.replace("KEYS", ""),
        b="events:\n- {id: b, summary: B, start: 2025}\n",
    )
    assert event_of(loaded).location == "A"
    for name in "rb":
        event = event_of(loaded, name)
        assert (event.location, event.categories) == (None, ())


def test_a_child_has_the_zone_of_its_parent_and_the_other_defaults() -> None:
    loaded = load(
        "defaults: {timezone: Asia/Tokyo, location: D}\n"
        "events:\n- {id: p, summary: P, start: 2025, timezone: Asia/Riyadh, location: P,\n"
        "   events: [{id: e, summary: E, start: 2025-01-03T09:00}]}\n"
    )
    event = event_of(loaded)
    assert (zone_of(event), event.location) == ("Asia/Riyadh", "D")


def test_alarms_of_a_category_replace_those_of_the_defaults() -> None:
    top = (
        "categories: {loud: {alarms: [1 hour before]}, quiet: {}}\n"
        "defaults: {alarms: [1 day before], categories: [CATEGORY]}\n"
    )
    hours = {"loud": [1], "quiet": [24]}
    for category, expected in hours.items():
        event = event_of(load(top.replace("CATEGORY", category) + EVENT.replace("KEYS", "")))
        assert [-alarm.trigger.total_seconds() / 3600 for alarm in event.alarms] == expected  # type: ignore[union-attr]


@pytest.mark.parametrize("top", ["defaults: {alarms: [1 day before]}\n", ""])
def test_an_empty_list_of_alarms_is_none_of_any_place(top: str) -> None:
    top += "categories: {c: {alarms: [1 hour before]}}\n"
    event = event_of(load(top + EVENT.replace("KEYS", ", categories: [c], alarms: []")))
    assert event.alarms == ()


def test_an_empty_list_in_nearer_defaults_is_none() -> None:
    assert chain(file="alarms: []", root="alarms: [1 day before]").alarms == ()


def test_an_override_has_the_categories_of_the_defaults_too() -> None:
    loaded = load(
        "defaults: {categories: [team]}\nevents:\n"
        "- {id: e, summary: E, start: 2025-01-03, rrule: FREQ=DAILY;COUNT=3,\n"
        "   overrides: [{recurrence-id: 2025-01-04, categories: [final]}]}\n"
    )
    (override,) = event_of(loaded).overrides
    assert override.event.categories == ("final", "team")


def test_the_colour_of_a_default_category_is_that_of_its_events() -> None:
    loaded = load(
        "categories: {c: {color: teal}}\ndefaults: {categories: [c]}\n" + EVENT.replace("KEYS", "")
    )
    assert event_of(loaded).color == "teal"


def test_a_zone_that_is_refused_makes_one_diagnostic() -> None:
    without_zone = CALENDAR.replace(", timezone: Europe/Berlin", "")
    for top in ("defaults: {timezone: Nowhere}\n", "defaults: {timezne: Asia/Tokyo}\n"):
        Path("events.yaml").write_text(without_zone + top + EVENT.replace("KEYS", ""))
        assert len(load_file("events.yaml").diagnostics) == 1
    Path("a.yaml").write_text("defaults: {timezone: Nowhere}\n" + EVENT.replace("KEYS", ""))
    Path("events.yaml").write_text(without_zone + "include: [a.yaml]\nevents: []\n")
    (only,) = load_file("events.yaml").diagnostics
    assert only.code == "unknown-zone"


def test_defaults_are_checked_as_the_keys_of_events_are() -> None:
    for top, code in (
        ("defaults: {status: cancelled}\n", "unknown-key"),
        ("defaults: {transparency: busy}\n", "wrong-value"),
        ("defaults: {alarms: [soon]}\n", "alarm-syntax"),
        ("defaults: {timezone: EST}\n", "zone-without-summer-time"),
        ("categories: {a: {}}\ndefaults: {categories: [b]}\n", "unknown-category"),
        ("defaults: {categories: [a, a]}\n", "duplicate-item"),
        ("defaults: {}\n", None),
    ):
        assert event_codes("id: a, summary: A, start: 2025", top=top) == ([code] if code else [])


def test_the_alarms_of_defaults_count_for_the_limit() -> None:
    alarms = ", ".join(f"{n} hours before" for n in range(1, 1001))
    events = [f"id: e{n}, summary: E, start: 2025-01-03" for n in range(101)]
    assert event_codes(*events, top=f"defaults: {{alarms: [{alarms}]}}\n") == ["too-large"]
