"""Write the pictures of the documentation: the README, diagrams, sites, a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from timeline import export, load
from tools.docs import ROOT
from tools.docs.runner import NOW
from tools.pictures.browser import TODAY, Browser
from tools.pictures.engines import build_mkdocs, build_sphinx
from tools.pictures.markup import board, github_page, terminal_page

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = ROOT / "docs" / "examples"
PICTURES = ROOT / "docs" / "pictures"
SEASON = EXAMPLES / "drawings" / "sixty.yaml"
"""A season of 60 events."""


class Studio:
    """A browser, and a folder for what it opens."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser = browser
        self._folder = folder

    def page(
        self, text: str, width: int, height: int | None = None, *, dark: bool = False
    ) -> bytes:
        """Return a screenshot of a page that is given as HTML."""
        path = self._folder / "page.html"
        path.write_text(text, encoding="utf-8")
        return self.file(path, width, height, dark=dark)

    def file(
        self,
        path: Path,
        width: int,
        height: int | None = None,
        *,
        dark: bool = False,
        today: date = TODAY,
    ) -> bytes:
        """Return a screenshot of a file, on a day."""
        return self._browser.screenshot(path.as_uri(), width, height, dark=dark, today=today)

    def drawing(self, events: Path, width: int, *, dark: bool = False) -> bytes:
        """Return the diagram of an events file, as an image in a page of a width."""
        # The diagram for phones has their width.
        svg = export(load(events), "svg", width=min(width, 840))
        (self._folder / "drawing.svg").write_bytes(svg)
        style = "body { margin: 0 } img { display: block; width: 100% }"
        image = '<img src="drawing.svg">'
        meta = '<!doctype html><meta name="viewport" content="width=device-width">'
        return self.page(f"{meta}<style>{style}</style>{image}", width, dark=dark)

    def export(self, events: Path, form: str) -> Path:
        """Export an events file in a format, and return the file."""
        name = f"{events.parent.name}-{events.stem}"
        where = ("--name", name, "--output-dir", str(self._folder))
        timeline("export", str(events), f"--{form}", *where)
        return self._folder / f"{name}.{form}"

    def site(self) -> Path:
        """Build the documentation site and return its folder."""
        site = self._folder / "site"
        if not site.exists():
            command = ["-m", "sphinx", "-q", "-W", "-n", "-d", str(self._folder / "doctrees")]
            subprocess.run(  # noqa: S603 - our own pages
                [sys.executable, *command, str(ROOT / "docs"), str(site)], check=True
            )
        return site

    def engine(self, name: str, build: Callable[[Path], Path]) -> bytes:
        """Build a site with an engine, and return its page in light and in dark mode."""
        page = build(self._folder / name)
        return self.board(self.file(page, 1240, 1100), self.file(page, 360, 1100, dark=True))

    def board(self, *pictures: bytes) -> bytes:
        """Return pictures beside each other."""
        return self.page(board(pictures), sum(map(png_width, pictures)) + 16 * (len(pictures) + 1))


def png_width(picture: bytes) -> int:
    """Return the width that the header of a PNG states."""
    return int.from_bytes(picture[16:20], "big")


def timeline(*arguments: str) -> str:
    """Run ``timeline`` with colours, at the time and in the width of the documents."""
    environment = {"COLUMNS": "90", "SOURCE_DATE_EPOCH": NOW, "PYTHONPATH": str(ROOT / "src")}
    process = subprocess.run(  # noqa: S603 - our own program, with arguments of ours
        [sys.executable, "-m", "timeline", *arguments, "--color", "always"],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=True,
    )
    return process.stdout


def readme(studio: Studio) -> bytes:
    """Return the first screen of the README, on a desktop screen."""
    return studio.page(github_page(ROOT / "README.md"), 1280, 900)


def readme_dark(studio: Studio) -> bytes:
    """Return the first screen of the README in dark mode, on a desktop screen and a phone."""
    page = github_page(ROOT / "README.md")
    return studio.board(
        studio.page(page, 1280, 900, dark=True), studio.page(page, 390, 900, dark=True)
    )


def founding(studio: Studio) -> bytes:
    """Return the diagram of this project, on a desktop screen and a phone."""
    events = ROOT / "events.yaml"
    return studio.board(studio.drawing(events, 840), studio.drawing(events, 360))


def hours_and_decades(studio: Studio) -> bytes:
    """Return a day and a century in dark mode."""
    folder = EXAMPLES / "drawings"
    return studio.board(
        studio.drawing(folder / "race-day.yaml", 840, dark=True),
        studio.drawing(folder / "century.yaml", 840, dark=True),
    )


def season(studio: Studio) -> bytes:
    """Return a season with dates of every kind."""
    return studio.board(studio.drawing(EXAMPLES / "drawings" / "season.yaml", 840))


def lanes(studio: Studio) -> bytes:
    """Return a season of 60 events, in light and in dark mode."""
    return studio.board(studio.drawing(SEASON, 840), studio.drawing(SEASON, 840, dark=True))


def page(studio: Studio) -> bytes:
    """Return the page of this project on a desktop screen, and that of a season on a phone."""
    project, races = studio.export(ROOT / "events.yaml", "html"), studio.export(SEASON, "html")
    return studio.board(
        studio.file(project, 1280, 1000),
        studio.file(races, 390, 1000, dark=True, today=date(2027, 5, 20)),
    )


def site(studio: Studio) -> bytes:
    """Return the documentation site: its first page, and a page in dark mode on a phone."""
    folder = studio.site()
    return studio.board(
        studio.file(folder / "index.html", 1280, 900),
        studio.file(folder / "tutorial.html", 390, 900, dark=True),
    )


def mkdocs(studio: Studio) -> bytes:
    """Return the events of this project in Material for MkDocs, on a desktop screen and a phone."""
    return studio.engine("mkdocs", build_mkdocs)


def sphinx(studio: Studio) -> bytes:
    """Return the events of this project in the theme Furo of Sphinx."""
    return studio.engine("sphinx", build_sphinx)


def terminal(studio: Studio) -> bytes:
    """Return `timeline show` in a terminal, on a day during the rally."""
    shown = timeline("show", str(ROOT / "events.yaml"), "--as-of", str(TODAY))
    return studio.page(terminal_page(f"timeline show --as-of {TODAY}", shown), 860)


DRAWN: dict[str, Callable[[Studio], bytes]] = {
    "readme.png": readme,
    "readme-dark.png": readme_dark,
    "founding.png": founding,
    "hours-and-decades.png": hours_and_decades,
    "season.png": season,
    "lanes.png": lanes,
    "page.png": page,
    "site.png": site,
    "mkdocs.png": mkdocs,
    "sphinx.png": sphinx,
    "terminal.png": terminal,
}
"""What makes each picture, by its name in `docs/pictures`."""


def main(names: list[str]) -> int:
    """Write the named pictures, or all of them, and return the exit code."""
    if unknown := set(names) - set(DRAWN):
        print(f"not a picture: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        studio = Studio(browser, Path(folder))
        for name in names or DRAWN:
            (PICTURES / name).write_bytes(DRAWN[name](studio))
            print(f"wrote docs/pictures/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
