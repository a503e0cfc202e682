"""The table of output formats: everything that depends on the name of a format reads it."""

from __future__ import annotations

from importlib import import_module
from os import SEEK_END
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from timeline.formats.atom.options import AtomOptions
from timeline.formats.csv.options import CsvOptions
from timeline.formats.html.options import HtmlOptions
from timeline.formats.ics.options import FeedOptions
from timeline.formats.json.options import JsonOptions
from timeline.formats.markdown.options import MarkdownOptions
from timeline.formats.png.options import PngOptions
from timeline.formats.svg.options import SvgOptions
from timeline.formats.xlsx.options import XlsxOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from timeline.formats.options import RenderOptions
    from timeline.model import Calendar


class Render(Protocol):
    """A pure function of its arguments: no clock, randomness, environment or terminal."""

    def __call__(self, calendar: Calendar, options: RenderOptions) -> Iterator[bytes]:
        """Yield the output in chunks."""


class Format(Struct, frozen=True, kw_only=True):
    """An output format.

    ``title`` is its name in messages, ``help`` the help of its switch on the command line, and
    ``module`` the module of its ``render``, imported when it is first used. ``mark`` is the end of
    every file, by which our own files are recognised; what is printed or embedded does not have it.
    Without one, the module also has an ``is_ours``. ``is_default`` formats are written if no format
    is requested. ``is_feed`` formats have a ledger, and are written once for each of the file's
    ``feeds``. ``of_feed`` names the feed format whose changes a format lists: it is written with
    each feed, and never without it. ``is_binary`` formats are not shown in a terminal or a diff.
    The bytes of a format that ``depends_on_fonts`` differ between machines, so they are not
    compared. ``option_group`` is the heading of the options in the help, else it is the title.
    """

    title: str
    suffix: str
    media_type: str
    help: str
    module: str
    options: type[RenderOptions]
    option_group: str = ""
    mark: bytes = b""
    is_default: bool = False
    is_feed: bool = False
    of_feed: str | None = None
    is_binary: bool = False
    depends_on_fonts: bool = False

    @property
    def is_for_each_feed(self) -> bool:
        """Return whether each feed of the file has a file of this format."""
        return self.is_feed or self.of_feed is not None

    @property
    def option_heading(self) -> str:
        """Return the heading of the format's options in the help of the command line."""
        return self.option_group or self.title

    @property
    def render(self) -> Render:
        """Return the renderer of the format."""
        render: Render = import_module(self.module).render
        return render

    def render_file(self, calendar: Calendar, options: RenderOptions) -> Iterator[bytes]:
        """Yield the output as a file has it, with the mark at its end."""
        yield from self.render(calendar, options)
        if self.mark:
            yield self.mark

    def is_ours(self, file: BinaryIO) -> bool:
        """Return whether an open file is an output of this format, of any version of timeline.

        Only a few kilobytes are read, from anywhere in the file.
        """
        if not self.mark:
            is_ours: bool = import_module(self.module).is_ours(file)
            return is_ours
        size = file.seek(0, SEEK_END)
        file.seek(max(0, size - 2 * len(self.mark)))
        return file.read().rstrip().endswith(self.mark.rstrip())  # its line end may have changed


FORMATS = {
    "ics": Format(
        title="iCalendar",
        suffix=".ics",
        media_type="text/calendar",
        help="Write the iCalendar feed.",
        module="timeline.formats.ics.writer",
        options=FeedOptions,
        is_default=True,
        is_feed=True,
    ),
    "csv": Format(
        title="CSV",
        suffix=".csv",
        media_type="text/csv",
        help="Write the CSV.",
        module="timeline.formats.csv.table",
        options=CsvOptions,
        is_default=True,
    ),
    "md": Format(
        title="Markdown",
        suffix=".md",
        media_type="text/markdown",
        help="Write the Markdown.",
        module="timeline.formats.markdown.writer",
        options=MarkdownOptions,
        option_group="Markdown and diagram",
        mark=b"\n[//]: # (timeline)\n",  # a link definition, which no renderer shows
        is_default=True,
    ),
    "svg": Format(
        title="SVG",
        suffix=".svg",
        media_type="image/svg+xml",
        help="Write the diagram.",
        module="timeline.formats.svg.writer",
        options=SvgOptions,
        option_group="Markdown and diagram",
    ),
    "png": Format(
        title="PNG",
        suffix=".png",
        media_type="image/png",
        help="Write the diagram as an image (pip install 'timeline-as-code[png]').",
        module="timeline.formats.png.writer",
        options=PngOptions,
        option_group="Markdown and diagram",
        is_binary=True,
        depends_on_fonts=True,
    ),
    "html": Format(
        title="HTML",
        suffix=".html",
        media_type="text/html",
        help="Write the page to read and to subscribe from.",
        module="timeline.formats.html.writer",
        options=HtmlOptions,
        option_group="Page",
        mark=b"<!-- timeline -->\n",
    ),
    "xlsx": Format(
        title="Excel workbook",
        suffix=".xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        help="Write the Excel workbook (pip install 'timeline-as-code[excel]').",
        module="timeline.formats.xlsx.writer",
        options=XlsxOptions,
        is_binary=True,
    ),
    "json": Format(
        title="JSON",
        suffix=".json",
        media_type="application/json",
        help="Write the resolved calendar as JSON.",
        module="timeline.formats.json.writer",
        options=JsonOptions,
    ),
    "atom": Format(
        title="Atom",
        suffix=".changes.atom",
        media_type="application/atom+xml",
        help="Write the feed, and the list of its changes (Atom).",
        module="timeline.formats.atom.writer",
        options=AtomOptions,
        of_feed="ics",
        mark=b"<!-- timeline changes -->\n",
    ),
}
"""By name, which is also the switch of the format on the command line."""


def with_feeds(names: Iterable[str]) -> list[str]:
    """Return formats in the order of the table, with the feeds that some of them go with."""
    wanted = set(names)
    wanted |= {feed for name in wanted if (feed := FORMATS[name].of_feed) is not None}
    return [name for name in FORMATS if name in wanted]
