from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tools.docs import ROOT
from tools.pictures.__main__ import DRAWN, PICTURES, main, png_width
from tools.pictures.markup import board, github_page, terminal_page

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_every_picture_of_a_page_is_made_by_the_program() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert set(re.findall(r"pictures/([a-z-]+\.png)", text)) <= DRAWN.keys()
    assert {path.name for path in PICTURES.glob("*.png")} == DRAWN.keys()


def test_an_unknown_picture_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["page.jpg"]) == 2
    assert capsys.readouterr().err == "not a picture: page.jpg\n"


def test_a_document_keeps_its_pictures_and_tables(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("<picture><img src='a.svg'></picture>\n\n| A |\n| - |\n| ~~b~~ |\n", "utf-8")
    page = github_page(path)
    assert f'<base href="{tmp_path.as_uri()}/">' in page
    assert "<picture><img src='a.svg'></picture>" in page
    assert "<td><s>b</s></td>" in page


def test_a_terminal_has_colours_and_no_markup_of_its_text() -> None:
    page = terminal_page("timeline show", "\x1b[1;32m<b>\x1b[0m & \x1b[2mlater\x1b[0m\n")
    assert '<span style="font-weight: 700; color: #7ee787">&lt;b&gt;</span> &amp; ' in page
    assert '<span style="opacity: .6">later</span>\n' in page


def test_a_board_has_the_pictures_and_loads_nothing() -> None:
    assert re.findall(r'src="([^"]+)"', board([b"a", b"b"])) == [
        "data:image/png;base64,YQ==",
        "data:image/png;base64,Yg==",
    ]


def test_the_width_is_that_of_the_header() -> None:
    assert png_width((PICTURES / "mkdocs.png").read_bytes()) == 1648
