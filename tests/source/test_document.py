from __future__ import annotations

import io
import os
from pathlib import Path as FilePath
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from timeline.compiler.schema import models as schema
from timeline.diagnostics.model import At, Note, On, Span
from timeline.diagnostics.rules import Severity
from timeline.source.document import Document, parse_document
from timeline.source.files import Unreadable
from timeline.source.includes import read_document
from timeline.source.syntax.keys import KNOWN_KEYS
from timeline.source.text import MAX_BYTES

NAME = "events.yaml"


def reading(text: str) -> Document:
    return parse_document(text.encode(), NAME)


def found(document: Document) -> list[tuple[str, int, int]]:
    spans = [(one.code, document.locate(one.at)) for one in document.diagnostics]
    return [(code, span.line, span.column) for code, span in spans]


def written(text: str, span: Span) -> str:
    """The characters of a span, by another way than the reader's."""
    lines = (
        text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[span.line - 1 : span.end_line]
    )
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


# What is read.


def test_every_scalar_is_text() -> None:
    text = (
        "a: no\nb: 12:30\nc: 010\nd: 2025-02-30\ne: 1.0\nf: 0x1F\ng: ''\nh: \"~\"\ni: .nan\nj: y\n"
    )
    document = reading(text)
    assert document.diagnostics == []
    assert document.data == {
        "a": "no", "b": "12:30", "c": "010", "d": "2025-02-30", "e": "1.0",
        "f": "0x1F", "g": "", "h": "~", "i": ".nan", "j": "y",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: [1, {b: c}]\n", {"a": ["1", {"b": "c"}]}),
        ("a:\n- b\n- c\n", {"a": ["b", "c"]}),
        ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
        ("a: >\n  x\n  y\n", {"a": "x y\n"}),
        ("a: >-\n  x\n\n  y\n", {"a": "x\ny"}),
        ("a: x\n  y\n", {"a": "x y"}),
        ("a: {}\nb: []\n", {"a": {}, "b": []}),
        ("? a\n: b\n", {"a": "b"}),
        ("%YAML 1.2\n---\na: b\n...\n", {"a": "b"}),
        ("x-a: &a {b: c}\nd: *a\n", {"x-a": {"b": "c"}, "d": {"b": "c"}}),
        ("\ufeffa: b\n", {"a": "b"}),
        ("a: b\r\nc: |\r\n  d\r\n  e\r\n", {"a": "b", "c": "d\ne\n"}),
        ("a: b\rc: d\r", {"a": "b", "c": "d"}),
        ("a:\tb\n", {"a": "b"}),
        ("a: |\n  x\n  \ty\n", {"a": "x\n\ty\n"}),
        ('a: "x\\ty\\n"\n', {"a": "x\ty\n"}),
        ("a: x\u00a0y\u00ad\n", {"a": "x\u00a0y\u00ad"}),
        ("a: 🏁 \U0001f1f8\U0001f1e6\n", {"a": "🏁 🇸🇦"}),
    ],
)
def test_what_yaml_means_is_read_without_remark(text: str, data: dict[str, Any]) -> None:
    document = reading(text)
    assert (document.data, document.diagnostics, document.truncated) == (data, [], None)


# What is refused.

