"""Write the feed of changes: Atom (RFC 4287), each entry as text and as XHTML.

The elements have no prefix: each of the two vocabularies is declared where it begins.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from timeline.formats.atom.tags import UNPUBLISHED, tag_of
from timeline.formats.html.links import web_address
from timeline.model import isolated, wording_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.formats.atom.options import AtomEntry, AtomOptions
    from timeline.model import Calendar

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"


def render(calendar: Calendar, options: AtomOptions) -> Iterator[bytes]:
    """Yield the document."""
    root = ET.Element("feed", {"xmlns": ATOM})
    if calendar.language:
        root.set("xml:lang", calendar.language)
    wording = wording_of(calendar)
    name = isolated(calendar.name, wording)
    _text(root, "id", options.id or tag_of(calendar.id, UNPUBLISHED, "changes"))
    _text(root, "title", wording.phrase("Changes: {title}", title=name))
    _text(root, "updated", options.updated)
    _text(ET.SubElement(root, "author"), "name", calendar.name)
    if options.address is not None:
        ET.SubElement(root, "link", rel="self", href=options.address)
    if (page := web_address(calendar.url)) is not None:
        ET.SubElement(root, "link", rel="alternate", href=page)
    _text(root, "generator", "timeline")
    root.extend(map(_entry, options.entries))
    ET.indent(root)
    yield ET.tostring(root, encoding="utf-8", xml_declaration=True)
    yield b"\n"


def _entry(entry: AtomEntry) -> ET.Element:
    element = ET.Element("entry")
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    _text(element, "updated", entry.updated)
    if entry.link is not None:
        ET.SubElement(element, "link", rel="alternate", href=_allowed(entry.link))
    _text(element, "summary", "\n".join(entry.lines))
    content = ET.SubElement(element, "content", type="xhtml")
    # A title may be in another script than the page that shows the entry.
    division = ET.SubElement(content, "div", {"xmlns": XHTML, "dir": "auto"})
    for line in entry.lines:
        _text(division, "p", line)
    return element


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _allowed(text)


def _allowed(text: str) -> str:
    """Return a text without characters that XML cannot contain (XML 1.0, 2.2)."""
    return _NOT_ALLOWED.sub("\ufffd", text)


_NOT_ALLOWED = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
