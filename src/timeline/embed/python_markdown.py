"""Render fenced blocks `timeline` in Python-Markdown, and so in MkDocs, its forks and Zensical.

A preprocessor replaces the blocks by marks, before other extensions read them; authors cannot
write such a mark. A block processor reads the options and parses the Markdown where it meets a
mark: in a page, an item, a tab or an admonition. So a block that is only quoted, in indented code
or in a comment, has no diagnostics, no extension sees the text of events before it is escaped,
and every item can have an id. A diagram stays a fenced block `mermaid`, which other extensions
draw.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import SubElement

from markdown import Extension
from markdown.blockprocessors import BlockProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX, AtomicString
from msgspec import Struct, field

from timeline.diagnostics import Diagnostic, rules
from timeline.embed.budget import EmbeddingBudget
from timeline.embed.engines import (
    EventAnchors,
    EventClasses,
    day_of_build,
    language_attributes,
)
from timeline.embed.inline_page import PAGE_CLASSES
from timeline.embed.markdown_page import Block, Page, Positions, page_of
from timeline.embed.options import parse_entries, parse_pairs
from timeline.embed.view import (
    DocumentContext,
    Excerpt,
    load_excerpt,
)
from timeline.formats import MERMAID
from timeline.source import document_of_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown


class TimelineExtension(Extension):
    """Replaces the fenced blocks `timeline` of a page by timelines."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the processors of the extension."""
        md.registerExtensions(["tables"], {})
        blocks = _Blocks(page_of(md))
        # After front matter (27) and snippets (32) are read, before fenced code (25).
        md.preprocessors.register(_Fences(md, blocks), "timeline", 26)
        # After MkDocs and `toc` have collected the ids of the page (5).
        md.treeprocessors.register(_Anchors(md), "timeline-anchors", 4)
        # After indented code and nested lists are recognized, before lists.
        md.parser.blockprocessors.register(_Marks(md.parser, blocks), "timeline", 45)
        # After raw HTML is restored (30), because a mark may be in it.
        md.postprocessors.register(_Leftovers(md, blocks), "timeline", 5)
        # Before raw HTML is restored: all events that the page shows are known then.
        md.postprocessors.register(_Diagrams(md, blocks), "timeline-diagrams", 35)


def makeExtension(**options: Any) -> TimelineExtension:  # noqa: N802 - Python-Markdown's name
    """Make the extension, for those who name the module."""
    return TimelineExtension(**options)


class _Blocks(Struct):
    """The blocks of the page that is rendered, by the number in their mark, its ids and budget.

    ``diagrams`` are by their number in the stash of raw HTML.
    """

    page: Page
    taken: list[Block] = field(default_factory=list)
    diagrams: dict[int, Excerpt] = field(default_factory=dict)
    anchors: EventAnchors = field(default_factory=EventAnchors)
    budget: EmbeddingBudget = field(default_factory=EmbeddingBudget)


_MARK = re.compile(rf"( *){STX}timeline:([0-9]+){ETX}")


def _mark(number: int) -> str:
    # Python-Markdown removes both characters from what authors write.
    return f"{STX}timeline:{number}{ETX}"


_PREFIX = re.compile(r"(?:[ \t]*>)*[ \t]*")
_OPENING = re.compile(
    rf"(?P<prefix>{_PREFIX.pattern})(?P<fence>`{{3,}}|~{{3,}})[ \t]*(?P<info>[^`]*)"
)
_NAME = "timeline"
_INFO = re.compile(
    rf"{_NAME}(?=\s|$)(?P<options>.*)|\{{\s*\.{_NAME}(?=[\s}}])(?P<attributes>.*?)\}}\s*"
)
_NEARLY = re.compile(rf"[{{.\s]*{_NAME}(?![\w-])", re.IGNORECASE)