REFUSED = [
    # empty values
    ("start:\n", "empty-value", 1, 1),
    ("end: ~\n", "empty-value", 1, 6),
    ("id: null\n", "empty-value", 1, 5),
    ("id: Null\n", "empty-value", 1, 5),
    ("id: NULL\n", "empty-value", 1, 5),
    ("a: {b, c: d}\n", "empty-value", 1, 5),
    ("a:\n  - \n", "empty-value", 2, 3),
    ("a: [~]\n", "empty-value", 1, 5),
    ("a:\nb: c\n", "empty-value", 1, 1),
    # keys
    ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1),
    ("a: {b: 1, b: 2}\n", "duplicate-key", 1, 11),
    ("a: 1\n'a': 2\n", "duplicate-key", 2, 1),
    ("x-a: &a {b: c}\nd:\n  <<: *a\n", "merge-key", 3, 3),
    ("? [a, b]\n: c\n", "complex-key", 1, 3),
    ("{a: b}: c\n", "complex-key", 1, 1),
    ("a: &x y\n*x : c\n", "complex-key", 2, 1),
    ("a: {: b}\n", "empty-key", 1, 5),
    (": b\n", "empty-key", 1, 1),
    # tags, anchors, aliases
    ("a: !!str b\n", "tag", 1, 4),
    ("a: !b c\n", "tag", 1, 4),
    ("a: ! b\n", "tag", 1, 4),
    ("a: !<tag:x> b\n", "tag", 1, 4),
    ("!a b: c\n", "tag", 1, 1),
    ("a: !!map {b: c}\n", "tag", 1, 4),
    ("a: &Co party\n", "unused-anchor", 1, 4),
    ("a: &x 1\nb: &x 2\nc: *x\n", "duplicate-anchor", 2, 4),
    ("a: *x\n", "undefined-alias", 1, 4),
    ("a: &x\n  b: *x\n", "recursive-alias", 2, 6),
    ("a: &x [*x]\n", "recursive-alias", 1, 8),
    # documents and directives
    ("a: b\n---\nc: d\n", "second-document", 2, 1),
    ("a: b\n---\n", "second-document", 2, 1),
    ("a: b\n...\nc: d\n", "second-document", 3, 1),
    ("%YAML 1.1\n---\na: b\n", "directive", 1, 1),
    ("%YAML 2.0\n---\na: b\n", "directive", 1, 1),
    ("%TAG ! tag:x:\n---\na: b\n", "directive", 1, 1),
    ("# c\n%X y\n---\na: b\n", "directive", 2, 1),
    ("a: b\n%YAML 1.2\n", "directive", 2, 1),
    # characters
    ("a: b\x07c\n", "control-character", 1, 5),
    ("a: b\n# é\x00\n", "control-character", 2, 4),
    ("a: b\x85c\n", "control-character", 1, 5),
    ("a: b\u2028c\n", "control-character", 1, 5),
    ("a: b\u2029c\n", "control-character", 1, 5),
    ("a: b\x7fc\n", "control-character", 1, 5),
    ("a: b\ufeffc\n", "control-character", 1, 5),
    ("\ufeff\ufeffa: b\n", "control-character", 1, 1),
    ("a: b\uffffc\n", "control-character", 1, 5),
    ('a: "b\\x07c"\n', "control-character", 1, 6),
    ('a: "\\\\x\\r"\n', "control-character", 1, 8),
    ('a: "\\u2028"\n', "control-character", 1, 5),
    ('a: "\\N"\n', "control-character", 1, 5),
    ('a: "\\0"\n', "control-character", 1, 5),
    ('"a\\e": b\n', "control-character", 1, 3),
    # tabs
    ("a:\n\tb: c\n", "tab-indentation", 2, 1),
    ("a:\n\t- b\n", "tab-indentation", 2, 1),
    ("a:\n  b: c\n\td: e\n", "tab-indentation", 3, 1),
    ("a:\n  b: c\n  \td: e\n", "tab-indentation", 3, 3),
    ("a: [\n\tb]\n", "tab-indentation", 2, 1),
    ("a: |\n\tb\n", "tab-indentation", 2, 1),
    ("\ta: b\n", "tab-indentation", 1, 1),
    # texts that need quotes
    ("summary: Rally: the finale\n", "unquoted-text", 1, 10),
    ("- summary: Rally: the finale\n", "unquoted-text", 1, 12),
    ("a: b\nc: d: e\n", "unquoted-text", 2, 4),
    ("a: @x\n", "unquoted-text", 1, 4),
    ("a: `x`\n", "unquoted-text", 1, 4),
    ("a: *a*\n", "unquoted-text", 1, 4),
    ("a: * b\n", "unquoted-text", 1, 4),
    ("a: & b\n", "unquoted-text", 1, 4),
    ("a: %x\n", "unquoted-text", 1, 4),
    ("a: > text\n", "unquoted-text", 1, 4),
    ("a: | text\n", "unquoted-text", 1, 4),
    ("a: ? b\n", "unquoted-text", 1, 4),
    ("a: ]\n", "unquoted-text", 1, 4),
    ("a: , b\n", "unquoted-text", 1, 4),
    ("a: !! b\n", "unquoted-text", 1, 4),
    ("a: 'It's here'\n", "text-after-value", 1, 8),
    ('a: "x" y\n', "text-after-value", 1, 8),
    ("a: [1] x\n", "text-after-value", 1, 8),
    # quotes, brackets, escapes
    ("a: 'open\nb: 1\n", "unclosed-quote", 1, 4),
    ('a: "open\n', "unclosed-quote", 1, 4),
    ("a: 'x\nb: 'y'\n", "unclosed-quote", 1, 4),
    ("a: [1, 2\nb: 3\n", "unclosed-bracket", 1, 4),
    ("a: {b: 1\nc: 2\n", "unclosed-bracket", 1, 4),
    ("a: [b}\n", "unclosed-bracket", 1, 4),
    ("a: [\n", "unclosed-bracket", 1, 4),
    ("a: [b, {\n", "unclosed-bracket", 1, 8),
    ("a: [b,\nc: d\n", "unclosed-bracket", 1, 4),
    ('a: "C:\\quit"\n', "escape", 1, 7),
    ('a: "\\xZZ"\n', "escape", 1, 5),
    ('a: "\\ud800"\n', "escape", 1, 5),
    # layout
    ("a:\n  b: 1\n c: 2\n", "indentation", 3, 2),
    ("a:\n  - b\n - c\n", "indentation", 3, 2),
    ("- id: a\n   summary: x\n", "indentation", 2, 4),
    ("- id: a\n summary: x\n", "indentation", 2, 2),
    ("- a\nb: c\n", "indentation", 2, 1),
    ("- a: b\n  - c\n", "indentation", 2, 3),
    ("a: - b\n", "indentation", 1, 4),
    ("a: |\n    \n  b\n", "indentation", 3, 3),
    ("  a: b\nc: d\n", "indentation", 2, 1),
    ("# c\n  - b\nc: d\n", "indentation", 3, 1),
    ("a:b\nc: d\n", "missing-space", 1, 1),
    ("a\nb: c\n", "missing-colon", 1, 1),
    ("a: b\nc\nd: e\n", "missing-colon", 2, 1),
    ("a: [b,,c]\n", "yaml-syntax", 1, 7),
    ("[a] b\n", "yaml-syntax", 1, 5),
    ('"a" b\n', "yaml-syntax", 1, 5),
    ("{a: b}\nc: d\n", "yaml-syntax", 2, 1),
    # roots
    ("", "not-a-mapping", 1, 1),
    ("# nothing\n", "not-a-mapping", 1, 1),
    ("- a\n", "not-a-mapping", 1, 1),
    ("text\n", "not-a-mapping", 1, 1),
    ("~\n", "not-a-mapping", 1, 1),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), REFUSED)
