"""A fenced block `timeline` for Python-Markdown, and so for MkDocs, its forks and Zensical.

A preprocessor takes the blocks out before any other extension reads them, and leaves a mark that
only it can write. Where a block processor meets the mark, in a page, an item, a tab or an
admonition, the options are read and the Markdown is parsed. So a block that a page only shows, in
indented code or in a comment, has no mistakes; no extension sees the events' text before it is
escaped into elements, and every item can have its id. A diagram stays text: it is a fenced block
`mermaid`, which is for other extensions to draw.
"""

from __future__ import annotations

import html
import logging
import os
import re
import weakref
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import SubElement

from markdown import Extension
from markdown.blockprocessors import BlockProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX

from timeline._records import dataclass
from timeline.compiler.pipeline import loader
from timeline.diagnostics import rules
from timeline.diagnostics.model import Diagnostic
from timeline.diagnostics.placement import locate_all
from timeline.diagnostics.render.cells import format_location
from timeline.embed import markers
from timeline.embed.document import show
from timeline.embed.engines import Anchors, sentence
from timeline.formats.markdown.options import MERMAID
from timeline.source.document import document_of_text
from timeline.source.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from markdown import Markdown

    from timeline.embed.document import Load, Shown
    from timeline.source.document import Document


class TimelineExtension(Extension):
    """Puts timelines where a page has fenced blocks of that name."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register what the extension is made of."""
        md.registerExtensions(["tables"], {})
        blocks = _Blocks(_page(md))
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
    """What asks for a timeline: its lines as Python-Markdown has them, and the how many-th it is.

    ``prefix`` is what stands before each line, blanks and the signs of quotations.
    """

    lines: list[str]
    prefix: str
    nth: int


@dataclass(slots=True)
class _Blocks:
    """Those of the page that is being rendered, by the number in the mark, and the ids it has."""

    page: _Page
    taken: list[_Block] = field(default_factory=list)
    anchors: Anchors = field(default_factory=Anchors)


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
    """Takes the blocks out of a page, also those that are nearly some."""

    def __init__(self, md: Markdown, blocks: _Blocks) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, lines: list[str]) -> list[str]:
        self.blocks.page = _page(self.md)
        self.blocks.taken.clear()
        self.blocks.anchors = Anchors()
        made: list[str] = []
        index = 0
        while index < len(lines):
            opening = _OPENING.fullmatch(lines[index])
            end = _end(lines, index, opening) if opening else index + 1
            block = lines[index:end]
            if opening is None or not _NEARLY.match(opening["info"]):
                made += block
            else:
                prefix = opening["prefix"]
                nth = len(list(_places(lines[:end], block))) - 1
                empty = prefix.rstrip()
                made += [empty] if made and made[-1].strip("> ") else []
                made.append(prefix + _mark(len(self.blocks.taken)))
                made += [empty] if end < len(lines) and lines[end].strip("> ") else []
                self.blocks.taken.append(_Block(block, prefix, nth))
            index = end
        return made


def _end(lines: list[str], index: int, opening: re.Match[str]) -> int:
    """Give the line behind the block that begins at a line, or the next one if it has no end."""
    fence, depth = opening["fence"], opening["prefix"].count(">")
    closing = re.compile(rf" *{fence}{fence[0]}* *")
    for number in range(index + 1, len(lines)):
        prefix = _PREFIX.match(lines[number])
        if prefix is None or prefix[0].count(">") < depth:
            break  # the quotation ends
        if closing.fullmatch(re.sub(rf"(?: *>){{{depth}}}", "", lines[number], count=1)):
            return number + 1
    return index + 1


def _places(lines: list[str], block: list[str]) -> Iterator[int]:
    """Give the indices at which a block stands."""
    size = len(block)
    return (at for at in range(len(lines) - size + 1) if lines[at : at + size] == block)


class _Marks(BlockProcessor):
    """Parses the Markdown of a timeline where its mark stands, so that none is drawn elsewhere."""

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
        shown = _shown(block, self.blocks.page)
        if shown is None:
            self._fence(parent, [line.removeprefix(block.prefix) for line in block.lines])
        elif shown.options.style == MERMAID:
            self._fence(parent, shown.lines()[:-1])
        else:
            self._timeline(parent, shown)
        return True

    def _fence(self, parent: Element, lines: list[str]) -> None:
        """Leave a fenced block to the extension that is for them, whichever that is."""
        if "fenced_code_block" in self.parser.md.preprocessors:
            lines = self.parser.md.preprocessors["fenced_code_block"].run(lines)
        self.parser.parseChunk(parent, "\n".join(lines).strip("\n"))

    def _timeline(self, parent: Element, shown: Shown) -> None:
        # A box of its own, or a list that goes before or comes after it would be one with its own.
        box = SubElement(parent, "div", {"class": "timeline"})
        self.parser.state.set("timeline")
        self.parser.parseChunk(box, "\n".join(shown.lines()).rstrip("\n"))
        self.parser.state.reset()
        items = [*box.iter("li"), *(row for body in box.iter("tbody") for row in body.iter("tr"))]
        for item, event in zip(items, shown.events(), strict=True):
            if (name := self.blocks.anchors.take(event, shown.calendar)) is not None:
                item.set("id", name)