class _Fences(Preprocessor):
    """Takes the blocks out of a page, also those whose name is misspelled."""

    def __init__(self, md: Markdown, blocks: _Blocks) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, lines: list[str]) -> list[str]:
        self.blocks.page = page_of(self.md)
        self.blocks.taken.clear()
        self.blocks.diagrams.clear()
        self.blocks.anchors = EventAnchors()
        self.blocks.budget = EmbeddingBudget()
        remaining: list[str] = []
        positions = Positions(lines)
        unclosed: dict[tuple[str, int], int] = {}
        index = 0
        while index < len(lines):
            opening = _OPENING.fullmatch(lines[index])
            end = _end(lines, index, opening, unclosed) if opening else index + 1
            block = lines[index:end]
            if opening is None or not _NEARLY.match(opening["info"]):
                remaining += block
            else:
                prefix = opening["prefix"]
                nth = bisect_left(positions.of(block), index)
                empty = prefix.rstrip()
                remaining += [empty] if remaining and remaining[-1].strip("> ") else []
                remaining.append(prefix + _mark(len(self.blocks.taken)))
                remaining += [empty] if end < len(lines) and lines[end].strip("> ") else []
                self.blocks.taken.append(Block(block, prefix, nth))
            index = end
        return remaining


def _end(
    lines: list[str], index: int, opening: re.Match[str], unclosed: dict[tuple[str, int], int]
) -> int:
    """Return the index after the block that begins at a line, or the next one if it has no end.

    ``unclosed`` has the index before which a fence at a depth of block quotes has no end, so that
    a page of fences without an end is not searched for each of them.
    """
    fence, depth = opening["fence"], opening["prefix"].count(">")
    if index < unclosed.get((fence, depth), 0):
        return index + 1
    number = index
    closing = re.compile(rf" *{fence}{fence[0]}* *")
    for number in range(index + 1, len(lines)):
        prefix = _PREFIX.match(lines[number])
        if prefix is None or prefix[0].count(">") < depth:
            break  # the block quote ends
        if closing.fullmatch(re.sub(rf"(?: *>){{{depth}}}", "", lines[number], count=1)):
            return number + 1
    unclosed[fence, depth] = number
    return index + 1


_ANCHOR = "timeline-anchor"
"""A tag that says which id raw HTML has: engines that check links look for ids in elements only."""

_ITEM = re.compile(r'<li [^>]*\bid="([^"]+)"')


