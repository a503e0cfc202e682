"""``timeline diff`` prints what changed, and its exit code says whether anything did."""

from __future__ import annotations

import json
from http.server import SimpleHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from support.command import Done
from support.loading import file_text
from support.server import serving

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = file_text("id: a, summary: A, start: 2027-01-15", "id: b, summary: B, start: 2027")
AFTER = file_text("id: a, summary: A, start: 2027-01-16", "id: b, summary: B, start: 2027-02")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "old.yaml").write_text(BEFORE)
    (tmp_path / "events.yaml").write_text(AFTER)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_a_difference_is_printed_and_ends_with_1() -> None:
    done = Done("diff", "old.yaml")
    assert (done.code, done.err) == (1, "")
    assert done.out == (
        "moved: A, 15 → 16 January 2027\nnarrowed: B, 2027 → February 2027\n\n"
        "Moved: 1, narrowed: 1\n"
    )


@pytest.mark.usefixtures("folder")
def test_no_difference_prints_nothing_and_ends_with_0() -> None:
    done = Done("diff", "events.yaml", "events.yaml")
    assert (done.code, done.out, done.err) == (0, "", "")


@pytest.mark.parametrize("old", ["absent.yaml", "."])
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_read_ends_with_2(old: str) -> None:
    done = Done("diff", old)
    assert (done.code, done.out) == (2, "")
    assert old in done.err


def test_a_file_with_errors_is_reported_and_not_compared(folder: Path) -> None:
    (folder / "old.yaml").write_text(BEFORE.replace("2027-01-15", "2027-13-45"))
    done = Done("diff", "old.yaml")
    assert (done.code, done.out) == (2, "")
    assert "error[no-such-date]" in done.err
    assert "`old.yaml` has errors, so it cannot be compared" in done.err


@pytest.mark.usefixtures("folder")
def test_filters_apply_to_both_sides() -> None:
    assert Done("diff", "old.yaml", "--id", "b").out.startswith("narrowed: B")
    assert "moved" not in Done("diff", "old.yaml", "--from", "2027-02").out
    done = Done("diff", "old.yaml", "--id", "c")
    assert done.code == 2
    assert "there is no `c` in the file" in done.err


def test_an_event_that_was_removed_can_be_selected(folder: Path) -> None:
    (folder / "events.yaml").write_text(file_text("id: a, summary: A, start: 2027-01-15"))
    assert Done("diff", "old.yaml", "--id", "b").out.startswith("removed: B, 2027\n")


def test_a_feed_is_compared_as_its_subscribers_have_it(folder: Path) -> None:
    feeds = "feeds: [{id: ours, name: Ours, categories: [x]}]\n"
    old = file_text(
        "id: a, summary: A, start: 2027, categories: [x]",
        "id: b, summary: B, start: 2028, categories: [x]",
        top=feeds,
    )
    (folder / "old.yaml").write_text(old)
    (folder / "events.yaml").write_text(old.replace("2027, categories: [x]", "2027"))
    assert Done("diff", "old.yaml", "--feed", "ours").out.startswith("removed: A")
    assert Done("diff", "old.yaml").out.startswith("details: A, categories")
    done = Done("diff", "old.yaml", "--feed", "our")
    assert done.code == 2
    assert "did you mean `ours`?" in done.err


@pytest.mark.usefixtures("folder")
def test_the_language_is_that_of_the_calendar_or_of_the_option() -> None:
    pytest.importorskip("babel")
    assert "verlegt: A, 15. → 16. Januar 2027" in Done("diff", "old.yaml", "--language", "de").out


@pytest.mark.usefixtures("folder")
def test_json_is_a_document() -> None:
    done = Done("diff", "old.yaml", "--output-format", "json")
    assert done.code == 1
    assert [event["kind"] for event in json.loads(done.out)["events"]] == ["moved", "narrowed"]
    done = Done("diff", "events.yaml", "--output-format", "json")
    assert done.code == 0
    assert json.loads(done.out) == {"counts": {}, "events": []}


@pytest.mark.usefixtures("folder")
def test_an_unknown_form_is_wrong_use() -> None:
    done = Done("diff", "old.yaml", "--output-format", "jsn")
    assert done.code == 2
    assert "did you mean `json`?" in done.err


@pytest.mark.usefixtures("folder")
def test_the_kind_is_coloured() -> None:
    done = Done("diff", "old.yaml", "--color", "always")
    assert done.out.startswith("\x1b[33mmoved:\x1b[0m A, 15")


def test_each_help_names_the_other() -> None:
    assert "`timeline export --diff`" in " ".join(Done("diff", "--help").out.split())
    assert "`timeline diff`" in " ".join(Done("export", "--help").out.split())


def test_a_published_feed_is_compared_with_the_file(folder: Path) -> None:
    events = (folder / "events.yaml").read_text()
    (folder / "events.yaml").write_text((folder / "old.yaml").read_text())
    assert Done("export", "--ics").code == 0
    (folder / "events.yaml").write_text(events)
    with serving(SimpleHTTPRequestHandler, directory=str(folder / "dist")) as address:
        done = Done("diff", f"{address}/events.ics", "events.yaml")
        assert done.code == 1
        assert done.out.startswith("moved: A, 15 → 16 January 2027\n")
        assert Done("diff", "old.yaml", f"{address}/events.ics").code == 0
        missing = Done("diff", f"{address}/other.ics", "events.yaml")
    assert (missing.code, missing.out) == (2, "")
    assert "other.ics" in missing.err
    closed = Done("diff", f"{address}/events.ics", "events.yaml")
    assert (closed.code, closed.out) == (2, "")
    unsafe = Done("diff", "http://example.org/events.ics", "events.yaml")
    assert (unsafe.code, "is not encrypted" in unsafe.err) == (2, True)
