"""The page: its head, its list, its filters and what it leaves out."""

# ruff: noqa: RUF001 - the en dash is the page's

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from msgspec.structs import replace

from support.command import Done
from support.loading import calendar_of, calendar_of_file
from support.pages import ARABIC, HOSTILE, SEASON, founding, many, page_text, read_page, season
from support.paths import ROOT
from timeline.formats.diagram.bounds import event_bounds
from timeline.formats.html.options import HtmlOptions
from timeline.formats.html.states import markup_of_bounds
from timeline.formats.html.stylesheet import page_css, page_script
from timeline.model import Source, first_instances

HEAD = "calendar: {id: x.example.org, name: X, timezone: Europe/Berlin}\nevents:\n"


def test_every_event_is_listed_once_and_can_be_linked() -> None:
    for calendar in (founding(), season(), calendar_of_file(ARABIC), many(50)):
        page = read_page(page_text(calendar))
        ids = [element.attributes["id"] for element in page.all("li", "event")]
        assert sorted(ids) == sorted(f"event-{event.id}" for event in calendar.events)
        for item in page.all("li", "event"):
            (link, *_) = item.all("a", "self")
            assert unquote(link.attributes["href"]) == "#" + item.attributes["id"]


def test_ids_are_unique_and_every_link_within_the_page_has_an_end() -> None:
    for calendar in (season(), calendar_of_file(HOSTILE)):
        page = read_page(page_text(calendar, as_of=date(2027, 5, 21)))
        ids = Counter(e.attributes["id"] for e in page.all() if "id" in e.attributes)
        assert set(ids.values()) == {1}
        hrefs = [a.attributes["href"] for a in page.all("a")]
        assert {unquote(href[1:]) for href in hrefs if href.startswith("#")} <= ids.keys()


def test_the_policy_is_first_in_the_head_and_allows_the_script_alone() -> None:
    page = read_page(page_text(founding()))
    policy = page.all("head")[0].all()[0].attributes
    assert policy["http-equiv"] == "Content-Security-Policy"
    script = next(s for s in page.all("script") if "type" not in s.attributes)
    digest = base64.b64encode(hashlib.sha256("".join(map(str, script.parts)).encode()).digest())
    assert policy["content"] == (
        "default-src 'none'; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{digest.decode()}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_the_page_has_one_title_and_its_language() -> None:
    page = read_page(page_text(calendar_of_file(ARABIC)))
    html = page.all("html")[0].attributes
    assert (html["lang"], html["dir"]) == ("ar", "rtl")
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("title")) == 1


def test_no_word_of_an_author_is_markup() -> None:
    text = page_text(calendar_of_file(HOSTILE))
    page = read_page(text)  # every element is closed in its place
    assert len(page.all("script")) == 2
    assert page.all("img") == []
    assert page.by_id("event-script").all("h3")[0].all("span")[0].text == (
        "</script><script>alert(1)</script>"
    )
    assert "{{ 7*7 }}" in page.all("title")[0].text
    assert not any(name.startswith("on") for e in page.all() for name in e.attributes)


RAW = (
    "</script>",
    "<!--",
    "]]>",
    "{{ 7*7 }}{% raw %}",
    "\u2028\u2029",
    "\u202e\u2066",
    "w" * 10_000,
    "\"' onload=x",
    "&lt;&#x27;",
)


@pytest.mark.parametrize("raw", RAW, ids=range(len(RAW)))
def test_any_text_in_any_place_is_shown_as_it_is(raw: str) -> None:
    calendar = calendar_of(HEAD + "  - {id: a, summary: A, start: 2027-01-03}\n")
    source = Source(title=raw, quote=raw)
    (event,) = calendar.events
    event = replace(event, summary=raw, location=raw, categories=(raw,), sources=(source,))
    page = read_page(page_text(replace(calendar, name=raw, events=(event,))))
    item = page.by_id("event-a")
    shown = " ".join(raw.split())
    assert item.all("h3")[0].all("span")[0].text == shown
    assert [span.text for span in item.all("p", "meta")[0].all("span")] == [shown, shown]
    assert page.all("h1")[0].text == page.all("title")[0].text == shown


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:x", "//x", "http://", "http://["]
)
def test_only_addresses_of_web_pages_are_links(url: str) -> None:
    calendar = calendar_of(HEAD + "  - {id: a, summary: A, start: 2027-01-03}\n")
    (event,) = calendar.events
    event = replace(event, url=url, sources=(Source(url=url),))
    page = read_page(page_text(replace(calendar, events=(event,), source=url)))
    hrefs = {element.attributes.get("href", "#") for element in page.all("a")}
    assert all(href.startswith("#") for href in hrefs)
    assert page.all("details") == []


