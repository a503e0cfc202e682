"""The languages of the pages of a calendar, and the links between the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from timeline.formats.html.options import PageVersion
from timeline.model import Feed, calendar_of_feed, choose_language, language_name

if TYPE_CHECKING:
    from timeline.formats.html.options import HtmlOptions
    from timeline.model import Calendar


class LanguageLink(Struct, frozen=True):
    """A page in another language: its tag, its name in that language, and its address."""

    tag: str
    direction: str
    name: str
    href: str


def calendar_of_page(calendar: Calendar, options: HtmlOptions) -> Calendar:
    """Return a calendar in the language of its page.

    If one of its feeds has all events in that language, the page has the name, the description and
    the address of that feed. Feeds in the languages of the other pages are left to those.
    """
    language = options.language or calendar.language
    others = {version.language or calendar.language for version in options.versions} - {language}
    feeds = tuple(
        feed for feed in calendar.feeds if (feed.language or calendar.language) not in others
    )
    if language == calendar.language:
        return replace(calendar, feeds=feeds) if len(feeds) < len(calendar.feeds) else calendar
    whole = next((feed for feed in feeds if feed.language == language and feed.is_whole), None)
    wanted = Feed(calendar.id, language=language, source=calendar.source)
    if whole is not None:
        wanted = replace(
            wanted,
            name=whole.name,
            description=whole.description,
            source=whole.source or calendar.source,
        )
    return replace(
        calendar_of_feed(calendar, wanted), feeds=tuple(f for f in feeds if f is not whole)
    )


def language_links(calendar: Calendar, options: HtmlOptions) -> tuple[LanguageLink, ...]:
    """Return the pages in other languages; a page that has an address is linked to by it.

    ``calendar`` is as the file has it. Of two pages in one language, the first is linked to.
    """
    own = options.language or calendar.language
    links: dict[str | None, LanguageLink] = {}
    for version in options.versions:
        language = version.language or calendar.language
        if language != own and language not in links:
            links[language] = _link(version, language or "en")
    return tuple(links.values())


def _link(version: PageVersion, tag: str) -> LanguageLink:
    choice = choose_language(tag)
    direction = "rtl" if choice.language.is_right_to_left else "ltr"
    written = choice.language.tag if choice.lacks_babel else tag
    return LanguageLink(written, direction, language_name(tag), version.url or quote(version.path))


def alternates(calendar: Calendar, options: HtmlOptions) -> tuple[tuple[str, str], ...]:
    """Return (language, address) of all pages, this one first, if their addresses are known.

    A page in English because Babel is not installed is not in its language, so it is not named.

    Search engines use them only if each page names all, with whole addresses.
    """
    own = PageVersion("", options.language, options.url)
    known: dict[str, str] = {}
    for version in (own, *options.versions):
        tag = version.language or calendar.language or "en"
        if version.url is not None and not choose_language(tag).lacks_babel:
            known.setdefault(tag, version.url)
    return tuple(known.items()) if options.url is not None and len(known) > 1 else ()
