"""A new name of the events file does not silently start a second feed of the same events."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command import Done
from support.feed_life import served

FILE = """\
calendar: {id: example.org, name: The rally}
events:
  - {id: a, summary: A, start: 2027-01-02, categories: [stage]}
  - {id: b, summary: B, start: 2027-01-03}
"""
FEEDS = "feeds: [{id: stages, categories: [stage]}]\n"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("events.yaml").write_text(FILE)


def rename(text: str = FILE) -> None:
    """Export as ``events.ics``, then rename the events file to ``dakar.yaml``."""
    assert Done("export", "--ics").code == 0
    Path("events.yaml").unlink()
    Path("dakar.yaml").write_text(text)


def feeds(folder: str = "dist") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).glob("*.ics")}


@pytest.mark.parametrize(
    "options",
    [(), ("--check",), ("--diff",), ("--category", "stage"), ("--csv", "--ics"), ("--md", "--ics")],
)
def test_the_feed_of_the_old_name_is_named_with_what_to_do(options: tuple[str, ...]) -> None:
    rename()
    before = feeds()
    done = Done("export", "dakar.yaml", *(options or ("--ics",)))
    assert done.code == 2
    assert "`dist/dakar.ics` would be a new feed beside `dist/events.ics`" in done.err
    assert "add `--name events`" in done.err
    assert "for another feed, add `--name dakar`" in done.err
    assert feeds() == before
    assert list(Path("dist").iterdir()) == [Path("dist/events.ics")]


def test_the_feed_goes_on_under_its_old_name() -> None:
    rename()
    before = feeds()
    assert Done("export", "dakar.yaml", "--ics", "--name", "events").code == 0
    assert feeds() == before


def test_the_feed_goes_on_under_its_new_name_when_its_file_has_it() -> None:
    rename()
    before = feeds()["events.ics"]
    Path("dist/events.ics").rename("dist/dakar.ics")
    done = Done("export", "dakar.yaml", "--ics", "--check")
    assert (done.code, done.err) == (0, "up to date dist/dakar.ics\n")
    assert feeds() == {"dakar.ics": before}


def test_another_feed_beside_it_is_made_on_purpose() -> None:
    rename()
    assert Done("export", "dakar.yaml", "--ics", "--name", "dakar").code == 0
    done = Done("export", "dakar.yaml", "--ics")  # a copy that is kept
    assert (done.code, done.err) == (0, "unchanged dist/dakar.ics\n")
    assert sorted(feeds()) == ["dakar.ics", "events.ics"]


def test_an_additional_feed_has_the_same_events_on_purpose() -> None:
    Path("events.yaml").write_text(FEEDS + FILE)
    assert Done("export", "--feed", "stages").code == 0
    assert Done("export", "--ics").code == 0  # the main feed is new beside it
    rename(FEEDS + FILE)
    for options in ((), ("--feed", "stages")):  # it continues the main feed, too
        done = Done("export", "dakar.yaml", "--ics", *options)
        assert done.code == 2
        assert "beside `dist/events.ics`" in done.err
    assert Done("export", "dakar.yaml", "--ics", "--name", "events", "--check").code == 0


def test_of_several_feeds_that_with_the_most_events_is_named() -> None:
    rename(FILE + "  - {id: c, summary: C, start: TBC}\n  - {id: d, summary: D, start: 2027}\n")
    options = ("--ics", "--name", "a-part", "--category", "stage")
    assert Done("export", "dakar.yaml", *options).code == 0
    assert "beside `dist/events.ics`" in Done("export", "dakar.yaml", "--ics").err


def test_a_feed_that_was_exported_with_a_filter_is_no_fork() -> None:
    text = FILE + "  - {id: c, summary: C, start: 2027}\n"
    Path("events.yaml").write_text(text)
    assert Done("export", "--ics", "--name", "a-part", "--category", "stage").code == 0
    assert Done("export", "--ics").code == 0


@pytest.mark.parametrize("options", [("--output-dir", "www"), ("--stdout",), ("--no-previous",)])
def test_another_folder_and_a_new_history_are_no_fork(options: tuple[str, ...]) -> None:
    rename()
    assert Done("export", "dakar.yaml", "--ics", *options).code == 0


def test_a_previous_feed_is_continued_under_any_name(tmp_path: Path) -> None:
    with served(tmp_path) as address:
        rename()
        Path("dist/events.ics").rename("www/events.ics")
        folder = address.removesuffix("events.ics")
        done = Done("export", "dakar.yaml", "--ics", "--previous", folder)
        assert done.code == 2
        assert "if the events file was renamed, add `--name` with its old name" in done.err
        assert Done("export", "dakar.yaml", "--ics", "--previous", address).code == 0
        options = ("--name", "events", "--previous", folder)
        assert Done("export", "dakar.yaml", "--ics", *options).code == 0
    published = Path("www/events.ics").read_bytes()
    assert feeds() == {"dakar.ics": published, "events.ics": published}


@pytest.mark.parametrize(
    "other",
    [
        FILE.replace("id: a", "id: c").replace("id: b", "id: d"),  # a part of the same calendar
        FILE.replace("id: example.org", "id: other.example.org"),
    ],
)
def test_a_feed_of_other_events_is_no_fork(other: str) -> None:
    rename(other)
    assert Done("export", "dakar.yaml", "--ics").code == 0


IMPORTED = FILE.replace("id: a", "id: a, uid: x@elsewhere").replace("id: b", "id: b, uid: y")


def test_imported_events_are_found_by_their_own_uids() -> None:
    Path("events.yaml").write_text(IMPORTED)
    rename(IMPORTED)
    assert Done("export", "dakar.yaml", "--ics").code == 2


def test_calendars_may_have_imported_events_in_common() -> None:
    Path("events.yaml").write_text(FILE.replace("id: a", "id: a, uid: x@elsewhere"))
    rename(IMPORTED.replace("id: example.org", "id: other.example.org"))
    assert Done("export", "dakar.yaml", "--ics").code == 0


@pytest.mark.parametrize("content", [b"", b"x", b"BEGIN:VCALENDAR\r\nUID:a@example.org\r\n"])
def test_a_file_that_is_no_feed_is_ignored(content: bytes) -> None:
    Path("dist").mkdir()
    Path("dist/other.ics").write_bytes(content)
    assert Done("export", "--ics").code == 0
