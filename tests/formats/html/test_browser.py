"""Chromium shows the pages without an error, a request or sideways scrolling, and axe has no rule
that they break. The checker of the W3C accepts the markup, and the printed page is complete."""

# ruff: noqa: RUF001 - the en dash is the page's

from __future__ import annotations

import json
import re
import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from support import foreign
from support.browser import open_pages
from support.loading import calendar_of, calendar_of_file
from support.pages import ARABIC, HOSTILE, founding, many, page_text, season

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.model.events import Calendar

pytestmark = [pytest.mark.foreign, pytest.mark.slow]

TODAY = date(2027, 5, 21)
NOON = "2027-05-21T12:00:00+03:00"

WIDTHS, SCHEMES = (320, 768, 1280), ("light", "dark")
EVERY_VIEW = [
    {"width": width, "scheme": scheme, "axe": True} for width in WIDTHS for scheme in SCHEMES
]
ONE_AUDITED = [{**view, "axe": view == EVERY_VIEW[0]} for view in EVERY_VIEW]
ONE_VIEW = [{"width": 1280, "scheme": "light", "axe": False}]
WIDEST = [{"width": 3840, "scheme": "light", "axe": False}]

CALENDARS = {
    "founding": founding,
    "season": season,
    "arabic": lambda: calendar_of_file(ARABIC),
    "some": lambda: many(60),
    "many": lambda: many(300),
    "hostile": lambda: calendar_of_file(HOSTILE),
}
NOT_AUDITED = {"many"}
"""Pages with more elements of each kind than one that axe audits, which would take a minute."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the files of the pages, and copies without the script for axe, which needs scripts."""
    folder = tmp_path_factory.mktemp("pages")
    files = {}
    for name, calendar in CALENDARS.items():
        files[name] = folder / f"{name}.html"
        files[name].write_text(page_text(calendar()), encoding="utf-8")
    for name in CALENDARS.keys() - NOT_AUDITED:
        files[f"{name}-plain"] = folder / f"{name}-plain.html"
        plain = re.sub(r"(?s)<script>.*?</script>", "", files[name].read_text(encoding="utf-8"))
        files[f"{name}-plain"].write_text(plain, encoding="utf-8")
    for name, starts in EXTENTS.items():
        for day in (None, TODAY):
            files[f"{name}-{day}"] = folder / f"{name}-{day}.html".replace(" ", "-")
            text = page_text(extent(starts), as_of=day)
            files[f"{name}-{day}"].write_text(text, encoding="utf-8")
    for language in ("en", "ar"):
        files[f"soft-{language}"] = folder / f"soft-{language}.html"
        files[f"soft-{language}"].write_text(page_text(soft(language)), encoding="utf-8")
    files["season-as-of"] = folder / "season-as-of.html"
    files["season-as-of"].write_text(page_text(season(), as_of=TODAY), encoding="utf-8")
    return files


HEAD = """calendar: {{id: x.example.org, name: X, timezone: Europe/Helsinki{more}}}
events:
"""

EXTENTS = {
    "days": ("2027-03-03", "2027-06-17"),
    "an end with a time": ("2027-03-03", "2027-06-20T19:00"),
    "a start with a time": ("2027-03-03T10:30", "2027-06-20"),
    "times of a day": ("2027-05-21T08:00", "2027-05-21T20:00"),
    "times around a day": ("2027-05-20T20:00", "2027-05-22T08:00"),
    "before": ("2027-05-03", "2027-05-20"),
    "after": ("2027-05-22T08:00", "2027-06-20"),
}

LINE = """() => [...document.querySelectorAll(".lines .today")].map((line) => [
  line.className, (+line.style.getPropertyValue("--a")).toFixed(2), line.dataset.word,
])"""

SOFT = {
    "exact": "{id: a, summary: Exact, start: 2027-01-03, end: 2027-01-30}",
    "soft": "{id: d, summary: Soft, start: 2027-01-06~, end: 2027-01-18~}",
    "soft end": "{id: c, summary: Soft end, start: 2027-01-10, end: 2027-01-20~}",
    "soft start": "{id: b, summary: Soft start, start: 2027-01-15~, end: 2027-01-24}",
}

