"""What an author must know of a page: which events it leaves out, and what is missing for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.formats.classes import hidden_events_notices
from timeline.formats.html.languages import calendar_of_page
from timeline.model import language_notice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.formats.html.options import HtmlOptions
    from timeline.model import Calendar


def page_notices(calendar: Calendar, options: HtmlOptions) -> list[str]:
    """Return the notices of a page."""
    return [*_notices(calendar, options)]


def page_advice(calendar: Calendar, options: HtmlOptions) -> list[str]:
    """Return that links to subscribe are missing, and the key that they need."""
    if calendar_of_page(calendar, options).source is not None:
        return []
    text = (
        "the page has no links to subscribe: write the address at which the feed will be "
        "published as `source` of `calendar`"
    )
    return [text]


def _notices(calendar: Calendar, options: HtmlOptions) -> Iterator[str]:
    if not options.all_classes:
        yield from hidden_events_notices(calendar, "on the page")
    if options.language is not None and (notice := language_notice(options.language)):
        yield notice
