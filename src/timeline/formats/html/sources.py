"""The sources of all events, as numbered notes below the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.formats.html.links import PageLink, page_link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.model import Event, Source, Wording


class SourceNote(Struct, frozen=True):
    """A source with its number, and what is quoted from it."""

    number: int
    link: PageLink
    accessed: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


class SourceBook:
    """The numbers of the sources of events, in their order on the page.

    One source of all events is not numbered: it is stated once.
    """

    def __init__(self, events: Iterable[Event]) -> None:
        self._numbers: dict[tuple[str | None, str | None], int] = {}
        self._sources: dict[int, list[Source]] = {}
        has_all = True
        for event in events:
            has_all = has_all and bool(event.sources)
            for source in event.sources:
                number = self._numbers.setdefault(_key(source), len(self._numbers) + 1)
                self._sources.setdefault(number, []).append(source)
        self.is_single = has_all and len(self._numbers) == 1

    def numbers(self, event: Event) -> tuple[int, ...]:
        """Return the numbers of the notes of an event."""
        if self.is_single or not event.sources:
            return ()
        return tuple(dict.fromkeys(self._numbers[_key(source)] for source in event.sources))

    def notes(self, wording: Wording) -> tuple[SourceNote, ...]:
        """Return all sources by their numbers, without those that are only a mail address."""
        notes = []
        for number, sources in self._sources.items():
            link = page_link(sources[0].url, sources[0].title) or PageLink("…")
            dates = dict.fromkeys(source.accessed for source in sources if source.accessed)
            accessed = tuple(wording.phrase("accessed {date}", date=date) for date in dates)
            quotes = tuple(dict.fromkeys(source.quote for source in sources if source.quote))
            notes.append(SourceNote(number, link, accessed, quotes))
        return tuple(notes)


def _key(source: Source) -> tuple[str | None, str | None]:
    return source.title, source.url
