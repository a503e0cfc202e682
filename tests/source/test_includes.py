"""Files that include others, and files that cannot be included."""

from __future__ import annotations

import io
import os
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

import pytest

from support.documents import located
from support.loading import document_of
from timeline.diagnostics.model import At, Note, On, Span
from timeline.source.files import UnreadableFile
from timeline.source.includes import read_document

if TYPE_CHECKING:
    from timeline.source.document import Document


@pytest.fixture
def folder(tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch) -> FilePath:
    root = tmp_path / "project"
    root.mkdir()
    monkeypatch.chdir(root)
    return root


def put(path: FilePath, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def ids(document: Document) -> list[str]:
    return [event["id"] for event in document.data["events"]]


def test_included_events_follow_the_roots_depth_first(folder: FilePath) -> None:
    put(
        folder / "events.yaml",
        "include: [sub/b.yaml, c.yaml]\ncalendar: {id: x}\nevents:\n- id: a\n",
    )
    put(folder / "sub/b.yaml", "include: [deep/d.yaml]\nevents:\n- id: b1\n- id: b2\n")
    put(folder / "sub/deep/d.yaml", "x-y: z\nevents:\n- id: d\n")
    put(folder / "c.yaml", "events:\n- id: c\n  start: 2025\n")
    document = read_document("events.yaml")
    assert document.diagnostics == []
    assert document.truncated is None
    assert ids(document) == ["a", "b1", "b2", "d", "c"]
    assert list(document.data) == ["calendar", "events"]
    assert document.names == ["events.yaml", "sub/b.yaml", "sub/deep/d.yaml", "c.yaml"]
    assert document.locate(At(("events", 2, "id"))) == Span("sub/b.yaml", 4, 7, 4, 9)
    assert document.locate(At(("events", 4, "start"))) == Span("c.yaml", 3, 10, 3, 14)
    assert document.locate(At(("events", 0))).file == "events.yaml"
    assert document.locate(At(("calendar", "id"))).file == "events.yaml"
    assert document.line("c.yaml", 2) == "- id: c"


def test_a_root_without_events_takes_the_included_ones(folder: FilePath) -> None:
    put(folder / "x/events.yaml", "include: [a.yaml]\n")
    put(folder / "x/a.yaml", "events:\n- id: a\n")
    document = read_document("x/events.yaml")
    assert ids(document) == ["a"]
    assert document.locate(At(("events",), On.KEY)) == Span("x/a.yaml", 1, 1, 1, 7)
    assert document.locate(At(("events", 0, "id"))).file == "x/a.yaml"


def test_read_leaves_include_alone(folder: FilePath) -> None:
    assert folder.exists()
    assert document_of("include: [a.yaml]\n").data == {"include": ["a.yaml"]}


@pytest.mark.parametrize(
    ("include", "code"),
    [
        ("[/etc/passwd]", "include-path"),
        ("[../outside.yaml]", "include-path"),
        ("[a/../../outside.yaml]", "include-path"),
        ("[link.yaml]", "include-path"),
        ("[linked/outside.yaml]", "include-path"),
        ("[https://example.org/x.yaml]", "include-path"),
        ("['file:///etc/passwd']", "include-path"),
        ("['C:\\x.yaml']", "include-path"),
        ("[~/x.yaml]", "include-path"),
        ("['**/*.yaml']", "include-path"),
        ("['[a-z].yaml']", "include-path"),
        ("['x*.yaml']", "include-file"),
        ("['events*.yaml']", "include-file"),
        ("['sub\\x.yaml']", "include-path"),
        ("['']", "include-path"),
        ("[.]", "include-file"),
        ("[missing.yaml]", "include-file"),
        ("[sub]", "include-file"),
        ("[pipe]", "include-file"),
        ("[events.yaml]", "duplicate-include"),
        ("[ok.yaml, ok.yaml]", "duplicate-include"),
        ("[ok.yaml, sub/../ok.yaml]", "duplicate-include"),
        ("[ok.yaml, same.yaml]", "duplicate-include"),
        ("ok.yaml", "include-shape"),
        ("{a: ok.yaml}", "include-shape"),
        ("[[ok.yaml]]", "include-shape"),
        ("[calendar.yaml]", "included-key"),
        ("[shape.yaml]", "include-shape"),
        ("[list.yaml]", "not-a-mapping"),
        ("[~]", "empty-value"),
        ("[.git/config]", "include-path"),
        ("[.env]", "include-path"),
        ("[sub/../.env]", "include-path"),
        ("[hidden.yaml]", "include-path"),
    ],
)
def test_what_cannot_be_included_is_one_diagnostic(
    folder: FilePath, include: str, code: str
) -> None:
    put(folder / "events.yaml", f"events:\n- id: a\ninclude: {include}\n")
    put(folder / "ok.yaml", "events:\n- id: ok\n")
    put(folder / "calendar.yaml", "calendar: {id: x}\nevents: []\n")
    put(folder / "shape.yaml", "events: {id: x}\n")
    put(folder / "list.yaml", "- id: x\n")
    put(folder.parent / "outside.yaml", "events:\n- id: outside\n")
    put(folder / "sub/x.yaml", "events: []\n")
    (folder / "link.yaml").symlink_to(folder.parent / "outside.yaml")
    (folder / "linked").symlink_to(folder.parent)
    (folder / "same.yaml").symlink_to(folder / "ok.yaml")
    put(folder / ".git/config", "token: secret\n")
    put(folder / ".env", "token: secret\n")
    (folder / "hidden.yaml").symlink_to(".env")
    os.mkfifo(folder / "pipe")
    document = read_document("events.yaml")
    assert [diagnostic.code for diagnostic in document.diagnostics] == [code]
    assert document.diagnostics[0].help
    assert "outside" not in ids(document)
    assert "include" not in document.data


def test_a_circle_of_includes_ends_and_shows_where_it_began(folder: FilePath) -> None:
    put(folder / "events.yaml", "include: [a.yaml]\nevents: []\n")
    put(folder / "a.yaml", "include:\n- b.yaml\nevents: []\n")
    put(folder / "b.yaml", "include: [a.yaml]\nevents:\n- id: b\n")
    document = read_document("events.yaml")
    (only,) = document.diagnostics
    assert (only.code, document.locate(only.at)) == (
        "duplicate-include",
        Span("b.yaml", 1, 11, 1, 17),
    )
    assert only.notes == (Note("first included here", Span("events.yaml", 1, 11, 1, 17)),)
    assert (ids(document), document.truncated) == (["b"], None)


def test_a_long_chain_of_includes_is_read(folder: FilePath) -> None:
    put(folder / "events.yaml", "include: [0.yaml]\nevents: []\n")
    for number in range(1500):
        put(
            folder / f"{number}.yaml",
            f"include: [{number + 1}.yaml]\nevents: [{{id: e{number}}}]\n",
        )
    put(folder / "1500.yaml", "events: []\n")
    document = read_document("events.yaml")
    assert document.diagnostics == []
    assert len(ids(document)) == 1500


def test_a_syntax_error_in_an_included_file_is_placed_in_the_merged_data(folder: FilePath) -> None:
    put(folder / "events.yaml", "include: [a.yaml, b.yaml]\nevents:\n- id: r\n")
    put(folder / "a.yaml", "events:\n- id: a\n- id: b\n  start: @\n")
    put(folder / "b.yaml", "events:\n- id: c\n")
    document = read_document("events.yaml")
    assert located(document) == [("unquoted-text", 4, 10)]
    assert document.truncated == ("events", 2)
    assert ids(document) == ["r", "a", "b", "c"]
    assert document.locate(At(("events", 3, "id"))).file == "b.yaml"


def test_what_an_unread_file_had_is_not_to_be_missed(folder: FilePath) -> None:
    put(folder / "events.yaml", "include: [missing.yaml]\nevents: []\n")
    assert read_document("events.yaml").truncated == ("events",)


@pytest.mark.parametrize("name", ["missing.yaml", ".", "a\0b"])
def test_a_root_that_cannot_be_read_is_an_exception(folder: FilePath, name: str) -> None:
    assert folder.exists()
    with pytest.raises(UnreadableFile, match="cannot read"):
        read_document(name)


def test_standard_input_is_a_file_of_the_current_folder(folder: FilePath) -> None:
    put(folder / "a.yaml", "events:\n- id: a\n")
    document = read_document("-", stdin=io.BytesIO(b"include: [a.yaml]\nevents:\n- id: r\n"))
    assert (document.diagnostics, ids(document)) == ([], ["r", "a"])
    assert document.names == ["<stdin>", "a.yaml"]
    assert document.line("<stdin>", 3) == "- id: r"
    with pytest.raises(UnreadableFile):
        read_document("-")


@pytest.mark.skipif(not FilePath("/dev/zero").exists(), reason="needs /dev/zero")
def test_an_endless_file_ends() -> None:
    assert located(read_document("/dev/zero")) == [("too-large", 1, 1)]
