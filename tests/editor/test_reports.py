"""What another server reports of open texts is left to it, and each version has its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.editing import CALENDAR, Editor

pytest.importorskip("pygls", reason="needs pygls, as `timeline lsp` does")

from timeline.editor.convert import Converter
from timeline.editor.reports import Reports

if TYPE_CHECKING:
    from pathlib import Path

INCLUDING = f"{CALENDAR}include: [teams/a.yaml]\nevents: []\n"
MISSPELT = "events: [{id: a, summary: A, start: 5 May 2026, locaton: Paris}]\n"
"""The schema rejects the key; what to write as a date is only known here."""


def changed(reports: Reports, editor: Editor) -> dict[str, tuple[int | None, list[object]]]:
    """Return the version and the codes of what is sent, by the name of the file."""
    analyses = editor.workspace.analyses
    converters = {root: Converter(analysis, "utf-16") for root, analysis in analyses.items()}
    return {
        uri.rpartition("/")[2]: (report.version, [of.code for of in report.diagnostics])
        for uri, report in reports.changed(analyses, converters)
    }


@pytest.mark.parametrize("text", [MISSPELT, "events: [{id: 'a, summary: A\n"], ids=["key", "quote"])
def test_only_of_open_texts_is_anything_left_to_another_server(tmp_path: Path, text: str) -> None:
    editor, reports, everything = Editor(tmp_path), Reports(), Reports()
    reports.has_schema_server = True
    editor.write("teams/a.yaml", text)
    editor.type(INCLUDING)
    included = changed(everything, editor)["a.yaml"]
    assert changed(reports, editor)["a.yaml"] == included
    editor.type(text, "teams/a.yaml")
    assert len(changed(reports, editor)["a.yaml"][1]) < len(included[1])


def test_each_version_is_reported_to_an_editor_that_asks_for_it(tmp_path: Path) -> None:
    editor, reports = Editor(tmp_path), Reports()
    path, uri = str(tmp_path / "events.yaml"), (tmp_path / "events.yaml").as_uri()
    sent = []
    for reports.has_versions in (False, True):
        for version in (1, 2):
            editor.workspace.set_text(path, MISSPELT + CALENDAR, uri, version)
            editor.update()
            sent += [of for of, _ in changed(reports, editor).values()]
    assert sent == [None, 1, 2], "the same diagnostics are sent again with a version only"


def test_the_reports_of_closed_texts_are_removed_in_the_order_of_the_texts(tmp_path: Path) -> None:
    editor, reports = Editor(tmp_path), Reports()
    for number in range(12):
        editor.type(CALENDAR + MISSPELT, f"{number}.timeline.yaml")
    analyses = editor.workspace.analyses
    converters = {root: Converter(analysis, "utf-16") for root, analysis in analyses.items()}
    sent = [uri for uri, _ in reports.changed(analyses, converters)]
    assert len(sent) == 12
    assert [*reports.changed({}, {})] == [(uri, (None, [])) for uri in sent]
    assert [*reports.changed({}, {})] == []
