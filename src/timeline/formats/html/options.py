"""The options of the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from timeline.formats.options import RenderOptions, as_of_option, option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from timeline.formats.options import TextFile
    from timeline.model import Calendar

MAX_CSS = 256 * 1024
"""The most octets of the author's own CSS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlOptions(RenderOptions):
    """With ``as_of``, the page has the states that the script would give it on that day.

    ``url`` is the address of the page itself; without it, the page states no address. ``css`` is
    the author's own CSS, after that of the page. ``downloads`` are the paths of other outputs,
    relative to the page.
    """

    as_of: date | None = as_of_option()
    css: TextFile | None = option(
        None, "--css", "CSS to add to the page, at most 256 kB.", text="file"
    )
    url: str | None = option(
        None, "--url", "Address at which the page will be published.", text="url"
    )
    all_classes: bool = option(
        False, "--all-classes", "Show private and confidential events on the page, too."
    )

    downloads: tuple[str, ...] = ()

    def beside(self, paths: Sequence[str]) -> Self:
        """Return the options of a page that links to other outputs."""
        return replace(self, downloads=tuple(paths))

    def refusal(self, calendar: Calendar) -> str | None:  # noqa: ARG002 - as in the base class
        """Return why the author's CSS cannot be used."""
        from timeline.formats.html.stylesheet import css_objection  # noqa: PLC0415 - only a page

        return css_objection(self.css) if self.css else None

    def notices(self, calendar: Calendar) -> Sequence[str]:
        """Return what the page does not have: hidden events, subscription links, the diagram."""
        from timeline.formats.html.notices import page_notices  # noqa: PLC0415 - only a page

        return page_notices(calendar, self)
