"""The style `mermaid`: what it looks like, and that mermaid itself reads back every title.

The tests with mermaid run where Node is and ``TIMELINE_MERMAID`` names a folder into which
``npm install mermaid jsdom`` has put them.
"""

# ruff: noqa: RUF001 - goldens have the dashes that they have

from __future__ import annotations

import json
import os
import random
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from support import foreign
from support.loading import load_text
from support.markdown import AUTHORS, DAKAR, NASTY, event, rendered, written
from timeline.formats.markdown import mermaid
from timeline.model.events import Calendar

_MISSING = foreign.missing_mermaid()
with_mermaid = pytest.mark.skipif(bool(_MISSING), reason=_MISSING)

DAKAR_DIAGRAM = """\
# Defender at the Dakar Rally

Milestones of the partnership.

```mermaid
timeline
    section 2025
        3 January 2025 until 2028 : Defender is Official Car Partner of the Dakar Rally
        3–17 January 2025 : Dakar Rally 2025
        Some day between 3 and 17 January 2025 : ↳ Details are announced
        About 15 January until 17 January 2025 : ↳ Rub al-Khali
        17 January 2025, 20#58;00–21#58;30 (Asia/Riyadh) : ↳ ↳ Prizes
        8 February 2025 : Postponed#58; Party
    section 2026
        2026 : Debut as a manufacturer
        5 June 2026 : Cancelled#58; Gala
    section 2027
        2 January 2027 : Next rally (tentative)
    section Date to be confirmed
        TBC : Six vehicles go to the organisers
        Until 2028, start to be confirmed : Charter
```
"""


def blocks(text: str) -> list[str]:
    """Return the diagrams of a Markdown document."""
    return [
        token.content
        for token in MarkdownIt("commonmark").parse(text)
        if token.type == "fence" and token.info == "mermaid"
    ]


def test_a_diagram() -> None:
    assert rendered(DAKAR, style="mermaid") == DAKAR_DIAGRAM


def test_a_diagram_as_of_a_day() -> None:
    output = rendered(DAKAR, style="mermaid", as_of=date(2026, 11, 22))
    assert "2025 : Dakar Rally 2025 (past)\n" in output
    assert " : Next rally (tentative) (next)\n" in output


def test_consecutive_events_share_a_date() -> None:
    events = (event("a", "A", "2025-01"), event("b", "B", "2025-01"), event("c", "C", "2026"))
    output = rendered(Calendar("x", "X", events), style="mermaid", title=False)
    assert "    January 2025 : A\n        : B\n    section 2026\n" in output


def test_what_repeats_says_so() -> None:
    written_ = '{id: a, summary: A, start: 2025-01-03, rrule: "FREQ=WEEKLY;COUNT=3"}'
    text = f"calendar: {{id: x.org, name: X}}\nevents: [{written_}]\n"
    loaded = load_text(text)
    assert not loaded.diagnostics
    assert " : A (repeats every Friday, 3 times)\n" in rendered(loaded.calendar, style="mermaid")


def test_a_dated_child_of_an_undated_parent_names_it() -> None:
    child = "{id: a, summary: Opening, start: 2027-03-01}"
    loaded = load_text(
        "calendar: {id: x.org, name: X}\n"
        f"events: [{{id: p, summary: 'Series: *1*', start: TBC, events: [{child}]}}]\n"
    )
    output = rendered(loaded.calendar, style="mermaid")
    assert "    section 2027\n        1 March 2027 : Opening · part of Series#58; *1*\n" in output
    assert output.endswith("    section Date to be confirmed\n        TBC : Series#58; *1*\n```\n")


def test_an_empty_calendar_has_no_diagram() -> None:
    assert rendered(Calendar("x", "X"), style="mermaid", title=False) == "No events.\n"


def test_a_long_timeline_has_several_diagrams() -> None:
    events = [event(f"e{n}", f"{n} {'#' * 2000}", "2025") for n in range(20)]
    diagrams = blocks(rendered(Calendar("x", "X", tuple(events)), style="mermaid"))
    assert len(diagrams) == 2
    for block in diagrams:
        assert len(block) <= mermaid.MAX_LENGTH
        assert "\n    section 2025\n        2025 : " in block
    numbers = [number for block in diagrams for number in re.findall(r": (\d+) ", block)]
    assert numbers == [str(n) for n in range(20)]