def test_what_is_refused_is_one_diagnostic_at_its_place(
    text: str, code: str, line: int, column: int
) -> None:
    document = reading(text)
    assert found(document) == [(code, line, column)]
    (only,) = document.diagnostics
    assert only.severity is Severity.ERROR
    assert only.help


LIBYAML = ("in this context", "did not find", "could not find", "block mapping", "while scanning")


@pytest.mark.parametrize("text", [row[0] for row in REFUSED])
def test_no_message_is_libyamls(text: str) -> None:
    for one in reading(text).diagnostics:
        assert not any(words in f"{one.message} {one.help}" for words in LIBYAML)
        assert one.message[0].islower() or one.message[0] == "`"
        assert not one.message.endswith(".")


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("summary: Rally: the finale\n", 'summary: "Rally: the finale"'),
        ("summary: Rally: the finale   # c\n", 'summary: "Rally: the finale"'),
        ('- summary: The "Rally": x\n', "- summary: 'The \"Rally\": x'"),
        ("a: @x\n", 'a: "@x"'),
        ("a: 'It's here'\n", 'a: "It\'s here"'),
        ("a: &Co party\n", 'a: "&Co party"'),
        ("a: *Note\n", 'a: "*Note"'),
        ("summary: Stage #1\n", 'summary: "Stage #1"'),
        ("a:b\nc: d\n", "a: b"),
    ],
)
def test_help_shows_the_line_as_it_is_to_be_typed(text: str, typed: str) -> None:
    (only,) = reading(text).diagnostics
    assert f"`{typed}`" in (only.help or "")
    typed = typed.removeprefix("- ")
    assert reading(typed).diagnostics == []


