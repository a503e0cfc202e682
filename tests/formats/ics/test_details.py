"""The content lines of the passed-through fields."""

from __future__ import annotations

from typing import get_args

from msgspec.structs import asdict

from timeline.formats.ics.details import detail_lines
from timeline.model.details import NO_DETAILS, Details, Link, NextProperty, Person

ALL = Details(
    geo=(20.5, -0.000001),
    class_="private",
    priority=0,
    organizer=Person('Ann "A"', "ann@example.org"),
    contact=Person("Ann, Bob", "ann@example.org"),
    image=(Link("https://example.org/a.png"),),
    attach=(Link("https://example.org/a.pdf", "Plan"), Link("https://example.org/b.pdf")),
    conference=(Link("https://example.org/join", "Join"),),
)


def lines(details: Details) -> dict[str, list[str]]:
    return {place: list(detail_lines(details, place)) for place in get_args(NextProperty)}


def test_the_example_has_every_field() -> None:
    assert not [name for name, value in asdict(ALL).items() if value in (None, ())]


def test_each_kind_is_written_in_its_place() -> None:
    assert lines(ALL) == {
        "URL": ["GEO:20.5;-0.000001"],
        "COLOR": ["CLASS:PRIVATE", "PRIORITY:0"],
        "RELATED-TO": [
            "ORGANIZER;CN=\"Ann ^'A^'\":mailto:ann@example.org",
            "CONTACT:Ann\\, Bob <ann@example.org>",
            "IMAGE;VALUE=URI:https://example.org/a.png",
            'ATTACH;LABEL="Plan":https://example.org/a.pdf',
            "ATTACH:https://example.org/b.pdf",
            'CONFERENCE;VALUE=URI;LABEL="Join":https://example.org/join',
        ],
    }


def test_no_details_have_no_lines() -> None:
    assert not any(lines(NO_DETAILS).values())
