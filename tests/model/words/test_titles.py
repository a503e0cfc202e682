"""Titles in calendar apps: each cell of two tables is an event, in every language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import dated
from timeline.diagnostics import cell_width
from timeline.model.events import Undated
from timeline.model.words.catalogues import catalogue_tags
from timeline.model.words.language import language_of
from timeline.model.words.titles import marked_title, postponed_title
from timeline.model.words.wording import PLAIN_ENGLISH, Wording

MARKERS = ("TBC", "Approx", "Uncertain", "Tentative", "Cancelled", "Postponed")
STATUSES = (None, "tentative", "confirmed", "cancelled", "postponed")

STARTS = {
    "2027-01-03": (
        "T",
        "Tentative: T",
        "T",
        "Cancelled: T",
        "Postponed: T",
    ),
    "2027-01-03~": (
        "Approx: T",
        "Tentative: T (approximate)",
        "Approx: T",
        "Cancelled: T (approximate)",
        "Postponed: T (approximate)",
    ),
    "2027-01-03?": (
        "Uncertain: T",
        "Tentative: T (uncertain)",
        "Uncertain: T",
        "Cancelled: T (uncertain)",
        "Postponed: T (uncertain)",
    ),
    "2027-01-03%": (
        "Uncertain: T (approximate)",
        "Tentative: T (uncertain and approximate)",
        "Uncertain: T (approximate)",
        "Cancelled: T (uncertain and approximate)",
        "Postponed: T (uncertain and approximate)",
    ),
    **{
        f"{date}{mark}": tuple(cell.replace("2027", words) for cell in cells)
        for date, words in {
            "2027": "2027",
            "2027-Q2": "Q2 2027",
            "2027-03": "March 2027",
            "2027-09": "September 2027",
        }.items()
        for mark, cells in {
            "": (
                "TBC 2027: T",
                "TBC 2027: T (tentative)",
                "2027: T",
                "Cancelled: T (2027)",
                "Postponed: T (2027, date to be confirmed)",
            ),
            "~": (
                "TBC 2027: T (approximate)",
                "TBC 2027: T (approximate, tentative)",
                "2027: T (approximate)",
                "Cancelled: T (about 2027)",
                "Postponed: T (about 2027, date to be confirmed)",
            ),
            "?": (
                "TBC 2027: T (uncertain)",
                "TBC 2027: T (uncertain, tentative)",
                "2027: T (uncertain)",
                "Cancelled: T (perhaps 2027)",
                "Postponed: T (perhaps 2027, date to be confirmed)",
            ),
            "%": (
                "TBC 2027: T (uncertain and approximate)",
                "TBC 2027: T (uncertain and approximate, tentative)",
                "2027: T (uncertain and approximate)",
                "Cancelled: T (perhaps about 2027)",
                "Postponed: T (perhaps about 2027, date to be confirmed)",
            ),
        }.items()
    },
    **{
        date: (
            f"TBC: T ({words})",
            f"TBC: T ({words}, tentative)",
            f"T ({words})",
            f"Cancelled: T ({words})",
            f"Postponed: T ({words}, date to be confirmed)",
        )
        for date, words in {
            "between 2027-01-03 and 2027-01-17": "some day between 3 and 17 January 2027",
            "2027-H1": "first half of 2027",
            "2027-H1~": "about the first half of 2027",
            "2027-H1?": "perhaps the first half of 2027",
            "2027-W03": "week 3 of 2027",
            "2027-25": "spring 2027",
            "2027-25%": "perhaps about spring 2027",
            "202X": "the 2020s",
            "2027-XX": "some month of 2027",
            "2027-01-XX": "some day in January 2027",
            "not before 2027-06": "not before June 2027",
            "not after 2027-03-05": "not after 5 March 2027",
        }.items()
    },
}
"""The titles by start, for each status of `STATUSES`; the event has no end."""

TIMES = {f"2027-01-03T09:00Z{mark}": STARTS[f"2027-01-03{mark}"] for mark in ("", "~", "?", "%")}

ENDS = {
    # A start that is known, certain.
    "2027-01-03 | 2029-01-17": "T",
    "2027-01-03 | 2029": "T (until 2029)",
    "2027-01-03 | 2029-Q2": "T (until Q2 2029)",
    "2027-01-03 | 2029-H1": "T (until the first half of 2029)",
    "2027-01-03 | 2029-01-17~": "T (end approximate)",
    "2027-01-03 | 2029-01-17?": "T (end uncertain)",
    "2027-01-03 | 2029-01-17%": "T (end uncertain and approximate)",
    "2027-01-03 | 2029~": "T (until about 2029)",
    "2027-01-03 | ..": "T (since 3 January 2027)",
    "2027-01-03 | TBC": "T (end to be confirmed)",
    "2027-01-03T14:00Z | ..": "T (since 3 January 2027)",
    "2027-01-03T14:00Z | TBC": "T (end to be confirmed)",
    "2027-01-03T14:00Z | 2027-01-05": "T (from 14:00 UTC)",
    "2027-01-03T14:00Z | 2029": "T (from 14:00 UTC, until 2029)",
    "2027-01-03 | 2027-01-05T18:00Z": "T (until 18:00 UTC)",
    # A start that is known, qualified.
    "2027-01-03~ | 2029": "Approx: T (until 2029)",
    "2027-01-03~ | 2029-01-17~": "Approx: T (end approximate)",
    "2027-01-03~ | ..": "Approx: T (since about 3 January 2027)",
    "2027-01-03% | 2029": "Uncertain: T (approximate, until 2029)",
    # A start that is vague, with its unit in the marker.
    "2027 | 2029-01-17": "TBC 2027: T (until 17 January 2029)",
    "2027 | 2029": "TBC 2027: T (until 2029)",
    "2027 | 2029-01-17~": "TBC 2027: T (until about 17 January 2029)",
    "2027 | ..": "TBC 2027: T (no end)",
    "2027 | TBC": "TBC 2027: T (end to be confirmed)",
    "2027-01 | 2027-03-05T18:00Z": "TBC January 2027: T (until 5 March 2027, 18:00 UTC)",
    # A start that is vague, in words.
    "2027-H1 | 2029-01-17": "TBC: T (first half of 2027 until 17 January 2029)",
    "2027-H1 | 2029": "TBC: T (first half of 2027 until 2029)",
    "2027-H1 | 2029-01-17~": "TBC: T (first half of 2027 until about 17 January 2029)",
    "2027-H1 | ..": "TBC: T (since the first half of 2027)",
    "2027-H1 | TBC": "TBC: T (first half of 2027, end to be confirmed)",
    "2027-H1 | 2027-H1": "TBC: T (within the first half of 2027)",
    "2027-H1 | 2028-01-05T18:00Z": "TBC: T (first half of 2027 until 5 January 2028, 18:00 UTC)",
}
"""The titles by start and end, of an event without a status."""

ENDS_BY_STATUS = {
    ("2027-01-03~ | 2029", "cancelled"): "Cancelled: T (start approximate, until 2029)",
    ("2027-01-03? | TBC", "tentative"): "Tentative: T (start uncertain, end to be confirmed)",
    ("2027-01-03% | 2029-01-17~", "postponed"): (
        "Postponed: T (start uncertain and approximate, end approximate)"
    ),
    ("2027-01-03~ | 2029-01-17", "cancelled"): "Cancelled: T (approximate)",
    ("2027-01-03~ | ..", "tentative"): "Tentative: T (since about 3 January 2027)",
    ("2027 | 2029", "confirmed"): "2027: T (until 2029)",
    ("2027 | 2029", "cancelled"): "Cancelled: T (2027 until 2029)",
    ("2027 | ..", "cancelled"): "Cancelled: T (since 2027)",
    ("2027~ | 2029", "tentative"): "TBC 2027: T (approximate, until 2029, tentative)",
    ("2027 | TBC", "postponed"): ("Postponed: T (2027, end to be confirmed, date to be confirmed)"),
}

POSTPONED_WITHOUT_DATE = {
    "2027-01-03": "Postponed: T",
    "2027-01-03 | 2027-01-05": "Postponed: T",
    "2027-01-03T09:00Z": "Postponed: T",
    "2027-01-03~": "Postponed: T (from about 3 January 2027, new date to be confirmed)",
    "2027": "Postponed: T (from 2027, new date to be confirmed)",
    "2027-H1": "Postponed: T (from the first half of 2027, new date to be confirmed)",
    "2027-01-03 | ..": "Postponed: T (from 3 January 2027, new date to be confirmed)",
}


def marked(
    text: str, status: str | None, wording: Wording = PLAIN_ENGLISH, title: str = "T"
) -> str:
    when = dated.when(*text.split(" | "))
    assert not isinstance(when, Undated)
    return marked_title(title, when, status, wording)


@pytest.mark.parametrize("start", [*STARTS, *TIMES])
def test_start_and_status(start: str) -> None:
    titles = tuple(marked(start, status) for status in STATUSES)
    assert titles == (STARTS | TIMES)[start]


@pytest.mark.parametrize(("dates", "title"), ENDS.items())
def test_end(dates: str, title: str) -> None:
    assert marked(dates, None) == title


@pytest.mark.parametrize(("dates", "status"), ENDS_BY_STATUS)
def test_end_and_status(dates: str, status: str) -> None:
    assert marked(dates, status) == ENDS_BY_STATUS[dates, status]


@pytest.mark.parametrize(("dates", "title"), POSTPONED_WITHOUT_DATE.items())
def test_postponed_without_a_new_date(dates: str, title: str) -> None:
    when = dated.when(*dates.split(" | "))
    assert not isinstance(when, Undated)
    assert postponed_title("T", when, PLAIN_ENGLISH) == title


def test_a_zone_is_named_only_where_it_is_not_the_calendars() -> None:
    wording = Wording(PLAIN_ENGLISH.language, "Asia/Riyadh")
    dates = "2027-01-03T14:00[Asia/Riyadh] | 2027-01-05"
    assert marked(dates, None, wording) == "T (from 14:00)"
    assert marked(dates, None) == "T (from 14:00 Asia/Riyadh)"


@pytest.mark.parametrize("tag", ["en-XA", *catalogue_tags()])
@pytest.mark.parametrize("status", STATUSES)
def test_every_language_has_one_short_marker(tag: str, status: str | None) -> None:
    """A marker has at most 14 columns, and a unit after it at most 16."""
    wording = Wording(language_of(tag))
    words = [wording.phrase(marker) for marker in MARKERS]
    assert max(map(cell_width, words)) <= (16 if tag == "en-XA" else 14)
    before, after = wording.phrase("{marker}:", marker="§").split("§")
    for dates in [*STARTS, *ENDS]:
        marker = marked(dates, status, wording, "§").partition("§")[0]
        marker = marker.removeprefix(before).removesuffix(f"{after} ")
        rest = next(
            (marker.removeprefix(word) for word in words if marker.startswith(word)), marker
        )
        assert cell_width(rest.strip()) <= 16, marker


@pytest.mark.parametrize(
    ("tag", "title"),
    [("de", "Abgesagt: T"), ("fr", "Annulé\u00a0: T"), ("en-XA", "⟦⟦Cancelled⟧:⟧ T")],
)
def test_the_colon_is_that_of_the_language(tag: str, title: str) -> None:
    assert marked("2027-01-03", "cancelled", Wording(language_of(tag))) == title


@given(
    title=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    status=st.sampled_from(STATUSES),
    dates=st.sampled_from([*STARTS, *ENDS]),
)
def test_the_authors_title_is_never_changed(title: str, status: str | None, dates: str) -> None:
    before, after = marked(dates, status, title="§").split("§")
    assert marked(dates, status, title=title) == f"{before}{title}{after}"