BARS = """() => [...document.querySelectorAll(".group > .row > .track > .sure")].map((bar) => {
  const [a, b] = ["--a", "--b"].map((name) => +bar.style.getPropertyValue(name) / 100);
  const track = bar.parentElement.getBoundingClientRect(), drawn = bar.getBoundingClientRect();
  const isLeft = getComputedStyle(bar).direction === "ltr";
  const start = isLeft ? drawn.left - track.left : track.right - drawn.right;
  const beyond = [a * track.width - start, start + drawn.width - b * track.width];
  return beyond.map(Math.round);
})"""
"""The pixels by which each bar is drawn beyond its two places, in the direction of time."""


def extent(starts: tuple[str, ...]) -> Calendar:
    events = (f"  - {{id: e{n}, summary: E, start: {start}}}\n" for n, start in enumerate(starts))
    return calendar_of(HEAD.format(more="") + "".join(events))


def soft(language: str) -> Calendar:
    events = "".join(f"  - {event}\n" for event in SOFT.values())
    return calendar_of(HEAD.format(more=f", language: {language}") + events)


STATES = """() => ({
  states: [...document.querySelectorAll(".event")]
    .map((event) => [event.id, event.className]).sort(),
  chips: document.querySelectorAll(".chip.on").length,
  now: [...document.querySelectorAll(".now li")].map((item) => item.textContent.trim()),
  line: document.getElementById("today").textContent.trim(),
  before: document.getElementById("today").previousElementSibling.id,
  past: document.querySelector("#past ~ .count").textContent,
  folded: document.documentElement.className,
})"""

CHOOSE = """() => {
  const visible = (selector) =>
    [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  const shown = () => visible(".event").map((event) => event.id);
  const all = shown().length;
  document.getElementById("only-1").click();
  const first = shown();
  const months = visible(".month").length;
  document.getElementById("only-2").click();
  const both = shown().length;
  document.querySelector(".filters button").click();
  return { all, first, months, both, again: shown().length };
}"""


