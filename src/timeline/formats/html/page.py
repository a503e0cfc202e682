"""The values of a page: all that the template shows, computed and translated."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct

from timeline.formats.classes import visible_calendar
from timeline.formats.diagram.bounds import event_bounds
from timeline.formats.diagram.build import MOST, build_diagram
from timeline.formats.html.accent import page_accents
from timeline.formats.html.diagram_view import WIDE, DiagramView, diagram_view
from timeline.formats.html.event_items import ItemMaker, paragraphs_of
from timeline.formats.html.filters import Filter, category_filters, filter_css
from timeline.formats.html.fragments import (
    json_fragment,
    script_fragment,
    script_hash,
    style_fragment,
)
from timeline.formats.html.languages import alternates, calendar_of_page, language_links
from timeline.formats.html.links import PageLink
from timeline.formats.html.looks import look_css
from timeline.formats.html.now_panel import NowPanel, now_panel
from timeline.formats.html.sections import FOLDED, list_sections, outermost
from timeline.formats.html.sources import SourceBook
from timeline.formats.html.states import AsOf, State
from timeline.formats.html.stylesheet import own_css, page_css, page_script
from timeline.formats.html.subscribing import SubscribePanel, subscribe_panel
from timeline.model import (
    Undated,
    capitalized,
    dates_as_of,
    earliest,
    latest,
    times_sentence,
    to_be_confirmed,
    unnamed_zone,
    wording_of,
)

if TYPE_CHECKING:
    from markupsafe import Markup

    from timeline.formats.html.event_items import EventItem
    from timeline.formats.html.languages import LanguageLink
    from timeline.formats.html.options import HtmlOptions
    from timeline.formats.html.sections import Section
    from timeline.formats.html.sources import SourceNote
    from timeline.model import Calendar, Wording


class Head(Struct, frozen=True):
    """What only browsers and other programs read."""

    language: str
    direction: str
    policy: str
    icon: str
    style: Markup
    own_style: Markup
    script: Markup
    words: Markup
    url: str | None
    alternates: tuple[tuple[str, str], ...]
    feed: str | None


class Page(Struct, frozen=True):
    """A page. ``text`` has the words of the template by their names there."""

    head: Head
    title: str
    description: str | None
    lede: tuple[tuple[str, ...], ...]
    facts: tuple[str, ...]
    languages: tuple[LanguageLink, ...]
    text: dict[str, str]
    subscribe: SubscribePanel | None
    as_of: str | None
    today: str
    panel: NowPanel
    filters: tuple[Filter, ...]
    past: int
    is_folded: bool
    diagram: DiagramView | None
    omitted: str | None
    sections: tuple[Section, ...]
    is_agenda: bool
    has_folded_years: bool
    sources: tuple[SourceNote, ...]
    are_sources_numbered: bool
    times: str | None
    downloads: tuple[PageLink, ...]
    paper_address: str | None


def page_of(calendar: Calendar, options: HtmlOptions) -> Page:
    """Return the values of the page of a calendar."""
    written = calendar
    calendar = visible_calendar(
        calendar_of_page(calendar, options), all_classes=options.all_classes
    )
    wording = wording_of(calendar, as_of=options.as_of)
    dates = dates_as_of(calendar, options.as_of)
    as_of = AsOf(options.as_of, calendar.timezone, dates) if options.as_of else None
    diagram = build_diagram(calendar, WIDE, as_of=options.as_of)
    filters = category_filters(calendar, {key.name: key.tone for key in diagram.categories})
    sources = SourceBook(calendar.events)
    maker = ItemMaker(
        wording,
        dates,
        diagram.tone_of,
        {category.name: category.number for category in filters},
        sources,
        as_of,
    )
    maker.has_instances = as_of is None and len(calendar.events) <= FOLDED
    sections = list_sections(calendar, maker)
    past = sum(state is State.OVER for state in maker.states.values())
    if as_of:
        _place_today(sections, as_of)
    zone = unnamed_zone(calendar)
    return Page(
        head=_head(
            calendar,
            options,
            filter_css(filters) + look_css(diagram.tones),
            alternates(written, options),
            wording,
        ),
        title=calendar.name,
        description=" ".join((calendar.description or "").split()) or None,
        lede=paragraphs_of(calendar.description),
        facts=_facts(calendar, wording),
        languages=language_links(written, options),
        text=_text(wording),
        subscribe=subscribe_panel(calendar, wording),
        as_of=as_of.day.isoformat() if as_of else None,
        today=wording.phrase("today, {date}", date=wording.dates.day(as_of.day)) if as_of else "",
        panel=now_panel(calendar, _items(sections), as_of, wording) if as_of else NowPanel(),
        filters=filters,
        past=past,
        diagram=None if diagram.omitted else diagram_view(diagram, maker.filter_classes),
        omitted=_omitted(diagram.omitted, wording) if diagram.omitted else None,
        is_folded=0 < past < len(calendar.events),
        sections=tuple(sections),
        is_agenda=any(section.months for section in sections),
        has_folded_years=len(calendar.events) > FOLDED,
        sources=sources.notes(wording),
        are_sources_numbered=not sources.is_single,
        times=times_sentence(zone, wording) if zone else None,
        downloads=tuple(PageLink(path, quote(path)) for path in options.downloads),
        paper_address=calendar.source,
    )


def _omitted(count: int, wording: Wording) -> str:
    return wording.phrase(
        "The diagram is left out: {count} events are more than {most}.", count=count, most=MOST
    )


def _items(sections: list[Section]) -> dict[str, EventItem]:
    """Return the items of all events by event id."""
    items: dict[str, EventItem] = {}
    for section in sections:
        waiting = [*section.loose, *(item for month in section.months for item in month.items)]
        while waiting:
            item = waiting.pop()
            items[item.id] = item
            waiting += item.children
    return items


def _place_today(sections: list[Section], as_of: AsOf) -> None:
    """Mark the last outermost event that has begun, unless all have."""
    last, is_any_left = None, False
    for item in outermost(sections):
        bounds = event_bounds(as_of.dates[item.id])
        if bounds is not None and as_of.has_begun(bounds):
            last = item
        elif bounds is not None:
            is_any_left = True
    if last is not None and is_any_left:
        last.is_last_begun = True


def _facts(calendar: Calendar, wording: Wording) -> tuple[str, ...]:
    """Return how many events there are, their years, and how many have no date."""
    events = calendar.events
    if not events:
        return ()
    facts = [
        wording.phrase("1 event")
        if len(events) == 1
        else wording.phrase("{count} events", count=len(events))
    ]
    days = [
        day
        for event in events
        for day in (earliest(event.when), latest(event.when))
        if day is not None and not isinstance(event.when, Undated)
    ]
    if days:
        first, last = min(days).year, max(days).year
        dates = wording.dates
        facts.append(dates.year(first) if first == last else str(dates.years(first, last)))
    if undated := sum(isinstance(event.when, Undated) for event in events):
        facts.append(wording.phrase("{count} without a date", count=undated))
    return tuple(facts)


def _head(
    calendar: Calendar,
    options: HtmlOptions,
    css: str,
    others: tuple[tuple[str, str], ...],
    wording: Wording,
) -> Head:
    script = page_script()
    accents = page_accents(calendar.color)
    style = f"{page_css()}\n{css}{_accent_css(accents)}"
    icon = _ICON.format(accents.light.color)
    return Head(
        language=wording.language.tag,
        direction="rtl" if wording.language.is_right_to_left else "ltr",
        policy=(
            "default-src 'none'; style-src 'unsafe-inline'; "
            f"script-src '{script_hash(script)}'; img-src data:; base-uri 'none'; "
            "form-action 'none'"
        ),
        icon=f"data:image/svg+xml,{quote(icon, safe='/:=.,')}",
        style=style_fragment(style),
        own_style=style_fragment(own_css(options.css)),
        script=script_fragment(script),
        words=json_fragment(_script_words(wording)),
        url=options.url,
        alternates=others,
        feed=calendar.source,
    )


_ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>"
    "<path fill='{}' d='M1 3h9v3H1zm3 4h11v3H4zm3 4h4v3H7z'/></svg>"
)


def _accent_css(accents: tuple[tuple[str, str], tuple[str, str]]) -> str:
    light, dark = (f"--accent:{color};--on-accent:{text}" for color, text in accents)
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def _script_words(wording: Wording) -> dict[str, str]:
    """Return the words that the script writes; all others are those of the browser's language."""
    return {
        "on": wording.phrase("on now"),
        "today": wording.phrase("today"),
        "tomorrow": wording.phrase("tomorrow"),
        "line": wording.phrase("today, {date}", date="{date}"),
        "moment": wording.phrase("{day}, {time}", day="{day}", time="{time}"),
        "day": wording.phrase("day {number} of {count}", number="{number}", count="{count}"),
        "copied": wording.phrase("Copied"),
        "mine": wording.phrase("{time} your time", time="{time}"),
        "current": wording.label(capitalized(wording.phrase("on now"))),
        "next": wording.label(capitalized(wording.phrase("next"))),
    }


def _text(wording: Wording) -> dict[str, str]:
    return {
        "skip": wording.phrase("Skip to the events"),
        "on": capitalized(wording.phrase("on now")),
        "next": capitalized(wording.phrase("next")),
        "now": wording.phrase("On now and next"),
        "events": wording.phrase("Events"),
        "filters": wording.phrase("Show only"),
        "all": wording.phrase("Show all"),
        "past": wording.phrase("Show past events"),
        "link": wording.phrase("Link to this event"),
        "sources": wording.phrase("Sources"),
        "source": wording.phrase("Source"),
        "none": wording.phrase("No events."),
        "diagram": wording.phrase("The timeline as a diagram; the list below it has the same."),
        "undated": capitalized(to_be_confirmed(wording)),
        "today": wording.phrase("today"),
        "files": wording.label(wording.phrase("Download")),
        "languages": wording.phrase("Other languages"),
        "made": wording.phrase("Made with timeline"),
    }
