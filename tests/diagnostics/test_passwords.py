"""No report prints the password of an address."""

from __future__ import annotations

import pytest

from support.command import Done
from timeline.diagnostics import cited, hide_passwords

HEAD = "calendar: {id: x.example.org, name: X, timezone: Europe/Berlin}\n"
SECRET = "hunter2"
ADDRESS = f"https://ann:{SECRET}@example.org/"


LONG = f"https://ann:{SECRET * 100}@example.org/"
PAGES = [f"{{path: {name}.html, url: '{ADDRESS}'}}" for name in "ab"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (ADDRESS, "https://ann:*******@example.org/"),
        (f"at {ADDRESS} and {ADDRESS}", f"at {'https://ann:*******@example.org/'}"),
        ("https://:a@b", "https://:*@b"),
        ("https://example.org:8080/a@b", "https://example.org:8080/a@b"),
        ("https://ann@example.org/", "https://ann@example.org/"),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
    ],
)
def test_a_password_becomes_as_many_asterisks(text: str, shown: str) -> None:
    hidden = hide_passwords(text)
    assert hidden.startswith(shown)
    assert len(hidden) == len(text)
    assert SECRET not in hidden


def test_words_of_an_author_are_shortened_without_their_password() -> None:
    assert "yyy" not in cited(f"https://ann:{'y' * 80}@example.org/")


@pytest.mark.parametrize(
    "text",
    [
        f"events: [{{id: a, summary: A, start: 2027-01-04, url: '{ADDRESS}'}}]\n",
        f"events: [{{id: a, summary: A, start: 2027-01-04, url: '{ADDRESS} a'}}]\n",
        f"events: [{{id: a, summary: A, start: 2027-01-04, attach: '{ADDRESS}'}}]\n",
        f"events: []\noutputs: {{html: [{', '.join(PAGES)}]}}\n",
        f"events: []\noutputs: {{html: {{ulr: '{ADDRESS}'}}}}\n",
        f"events: [{{id: a, summary: {'é' * 300}, start: 2027-01-04, url: '{LONG}'}}]\n",
    ],
)
@pytest.mark.parametrize("form", ["full", "concise", "github", "json", "sarif"])
def test_no_report_prints_a_password(text: str, form: str) -> None:
    done = Done("validate", "-", "--output-format", form, stdin=HEAD + text)
    assert done.code in (0, 1)
    assert done.out + done.err
    assert SECRET not in done.out + done.err


def test_an_option_with_a_password_is_refused_without_printing_it() -> None:
    text = f"{HEAD}events: []\n"
    done = Done("export", "-", "--html", "--stdout", "--url", ADDRESS, stdin=text)
    assert (done.code, done.out) == (2, "")
    assert "--url contains a password" in done.err
    assert SECRET not in done.err