@pytest.fixture(scope="module")
def reports(pages: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what one browser reports, by the name of a job."""
    if why := foreign.missing_pages():
        pytest.skip(why)
    folder = tmp_path_factory.mktemp("printed")
    jobs: dict[str, dict[str, Any]] = {}
    for name in CALENDARS:
        unaudited = [{**view, "axe": False} for view in EVERY_VIEW]
        views = EVERY_VIEW if name == "founding" else ONE_AUDITED
        views = unaudited if name in NOT_AUDITED else views
        jobs[f"{name} with"] = {"file": str(pages[name]), "script": True, "views": views}
        jobs[f"{name} without"] = {"file": str(pages[name]), "script": False, "views": unaudited}
        if name in NOT_AUDITED:
            continue
        audited = {"width": 320, "scheme": "light", "axe": True}
        plain = {"file": str(pages[f"{name}-plain"]), "script": True, "views": [audited]}
        jobs[f"{name} plain"] = plain
    for name in ("founding", "season"):
        jobs[f"{name} without"]["pdf"] = str(folder / f"{name}.pdf")
        jobs[f"{name} wide"] = {"file": str(pages[name]), "script": True, "views": WIDEST}
    live = {"clock": NOON, "zone": "Europe/Helsinki", "evaluate": STATES, "script": True}
    jobs["live"] = {"file": str(pages["season"]), "views": WIDEST, **live}
    jobs["as of"] = {"file": str(pages["season-as-of"]), "views": ONE_AUDITED, **live}
    jobs["filters"] = {"file": str(pages["season"]), "views": WIDEST, "script": True}
    jobs["filters"]["evaluate"] = CHOOSE
    jobs["clock"] = {"file": str(pages["season"]), "views": WIDEST, "script": True}
    jobs["clock"] |= {"zone": "America/New_York", "evaluate": MINE}
    jobs["undated"] = {"file": str(pages["season"]), "views": ONE_VIEW, "script": False}
    jobs["undated"]["evaluate"] = HEIGHTS
    for name in EXTENTS:
        for day in (None, TODAY):
            job = {"file": str(pages[f"{name}-{day}"]), "views": ONE_VIEW, **live, "evaluate": LINE}
            jobs[f"{name} {day}"] = job
    for language in ("en", "ar"):
        job = {"file": str(pages[f"soft-{language}"]), "views": ONE_VIEW, "script": False}
        jobs[f"soft {language}"] = {**job, "evaluate": BARS}
    reports = open_pages(jobs)
    for name, job in jobs.items():
        reports[name]["pdf"] = job.get("pdf")
    return reports


HEIGHTS = """() => [...document.querySelectorAll(".undated .name")].map(
  (name) => name.getBoundingClientRect().height / parseFloat(getComputedStyle(name).lineHeight))"""

MINE = """() => document.querySelector("#event-launch .when").innerText"""


def test_no_page_has_a_message_a_request_or_a_wide_part(reports: dict[str, Any]) -> None:
    for name, report in reports.items():
        assert report["messages"] == [], name
        assert report["requests"] == [], name
        assert report["wide"] == [], name


def test_axe_has_no_violation(reports: dict[str, Any]) -> None:
    assert {name: report["violations"] for name, report in reports.items()} == {
        name: [] for name in reports
    }


def test_the_script_and_the_option_as_of_agree(reports: dict[str, Any]) -> None:
    live, as_of = reports["live"]["value"], reports["as of"]["value"]
    assert live == as_of
    assert live["line"] == "today, 21 May 2027"
    assert live["before"] == "event-r5"
    assert live["folded"] == "fold"
    assert live["now"][0].startswith("Round 5: Saimaa")


@pytest.mark.parametrize("name", EXTENTS)
def test_the_script_draws_the_line_of_today_where_the_option_as_of_does(
    name: str, reports: dict[str, Any]
) -> None:
    live = reports[f"{name} None"]["value"]
    assert live == reports[f"{name} {TODAY}"]["value"]
    assert len(live) == (name not in ("before", "after"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_soft_side_reaches_beyond_its_date_and_a_certain_one_does_not(
    language: str, reports: dict[str, Any]
) -> None:
    beyond = dict(zip(SOFT, reports[f"soft {language}"]["value"], strict=True))
    assert beyond == {"exact": [0, 0], "soft": [8, 8], "soft end": [0, 8], "soft start": [8, 0]}


def test_the_name_of_an_undated_event_has_the_width_of_the_page(reports: dict[str, Any]) -> None:
    assert [round(lines) for lines in reports["undated"]["value"]] == [1, 1, 1]


def test_a_filter_shows_its_events_and_what_contains_them(reports: dict[str, Any]) -> None:
    result = reports["filters"]["value"]
    rounds = [event.id for event in season().events if "round" in event.categories]
    assert result["all"] == result["again"] == 60
    assert sorted(result["first"]) == sorted(f"event-{id_}" for id_ in rounds)
    assert len(rounds) < result["both"] < 60
    assert 0 < result["months"] < 13


def test_a_reader_in_another_zone_sees_both_clocks(reports: dict[str, Any]) -> None:
    words = " ".join(reports["clock"]["value"].split())
    assert words == "14 Thu 18:00–19:30 11:00–12:30 your time"


@pytest.mark.parametrize("name", ["founding", "season"])
def test_the_printed_page_has_every_event_once(name: str, reports: dict[str, Any]) -> None:
    if not foreign.PDF_TO_TEXT:
        pytest.skip("needs pdftotext, from poppler-utils")
    done = subprocess.run(
        ["pdftotext", "-raw", reports[f"{name} without"]["pdf"], "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    calendar: Calendar = CALENDARS[name]()
    text = " ".join(done.stdout.split())
    written = "\n".join(
        text for event in calendar.events for text in (event.summary, event.description or "")
    )
    for title in {" ".join(event.summary.split()) for event in calendar.events}:
        whole = re.compile(rf"(?<!\w){re.escape(title)}(?!\w)")
        assert len(whole.findall(text)) == len(whole.findall(written)), title


OF_EVERY_MARKUP = CALENDARS.keys() - NOT_AUDITED | {"season-as-of", f"days-{TODAY}", "soft-en"}
"""Pages with all markup: the others differ from these in numbers, or only lack the script."""

OPAQUE = "Bad value “webcal:https://"
"""The link for the new Outlook: a URL with an opaque path (WHATWG), which the checker rejects."""


def test_the_checker_of_the_w3c_accepts_the_markup(pages: dict[str, Path]) -> None:
    if why := foreign.missing_vnu():
        pytest.skip(why)
    checked = [str(pages[name]) for name in sorted(OF_EVERY_MARKUP)]
    done = subprocess.run(
        ["java", "-jar", foreign.VNU, "--format", "json", *checked],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(done.stderr)["messages"]
    errors = [
        message
        for message in messages
        if message["type"] == "error" and not message["message"].startswith(OPAQUE)
    ]
    assert [(error["message"], error.get("extract")) for error in errors] == []
