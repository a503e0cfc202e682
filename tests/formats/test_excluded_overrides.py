"""An override of an instance that ``exdate`` excludes changes no output, and is reported."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from support.formats import COMPARED
from support.loading import calendar_of, file_text, load_text
from timeline.diagnostics import At, Note
from timeline.formats import FeedOptions, render_terminal
from timeline.model import Selection, first_dates, select_events
from timeline.model.occurrences import current_dates
from timeline.publishing.ledger import Ledger

SERIES = {
    "days": ("start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=4, exdate: [2027-01-11]", "2027-01-11"),
    "first-day": ("start: 2027-01-04, rrule: FREQ=DAILY, exdate: [2027-01-04]", "2027-01-04"),
    "days-alone": (
        "start: 2027-01-04, rdate: [2027-01-08, 2027-01-12], exdate: [2027-01-12]",
        "2027-01-12",
    ),
    "times": (
        # The clocks have changed by then.
        "start: 2027-03-22T18:00, rrule: FREQ=WEEKLY;COUNT=4, exdate: [2027-03-29]",
        "2027-03-29T16:00Z",
    ),
    "times-in-another-zone": (
        "start: 2027-03-22T18:00, rrule: FREQ=DAILY, exdate: ['2027-03-30T12:00[US/Eastern]']",
        "2027-03-30",
    ),
    "times-alone": (
        "start: 2027-03-22T18:00, rdate: [2027-04-06T07:00], exdate: [2027-04-06T05:00Z]",
        "2027-04-06",
    ),
}
OVERRIDES = (
    "start: 2027-06-01{clock}",
    "start: 2026-06-01{clock}, location: Hall",
    "duration: 9 days, summary: Longer",
    "status: cancelled",
    "categories: [stage], url: https://example.org/",
)
ENDINGS = ("", ", cancelled: drop", ", status: tentative")
CASES = [
    pytest.param(
        event + ENDINGS[number % 3],
        f"recurrence-id: {instance}, "
        + changes.replace("{clock}", "T12:00" if "times" in name else ""),
        id=f"{name}-{number}",
    )
    for (name, (event, instance)), (number, changes) in product(
        SERIES.items(), enumerate(OVERRIDES)
    )
]


def outputs(text: str) -> dict[str, object]:
    """Return all that is made of a file: its outputs, and what its dates answer."""
    calendar = calendar_of(text)
    made: dict[str, object] = {}
    for name, form in COMPARED.items():
        options = [form.options()]
        if form.is_feed:
            options = [FeedOptions(stamp=Ledger("20250101T000000Z").stamp)]
        if name == "csv":
            options.append(form.options(dialect="google"))  # type: ignore[call-arg]
        for number, given in enumerate(options):
            made[f"{name}-{number}"] = b"".join(form.render(calendar, given))
    day = date(2027, 1, 6)
    made["terminal"] = list(
        render_terminal(calendar, as_of=day, next_=None, color=False, width=99, left_out=0)
    )
    (event,) = calendar.events
    made["dates"] = first_dates(event), current_dates(event, day), current_dates(event, date.max)
    june = Selection(first=date(2027, 6, 1), last=date(2027, 6, 30))
    made["selected"] = len(select_events(calendar, june).events)
    return made


@pytest.mark.parametrize(("event", "override"), CASES)
def test_no_output_has_an_override_of_an_excluded_instance(event: str, override: str) -> None:
    event = f"id: a, summary: A, {event}"
    with_override = file_text(f"{event}, overrides: [{{{override}}}]")
    assert outputs(with_override) == outputs(file_text(event))


@pytest.mark.parametrize(("event", "override"), CASES)
def test_an_override_of_an_excluded_instance_is_reported_with_both_places(
    event: str, override: str
) -> None:
    loaded = load_text(file_text(f"id: a, summary: A, {event}, overrides: [{{{override}}}]"))
    assert loaded.is_sound
    (diagnostic,) = [item for item in loaded.diagnostics if item.code == "excluded-override"]
    path = ("events", 0)
    assert diagnostic.at == At((*path, "overrides", 0, "recurrence-id"))
    instance = override.partition(",")[0].removeprefix("recurrence-id: ")
    assert f"`{instance}`" in diagnostic.message
    (note,) = diagnostic.notes
    assert note == Note("it is excluded here", At((*path, "exdate", 0)))
