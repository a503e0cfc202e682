"""Markdown: what it looks like, and that no author's text can leave its place."""

# ruff: noqa: E501, RUF001 - goldens have the lines and the dashes that they have

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from markdown_it import MarkdownIt
from msgspec.structs import replace

from support.isolates import without_isolates
from support.markdown import (
    AUTHORS,
    DAKAR,
    FIELDS,
    WORDS,
    event,
    rendered,
    written,
)
from timeline.formats.markdown.escaping import escape_inline, escape_paragraphs
from timeline.model.details import Details, Link, Person
from timeline.model.events import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token


DAKAR_LIST = """\
# Defender at the Dakar Rally

Milestones of the partnership.

## 2025

-   **3 January 2025 until 2028** — Defender is Official Car Partner of the Dakar Rally · *partnership, press*

    Sources: [1](https://example.org/announcement): “The partnership will continue until 2028” · 2

-   **3–17 January 2025** — [Dakar Rally 2025](https://www.dakar.com/en) · Bisha to Shubaytah, Saudi Arabia

    The 47th edition,
    the sixth in Saudi Arabia.

    1\\. Bisha
    2\\. Shubaytah

    -   **Some day between 3 and 17 January 2025** — Details are announced
    -   **About 15 January until 17 January 2025** — Rub al-Khali
        -   **17 January 2025, 20:00–21:30 (Asia/Riyadh)** — Prizes

-   **8 February 2025** — Postponed: Party

    Previously 1–3 February 2025 (the weather), before that December 2024

## 2026

-   **2026** — Debut as a manufacturer
-   **5 June 2026** — Cancelled: Gala

## 2027

-   **2 January 2027** — Next rally (tentative)

## Date to be confirmed

-   Six vehicles go to the organisers
-   **Until 2028, start to be confirmed** — Charter

Sources:

1.  [Defender attacks Dakar with a factory team](https://example.org/announcement) (accessed 2025-02-01)
2.  Press kit
"""

DAKAR_TABLE = """\
### 2025

| Date | Event | Where |
| --- | --- | --- |
| 3 January 2025 until 2028 (now) | Defender is Official Car Partner of the Dakar Rally · *partnership, press* — Sources: [1](https://example.org/announcement): “The partnership will continue until 2028” · 2 |  |
| 3–17 January 2025 (past) | [Dakar Rally 2025](https://www.dakar.com/en) — The 47th edition, the sixth in Saudi Arabia. — 1\\. Bisha 2\\. Shubaytah | Bisha to Shubaytah, Saudi Arabia |
| Some day between 3 and 17 January 2025 (past) | ↳ Details are announced |  |
| About 15 January until 17 January 2025 (past) | ↳ Rub al-Khali |  |
| 17 January 2025, 20:00–21:30 (Asia/Riyadh) (past) | ↳ ↳ Prizes |  |
| 8 February 2025 (past) | Postponed: Party — Previously 1–3 February 2025 (the weather), before that December 2024 |  |

### 2026

| Date | Event |
| --- | --- |
| 2026 | Debut as a manufacturer |
| 5 June 2026 | Cancelled: Gala |

### 2027

| Date | Event |
| --- | --- |
| 2 January 2027 (next) | Next rally (tentative) |

### Date to be confirmed

| Date | Event |
| --- | --- |
|  | Six vehicles go to the organisers |
| Until 2028, start to be confirmed | Charter |

Sources:

1.  [Defender attacks Dakar with a factory team](https://example.org/announcement) (accessed 2025-02-01)
2.  Press kit
"""


def test_list() -> None:
    assert rendered(DAKAR) == DAKAR_LIST


def test_a_table_as_of_a_day() -> None:
    options = {"style": "table", "heading_level": 3, "title": False, "as_of": date(2026, 11, 22)}
    assert rendered(DAKAR, **options) == DAKAR_TABLE


def test_a_list_as_of_a_day() -> None:
    output = rendered(DAKAR, as_of=date(2025, 1, 16))
    assert "-   **3–17 January 2025** (now) — [Dakar" in output
    assert "-   **About 15 January until 17 January 2025** — Rub" not in output
    assert "    -   **About 15 January until 17 January 2025** (now) — Rub" in output
    assert "        -   **17 January 2025, 20:00–21:30 (Asia/Riyadh)** (next) — Prizes" in output
    assert "-   **5 June 2026** — Cancelled: Gala" in output


