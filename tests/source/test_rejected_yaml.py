"""YAML that is rejected, one diagnostic at its place, and comments that cut a text."""

from __future__ import annotations

import pytest

from support.documents import NAME, located
from support.loading import document_of
from timeline.compiler.schema.keys import declared_at
from timeline.diagnostics.model import Note, Span
from timeline.diagnostics.rules import Severity
from timeline.source.syntax.keys import KNOWN_KEYS

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
    document = document_of(text)
    assert located(document) == [(code, line, column)]
    (only,) = document.diagnostics
    assert only.severity is Severity.ERROR
    assert only.help


LIBYAML = ("in this context", "did not find", "could not find", "block mapping", "while scanning")


@pytest.mark.parametrize("text", [row[0] for row in REFUSED])
def test_no_message_is_libyamls(text: str) -> None:
    for diagnostic in document_of(text).diagnostics:
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
        ("categories: [a] and b\n", "categories: [a, b]"),
        ("categories: [a], brand, R&D  # c\n", "categories: [a, brand, R&D]"),
        ("categories: [a], [b, c],\n", "categories: [a, b, c]"),
    ],
)
def test_help_shows_the_line_as_it_is_to_be_typed(text: str, typed: str) -> None:
    (only,) = document_of(text).diagnostics
    assert f"`{typed}`" in (only.help or "")
    typed = typed.removeprefix("- ")
    assert document_of(typed).diagnostics == []


def test_the_help_for_a_date_without_a_value_is_tbc() -> None:
    helps = [diagnostic.help for diagnostic in document_of("start:\nend: ~\nurl:\n").diagnostics]
    known = "write `TBC` if the date is not known yet"
    assert helps == [known, f"{known}, or remove the key", "remove the key"]
    assert document_of("start:\n").data == {"start": None}


def test_the_first_of_equal_keys_stays_and_is_shown() -> None:
    document = document_of("a: 1\nb: 2\na: {c: 3, c: 4}\n")
    assert document.data == {"a": "1", "b": "2"}
    assert located(document) == [("duplicate-key", 3, 1), ("duplicate-key", 3, 11)]
    notes = [diagnostic.notes for diagnostic in document.diagnostics]
    assert notes == [
        (Note("first used here", Span(NAME, 1, 1, 1, 2)),),
        (Note("first used here", Span(NAME, 3, 5, 3, 6)),),
    ]


@pytest.mark.parametrize("value", ["{{ b }}", "{[b]: c}", "{? {b: [c, {d: }]} : }", "{? *c : }"])
def test_a_key_that_is_not_a_text_is_reported_once(value: str) -> None:
    document = document_of(f"x: [&c d, *c]\na: {value}\n")
    assert [diagnostic.code for diagnostic in document.diagnostics] == ["complex-key"]
    assert document.data["a"] is None


def test_a_key_without_its_colon_is_offered_if_the_format_has_it() -> None:
    paths = [(), ("calendar",), ("feeds",), ("categories",), ("events",)]
    paths += [("events", name) for name in declared_at(("events",)).declaration.keys]
    known = {name for path in paths for name in declared_at(path).declaration.keys}
    assert sorted(KNOWN_KEYS - known) == []


def test_dropped_keys_leave_nothing_in_the_data() -> None:
    assert document_of("? [a]\n: b\n<<: c\nd: e\n").data == {"d": "e"}


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
    (only,) = document_of(text).diagnostics
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
    assert document_of(text).diagnostics == []