def test_a_date_without_a_value_is_told_of_tbc() -> None:
    helps = [one.help for one in reading("start:\nend: ~\nurl:\n").diagnostics]
    assert helps == ["write `TBC` if the date is not known yet"] * 2 + ["leave the key out"]
    assert reading("start:\n").data == {"start": None}


def test_the_first_of_equal_keys_stays_and_is_shown() -> None:
    document = reading("a: 1\nb: 2\na: {c: 3, c: 4}\n")
    assert document.data == {"a": "1", "b": "2"}
    assert found(document) == [("duplicate-key", 3, 1), ("duplicate-key", 3, 11)]
    notes = [one.notes for one in document.diagnostics]
    assert notes == [
        (Note("first used here", Span(NAME, 1, 1, 1, 2)),),
        (Note("first used here", Span(NAME, 3, 5, 3, 6)),),
    ]


@pytest.mark.parametrize("value", ["{{ b }}", "{[b]: c}", "{? {b: [c, {d: }]} : }", "{? *c : }"])
def test_a_value_of_a_key_that_is_no_word_is_told_of_once(value: str) -> None:
    document = reading(f"x: [&c d, *c]\na: {value}\n")
    assert [one.code for one in document.diagnostics] == ["complex-key"]
    assert document.data["a"] is None


def test_a_key_without_its_colon_is_offered_if_the_format_has_it() -> None:
    models = [getattr(each, "__pydantic_fields__", {}) for each in vars(schema).values()]
    known = {field.alias or name for each in models for name, field in each.items()}
    assert sorted(KNOWN_KEYS - known) == []


def test_dropped_keys_leave_nothing_in_the_data() -> None:
    assert reading("? [a]\n: b\n<<: c\nd: e\n").data == {"d": "e"}


def test_what_follows_a_bad_character_is_still_read() -> None:
    document = reading("a: b\x07\nc: d\x1b\ne:\n")
    assert document.data == {"a": "b\ufffd", "c": "d\ufffd", "e": None}
    assert [row[0] for row in found(document)] == ["control-character"] * 2 + ["empty-value"]


