"""What an export advises: of an output that it writes, not of one that has not changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command import Done

FILE = """
calendar: {id: x.org, name: The rally}
events:
  - {id: a, summary: Start, start: 2027-01-03}
"""
ADVICE = (
    "the page has no links to subscribe: write the address at which the feed will be published as "
    "`source` of `calendar`\n"
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("events.yaml").write_text(FILE)


def test_a_page_that_is_written_without_the_address_of_its_feed_names_the_key() -> None:
    assert Done("export", "--html").err == f"wrote dist/events.html\n{ADVICE}"
    assert Done("export", "--html").err == "unchanged dist/events.html\n"
    Path("events.yaml").write_text(FILE.replace("Start", "Go"))
    assert ADVICE not in Done("export", "--html", "--check").err
    assert ADVICE in Done("export", "--html").err


def test_quiet_leaves_it_out() -> None:
    assert Done("export", "--html", "--quiet").err == ""


def test_with_the_address_there_is_nothing_to_advise() -> None:
    Path("events.yaml").write_text(FILE.replace("rally}", "rally, source: 'https://x.org/a.ics'}"))
    assert Done("export", "--html").err == "wrote dist/events.html\n"


CLASSES = """
calendar: {id: x.org, name: The rally, source: 'https://x.org/a.ics'}
events:
  - {id: open, summary: Start, start: 2027-01-03}
  - {id: hidden, summary: Hidden, start: 2027-01-04, class: private}
  - {id: secret, summary: Secret, start: 2028-01-05, class: confidential}
"""


@pytest.mark.parametrize(
    ("selection", "counted"),
    [
        ((), "2 events are"),
        (("--to", "2027"), "1 event is"),
        (("--id", "open", "--id", "secret"), "1 event is"),
        (("--id", "open"), None),
        (("--from", "2029"), None),
    ],
)
@pytest.mark.parametrize(
    ("form", "place"), [("--html", "on the page"), ("--svg", "in the diagram")]
)
def test_of_the_events_that_are_selected_those_hidden_by_their_class_are_counted(
    selection: tuple[str, ...], counted: str | None, form: str, place: str
) -> None:
    Path("events.yaml").write_text(CLASSES)
    lines = [line for line in Done("export", form, *selection).err.splitlines() if place in line]
    assert [line.split(f" not {place}, by the class")[0] for line in lines] == (
        [counted] if counted else []
    )
