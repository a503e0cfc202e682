"""What YAML means, where reading ends, and how much is read."""

from __future__ import annotations

from typing import Any

import pytest

from support.documents import located
from support.loading import document_of

# What is read.


def test_every_scalar_is_text() -> None:
    text = (
        "a: no\nb: 12:30\nc: 010\nd: 2025-02-30\ne: 1.0\nf: 0x1F\ng: ''\nh: \"~\"\ni: .nan\nj: y\n"
    )
    document = document_of(text)
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
    document = document_of(text)
    assert (document.data, document.diagnostics, document.truncated) == (data, [], None)


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
    document = document_of(text)
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
    document = document_of(text)
    assert document.data == data
    assert len(document.diagnostics) == 1


# Bounds.


@pytest.mark.parametrize("opening", ["- ", "[", "{a: ", "? "])
def test_deep_nesting_is_a_diagnostic(opening: str) -> None:
    document = document_of("a:\n " + opening * 50_000)
    assert document.diagnostics
    assert {diagnostic.code for diagnostic in document.diagnostics} <= {"too-deep", "complex-key"}


def test_a_hundred_levels_are_allowed_and_one_more_is_not() -> None:
    assert document_of("a: " + "[" * 99 + "b" + "]" * 99).diagnostics == []
    assert located(document_of("a: " + "[" * 100 + "b" + "]" * 100)) == [("too-deep", 1, 103)]


def test_depth_through_aliases_counts() -> None:
    text = f"a: &a {'[' * 60}b{']' * 60}\nc: {'[' * 60}*a{']' * 60}\n"
    assert located(document_of(text)) == [("too-deep", 2, 64)]


def test_a_billion_laughs_are_one_diagnostic() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    lines += ["z: *a39"]
    document = document_of("\n".join(lines))
    assert [diagnostic.code for diagnostic in document.diagnostics] == ["alias-bomb"]


def test_a_hundred_thousand_aliases_of_a_word_are_allowed_and_more_are_not() -> None:
    assert document_of(f"a: &a b\nc: [{'*a, ' * 100_000}]\n").diagnostics == []
    document = document_of(f"a: &a b\nc: [{'*a, ' * 100_005}]\n")
    assert [diagnostic.code for diagnostic in document.diagnostics] == ["alias-bomb"]