def test_many_control_characters_are_counted_instead_of_listed() -> None:
    document = reading("# " + "\x00" * 50 + "\na: b\n")
    assert len(document.diagnostics) == 20
    assert document.diagnostics[-1].notes == (Note("the file has 30 more of them"),)
    assert document.data == {"a": "b"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_another_encoding_is_named_and_read(encoding: str) -> None:
    document = parse_document("a: é\nb:\n".encode(encoding), NAME)
    assert found(document) == [("encoding", 1, 1), ("empty-value", 2, 1)]
    assert encoding[:6].upper() in document.diagnostics[0].message
    assert document.data == {"a": "é", "b": None}


def test_a_byte_that_is_not_utf8_has_a_line_and_a_column() -> None:
    document = parse_document("a: é\nb: x".encode() + b"\xe9" + b" y\xff\n", NAME)
    assert found(document) == [("encoding", 2, 5)]
    assert "0xE9" in document.diagnostics[0].message
    assert "`é`" in (document.diagnostics[0].help or "")
    assert document.data["b"] == "x\ufffd y\ufffd"


def test_a_file_that_is_too_large_is_not_parsed() -> None:
    document = parse_document(b"#" * (MAX_BYTES + 1), NAME)
    assert found(document) == [("too-large", 1, 1)]
    assert (document.data, document.truncated) == ({}, ())


# Warnings of lost comments.


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("summary: Stage #1\n", 16),
        ("quote: a  #b c\n", 11),
        ("title: a #b\r\n", 10),
        ("summary: {en: x,\n  bg: Stage #1\n  }\n", 13),
        ("summary:\n  en: Stage #1\n", 13),
        ("note: a\n  b #c\n", 5),
    ],
)
def test_a_text_that_loses_its_end_to_a_comment_is_a_warning(text: str, column: int) -> None:
    (only,) = reading(text).diagnostics
    assert (only.code, only.severity) == ("lost-comment", Severity.WARNING)
    assert isinstance(only.at, Span)
    assert only.at.column == column


@pytest.mark.parametrize(
    "text",
    [
        "summary: Stage # one\n",
        "summary: Stage\n#1\n",
        "summary: Stage#1\n",
        "summary: 'Stage' #1\n",
        "id: a #1\n",
        "summary: |\n  Stage #1\n",
    ],
)
def test_a_comment_that_is_meant_as_one_is_no_warning(text: str) -> None:
    assert reading(text).diagnostics == []


# Where reading ends.


@pytest.mark.parametrize(
    ("text", "truncated", "data"),
    [
        ("a: b\nc: @\n", (), {"a": "b"}),
        (
            "events:\n  - id: a\n  - id: b\n    c: @\n",
            ("events", 1),
            {"events": [{"id": "a"}, {"id": "b"}]},
        ),
        (
            "a:\n  b: [c,\n  {d: e,\n  f: g, @",
            ("a", "b", 1),
            {"a": {"b": ["c", {"d": "e", "f": "g"}]}},
        ),
        ("a: 1\na: {b: @", (), {"a": "1"}),
        ("@", (), {}),
        ("- a\n", (), {}),
        ("a: b\n---\n@\n", None, {"a": "b"}),
    ],
)
def test_what_was_read_before_a_syntax_error_stays(
    text: str, truncated: tuple[str | int, ...] | None, data: dict[str, Any]
) -> None:
    document = reading(text)
    assert (document.truncated, document.data) == (truncated, data)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("events:\n- id: a\n   summary: x\n", {"events": [{"id": None}]}),
        ("a: {b: 1\nc: 2\n", {"a": {"b": None}}),
        ("summary: Rally: x\n", {"summary": None}),
    ],
)
def test_a_value_that_is_only_a_consequence_of_an_error_is_not_kept(
    text: str, data: dict[str, Any]
) -> None:
    document = reading(text)
    assert document.data == data
    assert len(document.diagnostics) == 1


# Bounds.


@pytest.mark.parametrize("opening", ["- ", "[", "{a: ", "? "])
def test_deep_nesting_is_a_diagnostic(opening: str) -> None:
    document = reading("a:\n " + opening * 50_000)
    assert document.diagnostics
    assert {one.code for one in document.diagnostics} <= {"too-deep", "complex-key"}


def test_a_hundred_levels_are_allowed_and_one_more_is_not() -> None:
    assert reading("a: " + "[" * 99 + "b" + "]" * 99).diagnostics == []
    assert found(reading("a: " + "[" * 100 + "b" + "]" * 100)) == [("too-deep", 1, 103)]


