"""Read the events of a feed as a calendar, as far as a feed has them.

A date that is not known to the day is that of X-TIMELINE-EDTF, and a title is that without marker
and note, X-TIMELINE-SUMMARY. Of a feed of another program, what it shows is compared.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline._lazy import regex
from timeline.changes.comparison import Side
from timeline.changes.edtf import when_of_edtf
from timeline.dates import (
    UTC_NAME,
    Instant,
    Recurrence,
    RuleBudget,
    bounded_walks,
    check_zone,
    day_before,
    make_day,
    parse_rrule,
    resolve_rule_end,
    to_zone,
    validate_rrule_start,
)
from timeline.diagnostics import Refusal
from timeline.formats import (
    FORMATS,
    FeedOptions,
    Stamps,
    line_name,
    split_component,
    unescape_text,
)
from timeline.model import (
    END_SUFFIX,
    AllDay,
    Calendar,
    Event,
    Override,
    Timed,
    Undated,
    all_translators,
    make_when,
    recurrence_start,
    suffixed_uid,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline.dates import RecurrenceStart
    from timeline.formats import EventKey
    from timeline.model import When


def feed_side(contents: Mapping[EventKey, bytes], calendar: Calendar) -> Side:
    """Return the VEVENTs of a feed, without their stamps, as the events of a calendar.

    ``calendar`` has what is known of the calendar of the feed, such as its language.
    """
    events: dict[str, Event] = {}
    instances: dict[str, list[Override]] = {}
    for (uid, recurrence_id), content in contents.items():
        properties, others = _read_lines(content)
        event = _event(uid, properties, others)
        if recurrence_id is None:
            events[uid] = event
        elif (moment := _instance_of(properties)) is not None:
            instances.setdefault(uid, []).append(Override(moment, event))
    for uid, overrides in instances.items():
        if uid in events:
            events[uid] = replace(events[uid], overrides=tuple(overrides))
    return Side(replace(calendar, events=tuple(_joined_endpoints(events))), is_feed=True)


def as_feed(side: Side) -> Side:
    """Return the calendar of an events file as its feed has it, to compare it with a feed."""
    if side.is_feed:
        return side
    contents: dict[EventKey, bytes] = {}

    def keep(key: EventKey, content: bytes) -> Stamps:
        contents[key] = content
        return _NO_STAMPS

    for _ in FORMATS["ics"].render(side.calendar, FeedOptions(stamp=keep)):
        pass
    return replace(feed_side(contents, side.calendar), file=side.calendar)


_NO_STAMPS = Stamps(*3 * ("19700101T000000Z",), 0)


def _joined_endpoints(events: dict[str, Event]) -> list[Event]:
    """Return the events, of a long span that is shown as two VEVENTs one."""
    joined = dict(events)
    for uid, event in events.items():
        other = joined.get(suffixed_uid(uid, END_SUFFIX))
        if other is None or other.summary != event.summary:
            continue
        start, last = getattr(event.when, "start", None), getattr(other.when, "start", None)
        if start is not None and last is not None and event.when != other.when:
            joined[uid] = replace(event, when=make_when(start, last))
        del joined[other.uid]
    return [*joined.values()]


# --- one VEVENT ----------------------------------------------------------------------------------

_Property = tuple["Mapping[str, str]", str]
"""The parameters of a property and its value."""
_LINE = regex(r'([A-Za-z0-9-]+)((?:;[^=;:"]+=(?:"[^"]*"|[^";:])*)*):(.*)', re.DOTALL)
_PARAMETER = regex(r';([^=;:"]+)=((?:"[^"]*"|[^";:])*)')
_READ = frozenset(
    """
    SUMMARY DESCRIPTION LOCATION URL CATEGORIES STATUS DTSTART DTEND RRULE RDATE EXDATE
    RECURRENCE-ID X-TIMELINE-SUMMARY X-TIMELINE-EDTF
    """.split()  # noqa: SIM905 - names are easier to read than a list of texts
)
_SKIPPED = frozenset(
    "UID DTSTAMP CREATED LAST-MODIFIED SEQUENCE TRANSP X-MICROSOFT-CDO-BUSYSTATUS".split()  # noqa: SIM905 - as above
)
"""The stamps, and what follows from the dates and the status."""


def _read_lines(content: bytes) -> tuple[dict[str, list[_Property]], list[tuple[str, str]]]:
    """Return the properties that are compared one by one, and the others as texts."""
    own, nested = split_component(content)
    properties: dict[str, list[_Property]] = {}
    others = [("VALARM", text) for text in nested]
    for line in own:
        name = line_name(line)
        if name in _READ and (match := _LINE.fullmatch(line)) is not None:
            parameters = {
                key.upper(): value.strip('"') for key, value in _PARAMETER.findall(match[2])
            }
            properties.setdefault(name, []).append((parameters, match[3]))
        elif name not in _SKIPPED:
            others.append((name, line))
    return properties, sorted(others)


def _event(
    uid: str, properties: Mapping[str, Sequence[_Property]], others: list[tuple[str, str]]
) -> Event:
    shown, title = (_text(properties, name) for name in ("SUMMARY", "X-TIMELINE-SUMMARY"))
    status = (_text(properties, "STATUS") or "").lower() or None
    when = _when(properties)
    # A title that an author begins with this word has no marker, and is no other one.
    if status in ("cancelled", "tentative") and title and _marker(shown or "") in _postponed():
        when = Undated() if status == "cancelled" else when
        status = "postponed"
    elif status == "tentative" and "X-TIMELINE-EDTF" in properties:
        status = None  # a date that is not certain says so itself
    event = Event(
        id=uid,
        uid=uid,
        summary=title or shown or "",
        when=when,
        path=(),
        description=_text(properties, "DESCRIPTION"),
        location=_text(properties, "LOCATION"),
        url=_text(properties, "URL"),
        categories=tuple(value for _, value in properties.get("CATEGORIES", ())),
        status=status,
        properties=tuple(others),
    )
    with suppress(Refusal, ValueError, OverflowError):
        return replace(event, recurrence=_recurrence(properties, when))
    return event


def _marker(shown: str) -> str:
    """Return what is before the first colon of a title."""
    return re.split("[:\N{FULLWIDTH COLON}]", shown, maxsplit=1)[0].strip()


@cache
def _postponed() -> frozenset[str]:
    """Return the marker of a postponed event in every language."""
    return frozenset(translate("Postponed") for translate in all_translators())


def _text(properties: Mapping[str, Sequence[_Property]], name: str) -> str | None:
    values = properties.get(name)
    return unescape_text(values[0][1]) if values else None


def _when(properties: Mapping[str, Sequence[_Property]]) -> When:
    """Return the dates of a VEVENT; a date that cannot be read is to be confirmed."""
    with suppress(Refusal, ValueError, OverflowError):
        if "X-TIMELINE-EDTF" in properties:
            return when_of_edtf(properties["X-TIMELINE-EDTF"][0][1])
    with suppress(Refusal, ValueError, OverflowError, KeyError):
        start = _moment(properties["DTSTART"][0])
        end = _moment(properties["DTEND"][0]) if "DTEND" in properties else None
        if isinstance(start, Instant):
            return Timed(start, end if isinstance(end, Instant) and end != start else None)
        last = day_before(end) if isinstance(end, date) else start
        return AllDay(make_day(start), None if last <= start else make_day(last))
    return Undated()


def _moment(value: _Property) -> RecurrenceStart:
    """Return a day or a time; a floating time is taken for one in UTC."""
    parameters, text = value
    if parameters.get("VALUE", "").upper() == "DATE" or len(text) == 8:
        return date.fromisoformat(text)
    if "TZID" in parameters and not text.endswith("Z"):
        zone = check_zone(parameters["TZID"])
        return Instant(to_zone(datetime.fromisoformat(text), zone), zone)
    return Instant(to_zone(datetime.fromisoformat(text.rstrip("Z")), UTC_NAME), UTC_NAME)


def _instance_of(properties: Mapping[str, Sequence[_Property]]) -> RecurrenceStart | None:
    with suppress(Refusal, ValueError, OverflowError, KeyError):
        return _moment(properties["RECURRENCE-ID"][0])
    return None


def _recurrence(properties: Mapping[str, Sequence[_Property]], when: When) -> Recurrence | None:
    """Return what makes a VEVENT recur.

    Raises: ``ValueError``, ``Refusal`` for what cannot be read.
    """
    rules, rdate = properties.get("RRULE", ()), _moments(properties, "RDATE")
    if not (rules or rdate) or not isinstance(when, AllDay | Timed):
        return None
    start = recurrence_start(when)
    rule = parse_rrule(rules[0][1]) if rules else None
    rule_end = None
    if rule is not None:
        validate_rrule_start(rule, start)
        with bounded_walks(RuleBudget(_MAX_WALKED)):
            rule_end = resolve_rule_end(rule, start)
    return Recurrence(start, rule, rule_end, rdate, _moments(properties, "EXDATE"))


_MAX_WALKED = 10_000
"""How many steps a published rule is walked."""


def _moments(
    properties: Mapping[str, Sequence[_Property]], name: str
) -> tuple[RecurrenceStart, ...]:
    return tuple(
        _moment((parameters, text))
        for parameters, value in properties.get(name, ())
        for text in value.split(",")
    )
