"""Files drawn from all forms of docs/dates.md, for hypothesis."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

ZONES = (
    *("America/New_York", "America/Santiago", "Asia/Kolkata", "Asia/Riyadh", "Asia/Tokyo"),
    *("Australia/Lord_Howe", "Europe/Berlin", "Pacific/Chatham", "America/Los_Angeles", "AoE"),
)
_YEAR = st.integers(2019, 2032)
_DAY = st.builds(
    "{}-{:02}-{:02}".format, _YEAR, st.integers(1, 12), st.sampled_from([*range(1, 29), 28])
)
_LATE_DAY = st.sampled_from(
    ["2024-02-29", "2025-01-31", "2027-03-31", "2026-12-31", "2024-12-30", "2027-01-01"]
)
_DAYS = st.one_of(_DAY, _LATE_DAY)
_UNITS = st.one_of(
    st.builds("{}-W{:02}".format, _YEAR, st.integers(1, 52)),
    st.builds("{}-{:02}".format, _YEAR, st.integers(1, 12)),
    st.builds("{}-Q{}".format, _YEAR, st.integers(1, 4)),
    st.builds("{}-{}".format, _YEAR, st.integers(33, 36)),
    st.builds("{}-H{}".format, _YEAR, st.integers(1, 2)),
    st.builds("{}-{}".format, _YEAR, st.integers(40, 41)),
    _YEAR.map(str),
    st.builds("20{}X".format, st.integers(0, 9)),
    st.sampled_from(["19XX", "20XX"]),
    st.builds("{}-{}".format, _YEAR, st.integers(21, 32)),
    st.builds("{}-XX".format, _YEAR),
    st.builds("{}-XX-XX".format, _YEAR),
    st.builds("{}-{:02}-XX".format, _YEAR, st.integers(1, 12)),
)
_LATE_UNITS = ("2050", "2050-02", "2050-Q3", "205X", "2050-W07", "2050-12-31")
_MARK = st.sampled_from(["", "", "", *"?~%"])
_LITERALS = st.builds(str.__add__, st.one_of(_DAYS, _UNITS), _MARK)
_CLOCK = st.builds(
    "{:02}:{:02}{}".format,
    st.integers(0, 23),
    st.sampled_from([0, 15, 30, 59]),
    st.sampled_from(["", "", ":30"]),
)
_CHANGES = st.sampled_from(["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-25", "2026-09-06"])
_ZONE_END = st.sampled_from(["", "", "Z", "+05:30", "-03:30", *(f"[{zone}]" for zone in ZONES)])
_CERTAIN_TIMES = st.builds(
    "{}{}{}{}".format, st.one_of(_DAYS, _CHANGES), st.sampled_from("T "), _CLOCK, _ZONE_END
).map(lambda text: text.replace(" ", "T") if "-03:30" in text else text)
_TIMES = st.builds(str.__add__, _CERTAIN_TIMES, _MARK)
"""After a space, an offset that begins with ``-`` could be the end of a range of times."""
_SIDES = st.one_of(_DAYS, _YEAR.map(str), st.builds("{}-{:02}".format, _YEAR, st.integers(1, 12)))
_BOUNDS = st.one_of(
    _SIDES,
    st.builds("{}-Q{}".format, _YEAR, st.integers(1, 4)),
    st.builds("{}-{}".format, _YEAR, st.integers(33, 36)),
)
_ONE_SIDED = st.builds("not {} {}".format, st.sampled_from(["before", "after"]), _BOUNDS)
_LENGTHS = st.one_of(
    st.builds("{} {}s".format, st.integers(0, 40), st.sampled_from(["day", "week", "month"])),
    st.builds("{} years".format, st.integers(0, 12)),
    st.sampled_from(
        ["1 day", "1 month", "1 year", "3 months", "12 months", "10 years", "6 months"]
    ),
    st.sampled_from(["P1M1D", "P1Y2M", "P2W", "P1W3D", "P10Y", "P1Y1M1W1D", "31 days", "365 days"]),
)
_WORKING = st.one_of(
    st.builds("{} working days".format, st.integers(2, 60)),
    st.sampled_from(["1 working day", "1 working days", "2 working day", "300 working days"]),
)
_EXACT = st.sampled_from(["90 minutes", "1 hour", "36 hours", "PT90M", "P1DT12H", "P1MT45M"])
_TERM = st.builds(" {} {}".format, st.sampled_from("+-"), st.one_of(_LENGTHS, _LENGTHS, _WORKING))
_EXACT_TERM = st.builds(
    " {} {}".format, st.sampled_from("+-"), st.one_of(_LENGTHS, _EXACT, _WORKING)
)
_TERMS = st.lists(_TERM, max_size=3).map("".join)


@st.composite
def dates(draw: st.DrawFn, ids: list[str]) -> str:
    """Draw any form, relative to some of the ids if there are any."""
    side = st.one_of(_SIDES, _SIDES, _CERTAIN_TIMES)
    literals = [_LITERALS, _LITERALS, _TIMES, _betweens(st.tuples(side, side)), st.just("TBC")]
    if not ids:
        return draw(st.one_of(literals))
    edges = ["start", "end", "start", "end", "start.day", "end.day"]
    anchor = st.builds("{}.{}".format, st.sampled_from(ids), st.sampled_from(edges))
    moved = st.builds(str.__add__, anchor, _TERMS)
    exact_terms = st.lists(_EXACT_TERM, min_size=1, max_size=2).map("".join)
    exactly_moved = st.builds(str.__add__, anchor, exact_terms)
    at_clock = st.builds("{} at {}".format, moved, _CLOCK)
    relative = [
        st.builds(str.__add__, moved, _MARK),
        st.builds(str.__add__, at_clock, _MARK),
        st.builds(str.__add__, exactly_moved, _MARK),
        _betweens(st.tuples(moved, st.one_of(moved, side))),
        _betweens(st.tuples(st.one_of(at_clock, exactly_moved), st.one_of(moved, side))),
    ]
    return draw(st.one_of(*literals, *relative, *relative))


def _betweens(sides: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[str]:
    return sides.map(lambda pair: f"between {pair[0]} and {pair[1]}")


@st.composite
def starts(draw: st.DrawFn, ids: list[str]) -> str:
    """Draw any form, also those with one known bound, which are possible as a start only."""
    one_sided = [_ONE_SIDED]
    if ids:
        anchor = st.builds("{}.{}".format, st.sampled_from(ids), st.sampled_from(["start", "end"]))
        words = st.sampled_from(["not before", "not after"])
        one_sided.append(st.builds("{} {}{}".format, words, anchor, _TERMS))
    return draw(st.one_of(dates(ids), dates(ids), dates(ids), *one_sided))


@st.composite
def events(draw: st.DrawFn, id_: str, ids: list[str]) -> dict[str, Any]:
    """Draw an event whose dates may be relative to those of others."""
    event: dict[str, Any] = {"id": id_, "summary": f"Title {id_}", "start": draw(starts(ids))}
    kind = draw(
        st.sampled_from(["none", "none", "end", "relative end", "other kind", "duration", "open"])
    )
    if event["start"].startswith("not ") and draw(st.integers(0, 4)):
        kind = "none"  # any other is rejected
    if kind == "end":
        event["end"] = draw(dates(ids))
    elif kind == "relative end":
        event["end"] = f"{id_}.start{draw(_TERM)}{draw(_MARK)}".replace(" - ", " + ")
    elif kind == "other kind":  # a day after a time, or a time after a day
        later = draw(_TERM).replace(" - ", " + ")
        event["start"] = draw(st.one_of(_DAYS, _TIMES, st.sampled_from(["2020", "2020-01"])))
        end = draw(st.sampled_from([f"{id_}.start.day{later}", *_LATE_UNITS]))
        if ":" not in event["start"]:
            end = f"2050-01-31T{draw(_CLOCK)}"
            if len(event["start"]) == len("2020-01-01"):
                end = f"{id_}.start{later} at {draw(_CLOCK)}"
        event["end"] = end + draw(_MARK)
    elif kind == "duration":
        event["duration"] = draw(st.one_of(_LENGTHS, _EXACT))
    elif kind == "open":
        event["end"] = draw(st.sampled_from(["..", "TBC"]))
    if draw(st.integers(0, 3)) == 0:
        event["timezone"] = draw(st.sampled_from(ZONES))
    if draw(st.integers(0, 3)) == 0:
        event["imprecise"] = draw(st.sampled_from(["span", "start", "skip"]))
    return event


@st.composite
def event_trees(draw: st.DrawFn, id_: str, ids: list[str]) -> dict[str, Any]:
    """Draw an event, sometimes a span with children that cannot be outside of it."""
    event = draw(events(id_, ids))
    if draw(st.integers(0, 4)) == 0:
        event |= {"start": draw(_DAYS), "duration": "2 weeks"}
        event.pop("end", None)
        starts = [f"{id_}.start + 3 days", f"{id_}.end", f"between {id_}.start and {id_}.end"]
        event["events"] = [
            {"id": f"{id_}-{number}", "summary": f"Title {id_}-{number}", "start": start}
            for number, start in enumerate(draw(st.lists(st.sampled_from(starts), max_size=2)))
        ]
    return event


@st.composite
def working_days(draw: st.DrawFn) -> dict[str, list[str]]:
    """Draw a week of one to seven days, and days off of which none are listed twice."""
    names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    week = draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    days = draw(st.lists(st.dates(date(2019, 1, 1), date(2032, 12, 1)), max_size=8, unique=True))
    lengths = draw(st.lists(st.integers(0, 9), min_size=len(days), max_size=len(days)))
    off, last = list[str](), date.min
    for first, length in zip(sorted(days), lengths, strict=True):
        if first > last:
            last = first + timedelta(days=length)
            off.append(f"{first}..{last}" if length else f"{first}")
    return {"week": week, "off": draw(st.permutations(off))}


@st.composite
def dated_files(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the data of a file; events refer to events before and after them."""
    ids = [f"e{number}" for number in range(draw(st.integers(1, 5)))]
    # Each refers only to events after it in this order, so that no dates are a circle.
    order = draw(st.permutations(ids))
    trees = {id_: draw(event_trees(id_, order[at + 1 :])) for at, id_ in enumerate(order)}
    calendar = {
        "id": "example.org",
        "name": "Drawn",
        "timezone": draw(st.sampled_from(ZONES)),
        "working-days": draw(working_days()),
    }
    return {"calendar": calendar, "events": [trees[id_] for id_ in ids]}