def test_depth_through_aliases_counts() -> None:
    text = f"a: &a {'[' * 60}b{']' * 60}\nc: {'[' * 60}*a{']' * 60}\n"
    assert found(reading(text)) == [("too-deep", 2, 64)]


def test_a_billion_laughs_are_one_diagnostic() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    lines += ["z: *a39"]
    document = reading("\n".join(lines))
    assert [one.code for one in document.diagnostics] == ["alias-bomb"]


def test_a_hundred_thousand_aliases_of_a_word_are_allowed_and_more_are_not() -> None:
    assert reading(f"a: &a b\nc: [{'*a, ' * 100_000}]\n").diagnostics == []
    document = reading(f"a: &a b\nc: [{'*a, ' * 100_005}]\n")
    assert [one.code for one in document.diagnostics] == ["alias-bomb"]


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
    assert written(PLACES, reading(PLACES).locate(at)) == text


def test_a_mapping_ends_with_its_last_value() -> None:
    document = reading(PLACES)
    first = document.locate(At(("events", 0)))
    assert (first.line, first.column, first.end_line, first.end_column) == (5, 5, 11, 13)
    whole = document.locate(At(()))
    assert (whole.line, whole.end_line, whole.end_column) == (2, 18, 12)


def test_a_span_is_its_own_place() -> None:
    span = Span("x", 1, 2, 3, 4)
    assert reading("").locate(span) is span


def test_places_within_an_alias_are_the_anchors() -> None:
    text = "x-a: &a\n  b: c\nd: *a\n"
    document = reading(text)
    assert document.locate(At(("d", "b"))) == Span(NAME, 2, 6, 2, 7)
    assert document.locate(At(("d",))) == Span(NAME, 3, 4, 3, 6)
    assert document.locate(At(("d", "missing"))) == Span(NAME, 3, 4, 3, 6)
    assert document.alias(At(("d",))) is None


def test_the_place_of_a_text_that_an_alias_repeats_is_that_of_the_text() -> None:
    document = reading("x-a: &a b c\nd: *a\n")
    assert document.locate(At(("d",), part=(2, 3))) == Span(NAME, 1, 11, 1, 12)
    assert document.locate(At(("d",), On.KEY)) == Span(NAME, 2, 1, 2, 2)
    assert document.alias(At(("d",))) == Span(NAME, 2, 4, 2, 6)
    assert document.alias(At(("x-a",))) is document.alias(Span(NAME, 1, 1, 1, 2)) is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_the_file_whatever_ends_them(end: str) -> None:
    document = reading(end.join(["a: b", "", "c: dé", "e:"]))
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
    return [(path, value)] + [found for key, inner in pairs for found in paths(inner, (*path, key))]


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
    document = parse_document(content, NAME)
    for one in document.diagnostics:
        assert one.code != "yaml-syntax" or document.truncated is not None
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
    parse_document(content, NAME)


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
    document = reading(text)
    assert (document.data, document.diagnostics) == (value, [])
    for path, inner in paths(value):
        assert written(text, document.locate(At(path))) == flow(inner)


@given(st.lists(st.from_regex(r"[a-z0-9][a-z0-9 .,é東🏁-]{0,20}[a-z]", fullmatch=True), min_size=1))
def test_plain_texts_lie_where_their_path_says(values: list[str]) -> None:
    text = "events:\n" + "".join(f"  - id: {value}  # c\n\n" for value in values)
    document = reading(text)
    for index, value in enumerate(values):
        span = document.locate(At(("events", index, "id")))
        if document.data["events"][index]["id"] is not None:
            assert written(text, span) == value == document.data["events"][index]["id"]


# Files.


@pytest.fixture
def folder(tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch) -> FilePath:
    root = tmp_path / "project"
    root.mkdir()
    monkeypatch.chdir(root)
    return root


