"""The whole path: the founding timeline, the same bytes everywhere, stamps that follow content."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from support import readback, strict
from support.loading import calendar_of_file
from support.paths import ROOT
from support.strict_lint import lint
from timeline.cli.init import GIT_ATTRIBUTES

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86400


def run(*arguments: str, cwd: Path, **environment: str) -> str:
    """Run the command line in a process of its own; returns what it wrote to standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "timeline", *arguments],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def outputs(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("dist/*"))}


# The founding timeline


def test_the_committed_exports_are_not_stale() -> None:
    output = run("export", "--check", cwd=ROOT)
    assert "up to date" in output


def test_the_committed_feed_says_what_the_article_says() -> None:
    feed = (ROOT / "dist" / "events.ics").read_bytes()
    events = {}
    for lines in strict.check(feed):
        values = {name: value for name, _, value in lines}
        events[values["UID"].partition("@")[0]] = values
    spans = {name: (event["DTSTART"], event["DTEND"]) for name, event in events.items()}
    assert spans == {
        "partnership": ("20250103", "20250104"),
        "partnership.end": ("20280101", "20280102"),
        "dakar-2025": ("20250103", "20250118"),
        "official-fleet": ("20250103", "20250118"),
        "race-programme": ("20250103", "20250104"),
        "rub-al-khali-finale": ("20250115", "20250118"),
        "team-debut": ("20260101", "20260102"),
    }
    summaries = {name: event["SUMMARY"] for name, event in events.items()}
    assert summaries["partnership"].endswith("Rally begins")
    assert summaries["partnership.end"].startswith("TBC 2028: ")
    assert summaries["rub-al-khali-finale"].startswith("Approx: ")
    assert summaries["team-debut"].startswith("TBC 2026: ")
    assert {name for name, event in events.items() if event.get("STATUS") == "TENTATIVE"} == {
        "partnership.end",
        "race-programme",
        "rub-al-khali-finale",
        "team-debut",
    }
    readback.assert_reads_back(feed, calendar_of_file(ROOT / "events.yaml"))


def test_what_has_no_date_is_named_and_not_drawn(tmp_path: Path) -> None:
    shutil.copy(ROOT / "events.yaml", tmp_path)
    output = run("export", cwd=tmp_path)
    assert "left out of dist/events.ics: 2 events" in output
    for name in ("announcement", "reconnaissance-fleet"):
        assert f"  {name}: its date is to be confirmed" in output
    assert b"reconnaissance-fleet" in outputs(tmp_path)["events.csv"]


def test_the_strict_linter_reports_nothing_in_the_committed_feed() -> None:
    assert lint((ROOT / "dist" / "events.ics").read_bytes()) == []


# The same bytes


@pytest.fixture(scope="module")
def times(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A folder with the case that depends most on zones, exported once."""
    folder = tmp_path_factory.mktemp("times")
    shutil.copy(ROOT / "tests" / "cases" / "times" / "events.yaml", folder)
    run("export", cwd=folder)
    return folder, outputs(folder)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "America/Anchorage", "PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"PYTHONTZPATH": "/nowhere", "PYTHONOPTIMIZE": "1"},
        {"SOURCE_DATE_EPOCH": str(1735732800 + 400 * DAY)},
        {"SOURCE_DATE_EPOCH": "0"},
    ],
    ids=str,
)
def test_an_export_over_another_changes_no_byte(
    times: tuple[Path, dict[str, bytes]], environment: dict[str, str]
) -> None:
    folder, before = times
    output = run("export", cwd=folder, **environment)
    assert outputs(folder) == before
    assert "wrote" not in output


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "0"},
        {"TZ": "America/Anchorage", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"PYTHONTZPATH": "/nowhere", "PYTHONUTF8": "0", "LANG": "de_DE.ISO-8859-1"},
    ],
    ids=str,
)
def test_a_first_export_has_the_same_bytes_anywhere(
    times: tuple[Path, dict[str, bytes]], tmp_path: Path, environment: dict[str, str]
) -> None:
    folder, before = times
    run(
        *("export", str(folder / "events.yaml"), "--output-dir", str(tmp_path / "dist")),
        cwd=tmp_path,
        **environment,
    )
    assert outputs(tmp_path) == before


# Stamps


def stamps(feed: bytes) -> dict[str, tuple[str, str, str, str]]:
    by_uid = {}
    for lines in strict.check(feed):
        values = {name: value for name, _, value in lines}
        names = ("DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE")
        by_uid[values["UID"]] = tuple(values[name] for name in names)
    return by_uid  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("old", "new", "sequence"),
    [
        ("A rally", "A race", "0"),
        ("end: 2025-01-17", "end: 2025-01-18", "1"),
        ("location: Bisha", "location: Shubaytah", "1"),
        ("location: Bisha", "location: Bisha, status: cancelled", "1"),
    ],
)
def test_only_what_changed_is_stamped(tmp_path: Path, old: str, new: str, sequence: str) -> None:
    file = tmp_path / "events.yaml"
    file.write_text(
        "calendar: {id: x.org, name: X}\nevents:\n"
        "- {id: rally, summary: A rally, start: 2025-01-03, end: 2025-01-17, location: Bisha}\n"
        "- {id: other, summary: Another, start: 2025-01-03}\n"
    )
    feed = tmp_path / "events.ics"
    first = _export(file, feed, "20250101T120000Z")
    file.write_text(file.read_text().replace(old, new))
    second = _export(file, feed, "20250202T120000Z")
    created = "20250101T120000Z"
    assert first["other@x.org"] == (created, created, created, "0")
    assert second["other@x.org"] == first["other@x.org"]
    later = "20250202T120000Z"
    assert second["rally@x.org"] == (later, created, later, sequence)
    assert _export(file, feed, "20260202T120000Z") == second


def _export(file: Path, feed: Path, now: str) -> dict[str, tuple[str, str, str, str]]:
    before = feed.read_bytes() if feed.exists() else None
    feed.write_bytes(readback.feed_of(calendar_of_file(file), now, before))
    return stamps(feed.read_bytes())


def test_git_keeps_the_line_ends_of_what_is_published() -> None:
    attributes = (ROOT / ".gitattributes").read_text()
    for suffix in ("ics", "csv"):
        assert re.search(rf"^\*\.{suffix} -text$", attributes, re.MULTILINE)
    assert re.search(r"^\*\.xlsx binary$", attributes, re.MULTILINE)
    assert attributes == GIT_ATTRIBUTES
