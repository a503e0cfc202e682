"""Labels of ours in other languages: their colon, and the letter that they begin with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from support.loading import calendar_of, file_text
from support.markdown import rendered
from timeline.formats import render_terminal

if TYPE_CHECKING:
    from timeline.model.events import Calendar

EVENT = (
    "id: a, summary: A, start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=4, status: cancelled, "
    "organizer: {name: Ann, email: a@x.org}"
)


def calendar(language: str) -> Calendar:
    head = f"calendar: {{id: x.org, name: X, language: {language}}}\n"
    return calendar_of(file_text(EVENT, calendar=head))


def shown(resolved: Calendar) -> str:
    lines = render_terminal(
        resolved, as_of=date(2026, 1, 1), next_=None, color=False, width=200, left_out=0
    )
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("language", "marker", "organizer"),
    [
        ("en", "Cancelled: A", "Organizer: "),
        ("fr", "Annulé : A", "Organisateur : "),
        ("de", "Abgesagt: A", "Veranstalter: "),
    ],
)
def test_a_label_has_the_colon_of_its_language(language: str, marker: str, organizer: str) -> None:
    document = rendered(calendar(language)).replace("\u00a0", " ").replace("\u202f", " ")
    assert marker in document
    assert organizer in document
    assert marker in shown(calendar(language)).replace("\u00a0", " ").replace("\u202f", " ")


def test_only_an_english_sentence_is_in_lower_case_within_a_line() -> None:
    assert " · repeats every Monday" in shown(calendar("en"))
    assert " · Wiederholung: " in shown(calendar("de"))
