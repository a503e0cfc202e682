"""Keys and values of other programs: the help says what to type, and that is valid."""

from __future__ import annotations

import pytest

from support.loading import load_text
from timeline.compiler.schema.rules_in_words import rule_in_words
from timeline.compiler.schema.scalars import id_like
from timeline.dates import parse_rrule

HEAD = "calendar: {id: example.org, name: Example, timezone: Europe/Riga}\n"
DAY, CLOCK = "start: 2027-01-04", "start: 2027-01-04T18:00"


def event(*entries: str) -> str:
    return f"{HEAD}events:\n  - id: a\n    summary: A\n" + "".join(f"    {e}\n" for e in entries)


SLIPS = [
    # the event, what the help says to write, and the event as it is then
    ([DAY, "time: 18:00"], "start: 2027-01-04T18:00", [CLOCK]),
    ([DAY, "time: 6 pm"], "start: 2027-01-04T18:00", [CLOCK]),
    (
        [DAY, 'time: "18:00-19:30"'],
        "start: 2027-01-04T18:00` and `end: 2027-01-04T19:30",
        [CLOCK, "end: 2027-01-04T19:30"],
    ),
    (["start: 4. Januar 2027", "time: 18h00"], "start: 2027-01-04T18:00", [CLOCK]),
    (["date: 2027-01-04", "start_time: 18:00"], "start: 2027-01-04T18:00", [CLOCK]),
    (["time: 2027-01-04T18:00"], "start: 2027-01-04T18:00", [CLOCK]),
    ([CLOCK, "end-time: 19:30"], "end: 2027-01-04T19:30", [CLOCK, "end: 2027-01-04T19:30"]),
    (
        [CLOCK, "end: 2027-01-05", "endTime: 19:30"],
        "end: 2027-01-05T19:30",
        [CLOCK, "end: 2027-01-05T19:30"],
    ),
    ([DAY, "every: week"], "rrule: FREQ=WEEKLY", [DAY, "rrule: FREQ=WEEKLY"]),
    ([DAY, "repeats: Mondays"], "rrule: FREQ=WEEKLY;BYDAY=MO", [DAY, "rrule: FREQ=WEEKLY"]),
    ([DAY, "every: [mo, thu]"], "rrule: FREQ=WEEKLY;BYDAY=MO,TH", [DAY]),
    ([DAY, "frequency: monthly"], "rrule: FREQ=MONTHLY", [DAY, "rrule: FREQ=MONTHLY"]),
    ([DAY, "rrule: every other week"], "rrule: FREQ=WEEKLY;INTERVAL=2", [DAY]),
    (
        [DAY, "zoom: https://zoom.us/j/1?pwd=a"],
        "conference: [{url: https://zoom.us/j/1?pwd=a}]",
        [DAY, "conference: [{url: https://zoom.us/j/1?pwd=a}]"],
    ),
    ([DAY, "Teams: https://t.org"], "conference: [{url: https://t.org}]", [DAY]),
    ([DAY, "reminder: 1 day"], "alarms: [1 day before]", [DAY, "alarms: [1 day before]"]),
    (
        [DAY, "notify: 2 days before end"],
        "alarms: [2 days before end]",
        [DAY, "alarms: [2 days before end]"],
    ),
    (
        [DAY, "alerts: [1d, 1 week before]"],
        "alarms: [1 day before, 1 week before]",
        [DAY, "alarms: [1 day before, 1 week before]"],
    ),
    ([DAY, "alarms: 1 day"], "alarms: [1 day before]", [DAY, "alarms: [1 day before]"]),
    ([CLOCK, "all-day: true"], "start: 2027-01-04", [DAY]),
    ([DAY, "cancelled: true"], "status: cancelled", [DAY, "status: cancelled"]),
    ([DAY, "canceled: yes"], "status: cancelled", [DAY, "status: cancelled"]),
    ([DAY, "is_cancelled: ja"], "status: cancelled", [DAY, "status: cancelled"]),
    ([DAY, "postponed: true"], "status: postponed", [DAY, "status: postponed"]),
    ([DAY, "room: Hall 2"], "location: Hall 2", [DAY, "location: Hall 2"]),
    ([DAY, 'notes: "A: b"'], 'description: "A: b"', [DAY, 'description: "A: b"']),
    ([DAY, "status: TBC"], "start: 2027-01-04?", ["start: 2027-01-04?"]),
    ([CLOCK, "status: t.b.d."], "start: 2027-01-04T18:00?", ["start: 2027-01-04T18:00?"]),
    ([CLOCK, "end: 19:30"], "2027-01-04T19:30", [CLOCK, "end: 2027-01-04T19:30"]),
    (
        ["start: 4 January 2027 18:00", "end: 7:30 pm"],
        "2027-01-04T19:30",
        [CLOCK, "end: 2027-01-04T19:30"],
    ),
    (
        ["start: 2027-01-04T22:00", "end: 02:00"],
        "2027-01-05T02:00",
        ["start: 2027-01-04T22:00", "end: 2027-01-05T02:00"],
    ),
    (
        ["start: 2027-01-04T18:00+02:00", "end: 19:30"],
        "2027-01-04T19:30+02:00",
        ["start: 2027-01-04T18:00+02:00", "end: 2027-01-04T19:30+02:00"],
    ),
    (
        ["start: 2027-01-04T18:00[Asia/Riyadh]", "end: 19:30"],
        "2027-01-04T19:30",
        ["start: 2027-01-04T18:00[Asia/Riyadh]", "end: 2027-01-04T19:30"],
    ),
    ([DAY, "end: 19:30"], "2027-01-04T19:30", [DAY, "end: 2027-01-04T19:30"]),
    ([CLOCK, "end: 24:00"], "2027-01-05T00:00", [CLOCK, "end: 2027-01-05T00:00"]),
]


