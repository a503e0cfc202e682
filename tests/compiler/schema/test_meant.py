"""Keys that can only be misspelt are read as the keys that are meant."""

from __future__ import annotations

import pytest

from support.loading import load_text
from timeline.diagnostics import MOST, locate_all

MISSPELT = """\
calender:
  id: example.org
  nmae: T
  timezon: Europe/Pariss
evnets:
  - id: a
    sumary: A
    strat: 2027-13-01
    soruces: [{tittle: Guide, url: nope}]
    rrule: FREQ=DAILY
    overides: [{recurence-id: 2027-01-03}]
"""


def located(text: str) -> list[tuple[str, int, int]]:
    loaded = load_text(text)
    return [
        (item.diagnostic.code, item.span.line, item.span.column)
        for item in locate_all(loaded.diagnostics, loaded.document)
    ]


def test_errors_below_misspelt_keys_are_reported_in_the_same_run_at_their_places() -> None:
    assert located(MISSPELT) == [
        ("unknown-key", 1, 1),
        ("unknown-key", 3, 3),
        ("unknown-key", 4, 3),
        ("unknown-zone", 4, 12),
        ("unknown-key", 5, 1),
        ("unknown-key", 7, 5),
        ("unknown-key", 8, 5),
        ("no-such-date", 8, 12),
        ("unknown-key", 9, 5),
        ("unknown-key", 9, 16),
        ("url-syntax", 9, 36),
        ("unknown-key", 11, 5),
        ("unknown-key", 11, 17),
    ]


@pytest.mark.parametrize(
    ("events", "codes"),
    [
        # checks of events against each other, and a reference to one of them
        ("- {id: a, summary: A, strat: 2027-01-03, end: 2026-01-03}", "unknown-key end-before"),
        (
            "- {id: a, summary: A, start: b.start}\n- {idd: b, summary: B, start: TBC}",
            "unknown-key",
        ),
        # `sumary` and `sumnary` may both be the summary, and `date` is a synonym
        ("- {id: a, sumary: '', sumnary: '', start: TBC}", "unknown-key unknown-key"),
        ("- {id: a, summary: A, date: nonsense}", "unknown-key"),
    ],
)
def test_only_a_key_that_is_certain_is_read_as_the_one_that_is_meant(
    events: str, codes: str
) -> None:
    loaded = load_text(f"calendar: {{id: x.org, name: X}}\nevents:\n{events}\n")
    assert " ".join(item.code for item in loaded.diagnostics).startswith(codes)


def test_of_more_misspelt_keys_than_are_reported_only_the_first_is() -> None:
    events = "".join(f"- {{id: e{n}, sumary: A, start: TBC}}\n" for n in range(MOST + 2))
    assert located(f"calendar: {{id: x.org, name: X}}\nevnets:\n{events}") == [
        ("unknown-key", 2, 1)
    ]


def test_where_the_file_is_cut_off_below_a_misspelt_key_nothing_is_missing() -> None:
    text = (
        "calendar: {id: x.org, name: X}\nevnets:\n- {id: a, summary: A, start: 2027}\n- id: b\n  "
    )
    codes = [code for code, _, _ in located(text + "summary: [")]
    assert codes[0] == "unknown-key"
    assert "missing-key" not in codes