def test_a_table_has_no_empty_column() -> None:
    events = (event("a", "A", "2025"), event("b", "B", "2026", location="Here"))
    output = rendered(Calendar("x", "X", events), style="table", title=False)
    assert output == (
        "## 2025\n\n| Date | Event |\n| --- | --- |\n| 2025 | A |\n\n"
        "## 2026\n\n| Date | Event | Where |\n| --- | --- | --- |\n| 2026 | B | Here |\n"
    )
    undated = (event("a", "A", "TBC"), event("b", "B", "TBC", location="Here"))
    output = rendered(Calendar("x", "X", undated), style="table", title=False)
    assert output.endswith("| Event | Where |\n| --- | --- |\n| A |  |\n| B | Here |\n")
    output = rendered(Calendar("x", "X", undated[:1]), style="table", title=False)
    assert output.endswith("| Event |\n| --- |\n| A |\n")
    output = rendered(Calendar("x", "X", (*undated, event("c", "C", "TBC", "2028"))), style="table")
    assert output.count("| Date | Event | Where |") == 1


def test_an_empty_calendar() -> None:
    assert rendered(Calendar("x", "X")) == "# X\n\nNo events.\n"


def test_above_level_one_there_is_no_title() -> None:
    output = rendered(replace(DAKAR, events=DAKAR.events[6:7]), heading_level=1)
    assert output == (
        "Milestones of the partnership.\n\n# 2026\n\n-   **2026** — Debut as a manufacturer\n"
    )


def test_people_and_documents() -> None:
    visit = event(
        "one",
        "One",
        "2025",
        url="webcal://example.org/x",
        details=Details(
            organizer=Person("Ann", "ann@example.org"),
            contact=Person(email="x@example.org"),
            conference=(Link("https://example.org/join", "Join"),),
            attach=(Link("ftp://example.org/plan.pdf", "Plan"), Link("https://example.org/a_(b)")),
        ),
    )
    assert rendered(Calendar("x", "X", (visit,)), title=False) == (
        "## 2025\n\n-   **2025** — One\n\n"
        "    Organizer: [Ann](mailto:ann@example.org)\n\n"
        "    Contact: [x&#64;example\\.org](mailto:x@example.org)\n\n"
        "    Join: [Join](https://example.org/join)\n\n"
        "    Links: webcal&#58;//example\\.org/x · Plan (ftp&#58;//example\\.org/plan\\.pdf) · "
        "[https&#58;//example\\.org/a\\_(b)](<https://example.org/a_(b)>)\n"
    )


# What a parser makes of it.

COMMONMARK = MarkdownIt("commonmark")
GFM = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.children is None:
            yield token
        else:
            yield from flat(token.children)


def structure(parser: MarkdownIt, text: str, linked_text: str = "") -> list[str]:
    """Return the types of all tokens; a run of text and line breaks counts as a single token.

    A link to an address that stands in ``linked_text`` counts as text.
    """
    kinds: list[str] = []
    is_in_text_link = False
    tokens = list(flat(parser.parse(text)))
    for number, token in enumerate(tokens):
        if token.type == "link_open":  # by its text: a parser writes another host for `x.orgé`
            shown = tokens[number + 1].content
            is_in_text_link = shown.lower().startswith("http") and shown in linked_text
        is_text_link = is_in_text_link and token.type in ("link_open", "link_close")
        kind = "text" if token.type == "softbreak" or is_text_link else token.type
        if kind != "text" or kinds[-1:] != ["text"]:
            kinds.append(kind)
    return kinds


def content(parser: MarkdownIt, text: str) -> str:
    """Return all visible text, without whitespace."""
    return "".join("".join(token.content for token in flat(parser.parse(text))).split())


def targets(text: str) -> list[str]:
    return [
        str(token.attrs["href"]) for token in flat(GFM.parse(text)) if token.type == "link_open"
    ]


@pytest.mark.parametrize("style", ["list", "table"])
@given(AUTHORS)
@example(
    {
        "name": "#",
        "summary": "- x",
        "location": "1. x",
        "category": "*",
        "quote": "[x](y)",
        "text": "x\n=\n\nx\n-\n\n# x\n===\n- x\n    x\n\n\n1. x\n---\n> x\na|b\n-|-",
    }
)
@example(
    {
        "name": "a #",
        "summary": "``` x",
        "location": "a | b",
        "category": "&copy",
        "quote": "-->",
        "text": "<!-- timeline:end -->\n\n```\n</details>",
    }
)
@example(
    {
        "name": "x {#id}",
        "summary": ":smile:",
        "location": "$a$",
        "category": "~~a~~",
        "quote": "x\ny",
        "text": "[x]: y\n[^1]: z\n:::{note}\nx\n:::",
    }
)
def test_no_text_leaves_its_place(style: str, authors: dict[str, str]) -> None:
    lines = authors["text"].splitlines()
    plain = {name: f"Q{name.upper()}Q" for name in FIELDS}
    plain["text"] = "\n".join("QLINEQ" if line.strip() else "" for line in lines)
    output = rendered(written(authors), style=style)
    expected = rendered(written(plain), style=style)
    for parser in (COMMONMARK, GFM):
        assert structure(parser, output, authors["text"]) == structure(parser, expected)
    text = content(GFM, expected)
    for name in FIELDS:
        text = text.replace(plain[name], "".join(authors[name].split()))
    first, *pieces = text.split("QLINEQ")
    paragraphs = ["".join(line.split()) for line in lines if line.strip()] * 2
    whole = first + "".join(map("".join, zip(paragraphs, pieces, strict=True)))
    assert without_isolates(content(GFM, output)) == without_isolates(whole)
    assert output.endswith("\n")
    assert not output.endswith("\n\n")


