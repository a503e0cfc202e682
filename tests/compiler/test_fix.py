"""What is fixed in a file, and that nothing else in it changes."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.paths import BAD
from timeline.compiler.fix import FixedFiles, fix_file
from timeline.compiler.pipeline import Loaded, load_file
from timeline.diagnostics import MOST, Diagnostic, Severity, rules
from timeline.diagnostics.model import STDIN
from timeline.source.document import Document, parse_document
from timeline.source.includes import read_document

HEAD = "calendar: {id: example.org, name: Example, timezone: Asia/Riyadh}\n"


def fixed_text(text: str) -> str:
    """Return the fixed text of a file."""
    fixed = fix_file("-", BytesIO(text.encode()))
    return fixed.after[STDIN].decode()


def event(entry: str) -> str:
    """Return the text of a file of one event with one more entry."""
    return f"{HEAD}events:\n  - id: a\n    summary: A\n    {entry}\n"


@pytest.mark.parametrize(
    ("entry", "fixed"),
    [
        ("start: 3 January 2025", "start: 2025-01-03"),
        ("start: 2025-1-3", "start: 2025-01-03"),
        ("start: 17.01.2025", "start: 2025-01-17"),
        ("start: Fri, 3 Jan 2025", "start: 2025-01-03"),
        ("start: 2025-01-03 9:00", "start: 2025-01-03T09:00"),
        ("start: 2025-01-03 at 9am", "start: 2025-01-03T09:00"),
        ("start: 2025-01-03 18.00", "start: 2025-01-03T18:00"),
        ("start: circa 2025", "start: 2025~"),
        ("start: Q1 2025", "start: 2025-Q1"),
        ("start: tba", "start: TBC"),
        ("start: between 3 Jan 2025 and 2025-1-9", "start: between 2025-01-03 and 2025-01-09"),
        ("start: 2025\n    end: ongoing", "start: 2025\n    end: .."),
        ("start:   3 January 2025   # as announced", "start:   2025-01-03   # as announced"),
        ("start: '3 January 2025'", "start: '2025-01-03'"),
        ('start: "3\\x20January 2025" # x', 'start: "2025-01-03" # x'),
        ("start: 3 January\n      2025", "start: 2025-01-03"),
        ("start: &d !!str 3 January 2025", "start: &d !!str 2025-01-03"),
        (
            "start: 2025-01-03 9:00 [Asia/Riyadh]",
            "start: 2025-01-03T09:00[Asia/Riyadh]",
        ),
        ("start: 2025-01-03 11:59 pm AoE", "start: 2025-01-03T23:59[AoE]"),
        ("start: 2025-01-03T23:59[aoe]", "start: 2025-01-03T23:59[AoE]"),
        ("start: 2025\n    timezone: Anywhere on Earth", "start: 2025\n    timezone: AoE"),
        ("strat: 2025", "start: 2025"),
        ("Start: 2025", "start: 2025"),
        ("start: 2025\n    edn: 2026", "start: 2025\n    end: 2026"),
        ("'strat': 2025", "'start': 2025"),
        ("? strat\n    : 2025", "? start\n    : 2025"),
        ("strat: 3 January 2025", "start: 2025-01-03"),
        ("start: 2025\n    time_zone: Asia/Riyadh", "start: 2025\n    timezone: Asia/Riyadh"),
        ("start: 2025\n    duration: 3d", "start: 2025\n    duration: 3 days"),
        (
            "start: 2025\n    rdate: [3 Jan 2025, 4.1.26]",
            "start: 2025\n    rdate: [2025-01-03, 4.1.26]",
        ),
        (
            "start: 2025-01-03\n    rrule: {freq: wekly, until: 3 March 2025}",
            "start: 2025-01-03\n    rrule: {freq: wekly, until: 2025-03-03}",
        ),
        ("start: 2025\n    was: [3 Jan 2025]", "start: 2025\n    was: [2025-01-03]"),
        (
            "start: 2025-01-03\n    alarms: [2 hours before end at noon, the day before at 9am]",
            "start: 2025-01-03\n    alarms: [2 hours before end at noon, 1 day before at 09:00]",
        ),
    ],
)
def test_what_can_mean_one_thing_is_fixed(entry: str, fixed: str) -> None:
    assert fixed_text(event(entry)) == event(fixed)


@pytest.mark.parametrize("key", ["ID", "Id", "idd"])
def test_the_key_of_an_id_is_fixed(key: str) -> None:
    entry = "summary: A, start: 2025"
    assert fixed_text(f"{HEAD}events: [{{{key}: a, {entry}}}]\n") == (
        f"{HEAD}events: [{{id: a, {entry}}}]\n"
    )


@pytest.mark.parametrize(
    "entry",
    [
        "start: 03/01/2025",
        "start: 2025-13-01",  # the 13th of January, or a slip in the month
        "start: 2025-003",
        "start: 2025-01-03Z",
        "start: Monday, 3 January 2025",  # which was a Friday
        "start: 19th century",
        "start: early 2025",
        "start: spring 2025",
        "start: 3 to 17 January 2025",
        "start: 31 June 2025",
        "start: 9am",
        *(f"start: 2025-01-03 09:00 {name}" for name in ("PT", "CST", "EST", "JST", "CET")),
        *(f"start: 2025-01-03T09:00[{name}]" for name in ("PT", "CST", "EST", "CET+1")),
        *(f"start: 2025\n    timezone: {name}" for name in ("EST", "HST", "est", "PT", "IST")),
        "start: |\n      3 January 2025",
        "start: 2025\n    end: now",
        "start: 2025\n    exdate: [tba]",
        "start: 2025\n    title: B",
        "start: 2025\n    strat: 2025",
        "strat: 2025\n    stat: 2025",
        "strat: 2025\n    strat: 2025",
        "start: 2025\n    and: 2026",
        "start: 2025\n    has: [2026]",
        "start: 2025\n    nd: 2026",  # `end` or `id`, which is there
        "start: 2025\n    x-strat: 3 January 2025",
    ],
)
def test_what_may_mean_two_things_is_left_alone(entry: str) -> None:
    assert fixed_text(event(entry)) == event(entry)


def test_a_scalar_that_aliases_repeat_is_fixed_once_where_it_stands() -> None:
    text = f"{HEAD}x-d: &d 3 January 2025\nevents:\n" + "".join(
        f"  - {{id: {name}, summary: {name}, start: *d}}\n" for name in "ab"
    )
    fixed = fix_file("-", BytesIO(text.encode()))
    assert fixed.after[STDIN].decode() == text.replace("3 January 2025", "2025-01-03")
    assert (fixed.count, fixed.loaded.diagnostics) == (1, [])


@pytest.mark.parametrize(
    "text",
    [
        "  - {id: a, summary: &d 3 January 2025, start: *d}\n",
        "  - {id: a, summary: A, start: 2025, description: {en: &d 3 May 2025}, end: *d}\n",
        "  - {id: a, summary: *d, start: 2025, &d sumary: B}\n",
    ],
)
def test_what_is_right_somewhere_else_is_not_fixed(text: str) -> None:
    assert fixed_text(f"{HEAD}events:\n{text}") == f"{HEAD}events:\n{text}"


def test_nothing_is_fixed_in_a_file_that_yaml_cannot_read_to_its_end() -> None:
    text = event('start: 3 January 2025\n    location: "Bisha')
    assert fixed_text(text) == text


def test_bytes_that_may_be_several_letters_are_left_as_they_are() -> None:
    content = event("start: 3 January 2025\n    location: B\xe8char").encode("latin-1")
    assert fix_file("-", BytesIO(content)).after[STDIN] == content


@pytest.mark.parametrize(
    "entry",
    [
        "start: 2025-01-03\n    alarms: [3 January 2025]",
        "start: 2025-01-03\n    alarms: [circa 2025]",
        "start: 2025-01-03\n    rrule: {freq: daily, until: Q1 2025}",
        "start: 2025-01-03\n    rdate: [Q1 2025]",
        "start: 2025-01-03\n    rrule: FREQ=DAILY\n    exdate: [Q1 2025]",
        "start: 2025-01-03T09:00\n    rdate: [4 January 2025]",
        "start: 2025-01-03\n    duration: 3h",
        "start: 2025-01-03\n    end: 2 January 2025",
        "start: 2025-01-03\n    sources: [{title: A, accessed: Q1 2025}]",
        "start: a.starts + 2d",
        "start: b.starts + 2d",
        "start: 2025-01-03\n    rrule: FREQ=DAILY\n    overrides: [{recurrence-id: Q1 2025}]",
    ],
)
def test_what_would_be_an_error_in_its_place_is_not_written(entry: str) -> None:
    fixed = fix_file("-", BytesIO(event(entry).encode()))
    assert fixed.after[STDIN].decode() == event(entry)
    assert fixed.count == 0
    assert not fixed.loaded.is_sound


def test_the_rest_is_fixed_where_one_fix_would_be_an_error() -> None:
    entry = "strat: 3 January 2025\n    rdate: [Q1 2025, 4 January 2025]"
    fixed = "start: 2025-01-03\n    rdate: [Q1 2025, 2025-01-04]"
    assert fixed_text(event(entry)) == event(fixed)


@pytest.mark.parametrize("name", sorted(path.name for path in BAD.glob("*.yaml")))
def test_a_fixed_file_has_no_error_that_it_did_not_have(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(BAD)
    loaded, fixed = load_file(name), fix_file(name)
    before = {(diagnostic.code, diagnostic.message) for diagnostic in errors_of(loaded)}
    after = errors_of(fixed.loaded)
    hidden = (rules.INDENTATION, rules.TAB_INDENTATION)  # by which keys are in another mapping
    if loaded.document.truncated is not None or any(
        diagnostic.rule in hidden for diagnostic in loaded.diagnostics
    ):
        after = [diagnostic for diagnostic in after if is_at_fix(diagnostic, fixed)]
    assert before >= {(diagnostic.code, diagnostic.message) for diagnostic in after}


def is_at_fix(diagnostic: Diagnostic, fixed: FixedFiles) -> bool:
    """Return whether a diagnostic is on a line that was fixed."""
    at = fixed.loaded.document.locate(diagnostic.at)
    lines = [
        files.get(at.file, b"").splitlines()[at.line - 1 : at.line]
        for files in (fixed.before, fixed.after)
    ]
    return lines[0] != lines[1]


def errors_of(loaded: Loaded) -> list[Diagnostic]:
    return [
        diagnostic for diagnostic in loaded.diagnostics if diagnostic.severity is Severity.ERROR
    ]


@pytest.mark.parametrize("before", [0, MOST + 100])
def test_every_error_is_fixed_whatever_is_before_it(before: int) -> None:
    wrong = "".join(f"- {{id: w{n}, summary: W, start: sometime}}\n" for n in range(before))
    events = "".join(
        f'- {{id: e{n}, summary: E, start: 2025-1-3, was: ["2025-1-4"]}}\n' for n in range(1500)
    )
    fixed = fix_file("-", BytesIO(f"{HEAD}events:\n{wrong}{events}".encode()))
    assert fixed.count == 3000
    assert b"2025-1-" not in fixed.after[STDIN]


def test_a_file_is_loaded_as_often_whatever_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    def loads(count: int) -> int:
        calls = 0

        def counted(*arguments: Any, **options: Any) -> Document:
            nonlocal calls
            calls += 1
            return read_document(*arguments, **options)

        monkeypatch.setattr("timeline.compiler.fix.read_document", counted)
        events = "".join(
            f"- {{id: e{n}, summary: E, start: 2025-1-3, end: 2 January 2025}}\n"
            for n in range(count)
        )
        fixed = fix_file("-", BytesIO(f"{HEAD}events:\n{events}".encode()))
        assert fixed.after[STDIN].count(b"2 January") == count
        return calls

    assert loads(3000) == loads(1500)


def test_a_thousand_and_one_errors_are_fixed() -> None:
    events = "".join(f"- {{id: e{n}, summary: E{n}, start: 2025-1-3}}\n" for n in range(1_001))
    fixed = fix_file("-", BytesIO(f"{HEAD}events:\n{events}".encode()))
    assert fixed.count == 1_001
    assert fixed.loaded.is_sound


# Any file.

DATES = [
    ("3 January 2025", "2025-01-03"),
    ("2025/1/3", "2025-01-03"),
    ("2025-01-03 9:00 Asia/Riyadh", "2025-01-03T09:00[Asia/Riyadh]"),
    ("circa 2025?", "2025%"),
    ("maybe 2025", "2025?"),
    ("to be confirmed", "TBC"),
    ("since 2025", "since 2025"),
    ("2025-01-03", "2025-01-03"),
    ("e0.starts + 2d", "e0.start + 2 days"),
]
SLIPS = {"summary": ["sumary", "Summary", "sumamry"], "start": ["strat", "START"], "id": ["id"]}
BREAK = st.sampled_from(["\n", "\r\n", "\r"])
OUTSIDE = st.sampled_from(["", "  # 3 January 2025 é", "   #", "  # 🏁"])


@st.composite
def texts(draw: st.DrawFn) -> tuple[list[str], Any]:
    """A file as pieces, every other one a key or a date that is to be fixed, and its data."""
    pieces, text, data = list[str](), HEAD + "events:\n", list[dict[str, str]]()
    for number in range(draw(st.integers(1, 4))):
        is_flow = draw(st.booleans())
        text += "  - {" if is_flow else "  - "
        data.append({})
        # The first event cannot refer to itself: what is then a circle is not written.
        wrong, right = draw(st.sampled_from(DATES if number else DATES[:-1]))
        values = {
            "id": (f"e{number}", f"e{number}"),
            "summary": ("Rally: 3 January 2025, é",) * 2,
            "start": (wrong, right),
        }
        for index, (key, (value, right)) in enumerate(values.items()):
            slip = draw(st.sampled_from([key, *SLIPS[key]]))
            for scalar in (slip, value):
                style = draw(st.sampled_from(["", "'", '"'])) or ("" if ": " not in scalar else "'")
                written = f"{style}{scalar}{style}"
                if scalar in (slip, wrong) and scalar not in (key, right):
                    pieces += [text, written]
                    text = ""
                else:
                    text += written
                if scalar is slip:
                    text += ": " + draw(st.sampled_from(["", "  "]))
            data[-1][key] = right
            last = index == len(values) - 1
            after = draw(OUTSIDE) + "\n"
            text += ("}" if last else ", ") + after if is_flow else after
            text += "" if last else " " * 6 if is_flow else " " * 4
    ends = draw(BREAK)
    pieces = [piece.replace("\n", ends) for piece in [*pieces, text]]
    pieces[0] = draw(st.sampled_from(["", "\ufeff"])) + pieces[0]
    return pieces, data


@given(texts())
def test_the_data_are_as_meant_and_no_other_byte_has_changed(
    made: tuple[list[str], Any],
) -> None:
    pieces, data = made
    fixed = fix_file("-", BytesIO("".join(pieces).encode()))
    after = fixed.after[STDIN]
    assert parse_document(after, "x.yaml").data["events"] == data
    outside = "(.+?)".join(re.escape(piece) for piece in pieces[::2])
    assert re.fullmatch(outside, after.decode())
    assert fixed.count == len(pieces) // 2
    again = fix_file("-", BytesIO(after))
    assert (again.count, again.after[STDIN]) == (0, after)
