"""Timelines in Markdown documents: where they come to stand, and that nothing else changes."""

# ruff: noqa: RUF001 - goldens have the dashes that they have

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from support.command import Done
from support.loading import load_text
from support.paths import TESTS
from timeline.compiler.pipeline import Loaded, load_file
from timeline.diagnostics.catalog import rules_by_code
from timeline.diagnostics.model import Span
from timeline.diagnostics.placement import locate_all
from timeline.diagnostics.render import terminal
from timeline.embed.document import Embedded, embed_timelines
from timeline.embed.markers import find_places
from timeline.source.files import UnreadableFile
from timeline.source.text import SourceText

FILE = """\
calendar: {id: x.org, name: X, description: Not to be seen., timezone: Europe/Berlin}
feeds:
  - {id: races, name: Races, categories: [rally]}
events:
  - {id: rally, summary: The rally, start: 2025-01-03, end: 2025-01-17, categories: [rally]}
  - {id: stage, summary: "Stage <!-- timeline:end -->", start: 2025-01-04, categories: ["a, b"]}
  - {id: debut, summary: The debut, start: 2026, categories: [team]}
"""
LOADED = load_text(FILE)

LIST = """\

## 2025

-   **3–17 January 2025** — The rally · *rally*
-   **4 January 2025** — Stage &lt;!-- timeline:end --&gt; · *a, b*

## 2026

-   **2026** — The debut · *team*

"""
START, END = "<!-- timeline:start -->\n", "<!-- timeline:end -->\n"


def load_it(_: str) -> Loaded:
    return LOADED


def embedded(document: str) -> str:
    result = embed_timelines(document.encode(), "page.md", load_it)
    assert result.diagnostics == []
    assert result.content is not None
    return result.content.decode()


def codes(document: str | bytes) -> list[str]:
    content = document if isinstance(document, bytes) else document.encode()
    result = embed_timelines(content, "page.md", load_it)
    assert result.content is None or not result.diagnostics
    return [diagnostic.code for diagnostic in result.diagnostics]


def between(options: str) -> str:
    return embedded(f"<!-- timeline:start {options} -->\n{END}")


# What comes to stand there.


def test_what_stands_between_the_markers_is_replaced() -> None:
    for old in ("", "old\n", "\n\n# Old\n\n```\nx\n```\n"):
        assert embedded(f"# A\n\n{START}{old}{END}\nB") == f"# A\n\n{START}{LIST}{END}\nB"


def test_places_may_be_many() -> None:
    document = f"{START}{END}A\n<!-- timeline:start to=2025 style=table -->\n{END}B\n"
    markdown = embedded(document)
    assert markdown.count("The rally") == 2
    assert markdown.count("The debut") == 1
    assert re.sub(r"(start.*-->\n)(?s:.*?)(?=<!-- timeline:end)", r"\1", markdown) == document


def test_options_choose() -> None:
    assert "Stage" not in between("feed=races")
    assert "The debut" not in between("to=2025-06")
    assert "The rally" not in between("from='2025-02'")
    assert "\n#### 2025\n" in between("heading-level=4")
    assert "| 2026 | The debut" in between("style=table")
    assert "\n        2026 : The debut\n" in between("style=mermaid")
    assert "No events.\n" in between("from=2027")
    assert "<p>No events.</p>\n" in between("from=2027 style=page")


def test_categories_are_given_one_by_one_or_together() -> None:
    for options in (
        "category=rally category=team",
        'category="rally, team"',
        "category=rally,team",
    ):
        markdown = between(options)
        assert "The rally" in markdown
        assert "The debut" in markdown
        assert "Stage" not in markdown
    assert "Stage" in between('category="a, b"')


def test_line_ends_are_those_of_the_marker_and_a_byte_order_mark_stays() -> None:
    document = f"\ufeffA\r\n{START}{END}".replace("\n", "\r\n").replace("\r\r", "\r")
    expected = f"\ufeffA\n{START}{LIST}{END}".replace("\n", "\r\n")
    assert embedded(document) == expected
    assert embedded(f"{START}{END}".replace("\n", "\r")) == f"{START}{LIST}{END}".replace(
        "\n", "\r"
    )
    mixed = "A\n<!-- timeline:start -->\r\nold\n<!-- timeline:end -->\nB\r"
    new = LIST.replace("\n", "\r\n")
    assert embedded(mixed) == f"A\n<!-- timeline:start -->\r\n{new}<!-- timeline:end -->\nB\r"


