"""Places in a file: every path leads to the text that it was read from."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from support.documents import NAME, written
from support.loading import document_of, file_text
from timeline.diagnostics.model import At, On, Span

# Places.

PLACES = """\
# a comment
calendar:
  name: Defender at the Dakar Rally   # c
events:
  - id: a
    summary: "quoted text"
    title: 'It''s here'
    note: "tab \\t here"
    description: |
      first
      second

    # comment

  - id: b
    categories: [x, yy]
    start: &s 2025-01-03
    end: *s
"""


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (At(("calendar", "name")), "Defender at the Dakar Rally"),
        (At(("calendar", "name"), On.KEY), "name"),
        (At(("calendar", "name"), part=(9, 11)), "at"),
        (At(("events", 0, "summary")), '"quoted text"'),
        (At(("events", 0, "summary"), part=(0, 6)), "quoted"),
        (At(("events", 0, "title"), part=(0, 2)), "It"),
        (At(("events", 0, "title"), part=(5, 9)), "'It''s here'"),
        (At(("events", 0, "note"), part=(0, 3)), "tab"),
        (At(("events", 0, "note"), part=(6, 10)), '"tab \\t here"'),
        (At(("events", 0, "description")), "|\n      first\n      second"),
        (At(("events", 0, "description"), part=(0, 5)), "|\n      first\n      second"),
        (At(("events", 1, "categories")), "[x, yy]"),
        (At(("events", 1, "categories", 1)), "yy"),
        (At(("events", 1, "start")), "2025-01-03"),
        (At(("events", 1, "start"), part=(0, 4)), "2025"),
        (At(("events", 1, "end")), "2025-01-03"),
        (At(("events", 1, "end"), part=(0, 4)), "2025"),
        (At(("events", 1, "end"), On.KEY), "end"),
        # what does not exist: the mapping's first key, the list's key, the scalar
        (At(("events", 1, "summary")), "id"),
        (At(("events", 1, "summary"), On.KEY), "id"),
        (At(("events", 7)), "events"),
        (At(("events", 1, "categories", 5)), "categories"),
        (At(("events", 1, "start", "str")), "2025-01-03"),
        (At(("nothing", 3, "x")), "calendar"),
    ],
)
def test_a_path_leads_to_its_text(at: At, text: str) -> None:
    assert written(PLACES, document_of(PLACES).locate(at)) == text


PATHS = [
    *[("calendar",), ("calendar", "name"), ("calendar", "url"), ("events",), ("events", 2)],
    *[("events", 0), ("events", 0, "note"), ("events", 0, "url"), ("events", 0, "summary", 1)],
    *[("events", 1), ("events", 1, "categories", 1), ("events", 1, "end"), ("events", 1, "x")],
]


@pytest.mark.parametrize("kept", [[], [0], [1], [0, 1], [5]])
def test_places_are_the_same_if_those_of_few_events_are_kept(kept: list[int]) -> None:
    kept_places = [At(("events", index, "id")) for index in kept]
    every = [At(path, on) for path in PATHS for on in On]
    for first in every:
        document, few = document_of(PLACES), document_of(PLACES)
        few.keep_places(kept_places)
        for at in (first, *every):
            assert few.locate(at) == document.locate(at), (first, at)
            assert few.alias(at) == document.alias(at)
            assert few.scalar(at) == document.scalar(at)


def test_of_events_without_diagnostics_no_places_are_kept() -> None:
    document = document_of(file_text(*(f"id: e{index}, start: 2025" for index in range(9))))
    document.keep_places([At(("events", 7, "id")), At(("events", 2, "id"))])
    assert document.locate(At(("events", 7, "id"))).line == 10
    (file,) = document.files
    assert file.few is not None
    assert list(file.few.children["events"].children) == [2, 7]
    assert file.few.end == len(file.text.clean.rstrip())
    assert document.locate(At(("events", 8, "id"))).line == 11
    assert file.few is None


def test_a_mapping_ends_with_its_last_value() -> None:
    document = document_of(PLACES)
    first = document.locate(At(("events", 0)))
    assert (first.line, first.column, first.end_line, first.end_column) == (5, 5, 11, 13)
    whole = document.locate(At(()))
    assert (whole.line, whole.end_line, whole.end_column) == (2, 18, 12)


def test_a_span_is_its_own_place() -> None:
    span = Span("x", 1, 2, 3, 4)
    assert document_of("").locate(span) is span


def test_places_within_an_alias_are_the_anchors() -> None:
    text = "x-a: &a\n  b: c\nd: *a\n"
    document = document_of(text)
    assert document.locate(At(("d", "b"))) == Span(NAME, 2, 6, 2, 7)
    assert document.locate(At(("d",))) == Span(NAME, 3, 4, 3, 6)
    assert document.locate(At(("d", "missing"))) == Span(NAME, 3, 4, 3, 6)
    assert document.alias(At(("d",))) is None


def test_the_place_of_a_text_that_an_alias_repeats_is_that_of_the_text() -> None:
    document = document_of("x-a: &a b c\nd: *a\n")
    assert document.locate(At(("d",), part=(2, 3))) == Span(NAME, 1, 11, 1, 12)
    assert document.locate(At(("d",), On.KEY)) == Span(NAME, 2, 1, 2, 2)
    assert document.alias(At(("d",))) == Span(NAME, 2, 4, 2, 6)
    assert document.alias(At(("x-a",))) is document.alias(Span(NAME, 1, 1, 1, 2)) is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_the_file_whatever_ends_them(end: str) -> None:
    document = document_of(end.join(["a: b", "", "c: dé", "e:"]))
    assert document.locate(At(("c",))) == Span(NAME, 3, 4, 3, 6)
    assert [document.line(NAME, number) for number in range(6)] == [
        None, "a: b", "", "c: dé", "e:", None,
    ]  # fmt: skip
    assert document.line("other.yaml", 1) is None


# Properties.

scalars = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Zl", "Zp"),
        exclude_characters="\ufeff\ufffe\uffff"
        "\u202a\u202b\u202d\u202e\u2066\u2067\u2068",  # refused where nothing turns them back
    ),
    max_size=12,
)
data = st.dictionaries(
    scalars.filter(bool),
    st.recursive(
        scalars,
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(scalars.filter(bool), inner, max_size=4)
        ),
        max_leaves=12,
    ),
    min_size=1,
    max_size=5,
)
yamlish = st.lists(
    st.sampled_from(
        [
            *(
                "a",
                "b: ",
                "- ",
                "\n",
                "  ",
                "\n  ",
                "\n    ",
                "[",
                "]",
                "{",
                "}",
                ",",
                "'",
                '"',
                "#",
            ),
            *(" #x", "&a ", "*a", "!t ", "|", ">", "|\n", ">\n", "%YAML 1.2\n", "---\n", "...\n"),
            *("? ", ": ", "\t", "\r\n", "\r", "\\", "\\x07", "~", "é", "🏁", "<<: ", "summary: "),
            *("start:", "\x00", "\ufeff", "@", "`", 'x: "', "key: [", "id: x", "- id: y"),
        ]
    ),
    max_size=40,
).map("".join)


def paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    pairs: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    return [(path, value)] + [pair for key, inner in pairs for pair in paths(inner, (*path, key))]


@given(yamlish | st.text(max_size=60))
@example("a: &a\n- *a")
@example("a: 'b\n")
@example("- a: |\n  \n b")
@settings(max_examples=1500, deadline=None)
def test_any_text_is_read_without_an_exception(text: str) -> None:
    try:
        content = text.encode()
    except UnicodeEncodeError:
        content = text.encode(errors="surrogatepass")
    document = document_of(content)
    for diagnostic in document.diagnostics:
        assert diagnostic.code != "yaml-syntax" or document.truncated is not None
    for path, value in paths(document.data):
        span = document.locate(At(path))
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert document.line(NAME, span.line) is not None
        clean = document.files[0].text.clean.split("\n")
        one_line = "\r" not in text and span.line == span.end_line
        if isinstance(value, str) and one_line and span.end_column - span.column == len(value):
            shown = clean[span.line - 1][span.column - 1 : span.end_column - 1]
            assert shown == value or shown[:1] in "'\"*"


@given(st.binary(max_size=80))
def test_any_bytes_are_read_without_an_exception(content: bytes) -> None:
    document_of(content)


@given(data)
def test_texts_come_back_and_lie_where_their_path_says(value: dict[str, Any]) -> None:
    def flow(inner: Any) -> str:
        if isinstance(inner, dict):
            return (
                "{" + ", ".join(f"{flow(key)}: {flow(item)}" for key, item in inner.items()) + "}"
            )
        if isinstance(inner, list):
            return "[" + ", ".join(map(flow, inner)) + "]"
        return "'" + inner.replace("'", "''") + "'"

    text = flow(value)
    document = document_of(text)
    assert (document.data, document.diagnostics) == (value, [])
    for path, inner in paths(value):
        assert written(text, document.locate(At(path))) == flow(inner)


@given(st.lists(st.from_regex(r"[a-z0-9][a-z0-9 .,é東🏁-]{0,20}[a-z]", fullmatch=True), min_size=1))
def test_plain_texts_lie_where_their_path_says(values: list[str]) -> None:
    text = "events:\n" + "".join(f"  - id: {value}  # c\n\n" for value in values)
    document = document_of(text)
    for index, value in enumerate(values):
        span = document.locate(At(("events", index, "id")))
        if document.data["events"][index]["id"] is not None:
            assert written(text, span) == value == document.data["events"][index]["id"]
