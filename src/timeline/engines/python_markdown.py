"""A fenced block `timeline` for Python-Markdown, and so for MkDocs, its forks and Zensical.

A preprocessor takes the blocks out before any other extension reads them, and leaves a mark that
only it can write. Where a block processor meets the mark, in a page, an item, a tab or an
admonition, the Markdown is parsed there. So no extension sees the events' text before it is
escaped into elements, and every item can have its id. A diagram stays text: it is a fenced block
`mermaid`, which is for other extensions to draw.
"""

from __future__ import annotations

import html
import logging
import os
import re
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import SubElement

from markdown import Extension
from markdown.blockprocessors import BlockProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX

from timeline import markers, source
from timeline.embed import show
from timeline.engines import Anchors, sentence
from timeline.formats.markdown import MERMAID
from timeline.load import loader
from timeline.records import dataclass
from timeline.report import place, placed
from timeline.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

    from markdown import Markdown

    from timeline.diagnostics import Diagnostic
    from timeline.embed import Load, Shown
    from timeline.load import Loaded
    from timeline.source import Document


class TimelineExtension(Extension):
    """Puts timelines where a page has fenced blocks of that name."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register what the extension is made of."""
        md.registerExtensions(["tables"], {})
        blocks = _Blocks()
        # After front matter (27) and snippets (32) are read, before fenced code (25).
        md.preprocessors.register(_Fences(md, blocks), "timeline", 26)
        # After indented code and nested lists are told from the rest, before lists.
        md.parser.blockprocessors.register(_Marks(md.parser, blocks), "timeline", 45)
        # After raw HTML is back (30), in which a mark may stand.
        md.postprocessors.register(_Leftovers(md, blocks), "timeline", 5)


def makeExtension(**options: Any) -> TimelineExtension:  # noqa: N802 - Python-Markdown's name
    """Make the extension, for those who name the module."""
    return TimelineExtension(**options)


@dataclass(frozen=True, slots=True)
class _Block:
    """A timeline that is to stand at a mark, and the lines that it was asked for with."""

    shown: Shown
    lines: list[str]
    indent: str


@dataclass(slots=True)
class _Blocks:
    """Those of the page that is being rendered, by the number in the mark, and the ids it has."""

    taken: list[_Block] = field(default_factory=list)
    anchors: Anchors = field(default_factory=Anchors)


_MARK = re.compile(rf"( *){STX}timeline:([0-9]+){ETX}")


def _mark(number: int) -> str:
    # Python-Markdown removes both characters from what authors write.
    return f"{STX}timeline:{number}{ETX}"


_OPENING = re.compile(r"(?P<indent> *)(?P<fence>`{3,}|~{3,}) *(?P<info>[^`]*)")
_NAME = "timeline"
_INFO = re.compile(rf"{_NAME}(?=\s|$)")


class _Fences(Preprocessor):
    """Takes the blocks out of a page, and says what is wrong with them."""

    def __init__(self, md: Markdown, blocks: _Blocks) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, lines: list[str]) -> list[str]:
        self.blocks.taken.clear()
        self.blocks.anchors = Anchors()
        page = _page(self.md)
        load = loader(page.tell_of_file)
        made: list[str] = []
        index = 0
        while index < len(lines):
            opening = _OPENING.fullmatch(lines[index])
            end = _end(lines, index, opening["fence"]) if opening else index + 1
            block = lines[index:end]
            index = end
            stands = None
            if opening and len(block) > 1 and _INFO.match(opening["info"]):
                stands = self._drawn(block, opening, page, load)
            if stands is None:
                made += block
                continue
            made += [""] if made and made[-1] else []
            made += stands
            made += [""] if index < len(lines) and lines[index] else []
        return made

    def _drawn(
        self, block: list[str], opening: re.Match[str], page: _Page, load: Load
    ) -> list[str] | None:
        """Give the lines that come to stand in place of a block, if no mistake is in the way."""
        text, start = page.text(block)
        body = start + len(block[0]) + 1
        inline, wrong = markers.pairs(text, start + opening.start("info") + len(_NAME), body - 1)
        lines, misshapen = markers.entries(text, body, body + len("\n".join(block[1:-1])))
        at = text.span(start + opening.end("indent"), body - 1)
        shown, unfit = show([*inline, *lines], at, page.folder, load, whence=page.whence)
        mistakes = [*wrong, *misshapen, *unfit]
        page.tell(mistakes, source.unread(text, mistakes))
        if shown is None or mistakes:
            return None
        if shown.options.style == MERMAID:
            return [opening["indent"] + line if line else "" for line in shown.lines()[:-1]]
        self.blocks.taken.append(_Block(shown, block, opening["indent"]))
        return [opening["indent"] + _mark(len(self.blocks.taken) - 1)]


