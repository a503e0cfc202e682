"""How the texts of one calendar are worded: language, unnamed zone, and the day of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates import Instant
from timeline.model.words.language import ENGLISH, language_of
from timeline.model.words.within_year import dates_within_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from timeline.model.events import Calendar, Event, When
    from timeline.model.words.date_formats import DateFormats
    from timeline.model.words.language import Language


class Wording:
    """The language of texts, and the ``zone`` of the times in them that name none.

    ``zone`` is the calendar's; without one, every time names its zone. ``as_of`` is the day from
    which dates are seen; without one, no word depends on a day.
    """

    __slots__ = ("as_of", "dates", "language", "phrase", "zone")

    def __init__(
        self,
        language: Language,
        zone: str | None = None,
        *,
        has_weekdays: bool = False,
        as_of: date | None = None,
    ) -> None:
        self.language = language
        self.zone = zone
        self.as_of = as_of
        dates = language.dates
        self.dates: DateFormats = dates.with_weekdays() if has_weekdays else dates
        self.phrase = language.phrase

    def label(self, words: str) -> str:
        """Return a label before what it names: ``Cancelled:``, in French ``Annulé :``."""
        # Translators: before a title, which follows after a space.
        return self.phrase("{marker}:", marker=words)

    def naming_zones(self) -> Wording:
        """Return this wording for times that all name their zone."""
        wording = Wording(self.language, as_of=self.as_of)
        wording.dates = self.dates
        return wording

    def within_year(self, year: int) -> Wording:
        """Return this wording for what stands below a heading that names the year."""
        wording = Wording(self.language, self.zone, as_of=self.as_of)
        wording.dates = dates_within_year(self.dates, year)
        return wording


PLAIN_ENGLISH = Wording(ENGLISH)
"""For messages to the author, which are English; every time names its zone."""


def wording_of(
    calendar: Calendar, *, has_weekdays: bool = False, as_of: date | None = None
) -> Wording:
    """Return the wording of the texts of a calendar, which may be that of a feed."""
    language = language_of(calendar.language)
    return Wording(language, calendar.timezone, has_weekdays=has_weekdays, as_of=as_of)


def joined_by_commas(texts: Sequence[str], wording: Wording) -> str:
    """Join texts by the comma of the language: ``a, b``, in Arabic ``a، b``."""
    words = texts[0] if texts else ""
    for text in texts[1:]:
        words = wording.phrase("{first}, {next}", first=words, next=text)
    return words


def unnamed_zone(calendar: Calendar) -> str | None:
    """Return the zone that the times in the texts of a calendar do not name.

    A document names it once. ``None`` where no text has such a time.
    """
    zone = calendar.timezone
    has_any = zone is not None and any(
        isinstance(side, Instant) and side.zone == zone
        for event in calendar.events
        for when in _all_dates(event)
        for side in (getattr(when, "start", None), when.end)
    )
    return zone if has_any else None


def _all_dates(event: Event) -> Iterator[When]:
    yield event.when
    yield from (was.when for was in event.was)
    yield from (override.event.when for override in event.overrides)
