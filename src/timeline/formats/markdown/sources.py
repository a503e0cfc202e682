"""The sources of the events: stated once where all events have the same one, else as notes.

A note is a document: an event states the number of the note, with its own quotation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.formats.markdown.escaping import escape_line_start, link_target
from timeline.formats.markdown.event_text import escape_isolated, markdown_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.model import Event, Source, Wording


class SourceNotes:
    """The documents that the events of a page have as sources, numbered in the order of the page.

    Two sources are the same document if all but their quotations are the same.
    """

    def __init__(self, events: Sequence[Event], wording: Wording) -> None:
        self._wording = wording
        self._number_of_events = len(events)
        documents = dict.fromkeys(_document(source) for event in events for source in event.sources)
        self._numbers = {document: number for number, document in enumerate(documents, start=1)}
        self._is_shared = len(documents) == 1 and all(event.sources for event in events)

    def of(self, event: Event) -> str | None:
        """Return the sources of an event in a line: the numbers of notes, and quotations.

        Where all events have the same source, only its quotations are left.
        """
        sources = dict.fromkeys(filter(None, map(self._citation, event.sources)))
        if not sources:
            return None
        phrase = self._wording.phrase
        is_one = self._is_shared or len(sources) == 1
        label = self._wording.label(phrase("Source") if is_one else phrase("Sources"))
        return f"{label} {' · '.join(sources)}"

    def _citation(self, source: Source) -> str:
        quote = f"“{escape_isolated(source.quote, self._wording)}”" if source.quote else ""
        if self._is_shared:
            return quote
        number = str(self._numbers[_document(source)])
        if source.url and (target := link_target(source.url)):
            number = f"[{number}]({target})"
        return f"{number}: {quote}" if quote else number

    def blocks(self) -> Iterator[str]:
        """Yield what stands below the events, each block with a newline at its end."""
        phrase, texts = self._wording.phrase, [*map(self._note, self._numbers)]
        if not texts:
            return
        if self._is_shared and self._number_of_events > 1:
            yield phrase("Source of all events: {source}", source=texts[0]) + "\n"
        elif self._is_shared:
            yield phrase("Source: {source}", source=texts[0]) + "\n"
        else:
            name = phrase("Sources") if len(texts) > 1 else phrase("Source")
            yield self._wording.label(name) + "\n"
            yield "".join(
                f"{f'{number}. ':4}{escape_line_start(text)}\n"
                for number, text in enumerate(texts, start=1)
            )

    def _note(self, document: Source) -> str:
        """Return a document as Markdown, with the day on which it was read."""
        if document.url:
            text = markdown_link(document.url, document.title, self._wording)
        else:
            text = escape_isolated(document.title or "", self._wording)
        if document.accessed:
            date = escape_isolated(document.accessed, self._wording)
            text = f"{text} ({self._wording.phrase('accessed {date}', date=date)})"
        return text


def _document(source: Source) -> Source:
    return replace(source, quote=None) if source.quote else source
