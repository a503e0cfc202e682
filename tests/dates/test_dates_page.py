"""The page docs/dates.md: its grammar is what the code parses, and its examples are true."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from support.dated import refusal
from support.loading import calendar_of, file_text, load_text
from support.paths import ROOT
from timeline.dates.arithmetic import shift_date
from timeline.dates.calendar_units import Date, OneSidedDate
from timeline.dates.clock_times import ClockTime
from timeline.dates.day_ranges import DayRange
from timeline.dates.durations import Duration
from timeline.dates.edtf import format_edtf
from timeline.dates.fields import (
    parse_end,
    parse_excluded,
    parse_series_date,
    parse_start,
    parse_with_corrections,
)
from timeline.dates.grammar import DateExpression, NoDate
from timeline.dates.instants import Instant, resolve_clock_time
from timeline.dates.relative import parse_relative_date
from timeline.dates.zones import TimesShown, times_shown
from timeline.diagnostics.model import Refusal
from timeline.model.events import AllDay, Mixed, Timed, Undated, When, as_edtf, earliest, latest

DOCS = (ROOT / "docs/dates.md").read_text(encoding="utf-8")


TOKEN = re.compile(
    r"""\s*(?:"([^"]*)"|\?\s(.*?)\s\?|([a-z](?:[a-z -]*[a-z])?)|(\d+) \*|([][(){}|,]))"""
)
SPECIAL = {"a name of the IANA time zone database": "(?:Asia/Riyadh|Europe/Berlin|UTC)"}
CLOSING = {"(": ")", "[": ")?", "{": ")*"}


@cache
def rules() -> dict[str, str]:
    (block,) = re.findall(r"```ebnf\n(.*?)```", DOCS, re.DOTALL)
    return dict(re.findall(r"^([a-z][a-z -]*?) += (.*?) ;$", block, re.DOTALL | re.MULTILINE))


@cache
def as_regex(rule: str) -> str:
    """A rule of ISO 14977 as a regular expression; no rule needs itself."""
    text, place, times = "", 0, ""
    opened: list[tuple[str, str]] = []
    while match := TOKEN.match(rules()[rule], place):
        place = match.end()
        terminal, special, name, count, sign = match.groups()
        if count:
            times = count
        elif terminal is not None or special or name:
            symbol = re.escape(terminal) if terminal is not None else SPECIAL.get(special or "")
            text += f"(?:{symbol or as_regex(name)})" + (f"{{{times}}}" if times else "")
            times = ""
        elif sign in CLOSING:
            # n * [ x ] is up to n of x: as n optional ones it would be tried in 2^n ways
            opened.append((sign, f"){{0,{times}}}" if times else CLOSING[sign]))
            text, times = text + "(?:", ""
        elif sign in ")]}":
            text += opened.pop()[1]
        elif sign == "|":
            text += "|"
    assert not opened
    assert not rules()[rule][place:].strip()
    return text


def test_every_rule_of_the_grammar_is_used() -> None:
    bodies = re.sub(r'"[^"]*"', "", " ".join(rules().values()))
    used = {name for name in rules() if re.search(rf"\b{name}\b", bodies)}
    assert used == set(rules()) - {"start", "end", "rdate", "exdate"}


GENERATED = st.one_of(
    st.from_regex(re.compile(as_regex(edge), re.ASCII), fullmatch=True) for edge in ("start", "end")
)
ALLOWED = f"{as_regex('start')}|{as_regex('end')}"
IMPOSSIBLE = {"no-such-date", "no-such-time", "year-range", "empty-between"}


@settings(max_examples=200)
@given(GENERATED)
def test_what_the_grammar_allows_is_read_or_does_not_exist(text: str) -> None:
    value = read(text)
    if isinstance(value, Refusal):
        no_offset = "-00:00" in text and value.code == "no-such-time"
        assert no_offset or value.code in IMPOSSIBLE


@settings(max_examples=200)
@given(
    st.builds(
        lambda text, place, change: text[: place % len(text)] + change + text[place % len(text) :],
        GENERATED,
        st.integers(0, 100),
        st.text("0123456789 -+~?%.:XQHWTZPabd[]", max_size=2),
    )
)
def test_what_is_read_is_allowed_by_the_grammar(text: str) -> None:
    assume(not isinstance(read(text), Refusal))
    assert re.fullmatch(ALLOWED, text)


@settings(max_examples=200)
@given(GENERATED)
def test_text_makes_a_round_trip(text: str) -> None:
    value = read(text)
    assume(not isinstance(value, Refusal | NoDate))
    assert parse_with_corrections(str(value)) == value


def read(text: str) -> DateExpression | Refusal:
    try:
        return parse_end(text) if text == ".." else parse_start(text)
    except Refusal as refused:
        return refused