def test_no_mail_address_of_a_person_is_on_the_page() -> None:
    text = page_text(calendar_of_file(HOSTILE))
    assert "ann@" not in text
    assert "bob@" not in text
    assert "Ann" in text
    calendar = calendar_of(HEAD + "  - {id: a, summary: A, start: 2027, url: 'mailto:a@b.org'}\n")
    assert "a@b.org" not in page_text(calendar)


CLASSES = (
    HEAD
    + """  - {id: a, summary: Open, start: 2027-01-03}
  - {id: b, summary: Hidden, start: 2027-01-04, class: private}
  - {id: c, summary: Secret, start: 2027-01-05, class: confidential}
"""
)


def test_private_events_are_left_out_and_counted() -> None:
    calendar = calendar_of(CLASSES)
    text = page_text(calendar)
    assert "Hidden" not in text
    assert "Secret" not in text
    (notice,) = HtmlOptions().notices(calendar)
    assert notice == (
        "2 events are not on the page, by the class `private` or `confidential`: "
        "--all-classes shows them; the feed, the CSV and the Markdown have them"
    )
    assert "Secret" in page_text(calendar, all_classes=True)
    assert HtmlOptions(all_classes=True).notices(calendar) == []


def test_without_the_address_of_the_feed_the_key_is_named() -> None:
    page = read_page(page_text(founding()))
    assert page.all("details", "subscribe") == []
    (advice,) = HtmlOptions().advice(founding())
    assert "`source` of `calendar`" in advice
    assert HtmlOptions().advice(season()) == []


def test_the_panel_has_the_address_first_and_a_link_for_each_app() -> None:
    (panel,) = read_page(page_text(season())).all("details", "subscribe")
    feed = "https://northern-cup.example.org/calendar/season.ics"
    assert panel.all("input")[0].attributes["value"] == feed
    hrefs = [link.attributes["href"] for link in panel.all("ul")[0].all("a")]
    quoted = "https%3A%2F%2Fnorthern-cup.example.org%2Fcalendar%2Fseason.ics"
    name = "Northern%20Rally%20Cup%202027"
    assert hrefs == [
        "webcal://northern-cup.example.org/calendar/season.ics",
        f"https://calendar.google.com/calendar/r?cid={quoted.replace('https', 'webcal')}",
        f"https://outlook.live.com/calendar/0/addfromweb/?url={quoted}&name={name}",
        f"https://outlook.office.com/calendar/0/addfromweb/?url={quoted}&name={name}",
        f"webcal:{feed}",
        feed,
    ]
    assert len(panel.all("details", "feed")) == 2


def test_an_address_of_the_page_itself_only_if_it_is_given() -> None:
    for word in ("canonical", "og:url"):
        assert word not in page_text(season())
        assert word in page_text(season(), url="https://example.org/")


# Dates.


def when_of(page_of: str, id_: str) -> tuple[str, list[str]]:
    when = read_page(page_of).by_id(f"event-{id_}").all("p", "when")[0]
    return when.text, [time.attributes["datetime"] for time in when.all("time")]


