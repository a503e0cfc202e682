"""The status of an event in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.model.words.wording import Wording


def status_words(status: str, wording: Wording) -> str:
    """Return the word for a status of the events file, in lower case where the language has it."""
    match status:
        case "tentative":
            return wording.phrase("tentative")
        case "confirmed":
            return wording.phrase("confirmed")
        case "cancelled":
            return wording.phrase("cancelled")
    return wording.phrase("postponed")
