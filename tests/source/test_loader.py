from __future__ import annotations

from typing import Any

import pytest

from support.documents import NAME, located, reading
from timeline.compiler.schema.keys import declared_at
from timeline.diagnostics.model import Note, Span
from timeline.diagnostics.rules import Severity
from timeline.source.document import parse_document
from timeline.source.syntax.keys import KNOWN_KEYS
from timeline.source.text import MAX_BYTES

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
    assert located(document) == [(code, line, column)]
    (only,) = document.diagnostics
    assert only.severity is Severity.ERROR
    assert only.help


LIBYAML = ("in this context", "did not find", "could not find", "block mapping", "while scanning")


@pytest.mark.parametrize("text", [row[0] for row in REFUSED])
def test_no_message_is_libyamls(text: str) -> None:
    for diagnostic in reading(text).diagnostics:
        assert not any(words in f"{diagnostic.message} {diagnostic.help}" for words in LIBYAML)
        assert diagnostic.message[0].islower() or diagnostic.message[0] == "`"
        assert not diagnostic.message.endswith(".")


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


def test_the_help_for_a_date_without_a_value_is_tbc() -> None:
    helps = [diagnostic.help for diagnostic in reading("start:\nend: ~\nurl:\n").diagnostics]
    assert helps == ["write `TBC` if the date is not known yet"] * 2 + ["remove the key"]
    assert reading("start:\n").data == {"start": None}


def test_the_first_of_equal_keys_stays_and_is_shown() -> None:
    document = reading("a: 1\nb: 2\na: {c: 3, c: 4}\n")
    assert document.data == {"a": "1", "b": "2"}
    assert located(document) == [("duplicate-key", 3, 1), ("duplicate-key", 3, 11)]
    notes = [diagnostic.notes for diagnostic in document.diagnostics]
    assert notes == [
        (Note("first used here", Span(NAME, 1, 1, 1, 2)),),
        (Note("first used here", Span(NAME, 3, 5, 3, 6)),),
    ]


@pytest.mark.parametrize("value", ["{{ b }}", "{[b]: c}", "{? {b: [c, {d: }]} : }", "{? *c : }"])
def test_a_key_that_is_not_a_text_is_reported_once(value: str) -> None:
    document = reading(f"x: [&c d, *c]\na: {value}\n")
    assert [diagnostic.code for diagnostic in document.diagnostics] == ["complex-key"]
    assert document.data["a"] is None


def test_a_key_without_its_colon_is_offered_if_the_format_has_it() -> None:
    paths = [(), ("calendar",), ("feeds",), ("categories",), ("events",)]
    paths += [("events", name) for name in declared_at(("events",)).declaration.keys]
    known = {name for path in paths for name in declared_at(path).declaration.keys}
    assert sorted(KNOWN_KEYS - known) == []


def test_dropped_keys_leave_nothing_in_the_data() -> None:
    assert reading("? [a]\n: b\n<<: c\nd: e\n").data == {"d": "e"}


def test_what_follows_a_bad_character_is_still_read() -> None:
    document = reading("a: b\x07\nc: d\x1b\ne:\n")
    assert document.data == {"a": "b\ufffd", "c": "d\ufffd", "e": None}
    assert [row[0] for row in located(document)] == ["control-character"] * 2 + ["empty-value"]


def test_many_control_characters_are_counted_instead_of_listed() -> None:
    document = reading("# " + "\x00" * 50 + "\na: b\n")
    assert len(document.diagnostics) == 20
    assert document.diagnostics[-1].notes == (Note("the file has 30 more of them"),)
    assert document.data == {"a": "b"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_another_encoding_is_named_and_read(encoding: str) -> None:
    document = parse_document("a: é\nb:\n".encode(encoding), NAME)
    assert located(document) == [("encoding", 1, 1), ("empty-value", 2, 1)]
    assert encoding[:6].upper() in document.diagnostics[0].message
    assert document.data == {"a": "é", "b": None}


def test_a_byte_that_is_not_utf8_has_a_line_and_a_column() -> None:
    document = parse_document("a: é\nb: x".encode() + b"\xe9" + b" y\xff\n", NAME)
    assert located(document) == [("encoding", 2, 5)]
    assert "0xE9" in document.diagnostics[0].message
    assert "`é`" in (document.diagnostics[0].help or "")
    assert document.data["b"] == "x\ufffd y\ufffd"


def test_a_file_that_is_too_large_is_not_parsed() -> None:
    document = parse_document(b"#" * (MAX_BYTES + 1), NAME)
    assert located(document) == [("too-large", 1, 1)]
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
    assert {diagnostic.code for diagnostic in document.diagnostics} <= {"too-deep", "complex-key"}


def test_a_hundred_levels_are_allowed_and_one_more_is_not() -> None:
    assert reading("a: " + "[" * 99 + "b" + "]" * 99).diagnostics == []
    assert located(reading("a: " + "[" * 100 + "b" + "]" * 100)) == [("too-deep", 1, 103)]


def test_depth_through_aliases_counts() -> None:
    text = f"a: &a {'[' * 60}b{']' * 60}\nc: {'[' * 60}*a{']' * 60}\n"
    assert located(reading(text)) == [("too-deep", 2, 64)]


def test_a_billion_laughs_are_one_diagnostic() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    lines += ["z: *a39"]
    document = reading("\n".join(lines))
    assert [diagnostic.code for diagnostic in document.diagnostics] == ["alias-bomb"]


def test_a_hundred_thousand_aliases_of_a_word_are_allowed_and_more_are_not() -> None:
    assert reading(f"a: &a b\nc: [{'*a, ' * 100_000}]\n").diagnostics == []
    document = reading(f"a: &a b\nc: [{'*a, ' * 100_005}]\n")
    assert [diagnostic.code for diagnostic in document.diagnostics] == ["alias-bomb"]