@pytest.mark.parametrize(
    ("start", "words", "machine"),
    [
        ("2027-01-03", "3 January Sun", ["2027-01-03"]),
        ("2027-01-03, end: 2027-01-17", "3–17 January Sun–Sun", ["2027-01-03", "2027-01-17"]),
        (
            "2027-12-30, end: 2028-01-02",
            "30 December 2027 – 2 January 2028 Thu–Sun",
            ["2027-12-30", "2028-01-02"],
        ),
        ("2027-03", "March day not known yet", ["2027-03"]),
        ("2027", "2027 day not known yet", ["2027"]),
        ("2027-W03", "Week 3 of 2027 day not known yet", ["2027-W03"]),
        ("2027-Q2", "Q2 2027 day not known yet", []),
        ("2027-01-03~", "About 3 January", []),
        ("2027~", "About 2027 day not known yet", []),
        ("2027-01-03?", "Perhaps 3 January", []),
        ("2027-01-03, end: ..", "Since 3 January 2027", []),
        (
            "between 2027-01-03 and 2027-01-17",
            "Some day between 3 and 17 January day not known yet",
            [],
        ),
        ("2027-01-03T09:00", "3 January Sun 09:00", ["2027-01-03T09:00+01:00"]),
        (
            "2027-01-03T09:00, duration: 90 minutes",
            "3 January Sun 09:00–10:30",
            ["2027-01-03T09:00+01:00", "2027-01-03T10:30+01:00"],
        ),
        (
            "2027-01-03T21:00, end: 2027-01-04T02:00",
            "3–4 January Sun 21:00 – Mon 02:00",
            ["2027-01-03T21:00+01:00", "2027-01-04T02:00+01:00"],
        ),
        (
            '"2027-01-03T09:00[Asia/Riyadh]"',
            "3 January Sun 09:00 (Asia/Riyadh)",
            ["2027-01-03T09:00+03:00"],
        ),
        ("0988-05-04", "4 May Sun", ["0988-05-04"]),
    ],
)
def test_a_date_is_only_as_precise_as_it_is_known(
    start: str, words: str, machine: list[str]
) -> None:
    calendar = calendar_of(HEAD + f"  - {{id: a, summary: A, start: {start}}}\n")
    assert when_of(page_text(calendar), "a") == (words, machine)


def test_busy_years_have_months_and_days_are_numbers() -> None:
    text = page_text(season())
    assert when_of(text, "r1")[0] == "28–31 Thu–Sun"
    assert when_of(text, "launch")[0] == "14 Thu 18:00–19:30"
    page = read_page(text)
    months = [month.all("h3")[0].text for month in page.by_id("year-2027").all("div", "month")]
    assert months[:3] == ["January", "February", "March"]
    loose = page.by_id("year-2027").all("ol", "loose")[0].all("li")
    assert [item.attributes["id"] for item in loose] == [
        "event-partner",
        "event-hybrid",
        "event-rules-28",
    ]
    assert read_page(page_text(founding())).all("div", "month") == []


# States.


def states(text: str) -> dict[str, str]:
    items = read_page(text).all("li", "event")
    return {
        item.attributes["id"].removeprefix("event-"): class_.removeprefix("is-")
        for item in items
        for class_ in item.classes
        if class_.startswith("is-")
    }


def test_without_a_day_nothing_is_said_about_today() -> None:
    page = read_page(page_text(season()))
    assert states(page_text(season())) == {}
    assert page.all("li", "today-line") == []
    assert "hidden" in page.all("section", "now")[0].attributes


def test_as_of_a_day_the_page_has_its_states() -> None:
    text = page_text(season(), as_of=date(2027, 5, 21))
    seen = states(text)
    assert {seen[id_] for id_ in ("rules", "launch", "r4", "r5-shakedown")} == {"over"}
    assert {seen[id_] for id_ in ("r5", "partner")} == {"on"}
    assert {seen[id_] for id_ in ("r6", "r5-autographs", "training", "hybrid")} == {"ahead"}
    page = read_page(text)
    assert page.by_id("today").text == "today, 21 May 2027"
    now = [item.text for item in page.all("div", "on")[0].all("li")]
    assert now[0] == "Round 5: Saimaa day 2 of 4 · 20–23 May 2027".replace(" day", "day")
    ahead = [item.all("p")[0].text for item in page.all("div", "next")[0].all("li")]
    assert ahead == [
        "today · 21 May 2027, 17:00–18:30",
        "tomorrow · 22 May 2027, 21:00–23:00",
        "in 2 days · 23 May 2027, 16:00",
    ]
    assert page.by_id("past").parent is not None
    assert page.by_id("past").parent.text == "Show past events 24"


