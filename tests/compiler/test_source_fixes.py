"""What is fixed in a file that cannot be read as it is meant, and that nothing else changes."""

from __future__ import annotations

import codecs
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.compiler import source_fixes
from timeline.compiler.fix import count_fixable, fix_file
from timeline.compiler.pipeline import load_file
from timeline.diagnostics.model import STDIN
from timeline.source.document import parse_document

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "calendar: {id: example.org, name: Example, timezone: Europe/Riga}\n"
NO_BREAK, WIDE = "\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}"


def fixed(content: str | bytes) -> bytes:
    """Return the fixed content of a file, which is fixed once only."""
    content = content.encode() if isinstance(content, str) else content
    after = fix_file("-", BytesIO(content)).after[STDIN]
    assert fix_file("-", BytesIO(after)).after[STDIN] == after
    return after


def is_sound(content: bytes) -> bool:
    return fix_file("-", BytesIO(content)).loaded.diagnostics == []


def event(*entries: str) -> str:
    lines = "".join(f"    {entry}\n" for entry in entries)
    return f"{HEAD}events:\n  - id: a\n    start: 2027-01-03\n{lines}"


TEXTS = [
    # as written, as fixed
    ("summary: Rally: final", 'summary: "Rally: final"'),
    ("summary:   Rally: final   # sure", 'summary:   "Rally: final"   # sure'),
    ("summary: Rally: 'final'", "summary: \"Rally: 'final'\""),
    ('summary: Rally: "final"', "summary: 'Rally: \"final\"'"),
    ('summary: Rally: the "it\'s" stage', "summary: 'Rally: the \"it''s\" stage'"),
    ("summary: Rally: C:\\new", "summary: 'Rally: C:\\new'"),
    ("summary: @home", 'summary: "@home"'),
    ("summary: `home`", 'summary: "`home`"'),
    ("summary: %s done", 'summary: "%s done"'),
    ("summary: Étape: Cēsis", 'summary: "Étape: Cēsis"'),
    ("summary: Rally: final\n      and gala", 'summary: "Rally: final\n      and gala"'),
    ("summary:Rally", "summary: Rally"),
    (f"summary:{NO_BREAK}Rally", "summary: Rally"),
    (f"summary{NO_BREAK}:{NO_BREAK}Rally", "summary: Rally"),
    (f"summary:{NO_BREAK} Rally # {NO_BREAK}", f"summary: Rally # {NO_BREAK}"),
    (f"summary:{WIDE}Rally", "summary: Rally"),
    (f"{NO_BREAK}summary: Rally".replace(NO_BREAK, "", 1), "summary: Rally"),
]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(("written", "right"), TEXTS)
def test_a_text_that_yaml_reads_otherwise_is_fixed(
    written: str, right: str, mark: str, ends: str
) -> None:
    before, after = (mark + event(text, "location: Riga") for text in (written, right))
    content = fixed(before.replace("\n", ends))
    assert content == after.replace("\n", ends).encode()
    assert is_sound(content)


NESTED = (
    "  - {{id: p, summary: P, start: TBC, events: ["
    "{{id: a, summary: A, start: 2027-01-03, {}}}]}}\n"
)
FLOW = [
    ("location: Cēsis, Latvia", 'location: "Cēsis, Latvia"'),
    ("location: Cēsis, Vidzeme, Latvia", 'location: "Cēsis, Vidzeme, Latvia"'),
    ("description: Rounds 1, 2 and 3", 'description: "Rounds 1, 2 and 3"'),
    ("location: Rally: final", 'location: "Rally: final"'),
    ("geo: {latitude: 57,3, longitude: 25,27}", "geo: {latitude: 57.3, longitude: 25.27}"),
    ("rrule: FREQ=WEEKLY;BYDAY=SU,MO;COUNT=4", 'rrule: "FREQ=WEEKLY;BYDAY=SU,MO;COUNT=4"'),
    ("end: January 5, 2027", 'end: "2027-01-05"'),
    (f"location:{NO_BREAK}Riga", "location: Riga"),
    ("location:Riga", "location: Riga"),
    ("rrule:{freq: daily}", "rrule: {freq: daily}"),
    ("categories:[a, b]", "categories: [a, b]"),
    ("geo:{latitude: 57.3, longitude: 25.27}", "geo: {latitude: 57.3, longitude: 25.27}"),
]