class _Anchors(Treeprocessor):
    """Removes the elements that only say which ids the page has."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for anchor in parent.findall(_ANCHOR):
                parent.remove(anchor)


class _Marks(BlockProcessor):
    """Parses the Markdown of a timeline at its mark, so that none is rendered elsewhere."""

    def __init__(self, parser: Any, blocks: _Blocks) -> None:
        super().__init__(parser)
        self.blocks = blocks

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - Python-Markdown asks so
        return _MARK.fullmatch(block.strip("\n")) is not None

    def run(self, parent: Element, blocks: list[str]) -> bool:
        match = _MARK.fullmatch(blocks[0].strip("\n"))
        if match is None:
            return False
        del blocks[0]
        block = self.blocks.taken[int(match[2])]
        excerpt = _excerpt(block, self.blocks)
        if excerpt is None:
            self._fence(parent, [line.removeprefix(block.prefix) for line in block.lines])
        elif excerpt.is_diagram:
            self._diagram(parent, excerpt)
        elif excerpt.is_page:
            self._page(parent, excerpt)
        elif excerpt.options.style == MERMAID:
            self._fence(parent, excerpt.lines()[:-1])
        else:
            self._timeline(parent, excerpt)
        return True

    def _fence(self, parent: Element, lines: list[str]) -> None:
        """Leave a fenced block to the extension for fenced blocks, whichever that is."""
        if "fenced_code_block" in self.parser.md.preprocessors:
            lines = self.parser.md.preprocessors["fenced_code_block"].run(lines)
        self.parser.parseChunk(parent, "\n".join(lines).strip("\n"))

    def _diagram(self, parent: Element, excerpt: Excerpt) -> None:
        """Leave a place for a diagram, whose links depend on the rest of the page."""
        stash = self.parser.md.htmlStash
        self.blocks.diagrams[stash.html_counter] = excerpt
        box = SubElement(parent, "div", {"class": "timeline timeline-diagram"})
        box.text = AtomicString(stash.store(""))

    def _page(self, parent: Element, excerpt: Excerpt) -> None:
        """Write the list of the page: its years are headings of this page, all else is HTML."""
        attributes = language_attributes(excerpt.calendar)
        box = SubElement(parent, "div", {"class": PAGE_CLASSES, **attributes})
        level = excerpt.options.heading_level
        listed = excerpt.inline_list(self.blocks.anchors.take_all(excerpt), level + 1)
        for section in listed.sections:
            SubElement(box, f"h{level}").text = AtomicString(section.title)
            self._html(box, section.html)
        self._html(box, listed.end)

    def _html(self, box: Element, html: str) -> None:
        if html.strip():
            for name in _ITEM.findall(html):
                SubElement(box, _ANCHOR, {"id": name})
            SubElement(box, "div").text = AtomicString(self.parser.md.htmlStash.store(html))

    def _timeline(self, parent: Element, excerpt: Excerpt) -> None:
        # In a separate element: otherwise it would be merged with a list before or after it.
        attributes = language_attributes(excerpt.calendar)
        box = SubElement(parent, "div", {"class": "timeline", **attributes})
        self.parser.state.set("timeline")
        self.parser.parseChunk(box, "\n".join(excerpt.lines()).rstrip("\n"))
        self.parser.state.reset()
        notes = {item for numbered in box.iter("ol") for item in numbered}
        items = [item for item in box.iter("li") if item not in notes]
        items += [row for body in box.iter("tbody") for row in body.iter("tr")]
        classes = EventClasses(excerpt.calendar, excerpt.options.as_of)
        for item, event in zip(items, excerpt.events(), strict=True):
            item.set("class", " ".join(classes.of(event)))
            if (name := self.blocks.anchors.take(event, excerpt.calendar)) is not None:
                item.set("id", name)


def _excerpt(block: Block, blocks: _Blocks) -> Excerpt | None:
    """Return the excerpt for a block, ``None`` after an error; log what is wrong."""
    page = blocks.page
    text, first = page.text(block)
    start = text.starts[first]
    opening = _OPENING.fullmatch(text.line(first + 1) or "")
    if opening is None:
        return None
    end = text.line_end(start)
    at = text.span(start + opening.start("fence"), end)
    info = _INFO.fullmatch(opening["info"])
    if len(block.lines) == 1 or info is None:
        fence, written = opening["fence"], opening["info"].strip()
        message, help_ = f"`{written}` is not `{_NAME}`", f"write `{fence}{_NAME}`"
        if info is not None:
            message, help_ = "the block has no end", f"add `{fence}` on a line below it"
        error = Diagnostic(rules.MARKER_SYNTAX, message, at, help=help_)
        page.warn([error], document_of_text(text, [error]))
        return None
    inner = info.span("options" if info["attributes"] is None else "attributes")
    inline, diagnostics = parse_pairs(
        text, *(start + opening.start("info") + index for index in inner)
    )
    options = [*inline]
    for number in range(first + 1, first + len(block.lines) - 1):
        begin, prefix = text.starts[number], _PREFIX.match(text.line(number + 1) or "")
        lines, malformed = parse_entries(
            text, begin + (prefix.end() if prefix else 0), text.line_end(begin)
        )
        options += lines
        diagnostics += malformed
    excerpt, unfit = load_excerpt(
        options,
        at,
        page.load,
        blocks.budget,
        DocumentContext(page.folder, page.whence, day_of_build()),
    )
    diagnostics += unfit
    page.warn(diagnostics, document_of_text(text, diagnostics))
    if diagnostics or excerpt is None:
        return None
    page.warn_of_language(excerpt.calendar)
    return excerpt


class _Diagrams(Postprocessor):
    """Draws the diagrams of a page in the places that are left for them."""

    def __init__(self, md: Markdown, blocks: _Blocks) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, text: str) -> str:
        for number, excerpt in self.blocks.diagrams.items():
            self.md.htmlStash.rawHtmlBlocks[number] = self.blocks.anchors.draw(excerpt)
        self.blocks.diagrams.clear()  # `toc` runs all postprocessors for each heading
        return text


class _Leftovers(Postprocessor):
    """Puts a block back where a page only quotes it: in indented code, in raw HTML."""

    def __init__(self, md: Markdown, blocks: _Blocks) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, text: str) -> str:
        return _MARK.sub(self._written, text)

    def _written(self, match: re.Match[str]) -> str:
        block = self.blocks.taken[int(match[2])]
        # The signs of a block quote are before the mark already, not before the lines below it.
        signs = block.prefix.strip(" ")
        below = f"{signs} " if signs else match[1]
        first, *others = (line.removeprefix(block.prefix) for line in block.lines)
        return html.escape("\n".join([match[1] + first, *(below + line for line in others)]))