@pytest.mark.parametrize(
    ("start", "state"),
    [
        ("2027-05-21", "on"),
        ("2027-05-20, end: 2027-05-21", "on"),
        ("2027-05-20", "over"),
        ("2027-05-22", "ahead"),
        ("2027", "maybe"),
        ("2026", "over"),
        ("2027-01-01, end: 2028", "on"),
        ("2026-01-01, end: 2027", "maybe"),
        ("2027-05-01, end: ..", "on"),
        ("2027-05-01, end: TBC", "maybe"),
        ("2027-05-21, end: TBC", "on"),
        ("not before 2027-01", "maybe"),
        ("not before 2028", "ahead"),
        ("not after 2026", "over"),
        ("not after 2028", "maybe"),
        ("2027-05-21T23:00", "ahead"),
        ("2027-05-20T23:00, end: 2027-05-21T02:00", "on"),
        ("2027-05-20T23:00", "over"),
        ("2027-05-14, rrule: FREQ=WEEKLY", "on"),
        ("2027-05-13, rrule: FREQ=WEEKLY", "ahead"),
        ("2027-05-13, rrule: FREQ=WEEKLY;COUNT=2", "over"),
    ],
)
def test_a_state_claims_no_more_than_is_known(start: str, state: str) -> None:
    event = f"id: a, summary: A, start: {start}".replace(
        "FREQ=WEEKLY;COUNT=2", "'FREQ=WEEKLY;COUNT=2'"
    )
    calendar = calendar_of(HEAD + f"  - {{{event}}}\n")
    assert states(page_text(calendar, as_of=date(2027, 5, 21))) == {"a": state}


SERIES = (
    HEAD
    + """\
  - {id: kick-off, summary: Kick-off, start: 2027-05-03}
  - {id: dinner, summary: Dinner, start: 2020-06-01, rrule: FREQ=YEARLY}
  - {id: training, summary: Training, start: "2027-01-04T18:00", rrule: FREQ=WEEKLY}
  - {id: past, summary: Past, start: 2026-01-04, rrule: {freq: weekly, count: 2}}
"""
)


def test_today_is_joined_with_its_date_as_the_language_does() -> None:
    events = (
        "events:\n"
        "  - {id: a, summary: A, start: 2027-05-01}\n"
        "  - {id: b, summary: B, start: 2028}\n"
    )
    for language, line in (("ar", "اليوم، 21 مايو 2027"), ("ja", "今日、2027年5月21日")):
        calendar = calendar_of(f"calendar: {{id: x.org, name: X, language: {language}}}\n{events}")
        assert f">{line}<" in page_text(calendar, as_of=date(2027, 5, 21))


def test_as_of_a_day_a_series_is_listed_with_its_current_instance() -> None:
    page = read_page(page_text(calendar_of(SERIES), as_of=date(2027, 5, 21)))
    listed = {
        section.all("h2")[0].text: [
            (item.attributes["id"], item.all("p", "when")[0].text, item.all("p", "rule"))
            for item in section.all("li", "event")
        ]
        for section in page.all("section", "part")
    }
    assert {
        year: [(id_, when, *(rule.text for rule in rules)) for id_, when, rules in items]
        for year, items in listed.items()
    } == {
        "2026": [
            (
                "event-past",
                "11 January Sun",
                "First on 4 January 2026",
                "Repeats every Sunday, 2 times",
            ),
        ],
        "2027": [
            ("event-kick-off", "3 May Mon"),
            (
                "event-training",
                "24 May Mon 18:00",
                "First on 4 January 2027",
                "Repeats every Monday",
            ),
            ("event-dinner", "1 June Tue", "First on 1 June 2020", "Repeats every year on 1 June"),
        ],
    }
    today = page.by_id("today")
    assert today.parent is not None
    assert [item.attributes["id"] for item in today.parent.all("li")] == [
        "event-kick-off",
        "today",
        "event-training",
        "event-dinner",
    ]


