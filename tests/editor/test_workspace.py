"""Open texts are compiled as `timeline validate` compiles files, with other open texts in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("pygls", reason="needs pygls, as `timeline lsp` does")

from support.editing import CALENDAR, Editor, edited
from support.paths import BAD
from timeline._limits import MAX_BYTES
from timeline.diagnostics import locate_all
from timeline.editor import workspace
from timeline.editor.actions import fix_all
from timeline.editor.convert import Converter
from timeline.editor.roots import including_file
from timeline.publishing import load_events_file

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.editor.tree import OpenFiles

EVENT = "events: [{id: first, summary: First, start: 2026-01-05}]\n"
INCLUDING = f"{CALENDAR}include: [teams/a.yaml]\nevents: []\n"


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    return Editor(tmp_path)


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml"))[::12], ids=lambda path: path.stem)
def test_a_text_has_the_diagnostics_of_the_file(editor: Editor, path: Path) -> None:
    content = path.read_bytes()
    file = editor.folder / "events.yaml"
    file.write_bytes(content)
    expected = load_events_file(str(file))
    try:
        text = content.decode()
    except UnicodeDecodeError:
        pytest.skip("an editor has characters, and no bytes")
    file.unlink()
    assert editor.type(text).located == locate_all(expected.diagnostics, expected.document)


def test_an_open_text_counts_and_not_what_is_saved(editor: Editor) -> None:
    editor.write("events.yaml", CALENDAR + "events: [")
    assert editor.type(CALENDAR + EVENT).located == []
    editor.workspace.remove_text(str(editor.folder / "events.yaml"))
    editor.update()
    assert editor.workspace.analyses == {}


def test_an_include_that_is_not_saved_is_used(editor: Editor) -> None:
    editor.write("teams/a.yaml", EVENT)
    assert [event.id for event in editor.type(INCLUDING).calendar.events] == ["first"]
    analysis = editor.type("events: [{id: second, summary: S, start: 5 May 2026}]", "teams/a.yaml")
    assert analysis.root == str(editor.folder / "events.yaml")
    assert editor.reports() == [("teams/a.yaml", 1, "date-syntax")]


def test_an_include_that_was_never_saved_is_used(editor: Editor) -> None:
    editor.type(INCLUDING.replace("a.yaml", "*.yaml"))
    assert editor.reports() == [("events.yaml", 2, "include-file")]
    (editor.folder / "teams").mkdir()
    editor.type(EVENT, "teams/new.yaml")
    assert editor.reports() == []
    assert [*editor.workspace.analyses] == [str(editor.folder / "events.yaml")]


def test_an_included_file_that_is_opened_alone_is_a_part_of_its_events_file(editor: Editor) -> None:
    editor.write("events.yaml", INCLUDING)
    editor.type("events: [{id: A, summary: S, start: 2026}]", "teams/a.yaml")
    assert editor.reports() == [("teams/a.yaml", 1, "id-syntax")]


def test_a_file_that_leaves_its_events_file_is_left_alone(editor: Editor) -> None:
    editor.write("teams/a.yaml", EVENT)
    editor.type(INCLUDING)
    editor.type("events: [{id: A, summary: S, start: 2026}]", "teams/a.yaml")
    assert editor.reports() == [("teams/a.yaml", 1, "id-syntax")]
    editor.type(CALENDAR + "events: []\n")
    assert editor.reports() == []


@pytest.mark.parametrize(
    "text",
    [
        "services: {}",
        "calendar:\n  - platform: google\n",
        "events: []",
        "- a",
        "",
        "a: [",
        "\x00",
        "apiVersion: v1\nkind: ConfigMap\ndata: {calendar: a}\n---\napiVersion: v1\n",
        "calendar:\n  enabled: true\nevents:\n  topic: a\n",  # values of a chart
        "calendar: google\nevents: all\n",
    ],
)
def test_other_yaml_is_left_alone(editor: Editor, text: str) -> None:
    editor.workspace.set_text(str(editor.folder / "compose.yaml"), text)
    editor.update()
    assert editor.workspace.analyses == {}


@pytest.mark.parametrize(
    "events",
    ["events:", "events: # a\n\n  # b\n- id: a", "events:\r\n  - id: a", "events: [", "events: *a"],
)
def test_a_file_with_another_name_is_an_events_file_with_a_list(
    editor: Editor, events: str
) -> None:
    assert editor.type(CALENDAR + events, "rally.yaml").root == str(editor.folder / "rally.yaml")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_marks_line_ends_and_wide_characters_keep_the_places(editor: Editor, mark: str) -> None:
    text = f"{mark}{CALENDAR}events:\n- {{id: a, summary: 😀😀, start: 5 May 2026}}\n"
    text = text.replace("\n", "\r\n")
    analysis = editor.type(text)
    for encoding, start in (("utf-16", 32), ("utf-8", 36), ("utf-32", 30)):
        place = Converter(analysis, encoding).range(analysis.located[0].span).start
        assert (place.line, place.character) == (2, start)
    fixed = fix_all(analysis)
    assert fixed is not None
    assert edited(analysis, [*fixed.edits]) == text.replace("5 May 2026", "2026-05-05")


def test_a_text_is_opened_again_after_it_was_closed(editor: Editor) -> None:
    path = str(editor.folder / "events.yaml")
    wrong = CALENDAR + EVENT.replace("2026-01-05", "5 May 2026")
    editor.type(wrong)
    editor.workspace.remove_text(path)
    editor.update()
    assert editor.workspace.analyses == {}
    editor.type(wrong)
    assert editor.reports() == [("events.yaml", 2, "date-syntax")]


def test_each_of_two_folders_has_its_own_timeline(editor: Editor, tmp_path: Path) -> None:
    other = tmp_path / "other"
    editor.workspace.folders = [str(tmp_path / "first"), str(other)]
    editor.write("first/teams/a.yaml", EVENT)
    editor.write("other/teams/a.yaml", EVENT.replace("2026-01-05", "5 May 2026"))
    assert editor.type(INCLUDING, "first/events.yaml").located == []
    assert [of.diagnostic.code for of in editor.type(INCLUDING, "other/events.yaml").located] == [
        "date-syntax"
    ]
    assert len(editor.workspace.analyses) == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("events: [{id: q, start: [\n", "unclosed-bracket"),
        (": : :\n", "empty-key"),
        ("", "not-a-mapping"),
        ("#" * (MAX_BYTES + 1), "too-large"),
    ],
    ids=["bracket", "key", "empty", "large"],
)
def test_an_include_that_is_not_saved_and_wrong_has_one_diagnostic(
    editor: Editor, text: str, code: str
) -> None:
    editor.type(INCLUDING)
    editor.type(text, "teams/a.yaml")
    assert editor.reports() == [("teams/a.yaml", 1, code)]
    editor.type(EVENT, "teams/a.yaml")
    assert editor.reports() == []


def test_a_file_called_as_an_events_file_is_one_while_it_is_empty(editor: Editor) -> None:
    editor.type("")
    editor.type("calender: {}", "a.timeline.yaml")
    assert [file for file, _, _ in editor.reports()][:2] == ["events.yaml", "a.timeline.yaml"]


def test_nothing_outside_of_the_folders_is_read(editor: Editor, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text(EVENT)
    (outside / "events.yaml").write_text(CALENDAR + "include: [inside/a.yaml]\nevents: []\n")
    (editor.folder / "link.yaml").symlink_to(outside / "secret.yaml")
    (editor.folder / "folder").symlink_to(outside)
    for item in ("link.yaml", "folder/secret.yaml", "../secret.yaml", "folder/*.yaml"):
        analysis = editor.type(f"{CALENDAR}include: ['{item}']\nevents: []\n")
        assert [of.diagnostic.code for of in analysis.located] == ["include-path"]
    inner = Editor(outside / "inside")
    inner.write("a.yaml", EVENT)
    inner.workspace.set_text(str(outside / "inside" / "a.yaml"), EVENT)
    inner.update()
    assert inner.workspace.analyses == {}, "the events file above is outside of the folder"


def test_an_open_text_outside_of_the_folders_has_no_includes(editor: Editor) -> None:
    editor.write("teams/a.yaml", EVENT)
    editor.workspace.folders = [str(editor.folder / "elsewhere")]
    analysis = editor.type(INCLUDING)
    (located,) = analysis.located
    assert located.diagnostic.code == "include-file"
    assert "outside of the folders that are open in the editor" in located.diagnostic.message


def test_without_a_folder_the_files_beside_an_open_text_are_read(tmp_path: Path) -> None:
    editor = Editor(tmp_path, has_folder=False)
    editor.write("teams/a.yaml", EVENT)
    assert editor.type(INCLUDING).located == []


def test_a_change_on_the_disk_is_seen(editor: Editor) -> None:
    editor.write("teams/a.yaml", EVENT)
    editor.type(INCLUDING)
    editor.write("teams/a.yaml", EVENT.replace("2026-01-05", "5 May"))
    editor.update()
    assert editor.reports() == []
    editor.workspace.forget_disk()
    editor.update(is_disk_changed=True)
    assert editor.reports() == [("teams/a.yaml", 1, "date-syntax")]


def test_a_part_that_its_events_file_drops_is_a_file_of_its_own(editor: Editor) -> None:
    text = INCLUDING.replace("a.yaml", "a.timeline.yaml")
    editor.type(text)
    editor.type(EVENT, "teams/a.timeline.yaml")
    assert editor.reports() == []
    editor.type(text.replace("include: [teams/a.timeline.yaml]", "# none"))
    assert editor.reports() == [("teams/a.timeline.yaml", 1, "missing-key")]
    editor.type(text)
    assert editor.reports() == []


@pytest.mark.parametrize("typed", ["include: [[", '"include: [', "{\ninclude: ["])
def test_a_part_stays_one_while_its_events_file_has_a_syntax_error(
    editor: Editor, typed: str
) -> None:
    text = INCLUDING.replace("a.yaml", "a.timeline.yaml")
    editor.type(text)
    editor.type(EVENT, "teams/a.timeline.yaml")
    for _ in range(2):
        broken = editor.type(text.replace("include: [", typed))
        assert not broken.is_readable
        assert {file for file, _, _ in editor.reports()} == {"events.yaml"}
    editor.type(text)
    assert editor.reports() == []
    assert [*editor.workspace.analyses] == [str(editor.folder / "events.yaml")]


@pytest.mark.parametrize("is_removed", [False, True])
def test_a_file_belongs_to_the_events_file_that_includes_it_now(
    editor: Editor, *, is_removed: bool
) -> None:
    first = editor.write("events.yaml", INCLUDING)
    editor.type(EVENT.replace("2026-01-05", "5 May 2026"), "teams/a.yaml")
    assert [*editor.workspace.analyses] == [str(first)]
    if is_removed:
        first.unlink()
    else:
        editor.write("events.yaml", CALENDAR + EVENT)
    editor.write("second.timeline.yaml", INCLUDING)
    editor.workspace.forget_disk()
    editor.update(is_disk_changed=True)
    assert editor.reports() == [("teams/a.yaml", 1, "date-syntax")]
    assert str(editor.folder / "second.timeline.yaml") in editor.workspace.analyses


def test_a_change_on_the_disk_during_an_analysis_is_seen(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor.write("events.yaml", CALENDAR + EVENT)

    def find_and_change(path: str, tree: OpenFiles) -> str | None:
        including = including_file(path, tree)
        editor.write("events.yaml", INCLUDING)
        editor.workspace.forget_disk()
        return including

    editor.workspace.set_text(str(editor.folder / "teams" / "a.yaml"), EVENT)
    with monkeypatch.context() as patched:
        patched.setattr(workspace, "including_file", find_and_change)
        assert editor.workspace.analyse(editor.workspace.snapshot()) == {}
    editor.update(is_disk_changed=True)
    assert [*editor.workspace.analyses] == [str(editor.folder / "events.yaml")]


def test_only_the_events_file_whose_text_changed_is_compiled_again(editor: Editor) -> None:
    editor.type(CALENDAR + EVENT, "a/events.yaml")
    second = editor.type(CALENDAR + EVENT, "b/events.yaml")
    first = editor.type(CALENDAR + EVENT, "a/events.yaml")
    changed = editor.type(CALENDAR + EVENT + "# a comment\n", "b/events.yaml")
    assert changed is not second
    assert editor.workspace.analyses == {first.root: first, second.root: changed}


def test_a_text_without_changes_has_its_new_version(editor: Editor) -> None:
    path = editor.folder / "events.yaml"
    editor.workspace.set_text(str(path), CALENDAR + EVENT, path.as_uri(), 1)
    for version in (1, 2, 3):
        editor.workspace.change_text(str(path), [], version, "utf-16")
        editor.update()
        (analysis,) = editor.workspace.analyses.values()
        assert Converter(analysis, "utf-16").version(str(path)) == version


def test_a_file_over_the_limits_has_one_diagnostic(editor: Editor) -> None:
    analysis = editor.type(CALENDAR + EVENT + "#" * MAX_BYTES)
    assert [of.diagnostic.code for of in analysis.located] == ["too-large"]
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)
    )
    codes = {of.diagnostic.code for of in editor.type(CALENDAR + bomb + EVENT).located}
    assert "alias-bomb" in codes


def test_two_files_that_include_each_other_end(editor: Editor) -> None:
    editor.write("b.yaml", "include: [events.yaml]\n" + EVENT)
    analysis = editor.type(f"{CALENDAR}include: [b.yaml]\nevents: []\n")
    assert {of.diagnostic.code for of in analysis.located} >= {"duplicate-include"}


def test_a_lone_surrogate_is_an_error_and_no_exception(editor: Editor) -> None:
    codes = [of.diagnostic.code for of in editor.type(CALENDAR + EVENT + "# \ud800\n").located]
    assert codes == ["encoding"]
