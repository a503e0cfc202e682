"""The texts that are open in an editor, and the analyses of the events files that they belong to.

The main thread opens, changes and closes texts, and another one analyses what they were at some
moment: a `OpenFiles` does not change.
"""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from contextlib import suppress
from typing import TYPE_CHECKING

from timeline.editor.analysis import Analysis, analyse
from timeline.editor.lines import split_lines
from timeline.editor.roots import has_name_of_events_file, including_file, is_events_file
from timeline.editor.tree import OpenFiles
from timeline.source import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Workspace:
    """The folders of an editor, its open texts by real path, and an analysis of each events file.

    ``analyses`` are by the path of the events file, as the editor has it.
    """

    def __init__(self, folders: Iterable[str] = ()) -> None:
        self.folders = list(folders)
        self.analyses: dict[str, Analysis] = {}
        self._contents: dict[str, bytes] = {}
        self._paths: dict[str, str] = {}  # as the editor has them, by real path
        self._including: dict[str, str | None] = {}

    def set_text(self, path: str, text: str) -> None:
        """Take the text of a file that is opened, or that has changed."""
        real = os.path.realpath(path)
        if real not in self._contents:
            self.forget_disk()
        self._paths[real] = path
        self._contents[real] = text.encode("utf-8", "surrogatepass")

    def remove_text(self, path: str) -> None:
        """Forget the text of a file: what is on the disk counts again."""
        real = os.path.realpath(path)
        self._contents.pop(real, None)
        self._paths.pop(real, None)
        self.forget_disk()

    def forget_disk(self) -> None:
        """Forget which file includes which, after files have changed on the disk."""
        self._including.clear()

    def lines(self, path: str) -> list[str] | None:
        """Return the lines of an open text as it is now, ``None`` where it is not open."""
        content = self._contents.get(os.path.realpath(path))
        if content is None:
            return None
        return split_lines(content.decode("utf-8", "surrogatepass"))

    def snapshot(self) -> OpenFiles:
        """Return the files as they are now.

        Without a folder, as for a file that is opened alone, those beside open texts are read.
        """
        alone = map(os.path.dirname, self._contents)
        return OpenFiles(self.folders or alone, dict(self._contents))

    def analyse(self, tree: OpenFiles, *, is_disk_changed: bool = False) -> dict[str, Analysis]:
        """Return the analyses of the events files that the open texts belong to.

        Those that have no changed text are as before, unless other files have changed.
        """
        before = self.analyses
        analyses: dict[str, Analysis] = {}
        for real in tree.contents:
            root = self._root_of(real, tree, before)
            if root is None or root in analyses:
                continue
            last = before.get(root)
            if last is not None and not is_disk_changed and not _is_changed(last, tree):
                analyses[root] = last
                continue
            with suppress(UnreadableFile):
                analyses[root] = analyse(root, tree, last)
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

    def _root_of(self, real: str, tree: OpenFiles, analyses: Mapping[str, Analysis]) -> str | None:
        """Return the events file that an open text is or belongs to; ``None`` for other YAML."""
        path = self._paths.get(real, real)
        if is_events_file(path, tree.contents[real]):
            return path
        for root, analysis in analyses.items():
            if real in analysis.names and os.path.realpath(root) != real:
                return root
        if real not in self._including:
            self._including[real] = including_file(real, tree)
        including = self._including[real]
        if including is not None:
            return self._paths.get(os.path.realpath(including), including)
        return path if has_name_of_events_file(path) else None


def _is_changed(analysis: Analysis, tree: OpenFiles) -> bool:
    """Return whether a text of a file differs, or others are open than before."""
    before, now = analysis.tree.contents, tree.contents
    if before.keys() != now.keys() or analysis.tree.folders != tree.folders:
        return True
    return any(before.get(real) is not now.get(real) for real in analysis.names)


def has_mark(analysis: Analysis, file: str) -> bool:
    """Return whether an open text begins with a byte order mark, which is no character of ours."""
    content = analysis.tree.contents.get(os.path.realpath(file))
    return content is not None and content.startswith(BOM_UTF8)
