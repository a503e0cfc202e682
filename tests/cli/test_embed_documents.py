"""Which documents `timeline embed` updates: files, folders, a repository, standard input."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from support.command import Done
from timeline._limits import MAX_DOCUMENT

EVENTS = "calendar: {id: x.org, name: X}\nevents:\n  - {id: a, summary: A, start: 2027-01-03}\n"
MARKERS = "<!-- timeline:start -->\n<!-- timeline:end -->\n"
TIMELINE = "## 2027\n\n-   **3 January 2027** — A"


def write(path: str, text: str = MARKERS) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(".git/config", "")
    write("events.yaml", EVENTS)
    for path in ("README.md", "docs/a.md", "docs/deep/er/b.mdx", "docs/C.MARKDOWN"):
        write(
            path, MARKERS if "mdx" not in path else "{/* timeline:start */}\n{/* timeline:end */}\n"
        )
    write("docs/plain.md", "No timeline here.\n")
    write("docs/shown.md", f"```\n{MARKERS}```\n")
    for path in (".github/a.md", "node_modules/x/a.md", "docs/.hidden.md", "docs/notes.txt"):
        write(path)
    write("vendor/.git/config", "")
    write("vendor/README.md")
    return tmp_path


def written(done: Done) -> set[str]:
    assert done.code == 0, done.err
    lines = [line.split(" ", 1) for line in done.err.splitlines()]
    assert {word for word, _ in lines} <= {"wrote"}
    return {Path(path).as_posix() for _, path in lines}


def test_a_folder_is_all_documents_below_it_that_have_markers() -> None:
    assert written(Done("embed", "docs")) == {"docs/a.md", "docs/deep/er/b.mdx", "docs/C.MARKDOWN"}
    assert TIMELINE in Path("docs/deep/er/b.mdx").read_text(encoding="utf-8")
    assert Path("docs/notes.txt").read_text() == Path("docs/.hidden.md").read_text() == MARKERS


def test_folders_and_files_together_are_each_document_once() -> None:
    done = Done("embed", "docs/a.md", "docs", "README.md", "docs/deep")
    assert len(done.err.splitlines()) == len(written(done)) == 4


def test_a_document_that_is_named_needs_markers_also_if_its_folder_is_named() -> None:
    done = Done("embed", "docs", "docs/plain.md")
    assert done.code == 1
    assert "plain.md: no markers" in done.err


def test_discover_is_the_whole_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    every = {"README.md", "docs/a.md", "docs/deep/er/b.mdx", "docs/C.MARKDOWN"}
    done = Done("embed", "--discover", "--check")
    assert done.code == 1
    assert {Path(line.split(" ")[2]).as_posix() for line in done.err.splitlines()} == every
    write("docs/events.yaml", EVENTS)
    monkeypatch.chdir("docs")
    assert written(Done("embed", "--discover")) == {
        *("../README.md", "a.md", "deep/er/b.mdx", "C.MARKDOWN")
    }
    monkeypatch.chdir("..")
    assert Done("embed", "--discover", "--check").code == 0


README, A, B, C = "README.md", "docs/a.md", "docs/deep/er/b.mdx", "docs/C.MARKDOWN"


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        (["a.md"], {README, B, C}),
        (["*.m?x", "C.*"], {README, A}),
        (["deep"], {README, A, C}),
        (["docs/"], {README}),
        (["docs/*"], {README}),
        (["./docs/deep"], {README, A, C}),
        (["docs/*.mdx", "er/b.mdx"], {README, A, B, C}),
        (["**/b.mdx"], {README, A, C}),
        (["docs/**/b.mdx", "**/README.md"], {A, C}),
        (["docs/deep/**"], {README, A, C}),
        (["readme.md", "[", "DOCS"], {README, A, B, C}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "left",
)
def test_what_is_excluded_is_skipped_wherever_it_is_run(
    patterns: list[str], left: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    options = [word for pattern in patterns for word in ("--exclude", pattern)]
    for here in (".", "docs"):
        write("docs/events.yaml", EVENTS)
        with monkeypatch.context() as patch:
            patch.chdir(here)
            done = Done("embed", "--discover", "--check", *options)
        paths = [line.split(" ")[2] for line in done.err.splitlines()]
        assert {Path(os.path.normpath(Path(here, path))).as_posix() for path in paths} == left


def test_a_broken_document_can_be_excluded_and_is_updated_where_it_is_named() -> None:
    write("tests/data/wrong.md", "<!-- timeline:strat -->\n")
    write("tests/data/right.md")
    assert Done("embed", "--discover").code == 1
    assert written(Done("embed", "--discover", "--exclude", "tests/data")) == {README, A, B, C}
    done = Done("embed", "docs", "tests/data/right.md", "--exclude", "tests")
    assert "wrote tests/data/right.md" in done.err.replace(os.sep, "/")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--discover", "--exclude", "../x"], "--exclude is a name, or a path from `"),
        (["--discover", "--exclude", os.path.abspath("x")], "--exclude is a name, or a path"),  # noqa: PTH100
        (["--discover", "--exclude", "/"], "--exclude is a name, or a path"),
        (["--discover", "--exclude", ""], "--exclude"),
        (["README.md", "--exclude", "docs"], "--exclude has no effect without a folder"),
    ],
)
def test_a_pattern_that_can_match_nothing_is_wrong_use(arguments: list[str], message: str) -> None:
    done = Done("embed", *arguments)
    assert (done.code, message in done.err) == (2, True), done.err


def test_what_git_ignores_is_skipped_unless_it_is_tracked_or_named() -> None:
    shutil.rmtree(".git")
    run = partial(subprocess.run, check=True, capture_output=True)
    run(["git", "init", "-q"])
    write(".gitignore", "build/\n*.draft.md\n/docs/deep\n")
    for path in ("build/a/x.md", "docs/b.draft.md", "docs/kept.draft.md"):
        write(path)
    run(["git", "add", "--force", "docs/kept.draft.md"])
    seen = {README, A, C, "docs/kept.draft.md"}
    assert written(Done("embed", "--discover")) == seen
    assert written(Done("embed", "build")) == {"build/a/x.md"}
    assert Done("embed", "build/a", "--check").code == 0
    assert written(Done("embed", "docs/deep/er/b.mdx")) == {B}
    write("build/events.yaml", "calendar: {}\n")
    assert Done("validate", ".").code == 0
    assert Done("validate", "build").code == 1
    assert Done("validate", ".", "--exclude", "events.yaml").code == 2


def test_without_git_nothing_is_skipped_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    write(".gitignore", "docs/\n")
    monkeypatch.setenv("PATH", "")
    assert written(Done("embed", "--discover")) == {README, A, B, C}


def test_without_a_repository_discover_is_the_current_folder(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("plain"))
    write("events.yaml", EVENTS)
    write("../above.md")
    write("a/b.md")
    assert written(Done("embed", "--discover")) == {"a/b.md"}


def test_where_no_document_has_markers_it_fails() -> None:
    for path in ("README.md", "docs/a.md", "docs/deep/er/b.mdx", "docs/C.MARKDOWN"):
        Path(path).unlink()
    for arguments, named in ((["--discover"], "`.`"), (["docs", "docs/deep"], "`docs`, ")):
        done = Done("embed", "--check", *arguments)
        assert done.code == 1
        assert f"timeline: no document in {named}" in done.err
    done = Done("embed", "docs", "-v")
    assert "shown.md: markers are ignored in lines 2, 3" in done.err


def test_an_error_in_one_document_keeps_all_from_being_written() -> None:
    write("docs/wrong.md", "<!-- timeline:strat -->\n")
    done = Done("embed", "--discover")
    assert done.code == 1
    assert "wrong.md:1:15: error[marker-syntax]" in done.err
    assert Path("README.md").read_text() == MARKERS


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_links_are_not_followed(tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    write(str(outside / "a.md"))
    Path("docs/out").symlink_to(outside)
    Path("docs/out.md").symlink_to(outside / "a.md")
    Path("docs/again.md").symlink_to("a.md")
    Path("docs/deep/loop").symlink_to("..")
    assert len(written(Done("embed", "docs"))) == 3
    assert (outside / "a.md").read_text() == MARKERS


def test_a_large_document_is_skipped_where_nobody_named_it() -> None:
    write("docs/large.md", MARKERS + "x" * MAX_DOCUMENT)
    done = Done("embed", "docs")
    assert done.code == 0
    assert "large.md: skipped, because it is larger than 2 MiB" in done.err
    assert Done("embed", "docs/large.md").code == 2


def test_standard_input_is_written_to_standard_output() -> None:
    done = Done("embed", "-", stdin=f"# Ü\r\n\r\n{MARKERS}end".encode())
    assert (done.code, done.err) == (0, "")
    assert done.out_bytes.decode().startswith(f"# Ü\r\n\r\n<!-- timeline:start -->\n\n{TIMELINE}")
    assert done.out_bytes.endswith(b"<!-- timeline:end -->\nend")
    assert Done("embed", "-", stdin=done.out_bytes).out_bytes == done.out_bytes


def test_standard_input_is_checked_and_compared() -> None:
    done = Done("embed", "-", "--check", stdin=MARKERS)
    assert (done.code, done.out, done.err) == (1, "", "would change <stdin>\n")
    done = Done("embed", "-", "--diff", stdin=MARKERS)
    assert done.code == 1
    assert done.out.startswith("--- <stdin>\n+++ <stdin>\n")
    current = Done("embed", "-", stdin=MARKERS).out
    assert Done("embed", "-", "--check", stdin=current).code == 0


def test_standard_input_with_an_error_writes_nothing() -> None:
    done = Done("embed", "-", stdin=MARKERS.replace("start", "start file=x.yaml"))
    assert (done.code, done.out) == (1, "")
    assert "<stdin>:1:26: error[embedded-file]" in done.err
    assert "relative to the current folder" in done.err
    done = Done("embed", "-", stdin="nothing")
    assert (done.code, done.out) == (1, "")
    assert "<stdin>: no markers found" in done.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no document given: name a document or a folder, or add --discover"),
        (["--discover", "docs"], "--discover takes no documents"),
        (["-", "README.md"], "`-` cannot be used together with other documents"),
    ],
)
def test_wrong_use(arguments: list[str], message: str) -> None:
    done = Done("embed", *arguments, stdin=MARKERS)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