@given(WORDS)
@example("C++ and g++")
def test_titles_cannot_contain_syntax_of_other_tools(title: str) -> None:
    escaped = escape_inline(title)
    for syntax in (
        "<",
        ">",
        "|",
        "^",
        "++",
        "$",
        "{",
        "}",
        "~",
        "@",
        "[",
        "]",
        "://",
        "www.",
        "==",
    ):
        assert syntax not in escaped


@pytest.mark.parametrize(
    "line",
    """: definition|:::{note}|% comment|(target)=|=== tab|??? details|!!! admonition|/// block
    +++|# heading|1. item|1) item|- item|+ item|= x""".replace("\n    ", "|").split("|"),
)
def test_no_line_starts_with_syntax_of_other_tools(line: str) -> None:
    [[escaped]] = escape_paragraphs(line)
    assert escaped.startswith(("\\", "&#", "1\\.", "1&#"))
    assert content(GFM, f"x\n{escaped}") == "x" + "".join(line.split())


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.org/a?b=c&d=e#f", "https://x.org/a?b=c&d=e#f"),
        ("https://x.org/a_(b)", "https://x.org/a_(b)"),
        ("https://x.org/)(", "https://x.org/)("),
        ("https://x.org/?a&copy;b", "https://x.org/?a&copy;b"),
        ("https://x.org/a b<c>|`\\", "https://x.org/a%20b%3Cc%3E%7C%60%5C"),
        ("https://x.org/[x](y)", "https://x.org/%5Bx%5D(y)"),
        ("https://x.org/日本", "https://x.org/%E6%97%A5%E6%9C%AC"),
        ("HTTPS://x.org/", "HTTPS://x.org/"),
        ("mailto:a@x.org", "mailto:a@x.org"),
        ("ftp://x.org/", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
    ],
)
def test_urls(url: str, expected: str | None) -> None:
    for style in ("list", "table"):
        output = rendered(Calendar("x", "X", (event("a", "A", "2025", url=url),)), style=style)
        assert targets(output) == ([expected] if expected else [])
        assert content(GFM, output).count("A") >= 1


def test_the_number_of_items_headings_and_rows() -> None:
    events = [event(f"e{n}", f"| {n} <b>", f"{2000 + n % 7}") for n in range(50)]
    given_ = Calendar("x", "X", tuple(events))
    kinds = structure(GFM, rendered(given_))
    assert (kinds.count("list_item_open"), kinds.count("heading_open")) == (50, 8)
    kinds = structure(GFM, rendered(given_, style="table"))
    assert (kinds.count("tr_open"), kinds.count("heading_open")) == (57, 8)


def test_nesting_is_lists_in_lists() -> None:
    tokens = GFM.parse(DAKAR_LIST)
    levels = [token.level for token in tokens if token.type == "list_item_open"]
    assert levels == [1, 1, 3, 3, 5, 1, 1, 1, 1, 1, 1, *(1, 1)]  # and two notes
    assert "code_block" not in structure(COMMONMARK, DAKAR_LIST)


@pytest.mark.parametrize("style", ["list", "table"])
def test_a_hundred_levels_are_complete(style: str) -> None:
    deep = [event("e0", "Event 0.", "2025", description="Text")]
    deep += [
        event(f"e{n}", f"Event {n}.", "2025", parent=f"e{n - 1}", description="Text")
        for n in range(1, 100)
    ]
    output = rendered(Calendar("x", "X", tuple(deep)), style=style)
    text = content(GFM, output)
    assert all(f"Event{n}." in text for n in range(100))
    assert "code_block" not in structure(GFM, output)


def test_a_long_title_stays_whole() -> None:
    title = "ab, c; " * 60
    text = content(GFM, rendered(Calendar("x", "X", (event("a", title, "2025"),))))
    assert "".join(title.split()) in text


def test_the_bytes_depend_only_on_the_calendar() -> None:
    assert rendered(DAKAR) == rendered(DAKAR)
    assert "past" not in rendered(DAKAR)
