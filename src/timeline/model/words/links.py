"""The links of an event in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.model.words.isolates import isolated

if TYPE_CHECKING:
    from timeline.model.events import Event
    from timeline.model.words.wording import Wording


def join_sentences(event: Event, wording: Wording) -> list[str]:
    """Return ``Join: https://…`` for each conference, because no app shows CONFERENCE."""
    urls = [
        f"{isolated(link.title, wording)} {link.url}" if link.title else link.url
        for link in event.details.conference
    ]
    return [wording.phrase("Join: {url}", url=url) for url in urls]
