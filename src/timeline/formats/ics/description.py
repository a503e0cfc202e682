"""The DESCRIPTION of a VEVENT: the author's text, and what iCalendar has no property for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.model import Timed, is_anywhere_on_earth, summary_note, when_words

if TYPE_CHECKING:
    from timeline.model import Event, Source


def description(event: Event, *, is_known: bool) -> str:
    """Return the author's text, the date if it is imprecise, earlier dates and sources.

    ``is_known`` states whether the dates of the event are known to the day.
    """
    parts = [event.description.rstrip("\n")] if event.description else []
    is_aoe = isinstance(event.when, Timed) and is_anywhere_on_earth(event.when)
    if is_known and not is_aoe and not event.was and not event.sources:
        return parts[0] if parts else ""
    if is_aoe or summary_note(event.when) is not None:
        parts.append(f"Date: {when_words(event.when)}")
    parts += (
        f"Earlier date: {when_words(was.when)}" + (f" ({was.note})" if was.note else "")
        for was in event.was
    )
    parts += (_source(source) for source in event.sources)
    return "\n\n".join(parts)


def _source(source: Source) -> str:
    reference = " ".join(part for part in (source.title, source.url) if part)
    accessed = f" (accessed {source.accessed})" if source.accessed else ""
    quote = f"\n“{source.quote.rstrip()}”" if source.quote else ""
    return f"Source: {reference}{accessed}{quote}"
