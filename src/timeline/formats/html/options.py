"""The options of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from msgspec import Struct
from msgspec.structs import replace

from timeline.formats.options import RenderOptions, all_classes_option, as_of_option, option
from timeline.model import language_objection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from timeline.formats.options import TextFile
    from timeline.model import Calendar

MAX_CSS = 256 * 1024
"""The most octets of the author's own CSS."""


class PageVersion(Struct, frozen=True):
    """Another page of the same calendar: its path from the page, its language and its address.

    A ``language`` of ``None`` is that of the calendar.
    """

    path: str
    language: str | None
    url: str | None


class HtmlOptions(RenderOptions):
    """With ``as_of``, the page has the states that the script would give it on that day.

    ``url`` is the address of the page itself; without it, the page states no address. ``css`` is
    the author's own CSS, after that of the page. ``downloads`` are the paths of other outputs,
    relative to the page, and ``versions`` the other pages.
    """

    as_of: date | None = as_of_option()
    css: TextFile | None = option(
        None, "--css", "CSS to add to the page, at most 256 kB.", text="file"
    )
    url: str | None = option(
        None,
        "--url",
        "Address at which the page will be published.",
        text="url",
        is_of_one=True,
    )
    language: str | None = option(
        None,
        "--language",
        "Language of the page, and of those texts that the file has in it.",
        text="language",
        is_of_one=True,
    )
    all_classes: bool = all_classes_option()

    downloads: tuple[str, ...] = ()
    versions: tuple[PageVersion, ...] = ()

    def beside(self, paths: Sequence[str], siblings: Mapping[str, RenderOptions]) -> Self:
        """Return the options of a page that links to other outputs and to the other pages."""
        versions = tuple(
            PageVersion(path, other.language, other.url)
            for path, other in siblings.items()
            if isinstance(other, HtmlOptions)
        )
        return replace(self, downloads=tuple(paths), versions=versions)

    def refusal(self, calendar: Calendar) -> str | None:
        """Return why the page cannot be in its language, or the author's CSS cannot be used."""
        from timeline.formats.html.stylesheet import css_objection  # noqa: PLC0415 - only a page

        if self.language and (objection := language_objection(self.language, calendar)):
            return "; ".join(objection)
        return css_objection(self.css) if self.css else None

    def notices(self, calendar: Calendar) -> Sequence[str]:
        """Return how many events are hidden."""
        from timeline.formats.html.notices import page_notices  # noqa: PLC0415 - only a page

        return page_notices(calendar, self)

    def advice(self, calendar: Calendar) -> Sequence[str]:
        """Return that links to subscribe are missing, and the key that they need."""
        from timeline.formats.html.notices import page_advice  # noqa: PLC0415 - only a page

        return page_advice(calendar, self)
