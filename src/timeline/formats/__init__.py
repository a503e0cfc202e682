"""The formats: one table, a module each. ``cli``, ``publish`` and the docs read it."""

from __future__ import annotations

from dataclasses import field
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from timeline._records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from timeline.formats.ics.stamps import Key, Stamps
    from timeline.model.events import Calendar


def _no_stamps(key: Key, content: bytes) -> Stamps:
    """Stand for a ledger where no feed is rendered."""
    raise AssertionError((key, content))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a rendering may differ by; each format takes what concerns it.

    ``style`` is that of the Markdown, ``heading_level`` the level of its years, ``title`` whether
    it begins with the calendar's name; ``as_of`` the day from which past and future are told, if
    they are. ``dialect`` is that of the CSV, ``bom`` whether it begins with a byte order mark,
    ``until`` how far Google's spells out rules. ``stamp`` gives the stamps of a VEVENT from its
    key and content; a feed cannot be rendered without.
    """

    style: str = "list"
    heading_level: int = 2
    title: bool = True
    as_of: date | None = None
    dialect: str = "timeline"
    bom: bool = False
    until: date | None = None
    stamp: Callable[[Key, bytes], Stamps] = _no_stamps


class Render(Protocol):
    """A renderer: pure, no clock, chance, environment or terminal."""

    def __call__(self, calendar: Calendar, options: Options) -> Iterator[bytes]:
        """Give the output in chunks."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of output; its module is imported when it is first rendered."""

    suffix: str
    media_type: str
    help: str
    module: str = field(repr=False)

    @property
    def render(self) -> Render:
        """The module's renderer."""
        found: Render = import_module(self.module).render
        return found


FORMATS = {
    "ics": Format(
        ".ics", "text/calendar", "a calendar feed to subscribe to", "timeline.formats.ics.writer"
    ),
    "csv": Format(".csv", "text/csv", "a table for spreadsheets", "timeline.formats.csv.table"),
    "md": Format(
        ".md",
        "text/markdown",
        "a timeline to read and to embed",
        "timeline.formats.markdown.writer",
    ),
    "svg": Format(".svg", "image/svg+xml", "a picture to look at", "timeline.formats.svg"),
}