def test_the_last_line_needs_no_end() -> None:
    assert embedded(START + END.strip()) == START + LIST + END.strip()


def test_a_timeline_in_a_list_item_stays_in_it() -> None:
    document = f"-   A\n\n    {START}    {END}\n-   B\n"
    markdown = embedded(document)
    assert "\n    -   **3–17 January 2025** — The rally" in markdown
    assert "\n    ## 2025\n\n" in markdown
    kinds = [(token.type, token.level) for token in MarkdownIt("commonmark").parse(markdown)]
    assert kinds.count(("list_item_open", 1)) == 2
    assert kinds.count(("heading_open", 2)) == 2
    assert embedded(markdown) == markdown


# Which comments are markers.


@pytest.mark.parametrize(
    "code",
    [
        "```\n{}```",
        "```markdown title=x\n{}```",
        "~~~\n{}~~~",
        "````\n```\n{}```\n````",
        "~~~\n```\n{}~~~",
        "   ```\n{}   ```",
        "- ```\n  {}  ```",
        "1.  A\n\n    ```\n    {}    ```",
        "> ```\n> {}> ```",
        "    {}",
        "A\n\n\t{}",
        "-   A\n\n        {}",
        "`x` {}",
        "> {}",
        "- {}",
        "<!--\n{}-->",
        "<pre>\n{}</pre>",
        "<script>\n{}</script>",
        "```\n{}",
    ],
)
def test_what_is_not_a_marker_for_commonmark_is_left_alone(code: str) -> None:
    text = code.format(START)
    assert find_places(SourceText("page.md", text)) == ([], [])
    assert embedded(f"{text}\n") == f"{text}\n"


@pytest.mark.parametrize(
    "before",
    [
        *("A\n", "```\n```\n", "``` x ` y\n", "- A\n", "<div>\n", "    code\n", "<!-- c -->\n"),
        *("> ```\n", "- ```\n\n", "***\n", "~~~\n```\n~~~~\n", "<pre>x</pre>\n"),
        "<!-- timeline: a heading -->\n",
    ],
)
def test_what_stands_above_does_not_hide_a_marker(before: str) -> None:
    assert embedded(f"{before}{START}{END}") == f"{before}{START}{LIST}{END}"


@pytest.mark.parametrize(
    "comment",
    ["<!-- timeline: a heading -->", "<!-- timeline starts here -->", "<!-- timeline:history -->"],
)
def test_other_comments_are_somebody_elses(comment: str) -> None:
    assert embedded(f"{comment}\n") == f"{comment}\n"


@pytest.mark.parametrize(
    "comment",
    ["timeline: start", "Timeline:start", "timeline start", "TIMELINE:END", "timeline-start"],
)
def test_a_comment_that_is_nearly_a_marker_is_reported(comment: str) -> None:
    assert codes(f"{START}{END}\n<!-- {comment} -->\n") == ["marker-syntax"]


def test_a_start_that_does_not_stand_alone_is_pointed_at() -> None:
    result = embed_timelines(f"* {START}  {END}".encode(), "page.md", load_it)
    (diagnostic,) = result.diagnostics
    assert diagnostic.code == "unpaired-marker"
    assert [note.at for note in diagnostic.notes] == [Span("page.md", 1, 3, 1, 26)]


def test_front_matter_is_left_alone() -> None:
    front = f"---\ntitle: x\n\n{START}---\n"
    assert embedded(f"{front}{START}{END}") == f"{front}{START}{LIST}{END}"
    assert embedded(f"---\n\n{START}{END}---\n") == f"---\n\n{START}{LIST}{END}---\n"


# Nothing else changes.

