"""What is worth a look in a file that has no mistake: one function a rule, and all of them warn.

They weigh an event against the others, so they wait until all of these are understood. Each would
rather be silent than wrong: a warning that is mostly mistaken teaches people to read none.
"""

from __future__ import annotations

from array import array
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline.compiler.checks.portability import uneven, uneven_length
from timeline.dates.edtf import Date, Precision
from timeline.dates.instants import ClockTime
from timeline.diagnostics import rules
from timeline.diagnostics.model import At, Diagnostic, Note
from timeline.model.events import Instant, Undated, first_day, last_day
from timeline.model.feeds import events_of_feed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.compiler.checks.dates import Whole
    from timeline.compiler.resolve.dates import Entry
    from timeline.compiler.schema.parts import LinkEntry, SourceEntry
    from timeline.dates.grammar import DateExpression
    from timeline.diagnostics.model import Path
    from timeline.model.events import Event

MAX_SUMMARY = 120
"""How many characters a title may have: phones show a fifth of that, and lists a line."""

ENOUGH = 3
"""How many events make something usual."""


def look(whole: Whole) -> list[Diagnostic]:
    """Hold a file without errors against every rule."""
    return [found for rule in ODDITIES for found in rule(whole)]


def unsourced(whole: Whole) -> Iterator[Diagnostic]:
    """Find events without a source where four of five have one, or belong to one that has."""
    if whole.timeline.calendar.require_sources:
        return  # each must have its own, which `checks` tells
    without = [entry for entry in whole.entries if not _is_sourced(entry)]
    having = len(whole.entries) - len(without)
    if having < ENOUGH or having < 4 * len(without):
        return
    for entry in without:
        yield Diagnostic(
            rules.MISSING_SOURCE,
            f"`{entry.written.id}` has no source, as {having} of {len(whole.entries)} events have",
            At((*entry.path, "id")),
            help="add `sources:` with a `url` or a `title`",
        )


def _is_sourced(entry: Entry | None) -> bool:
    while entry is not None:
        if entry.written.sources:
            return True
        entry = entry.parent
    return False


def same_event(whole: Whole) -> Iterator[Diagnostic]:
    """Find events that nobody could tell apart in a calendar app."""
    events = whole.calendar.events
    # Most titles are no other's. Of two that are equal so are the hashes, which take less room.
    titles = array("q", (hash(event.summary.casefold()) for event in events))
    often = {title for title, next_ in pairwise(sorted(titles)) if title == next_}
    first: dict[object, Event] = {}
    for title, event in zip(titles, events, strict=True):
        if title not in often or isinstance(event.when, Undated):
            continue  # what has no date yet may well become two
        looks = (event.summary.casefold(), _sides(event), event.location, event.status)
        other = first.setdefault(looks, event)
        if other is not event and other.recurrence == event.recurrence:
            yield Diagnostic(
                rules.SAME_EVENT,
                f"`{event.id}` looks the same as `{other.id}`",
                At((*event.path, "id")),
                help="take one of them away, or tell them apart in their `summary`",
                notes=(Note("the other one is here", At((*other.path, "id"))),),
            )


def _sides(event: Event) -> tuple[object, ...]:
    assert not isinstance(event.when, Undated)  # noqa: S101 - the caller has looked
    return tuple(
        side.utc
        if isinstance(side, Instant)
        else (first_day(side), last_day(side))
        if isinstance(side, Date)
        else side
        for side in (event.when.start, event.when.end)
    )


def far_date(whole: Whole) -> Iterator[Diagnostic]:
    """Find a date that is far from those of all other events, and nearly reads like one of them."""
    written_dates = (
        date for entry in whole.entries for date in (entry.written.start, entry.written.end)
    )
    told = {year for date in written_dates if (year := _year(date)) is not None}
    if max(told, default=0) - min(told, default=0) < _FAR:
        return  # as it mostly is
    years: list[int] = []
    owners: list[Entry] = []  # of each year, the event that has it
    for entry in whole.entries:
        written = entry.written
        for date in (written.start,) if written.end is None else (written.start, written.end):
            if (year := _year(date)) is not None:
                years.append(year)
                owners.append(entry)
    if len({id(owner) for owner in owners}) <= ENOUGH:
        return
    firsts, lasts = (owners[years.index(find(years))] for find in (min, max))
    for entry in (firsts,) if firsts is lasts else (firsts, lasts):
        others = [year for year, owner in zip(years, owners, strict=True) if owner is not entry]
        for side, text in (("start", entry.written.start), ("end", entry.written.end)):
            year = _year(text)
            if year is not None and (meant := _meant(year, others)) is not None:
                yield Diagnostic(
                    rules.FAR_DATE,
                    f"`{text}` is {_distance(year, others)} years away from every other event",
                    At((*entry.path, side), part=(0, 4)),
                    help=f"did you mean `{meant}{str(text)[4:]}`?",
                )
                break  # an end that was copied from the start


# History is full of lonely years, and of centenaries. So a year is only held for a slip of the
# fingers if it lies in the far future or before the year 1000, and is one away from a near year.
_YEAR = regex(r"\d{4}(?![\dX])")
_FAR = 20
_EARLY = 1000
_PLANNED = 2030
_DISTANT = 2100


def _year(date: DateExpression | None) -> int | None:
    """Give the year that a date names, ``None`` where it names none."""
    if isinstance(date, ClockTime):
        return date.wall.year
    if not isinstance(date, Date):
        return None
    if date.precision is Precision.DAY:
        return date.earliest.year
    found = _YEAR.match(date.text)
    return int(found.group()) if found else None


