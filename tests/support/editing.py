"""Open texts in the workspace of an editor, without an editor: for tests of what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from timeline.editor.analysis import Place, find_places
from timeline.editor.workspace import Workspace
from timeline.source.text import with_edits

if TYPE_CHECKING:
    from timeline.diagnostics import Edit
    from timeline.editor.analysis import Analysis
    from timeline.editor.texts import Change

CALENDAR = "calendar: {id: example.org, name: Example}\n"


class Editor:
    """An editor with a folder open; the files in it are on the disk, and texts may differ."""

    def __init__(self, folder: Path, *, has_folder: bool = True) -> None:
        self.folder = folder
        self.workspace = Workspace([str(folder)] if has_folder else [])

    def write(self, name: str, text: str) -> Path:
        """Write a file to the disk."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    def type(self, text: str, name: str = "events.yaml") -> Analysis:
        """Make a text that of a file, in the editor alone, and return the analysis of the file."""
        path = str(self.folder / name)
        self.workspace.set_text(path, text)
        return self._analysis(path)

    def change(self, change: Change, encoding: str, name: str = "events.yaml") -> Analysis:
        """Change the text of a file as an editor does, and return the analysis of the file."""
        path = str(self.folder / name)
        self.workspace.change_text(path, [change], 1, encoding)
        return self._analysis(path)

    def _analysis(self, path: str) -> Analysis:
        self.update()
        analysis = self.workspace.analysis_of(path)
        assert analysis is not None, f"{path} is left alone"
        return analysis[0]

    def update(self, *, is_disk_changed: bool = False) -> None:
        """Analyse what is open."""
        analyses = self.workspace.analyse(
            self.workspace.snapshot(), is_disk_changed=is_disk_changed
        )
        self.workspace.keep(analyses)
        for analysis in analyses.values():
            find_places(analysis)

    def reports(self) -> list[tuple[str, int, str]]:
        """Return the file, line and code of all diagnostics."""
        return [
            (str(Path(of.span.file).relative_to(self.folder)), of.span.line, of.diagnostic.code)
            for analysis in self.workspace.analyses.values()
            for of in analysis.located
        ]


def place_of(analysis: Analysis, text: str, file: str | None = None, *, offset: int = 0) -> Place:
    """Return the place of the only occurrence of a text in a file, some characters into it."""
    name = file or analysis.root
    source = analysis.document.text(name)
    assert source.raw.count(text) == 1, f"{text!r} occurs {source.raw.count(text)} times"
    return Place(name, *source.place(source.raw.index(text) + offset))


def edited(analysis: Analysis, edits: list[Edit], file: str | None = None) -> str:
    """Return the text of a file after some edits."""
    name = file or analysis.root
    own = [edit for edit in edits if edit.at.file == name]
    text = analysis.document.text(name)
    return (text.mark or b"").decode() + with_edits(text, own)
