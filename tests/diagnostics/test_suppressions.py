"""Which warnings are reported: comments in the file, and options of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.diagnostics import error, warning
from support.loading import load_text
from timeline.compiler.pipeline import Loaded, load_file
from timeline.diagnostics.model import At
from timeline.diagnostics.suppressions import Objection, RuleSelection, find_objection

CALENDAR = "calendar: {id: x.org, name: X}\n"
SEASON = "{id: a, summary: A, start: 2025-21}"


def loaded(events: str, top: str = "") -> Loaded:
    return load_text(f"{top}{CALENDAR}events:\n{events}")


def codes(events: str, top: str = "") -> list[str]:
    return [diagnostic.code for diagnostic in loaded(events, top).diagnostics]


def test_there_is_something_to_ignore() -> None:
    assert codes(f"  - {SEASON}\n") == ["season-hemisphere"]


@pytest.mark.parametrize(
    "comment",
    [
        "# timeline: ignore[season-hemisphere]",
        "#timeline:ignore[season-hemisphere]",
        "# timeline: ignore[ season-hemisphere ] it is in the north",
        "# in the north # timeline: ignore[season-hemisphere]",
        "# timeline: ignore[season-hemisphere, unused-ignore]",
    ],
)
def test_a_comment_ignores_what_is_warned_of_on_its_line(comment: str) -> None:
    assert codes(f"  - {SEASON} {comment}\n") == []


@pytest.mark.parametrize(
    "line",
    [
        "  - {id: a, summary: A, start: 2025-21} # timeline: ignore[lost-comment]\n",
        "  # timeline: ignore[season-hemisphere]\n  - {id: a, summary: A, start: 2025-21}\n",
        "  - {id: a, summary: A, start: 2025-21} # timeline: ignore\n",
        "  - {id: a, summary: A, start: 2025-21} # timeline: ignore[]\n",
    ],
)
def test_another_comment_does_not_and_is_reported(line: str) -> None:
    assert sorted(codes(line)) == ["season-hemisphere", "unused-ignore"]


def test_one_comment_ignores_several_codes_each_by_itself() -> None:
    line = "  - {id: a, summary: A, start: 2025-21} # timeline: ignore[season-hemisphere,overlap]\n"
    (diagnostic,) = loaded(line).diagnostics
    span = loaded(line).document.locate(diagnostic.at)
    assert line[span.column - 1 : span.end_column - 1] == "overlap"


@pytest.mark.parametrize(
    "text",
    [
        '"x # timeline: ignore[season-hemisphere]"',
        "'x # timeline: ignore[season-hemisphere]'",
        "|\n      x # timeline: ignore[season-hemisphere]",
        "|\n      # timeline: ignore[season-hemisphere]",
        "x # timeline: ignores nothing",
    ],
)
def test_what_looks_like_a_comment_and_is_none_ignores_nothing(text: str) -> None:
    assert codes(f"  - id: a\n    summary: A\n    start: 2025\n    description: {text}\n") == []


def test_a_block_of_text_has_its_comment_on_its_first_line() -> None:
    text = "description: | # timeline: ignore[overlap]\n      x\n"
    assert codes(f"  - id: a\n    summary: A\n    start: 2025\n    {text}") == ["unused-ignore"]


def test_a_text_of_several_lines_has_its_comment_on_the_first_or_the_last() -> None:
    start = 'start:\n      "2025\\\n      -21"'
    event = f"  - id: a\n    summary: A\n    {start}"
    assert codes(f"{event}\n") == ["season-hemisphere"]
    assert codes(f"{event} # timeline: ignore[season-hemisphere]\n") == []


def test_what_an_alias_repeats_is_ignored_where_it_stands_or_is_used() -> None:
    top = "x-start: &s 2025-21{}\n"
    event = "  - {{id: a, summary: A, start: *s}}{}\n"
    comment = " # timeline: ignore[season-hemisphere]"
    assert codes(event.format(""), top.format("")) == ["season-hemisphere"]
    assert codes(event.format(comment), top.format("")) == []
    assert codes(event.format(""), top.format(comment)) == []


def test_an_error_is_not_ignored_and_the_comment_is_reported() -> None:
    line = "  - {id: a, summary: A, start: 2025-02-30} # timeline: ignore[no-such-date]\n"
    by_code = {diagnostic.code: diagnostic for diagnostic in loaded(line).diagnostics}
    assert by_code.keys() == {"no-such-date", "unused-ignore"}
    assert "is an error" in by_code["unused-ignore"].message


def test_an_unused_comment_is_reported_when_the_errors_are_fixed() -> None:
    idle = "  - {id: a, summary: A, start: 2025} # timeline: ignore[season-hemisphere]\n"
    wrong = "  - {id: b, summary: B, start: 2025-02-30}\n"
    assert codes(idle + wrong) == ["no-such-date"]
    assert codes(idle) == ["unused-ignore"]


def test_of_a_file_that_is_not_yaml_only_that_is_reported() -> None:
    assert codes("  - {id: a # timeline: ignore[overlap]\n") == ["unclosed-bracket"]


def test_comments_of_included_files_apply(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("events.yaml").write_text(f"{CALENDAR}include: [more.yaml]\nevents: []\n")
    Path("more.yaml").write_text(
        f"events:\n  - {SEASON} # timeline: ignore[season-hemisphere, overlap]\n"
    )
    included = load_file("events.yaml")
    assert [diagnostic.code for diagnostic in included.diagnostics] == ["unused-ignore"]
    assert included.document.locate(included.diagnostics[0].at).file == "more.yaml"


def test_the_command_line_chooses_among_warnings_and_keeps_errors() -> None:
    at = At(())
    diagnostics = [error("a", "", at), warning("b", "", at), warning("c", "", at)]

    def kept(selection: RuleSelection) -> str:
        return "".join(diagnostic.code for diagnostic in selection.apply(diagnostics))

    b, c = frozenset("b"), frozenset("c")
    assert kept(RuleSelection()) == "abc"
    assert kept(RuleSelection(select=b)) == "ab"
    assert kept(RuleSelection(ignore=b)) == "ac"
    assert kept(RuleSelection(select=b | c, ignore=c)) == "ab"
    assert kept(RuleSelection(ignore=frozenset("a"))) == "abc"


def test_a_code_that_cannot_be_ignored_is_refused_with_the_reason() -> None:
    assert find_objection("overlap") is None
    assert find_objection("overlapp") == Objection("there is no diagnostic `overlapp`", "overlap")
    assert find_objection("zzz") == Objection("there is no diagnostic `zzz`")
    assert find_objection("circle") == Objection(
        "`circle` is an error, and only warnings can be ignored"
    )
