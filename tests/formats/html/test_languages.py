"""Pages of one calendar in several languages: their texts, and the links between them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.command import Done
from support.pages import read_page

if TYPE_CHECKING:
    from support.pages import Element

FILE = """
calendar: {id: x.example.org, name: The rally, language: en, source: "https://example.org/e.ics"}
categories: {race: {}, team: {}}
feeds:
  - {id: races, name: Races, categories: [race], source: "https://example.org/races.ics"}
  - {id: rennen, name: Rennen, language: de, categories: [race], source: "https://a.org/r.ics"}
  - {id: alles, name: Die Rallye, description: Alles, language: de, source: "https://a.org/de.ics"}
outputs:
  html: [HTML]
events:
  - {id: a, summary: {en: Rally, de: Rallye}, start: 2027-01-03, categories: [race]}
  - {id: b, summary: Car, description: {en: New, de: Neu}, start: 2027-Q2, categories: [team]}
"""

INDEX, GERMAN = "{path: dist/index.html}", "{path: dist/index.de.html, language: de}"
ARABIC = "{path: dist/ar/index.html, language: ar}"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def export(*html: str) -> dict[str, Element]:
    """Export the pages and return them by their paths."""
    text = FILE.replace("HTML", ", ".join(html))
    Path("events.yaml").write_text(text, encoding="utf-8")
    done = Done("export")
    assert done.code == 0, done.err
    paths = sorted(Path("dist").rglob("*.html"))
    return {
        path.relative_to("dist").as_posix(): read_page(path.read_text(encoding="utf-8"))
        for path in paths
    }


def links(page: Element) -> list[tuple[str, str, str]]:
    return [
        (a.attributes["hreflang"], a.attributes["href"], a.text)
        for nav in page.all("nav", "languages")
        for a in nav.all("a")
    ]


def alternates(page: Element) -> dict[str, str]:
    return {
        link.attributes["hreflang"]: link.attributes["href"]
        for link in page.all("link")
        if "hreflang" in link.attributes
    }


def test_pages_link_to_each_other_by_relative_paths() -> None:
    pages = export(INDEX, GERMAN, ARABIC)
    assert links(pages["index.html"]) == [
        ("de", "index.de.html", "Deutsch"),
        ("ar", "ar/index.html", "العربية"),
    ]
    assert links(pages["ar/index.html"]) == [
        ("en", "../index.html", "English"),
        ("de", "../index.de.html", "Deutsch"),
    ]
    (_, link) = pages["index.html"].all("nav")[0].all("a")
    assert (link.attributes["lang"], link.attributes["dir"]) == ("ar", "rtl")
    assert {path: alternates(page) for path, page in pages.items()} == {path: {} for path in pages}
    labels = [page.all("nav")[0].attributes["aria-label"] for page in pages.values()]
    assert labels == ["لغات أخرى", "Andere Sprachen", "Other languages"]


def test_a_page_has_the_words_and_the_texts_of_its_language() -> None:
    pages = export(INDEX, GERMAN, ARABIC)
    attributes = {path: page.all("html")[0].attributes for path, page in pages.items()}
    assert {path: (a["lang"], a["dir"]) for path, a in attributes.items()} == {
        "index.html": ("en", "ltr"),
        "index.de.html": ("de", "ltr"),
        "ar/index.html": ("ar", "rtl"),
    }
    german = pages["index.de.html"]
    assert german.by_id("event-a").all("h3")[0].all("span")[0].text == "Rallye"
    assert german.by_id("event-a").all("p", "when")[0].text == "3. Januar So"
    assert german.by_id("event-b").all("p", "more")[0].text == "Neu"
    assert pages["ar/index.html"].by_id("event-a").all("h3")[0].all("span")[0].text == "Rally"


def test_a_page_offers_the_feeds_of_its_language() -> None:
    pages = export(INDEX, GERMAN, ARABIC)
    offered = {
        path: [
            field.attributes["value"] for field in page.all("details", "subscribe")[0].all("input")
        ]
        for path, page in pages.items()
    }
    assert offered == {
        "index.html": ["https://example.org/e.ics", "https://example.org/races.ics"],
        "index.de.html": ["https://a.org/de.ics", "https://a.org/r.ics"],
        "ar/index.html": ["https://example.org/e.ics"],
    }
    titles = {path: page.all("h1")[0].text for path, page in pages.items()}
    assert titles["index.de.html"] == "Die Rallye"
    assert titles["index.html"] == titles["ar/index.html"] == "The rally"
    assert pages["index.de.html"].all("p", "lede")[0].text == "Alles"


def test_addresses_of_pages_are_stated_where_they_are_known() -> None:
    index = "{path: dist/index.html, url: 'https://example.org/'}"
    german = "{path: dist/index.de.html, language: de, url: 'https://example.org/de'}"
    pages = export(index, german, ARABIC)
    both = {"en": "https://example.org/", "de": "https://example.org/de"}
    assert alternates(pages["index.html"]) == alternates(pages["index.de.html"]) == both
    assert alternates(pages["ar/index.html"]) == {}
    assert links(pages["index.html"]) == [
        ("de", "https://example.org/de", "Deutsch"),
        ("ar", "ar/index.html", "العربية"),
    ]
    canonical = [
        [
            link.attributes["href"]
            for link in page.all("link")
            if link.attributes["rel"] == "canonical"
        ]
        for page in pages.values()
    ]
    assert canonical == [[], ["https://example.org/de"], ["https://example.org/"]]


def test_two_pages_in_one_language_are_no_versions_of_each_other() -> None:
    pages = export(INDEX, "{path: dist/then.html, as-of: 2027-01-03}", GERMAN)
    assert links(pages["index.html"]) == links(pages["then.html"])
    assert links(pages["index.de.html"]) == [("en", "index.html", "English")]
    pages = export(INDEX, "{path: dist/en.html, language: en}")
    assert links(pages["index.html"]) == links(pages["en.html"]) == []


@pytest.mark.parametrize("option", [("--url", "https://example.org/"), ("--language", "fr")])
def test_what_only_one_page_can_have_is_not_typed_for_several(option: tuple[str, str]) -> None:
    export(INDEX, GERMAN)
    done = Done("export", *option)
    key = option[0].removeprefix("--")
    assert done.code == 2
    assert done.err.endswith(
        f"{option[0]} is that of one output, but `outputs` of the file has 2 of --html: "
        f"write `{key}` there\n"
    )
    export(INDEX)
    assert Done("export", "--html", *option).code == 0


def test_a_language_without_words_is_reported() -> None:
    text = FILE.replace("HTML", "{language: sv}")
    Path("events.yaml").write_text(text.replace("de: Rallye", "sv: Rallyt"), encoding="utf-8")
    done = Done("export")
    assert done.code == 0
    assert "there are no words in `sv`, so dates and labels are in English" in done.err


@pytest.mark.parametrize(
    ("tag", "help_"),
    [
        ("zz", "there are `en`, `ar`, `de`, `es`, `fr`, `ja`, `pt-BR`"),
        ("x-team", "there are `en`,"),
    ],
)
def test_a_language_that_neither_words_nor_texts_are_in_is_refused(tag: str, help_: str) -> None:
    text = FILE.replace("HTML", "{language: LANG}".replace("LANG", tag))
    Path("events.yaml").write_text(text, encoding="utf-8")
    done = Done("export")
    assert done.code == 2
    assert f"there are no words in `{tag}`, and no text of an event is in it; {help_}" in done.err
    assert not Path("dist").exists()


def test_show_only_stands_above_categories_alone() -> None:
    text = FILE.replace("HTML", "{path: dist/index.html, as-of: 2027-02-01}")
    Path("events.yaml").write_text(text, encoding="utf-8")
    assert Done("export").code == 0
    page = read_page(Path("dist/index.html").read_text(encoding="utf-8"))
    assert [legend.text for legend in page.all("legend")] == ["Show only"]
    text = text.replace(", categories: [race]}\n", "}\n").replace(", categories: [team]}", "}")
    text = text.replace("{race: {}, team: {}}", "{race: {}}")
    lines = text.splitlines()
    text = "\n".join(line for line in lines if "races" not in line and "rennen" not in line)
    Path("events.yaml").write_text(text, encoding="utf-8")
    assert Done("export").code == 0
    page = read_page(Path("dist/index.html").read_text(encoding="utf-8"))
    assert page.all("legend") == []
    assert page.by_id("past").parent is not None
    assert page.by_id("past").parent.text == "Show past events 1"


def test_a_page_that_is_alone_offers_the_feeds_of_all_languages() -> None:
    (page,) = export(INDEX).values()
    assert len(page.all("details", "feed")) == 3
    assert page.all("nav") == []
