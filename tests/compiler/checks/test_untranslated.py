"""A text that is missing in the language of a feed: reported only where the warning is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.command import Done
from support.loading import load_text

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "calendar: {id: x.org, name: X, timezone: Europe/Berlin, language: en}\n"
FRENCH = "feeds: [{id: french, name: F, language: fr}]\n"
BOTH_LANGUAGES = "- {id: z, summary: {en: Z, fr: Z, de: Z}, start: 2026}\n"


def reported(events: str, feeds: str = FRENCH, head: str = HEAD) -> list[str]:
    text = f"{head}{feeds}events:\n{events}{BOTH_LANGUAGES}"
    assert load_text(text).diagnostics == []  # off by default
    diagnostics = load_text(text, "events.yaml", "untranslated").diagnostics
    assert {diagnostic.code for diagnostic in diagnostics} <= {"untranslated"}
    return [
        f"{'.'.join(map(str, diagnostic.at.path))}: {diagnostic.message}; {diagnostic.help}"
        for diagnostic in diagnostics
    ]


def lacks(path: str, language: str = "fr", feed: str = "french") -> str:
    return (
        f"events.{path}: there is no text in `{language}`, the language of the feed `{feed}`; "
        f"add `{language}:` with the text"
    )


@pytest.mark.parametrize(
    ("event", "places"),
    [
        ("summary: {en: A}", ["0.summary"]),
        ("summary: {en: A}, description: {en: B}", ["0.summary", "0.description"]),
        ("summary: {en: A, de: A}", ["0.summary"]),
        ("summary: {en: A, fr: A}, description: {en: B}", ["0.description"]),
        ("summary: A, description: {en: B}", ["0.description"]),
        ("summary: {en: A, fr: A}", []),
        ("summary: A, description: B", []),  # one text is meant for all languages
        ("summary: {en: A, FR: A}", ["0.summary"]),  # tags are compared as they are written
    ],
)
def test_a_text_by_language_has_that_of_the_feed(event: str, places: list[str]) -> None:
    assert reported(f"- {{id: a, {event}, start: 2025}}\n") == [*map(lacks, places)]


def test_overrides_and_events_within_events_are_checked() -> None:
    events = """
- id: a
  summary: A
  start: 2025-01-03
  rrule: FREQ=DAILY;COUNT=3
  overrides:
  - {recurrence-id: 2025-01-04, summary: {en: B, fr: B}}
  - {recurrence-id: 2025-01-05, summary: {en: B}, description: {en: B}}
- id: c
  summary: C
  start: 2025
  events: [{id: d, summary: {en: D}, start: 2025}]
"""
    assert reported(events) == [
        lacks("0.overrides.1.summary"),
        lacks("0.overrides.1.description"),
        lacks("1.events.0.summary"),
    ]


def test_only_events_of_the_feed_are_checked() -> None:
    feeds = """
feeds:
- {id: races, name: R, language: fr, categories: [race]}
- {id: one, name: O, language: de, ids: [b]}
- {id: most, name: M, language: de, exclude: [a, b]}
- {id: all, name: A}
- {id: english, name: E, language: en}
"""
    events = "".join(
        f"- {{id: {id_}, summary: {{en: E {id_}}}, start: 2025{more}}}\n"
        for id_, more in (("a", ", categories: [race]"), ("b", ""), ("c", ""))
    )
    assert reported(events, feeds) == [
        lacks("0.summary", "fr", "races"),
        lacks("1.summary", "de", "one"),
        lacks("2.summary", "de", "most"),
    ]


def test_two_feeds_of_one_language_are_one_warning() -> None:
    feeds = "feeds: [{id: f1, name: F, language: fr}, {id: f2, name: G, language: fr}]\n"
    events = "- {id: a, summary: {en: A}, start: 2025}\n"
    assert reported(events, feeds) == [lacks("0.summary", "fr", "f1")]


def test_a_comment_ignores_it_whether_or_not_it_is_selected() -> None:
    event = "- {id: a, summary: {en: A}, start: 2025}  # timeline: ignore[untranslated]\n"
    assert reported(event) == []


def test_a_comment_that_ignores_nothing_is_reported() -> None:
    event = "- {id: a, summary: A, start: 2025}  # timeline: ignore[untranslated]\n"
    for selected in ((), ("untranslated",)):
        loaded = load_text(f"{HEAD}{FRENCH}events:\n{event}{BOTH_LANGUAGES}", "e", *selected)
        assert [diagnostic.code for diagnostic in loaded.diagnostics] == ["unused-ignore"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "events.yaml"
    event = "- {id: a, summary: {en: A}, start: 2025, alarms: [1 day before]}\n"
    path.write_text(f"{HEAD}{FRENCH}events:\n{event}{BOTH_LANGUAGES}", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ([], ["alarm-without-day"]),
        (["--ignore", "overlap"], ["alarm-without-day"]),
        (["--select", "untranslated"], ["untranslated"]),
        (["--select", "untranslated,alarm-without-day"], ["alarm-without-day", "untranslated"]),
        (["--select", "untranslated", "--ignore", "untranslated"], []),
    ],
)
@pytest.mark.parametrize("command", [["validate"], ["validate", "--fix"]])
def test_the_command_line_selects_it(
    file: Path, command: list[str], options: list[str], codes: list[str]
) -> None:
    done = Done(*command, str(file), "--output-format", "concise", *options)
    assert done.code == 0
    lines = (done.out + done.err).splitlines()
    shown = [line.partition("warning[")[2].partition("]")[0] for line in lines if "[" in line]
    assert sorted(shown) == codes


def test_an_export_is_the_same_with_and_without_it(file: Path, tmp_path: Path) -> None:
    for options, code in ((["--strict", "--select", "untranslated"], 1), ([], 0)):
        done = Done("export", str(file), "--output-dir", str(tmp_path / "dist"), *options)
        assert done.code == code, done.err
        assert (tmp_path / "dist").exists() == (code == 0)
    feed = (tmp_path / "dist" / "french.ics").read_text(encoding="utf-8")
    assert ": A\n" in feed.replace("\r", "")  # the text of the calendar's language