def _end(lines: list[str], index: int, fence: str) -> int:
    """Give the line behind the block that begins at a line, or the next one if it has no end."""
    closing = re.compile(rf" *{fence}{fence[0]}* *")
    ends = (number for number in range(index + 1, len(lines)) if closing.fullmatch(lines[number]))
    return next(ends, index) + 1


class _Marks(BlockProcessor):
    """Parses the Markdown of a timeline where its mark stands."""

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
        shown = self.blocks.taken[int(match[2])].shown
        # A box of its own, or a list that goes before or comes after it would be one with its own.
        box = SubElement(parent, "div", {"class": "timeline"})
        self.parser.state.set("timeline")
        self.parser.parseChunk(box, "\n".join(shown.lines()).rstrip("\n"))
        self.parser.state.reset()
        items = [*box.iter("li"), *(row for body in box.iter("tbody") for row in body.iter("tr"))]
        for item, event in zip(items, shown.events(), strict=True):
            if (name := self.blocks.anchors.take(event, shown.calendar)) is not None:
                item.set("id", name)
        return True


class _Leftovers(Postprocessor):
    """Puts back what was asked for where a page only shows it: in indented code, in raw HTML."""

    def __init__(self, md: Markdown, blocks: _Blocks) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, text: str) -> str:
        return _MARK.sub(self._written, text)

    def _written(self, match: re.Match[str]) -> str:
        block = self.blocks.taken[int(match[2])]
        lines = (match[1] + line.removeprefix(block.indent) for line in block.lines)
        return html.escape("\n".join(lines))


# The page, as far as the engine says where it is.


@dataclass(frozen=True, slots=True)
class _Page:
    """The file of a page, the folder that paths are written from, and where warnings go."""

    path: str | None
    folder: str
    whence: str
    log: logging.Logger

    def text(self, block: list[str]) -> tuple[Text, int]:
        """Give the text that a block stands in, and where: the page, or what is known of it."""
        written = "\n".join(block)
        if self.path is not None:
            try:
                page = Path(self.path).read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError):
                page = ""
            # Where the same block is in the page twice, its mistakes are the same, too.
            if (start := page.find(written)) >= 0:
                return Text(self.path, page), start
        return Text(f"{self.path or 'page'} (block `timeline`)", written), 0

    def tell_of_file(self, loaded: Loaded) -> None:
        self.tell(loaded.diagnostics, loaded.document)

    def tell(self, diagnostics: Iterable[Diagnostic], document: Document) -> None:
        """Warn, as the engine does, of what is wrong in a file."""
        for found, span, _ in placed(diagnostics, document):
            self.log.warning(
                "%s: %s[%s]: %s", place(span), found.severity, found.code, sentence(found)
            )


def _page(md: Markdown) -> _Page:
    """Ask the engine for the page that it renders.

    Python-Markdown does not know pages. MkDocs and its forks register a treeprocessor that does,
    Zensical a preprocessor.
    """
    if "relpath" in md.treeprocessors:
        relpath: Any = md.treeprocessors["relpath"]
        engine = type(relpath).__module__.partition(".")[0]
        config = _near(relpath.config.config_file_path or "mkdocs.yml")
        return _Page(
            _near(relpath.file.abs_src_path or relpath.file.src_uri),
            os.path.dirname(config),  # noqa: PTH120 - as text
            f"the folder of `{config}`",
            logging.getLogger(f"{engine}.timeline"),
        )
    if "rendering_context" in md.preprocessors:
        context: Any = md.preprocessors["rendering_context"]
        root, docs = context.config["root_dir"], context.config["docs_dir"]
        path = os.path.join(root, docs, context.page.path)  # noqa: PTH118 - as text
        return _Page(_near(path), _near(root), "the root of the site", _PLAIN)
    return _Page(None, "", "the current folder", _PLAIN)


_PLAIN = logging.getLogger("MARKDOWN")


def _near(path: str) -> str:
    """Give a path as one would type it: from the current folder, if it is below it."""
    here = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118 - as text
    return "" if os.path.join(path, "") == here else path.removeprefix(here)  # noqa: PTH118 - as text
