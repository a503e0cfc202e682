"""Pages that tests look at, of events files of the repository and of files that tests write."""

from __future__ import annotations

from datetime import date, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from support.loading import calendar_of, calendar_of_file
from support.paths import ROOT, TESTS
from timeline.formats import FORMATS
from timeline.formats.html.options import HtmlOptions

if TYPE_CHECKING:
    from timeline.model.events import Calendar

SEASON = TESTS / "formats" / "html" / "season.events.yaml"
ARABIC = TESTS / "cases" / "right-to-left" / "events.yaml"
HOSTILE = TESTS / "formats" / "html" / "hostile.events.yaml"


def page_text(calendar: Calendar, **options: Any) -> str:
    """Return the page of a calendar."""
    return b"".join(FORMATS["html"].render_file(calendar, HtmlOptions(**options))).decode()


def founding() -> Calendar:
    return calendar_of_file(ROOT / "events.yaml")


def season() -> Calendar:
    return calendar_of_file(SEASON)


def many(count: int) -> Calendar:
    """Return a calendar with events of several kinds on successive days."""
    lines = [
        "calendar: {id: many.example.org, name: Many, timezone: Europe/Berlin}",
        "categories: {a: {}, b: {}, c: {}}",
        "events:",
    ]
    for number in range(count):
        day = date(2025, 1, 1) + timedelta(days=number)
        when = (
            f"start: {day}",
            f"start: {day}, end: {day + timedelta(days=3)}",
            f"start: {day}T09:00, duration: 2 hours",
            f"start: {day:%Y-%m}",
        )[number % 4]
        category = "abc"[number % 3]
        lines.append(
            f"  - {{id: e{number}, summary: Event {number}., {when}, categories: [{category}]}}"
        )
    return calendar_of("\n".join(lines) + "\n")


class Element:
    """An element of a page: its name, its attributes, the elements around it and its texts."""

    def __init__(self, name: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.name, self.attributes, self.parent = name, attributes, parent
        self.parts: list[str | Element] = []

    @property
    def text(self) -> str:
        """All text within, with single spaces."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> list[str]:
        texts: list[str] = []
        for part in self.parts:
            texts += [part] if isinstance(part, str) else part._texts()
        return texts

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def all(self, name: str = "", class_: str = "") -> list[Element]:
        """Return the elements within that have a name and a class, in order."""
        elements: list[Element] = []
        for part in self.parts:
            if isinstance(part, Element):
                if name in ("", part.name) and (not class_ or class_ in part.classes):
                    elements.append(part)
                elements += part.all(name, class_)
        return elements

    def by_id(self, id_: str) -> Element:
        """Return the element with an id."""
        (element,) = [element for element in self.all() if element.attributes.get("id") == id_]
        return element


VOID = {"meta", "link", "input", "br", "img", "path"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, None)
        self._open = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self._open)
        self._open.parts.append(element)
        if tag not in VOID:
            self._open = element

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self._open.name == tag, (self._open.name, tag)
        assert self._open.parent is not None
        self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        self._open.parts.append(data)


def read_page(text: str) -> Element:
    """Return the document of a page, of which every element is closed."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader._open is reader.root
    return reader.root