@pytest.mark.parametrize(("wrong", "written", "right"), SLIPS)
def test_the_help_is_what_to_type_and_that_is_valid(
    wrong: list[str], written: str, right: list[str]
) -> None:
    helps = [diagnostic.help or "" for diagnostic in load_text(event(*wrong)).diagnostics]
    assert any(f"`{written}`" in help_ for help_ in helps), helps
    assert load_text(event(*right)).diagnostics == []


@pytest.mark.parametrize("key", ["every", "repeats", "rrule"])
@pytest.mark.parametrize("start", ["2027-01-05", "5 January 2027"])
@pytest.mark.parametrize(
    ("words", "rule", "first"),
    [
        ("every Monday", "FREQ=WEEKLY;BYDAY=MO", "2027-01-11"),
        ("every other Monday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2027-01-11"),
        ("last Friday of the month", "FREQ=MONTHLY;BYDAY=-1FR", "2027-01-29"),
        ("weekends", "FREQ=WEEKLY;BYDAY=SA,SU", "2027-01-09"),
        ("every Tuesday", "FREQ=WEEKLY;BYDAY=TU", None),
        ("weekly", "FREQ=WEEKLY", None),
    ],
)
def test_a_rule_in_words_names_the_first_instance_if_the_start_is_none(
    key: str, start: str, words: str, rule: str, first: str | None
) -> None:
    diagnostics = load_text(event(f"start: {start}", f"{key}: {words}")).diagnostics
    (help_,) = [item.help or "" for item in diagnostics if "RULE" in (item.help or "").upper()]
    assert help_.startswith(f"write `rrule: {rule}`")
    assert (f"and start on `{first}`" in help_) == (first is not None)
    right = event(f"start: {first or '2027-01-05'}", f"rrule: {rule}")
    assert load_text(right).diagnostics == []


@pytest.mark.parametrize("key", ["canceled", "cancelld", "Cancelled", "cancelled"])
@pytest.mark.parametrize(
    ("value", "help_"), [("yes", "write `status: cancelled`"), ("no", "remove the key")]
)
def test_a_misspelt_flag_is_a_status_and_not_fixed(key: str, value: str, help_: str) -> None:
    text = event(DAY, f"{key}: {value}")
    (diagnostic,) = load_text(text).diagnostics
    assert (diagnostic.help, diagnostic.replacement) == (help_, None)
    kept = load_text(event(DAY, f"{key}: drop")).diagnostics
    assert [item.replacement for item in kept] == (["cancelled"] if key != "cancelled" else [])


@pytest.mark.parametrize(
    ("entries", "help_"),
    [
        ([DAY, "all-day: true"], "remove the key: an event without a time in `start`"),
        ([CLOCK, "all_day: false"], "remove the key: an event with a time in `start`"),
        ([DAY, "recurring: false"], "remove the key"),
        ([DAY, "cancelled: false"], "remove the key"),
        ([DAY, "attendees: [a@example.org]"], "remove the key: a feed has no attendees"),
        (["start: TBC", "status: tbd"], "remove the key: `start: TBC`"),
        ([DAY, "status: abgesagt"], "write `cancelled`"),
        ([DAY, "every: so often"], "write a recurrence rule, such as"),
        ([DAY, "reminder: later"], "write reminders as a list, such as"),
        (["start: 2027-01", "end: 19:30"], "write the day first, such as"),
        ([DAY, "deadline: 2027-01-05"], "`start`, which is probably meant, already exists"),
    ],
)
def test_the_help_invents_nothing(entries: list[str], help_: str) -> None:
    (diagnostic,) = load_text(event(*entries)).diagnostics
    assert (diagnostic.help or "").startswith(help_)


def test_an_override_takes_the_day_of_its_instance() -> None:
    series = "rrule: FREQ=DAILY;COUNT=5"
    override = "overrides: [{recurrence-id: 2027-01-06, start: 09:00, end: 24:00}]"
    first, last = load_text(event(CLOCK, "duration: 1 hour", series, override)).diagnostics
    assert first.help == "write the day, too: `2027-01-06T09:00`"
    assert last.help == "write the day first, such as `2025-01-03T09:00`"  # the start is not known


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("weekly", "FREQ=WEEKLY"),
        ("every day", "FREQ=DAILY"),
        ("each year", "FREQ=YEARLY"),
        ("every 3 months", "FREQ=MONTHLY;INTERVAL=3"),
        ("every 2 Fridays", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("every second week", "FREQ=WEEKLY;INTERVAL=2"),
        ("fortnightly", "FREQ=WEEKLY;INTERVAL=2"),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
        ("weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("on Tuesdays and Thursdays", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("Mon, Wed & Fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("first Monday of the month", "FREQ=MONTHLY;BYDAY=1MO"),
        ("the last Friday of each month", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("biweekly", None),  # twice a week, or every other week
        ("every 2nd Friday", None),  # every other Friday, or that of each month
        ("second Tuesday", None),
        ("every now and then", None),
        ("mondays of may", None),
        ("0 weeks", None),
    ],
)
def test_a_rule_in_words(text: str, rule: str | None) -> None:
    assert rule_in_words(text) == rule
    if rule:
        parse_rrule(rule)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("étape-1", "etape-1"),
        ("Étape 1", "etape-1"),
        ("e\N{COMBINING ACUTE ACCENT}tape", "etape"),
        ("Große Straße", "grosse-strasse"),
        ("søndag", "sondag"),
        ("Łódź", "lodz"),
        ("stage №1", "stage-no1"),
        ("этап-1", None),
        ("第1", None),
    ],
)
def test_an_id_is_suggested_without_accents(text: str, id_: str | None) -> None:
    assert id_like(text) == id_