def tables(*columns: str) -> list[tuple[str, ...]]:
    """The rows of all tables of the page with these columns, without backticks."""
    head = re.escape("| " + " | ".join(columns) + " |\n")
    tables = re.findall(rf"^{head}\|[-|]+\|\n((?:\|.*\|\n)+)", DOCS, re.MULTILINE)
    assert tables
    rows = "".join(tables).splitlines()
    return [tuple(re.split(r" \| ", row.strip("| "))) for row in rows]


def bare(cell: str) -> str:
    return cell.removeprefix("`").removesuffix("`")


@pytest.mark.parametrize(
    "row",
    [
        *(
            (*row[:4], "certain", row[4])
            for row in tables("written", "earliest", "latest", "precision", "EDTF")
        ),
        *tables("written", "earliest", "latest", "precision", "certainty", "EDTF"),
    ],
)
def test_the_forms_of_the_page(row: tuple[str, ...]) -> None:
    value = parse_with_corrections(bare(row[0]))
    assert isinstance(value, Date | OneSidedDate)
    shown = (str(value), str(value.earliest or ""), str(value.latest or ""), value.precision)
    assert (*shown, value.qualification.words, format_edtf(value)) == tuple(map(bare, row))


@pytest.mark.parametrize("row", tables("written", "local time", "zone", "in UTC"))
def test_the_times_of_the_page(row: tuple[str, ...]) -> None:
    written = parse_with_corrections(bare(row[0]))
    assert isinstance(written, ClockTime)
    instant, warning = resolve_clock_time(written, "Asia/Riyadh")
    assert warning is None
    assert (str(instant), instant.zone, instant.utc.isoformat()) == row[1:]


@pytest.mark.parametrize("row", tables("written", "local time", "zone", "certainty"))
def test_the_times_with_a_mark_of_the_page(row: tuple[str, ...]) -> None:
    written = parse_with_corrections(bare(row[0]))
    assert isinstance(written, ClockTime)
    instant, _ = resolve_clock_time(written, "Asia/Riyadh")
    assert (str(instant), instant.zone, instant.qualification.words) == row[1:]


@pytest.mark.parametrize("row", tables("`a.start`", "written", "result"))
def test_the_relative_dates_of_the_page(row: tuple[str, ...]) -> None:
    start, written, result = map(bare, row)
    when = dates_of(f"id: a, summary: A, start: {start}", f"id: b, summary: B, start: {written}")
    assert not isinstance(when, Undated) or result == "TBC"
    assert when.end is None
    if isinstance(when, Timed):
        assert f"{when.start.wall:%Y-%m-%dT%H:%M}{when.start.qualification}" == result
    elif isinstance(when, AllDay):
        assert str(when.start) == result


@pytest.mark.parametrize("row", tables("`start`", "`end`", "first day", "last day", "EDTF"))
def test_the_spans_with_a_time_on_one_side_of_the_page(row: tuple[str, ...]) -> None:
    start, end, first, last, edtf = map(bare, row)
    when = dates_of(f"id: a, summary: A, start: {start}, end: {end}")
    assert isinstance(when, Mixed)
    assert (str(earliest(when)), str(latest(when)), as_edtf(when)) == (first, last, edtf)


def dates_of(*events: str) -> When:
    """Return the dates of the last event of a calendar in Riyadh."""
    calendar = "calendar: {id: x.org, name: X, timezone: Asia/Riyadh}\n"
    return calendar_of(file_text(*events, calendar=calendar)).events[-1].when


@pytest.mark.parametrize("row", tables("date", "moved by", "result"))
def test_the_arithmetic_of_the_page(row: tuple[str, ...]) -> None:
    value = parse_with_corrections(bare(row[0]))
    assert isinstance(value, Date | OneSidedDate)
    for term in parse_relative_date(f"other.start {bare(row[1])}").terms:
        assert isinstance(term, Duration)
        value = shift_date(value, term)
    assert str(value) == bare(row[2])


@pytest.mark.parametrize("row", tables("date", "moved by", "working day"))
def test_the_working_days_of_the_page(row: tuple[str, ...]) -> None:
    (calendar,) = re.findall(r"```yaml\n(calendar:\n.*?  working-days:.*?)```", DOCS, re.DOTALL)
    day, moved, result = map(bare, row)
    events = f"id: a, summary: A, start: {day}", f"id: b, summary: B, start: a.start {moved}"
    loaded = load_text(file_text(*events, calendar=calendar))
    assert loaded.is_sound, loaded.diagnostics
    (when,) = (event.when for event in loaded.calendar.events if event.id == "b")
    assert isinstance(when, AllDay)
    assert str(when.start) == result


@pytest.mark.parametrize(("text", "better"), tables("rejected", "write"))
def test_the_refusals_of_the_page(text: str, better: str) -> None:
    refused = refusal(bare(text))
    help_ = refused.help or ""
    written = re.findall(r"`[^`]+`", better)
    assert all(words in help_ for words in written)
    if not written:
        assert better in f"{help_} {refused.message}" or refused.code == "no-such-date"


