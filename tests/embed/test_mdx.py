"""Markers in braces, which MDX accepts; it has no comments of HTML."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from support import foreign
from support.command import Done
from support.loading import load_text
from timeline.embed.document import embed_timelines
from timeline.embed.markers import find_places
from timeline.source.text import SourceText

LOADED = load_text(
    "calendar: {id: x.org, name: X}\n"
    "categories: {race: {}}\n"
    'events:\n  - {id: a, summary: "The {rally} <b>", start: 2025-01-03, categories: [race]}\n'
)
START, END = "{/* timeline:start */}\n", "{/* timeline:end */}\n"
TEXT = "\n## 2025\n\n-   **3 January 2025** — The "


def embedded(document: str, name: str = "page.mdx") -> str:
    result = embed_timelines(document.encode(), name, lambda _: LOADED)
    assert [diagnostic.message for diagnostic in result.diagnostics] == []
    assert result.content is not None
    return result.content.decode()


def messages(document: str, name: str = "page.mdx") -> list[tuple[str, str | None]]:
    _, diagnostics = find_places(SourceText(name, document))
    return [(diagnostic.message, diagnostic.help) for diagnostic in diagnostics]


@pytest.mark.parametrize("name", ["page.mdx", "page.MDX", "page.md"])
def test_the_kind_of_the_marker_stays(name: str) -> None:
    text = embedded(f"A\n\n{START}old\n{END}\nB\n", name)
    assert text.startswith(f"A\n\n{START}{TEXT}")
    assert text.endswith(f"\n\n{END}\nB\n")
    assert embedded(text, name) == text


def test_a_document_may_have_both_kinds() -> None:
    html = "<!-- timeline:start style=table -->\n<!-- timeline:end -->\n"
    text = embedded(f"{START}{END}\n{html}", "page.md")
    assert text.count("The ") == 2
    assert "<!-- timeline:start style=table -->\n\n## 2025\n\n| Date" in text


def test_options_are_those_of_the_other_markers() -> None:
    text = embedded("{/* timeline:start category=race style=table heading-level=4 */}\n" + END)
    assert "#### 2025\n\n| Date" in text


@pytest.mark.parametrize(
    "code",
    [
        f"```\n{START}{END}```\n",
        f"~~~mdx\n{START}{END}~~~\n",
        f"  ```\n  {START}  {END}  ```\n",
        "{/*\n" + "timeline:start\n{/* timeline:end */}\n",
        f"<!--\n{START}-->\n",
        f"> {START}> {END}",
        f"text {START}",
        f"---\na: |\n  {START}---\n",
        "`{/* timeline:start */}`\n",
    ],
)
def test_what_is_not_a_comment_that_is_a_block_is_left_alone(code: str) -> None:
    assert find_places(SourceText("page.mdx", code)) == ([], [])


def test_in_mdx_nothing_is_code_by_its_indentation() -> None:
    tabs = f"<Tabs>\n    <Tab>\n        {START}        {END}    </Tab>\n</Tabs>\n"
    assert "        ## 2025\n" in embedded(tabs)
    fenced = f"<Tab>\n        ```\n        {START}        {END}        ```\n</Tab>\n"
    assert find_places(SourceText("page.mdx", fenced)) == ([], [])
    assert find_places(SourceText("page.md", tabs)) == ([], [])


def test_in_a_list_item_it_stays_in_it() -> None:
    assert "\n  ## 2025\n" in embedded(f"- a\n\n  {START}  {END}")


def test_errors_name_the_kind_of_the_author() -> None:
    assert messages(START) == [
        (
            "the timeline that begins here has no end",
            "add `{/* timeline:end */}` where it should end",
        )
    ]
    assert messages(END)[0][1] == (
        "add `{/* timeline:start */}` where it should begin, or delete this line"
    )
    assert messages("{/* timeline:start\n" + END) != []
    assert messages("{/* timeline:start }\n")[0] == (
        "the marker is not closed on its line",
        "add `*/}` at its end",
    )
    assert messages("{/* Timeline: start */}\n")[0][1] == "write `timeline:start`"
    assert messages("{/* timeline:begin */}\n")[0][1] == "write `start`"
    assert messages(f"{START}<!-- timeline:end -->\n") == [
        ("the two markers are different kinds of comments", "write `{/* timeline:end */}`")
    ]
    assert messages(f"<!-- timeline:start -->\n{END}", "page.md") == [
        ("the two markers are different kinds of comments", "write `<!-- timeline:end -->`")
    ]


@pytest.mark.parametrize(
    ("marker", "written"),
    [
        ("<!-- timeline:start -->", "{/* timeline:start */}"),
        ("<!--timeline:start style=table id=a-->", "{/*timeline:start style=table id=a*/}"),
        ('<!-- timeline:start file="a b.yaml" -->', '{/* timeline:start file="a b.yaml" */}'),
    ],
)
def test_html_comments_are_errors_in_mdx(marker: str, written: str) -> None:
    message = "MDX has no HTML comments, so it cannot read this document"
    html_end = "<!-- timeline:end -->\n"
    assert messages(f"{marker}\n{html_end}", "page.MDX") == [
        (message, f"write `{written}`"),
        (message, "write `{/* timeline:end */}`"),
    ]
    assert messages(f"{marker}\n{END}") == [(message, f"write `{written}`")]
    assert messages(f"{written}\n{END}") == []
    assert messages(f"{marker}\n{html_end}", "page.md") == []
    assert messages(f"```\n{marker}\n{html_end}```\n") == []


def test_a_document_without_markers_is_answered_with_those_of_its_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.mdx").write_text("# A\n")
    done = Done("embed", "page.mdx")
    assert (done.code, done.err.endswith(f"\n\n{START}{END}")) == (1, True)


_MISSING = foreign.missing_mdx()


@pytest.mark.engines
@pytest.mark.skipif(bool(_MISSING), reason=_MISSING)
def test_mdx_shows_the_timeline_and_not_the_markers() -> None:
    around = [
        "# A\n\n{}\nB\n",
        "<Tabs>\n  <Tab>\n    {}  </Tab>\n</Tabs>\n",
        "- a\n\n  {}",
        "import x from './x'\n\n{}\nThe {{1 + 1}}.\n",
    ]
    documents = []
    for style in ("list", "table", "mermaid"):
        for page in around:
            indent = page.split("{}")[0].rpartition("\n")[2]
            markers = f"{{/* timeline:start style={style} */}}\n{indent}{END}"
            documents.append(embedded(page.format(markers)))
    script = Path(__file__).parent.parent / "formats" / "markdown" / "mdx.mjs"
    done = subprocess.run(
        [foreign.NODE, str(script), os.environ["TIMELINE_MDX"]],
        input=json.dumps(documents),
        capture_output=True,
        text=True,
        check=True,
    )
    for program in json.loads(done.stdout):
        assert "rally" in program
        assert '"timeline:' not in program  # a text of the page; a comment stays a comment
