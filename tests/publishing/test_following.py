"""An export names each series that has another rule or other dates because another event moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.clock import STAMP
from support.loading import calendar_of, file_text
from timeline.formats import FORMATS, FeedOptions
from timeline.model import Feed, calendar_of_feed
from timeline.publishing.feed import parse_feed
from timeline.publishing.following import following_notices
from timeline.publishing.ledger import Ledger

SEASON = "id: season, summary: S, start: 2027-01-04, end: 2027-03-31"
LATER = SEASON.replace("03-31", "04-30")
GALA = "id: gala, summary: G, start: 2027-02-01"
MOVED = GALA.replace("02-01", "02-08")
UNTIL = "id: a, summary: A, start: 2027-01-04, rrule: {freq: weekly, until: season.end}"
EXDATE = "id: a, summary: A, start: 2027-01-04, rrule: FREQ=WEEKLY, exdate: [gala.start]"
RDATE = "id: a, summary: A, start: 2027-01-04, rdate: [gala.start + 1 day, season.end]"
LINE = "dist/a.ics: the recurrence of `a` changed, so its SEQUENCE rises: "


def notices(before: list[str], after: list[str], selected: Feed | None = None) -> list[str]:
    """Return the notices of a second export, and check which SEQUENCE the series has."""
    published = None
    for number, events in enumerate((before, after)):
        calendar = calendar_of(file_text(*events))
        if selected:
            calendar = calendar_of_feed(calendar, selected)
        ledger = Ledger(STAMP, published)
        feed = b"".join(FORMATS["ics"].render(calendar, FeedOptions(stamp=ledger.stamp)))
        published = parse_feed(feed, "a.ics")
        lines = list(following_notices(Path("dist/a.ics"), ledger, calendar))
        assert number or not lines
        if ("a@x.org", None) in published.events:
            assert published.stamps(("a@x.org", None)).sequence == len(lines)
    return lines


@pytest.mark.parametrize(
    ("series", "before", "after", "clauses"),
    [
        (UNTIL, [SEASON], [LATER], "`until` follows `season`"),
        (EXDATE, [GALA], [MOVED], "`exdate` follows `gala`"),
        (RDATE, [SEASON, GALA], [SEASON, MOVED], "`rdate` follows `gala` and `season`"),
        (
            UNTIL + ", exdate: [gala.start]",
            [SEASON, GALA],
            [LATER, GALA],
            "`until` follows `season`, `exdate` follows `gala`",
        ),
    ],
)
def test_a_series_that_changed_is_named_with_what_it_follows(
    series: str, before: list[str], after: list[str], clauses: str
) -> None:
    assert notices([*before, series], [*after, series]) == [LINE + clauses]


def test_at_most_three_of_the_events_that_a_key_follows_are_named() -> None:
    others = [f"id: e{n}, summary: E, start: 2027-02-{n + 1:02}" for n in range(9)]
    moved = [others[0].replace("02-01", "03-01"), *others[1:]]
    series = "id: a, summary: A, start: 2027-01-04, rdate: [{}]"
    for count, listed in ((3, "`e0`, `e1` and `e2`"), (9, "`e0`, `e1`, `e2` and 6 more")):
        event = series.format(", ".join(f"e{n}.start" for n in range(count)))
        assert notices([*others, event], [*moved, event]) == [f"{LINE}`rdate` follows {listed}"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([SEASON, UNTIL], [SEASON, UNTIL.replace("summary: A", "summary: B")]),
        ([SEASON, UNTIL], [SEASON.replace("summary: S", "summary: T"), UNTIL]),
        ([SEASON, UNTIL], [SEASON, UNTIL.replace("season.end", "2027-03-31")]),
        ([GALA, EXDATE], [MOVED + ", end: 2027-02-09", EXDATE.replace("gala.start", "2027-02-01")]),
    ],
)
def test_other_changes_are_not_reported(before: list[str], after: list[str]) -> None:
    assert notices(before, after) == []


def test_a_series_that_this_feed_does_not_have_is_not_reported() -> None:
    before, after = [SEASON, UNTIL], [LATER, UNTIL]
    assert notices(before, after, Feed("side", ids=("season",))) == []
    assert notices(before, after, Feed("side", ids=("a",))) != []
