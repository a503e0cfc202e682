"""Paths that are followed to their real ends, and the rule for them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from timeline.source.paths import (
    ForbiddenPath,
    boundary_of_embedded_files,
    boundary_of_outputs,
    find_root,
    follow_links,
    is_within,
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    tmp_path = tmp_path.resolve()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_path_is_followed_as_the_system_follows_it(folder: Path) -> None:
    Path("a/b/c").mkdir(parents=True)
    Path("to-c").symlink_to("a/b/c")
    Path("a/up").symlink_to("..")
    Path("absolute").symlink_to(folder / "a")
    Path("chain").symlink_to("absolute/up/to-c")
    for name in ("a/b", "to-c/../x", "a/up/a/./b", "absolute/b/c", "chain", "chain/..", "..", "."):
        real, links = follow_links(Path(name))
        assert real == os.path.realpath(name), name
        assert all(map(os.path.islink, links))
    assert follow_links(Path("chain"))[1] == [
        str(folder / link) for link in ("chain", "absolute", "a/up", "to-c")
    ]


def test_links_in_a_circle_are_refused() -> None:
    Path("a").symlink_to("b")
    Path("b").symlink_to("a")
    Path("self").symlink_to("self/x")
    for name in ("a", "b/c", "self"):
        with pytest.raises(ForbiddenPath, match="is circular"):
            follow_links(Path(name))


def test_a_folder_is_not_within_another_whose_name_it_begins_with() -> None:
    assert is_within("/a/b", "/a/b")
    assert is_within("/a/b/c", "/a/b")
    assert not is_within("/a/bc", "/a/b")
    assert is_within("/a", "/")


def test_the_root_is_the_nearest_folder_with_git(folder: Path) -> None:
    Path("outer/inner/deep").mkdir(parents=True)
    assert find_root(str(folder / "outer" / "inner")) == str(folder / "outer" / "inner")
    Path("outer/.git").mkdir()
    assert find_root(str(folder / "outer" / "inner" / "deep")) == str(folder / "outer")
    Path("outer/inner/.git").write_text("gitdir: elsewhere")
    assert find_root(str(folder / "outer" / "inner" / "deep")) == str(folder / "outer" / "inner")


def test_the_base_of_outputs_is_the_root_or_the_folder_outside_of_it(folder: Path) -> None:
    Path("repo/.git").mkdir(parents=True)
    Path("www").mkdir()
    Path("repo/link").symlink_to("../www")
    events = "repo/events.yaml"
    for name, base in (
        ("repo", "repo"),
        ("repo/dist", "repo"),
        ("repo/link", "repo"),
        ("repo/link/../x", "repo"),
        ("www", "www"),
        ("www/new", "www/new"),
        ("repo/../www", "www"),
    ):
        boundary = boundary_of_outputs(events, Path(name))
        assert boundary.base == str(folder / base), name
    assert boundary_of_outputs(events).base == str(folder / "repo")


def test_the_base_of_embedded_files_is_the_project(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("docs").mkdir()
    assert boundary_of_embedded_files("docs").base == str(folder)
    assert boundary_of_embedded_files("").base == str(folder)
    Path("docs/.git").mkdir()
    assert boundary_of_embedded_files("docs").base == str(folder / "docs")
    Path("docs/.git").rmdir()
    monkeypatch.chdir("/")
    assert boundary_of_embedded_files(str(folder / "docs")).base == str(folder / "docs")
