"""Unified diffs: what they say is true, and they say it within reason."""

from __future__ import annotations

import re
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.publishing import diff
from timeline.publishing.diff import unified_diff

unhurried = settings(deadline=None)  # tests are no place for clocks
LINES = st.lists(st.sampled_from(["BEGIN", "END", "a", "b", "c", "d", "", "-x", "+x", "@@"]))


def patched(before: list[str], diff: str) -> list[str]:
    """``before`` with a diff applied, as patch(1) does; every context line has to be there."""
    after: list[str] = []
    at = 0
    for line in diff.split("\n")[2:-1]:
        if match := re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", line):
            start = int(match[1]) - (match[2] != "0")
            after += before[at:start]
            at = start
            assert len(after) == int(match[3]) - (match[4] != "0")
        elif line[0] == "+":
            after.append(line[1:])
        else:
            assert before[at] == line[1:]
            after += [before[at]] if line[0] == " " else []
            at += 1
    return after + before[at:]


def text(lines: list[str]) -> bytes:
    return "".join(line + "\r\n" for line in lines).encode()


@unhurried
@given(LINES, LINES, LINES, LINES, st.sampled_from([diff._KEPT, diff.CONTEXT + 1]))
def test_a_diff_leads_from_one_text_to_the_other(
    first: list[str], before: list[str], after: list[str], last: list[str], kept: int
) -> None:
    before, after = first + before + last, first + after + last
    with patch.object(diff, "_KEPT", kept):
        lines = unified_diff(text(before), text(after), "x")
    assert bool(lines) == (before != after)
    assert patched(before, lines) == after if lines else before == after


@unhurried
@given(LINES, st.data())
def test_a_diff_of_one_edit_is_one_hunk(lines: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines)))
    diff = unified_diff(text(lines), text([*lines[:at], "new", *lines[at:]]), "x")
    assert diff.count("\n+") == 2, "its head, and the line"
    assert diff.count("\n-") == 0


def test_what_two_texts_begin_and_end_with_is_not_divided_into_lines() -> None:
    lines = [f"line {number}" for number in range(10_000)]
    changed = [*lines[:5_000], "new", *lines[5_000:]]
    with patch.object(diff, "_lines", side_effect=diff._lines) as divided:
        hunk = unified_diff(text(lines), text(changed), "x").split("\n")[2]
    assert hunk == "@@ -4998,6 +4998,7 @@"
    assert sum(call.args[0].count(b"\n") for call in divided.call_args_list) < 1_000


def test_a_diff_as_a_person_reads_it() -> None:
    before = text(["one", "two", "three", "four", "five", "six"])
    after = before.replace(b"five", b"cinq")
    assert unified_diff(before, after, "dist/cup.ics") == (
        "--- dist/cup.ics\n+++ dist/cup.ics\n@@ -2,5 +2,5 @@\n"
        " two\n three\n four\n-five\n+cinq\n six\n"
    )
    assert unified_diff(before, before, "dist/cup.ics") == ""


def test_a_file_that_is_new() -> None:
    assert unified_diff(None, b"a\r\n", "x") == "--- /dev/null\n+++ x\n@@ -0,0 +1 @@\n+a\n"
    assert unified_diff(None, b"", "x") == "--- /dev/null\n+++ x\n\\ Only line ends differ\n"


def test_line_ends_that_differ_are_said_to() -> None:
    assert unified_diff(b"a\nb\n", b"a\r\nb\r\n", "x") == "--- x\n+++ x\n\\ Only line ends differ\n"


def test_nothing_that_a_terminal_obeys_is_shown() -> None:
    diff = unified_diff(b"\x1b[2J\x00\xff\r\n", "a\rb\u2028c\u202ed\x9b\t\r\n".encode(), "x")
    assert diff.splitlines()[3:] == ["-\\x1b[2J\\x00\\xff", "+a\\rb\\u2028c\\u202ed\\x9b\t"]


def test_an_event_is_shown_against_itself() -> None:
    def block(number: int, *more: str) -> list[str]:
        return ["BEGIN:VEVENT", f"UID:{number}", "STATUS:CONFIRMED", *more, "END:VEVENT"]

    before = [line for number in range(400) for line in block(number)]
    after = [line for number in range(400) for line in block(number, "COLOR:red")]
    diff = unified_diff(text(before), text(after), "x")
    assert not re.search("^-(?!-)", diff, re.MULTILINE)
    assert diff.count("\n+COLOR:red") == 400
    assert patched(before, diff) == after


def test_texts_with_nothing_in_common_come_back() -> None:
    before = [f"{number % 7}" for number in range(5000)]
    after = [f"{number % 11 + 20}" for number in range(5000)]
    assert patched(before, unified_diff(text(before), text(after), "x")) == after


def test_a_line_around_a_change_is_no_command_of_a_build_server() -> None:
    before = b"::error::a\n  ::set-output name=a::b\nold\n\t::add-mask::x\n"
    diff = unified_diff(before, before.replace(b"old", b"new"), "x")
    assert not re.search(r"(?m)^\s*::", diff)
    assert [line for line in diff.split("\n") if "mask" in line] == [" \t\\x3a:add-mask::x"]