@pytest.mark.parametrize(("written", "right"), FLOW)
@pytest.mark.parametrize(
    "shape",
    [
        "  - {{id: a, summary: A, start: 2027-01-03, {}}}\n",
        "  - {{id: a, summary: A, {}, start: 2027-01-03}} # why\n",
        NESTED,
        "  - {{\n      id: a, summary: A,\n      start: 2027-01-03,\n      {}\n    }}\n",
    ],
)
def test_a_text_in_brackets_is_fixed(shape: str, written: str, right: str) -> None:
    before, after = (f"{HEAD}events:\n{shape.format(text)}" for text in (written, right))
    assert fixed(before).decode() == after
    assert is_sound(before.encode())


@pytest.mark.parametrize(
    "text",
    [
        "calendar: id: example.org\n  name: Example\nevents: []\n",
        f"{HEAD}events:\n  - {{id: a, summary: A, start: 2027, location}}\n",
        f"{HEAD}events:\n  - {{id: a, summary: rally, final, start: 2027}}\n",  # a key, or not
        f"{HEAD}events:\n  - {{id: a, summary: A, start: 2027, location: Riga, sumary}}\n",
        event("summary: A", "description: Rally: final\n      status: open: yes"),
        event("summary: A", "status: open: yes"),  # which is no status in quotes either
        event('summary: "A'),
        event("summary: | Rally: final"),
        event("summary: A", "start 2027-01-04"),
    ],
)
def test_what_may_be_meant_otherwise_is_left_alone(text: str) -> None:
    assert fixed(text).decode() == text
    assert fix_file("-", BytesIO(text.encode())).count == 0


@pytest.mark.parametrize(
    "text",
    [
        "calendar:{id: example.org, name: Example}\nevents: []\n",
        "calendar:{\n  id: example.org, name: Example}\nevents: []\n",
        f"feeds:[{{each: category}}, {{id: b}}]\n{HEAD}events: []\n",
        event("summary: A", "rrule:{freq: daily, count: 3}"),
    ],
)
def test_a_space_is_written_before_a_bracket(text: str) -> None:
    assert fixed(text).decode() == text.replace(":{", ": {", 1).replace(":[", ": [", 1)


def test_the_brackets_of_one_key_need_a_space_as_well() -> None:
    content = event("summary: A", "rrule:{freq: daily}").encode()
    (diagnostic,) = fix_file("-", BytesIO(content)).loaded.diagnostics
    assert diagnostic.help == "write a space after `rrule:`"


@pytest.mark.parametrize("tabs", ["\t", "\t\t", "    \t"])
@pytest.mark.parametrize(
    ("written", "right"), [("Rally: final", '"Rally: final"'), ("@home", '"@home"')]
)
def test_a_line_with_a_tab_may_follow_a_text_that_needs_quotes(
    tabs: str, written: str, right: str
) -> None:
    lines = f"  - id: a\n    summary: {written}\n{{}}start: 2027-01-03\n"
    text = f"{HEAD}events:\n{lines.format(tabs)}"
    wanted = f"{HEAD}events:\n{lines.format('    ')}".replace(written, right)
    if tabs == "\t":
        assert fixed(text).decode() == wanted
    else:
        assert right in fixed(text).decode()


def test_all_errors_of_a_file_are_fixed_though_each_hides_those_below() -> None:
    lines = "".join(
        f"  - id: e{number}\n    summary: Stage {number}: final\n    start: 3 January 2027\n"
        for number in range(30)
    )
    result = fix_file("-", BytesIO(f"{HEAD}events:\n{lines}".encode()))
    assert result.count == 60
    codes = {diagnostic.code for diagnostic in result.loaded.diagnostics}
    assert codes <= {"same-event"}


def test_a_large_file_is_read_again_as_often_as_the_limit_allows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = event("summary: A: b") + "  - {id: b, summary: B: c, start: 2027}\n"
    monkeypatch.setattr(source_fixes, "MAX_READ", 1)
    result = fix_file("-", BytesIO(text.encode()))
    assert result.count == 1
    assert [diagnostic.code for diagnostic in result.loaded.diagnostics] == ["unquoted-text"]


# Indentation.

