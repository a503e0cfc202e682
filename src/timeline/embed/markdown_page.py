"""Find the file and the folder of the page that Python-Markdown renders."""

from __future__ import annotations

import logging
import os
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from timeline.compiler import cached_loader
from timeline.diagnostics import format_location, locate_all
from timeline.embed.engines import language_warning, warning_text
from timeline.publishing import load_events_file
from timeline.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown import Markdown

    from timeline.compiler import Loaded
    from timeline.diagnostics import Diagnostic
    from timeline.embed.view import Load
    from timeline.model import Calendar
    from timeline.source import Document

_PLAIN = logging.getLogger("MARKDOWN")


class Block(Struct, frozen=True):
    """A block that requests a timeline, with its lines as Python-Markdown has them.

    ``prefix`` is the text before each line: spaces and the signs of block quotes. ``nth`` counts
    the equal blocks above it in the page.
    """

    lines: list[str]
    prefix: str
    nth: int


class Positions:
    """The indices of lines at which blocks begin, computed once for all blocks of a length."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        # A page has thousands of lines, and few of them begin a block.
        self._starts = [at for at, line in enumerate(lines) if "timeline" in line.lower()]
        self._by_size: dict[int, dict[tuple[str, ...], list[int]]] = {}

    def of(self, block: list[str]) -> list[int]:
        """Return the indices at which a block that names ``timeline`` begins, in order."""
        size = len(block)
        if size not in self._by_size:
            positions = self._by_size[size] = {}
            for at in self._starts:
                positions.setdefault(tuple(self._lines[at : at + size]), []).append(at)
        return self._by_size[size].get(tuple(block), [])


class Page(Struct):
    """The file of a page, the folder that paths are relative to, and the log of its warnings.

    ``warned`` has the warnings of the whole build that were logged.
    """

    path: str | None
    folder: str
    whence: str
    log: logging.Logger
    tab: int
    load: Load
    warned: set[str]
    _written: tuple[SourceText, Positions] | None = None

    def text(self, block: Block) -> tuple[SourceText, int]:
        """Return the text with a block, the page or the block alone, and the index of its line."""
        if self.path is not None:
            if self._written is None:
                self._written = self._read(self.path)
            page, written = self._written
            if positions := written.of(block.lines):
                return page, positions[min(block.nth, len(positions) - 1)]
        name = f"{self.path or 'page'} (block `timeline`)"
        return SourceText(name, "\n".join(block.lines)), 0

    def _read(self, path: str) -> tuple[SourceText, Positions]:
        """Read the page, once for all its blocks; a page that cannot be read has none."""
        try:
            page = SourceText(path, Path(path).read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            page = SourceText(path, "")
        lines = [(page.line(number) or "") for number in range(1, len(page.starts) + 1)]
        # As Python-Markdown has them.
        plain = [line.expandtabs(self.tab) if line.strip() else "" for line in lines]
        return page, Positions(plain)

    def warn(self, diagnostics: Iterable[Diagnostic], document: Document) -> None:
        """Log the diagnostics of a document as warnings."""
        _warn(self.log, diagnostics, document)

    def warn_of_language(self, calendar: Calendar) -> None:
        """Log once that the words of timelines are in English because Babel is not installed."""
        warning = language_warning(calendar)
        if warning and warning not in self.warned:
            self.warned.add(warning)
            self.log.warning("%s", warning)


def _warn(log: logging.Logger, diagnostics: Iterable[Diagnostic], document: Document) -> None:
    """Log diagnostics as warnings of the engine."""
    for diagnostic, span, _ in locate_all(diagnostics, document):
        log.warning(
            "%s: %s[%s]: %s",
            format_location(span),
            diagnostic.severity,
            diagnostic.code,
            warning_text(diagnostic),
        )


def _loader(log: logging.Logger) -> Load:
    def report(loaded: Loaded) -> None:
        _warn(log, loaded.diagnostics, loaded.document)

    return cached_loader(report, load_events_file)


_BUILD: list[tuple[weakref.ref[Any], Load, set[str]]] = []
"""The configuration of the last build, its loader and its warnings."""


def _build_of(config: Any, log: logging.Logger) -> tuple[Load, set[str]]:
    """Return the loader of a build, which reports the diagnostics of each file once.

    With it are the other warnings of the build. MkDocs and its forks read the configuration again
    for each build, also while they serve.
    """
    if not _BUILD or _BUILD[0][0]() is not config:
        _BUILD[:] = [(weakref.ref(config), _loader(log), set())]
    return _BUILD[0][1:]


def page_of(md: Markdown) -> Page:
    """Return the page that the engine renders.

    Python-Markdown does not know pages. MkDocs and its forks register a treeprocessor that does,
    Zensical a preprocessor.
    """
    tab = md.tab_length
    if "relpath" in md.treeprocessors:
        relpath: Any = md.treeprocessors["relpath"]
        log = logging.getLogger(f"{type(relpath).__module__.partition('.')[0]}.timeline")
        config = _near(relpath.config.config_file_path or "mkdocs.yml")
        return Page(
            _near(relpath.file.abs_src_path or relpath.file.src_uri),
            os.path.dirname(config),  # noqa: PTH120 - as text
            f"the folder of `{config}`",
            log,
            tab,
            *_build_of(relpath.config, log),
        )
    if "rendering_context" in md.preprocessors:
        context: Any = md.preprocessors["rendering_context"]
        root, docs = context.config["root_dir"], context.config["docs_dir"]
        path = os.path.join(root, docs, context.page.path)  # noqa: PTH118 - as text
        whence = "the root of the site"
        return Page(_near(path), _near(root), whence, _PLAIN, tab, _loader(_PLAIN), set())
    return Page(None, "", "the current folder", _PLAIN, tab, _loader(_PLAIN), set())


def _near(path: str) -> str:
    """Return a path relative to the current folder if it is below it, else as it is."""
    here = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118 - as text
    return "" if os.path.join(path, "") == here else path.removeprefix(here)  # noqa: PTH118 - as text
