"""Events files at random, as data that the reader could have read, for hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from timeline.source.bidi import unclosed_direction
from timeline.source.text import FORBIDDEN_IN_VALUE

_NASTY = st.sampled_from(
    [
        *(",", ";", "\\", "\\n", "\\N", "\\,", ":", '"', "'", "^", "^n", "^'", "|", "[", "<", "#"),
        *("=1+1", "+1", "-1", "@a", "\uff1d1", "\t", "\nEND:VEVENT\n", "-->", "\u202ea\u202c"),
        *("👨\u200d👩\u200d👧", "🇸🇦", "ß", "日本", "e\u0301", "BEGIN:VEVENT", "%0D%0A", "\u00a0"),
        *("X" * 80, "é" * 40, "🏁" * 20, "\u3000"),
    ]
)
_CHARACTERS = st.characters(codec="utf-8").filter(
    lambda c: not FORBIDDEN_IN_VALUE.match(c) and unclosed_direction(c) is None
)
_PIECES = st.lists(st.one_of(_NASTY, st.text(_CHARACTERS, max_size=20)), min_size=1, max_size=5)

texts = _PIECES.map("".join).filter(str.strip)
"""Any text that the reader accepts, often with what formats must escape."""

lines = texts.map(lambda text: text.replace("\n", " ")).filter(str.strip)
"""Such a text on one line."""

_URLS = st.text(st.sampled_from("abcXYZ019-._~:/?#[]@!$&'()*+,;=%"), min_size=1, max_size=60).map(
    "https://example.org/".__add__
)
_EMAILS = st.from_regex(r"[a-z0-9.+_'-]{1,20}@example\.org", fullmatch=True)
_YEARS = st.integers(1900, 2100)
_DAYS = st.dates().filter(lambda day: 2 < day.year < 9990).map(str)
_UNITS = st.one_of(
    st.integers(1000, 9990).map(str),
    st.builds("{}-{:02}".format, _YEARS, st.integers(1, 12)),
    st.builds("{}-Q{}".format, _YEARS, st.integers(1, 4)),
    st.builds("{}-H{}".format, _YEARS, st.integers(1, 2)),
    st.builds("{}-W{:02}".format, _YEARS, st.integers(1, 52)),
    st.builds("{}-{}".format, _YEARS, st.integers(25, 32)),
    st.builds("{}X".format, st.integers(100, 998)),
    st.builds("{}XX".format, st.integers(10, 98)),
    st.builds("{}-XX".format, _YEARS),
    st.builds("{}-{:02}-XX".format, _YEARS, st.integers(1, 12)),
)
_BETWEEN = st.tuples(_DAYS, _DAYS).filter(lambda pair: pair[0] != pair[1]).map(sorted)
_BETWEENS = _BETWEEN.map(lambda pair: f"between {pair[0]} and {pair[1]}")
ZONES = ("Asia/Riyadh", "Europe/Berlin", "Australia/Lord_Howe", "America/New_York", "Asia/Kolkata")
_CLOCKS = st.builds(  # no zone has a clock change at these hours
    "{}-{:02}-{:02}T{:02}:{:02}".format,
    st.integers(1950, 2150),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(9, 20),
    st.integers(0, 59),
)
_ZONE_ENDINGS = st.sampled_from(["", "Z", "+03:00", "-09:30", *(f"[{zone}]" for zone in ZONES)])

dates = st.one_of(
    st.builds(str.__add__, st.one_of(_DAYS, _UNITS), st.sampled_from(["", *"?~%"])), _BETWEENS
)
"""Dates of every precision, certain or not."""

one_sided = st.builds(
    "not {} {}".format,
    st.sampled_from(["before", "after"]),
    st.one_of(
        _DAYS,
        _YEARS.map(str),
        st.builds("{}-{:02}".format, _YEARS, st.integers(1, 12)),
        st.builds("{}-Q{}".format, _YEARS, st.integers(1, 4)),
    ),
)
"""Dates with one known bound, which only a start and an earlier start may be."""

times = st.builds(str.__add__, _CLOCKS, _ZONE_ENDINGS)
"""Times that exist once in every zone."""

_DURATIONS = st.sampled_from(["1 day", "3 days", "2 weeks", "2 months", "40 days", "5 years"])
_WHENS = st.one_of(
    st.fixed_dictionaries({"start": dates}, optional={"end": st.sampled_from(["..", "TBC"])}),
    st.fixed_dictionaries({"start": _DAYS}, optional={"duration": _DURATIONS}),
    st.fixed_dictionaries({"start": _DAYS, "end": st.sampled_from(["9991", "9992-Q3", "9993-H1"])}),
    st.fixed_dictionaries({"start": times}, optional={"end": st.sampled_from(["..", "TBC"])}),
    st.fixed_dictionaries(
        {"start": times, "duration": st.sampled_from(["90 minutes", "1 day", "2 months", "PT36H"])}
    ),
    st.just({"start": "TBC"}),
    st.fixed_dictionaries({"start": one_sided}),
)
_LINKS = st.lists(
    st.fixed_dictionaries({"url": _URLS}, optional={"title": lines}), min_size=1, max_size=2
)
_DRAWING = {
    "imprecise": st.sampled_from(["span", "start", "skip"]),
    "long-spans": st.sampled_from(["span", "endpoints"]),
    "cancelled": st.sampled_from(["status", "drop"]),
}
OPTIONAL_KEYS = {
    "description": texts,
    "location": lines,
    "url": _URLS,
    "geo": st.fixed_dictionaries(
        {
            "latitude": st.decimals(-90, 90, places=6).map(str),
            "longitude": st.decimals(-180, 180, places=6).map(str),
        }
    ),
    "categories": st.lists(lines, min_size=1, max_size=3, unique=True),
    "status": st.sampled_from(["tentative", "confirmed", "cancelled", "postponed"]),
    "was": st.lists(
        st.one_of(dates.filter(lambda d: " " not in d), times, one_sided), min_size=1, max_size=2
    ),
    "transparency": st.sampled_from(["opaque", "transparent"]),
    "priority": st.integers(0, 9).map(str),
    "class": st.sampled_from(["public", "private", "confidential"]),
    "color": st.sampled_from(["red", "darkorange"]),
    "organizer": st.fixed_dictionaries({"email": _EMAILS}, optional={"name": lines}),
    "contact": st.fixed_dictionaries({"name": lines}, optional={"email": _EMAILS}),
    "attach": _LINKS,
    "image": _LINKS,
    "conference": _LINKS,
    "properties": st.dictionaries(st.sampled_from(["X-ONE", "COMMENT"]), texts, min_size=1),
    "sources": st.lists(
        st.fixed_dictionaries({"title": lines}, optional={"url": _URLS, "quote": texts}),
        min_size=1,
        max_size=2,
    ),
    **_DRAWING,
}
_UIDS = st.one_of(st.none(), lines.map(str.strip).filter(bool))


@st.composite
def files(draw: st.DrawFn) -> dict[str, Any]:
    """Return the data of a file, every scalar a text."""
    whens = draw(st.lists(_WHENS, min_size=1, max_size=6))
    events = []
    for number, when in enumerate(whens):
        event = {"id": f"e{number}", "summary": draw(lines), **when}
        some = draw(st.sets(st.sampled_from(sorted(OPTIONAL_KEYS)), max_size=5))
        event |= {key: draw(OPTIONAL_KEYS[key]) for key in sorted(some)}
        if (uid := draw(_UIDS)) is not None:
            event["uid"] = f"{uid} {number}"  # no two are equal
        if number:
            event["related-to"] = ["e0"]
        events.append(event)
    calendar = {"id": "example.org", "name": draw(lines), "timezone": draw(st.sampled_from(ZONES))}
    return {"calendar": calendar, "events": events}