def test_a_new_diagram_begins_with_its_section_and_date() -> None:
    length = mermaid.MAX_LENGTH // 900
    events = [event(f"e{n}", "x" * 900, "2025") for n in range(length)]
    events.append(event("last", "x" * 900, "2026"))
    for block in blocks(rendered(Calendar("x", "X", tuple(events)), style="mermaid")):
        assert re.match(r"timeline\n    section (\d+)\n        \1 : ", block)
        assert not block.endswith("section 2026\n")


@given(AUTHORS)
def test_no_title_leaves_its_block(authors: dict[str, str]) -> None:
    calendar = written(authors)
    (block,) = blocks(rendered(calendar, style="mermaid"))
    head, *lines = block.splitlines()
    assert head == "timeline"
    assert len([line for line in lines if " : " in line or line.startswith("        : ")]) == 6
    for line in lines:
        text = re.sub(r"#\d+;", "", line.replace(" : ", ""))
        assert not set(text) & set("#;<>{}%")


# What mermaid makes of it.

KEYWORDS = """
timeline title section end accTitle accDescr accTitle: accDescr: accDescr{ TD LR graph TB: gantt
%% %%% %%{init:{"theme":"dark"}}%% %%{wrap}%% --- ``` ~~~ #58; #quot; #x; #; &amp; &#58; &colon;
; : :: :a a: ":" '"' "a" #a # ## {} }} }%% <br> <br/> <a href="x"> </text> <script> ﬂ°°58¶ß ﬂ° ¶ß
style classDef style:#a; classDef:#a; click href call 2025 12:30 10:30:00 http://x.org/a#b;c \\n
"""


def titles(count: int) -> list[str]:
    chance = random.Random(2025)
    words = [*NASTY.split(), *KEYWORDS.split(), "Dakar", "\u200b", "\u00a0", "👨\u200d👩", "é"]
    made = [*dict.fromkeys(words)]
    made += [f"{word} Rally" for word in words]
    while len(made) < count:
        some = chance.choices(words, k=chance.randrange(1, 6))
        made.append(chance.choice(["", " "]).join(some).strip() or "x")
    return [title for title in made if title.strip()]


def ask(texts: list[str], drawn: int) -> list[dict[str, Any]]:
    done = subprocess.run(
        [
            foreign.NODE,
            str(Path(__file__).with_name("mermaid.mjs")),
            os.environ["TIMELINE_MERMAID"],
            str(drawn),
        ],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    diagrams: list[dict[str, Any]] = json.loads(done.stdout)
    return diagrams


def bare(text: str) -> str:
    """Leave out what lines are broken at, and what a browser does not draw."""
    return re.sub(r"\s", "", text.replace("<br>", "").replace("<br/>", ""))


@pytest.mark.foreign
@with_mermaid
def test_mermaid_reads_and_draws_every_title() -> None:
    given_ = titles(4000)
    pieces = [given_[at : at + 100] for at in range(0, len(given_), 100)]
    texts = []
    for piece in pieces:
        events = [event(f"e{n}", title, f"{2000 + n}") for n, title in enumerate(piece)]
        (block,) = blocks(rendered(Calendar("x", piece[0], tuple(events)), style="mermaid"))
        texts.append(block)
    for piece, diagram in zip(pieces, ask(texts, drawn=4), strict=True):
        assert "error" not in diagram, (diagram["error"], piece)
        years = [str(2000 + n) for n in range(len(piece))]
        assert diagram["sections"] == years
        said = [" ".join(title.split()) for title in piece]
        assert diagram["tasks"] == [
            [year, year, title] for year, title in zip(years, said, strict=True)
        ]
        if "drawn" in diagram:
            assert [*map(bare, diagram["drawn"])] == [
                bare(text)
                for year, title in zip(years, said, strict=True)
                for text in (year, year, title)
            ]


@pytest.mark.foreign
@with_mermaid
def test_mermaid_reads_the_founding_timeline_and_dates_of_all_kinds() -> None:
    (diagram,) = ask(blocks(DAKAR_DIAGRAM), drawn=1)
    assert diagram["sections"] == ["2025", "2026", "2027", "Date to be confirmed"]
    assert "20:00" in bare("".join(diagram["drawn"]))
    assert ["2025", "8 February 2025", "Postponed: Party"] in diagram["tasks"]