def _distance(year: int, others: list[int]) -> int:
    return max(min(others) - year, year - max(others))


def _meant(year: int, others: list[int]) -> int | None:
    """Give the year that was probably meant by one that is far from all others."""
    spread = max(others) - min(others)
    if _distance(year, others) < max(_FAR, 3 * spread + 1):
        return None
    near = [*sorted(set(others)), *range(min(others), max(others))]
    return next((each for each in near if _is_slip(f"{year:04}", f"{each:04}")), None)


def _is_slip(written: str, meant: str) -> bool:
    """Whether two neighbouring digits are swapped, or the millennium or the century is another."""
    year = int(written)
    wrong = [index for index in range(4) if written[index] != meant[index]]
    if len(wrong) == 1:
        return wrong[0] < 2 and (year >= _DISTANT or year < _EARLY)
    first, last = wrong[0], wrong[-1]
    is_swapped = last == first + 1 and written[first : last + 1] == meant[first : last + 1][::-1]
    return is_swapped and (year >= _PLANNED or year < _EARLY)


def long_summary(whole: Whole) -> Iterator[Diagnostic]:
    """Find titles that are texts."""
    for entry in whole.entries:
        written = entry.written
        summary = written.summary
        if isinstance(summary, str) and len(summary) <= MAX_SUMMARY and not written.overrides:
            continue  # nearly all there are
        owners: list[tuple[Path, str | dict[str, str] | None]] = [(entry.path, summary)]
        owners += [
            ((*entry.path, "overrides", index), item.summary)
            for index, item in enumerate(written.overrides)
        ]
        for path, text in owners:
            by_language = text if isinstance(text, dict) else {None: text or ""}
            for language, told in by_language.items():
                if len(told) > MAX_SUMMARY:
                    yield Diagnostic(
                        rules.LONG_SUMMARY,
                        f"this title has {len(told)} characters, and apps show one line of it",
                        At((*path, "summary", *([language] if language else []))),
                        help=f"keep to {MAX_SUMMARY}, and tell the rest in `description`",
                    )


def url_scheme(whole: Whole) -> Iterator[Diagnostic]:
    """Find addresses that no browser opens."""
    for path, url in _addresses(whole):
        scheme, colon, rest = url.partition(":")
        if scheme.lower() in ("http", "https"):
            continue
        if scheme.lower() in ("webcal", "webcals"):
            hint = f"write `https:{rest}`"
        elif scheme.lower() == "mailto":
            hint = f"write `contact: {{email: {rest}}}` in the event, or an address on the web"
        else:
            hint = "write an address that begins with `https://`"
        yield Diagnostic(
            rules.URL_SCHEME,
            f"`{scheme}{colon}` is not an address on the web",
            At(path, part=(0, len(scheme) + 1)),
            help=hint,
        )


def _addresses(whole: Whole) -> Iterator[tuple[Path, str]]:
    """Give every address of a page or a document; ``conference`` may as well be a telephone's."""
    calendar = whole.timeline.calendar
    tops: list[tuple[Path, str | None, str | None]] = [
        (("calendar",), calendar.url, calendar.source)
    ]
    tops += [(("feeds", at), feed.url, feed.source) for at, feed in enumerate(whole.timeline.feeds)]
    for path, url, source in tops:
        yield from (
            ((*path, key), each) for key, each in (("url", url), ("source", source)) if each
        )
    for entry in whole.entries:
        written = entry.written
        if written.url:
            yield (*entry.path, "url"), written.url
        if not (written.sources or written.image or written.attach or written.overrides):
            continue
        several: tuple[tuple[str, Sequence[SourceEntry | LinkEntry]], ...] = (
            ("sources", written.sources),
            ("image", written.image),
            ("attach", written.attach),
        )
        for key, links in several:
            for index, link in enumerate(links):
                if link.url:
                    yield (*entry.path, key, index, "url"), link.url
        for index, item in enumerate(written.overrides):
            if item.url:
                yield (*entry.path, "overrides", index, "url"), item.url


def unused_in_feed(whole: Whole) -> Iterator[Diagnostic]:
    """Find ids in ``feeds`` that change nothing: excluded but not selected, or the other way."""
    calendar = whole.calendar
    for number, feed in enumerate(calendar.feeds):
        selected = {event.id for event in events_of_feed(calendar, replace(feed, exclude=()))}
        for index, name in enumerate(feed.exclude):
            if name not in selected:
                yield Diagnostic(
                    rules.UNUSED_IN_FEED,
                    f"`{name}` would not be in this feed anyway",
                    At(("feeds", number, "exclude", index)),
                    help="take it out of `exclude`",
                )
        for index, name in enumerate(feed.ids):
            if name not in selected or name in feed.exclude:
                yield Diagnostic(
                    rules.UNUSED_IN_FEED,
                    f"`{name}` is not in this feed, because another key leaves it out",
                    At(("feeds", number, "ids", index)),
                    help="an event must match every key of a feed: take the id away, or that key",
                )


def uneven_rule(whole: Whole) -> Iterator[Diagnostic]:
    """Find rules that calendar apps read in more than one way."""
    for event in whole.calendar.events:
        again, when = event.recurrence, event.when
        if again is None or isinstance(when, Undated):
            continue
        start = when.start if isinstance(when.start, Instant) else when.start.earliest
        if found := uneven(again, start) or uneven_length(event):
            key = "rrule" if again.rule else "rdate"
            yield Diagnostic(
                rules.UNEVEN_RULE, found.message, At((*event.path, key)), help=found.help
            )


ODDITIES = (unsourced, same_event, far_date, long_summary, url_scheme, unused_in_feed, uneven_rule)