def _shown(block: _Block, page: _Page) -> Shown | None:
    """Give what a block asks for, if no mistake is in the way, and tell what is wrong."""
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
            message, help_ = "the block has no end", f"put `{fence}` on a line below it"
        mistake = Diagnostic(rules.MARKER_SYNTAX, message, at, help=help_)
        page.tell([mistake], document_of_text(text, [mistake]))
        return None
    inner = info.span("options" if info["attributes"] is None else "attributes")
    inline, mistakes = markers.pairs(
        text, *(start + opening.start("info") + index for index in inner)
    )
    options = [*inline]
    for number in range(first + 1, first + len(block.lines) - 1):
        begin, prefix = text.starts[number], _PREFIX.match(text.line(number + 1) or "")
        lines, misshapen = markers.entries(
            text, begin + (prefix.end() if prefix else 0), text.line_end(begin)
        )
        options += lines
        mistakes += misshapen
    shown, unfit = show(options, at, page.folder, page.load, whence=page.whence)
    mistakes += unfit
    page.tell(mistakes, document_of_text(text, mistakes))
    return None if mistakes else shown


class _Leftovers(Postprocessor):
    """Puts back what was asked for where a page only shows it: in indented code, in raw HTML."""

    def __init__(self, md: Markdown, blocks: _Blocks) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, text: str) -> str:
        return _MARK.sub(self._written, text)

    def _written(self, match: re.Match[str]) -> str:
        block = self.blocks.taken[int(match[2])]
        # The signs of a quotation stand before the mark already, not before the lines below it.
        signs = block.prefix.strip(" ")
        below = f"{signs} " if signs else match[1]
        first, *others = (line.removeprefix(block.prefix) for line in block.lines)
        return html.escape("\n".join([match[1] + first, *(below + line for line in others)]))


# The page, as far as the engine says where it is.


@dataclass(frozen=True, slots=True)
class _Page:
    """The file of a page, the folder that paths are written from, and where warnings go."""

    path: str | None
    folder: str
    whence: str
    log: logging.Logger
    tab: int
    load: Load

    def text(self, block: _Block) -> tuple[Text, int]:
        """Give the text that a block stands in, the page or what is known of it, and its line."""
        if self.path is not None:
            try:
                page = Text(self.path, Path(self.path).read_text(encoding="utf-8-sig"))
            except (OSError, UnicodeDecodeError):
                page = Text(self.path, "")
            lines = [(page.line(number) or "") for number in range(1, len(page.starts) + 1)]
            # As Python-Markdown has them.
            plain = [line.expandtabs(self.tab) if line.strip() else "" for line in lines]
            found = list(_places(plain, block.lines))
            if found:
                return page, found[min(block.nth, len(found) - 1)]
        name = f"{self.path or 'page'} (block `timeline`)"
        return Text(name, "\n".join(block.lines)), 0

    def tell(self, diagnostics: Iterable[Diagnostic], document: Document) -> None:
        _tell(self.log, diagnostics, document)


def _tell(log: logging.Logger, diagnostics: Iterable[Diagnostic], document: Document) -> None:
    """Warn, as the engine does, of what is wrong in a file."""
    for found, span, _ in locate_all(diagnostics, document):
        log.warning(
            "%s: %s[%s]: %s", format_location(span), found.severity, found.code, sentence(found)
        )


def _loader(log: logging.Logger) -> Load:
    return loader(lambda loaded: _tell(log, loaded.diagnostics, loaded.document))


_BUILD: list[tuple[weakref.ref[Any], Load]] = []  # the last one's configuration, and what it read


def _loader_of(config: Any, log: logging.Logger) -> Load:
    """Give what loads files in a build, which tells the mistakes of each once.

    MkDocs and its forks read the configuration anew for each build, also while they serve.
    """
    if not _BUILD or _BUILD[0][0]() is not config:
        _BUILD[:] = [(weakref.ref(config), _loader(log))]
    return _BUILD[0][1]


def _page(md: Markdown) -> _Page:
    """Ask the engine for the page that it renders.

    Python-Markdown does not know pages. MkDocs and its forks register a treeprocessor that does,
    Zensical a preprocessor.
    """
    tab = md.tab_length
    if "relpath" in md.treeprocessors:
        relpath: Any = md.treeprocessors["relpath"]
        log = logging.getLogger(f"{type(relpath).__module__.partition('.')[0]}.timeline")
        config = _near(relpath.config.config_file_path or "mkdocs.yml")
        return _Page(
            _near(relpath.file.abs_src_path or relpath.file.src_uri),
            os.path.dirname(config),  # noqa: PTH120 - as text
            f"the folder of `{config}`",
            log,
            tab,
            _loader_of(relpath.config, log),
        )
    if "rendering_context" in md.preprocessors:
        context: Any = md.preprocessors["rendering_context"]
        root, docs = context.config["root_dir"], context.config["docs_dir"]
        path = os.path.join(root, docs, context.page.path)  # noqa: PTH118 - as text
        whence = "the root of the site"
        return _Page(_near(path), _near(root), whence, _PLAIN, tab, _loader(_PLAIN))
    return _Page(None, "", "the current folder", _PLAIN, tab, _loader(_PLAIN))


_PLAIN = logging.getLogger("MARKDOWN")


def _near(path: str) -> str:
    """Give a path as one would type it: from the current folder, if it is below it."""
    here = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118 - as text
    return "" if os.path.join(path, "") == here else path.removeprefix(here)  # noqa: PTH118 - as text
