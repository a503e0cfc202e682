"""Paths as they are typed on each system, and those in files that only some systems read."""

from __future__ import annotations

import ntpath
import os
import posixpath
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer

from support.command import Done
from timeline.cli import values
from timeline.source import include_paths, portable
from timeline.source.files import DISK
from timeline.source.include_paths import IncludePaths
from timeline.source.paths import ForbiddenPath, place_of_document
from timeline.source.portable import portability_error, typed_path


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portable, "is_windows", lambda: True)


PATHS = {"a/b.ics": "a/b.ics", "my feeds": "'my feeds'", "-x": "./-x", "it's": "'it'\"'\"'s'"}


def test_a_path_is_typed_in_quotes_where_a_shell_needs_them() -> None:
    assert {path: typed_path(Path(path)) for path in PATHS} == PATHS


@pytest.mark.usefixtures("on_windows")
def test_a_path_is_typed_in_quotes_that_both_shells_of_windows_have() -> None:
    typed = {path: typed_path(path) for path in (*PATHS, r"C:\My feeds\a.ics", r"C:\a.ics")}
    assert typed == {
        "a/b.ics": "a/b.ics",
        "my feeds": '"my feeds"',
        "-x": os.path.join(os.curdir, "-x"),  # noqa: PTH118 - as text
        "it's": '"it\'s"',
        r"C:\My feeds\a.ics": r'"C:\My feeds\a.ics"',
        r"C:\a.ics": r"C:\a.ics",
    }


@pytest.mark.usefixtures("on_windows")
def test_the_help_for_a_link_is_typed_as_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a b").mkdir()
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")
    Path("page.md").symlink_to("../a b/page.md")
    (tmp_path / "a b" / "page.md").touch()
    with pytest.raises(ForbiddenPath) as refused:
        place_of_document(Path("page.md")).resolve()
    assert f'"{tmp_path.resolve() / "a b" / "page.md"}"' in str(refused.value.help)


@pytest.mark.parametrize(
    ("written", "message", "help_"),
    [
        (r"teams\a.yaml", "has a backslash", "write `teams/a.yaml`"),
        (r"..\a.yaml", "has a backslash", "write `../a.yaml`"),
        (r"C:\race\a.yaml", "is not relative to", "such as `a.yaml`"),
        ("C:/race/a.yaml", "is not relative to", "such as `a.yaml`"),
        ("c:a.yaml", "is not relative to", "such as `a.yaml`"),
        (r"\\server\share\a.yaml", "is not relative to", "such as `a.yaml`"),
        (r"\a.yaml", "is not relative to", "such as `a.yaml`"),
        ("D:\\", "is not relative to", "such as `events.yaml`"),
        ("teams/a.yaml", "", ""),
        ("../a.yaml", "", ""),
        ("étape 1/a.yaml", "", ""),
    ],
)
def test_a_path_that_only_windows_reads_is_refused(written: str, message: str, help_: str) -> None:
    error = portability_error(written, "the folder of this file")
    if not message:
        assert error is None
        return
    assert error is not None
    assert message in error[0]
    assert help_ in error[1]


@pytest.mark.parametrize("written", [r"..\events.yaml", r"C:\race\events.yaml", r"\\server\x.yaml"])
def test_an_include_and_a_marker_are_refused_with_the_same_words(
    written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("events.yaml").write_text(
        f"calendar: {{id: x.org, name: X}}\ninclude: ['{written}']\nevents: []\n"
    )
    Path("page.md").write_text(f'<!-- timeline:start file="{written}" -->\n<!-- timeline:end -->\n')
    included, embedded = Done("validate"), Done("embed", "page.md")
    assert (included.code, embedded.code) == (1, 1)
    assert "error[include-path]" in included.out
    assert "error[embedded-file]" in embedded.err
    for folder, text in (("this file", included.out), ("the document", embedded.err)):
        error = portability_error(written, f"the folder of {folder}")
        assert error is not None
        assert error[0] in text
        assert error[1] in text


def test_a_path_to_write_has_slashes_on_every_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("teams/new").mkdir(parents=True)
    Path("teams/new/alpha.yaml").touch()
    like_windows = SimpleNamespace(**vars(ntpath) | {"isdir": posixpath.isdir})
    monkeypatch.setattr(include_paths, "os", SimpleNamespace(**vars(os) | {"path": like_windows}))
    paths = IncludePaths("events.yaml", "", DISK)
    assert paths.help_for_missing("teams/new", "./teams/new/") == (
        "write an item for each file in it, such as `teams/new/alpha.yaml`, "
        "or `teams/new/*.yaml` for all"
    )


def test_a_name_of_outputs_is_in_their_folder_on_windows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert values.output_stem("x.yaml", "a:b", needed=True) == "a:b"
    monkeypatch.setattr(values, "is_windows", lambda: True)
    for name in ("C:race", "events:hidden"):
        with pytest.raises(typer.Exit):
            values.output_stem("x.yaml", name, needed=True)
        assert f"without a leading `.` or a `:`, not `{name}`" in capsys.readouterr().err
