"""Addresses that no browser opens, and those with a password, wherever they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.loading import event_codes, load_text
from timeline.publishing.output_settings import load_events_file

if TYPE_CHECKING:
    from pathlib import Path

PAGES = [
    "url: '{}'",
    "sources: [{{url: '{}'}}]",
    "image: [{{url: '{}'}}]",
    "attach: [{{url: '{}'}}]",
]


@pytest.mark.parametrize("url", ["https://x.org", "http://x.org", "HTTPS://x.org"])
def test_addresses_on_the_web_are_fine(url: str) -> None:
    assert event_codes(f"id: a, summary: A, start: 2025, url: '{url}'") == []


@pytest.mark.parametrize("where", PAGES)
def test_other_addresses_are_reported_wherever_a_page_is_meant(where: str) -> None:
    event = f"id: a, summary: A, start: 2025, {where.format('ftp://x.org/a')}"
    assert event_codes(event) == ["url-scheme"]
    call = "conference: [{url: 'tel:+359-2-123-4567'}]"
    assert event_codes(f"id: a, summary: A, start: 2025, {call}") == []


OVERRIDE = "rrule: {{freq: daily, count: 2}}, overrides: [{{recurrence-id: 2025-01-03, url: '{}'}}]"


@pytest.mark.parametrize("where", [*PAGES, "conference: [{{url: '{}'}}]", OVERRIDE])
def test_a_password_in_any_address_of_an_event_is_reported(where: str) -> None:
    event = f"id: a, summary: A, start: 2025-01-03, {where}"
    assert event_codes(event.format("https://ann:secret@x.org/a")) == ["url-password"]
    assert event_codes(event.format("https://x.org/a?q=b:c@d")) == []


@pytest.mark.parametrize(
    ("written", "is_password"),
    [
        ("http://user:pass@example.org/x.ics", True),
        ("https://:pass@example.org/x.ics", True),
        ("https://u:p:q@example.org:8443", True),
        ("https://user@example.org/x.ics", False),  # a name alone is no secret
        ("https://user:@example.org/x.ics", False),
        ("https://example.org:8443/@ann", False),
        ("https://example.org/a:b@c", False),
    ],
)
def test_only_the_password_of_the_user_information_counts(written: str, is_password: bool) -> None:
    text = f"calendar: {{id: x.org, name: X, source: '{written}'}}\nevents: []\n"
    codes = [diagnostic.rule.code for diagnostic in load_text(text).diagnostics]
    assert ("url-password" in codes) is is_password


def test_the_addresses_of_the_calendar_its_feeds_and_its_outputs_are_looked_at(
    tmp_path: Path,
) -> None:
    secret = "https://ann:secret@x.org"
    path = tmp_path / "events.yaml"
    path.write_text(
        f"calendar: {{id: x.org, name: X, url: '{secret}/u', source: '{secret}/s'}}\n"
        "categories: {c: {}}\n"
        f"feeds: [{{id: f, url: '{secret}/v', source: '{secret}/t'}}, "
        f"{{each: category, source: '{secret}/{{id}}.ics'}}]\n"
        f"outputs: {{html: {{url: '{secret}/p'}}}}\n"
        "events: [{id: a, summary: A, start: 2025, categories: [c]}]\n",
        encoding="utf-8",
    )
    diagnostics = load_events_file(str(path)).diagnostics
    assert [diagnostic.rule.code for diagnostic in diagnostics] == ["url-password"] * 6
    helps = [diagnostic.help or "" for diagnostic in diagnostics]
    assert all("secret" not in help_ for help_ in helps)
    assert "write `https://x.org/p`" in " ".join(helps)
