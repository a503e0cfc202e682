"""The DESCRIPTION of a VEVENT: the author's text, and what iCalendar has no property for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.model import (
    Timed,
    Undated,
    is_anywhere_on_earth,
    isolated,
    join_sentences,
    when_words,
)

if TYPE_CHECKING:
    from timeline.model import Event, Source, Was, Wording


def description(event: Event, wording: Wording, *, is_known: bool) -> str:
    """Return the author's text, the date if it is imprecise, earlier dates and sources.

    ``is_known`` states whether the dates of the event are known to the day.
    """
    parts = [event.description.rstrip("\n")] if event.description else []
    if event.details.conference:
        parts += join_sentences(event, wording)
    is_aoe = type(event.when) is Timed and is_anywhere_on_earth(event.when)
    if is_known and not is_aoe and not event.was and not event.sources:
        return "\n\n".join(parts)
    if is_aoe or not (is_known or isinstance(event.when, Undated)):
        # A feed has such a time in UTC, so its text names the zone even if it is the calendar's.
        named = wording.naming_zones() if is_aoe else wording
        parts.append(wording.phrase("Date: {date}", date=when_words(event.when, named)))
    parts += (_earlier_date(was, wording) for was in event.was)
    parts += (_source(source, wording) for source in event.sources)
    return "\n\n".join(parts)


def _earlier_date(was: Was, wording: Wording) -> str:
    words = wording.phrase("Earlier date: {date}", date=when_words(was.when, wording))
    return f"{words} ({isolated(was.note, wording)})" if was.note else words


def _source(source: Source, wording: Wording) -> str:
    title = isolated(source.title or "", wording)
    reference = " ".join(part for part in (title, source.url) if part)
    if source.accessed:
        accessed = wording.phrase("accessed {date}", date=isolated(source.accessed, wording))
        reference = f"{reference} ({accessed})"
    words = wording.phrase("Source: {source}", source=reference)
    return f"{words}\n“{source.quote.rstrip()}”" if source.quote else words