@pytest.mark.parametrize(
    "series",
    [
        "start: 2027-01-04, rrule: FREQ=WEEKLY",
        "start: 2020-02-29, duration: 3 days, rrule: FREQ=YEARLY",
        "start: 2027-01-04T18:00, duration: 1 hour, rrule: FREQ=DAILY",
        "start: 2027-01-04T23:00, end: 2027-01-05T02:00, rrule: FREQ=WEEKLY;INTERVAL=2",
        "start: 2027-01-04~, rrule: FREQ=WEEKLY",
        "start: 2027-01-04, rdate: [2027-01-06, 2027-01-08, 2027-01-09]",
        "start: 2027-01-04, rdate: [2027-01-06], overrides: [{recurrence-id: 2027-01-06}]",
    ],
)
def test_the_script_is_given_the_instances_of_a_series(series: str) -> None:
    calendar = calendar_of(
        f"{HEAD}  - {{id: a, summary: A, {series}}}\n".replace(
            "rrule: FREQ=WEEKLY;INTERVAL=2", "rrule: 'FREQ=WEEKLY;INTERVAL=2'"
        )
    )
    written = read_page(page_text(calendar)).by_id("event-a").attributes["data-series"]
    instances = [
        "/".join(_moved(part, number * int(step or 0)) for part in first.split("/"))
        for run in written.split(" ")
        for first, count, step in [[*run.split("*"), "1", "0"][:3]]
        for number in range(int(count))
    ]
    expected = [
        markup_of_bounds(bounds).replace(" ", "/")
        for when in first_instances(calendar.events[0], len(instances))
        if (bounds := event_bounds(when))
    ]
    assert instances == expected
    assert len(instances) > 300 or calendar.events[0].recurrence.last_day is not None  # type: ignore[union-attr]
    assert len(written) < 4_000


def _moved(bound: str, days: int) -> str:
    if bound in ("-", ".."):
        return bound
    return f"{date.fromisoformat(bound[:10]) + timedelta(days=days)}{bound[10:]}"


# Sizes, and what does not fit.


def test_the_pages_are_small() -> None:
    assert len(page_script().encode()) <= 8_000
    assert len(gzip.compress(page_text(founding()).encode(), mtime=0)) <= 20_000
    assert len(gzip.compress(page_text(season()).encode(), mtime=0)) <= 30_000


def test_comments_and_indentation_of_the_sources_are_not_on_the_page() -> None:
    for text in (page_css(), page_script()):
        assert "/*" not in text
        assert not re.search(r"(?m)^(\s|//)|\s$", text)


def test_of_many_events_the_years_are_folded() -> None:
    page = read_page(page_text(many(501)))
    folded = [part.all("details") for part in page.all("section", "part")]
    assert all(folded)
    assert all(d[0].parent is not None for d in folded)
    assert read_page(page_text(many(500))).all("main")[0].all("details") == []


@pytest.mark.parametrize("events", ["events: []", "events: [{id: a, summary: A, start: TBC}]"])
def test_a_calendar_without_dates_has_a_page(events: str) -> None:
    calendar = calendar_of(HEAD.replace("events:", events))
    page = read_page(page_text(calendar, as_of=date(2027, 1, 1)))
    assert page.all("main")[0].text.endswith(("No events.", "#"))


def test_events_may_be_nested_deeply() -> None:
    depth, lines = 40, ["events:"]
    for level in range(depth):
        lines.append(f"{'    ' * level}  - id: e{level}\n{'    ' * level}    summary: E")
        lines.append(f"{'    ' * level}    start: 2027-01-03\n{'    ' * level}    events:")
    lines[-1] = lines[-1].removesuffix(" " * 4 * (depth - 1) + "    events:").rstrip()
    calendar = calendar_of(HEAD.replace("events:\n", "") + "\n".join(lines) + "\n")
    page = read_page(page_text(calendar))
    assert len(page.all("li", "event")) == depth


def test_a_page_links_to_the_files_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = HEAD.replace("events:", "outputs: {csv: true, html: {path: site/a.html}}\nevents:")
    Path("events.yaml").write_text(text + "  - {id: a, summary: A, start: 2027}\n")
    for formats in ([], ["--html"]):
        assert Done("export", *formats).code == 0
        (files,) = read_page(Path("site/a.html").read_text()).all("p", "files")
        assert [a.attributes["href"] for a in files.all("a")] == ["../dist/events.csv"]
    assert 'class="files"' not in Done("export", "--html", "--stdout").out


