"""Comments count as markers where another CommonMark parser finds HTML blocks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from timeline.diagnostics.model import Span
from timeline.embed.markers import find_places
from timeline.source.text import SourceText

START, END = "<!-- timeline:start -->\n", "<!-- timeline:end -->\n"
FRAGMENTS = [
    *("<!-- timeline:start -->", "<!-- timeline:end -->", "text", "- item", "-   item", "1. item"),
    *(
        "```",
        "~~~",
        "````",
        "    code",
        "<!--",
        "-->",
        "<!-- c -->",
        "# h",
        "> q",
        "> ```",
        "* * *",
    ),
    *(
        "---",
        "<pre>",
        "x</pre>",
        "-",
        "10) y",
        "- - z",
        "-     code",
        "- ```",
        "\t- tab",
        "<?x",
        "?>",
    ),
    *("+ <!-- timeline:start -->", "2025. In", "``` `", "<!DOCTYPE", "a -->", "<div>", ""),
]
INDENTS = ["", "", " ", "  ", "   ", "    ", "     ", "      ", "        ", "\t", "  \t"]
DOCUMENTS = st.lists(
    st.builds(str.__add__, st.sampled_from(INDENTS), st.sampled_from(FRAGMENTS)), max_size=8
)


@given(DOCUMENTS.map("\n\n".join))
def test_markers_are_where_another_parser_finds_html_blocks(document: str) -> None:
    lines = document.split("\n")
    expected = {
        token.map[0] + 1
        for token in MarkdownIt("commonmark").parse(document)
        if token.type == "html_block" and token.map
        if lines[token.map[0]].strip().startswith("<!-- timeline:")
    }
    text = SourceText("page.md", document)
    places, diagnostics = find_places(text)
    reported = {diagnostic.at.line for diagnostic in diagnostics if isinstance(diagnostic.at, Span)}
    starts = {place.at.line for place in places}
    ends = {text.place(place.end)[0] for place in places}
    assert reported <= expected
    assert starts | ends <= expected
    if not diagnostics:
        assert starts | ends == expected