PLAIN = "  - id: a\n    summary: A\n    start: 2027\n"
BLOCK = "    description: |\n      make:\n      \tall\n"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        (
            "\t- id: a\n\t\tsummary: A\n\t\tstart: 2027\n",
            PLAIN,
        ),
        (
            "  - id: a\n\tsummary: A\n\tstart: 2027\n",
            PLAIN,
        ),
        (
            "  -\tid: a\n    summary: A\n    start: 2027\n",
            PLAIN,
        ),
        ("  - {id: a,\n\tsummary: A, start: 2027}\n", "  - {id: a,\n  summary: A, start: 2027}\n"),
        (
            f"  - id: a\n{NO_BREAK * 4}summary: A\n    start: 2027\n",
            PLAIN,
        ),
        (
            f"  - id: a\n{WIDE * 2}summary: A\n    start: 2027\n",
            PLAIN,
        ),
        (
            "  - id: a\n\u200b    summary: A\n    start: 2027\n",
            PLAIN,
        ),
        (  # a tab in a block of text is part of that text
            f"\t- id: a\n\t\tsummary: A\n\t\tstart: 2027\n{BLOCK}",
            f"{PLAIN}{BLOCK}",
        ),
        (
            "\t- id: a\n\t\tsummary: A: b # c\td\n\t\tstart: 3 January 2027\n",
            '  - id: a\n    summary: "A: b" # c\td\n    start: 2027-01-03\n',
        ),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_indentation_is_fixed(written: str, right: str, ends: str) -> None:
    before, after = (f"{HEAD}events:\n{text}".replace("\n", ends) for text in (written, right))
    assert fixed(before) == after.encode()
    assert is_sound(before.encode())


@pytest.mark.parametrize(
    "text",
    [
        # The width of the tab decides what the description is.
        "x-a:\n\tb: |\n\t\tone\n\t\t\ttwo\n",
        # No width makes these lines a list.
        "x-a:\n    - id: a\n      b: A\n \t \t   c: 2027\n",
    ],
)
def test_the_indentation_is_left_alone_where_it_is_not_certain(text: str) -> None:
    assert fixed(f"{HEAD}events: []\n{text}").decode() == f"{HEAD}events: []\n{text}"


def test_a_tab_that_is_no_error_stays() -> None:
    before = event("sumary: A", 'description: "one\n\t  two"')
    assert fixed(before).decode() == before.replace("sumary", "summary")


def rendered(value: Any, indentation: str, level: int = 0) -> str:
    """Return lists and mappings of texts as YAML, each level indented once."""
    text = ""
    for key, item in value.items():
        text += indentation * level + f"{key}:"
        if isinstance(item, str):
            text += f" {item}\n"
        elif isinstance(item, dict):
            text += "\n" + rendered(item, indentation, level + 1)
        else:
            text += "\n"
            for entry in item:
                block = rendered(entry, indentation, level + 2)
                # The dash takes the place of a level.
                text += indentation * (level + 1) + "- " + block.lstrip()
    return text


WORDS = st.text("abcxyz", min_size=1, max_size=4)
MAPPINGS = st.recursive(
    st.dictionaries(WORDS, WORDS, min_size=1, max_size=3),
    lambda inner: st.dictionaries(
        WORDS, WORDS | inner | st.lists(inner, min_size=1, max_size=3), min_size=1, max_size=3
    ),
    max_leaves=8,
)


@given(MAPPINGS, st.sampled_from(["\n", "\r\n"]))
def test_a_file_indented_with_tabs_has_the_data_of_one_with_spaces(data: Any, ends: str) -> None:
    whole = {"x-a": data, "events": [{"id": "a", "summary": "A", "start": "2027"}]}
    head = HEAD.replace("\n", ends)
    before = head + rendered(whole, "\t").replace("\n", ends)
    after = fixed(before).decode()
    assert parse_document(after.encode(), "x.yaml").data["x-a"] == data
    assert [line.lstrip() for line in after.splitlines()] == [
        line.lstrip() for line in before.splitlines()
    ]
    assert "\t" not in after


# Encodings.


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("", "Café: “Zürich”, Köln…"),
        ("language: fr, ", "Genève, l\N{RIGHT SINGLE QUOTATION MARK}étape à Besançon, œuvre"),
        ("language: pt-BR, ", "São Paulo"),
        ("language: de, ", "Größe: 5 €"),
        ("language: ca, ", "col·lecció"),
        ("language: en, ", "déjà vu"),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_windows_1252_is_written_as_utf8(language: str, word: str, ends: str) -> None:
    text = event(f'summary: "{word}"').replace("{id:", f"{{{language}id:").replace("\n", ends)
    assert fixed(text.encode("cp1252")) == text.encode()


