"""Put timelines into a Markdown document; only the text between two markers is replaced.

`markers` finds the places, `view` resolves their options.
"""

from __future__ import annotations

import codecs
import os
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline._limits import MAX_DOCUMENT
from timeline.diagnostics import MOST, STDIN, Diagnostic, rules, too_many
from timeline.embed.blocks import is_mdx
from timeline.embed.budget import EmbeddingBudget, too_large_document
from timeline.embed.engines import EventAnchors
from timeline.embed.inline_diagram import html_block, mdx_block
from timeline.embed.inline_page import page_block
from timeline.embed.markers import HTML, MDX, find_places, ignored_markers
from timeline.embed.view import DocumentContext, Pictures, load_excerpt
from timeline.source import decode_text, document_of_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.embed.markers import Place
    from timeline.embed.view import Excerpt, Load
    from timeline.source import Document


def missing_markers(name: str) -> list[str]:
    """Return the lines of a message for a document without markers."""
    comment = MDX if is_mdx(name) else HTML
    what = "no markers found; add these two lines where the timeline should be:"
    return [f"{name}: {what}", "", comment.marker("start"), comment.marker("end")]


WHY_IGNORED = "they are in code, in a block quote, in a comment or after other text"
"""The reason why markers do not count."""


class Embedded(Struct, frozen=True):
    """A document with its timelines; ``content`` is ``None`` after an error.

    ``places`` is their number. If it is 0, ``ignored_lines`` has the lines of markers that do not
    count, such as those in code. ``document`` has the lines that ``diagnostics`` refer to;
    diagnostics of an events file are not among them. ``languages`` are those of the timelines.
    """

    content: bytes | None
    places: int
    diagnostics: list[Diagnostic]
    document: Document
    ignored_lines: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()


def embed_timelines(content: bytes, name: str, load: Load) -> Embedded:
    """Put the timelines into a Markdown document; ``name`` is its path as the user gave it."""
    text, of_text = decode_text(content, name)
    # A Markdown document may have any character, but its encoding must be known.
    diagnostics = [diagnostic for diagnostic in of_text if diagnostic.rule is rules.ENCODING]
    places, misplaced = find_places(text)
    diagnostics += misplaced
    pieces: list[str] = []
    languages: dict[str, None] = {}
    end, is_whole, size = 0, True, len(text.raw)
    budget, anchors = EmbeddingBudget(), EventAnchors()
    excerpts: list[tuple[Place, Excerpt | None]] = []
    for place in places:
        if len(diagnostics) > MOST:  # more is not reported, and every place costs time
            break
        excerpt, errors = _load_place(place, name, load, budget)
        excerpts.append((place, excerpt))
        if excerpt and excerpt.calendar.language:
            languages[excerpt.calendar.language] = None
        diagnostics += errors
        if budget.is_spent:
            break
    # A diagram links to the lists of the document that are pages, also to one below it.
    names = {at: anchors.take_all(it) for at, (_, it) in enumerate(excerpts) if it and it.is_page}
    for at, (place, excerpt) in enumerate(excerpts):
        between = _between(place, excerpt, anchors, names.get(at, {})) if excerpt else None
        size += len(between or "") - (place.end - place.start)
        if size > MAX_DOCUMENT:
            diagnostics.append(too_large_document(place.at))
            break
        is_whole = is_whole and between is not None
        pieces += [text.raw[end : place.start], between or ""]
        end = place.end
    embedded = None
    if is_whole and not diagnostics:
        mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
        embedded = mark + "".join([*pieces, text.raw[end:]]).encode()
    ignored = () if places else tuple(ignored_markers(text))
    if len(diagnostics) > MOST:
        last = diagnostics[MOST]
        diagnostics[MOST:] = [too_many(last.at, last.severity)]
    document = document_of_text(text, diagnostics)
    return Embedded(embedded, len(places), diagnostics, document, ignored, tuple(languages))


def _load_place(
    place: Place, name: str, load: Load, budget: EmbeddingBudget
) -> tuple[Excerpt | None, list[Diagnostic]]:
    """Return the excerpt for a place, ``None`` after an error."""
    folder = os.path.dirname(name)  # noqa: PTH120 - the name as given
    whence = "the current folder" if name == STDIN else f"the folder of `{name}`"
    return load_excerpt(
        place.options,
        place.at,
        load,
        budget,
        DocumentContext(
            folder,
            whence,
            # In MDX, an address is a path of the site, not one from the document.
            pictures=Pictures.NONE if place.comment is MDX else Pictures.FILES,
        ),
    )


def _between(
    place: Place, excerpt: Excerpt, anchors: EventAnchors, names: Mapping[str, str]
) -> str:
    """Return the text between the markers of a place; ``names`` are the ids of its events."""
    is_mdx = place.comment is MDX
    if excerpt.is_picture:
        content = html_block(excerpt.text).split("\n")
    elif excerpt.is_diagram:
        svg = anchors.draw(excerpt)
        content = (mdx_block(svg) if is_mdx else html_block(svg)).split("\n")
    elif excerpt.is_page:
        content = page_block(excerpt, names, is_mdx=is_mdx).split("\n")
    else:
        content = excerpt.lines()
    # An empty line on both sides: else some readers take the text for a part of the comment.
    lines = ["", *(place.indent + line if line else "" for line in content), ""]
    return place.newline.join(lines)
