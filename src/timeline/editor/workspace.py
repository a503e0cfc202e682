"""The texts that are open in an editor, and the analyses of the events files that they belong to.

The main thread opens, changes and closes texts, and another one analyses what they were at some
moment: the texts of an `OpenFiles` do not change.
"""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.editor.analysis import Analysis, analyse
from timeline.editor.roots import has_name_of_events_file, including_file, is_events_file
from timeline.editor.texts import OpenText
from timeline.editor.tree import Opened, OpenFiles
from timeline.source import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.editor.texts import Change


class Workspace:
    """The folders of an editor, its open texts, and an analysis of each events file.

    ``analyses`` are by the path of the events file, as the editor has it.
    """

    def __init__(self, folders: Iterable[str] = ()) -> None:
        self.folders = list(folders)
        self.analyses: dict[str, Analysis] = {}
        self._texts: dict[str, OpenText] = {}  # by path as the editor has it
        self._shown: dict[str, OpenText] = {}  # by real path, of two the one that was changed last
        self._including: dict[str, str | None] = {}

    def set_text(self, path: str, text: str, uri: str = "", version: int | None = None) -> None:
        """Take the text of a file that is opened."""
        if path not in self._texts:
            self.forget_disk()
        opened = OpenText(Opened(path, uri, version), text)
        self._texts[path] = self._shown[opened.real] = opened

    def change_text(
        self, path: str, changes: Iterable[Change], version: int, encoding: str
    ) -> None:
        """Change the text of a file; one that is not open has no text to change."""
        if (text := self._texts.get(path)) is None:
            return
        self._shown[text.real] = text
        for change in changes:
            text.change(change, encoding)
        text.known = replace(text.known, version=version)

    def remove_text(self, path: str) -> None:
        """Forget the text of a file: what is on the disk counts again."""
        text = self._texts.pop(path, None)
        if text is not None and self._shown.get(text.real) is text:
            del self._shown[text.real]
            same = (other for other in self._texts.values() if other.real == text.real)
            self._shown.update((other.real, other) for other in same)
        self.forget_disk()

    def forget_disk(self) -> None:
        """Forget which file includes which, after files have changed on the disk."""
        self._including = {}  # another analysis may still add to the one before

    def lines(self, path: str) -> list[str] | None:
        """Return the lines of an open text as it is now, ``None`` where it is not open."""
        text = self._texts.get(path)
        return None if text is None else text.lines

    def snapshot(self) -> OpenFiles:
        """Return the files as they are now; of one that is open twice, what was changed last.

        Without a folder, as for a file that is opened alone, those beside open texts are read.
        """
        return OpenFiles(
            self.folders or map(os.path.dirname, self._shown),
            {real: text.content for real, text in self._shown.items()},
            {real: text.known for real, text in self._shown.items()},
            self._including,
        )

    def analyse(self, tree: OpenFiles, *, is_disk_changed: bool = False) -> dict[str, Analysis]:
        """Return the analyses of the events files that the open texts belong to.

        Those that have no changed text are as before, unless other files have changed.
        """
        before = self.analyses
        analyses: dict[str, Analysis] = {}

        def add(root: str | None) -> None:
            if root is None or root in analyses:
                return
            last = before.get(root)
            if last is not None and not is_disk_changed and not _is_changed(last, tree):
                analyses[root] = last
                return
            with suppress(UnreadableFile):
                analyses[root] = analyse(root, tree, last)

        for real, content in tree.contents.items():
            if is_events_file(path := tree.known[real].path, content):
                add(path)
        for latest in (before, analyses):  # again for what its events file does not include now
            for real in tree.contents:
                if any(real in analysis.names for analysis in analyses.values()):
                    continue
                if latest is analyses and tree.including.get(real) is not None:
                    del tree.including[real]
                add(_root_of(real, tree, latest))
        return analyses

    def keep(self, analyses: Mapping[str, Analysis]) -> None:
        """Answer from these analyses from now on."""
        self.analyses = dict(analyses)

    def analysis_of(self, path: str) -> tuple[Analysis, str] | None:
        """Return the analysis that a file is in, and the name of the file there.

        Of two, that of the events file itself.
        """
        real = os.path.realpath(path)
        analyses = sorted(self.analyses.values(), key=lambda of: os.path.realpath(of.root) != real)
        return next(((of, of.names[real]) for of in analyses if real in of.names), None)


def _root_of(real: str, tree: OpenFiles, analyses: Mapping[str, Analysis]) -> str | None:
    """Return the events file that a text without a calendar belongs to; ``None`` for other YAML."""
    path = tree.known[real].path
    for root, analysis in analyses.items():
        # With a syntax error, it may not be known what the file includes now.
        states = (analysis, analysis.last_readable)
        if os.path.realpath(root) != real and any(of and real in of.names for of in states):
            return root
    if real not in tree.including:
        tree.including[real] = including_file(real, tree)
    including = tree.including[real]
    if including is not None:
        known = tree.known.get(os.path.realpath(including))
        return known.path if known else including
    return path if has_name_of_events_file(path) else None


def _is_changed(analysis: Analysis, tree: OpenFiles) -> bool:
    """Return whether a text of a file, or its version, differs, or others are open than before."""
    before = analysis.tree
    if before.contents.keys() != tree.contents.keys() or before.folders != tree.folders:
        return True
    return any(
        before.contents.get(real) is not tree.contents.get(real)
        or before.known.get(real) != tree.known.get(real)
        for real in analysis.names
    )


def has_mark(analysis: Analysis, file: str) -> bool:
    """Return whether an open text begins with a byte order mark, which is no character of ours."""
    content = analysis.tree.contents.get(os.path.realpath(file))
    return content is not None and content.startswith(BOM_UTF8)