@pytest.mark.parametrize(
    ("language", "content"),
    [
        ("", "Genève".encode("cp1252")),  # Genčve in the east
        ("", "Cēsis".encode("cp1257")),
        ("", "Plzeň".encode("cp1250")),
        ("", "Ралли".encode("cp1251")),
        ("", "Αθήνα".encode("cp1253")),
        ("", "東京".encode("shift_jis")),
        ("language: lv, ", "Cēsis".encode("cp1257")),
        ("language: bg, ", "Рали é".encode("cp1251", "replace")),
        ("language: fr, ", "été".encode("mac_roman")),
        ("language: fr, ", "été".encode("cp850")),
        ("language: fr, ", "voilà".encode("cp850")),
        ("language: fr, ", "tôt".encode("cp850")),
        ("language: fr, ", "été ".encode() + "été".encode("cp1252")),  # half of it is UTF-8
        ("language: fr, ", b"a\x81"),
        ("language: fr, ", b"\xe9\x00"),
    ],
)
def test_bytes_that_may_be_another_text_are_left_alone(language: str, content: bytes) -> None:
    text = event('summary: "@"').replace("{id:", f"{{{language}id:").encode()
    before = text.replace(b"@", content)
    assert fix_file("-", BytesIO(before)).after[STDIN] == before


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf16_is_written_as_utf8(encoding: str) -> None:
    text = event("summary: Cēsis: 東京")
    assert fixed(text.encode(encoding)).decode() == event('summary: "Cēsis: 東京"')


@pytest.mark.parametrize("content", [b"\xff\xfe\xfa", b"\x81", b"\xc3\x28"])
def test_bytes_of_no_certain_encoding_stay_though_a_text_has_no_quotes(content: bytes) -> None:
    before = event("summary: A: @").encode().replace(b"@", content)
    result = fix_file("-", BytesIO(before))
    assert (result.count, result.after[STDIN]) == (0, before)
    codes = [diagnostic.code for diagnostic in result.loaded.diagnostics]
    assert codes == ["encoding", "unquoted-text"]


def test_an_included_file_is_in_the_language_of_the_calendar(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    root = "calendar: {id: example.org, name: A, language: fr}\ninclude: [b.yaml]\n"
    included = "events:\n  - id: a\n    summary: Genève: final\n    start: 2 janvier 2027\n"
    (tmp_path / "a.yaml").write_text(root)
    (tmp_path / "b.yaml").write_bytes(included.encode("cp1252"))
    result = fix_file("a.yaml")
    assert list(result.before) == ["b.yaml"]
    assert result.before["b.yaml"] == included.encode("cp1252")
    assert result.after["b.yaml"].decode() == (
        'events:\n  - id: a\n    summary: "Genève: final"\n    start: 2027-01-02\n'
    )
    assert result.count == 3
    assert count_fixable(load_file("a.yaml")) == 2


def test_an_include_that_could_not_be_read_is_fixed_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    root = "calendar:\n\tid: example.org\n\tname: A\ninclude:\n\t- b.yaml\n"
    (tmp_path / "a.yaml").write_text(root)
    (tmp_path / "b.yaml").write_text("events:\n\t- id: a\n\t\tsummary: A: b\n\t\tstart: 2027\n")
    result = fix_file("a.yaml")
    assert sorted(result.after) == ["a.yaml", "b.yaml"]
    assert result.loaded.diagnostics == []


def test_a_byte_order_mark_stays() -> None:
    text = codecs.BOM_UTF8 + event("\tsummary: A".lstrip(), "location:Riga").encode()
    assert fixed(text) == text.replace(b"location:Riga", b"location: Riga")


SLIPS = st.sampled_from(
    [
        ("A: b", '"A: b"'),
        ("@a", '"@a"'),
        ("A: 'b' # c", "\"A: 'b'\" # c"),
        ("right", "right"),
        ('"A: b"', '"A: b"'),
    ]
)


@given(
    st.lists(
        st.tuples(SLIPS, st.sampled_from(["    ", "    # a: b\n    "])), min_size=1, max_size=6
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_nothing_outside_of_an_edit_changes(
    slips: list[tuple[tuple[str, str], str]], ends: str, has_mark: bool
) -> None:
    mark = "\ufeff" if has_mark else ""
    before = after = f"{mark}{HEAD}events:\n"
    for number, ((written, right), space) in enumerate(slips):
        for_both = f"  - id: e{number}\n{space}start: 202{number}\n{space}summary:   "
        before += f"{for_both}{written}\n"
        after += f"{for_both}{right}\n"
    assert fixed(before.replace("\n", ends)) == after.replace("\n", ends).encode()