# The diagram.


def test_the_diagram_links_to_the_list_and_has_what_is_in_it() -> None:
    for calendar in (founding(), season(), calendar_of_file(ARABIC)):
        page = read_page(page_text(calendar, as_of=date(2027, 5, 21)))
        (plot,) = page.all("figure", "plot")
        assert plot.all("div")[0].attributes["aria-hidden"] == "true"
        links = plot.all("a")
        assert all(link.attributes["tabindex"] == "-1" for link in links)
        drawn = {unquote(link.attributes["href"]).removeprefix("#event-") for link in links}
        ids = {event.id for event in calendar.events}
        outermost = {event.id for event in calendar.events if event.parent is None}
        assert outermost <= drawn <= ids


def test_few_events_have_rows_and_many_have_lanes() -> None:
    rows = read_page(page_text(founding()))
    assert len(rows.all("div", "row")) == 6
    assert len(rows.all("div", "inset")) == 1
    lanes = read_page(page_text(season()))
    assert [lane.all("b")[0].text for lane in lanes.all("div", "lane")] == [
        *("round", "test", "deadline", "press", "team", "fans")
    ]


def test_places_are_per_cent_of_an_axis() -> None:
    for calendar in (founding(), season()):
        plot = read_page(page_text(calendar)).all("figure", "plot")[0]
        styles = " ".join(e.attributes.get("style", "") for e in plot.all())
        places = [float(place) for place in re.findall(r"--[ab]:([-.\d]+)", styles)]
        assert len(places) > 20
        assert all(0 <= place <= 100 for place in places)
        assert set(re.findall(r"--(\w+):", styles)) <= {"a", "b", "row", "rows", "depth"}


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (("2026-12-03", "2027-01-20"), ("2026-12-03", "2027-01-21")),
        (("2026-12-03", "2027-01-20T19:00"), ("2026-12-03", "2027-01-20T19:00:00Z")),
        (("2026-12-03T10:30", "2027-01-20"), ("2026-12-03T10:30:00Z", "2027-01-21")),
        (
            ("2027-01-20T09:10", "2027-01-20T19:20"),
            ("2027-01-20T09:00:00Z", "2027-01-20T19:20:00Z"),
        ),
        (("0002-01-01", "9998-12-31"), ("0002-01-01", "9999-01-01")),
    ],
)
def test_every_axis_has_ends_between_which_the_script_finds_today(
    starts: tuple[str, str], ends: tuple[str, str]
) -> None:
    events = "".join(
        f"  - {{id: e{n}, summary: E, start: {start}}}\n" for n, start in enumerate(starts)
    )
    lines = read_page(page_text(calendar_of(HEAD + events))).all("div", "lines")[0]
    assert (lines.attributes["data-first"], lines.attributes["data-last"]) == ends


def test_above_500_events_the_diagram_is_left_out_and_it_is_said() -> None:
    page = read_page(page_text(many(501)))
    assert page.all("figure") == []
    assert "501 events are more than 500" in page.all("p", "omitted")[0].text
    assert len(read_page(page_text(many(500))).all("figure")) == 1


# The author's CSS.


