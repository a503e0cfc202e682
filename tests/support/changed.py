"""Two versions of a file whose events changed in every way, without a Latin letter in a title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.loading import load_text
from timeline.changes import Changes, Side, compare

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD = "calendar: {id: '1.2', name: 甲, timezone: Asia/Riyadh, language: TAG}\nevents:\n"

WEEKLY = "start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=4"

VERSIONS: Sequence[tuple[str, str]] = (
    ("", "start: 2027-01-03"),
    ("start: 2027-01-03", ""),
    ("start: 2027-01-03", "start: 2027-01-03, status: cancelled"),
    ("start: 2027-01-03, status: cancelled", "start: 2027-01-03"),
    ("start: 2026-04-12", "start: 2026-11-08, status: postponed, was: [2026-04-12]"),
    ("start: 2027-01-15", "start: 2027-01-16"),
    ("start: 2027", "start: 2027-01-16"),
    ("start: 2027-01-16", "start: 2027-01"),
    ("start: 2027-01-16?", "start: 2027-01-16"),
    ("start: 2027-01-16", "start: 2027-01-16~"),
    ("start: 2027-01-04", WEEKLY),
    (WEEKLY, f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-11, start: 2027-01-12}}]"),
    (f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-11, start: 2027-01-12}}]", WEEKLY),
    ("start: 2027-01-16, summary: 乙", "start: 2027-01-16"),
    ("start: 2027-01-16", "start: 2027-01-16, location: 丁"),
    ("start: 2027-01-16", "start: 2027-01-16, categories: [丙], priority: 1"),
    ("start: 2027-01-16", "start: 2027-01-17, location: 丁, was: [{start: 2027-01-16, note: 戊}]"),
    ("start: 5.start + 1 day", "start: 5.start + 1 day"),
    ("start: between 5.end and 2027-01-30", "start: between 5.end and 2027-01-30"),
)
"""The events as they were and as they are; empty where there is none."""


def changes_of(language: str) -> Changes:
    """Return all the changes, in a calendar of a language; one event has another id."""
    renamed = (
        "  - {id: '90', summary: 己, start: 2027}\n",
        "  - {id: '91', summary: 己, start: 2027}\n",
    )
    sides = []
    for side in (0, 1):
        text = HEAD.replace("TAG", language) + renamed[side]
        for number, versions in enumerate(VERSIONS):
            if keys := versions[side]:
                title = "" if "summary" in keys else f", summary: 甲{number}"
                text += f"  - {{id: '{number}', {keys}{title}}}\n"
        loaded = load_text(text)
        assert loaded.is_sound, loaded.diagnostics
        sides.append(Side(loaded.calendar, loaded.anchored_dates()))
    return compare(*sides)