def put(path: FilePath, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def ids(document: Document) -> list[str]:
    return [event["id"] for event in document.data["events"]]


def test_included_events_follow_the_roots_depth_first(folder: FilePath) -> None:
    put(
        folder / "events.yaml",
        "include: [sub/b.yaml, c.yaml]\ncalendar: {id: x}\nevents:\n- id: a\n",
    )
    put(folder / "sub/b.yaml", "include: [deep/d.yaml]\nevents:\n- id: b1\n- id: b2\n")
    put(folder / "sub/deep/d.yaml", "x-y: z\nevents:\n- id: d\n")
    put(folder / "c.yaml", "events:\n- id: c\n  start: 2025\n")
    document = read_document("events.yaml")
    assert document.diagnostics == []
    assert document.truncated is None
    assert ids(document) == ["a", "b1", "b2", "d", "c"]
    assert list(document.data) == ["calendar", "events"]
    assert document.names == ["events.yaml", "sub/b.yaml", "sub/deep/d.yaml", "c.yaml"]
    assert document.locate(At(("events", 2, "id"))) == Span("sub/b.yaml", 4, 7, 4, 9)
    assert document.locate(At(("events", 4, "start"))) == Span("c.yaml", 3, 10, 3, 14)
    assert document.locate(At(("events", 0))).file == "events.yaml"
    assert document.locate(At(("calendar", "id"))).file == "events.yaml"
    assert document.line("c.yaml", 2) == "- id: c"


def test_a_root_without_events_takes_the_included_ones(folder: FilePath) -> None:
    put(folder / "x/events.yaml", "include: [a.yaml]\n")
    put(folder / "x/a.yaml", "events:\n- id: a\n")
    document = read_document("x/events.yaml")
    assert ids(document) == ["a"]
    assert document.locate(At(("events",), On.KEY)) == Span("x/a.yaml", 1, 1, 1, 7)
    assert document.locate(At(("events", 0, "id"))).file == "x/a.yaml"


def test_read_leaves_include_alone(folder: FilePath) -> None:
    assert folder.exists()
    assert reading("include: [a.yaml]\n").data == {"include": ["a.yaml"]}


@pytest.mark.parametrize(
    ("include", "code"),
    [
        ("[/etc/passwd]", "include-path"),
        ("[../outside.yaml]", "include-path"),
        ("[a/../../outside.yaml]", "include-path"),
        ("[link.yaml]", "include-path"),
        ("[linked/outside.yaml]", "include-path"),
        ("[https://example.org/x.yaml]", "include-path"),
        ("['file:///etc/passwd']", "include-path"),
        ("['C:\\x.yaml']", "include-path"),
        ("[~/x.yaml]", "include-path"),
        ("['*.yaml']", "include-path"),
        ("['sub\\x.yaml']", "include-path"),
        ("['']", "include-path"),
        ("[.]", "include-file"),
        ("[missing.yaml]", "include-file"),
        ("[sub]", "include-file"),
        ("[pipe]", "include-file"),
        ("[events.yaml]", "duplicate-include"),
        ("[ok.yaml, ok.yaml]", "duplicate-include"),
        ("[ok.yaml, sub/../ok.yaml]", "duplicate-include"),
        ("[ok.yaml, same.yaml]", "duplicate-include"),
        ("ok.yaml", "include-shape"),
        ("{a: ok.yaml}", "include-shape"),
        ("[[ok.yaml]]", "include-shape"),
        ("[calendar.yaml]", "included-key"),
        ("[shape.yaml]", "include-shape"),
        ("[list.yaml]", "not-a-mapping"),
        ("[~]", "empty-value"),
    ],
)
def test_what_cannot_be_included_is_one_diagnostic(
    folder: FilePath, include: str, code: str
) -> None:
    put(folder / "events.yaml", f"events:\n- id: a\ninclude: {include}\n")
    put(folder / "ok.yaml", "events:\n- id: ok\n")
    put(folder / "calendar.yaml", "calendar: {id: x}\nevents: []\n")
    put(folder / "shape.yaml", "events: {id: x}\n")
    put(folder / "list.yaml", "- id: x\n")
    put(folder.parent / "outside.yaml", "events:\n- id: outside\n")
    put(folder / "sub/x.yaml", "events: []\n")
    (folder / "link.yaml").symlink_to(folder.parent / "outside.yaml")
    (folder / "linked").symlink_to(folder.parent)
    (folder / "same.yaml").symlink_to(folder / "ok.yaml")
    os.mkfifo(folder / "pipe")
    document = read_document("events.yaml")
    assert [one.code for one in document.diagnostics] == [code]
    assert document.diagnostics[0].help
    assert "outside" not in ids(document)
    assert "include" not in document.data


def test_a_circle_of_includes_ends_and_shows_where_it_began(folder: FilePath) -> None:
    put(folder / "events.yaml", "include: [a.yaml]\nevents: []\n")
    put(folder / "a.yaml", "include:\n- b.yaml\nevents: []\n")
    put(folder / "b.yaml", "include: [a.yaml]\nevents:\n- id: b\n")
    document = read_document("events.yaml")
    (only,) = document.diagnostics
    assert (only.code, document.locate(only.at)) == (
        "duplicate-include",
        Span("b.yaml", 1, 11, 1, 17),
    )
    assert only.notes == (Note("first included here", Span("events.yaml", 1, 11, 1, 17)),)
    assert (ids(document), document.truncated) == (["b"], None)


def test_a_long_chain_of_includes_is_read(folder: FilePath) -> None:
    put(folder / "events.yaml", "include: [0.yaml]\nevents: []\n")
    for number in range(1500):
        put(
            folder / f"{number}.yaml",
            f"include: [{number + 1}.yaml]\nevents: [{{id: e{number}}}]\n",
        )
    put(folder / "1500.yaml", "events: []\n")
    document = read_document("events.yaml")
    assert document.diagnostics == []
    assert len(ids(document)) == 1500


def test_a_syntax_error_in_an_included_file_is_placed_in_the_merged_data(folder: FilePath) -> None:
    put(folder / "events.yaml", "include: [a.yaml, b.yaml]\nevents:\n- id: r\n")
    put(folder / "a.yaml", "events:\n- id: a\n- id: b\n  start: @\n")
    put(folder / "b.yaml", "events:\n- id: c\n")
    document = read_document("events.yaml")
    assert found(document) == [("unquoted-text", 4, 10)]
    assert document.truncated == ("events", 2)
    assert ids(document) == ["r", "a", "b", "c"]
    assert document.locate(At(("events", 3, "id"))).file == "b.yaml"


def test_what_an_unread_file_had_is_not_to_be_missed(folder: FilePath) -> None:
    put(folder / "events.yaml", "include: [missing.yaml]\nevents: []\n")
    assert read_document("events.yaml").truncated == ("events",)


@pytest.mark.parametrize("name", ["missing.yaml", ".", "a\0b"])
def test_a_root_that_cannot_be_read_is_an_exception(folder: FilePath, name: str) -> None:
    assert folder.exists()
    with pytest.raises(Unreadable, match="cannot read"):
        read_document(name)


def test_standard_input_is_a_file_of_the_current_folder(folder: FilePath) -> None:
    put(folder / "a.yaml", "events:\n- id: a\n")
    document = read_document("-", stdin=io.BytesIO(b"include: [a.yaml]\nevents:\n- id: r\n"))
    assert (document.diagnostics, ids(document)) == ([], ["r", "a"])
    assert document.names == ["<stdin>", "a.yaml"]
    assert document.line("<stdin>", 3) == "- id: r"
    with pytest.raises(Unreadable):
        read_document("-")


@pytest.mark.skipif(not FilePath("/dev/zero").exists(), reason="no /dev/zero here")
def test_an_endless_file_ends() -> None:
    assert found(read_document("/dev/zero")) == [("too-large", 1, 1)]
