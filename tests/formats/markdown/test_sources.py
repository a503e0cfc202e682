"""Sources in Markdown: stated once where all events have the same one, else as numbered notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from support.markdown import event, rendered
from timeline.model.events import Calendar, Source

if TYPE_CHECKING:
    from timeline.model.events import Event

PAGE = Source("https://example.org/a", "Announcement")
KIT = Source(title="Press kit")


def events(*sources: tuple[Source, ...]) -> tuple[Event, ...]:
    return tuple(
        event(f"e{number}", f"Event {number}", f"{2025 + number}", sources=of_event)
        for number, of_event in enumerate(sources)
    )


def notes(*sources: tuple[Source, ...], style: str = "list") -> tuple[list[str], str]:
    """Return what the events state of their sources, and what stands below them."""
    text = rendered(Calendar("x", "X", events(*sources)), style=style, title=False)
    lines = [line.strip() for line in text.splitlines()]
    stated = [line for line in lines if line.startswith(("Source: ", "Sources: "))]
    below = text[text.rindex("Event") :].partition("\n")[2]
    below = "\n\n".join(
        block for block in below.strip("\n").split("\n\n") if not block.startswith("    ")
    )
    return [line for line in stated if line not in below.split("\n")], below


def test_one_source_of_all_events_is_stated_once() -> None:
    once = "Source of all events: [Announcement](https://example.org/a)"
    assert notes((PAGE,), (PAGE,), (PAGE,)) == ([], once)
    assert notes((KIT,), (KIT,)) == ([], "Source of all events: Press kit")
    assert notes((PAGE,), (PAGE,), style="table")[1] == once


def test_the_only_event_has_its_source_below_it() -> None:
    assert notes((KIT,)) == ([], "Source: Press kit")


def test_a_quotation_stays_with_its_event() -> None:
    quoted = Source(PAGE.url, PAGE.title, "until 2028")
    stated, below = notes((PAGE,), (quoted,), (PAGE, quoted, Source(PAGE.url, PAGE.title, "b")))
    assert stated == ["Source: “until 2028”", "Source: “until 2028” · “b”"]
    assert below == "Source of all events: [Announcement](https://example.org/a)"


@pytest.mark.parametrize("style", ["list", "table"])
def test_other_sources_are_notes_in_the_order_of_the_page(style: str) -> None:
    quoted = Source(title="Press kit", quote="two cars")
    below = "Sources:\n\n1.  [Announcement](https://example.org/a)\n2.  Press kit"
    stated, notes_below = notes((PAGE,), (quoted, PAGE), (), (KIT,), style=style)
    assert notes_below == below
    if style == "list":
        assert stated == [
            "Source: [1](https://example.org/a)",
            "Sources: 2: “two cars” · [1](https://example.org/a)",
            "Source: 2",
        ]


def test_an_event_without_a_source_makes_a_note_of_the_only_source() -> None:
    assert notes((KIT,), ()) == (["Source: 1"], "Source:\n\n1.  Press kit")


def test_what_was_accessed_on_another_day_is_another_document() -> None:
    first, second = (Source(title="Site", accessed=day) for day in ("2026-01-02", "2026-02-03"))
    assert notes((first,), (second,)) == (
        ["Source: 1", "Source: 2"],
        "Sources:\n\n1.  Site (accessed 2026-01-02)\n2.  Site (accessed 2026-02-03)",
    )


def test_the_order_is_that_of_the_page_not_of_the_file() -> None:
    later = event("a", "Later", "2027", sources=(PAGE,))
    first = event("b", "First", "2026", sources=(KIT,))
    text = rendered(Calendar("x", "X", (later, first)))
    assert text.endswith("1.  Press kit\n2.  [Announcement](https://example.org/a)\n")


def test_no_events_have_no_sources() -> None:
    assert "Source" not in rendered(Calendar("x", "X"))
    assert notes((), ())[1] == ""


def test_a_diagram_has_no_sources() -> None:
    assert "Source" not in rendered(Calendar("x", "X", events((PAGE,), (PAGE,))), style="mermaid")


def test_the_notes_are_one_numbered_list_of_any_length() -> None:
    many = [(Source(title=f"{number}. report\n- x", url="ftp://x.org"),) for number in range(120)]
    text = rendered(Calendar("x", "X", events(*many)))
    tokens = MarkdownIt("commonmark").parse(text)
    assert sum(token.type == "ordered_list_open" for token in tokens) == 1
    titles = [token.content for token in tokens if "report" in token.content]
    assert len(titles) == 120
    assert "100. 99\\. report - x (ftp&#58;//x\\.org)\n" in text


def test_sources_are_in_the_language_of_the_calendar() -> None:
    calendar = Calendar("x", "X", events((KIT,), (KIT,)), language="es")
    assert rendered(calendar).endswith("Fuente de todos los eventos: Press kit\n")
    calendar = Calendar("x", "X", events((KIT,), ()), language="fr")
    assert rendered(calendar).endswith("Source\N{NO-BREAK SPACE}:\n\n1.  Press kit\n")