@pytest.mark.parametrize(
    ("css", "reason"),
    [
        ("a{}</style><script>", "`</style`"),
        ("@import 'x.css';", "`@import`"),
        ("@im\\70ort 'x.css';", "`@import`"),
        ("a{background:url(https://x.org/a.png)}", "an address"),
        ("a{background:u\\72l( 'http://x.org/a.png')}", "an address"),
        ("a{background:url/**/(//x.org)}", "an address"),
        ("a{background:image-set('//x.org/a.png' 1x)}", "an address"),
        ("a" * (256 * 1024 + 1), "expected at most 262,144"),
        (b"\xff\xfe", "not in UTF-8"),
        ("a{}\0", "not a text"),
    ],
)
def test_css_that_would_leave_the_page_is_rejected(
    css: str | bytes, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.css").write_bytes(css if isinstance(css, bytes) else css.encode())
    done = Done("export", str(SEASON), "--html", "--stdout", "--css", "own.css")
    assert (done.code, done.out) == (2, "")
    assert reason in done.err
    # In the file, the path starts from its folder, and the error has its place.
    Path("events.yaml").write_text(with_css("own.css"))
    monkeypatch.chdir(tmp_path.parent)
    for command in (["validate"], ["export"]):
        done = Done(*command, f"{tmp_path.name}/events.yaml")
        assert done.code == 1
        report = done.out + done.err
        assert ":2:23: error[output-file]: " in report
        assert reason in report
    assert not (tmp_path / "dist").exists()


def with_css(path: str) -> str:
    event = "  - {id: a, summary: A, start: 2027-01-03}\n"
    page = f"outputs: {{html: {{css: {path}}}}}\n"
    return HEAD.replace("events:", f"{page}events:") + event


def test_css_of_the_file_is_read_from_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "own.css").write_text("h1 { color: red }")
    (tmp_path / "events.yaml").write_text(with_css("styles/own.css"))
    monkeypatch.chdir(tmp_path.parent)
    assert Done("export", f"{tmp_path.name}/events.yaml").code == 0
    text = (tmp_path / "dist" / "events.html").read_text()
    assert read_page(text).all("style")[-1].text == "h1 { color: red }"
    Path("own.css").write_text("h2 { color: red }")
    assert Done("export", f"{tmp_path.name}/events.yaml", "--css", "own.css").code == 0
    text = (tmp_path / "dist" / "events.html").read_text()
    assert read_page(text).all("style")[-1].text == "h2 { color: red }"


def test_css_of_the_file_is_a_regular_file_of_its_repository(tmp_path: Path) -> None:
    (tmp_path / "repository").mkdir()
    (tmp_path / "own.css").write_text("h1 { color: red }")
    os.mkfifo(tmp_path / "repository" / "pipe.css")
    (tmp_path / "repository" / "link.css").symlink_to(tmp_path / "own.css")
    for path in ("../own.css", "link.css", "pipe.css"):
        (tmp_path / "repository" / "events.yaml").write_text(with_css(path))
        done = Done("validate", str(tmp_path / "repository" / "events.yaml"))
        assert (done.code, "error[output-file]" in done.out) == (1, True)


def test_css_of_the_author_comes_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.css").write_text("h1 { background: url( 'data:image/png;base64,AA==') }")
    done = Done("export", str(SEASON), "--html", "--stdout", "--css", "own.css")
    styles = read_page(done.out).all("style")
    assert "url( 'data:" in styles[-1].text
    assert len(styles) == 2
    done = Done("export", str(SEASON), "--html", "--stdout", "--css", "missing.css")
    assert (done.code, "cannot read `missing.css`" in done.err) == (2, True)


@pytest.mark.parametrize(
    "url", ["example.org", "javascript:x", "https://", "https://a b", "http://["]
)
def test_an_address_of_the_page_must_be_one(url: str) -> None:
    done = Done("export", str(SEASON), "--html", "--stdout", "--url", url)
    assert (done.code, "--url must be an address" in done.err) == (2, True)


# The templates.


def test_no_value_is_marked_as_safe_but_the_typed_fragments() -> None:
    folder = ROOT / "src" / "timeline" / "formats" / "html"
    for template in folder.glob("templates/*"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe|autoescape|Markup|\|\s*xmlattr|\|\s*tojson", text), (
            template
        )
    uses = {
        path.name: len(re.findall(r"(?<!-> )\bMarkup\(", path.read_text(encoding="utf-8")))
        for path in folder.glob("*.py")
    }
    assert {name: count for name, count in uses.items() if count} == {"fragments.py": 3}


def test_data_of_the_script_cannot_end_its_element() -> None:
    from timeline.formats.html.fragments import json_fragment, script_fragment, style_fragment

    fragment = json_fragment({"a": "</script><!--&\u2028\u2029"})
    assert not re.search("[<>&\u2028\u2029]", str(fragment))
    assert json.loads(str(fragment)) == {"a": "</script><!--&\u2028\u2029"}
    for make, text in ((script_fragment, "</SCRIPT"), (style_fragment, "</Style>")):
        with pytest.raises(ValueError, match="ends its element"):
            make(text)
