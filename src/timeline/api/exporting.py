"""Export a loaded events file, as the bytes that the command writes."""

from __future__ import annotations

from functools import partial
from types import NoneType
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from timeline.api.arguments import check_type, checked_selection
from timeline.api.options import check_feed_options, render_options, timestamp
from timeline.api.results import Result
from timeline.compiler import Loaded, event_origins
from timeline.dates import bounded_walks
from timeline.diagnostics import Refusal, UserError, did_you_mean
from timeline.formats import FORMATS
from timeline.model import Calendar, Selection, calendar_of_feed, select_events

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from timeline.model import EventOrigin


def export(
    result: Result,
    form: str,
    *,
    feed: str | None = None,
    selection: Selection | None = None,
    **options: Any,
) -> bytes:
    """Return an output of a loaded file as `timeline export` writes it.

    ``form`` is ``ics``, ``csv``, ``md``, ``svg``, ``png``, ``html``, ``xlsx``, ``json`` or
    ``atom``. ``feed`` is the id of one of the calendar's ``feeds``, whose events, language and
    texts are used; ``selection`` selects events as ``--id``, ``--category``, ``--from`` and
    ``--to`` do; its ids and categories may be in any collection. ``options`` are those of the
    format, by the names of its options class, such as ``style="table"`` or
    ``as_of=date(2027, 1, 3)``; the ``css`` of a page is bytes. JSON has the places of events only
    for a result with places.

    ``ics`` needs ``now``, a `datetime` with a time zone, for the timestamps of events that are new
    or changed. ``previous`` is the published feed, as bytes, which keeps the timestamps of all
    other events; without it, a new history begins. ``atom``, the list of changes, needs the same,
    and continues ``changes``, the published list.

    Raises:
        UserError: the result has an error, an output would be too large, a library is missing, or
            the previous feed cannot be continued.
        TypeError: an argument of a wrong type, an option that the format does not have, or one
            that is missing.
        ValueError: a value that the format does not accept, or a format, a feed, an id or a
            category that does not exist.
    """
    check_type("result", result, Result, "a Result, as `load` returns it")
    check_type("form", form, str, "the name of a format")
    check_type("feed", feed, (str, NoneType), "the id of a feed or None")
    if not result.is_sound:
        raise UserError("the file has errors", "see `diagnostics` of the result")
    if form not in FORMATS:
        raise ValueError(f"there is no format `{form}`; {did_you_mean(form, tuple(FORMATS))}")
    selected = checked_selection(result.calendar, Selection() if selection is None else selection)
    calendar = select_events(_calendar(result.calendar, feed), selected)
    with bounded_walks():
        try:
            if FORMATS[form].is_feed:
                check_feed_options(FORMATS[form], options, ("now", "previous"))
                return _feed(calendar, result.calendar, **options)
            if FORMATS[form].of_feed:
                check_feed_options(FORMATS[form], options, ("now", "previous", "changes"))
                return _changes(calendar, result.calendar, feed, **options)
            settings = render_options(FORMATS[form], options).of_file(
                partial(_origins, result), selected
            )
            if too_large := settings.refusal(calendar):
                raise UserError(too_large)
            return b"".join(FORMATS[form].render_file(calendar, settings))
        except Refusal as refusal:  # the rules of the file take too long to search
            raise UserError(refusal.message, refusal.help) from None


def _origins(result: Result) -> Mapping[str, EventOrigin]:
    if result.document is None:
        return {}
    return event_origins(Loaded(result.calendar, [], result.document))


def _calendar(calendar: Calendar, feed: str | None) -> Calendar:
    if feed is None:
        return calendar
    feeds = {definition.id: definition for definition in calendar.feeds}
    if feed not in feeds:
        raise ValueError(f"there is no feed `{feed}`; {did_you_mean(feed, tuple(feeds))}")
    return calendar_of_feed(calendar, feeds[feed])


def _feed(
    calendar: Calendar, whole: Calendar, *, now: datetime, previous: bytes | None = None
) -> bytes:
    from timeline.publishing import render_feed  # noqa: PLC0415 - it imports a calendar library

    return render_feed(replace(calendar, feeds=()), whole, previous, timestamp(now))


def _changes(
    calendar: Calendar,
    whole: Calendar,
    feed: str | None,
    *,
    now: datetime,
    previous: bytes | None = None,
    changes: bytes | None = None,
) -> bytes:
    from timeline.publishing import render_changes  # noqa: PLC0415 - as above

    names = ("changes",) if feed is None else ("changes", feed)
    published = (previous, changes)
    return render_changes(replace(calendar, feeds=()), whole, published, timestamp(now), *names)
