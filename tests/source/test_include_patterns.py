"""Patterns in ``include``: which files they match, in which order, and where they may not lead."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from timeline.diagnostics import At, On, Span
from timeline.source import include_paths, read_document


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    monkeypatch.chdir(root)
    return root


def put(path: str, text: str = "") -> None:
    name = Path(path)
    name.parent.mkdir(parents=True, exist_ok=True)
    name.write_text(text or f"events:\n- id: {name.stem}\n", encoding="utf-8")


def include(*items: str) -> None:
    listed = "".join(f"- {item}\n" for item in items)
    put("events.yaml", f"include:\n{listed}events:\n- id: root\n")


def read() -> tuple[list[str], list[str]]:
    """Return the ids after the root's, and the codes of the diagnostics."""
    document = read_document("events.yaml")
    ids = [event["id"] for event in document.data["events"]]
    return ids[1:], [diagnostic.code for diagnostic in document.diagnostics]


@pytest.mark.parametrize(
    ("pattern", "ids"),
    [
        ("teams/*.yaml", ["B", "a-1", "a-10", "a-2", "é"]),
        ("teams/a-?.yaml", ["a-1", "a-2"]),
        ("teams/A*.yaml", None),
        ("teams/*", ["B", "a-1", "a-10", "a-2", "c", "é"]),
        ("teams/?.yaml", ["B", "é"]),
        ("teams/*/*.yaml", ["deep"]),
        ("*/deeper/d*.yaml", ["deep"]),
        ("teams/deeper/../*-10.yaml", ["a-10"]),
        ("*.yaml", ["other"]),
        ("./*.yaml", ["other"]),
        ("*/nothing.yaml", None),
        ("?", None),
    ],
)
def test_a_pattern_matches_names_in_the_order_of_their_code_points(
    pattern: str, ids: list[str] | None
) -> None:
    names = ("a-2.yaml", "a-10.yaml", "a-1.yaml", "B.yaml", "é.yaml", "c.yml", ".hidden.yaml")
    for name in (*names, "deeper/deep.yaml", ".git/config.yaml"):
        put(f"teams/{name}")
    put("other.yaml")
    include(f"'{pattern}'")
    assert read() == (ids or [], [] if ids else ["include-file"])


def test_a_file_that_two_patterns_match_is_read_once_where_the_first_is() -> None:
    for name in "abc":
        put(f"teams/{name}.yaml")
    include("teams/b.yaml", "teams/?.yaml", "'*/a.yaml'")
    assert read() == (["b", "a", "c"], [])


def test_an_item_with_settings_before_a_pattern_is_not_read_again() -> None:
    put("teams/a.yaml")
    put("teams/b.yaml")
    include("{path: teams/b.yaml, categories: [b]}", "{path: teams/*.yaml, categories: [all]}")
    assert read() == (["b", "a"], [])


@pytest.mark.parametrize(
    "items",
    [
        ("teams/*.yaml", "teams/a.yaml"),
        ("{path: teams/*.yaml}", "{path: teams/a*.yaml, categories: [a]}"),
        ("teams/*.yaml", "{path: '*/*.yaml', defaults: {location: A}}"),
    ],
)
def test_what_a_pattern_has_read_cannot_have_other_settings(items: tuple[str, ...]) -> None:
    put("teams/a.yaml")
    put("teams/aa.yaml")
    include(*items)
    assert read() == (["a", "aa"], ["duplicate-include"])


def test_a_pattern_in_an_included_file_does_not_match_that_file() -> None:
    put("teams/index.yaml", "include: ['*.yaml']\nevents:\n- id: index\n")
    put("teams/a.yaml")
    include("teams/index.yaml")
    assert read() == (["index", "a"], [])
    Path("teams/a.yaml").unlink()
    assert read() == (["index"], ["include-file"])


@pytest.mark.parametrize(
    ("target", "link", "pattern"),
    [
        ("../outside", "teams", "teams/*.yaml"),
        ("../outside", "teams", "*/secret.yaml"),
        ("../../outside/secret.yaml", "teams/a.yaml", "teams/*.yaml"),
        (".hidden", "teams", "teams/*.yaml"),
        ("../.hidden/secret.yaml", "teams/a.yaml", "teams/*.yaml"),
        ("..", "teams", "teams/*/*.yaml"),
    ],
)
def test_a_link_leads_no_pattern_out_of_the_folder(target: str, link: str, pattern: str) -> None:
    put("../outside/secret.yaml")
    put(".hidden/secret.yaml")
    Path(link).parent.mkdir(exist_ok=True)
    Path(link).symlink_to(target)
    include(f"'{pattern}'")
    assert read() == ([], ["include-path"])


