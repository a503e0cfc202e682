"""The drawing of the rooms in docs/architecture.md against the code and the contract."""

from __future__ import annotations

import re
from configparser import ConfigParser

import grimp
import pytest

from support.paths import ROOT

PAGE = ROOT / "docs" / "architecture.md"


@pytest.fixture(scope="module")
def imports() -> set[tuple[str, str]]:
    """The imports between rooms, as import-linter's own library reads them."""
    graph = grimp.build_graph("timeline", cache_dir=None)
    rooms = {path.parent.name for path in ROOT.glob("src/timeline/*/__init__.py")}
    pairs = {
        (module.split(".")[1], imported.split(".")[1])
        for module in graph.modules - {"timeline"}
        for imported in graph.find_modules_directly_imported_by(module) - {"timeline"}
    }
    return {(room, other) for room, other in pairs if room != other and {room, other} <= rooms}


@pytest.fixture(scope="module")
def arrows() -> set[tuple[str, str]]:
    return set(re.findall(r"^    (\w+) --> (\w+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))


def paths_along(arrows: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the pairs of rooms between which there is a path of arrows."""
    paths = set(arrows)
    while more := {(a, d) for a, b in paths for c, d in arrows if b == c} - paths:
        paths |= more
    return paths


def test_every_arrow_is_an_import(
    arrows: set[tuple[str, str]], imports: set[tuple[str, str]]
) -> None:
    assert arrows
    assert arrows <= imports


def test_every_import_follows_from_the_arrows(
    arrows: set[tuple[str, str]], imports: set[tuple[str, str]]
) -> None:
    assert imports <= paths_along(arrows)


def test_no_arrow_follows_from_the_others(arrows: set[tuple[str, str]]) -> None:
    for arrow in arrows:
        assert arrow not in paths_along(arrows - {arrow})


def test_every_arrow_leads_down_the_layers(arrows: set[tuple[str, str]]) -> None:
    settings = ConfigParser()
    settings.read(ROOT / ".importlinter", encoding="utf-8")
    layers = settings["importlinter:contract:layers"]["layers"].strip().split("\n")
    height = {room: -at for at, layer in enumerate(layers) for room in layer.split(" | ")}
    for room, imported in arrows:
        assert height[room] > height[imported]