PIECES = st.sampled_from(
    [
        *(
            START,
            END,
            "<!-- timeline:start style=table -->\r\n",
            "<!-- timeline:start from=2026 -->\n",
        ),
        *(
            "<!-- timeline:start x=1 -->\n",
            "<!-- timeline:start",
            "timeline:end",
            " ",
            "  ",
            "\t",
            "    ",
        ),
        *(
            "\r",
            "\n",
            "\r\n",
            "```\n",
            "~~~\n",
            "- a\n",
            "1. a\n",
            "> ",
            "<!--",
            "-->",
            "<pre>\n",
            "\ufeff",
        ),
        *("\u2028", "\x00", "\x0c", "\ud7ff", "=", '"', "text\n", "\n\n"),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join)


@given(TEXTS)
@example(f"\ufeff{START}{END}\x00\r")
@example(f"- a\n\n  {START}- b\n\n  {END}")
@example(f" {START}1.  a\n {END}```\n")
def test_all_outside_of_markers_stays_and_a_second_time_changes_nothing(text: str) -> None:
    content = text.encode()
    result = embed_timelines(content, "page.md", load_it)
    for located in locate_all(result.diagnostics, result.document):
        assert result.document.line(located.span.file, located.span.line) is not None
    assert terminal.render(result.diagnostics, result.document, color=False).endswith("\n") is bool(
        result.diagnostics
    )
    if result.content is None:
        assert result.diagnostics
        return
    assert outside(content) == outside(result.content)
    again = embed_timelines(result.content, "page.md", load_it)
    assert again.content == result.content
    assert again.places == result.places


def outside(content: bytes) -> list[str]:
    """Give what does not belong to a place, mark and all."""
    raw = content.decode().removeprefix("\ufeff")
    places, _ = find_places(SourceText("page.md", raw))
    ends = [0, *(place.end for place in places)]
    starts = [*(place.start for place in places), len(raw)]
    return [content[:3].hex(), *(raw[end:start] for end, start in zip(ends, starts, strict=True))]


@given(st.binary(max_size=40) | st.binary(max_size=20).map(lambda x: START.encode() + x))
@example(b"\xff\xfe<\x00!\x00")
@example(b"\x00<\x00!\x00-\x00-")
def test_any_bytes_are_embedded_or_refused(content: bytes) -> None:
    result = embed_timelines(content, "page.md", load_it)
    assert (result.content is None) is bool(result.diagnostics)
    if not result.places and result.content is not None:
        assert result.content == content


def test_another_encoding_is_refused() -> None:
    for content in (f"Café\n{START}{END}".encode("cp1252"), f"A\n{START}{END}".encode("utf-16")):
        assert codes(content) == ["encoding"]


# What is said of mistakes.

BAD = TESTS / "bad" / "embed"


def load_beside(path: str) -> Loaded:
    return load_file(path)


@pytest.mark.parametrize("name", sorted(path.name for path in BAD.glob("*.md")))
def test_the_report_is_the_text_beside_the_document(
    name: str, monkeypatch: pytest.MonkeyPatch, update: bool
) -> None:
    monkeypatch.chdir(BAD)
    result: Embedded = embed_timelines(Path(name).read_bytes(), name, load_beside)
    assert result.content is None
    code = max(
        (code for code in rules_by_code() if f"{name[:-3]}-".startswith(f"{code}-")), key=len
    )
    assert {diagnostic.code for diagnostic in result.diagnostics} == {code}
    shown = terminal.render(result.diagnostics, result.document, color=False)
    golden = BAD / name.replace(".md", ".txt")
    if update:
        golden.write_text(shown, encoding="utf-8", newline="\n")
    assert golden.read_text(encoding="utf-8") == shown


def test_every_text_is_beside_a_document(update: bool) -> None:
    if update:
        pytest.skip("other tests write the golden files now")
    stems = {path.stem for path in BAD.glob("*.md")}
    assert stems == {path.stem for path in BAD.glob("*.txt")}


def test_one_run_tells_all_mistakes() -> None:
    document = f"<!-- timeline:start feed=x style=y -->\n{END}"
    document += f"<!-- timeline:start category=z -->\n{END}{END}"
    assert codes(document) == ["unpaired-marker", "wrong-value", "unknown-feed", "unknown-category"]


def test_a_file_that_is_not_there_is_reported_at_its_option_or_at_the_marker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def nothing(path: str) -> Loaded:
        raise UnreadableFile(f"cannot read `{path}`")

    document = f"{START}{END}<!-- timeline:start file=../a.yaml -->\n{END}"
    result = embed_timelines(document.encode(), "docs/page.md", nothing)
    assert [(diagnostic.code, diagnostic.message) for diagnostic in result.diagnostics] == [
        ("embedded-file", "cannot read `docs/events.yaml`"),
        ("embedded-file", "cannot read `a.yaml`"),
    ]
    assert [diagnostic.at for diagnostic in result.diagnostics] == [
        Span("docs/page.md", 1, 1, 1, 24),
        Span("docs/page.md", 3, 26, 3, 35),
    ]


# The command.


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("events.yaml").write_text(FILE)
    Path("a.md").write_text(f"A\n{START}{END}")
    Path("docs").mkdir()
    Path("docs/b.md").write_text(f"B\n{START}{END}")
    return tmp_path


@pytest.mark.usefixtures("folder")
class TestCommand:
    def test_documents_are_written_once(self) -> None:
        done = Done("embed", "a.md", "docs/b.md")
        assert (done.code, done.out) == (0, "")
        assert done.err == f"wrote a.md\nwrote {Path('docs/b.md')}\n"
        assert Path("docs/b.md").read_text() == f"B\n{START}{LIST}{END}"
        assert Done("embed", "a.md", "docs/b.md").err.count("unchanged") == 2

    def test_check_and_diff_write_nothing(self) -> None:
        done = Done("embed", "a.md", "--check")
        assert (done.code, done.out, done.err) == (1, "", "would change a.md\n")
        done = Done("embed", "a.md", "--diff")
        assert done.code == 1
        assert "+-   **2026** — The debut" in done.out
        assert Path("a.md").read_text() == f"A\n{START}{END}"
        Done("embed", "a.md")
        done = Done("embed", "a.md", "--diff")
        assert (done.code, done.out, done.err) == (0, "", "up to date a.md\n")

    def test_a_document_without_markers_is_answered_with_the_lines_to_paste(self) -> None:
        Path("c.md").write_text("C\n")
        done = Done("embed", "a.md", "c.md")
        assert done.code == 1
        assert f"\n\n{START}{END}" in done.err
        assert Path("a.md").read_text() == f"A\n{START}{END}"

    def test_markers_that_do_not_count_are_named(self) -> None:
        Path("c.md").write_text(f"C\n\n> {START}> {END}")
        done = Done("embed", "c.md")
        assert done.code == 1
        assert done.err.startswith("c.md: markers are ignored in lines 3, 4: ")
        assert "there is no place" not in done.err

    def test_a_document_that_is_read_only_is_replaced_and_stays_so(self) -> None:
        Path("a.md").chmod(0o444)
        assert Done("embed", "a.md").err == "wrote a.md\n"
        assert not Path("a.md").stat().st_mode & 0o222

    def test_a_mistake_anywhere_keeps_all_from_being_written(self) -> None:
        Path("docs/b.md").write_text("<!-- timeline:start stile=table -->\n" + END)
        done = Done("embed", "a.md", "docs/b.md")
        assert done.code == 1
        assert "b.md:1:21: error[unknown-option]" in done.err
        assert done.err.endswith("1 error\n")
        assert Path("a.md").read_text() == f"A\n{START}{END}"

    def test_errors_of_the_events_file_are_reported_once(self) -> None:
        Path("events.yaml").write_text(FILE + "  - {id: x, sumary: X, start: 2025-21}\n")
        done = Done("embed", "a.md", "docs/b.md")
        assert done.code == 1
        assert done.err.count("error[unknown-key]") == 1
        assert Path("a.md").read_text() == f"A\n{START}{END}"

    def test_warnings_of_the_events_file_do_not_stop(self) -> None:
        Path("events.yaml").write_text(FILE + "  - {id: x, summary: X, start: 2025-21}\n")
        done = Done("embed", "a.md")
        assert done.code == 0
        assert "warning[season-hemisphere]" in done.err

    def test_the_file_beside_the_document_comes_first(self) -> None:
        Path("docs/events.yaml").write_text(FILE.replace("The debut", "Another"))
        assert Done("embed", "a.md", "docs/b.md").code == 0
        assert "The debut" in Path("a.md").read_text()
        assert "Another" in Path("docs/b.md").read_text()

    @pytest.mark.parametrize("path", ["nowhere.md", "nowhere/b.md"])
    def test_what_cannot_be_read_is_wrong_use(self, path: str) -> None:
        done = Done("embed", path)
        assert done.code == 2
        assert f"`{path}`" in done.err

    def test_a_symbolic_link_is_written_through(self) -> None:
        Path("link.md").symlink_to("a.md")
        assert Done("embed", "link.md").code == 0
        assert Path("link.md").is_symlink()
        assert Path("a.md").read_text() == f"A\n{START}{LIST}{END}"
