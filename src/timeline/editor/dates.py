"""What a date in an events file means: for a hover, and for the hints after dates.

The words are English, as in all messages to the author; what subscribers see is in the language of
the calendar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline._lazy import regex
from timeline.compiler import event_follows
from timeline.dates import (
    Date,
    Instant,
    NoDate,
    OneSidedDate,
    RuleBudget,
    RuleBudgetRefusal,
    bounded_walks,
    day_before,
    make_day,
)
from timeline.editor.further_dates import further_date, relative_series_dates
from timeline.editor.names import ANCHOR
from timeline.model import (
    PLAIN_ENGLISH,
    AllDay,
    as_edtf,
    earliest,
    first_dates,
    latest,
    make_when,
    omission_reason,
    project_event,
    when_words,
    wording_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.diagnostics import Path, Span
    from timeline.editor.analysis import Analysis, Place
    from timeline.editor.further_dates import FurtherDate
    from timeline.model import Event, VEventProjection, When

_SPECIAL = regex(r"[\\`*_\[\]<>]")
_MAX_WALKED = 10_000
"""How many steps a rule is walked for a hover, which must not take long."""

_WITH_SYNTAX_ERROR = "*As in the last text that could be read: there is a syntax error now.*"
_WITH_ERROR = "*As in the last text without errors: one leaves this date open now.*"

DATE_KEYS = ("start", "end", "duration")
"""The keys of an event that make its dates."""


class Hover(Struct, frozen=True):
    """Markdown about what is at a span; ``None`` where that is not in the text as it is now."""

    text: str
    span: Span | None


class Hint(Struct, frozen=True):
    """What a date means, to be shown after its span; ``about`` has its first and its last day."""

    label: str
    span: Span
    about: str


def hover(analysis: Analysis, place: Place) -> Hover | None:
    """Return what the date or the event at a place means; ``None`` where there is neither."""
    for source, there in analysis.answering(place):
        if (answer := _hover(source, there)) is None:
            continue
        if source is analysis:
            return answer
        stale = _WITH_ERROR if analysis.is_readable else _WITH_SYNTAX_ERROR
        return Hover(f"{answer.text}\n\n{stale}", None)
    return None


def _hover(analysis: Analysis, place: Place) -> Hover | None:
    """Return what an analysis knows of a place in its text."""
    path = analysis.at(place).path
    event = analysis.own_event(path)
    if event is None or analysis.text(path) is None:
        return None
    inside = path[len(event.path) :]
    if date := further_date(analysis, event, inside):
        span = analysis.span(path, date.part)
        lines = [*_about_further(date, analysis.text(path) or "")]
        return Hover("\n".join(lines), span) if place.is_in(span) else None
    if inside != ("id",) and not (len(inside) == 1 and inside[0] in DATE_KEYS):
        return None
    lines = _heading(analysis, event, str(inside[0]))
    if analysis.is_unknown(event):
        is_known = inside == ("start",) and lines
        return Hover(lines[0], analysis.span(path)) if is_known else None
    try:
        with bounded_walks(RuleBudget(_MAX_WALKED)):
            lines += _about(analysis, event)
    except RuleBudgetRefusal:
        return None
    return Hover("\n".join(lines), analysis.span(path))


def hints(analysis: Analysis, file: str, first: int, last: int) -> Iterator[Hint]:
    """Yield hints for the relative and vague dates of a file between two lines.

    An event has one for its start and end, and a series has one for each relative date in `rdate`,
    `exdate` and `until`. None while the YAML cannot be read: the places would be wrong.
    """
    if not analysis.is_readable:
        return
    for event in analysis.events_of(file):
        if analysis.document.line_of_event(event.path)[1] > last or analysis.is_unknown(event):
            continue
        for at, label in relative_series_dates(analysis, event):
            span = analysis.span(at)
            if span.file == file and first <= span.line <= last:
                yield Hint(f"= {label}", span, "")
        if (path := _path_of_hint(analysis, event)) is None:
            continue
        span = analysis.span(path)
        words = when_words(event.when, PLAIN_ENGLISH)
        if span.file == file and first <= span.line <= last and words != analysis.text(path):
            yield Hint(f"= {words}", span, _bounds(event.when) or "")


def _path_of_hint(analysis: Analysis, event: Event) -> Path | None:
    """Return the path of the first date of an event that does not say itself which day it is."""
    for key, side in (("start", getattr(event.when, "start", None)), ("end", event.when.end)):
        path = (*event.path, key)
        text = analysis.text(path)
        if text is None or isinstance(side, NoDate) or side is None:
            continue
        if ANCHOR.search(text) or _is_vague(side):
            return path
    return None


def _is_vague(side: Date | OneSidedDate | Instant) -> bool:
    return bool(side.qualification) or not (isinstance(side, Instant) or side.is_day)


def _heading(analysis: Analysis, event: Event, key: str) -> list[str]:
    """Return the title of an event for its id; for a date, what it says beside the other one."""
    if key == "id":
        return [_plain(analysis.title_of(event)), ""]
    start, end = getattr(event.when, "start", None), event.when.end
    if start is None or end is None:
        return []
    side = start if key == "start" else end
    words = "open" if isinstance(side, NoDate) else when_words(make_when(side, None), PLAIN_ENGLISH)
    return [f"`{key}`: {words}", ""]


def _about_further(date: FurtherDate, text: str) -> Iterator[str]:
    """Yield lines of Markdown about a date beside the start and the end of an event."""
    yield f"**{date.words}**"
    yield ""
    yield f"- {date.meaning}"
    if ids := dict.fromkeys(match[1] for match in ANCHOR.finditer(text)):
        yield _follows(ids)


def _about(analysis: Analysis, event: Event) -> Iterator[str]:
    """Yield lines of Markdown: the dates of an event, and what follows from them."""
    when = first_dates(event)
    yield f"**{when_words(when, PLAIN_ENGLISH)}**"
    yield ""
    if bounds := _bounds(when):
        yield f"- Earliest to latest: {bounds}"
    if edtf := as_edtf(when):
        yield f"- EDTF: `{edtf}`"
    if ids := event_follows(analysis.loaded, event):
        yield _follows(ids)
    if reason := omission_reason(event):
        yield f"- Subscribers do not see it: {reason}"
        return
    vevents = project_event(event, wording_of(analysis.calendar))
    for vevent in vevents[:2]:
        yield f"- Subscribers see: {_shown(vevent)}"


def _follows(ids: Iterable[str]) -> str:
    return f"- Follows: {', '.join(f'`{id_}`' for id_ in ids)}"


def _bounds(when: When) -> str | None:
    first, last = earliest(when), latest(when)
    if first is None and last is None:
        return None
    return f"{first or 'not known'} to {last or ('open' if when.end is not None else 'not known')}"


def _shown(vevent: VEventProjection) -> str:
    """Return what a calendar app shows of a VEVENT."""
    days = when_words(_days(vevent), PLAIN_ENGLISH)
    status = f", {vevent.status.lower()}" if vevent.status else ""
    return f"“{_plain(vevent.summary)}”, {days}{status}"


def _days(vevent: VEventProjection) -> When:
    start, end = vevent.dtstart, vevent.dtend
    if isinstance(start, Instant) or isinstance(end, Instant):
        return vevent.when
    last = start if end is None else day_before(end)
    first = make_day(start)
    return AllDay(first, make_day(last) if last > start else None)


def _plain(text: str) -> str:
    """Return a text as Markdown that shows its characters."""
    return _SPECIAL.sub(r"\\\g<0>", text)