def test_a_folder_outside_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    listed: list[str] = []
    listdir = os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: listed.append(path) or listdir(path))
    put("../outside/secret.yaml")
    Path("teams").symlink_to("../outside")
    include("teams/*.yaml")
    assert read() == ([], ["include-path"])
    assert listed == []


def test_a_link_within_the_folder_is_followed_and_its_file_read_once() -> None:
    put("shared/a.yaml")
    Path("teams").symlink_to("shared")
    include("teams/*.yaml", "shared/*.yaml")
    assert read() == (["a"], [])


@pytest.mark.parametrize(
    "pattern", ["teams/**/*.yaml", "**", "teams/[ab].yaml", ".teams/*.yaml", "a/.b/?.yaml"]
)
def test_patterns_of_other_programs_are_refused(pattern: str) -> None:
    put("teams/a.yaml")
    put(".teams/a.yaml")
    include(f"'{pattern}'")
    assert read() == ([], ["include-path"])


def test_a_name_that_is_not_utf_8_is_matched() -> None:
    put("teams/a.yaml")
    name = os.fsencode(Path.cwd() / "teams") + b"/caf\xe9.yaml"
    Path("teams/a.yaml").rename(os.fsdecode(name))
    include("teams/*.yaml")
    assert read() == (["a"], [])


def test_patterns_are_compared_with_a_limited_number_of_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(include_paths, "MAX_COMPARED", 5)
    for name in "abcde":
        put(f"teams/{name}.yaml")
    include("teams/*.yaml")
    assert read() == ([*"abcde"], [])
    include("teams/*.yaml", "teams/x*.yaml")
    assert read() == ([*"abcde"], ["too-large"])


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    put(f"teams/{'a' * 200}.yaml")
    include(f"teams/{'*a' * 60}*b.yaml")
    assert read() == ([], ["include-file"])


def test_what_is_merged_keeps_its_places() -> None:
    put(
        "events.yaml",
        "categories: {root: {}}\n"
        "defaults: {location: R}\n"
        "include:\n"
        "- a.yaml\n"
        "- {path: b.yaml, categories: [c], defaults: {location: I}}\n"
        "events: []\n",
    )
    put("a.yaml", "categories:\n  own: {}\n")
    put("b.yaml", "defaults:\n  timezone: Asia/Riyadh\nevents:\n- id: b\n")
    document = read_document("events.yaml")
    assert document.diagnostics == []
    assert list(document.data["categories"]) == ["root", "own"]
    assert document.data["include"] == [
        {"path": "b.yaml", "categories": ["c"], "defaults": {"location": "I"}},
        {"path": "b.yaml", "defaults": {"timezone": "Asia/Riyadh"}},
    ]
    assert [origin.layers for origin in document.origins] == [(), (0, 1)]
    places = {
        At(("categories", "own"), On.KEY): Span("a.yaml", 2, 3, 2, 6),
        At(("categories", "root"), On.KEY): Span("events.yaml", 1, 14, 1, 18),
        At(("defaults", "location")): Span("events.yaml", 2, 22, 2, 23),
        At(("include", 0, "defaults", "location")): Span("events.yaml", 5, 56, 5, 57),
        At(("include", 1, "defaults", "timezone")): Span("b.yaml", 2, 13, 2, 24),
    }
    assert {at: document.locate(at) for at in places} == places


def test_defaults_of_a_chain_of_files_apply_from_the_nearest_on() -> None:
    put("events.yaml", "include:\n- {path: a.yaml, defaults: {location: 1}}\nevents: []\n")
    put("a.yaml", "defaults: {location: 2}\ninclude:\n- {path: b.yaml, defaults: {location: 3}}\n")
    put("b.yaml", "defaults: {location: 4}\nevents:\n- id: b\n")
    document = read_document("events.yaml")
    layers = document.origins[-1].layers
    items = [document.data["include"][layer]["defaults"]["location"] for layer in layers]
    assert items == ["3", "4", "1", "2"]