@pytest.mark.parametrize("line", re.findall(r"^ +(?:start|end): .+$", DOCS, re.MULTILINE))
def test_the_yaml_of_the_page(line: str) -> None:
    key, text = re.sub(r" +#.*", "", line).strip().split(": ")
    assert (parse_start if key == "start" else parse_end)(text)


def test_what_the_page_says_of_a_time_that_is_skipped_or_shown_twice() -> None:
    skipped = parse_with_corrections("2025-03-30T02:30[Europe/Berlin]")
    twice = parse_with_corrections("2025-10-26T02:30[Europe/Berlin]")
    assert isinstance(skipped, ClockTime)
    assert isinstance(twice, ClockTime)
    with pytest.raises(Refusal) as caught:
        resolve_clock_time(skipped, None)
    assert caught.value.code == "skipped-time"
    assert str(resolve_clock_time(twice, None)[0]) == "2025-10-26T02:30:00+02:00"
    assert times_shown(twice.wall, "Europe/Berlin") is TimesShown.TWICE


READ = {"rdate": parse_series_date, "exdate": parse_excluded}
IMPOSSIBLE_RANGE = {"day-range", "too-long"}


def read_item(key: str, text: str) -> object:
    try:
        return READ[key](text)
    except Refusal as refused:
        return refused


@settings(max_examples=200)
@given(st.data(), st.sampled_from(sorted(READ)))
def test_the_items_of_a_series_are_those_of_the_grammar(data: st.DataObject, key: str) -> None:
    grammar = re.compile(as_regex(key), re.ASCII)
    text = data.draw(st.from_regex(grammar, fullmatch=True))
    value = read_item(key, text)
    if isinstance(value, Refusal):
        no_offset = "-00:00" in text and value.code == "no-such-time"
        assert no_offset or value.code in IMPOSSIBLE | IMPOSSIBLE_RANGE
    place = data.draw(st.integers(0, len(text)))
    change = data.draw(st.text("0123456789 -+~?%.:XQHWTZPabd[]", max_size=2))
    changed = text[:place] + change + text[place:]
    value = read_item(key, changed)
    if isinstance(value, Refusal) or (isinstance(value, Date) and not is_certain_day(value)):
        return  # what is not a certain day is refused when it is resolved
    assert grammar.fullmatch(changed)


def is_certain_day(value: Date) -> bool:
    return value.precision == "day" and not value.qualification


SERIES = """
calendar: {{id: x.org, name: X, timezone: Asia/Riyadh}}
events:
  - {{id: season, summary: S, start: 2027-01-04, end: 2027-03-31}}
  - {{id: gala, summary: G, start: 2027-02-03T20:00, end: 2027-02-03T23:30}}
  - id: series
    summary: A
    start: 2027-01-06{clock}
    rrule: {{freq: weekly{end}}}
    {more}
"""


def instances_of(key: str, item: str, clock: str) -> str:
    """Return what an item of a key makes of the series, as the page writes it."""
    end, more = (f", until: {item}", "") if key == "until" else ("", f"{key}: [{item}]")
    plain = load_text(SERIES.format(clock=clock, end="", more="")).calendar.events[-1]
    loaded = load_text(SERIES.format(clock=clock, end=end, more=more))
    if not loaded.is_sound:
        return "rejected"
    recurrence, before = loaded.calendar.events[-1].recurrence, plain.recurrence
    assert recurrence
    assert before
    last = date(2027, 6, 30)
    now, were = (set(some.instances(last=last)) for some in (recurrence, before))
    if key == "until":
        return f"last on {text_of(recurrence.last_instance())}"
    changed = sorted(map(text_of, now ^ were))
    assert (now > were) == (key == "rdate") or not changed
    return ("also on " if key == "rdate" else "not on ") + ", ".join(changed)


def text_of(moment: date | Instant | None) -> str:
    return f"{moment.wall:%Y-%m-%dT%H:%M}" if isinstance(moment, Instant) else str(moment)


@pytest.mark.parametrize("row", tables("key", "item", "all-day series", "series with times"))
def test_the_series_of_the_page(row: tuple[str, ...]) -> None:
    key, item = map(bare, row[:2])
    assert [instances_of(key, item, clock) for clock in ("", "T18:00")] == [*row[2:]]


@pytest.mark.parametrize("row", tables("range", "days", "not on"))
def test_the_ranges_of_the_page(row: tuple[str, ...]) -> None:
    text, days, dates = bare(row[0]), row[1], row[2] if len(row) > 2 else ""
    value = parse_excluded(text)
    assert isinstance(value, DayRange)
    assert str(value.length) == days
    for clock in ("", "T18:00"):
        shown = dates.replace(",", f"{clock},") + clock if dates else ""
        assert instances_of("exdate", text, clock) == f"not on {shown}"
