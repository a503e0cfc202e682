"""Read the published feed of changes, which is its own ledger.

The file may come from a stranger or from a server, so it is read with limits, and a document type,
which could define entities, is refused.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from msgspec import Struct

from timeline._lazy import regex
from timeline.diagnostics import cited, safe_line
from timeline.formats import AtomEntry, authority_of, web_address
from timeline.publishing.content import CannotRead, redacted
from timeline.publishing.feed_text import UnusableFeed
from timeline.publishing.previous import read_existing, read_previous

if TYPE_CHECKING:
    from timeline.publishing.request import ExportRequest
    from timeline.source import FilePlace

LIMIT = 8 * 2**20
"""The longest file in bytes."""
_MOST_ELEMENTS = 100_000
"""The elements of a file: each entry has its lines twice, of which most events have one or two."""


class ChangeList(Struct, frozen=True):
    """What a published feed of changes has: its id, the time of its last change, its entries."""

    id: str
    updated: str
    entries: tuple[AtomEntry, ...]


class DamagedList(UnusableFeed):
    """The existing feed of changes cannot be continued, so it is not replaced."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"`{name}` cannot be continued: {reason}",
            "restore the last good copy from version control, or move the file away to start a "
            "new list of changes",
        )


def read_published_list(
    place: FilePlace, request: ExportRequest, calendar_id: str
) -> ChangeList | None:
    """Return the published feed of changes: in the folder of ``--previous``, else the file.

    Raises: ``CannotRead``, ``DamagedList``, ``ForbiddenPath``.
    """
    if request.no_previous:
        return None
    if request.previous is None:
        content, name = read_existing(place), str(place.path)
    else:
        name = request.previous + place.path.name
        try:
            content = read_previous(name)
        except CannotRead as error:
            if error.is_missing:  # the feed is older than its list of changes
                return None
            raise
    return None if content is None else read_list(content, redacted(name), calendar_id)


def read_list(content: bytes, name: str, calendar_id: str) -> ChangeList:
    """Return what a published feed of changes says; ``name`` is its file or address, for messages.

    Raises: ``DamagedList`` for anything but a feed of changes of this calendar.
    """
    root = _parse(content, name)
    if root.tag != f"{{{_ATOM}}}feed":
        raise DamagedList(name, f"its root is {cited(root.tag)}, expected an Atom feed")
    id_ = _text(root, "id") or ""
    owner = authority_of(id_)
    if owner is None:
        raise DamagedList(name, f"its id is {cited(id_)}, so another program has written it")
    if owner != calendar_id.lower():
        raise DamagedList(name, f"it is of another calendar, {cited(owner)}")
    entries = tuple(_entry(element, name) for element in root.iterfind(f"{{{_ATOM}}}entry"))
    return ChangeList(id_, _time(root, name), entries)


def _entry(element: ET.Element, name: str) -> AtomEntry:
    id_, title = _text(element, "id"), _text(element, "title")
    if not id_ or title is None:
        raise DamagedList(name, "an entry has no id or no title")
    lines = (_text(element, "summary") or "").split("\n")
    links = (link.get("href") for link in element.iterfind(f"{{{_ATOM}}}link"))
    link = next(filter(None, map(web_address, links)), None)
    return AtomEntry(
        id_, _time(element, name), safe_line(title), tuple(map(safe_line, lines)), link
    )


def _time(element: ET.Element, name: str) -> str:
    """Return the time of a feed or an entry, in the notation of this program."""
    written = _text(element, "updated") or ""
    with suppress(ValueError):
        if _TIME.fullmatch(written):
            datetime.fromisoformat(written)  # there is such a day and time
            return written
    raise DamagedList(
        name, f"it has the time {cited(written)}, expected one like `2025-01-01T12:00:00Z`"
    )


_TIME = regex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def _text(element: ET.Element, tag: str) -> str | None:
    return element.findtext(f"{{{_ATOM}}}{tag}")


def _parse(content: bytes, name: str) -> ET.Element:
    """Return the root of an XML document.

    Raises: ``DamagedList`` for what is no document, is too long, or has a document type.
    """
    if len(content) > LIMIT:
        raise DamagedList(name, f"it has more than {LIMIT:,} bytes")
    parser = ET.XMLParser(target=_Builder(name))  # noqa: S314 - without a document type, no entities
    try:
        parser.feed(content)
        root: ET.Element = parser.close()
    except ET.ParseError as error:
        raise DamagedList(name, f"it is not XML in line {error.position[0]}") from None
    except (LookupError, ValueError):
        raise DamagedList(name, "its encoding cannot be read") from None
    return root


class _Builder(ET.TreeBuilder):
    """Builds the elements of a document, up to a limit, and refuses a document type."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._count = 0

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        self._count += 1
        if self._count > _MOST_ELEMENTS:
            raise DamagedList(self._name, f"it has more than {_MOST_ELEMENTS:,} elements")
        return super().start(tag, attrs)

    def doctype(self, *_: object) -> None:
        raise DamagedList(self._name, "it has a document type, which no feed of changes has")


_ATOM = "http://www.w3.org/2005/Atom"
