"""An event as the list has it: values for the template, all as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.formats.html.dates import DateText, Heading, date_text
from timeline.formats.html.links import PageLink, fragment_of, page_link, page_links, web_address
from timeline.formats.html.states import (
    State,
    markup_of_bounds,
    markup_of_instances,
    shown_bounds,
)
from timeline.model import (
    capitalized,
    changed_instances,
    first_day_words,
    is_to_be_confirmed,
    isolated,
    rule_sentences,
    status_words,
    when_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline.formats.diagram.bounds import Bounds
    from timeline.formats.html.sources import SourceBook
    from timeline.formats.html.states import AsOf
    from timeline.model import Event, Was, When, Wording


class Earlier(Struct, frozen=True):
    """Dates that an event had before, and why it has others now."""

    label: str
    dates: str
    note: str | None


class Change(Struct, frozen=True):
    """An instance that differs from its series."""

    label: str
    words: str
    link: PageLink | None
    paragraphs: tuple[tuple[str, ...], ...]


class Fact(Struct, frozen=True):
    """Names or links of an event, with a label."""

    label: str
    links: tuple[PageLink, ...]


class EventItem(Struct):
    """An event in the list. ``level`` is that of its heading, and ``meta`` a line below it.

    ``bounds`` is for the script. ``is_last_begun`` places the line of today after it.
    """

    id: str
    anchor: str
    href: str
    title: str
    link: str | None
    classes: str
    bounds: str | None
    words: str
    date: DateText
    level: int
    chips: tuple[tuple[str, str], ...] = ()
    meta: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    paragraphs: tuple[tuple[str, ...], ...] = ()
    earlier: tuple[Earlier, ...] = ()
    changes: tuple[Change, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[int, ...] = ()
    instances: str | None = None
    is_last_begun: bool = False
    children: list[EventItem] = []


class ItemMaker:
    """Makes the items of one page.

    ``dates`` are those with which events are listed, and ``tones`` the numbers of their tones, both
    by the ids of the events; ``filters`` are the numbers of categories with a filter. With
    ``as_of``, the items have their states in the markup. ``has_instances`` is whether the script is
    given the instances of a series.
    """

    def __init__(
        self,
        wording: Wording,
        dates: Mapping[str, When],
        tones: Mapping[str, int],
        filters: Mapping[str, int],
        sources: SourceBook,
        as_of: AsOf | None,
    ) -> None:
        self.wording = wording
        self.dates = dates
        self._tones = tones
        self._filters = filters
        self._sources = sources
        self._as_of = as_of
        self.has_instances = False
        self.bounds: dict[str, Bounds] = {}
        self.states: dict[str, State] = {}

    def item(self, event: Event, heading: Heading, level: int, part_of: str | None) -> EventItem:
        """Return the item of an event below a heading."""
        wording, when = self.wording, self.dates[event.id]
        bounds = shown_bounds(event)
        if bounds is not None:
            self.bounds[event.id] = bounds
        words = "" if is_to_be_confirmed(when) else capitalized(when_words(when, wording))
        return EventItem(
            event.id,
            f"event-{event.id}",
            fragment_of(event.id),
            event.summary,
            web_address(event.url),
            " ".join(self._classes(event, bounds)),
            None if bounds is None else markup_of_bounds(bounds),
            words,
            date_text(when, heading, wording),
            min(level, 6),
            self._chips(event),
            self._meta(event, part_of),
            tuple(self._rules(event)) if event.recurrence else (),
            paragraphs_of(event.description),
            self._earlier(event.was) if event.was else (),
            tuple(self._changes(event)) if event.overrides else (),
            self._facts(event),
            self._sources.numbers(event),
            markup_of_instances(event) if event.recurrence and self.has_instances else None,
        )

    def _meta(self, event: Event, part_of: str | None) -> tuple[str, ...]:
        """Return the place, the title of what the event is a part of, and the categories."""
        if part_of is not None:
            title = isolated(part_of, self.wording)
            part_of = self.wording.phrase("part of {title}", title=title)
        return (*filter(None, (event.location, part_of)), *event.categories)

    def _rules(self, event: Event) -> Iterator[str]:
        if words := first_day_words(event, self.dates[event.id], self.wording):
            yield capitalized(words)
        yield from rule_sentences(event, self.wording)

    def _classes(self, event: Event, bounds: Bounds | None) -> list[str]:
        classes = ["event", f"k{self._tones.get(event.id, 0)}", *self.filter_classes(event)]
        if event.status in ("tentative", "cancelled", "postponed"):
            classes.append(event.status)
        if self._as_of is not None and bounds is not None:
            state = self.states[event.id] = self._as_of.state_of(event, bounds)
            classes.append(f"is-{state}")
        return classes

    def filter_classes(self, event: Event) -> list[str]:
        """Return the classes by which the filters find an event."""
        filters = self._filters
        return [f"c{filters[name]}" for name in event.categories if name in filters]

    def _chips(self, event: Event) -> tuple[tuple[str, str], ...]:
        chips = []
        is_on = self.states.get(event.id) is State.ON and event.status != "cancelled"
        # A part that lasts as long as the whole says nothing new.
        whole = None if event.parent is None else self.bounds.get(event.parent)
        if is_on and whole != self.bounds[event.id]:
            chips.append(("on", self.wording.phrase("on now")))
        if event.status in ("tentative", "cancelled", "postponed"):
            chips.append((event.status, status_words(event.status, self.wording)))
        return tuple(chips)

    def _earlier(self, dates: tuple[Was, ...]) -> tuple[Earlier, ...]:
        label = self.wording.label(self.wording.phrase("before"))
        return tuple(Earlier(label, when_words(was.when, self.wording), was.note) for was in dates)

    def _changes(self, event: Event) -> list[Change]:
        return [
            Change(
                self.wording.label(changed.instance),
                changed.changes,
                page_link(changed.url, None),
                paragraphs_of(changed.description),
            )
            for changed in changed_instances(event, self.wording)
        ]

    def _facts(self, event: Event) -> tuple[Fact, ...]:
        """Return the names of people, without their mail addresses, and the links."""
        details, wording = event.details, self.wording
        facts = []
        if details.organizer and details.organizer.name:
            names = (PageLink(details.organizer.name),)
            facts.append(Fact(wording.label(wording.phrase("Organizer")), names))
        if details.contact and details.contact.name:
            names = (PageLink(details.contact.name),)
            facts.append(Fact(wording.label(wording.phrase("Contact")), names))
        if joins := page_links(details.conference):
            facts.append(Fact(wording.label(wording.phrase("Join")), joins))
        links = page_links((*details.attach, *details.image))
        if event.url and web_address(event.url) is None:
            unlinked = page_link(event.url, None)
            links = (unlinked, *links) if unlinked else links
        if links:
            name = wording.phrase("Links") if len(links) > 1 else wording.phrase("Link")
            facts.append(Fact(wording.label(name), links))
        return tuple(facts)


def paragraphs_of(text: str | None) -> tuple[tuple[str, ...], ...]:
    """Return the paragraphs of an author's text, each as its lines."""
    if not text:
        return ()
    paragraphs: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            paragraphs[-1].append(line.strip())
        elif paragraphs[-1]:
            paragraphs.append([])
    return tuple(tuple(lines) for lines in paragraphs if lines)
