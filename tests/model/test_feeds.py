"""Which events a feed has, and what it changes in them."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from support.dated import when
from timeline.model.events import Calendar, Event, Override, ProjectionOptions, TextsInLanguage
from timeline.model.feeds import Feed, calendar_of_feed, events_of_feed


def event(id_: str, **fields: object) -> Event:
    plain = Event(id_, f"{id_}@x.org", id_.upper(), when("2025-01-03"), ("events", 0))
    return replace(plain, **fields)  # type: ignore[arg-type]


TREE = Calendar(
    "x.org",
    "X",
    (
        event("a", categories=("war",)),
        event("b", parent="a", categories=("peace",), status="cancelled"),
        event("c", parent="b"),
        event("d", categories=("war", "peace"), status="tentative"),
    ),
)


@pytest.mark.parametrize(
    ("feed", "ids"),
    [
        (Feed("f"), "abcd"),
        (Feed("f", ids=("c", "a")), "ac"),
        (Feed("f", categories=("peace",)), "bd"),
        (Feed("f", categories=("peace", "war")), "abd"),
        (Feed("f", status=("cancelled", "tentative")), "bd"),
        (Feed("f", parent="a"), "abc"),
        (Feed("f", parent="b"), "bc"),
        (Feed("f", parent="a", categories=("peace",)), "b"),
        (Feed("f", exclude=("b", "d")), "ac"),
        (Feed("f", ids=("a", "b"), exclude=("a",)), "b"),
    ],
)
def test_a_feed_has_what_matches_all_its_keys(feed: Feed, ids: str) -> None:
    assert "".join(event.id for event in events_of_feed(TREE, feed)) == ids


def test_values_of_a_feed_replace_those_of_the_calendar() -> None:
    calendar = replace(TREE, description="D", url="https://x.org", source="https://x.org/x.ics")
    calendar = replace(calendar, color="red", language="en", feeds=(Feed("f"),))
    feed = calendar_of_feed(calendar, Feed("f"))
    assert feed == replace(calendar, source=None, feeds=())
    own = Feed("f", "Y", "E", "blue", "bg", None, "https://x.org/f.ics", "https://y.org")
    shown = calendar_of_feed(calendar, own)
    assert (shown.id, shown.name, shown.description, shown.color) == ("x.org", "Y", "E", "blue")
    assert (shown.language, shown.source, shown.url) == ("bg", own.source, own.url)


def test_no_feed_changes_the_projection_options_of_an_event() -> None:
    own = frozenset({"imprecise"})
    calendar = replace(
        TREE, events=(event("a", projection=ProjectionOptions("skip", own=own)), event("b"))
    )
    feed = Feed("f", imprecise="start", long_spans="endpoints", cancelled="drop")
    first, second = calendar_of_feed(calendar, feed).events
    assert first.projection == ProjectionOptions("skip", "endpoints", "drop", own)
    assert second.projection == ProjectionOptions("start", "endpoints", "drop")


def test_an_event_that_a_feed_does_not_change_is_the_same_object() -> None:
    shown = calendar_of_feed(TREE, Feed("f", language="bg", imprecise="span"))
    assert [*map(id, shown.events)] == [*map(id, TREE.events)]


def test_texts_are_in_the_language_of_the_feed_where_they_exist() -> None:
    both = TextsInLanguage("bg", "Ж", "Текст")
    titled = event("a", description="Text", texts=(TextsInLanguage("en", "A"), both))
    half = event("b", description="Text", texts=(TextsInLanguage("bg", None, "Друг"),))
    lone = event("c", texts=(TextsInLanguage("en", "C"),))
    moved = Override(date(2025, 1, 3), event("a", texts=(TextsInLanguage("bg", "Б"),)))
    series = replace(titled, overrides=(moved,))
    calendar = replace(TREE, events=(series, half, lone))
    events = calendar_of_feed(calendar, Feed("f", language="bg")).events
    assert [(event.summary, event.description) for event in events] == [
        ("Ж", "Текст"),
        ("B", "Друг"),
        ("C", None),
    ]
    assert events[0].overrides[0].event.summary == "Б"
