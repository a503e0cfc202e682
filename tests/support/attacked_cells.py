"""Texts that try to leave their cell of the CSV where a spreadsheet splits at semicolons, too."""

from __future__ import annotations

from typing import Any

from support.dated import when
from support.markdown import was
from timeline.model.events import Calendar, Event, Source

ATTACKS = (
    "x;=1+1",
    "x;=1+1;y",
    'q";=1+1;"',
    '"";=1+1',
    ";=1+1\n;=1+1",
    "a\r\n=1+1",
    ";",
    '"',
    '","',
)


def attacked(text: str) -> Calendar:
    """Return a calendar with a text wherever an author can write one."""
    texts: dict[str, Any] = {
        "location": text,
        "categories": (text, text),
        "description": text,
        "url": f"https://x.org/{text}",
        "sources": (Source(f"https://x.org/{text}", text, text),),
        "was": (was("2024", note=text),),
    }
    return Calendar("x.org", text, (Event("a", text, text, when("2025"), (), **texts),))
