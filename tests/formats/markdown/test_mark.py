"""The last line of our Markdown files shows nothing in any renderer."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import markdown
import mistletoe
import pytest
from markdown_it import MarkdownIt

from support import foreign
from support.command import Done
from support.markdown import DAKAR, EXTENSIONS
from timeline.formats import FORMATS
from timeline.formats.markdown.options import STYLES, MarkdownOptions
from timeline.model.events import Calendar

RENDERERS = {
    "markdown-it": MarkdownIt("commonmark").enable("table").render,
    "mistletoe": mistletoe.markdown,
    "Python-Markdown": markdown.Markdown(extensions=["tables", "fenced_code"]).convert,
    "Python-Markdown with all that sites add": lambda text: markdown.markdown(
        text, extensions=EXTENSIONS
    ),
}
CALENDARS = {
    "full": DAKAR,
    "empty": Calendar("x.org", "X"),
    "described": Calendar("x", "X", (), "D"),
}
DOCUMENTS = [
    pytest.param(calendar, style, id=f"{name}-{style}")
    for name, calendar in CALENDARS.items()
    for style in STYLES
]
_MISSING = foreign.missing_mdx()


def without_and_with_mark(calendar: Calendar, style: str) -> tuple[str, str]:
    form, options = FORMATS["md"], MarkdownOptions(style=style)
    printed = b"".join(form.render(calendar, options))
    written = b"".join(form.render_file(calendar, options))
    assert written == printed + b"\n[//]: # (timeline)\n"
    return printed.decode(), written.decode()


@pytest.mark.engines
@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize(("calendar", "style"), DOCUMENTS)
def test_the_mark_shows_nothing(calendar: Calendar, style: str, renderer: str) -> None:
    printed, written = without_and_with_mark(calendar, style)
    assert RENDERERS[renderer](written) == RENDERERS[renderer](printed)


@pytest.mark.engines
@pytest.mark.skipif(bool(_MISSING), reason=_MISSING)
def test_mdx_shows_nothing_either() -> None:
    documents = [
        text
        for calendar in CALENDARS.values()
        for style in STYLES
        for text in without_and_with_mark(calendar, style)
    ]
    done = subprocess.run(
        [foreign.NODE, str(Path(__file__).with_name("mdx.mjs")), os.environ["TIMELINE_MDX"]],
        input=json.dumps(documents),
        capture_output=True,
        text=True,
        check=True,
    )
    compiled = json.loads(done.stdout)
    assert len(compiled) == len(documents)
    assert compiled[::2] == compiled[1::2]


@pytest.mark.parametrize("style", STYLES)
def test_only_files_have_the_mark(
    style: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("events.yaml").write_text("calendar: {id: x.org, name: X}\nevents: []\n")
    Path("page.md").write_text(f"<!-- timeline:start style={style} -->\n<!-- timeline:end -->\n")
    assert Done("export", "--md", "--md-style", style).code == 0
    printed = Done("export", "--md", "--md-style", style, "--stdout").out_bytes
    assert Path("dist/events.md").read_bytes() == printed + b"\n[//]: # (timeline)\n"
    assert Done("embed", "page.md").code == 0
    assert "[//]" not in Path("page.md").read_text()
    assert Done("export", "--md", "--md-style", style, "--check").code == 0
    assert Done("export", "--md", "--md-style", style).err == "unchanged dist/events.md\n"
