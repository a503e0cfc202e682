"""Calendars to render as Markdown, and texts of authors that try to leave their place."""

# ruff: noqa: RUF001 - goldens have the lines and the dashes that they have

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from support.dated import when
from timeline.formats.markdown import writer
from timeline.formats.markdown.options import MarkdownOptions
from timeline.model.events import Calendar, Event, Source, Undated, Was


def was(start: str, end: str | None = None, note: str | None = None) -> Was:
    dates = when(start, end)
    assert not isinstance(dates, Undated)
    return Was(dates, note)


def event(id_: str, summary: str, start: str, end: str | None = None, **more: Any) -> Event:
    return Event(id_, f"{id_}@x", summary, when(start, end), (), **more)


def rendered(calendar: Calendar, **options: Any) -> str:
    return b"".join(writer.render(calendar, MarkdownOptions(**options))).decode()


ARTICLE = Source(
    "https://example.org/announcement",
    "Defender attacks Dakar with a factory team",
    "The partnership will continue until 2028",
    "2025-02-01",
)
DAKAR = Calendar(
    "defender-dakar.example.org",
    "Defender at the Dakar Rally",
    (
        event(
            "partnership",
            "Defender is Official Car Partner of the Dakar Rally",
            "2025-01-03",
            "2028",
            categories=("partnership", "press"),
            sources=(ARTICLE, Source(title="Press kit")),
        ),
        event(
            "dakar-2025",
            "Dakar Rally 2025",
            "2025-01-03",
            "2025-01-17",
            location="Bisha to Shubaytah, Saudi Arabia",
            url="https://www.dakar.com/en",
            description="The 47th edition,\nthe sixth in Saudi Arabia.\n\n1. Bisha\n2. Shubaytah",
        ),
        event(
            "programme",
            "Details are announced",
            "between 2025-01-03 and 2025-01-17",
            parent="dakar-2025",
        ),
        event("rub", "Rub al-Khali", "2025-01-15~", "2025-01-17", parent="dakar-2025"),
        event("prize", "Prizes", "2025-01-17T20:00", "2025-01-17T21:30", parent="rub"),
        event(
            "party",
            "Party",
            "2025-02-08",
            status="postponed",
            was=(was("2025-02-01", "2025-02-03", "the weather"), was("2024-12")),
        ),
        event("debut", "Debut as a manufacturer", "2026"),
        event("gala", "Gala", "2026-06-05", status="cancelled"),
        event("next", "Next rally", "2027-01-02", status="tentative"),
        event("fleet", "Six vehicles go to the organisers", "TBC"),
        event("charter", "Charter", "TBC", "2028"),
    ),
    description="Milestones of the partnership.",
)


NASTY = r"""
# ## - + * _ ** __ ` `` ``` ~ ~~ ~~~ > < | || = == === --- *** ___ ![ ]( [ ] ) ( \ \\
& &amp; &#35; &copy <b> </b> <!-- --> <!--timeline:end--> <script> <https://x.org> https://x.org
www.x.org a@x.org $ $$ { } {{ }} {% %} {note} {#id} [[x]] [^1] [^1]: [x]: [x](y) ![x](y) :smile:
::: : % @ ! !!! ??? /// +++ ^ ^^ 1. 1) 2025. 12345678901. :- :-: |-| -| \| \* &#x1F600; a b c é
日本 “ ” ’ … 👍🏽 ; , . / ? ' "
"""
LINE = st.lists(
    st.sampled_from([*NASTY.split(), "\u200b", "\u202e", "\u00a0"])
    | st.just(" ")
    | st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")),
    max_size=12,
).map("".join)
WORDS = LINE.map(str.strip).filter(bool)
TEXT = st.lists(LINE | st.just(""), min_size=1, max_size=6).map("\n".join)

FIELDS = ("name", "summary", "location", "category", "quote")
AUTHORS = st.fixed_dictionaries({**dict.fromkeys(FIELDS, WORDS), "text": TEXT})


def written(fields: dict[str, str]) -> Calendar:
    """Return a calendar with an author's texts wherever a text is allowed."""
    text, summary, quote = fields["text"], fields["summary"], fields["quote"]
    more: dict[str, Any] = {
        "location": fields["location"],
        "categories": (fields["category"], "last"),
        "sources": (Source("https://example.org/", quote, quote), Source(title=quote)),
        "was": (was("2024", note=quote),),
    }
    events = (
        event("a", summary, "2025-01-03", description=text, url="https://x.org/a", **more),
        event("b", summary, "2025-01-03", parent="a", **more),
        event("c", summary, "2025-01-03", parent="b"),
        event("d", summary, "2025-01-04"),
        event("e", summary, "TBC"),
        event("f", summary, "TBC", status="cancelled"),
    )
    return Calendar("x", fields["name"], events, description=text)


def plain(authors: dict[str, str]) -> dict[str, str]:
    """Return texts without signs, with as many lines as those of the author."""
    lines = authors["text"].splitlines()
    text = "\n".join("QLINEQ" if line.strip() else "" for line in lines)
    return {**{name: f"Q{name.upper()}Q" for name in FIELDS}, "text": text}


EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "wikilinks",
    "pymdownx.arithmatex",
    "pymdownx.betterem",
    "pymdownx.blocks.admonition",
    "pymdownx.caret",
    "pymdownx.critic",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.keys",
    "pymdownx.magiclink",
    "pymdownx.mark",
    "pymdownx.snippets",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
]

ATTACK = dict.fromkeys(FIELDS, " ".join(NASTY.split()))
SIGNS = {**ATTACK, "text": "\n".join(NASTY.split())}
