"""No output replaces a file that timeline did not write, unless `--force` is given."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.command import Done
from support.formats import COMPARED
from timeline.formats import FORMATS

HEAD = "calendar: {id: x.org, name: X}\n"
FILE = HEAD + "events:\n  - {id: a, summary: A, start: 2027}\n"
OTHER = HEAD + "events:\n  - {id: a, summary: B, start: 2028}\n"
ALL = tuple(f"--{name}" for name in COMPARED)
NOT_FEEDS = [name for name, form in COMPARED.items() if not form.is_for_each_feed]
SUFFIXES = [FORMATS[name].suffix for name in NOT_FEEDS]
NOTES = {
    "some text": b"my notes\n",
    "one byte": b"x",
    "a line end": b"\n",
    "not UTF-8": b"\xff\xfe\x00",
    "another format": b"BEGIN:VCALENDAR\r\n",
    "long": b"x" * (1 << 20),
}
FOREIGN_FEED = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    b"DTSTAMP:20250101T000000Z\r\nDTSTART:20250101T000000Z\r\nSUMMARY:Mine\r\nEND:VEVENT\r\n"
    b"END:VCALENDAR\r\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("events.yaml").write_text(FILE)
    return tmp_path


def dist() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path("dist").iterdir()}


def put(name: str, content: bytes) -> None:
    path = Path("dist", name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


@pytest.mark.parametrize("notes", NOTES.values(), ids=NOTES)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_of_the_user_is_not_replaced_and_no_output_is_written(
    suffix: str, notes: bytes
) -> None:
    put(f"events{suffix}", notes)
    for options in ((), ("--check",), ("--diff",)):
        done = Done("export", *ALL, *options)
        assert (done.code, done.out) == (2, "")
        assert (
            f"timeline: `dist/events{suffix}` was not written by timeline, so it is not replaced\n"
            "  help: add --force to replace it"
        ) in done.err
        assert dist() == {f"events{suffix}": notes}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_force_replaces_it(suffix: str) -> None:
    put(f"events{suffix}", b"my notes\n")
    assert Done("export", *ALL, "--force", "--check").code == 1
    change = f"Binary file dist/events{suffix} differs\n" if suffix == ".xlsx" else "-my notes\n"
    assert change in Done("export", *ALL, "--force", "--diff").out
    assert dist() == {f"events{suffix}": b"my notes\n"}
    done = Done("export", *ALL, "--force")
    assert done.code == 0
    assert f"wrote dist/events{suffix}\n" in done.err
    assert Done("export", *ALL, "--check").code == 0


def test_the_help_names_another_folder_too() -> None:
    put("events.csv", b"my notes\n")
    assert "--force to replace it, or write to another folder with --output-dir\n" in (
        Done("export").err
    )


@pytest.mark.parametrize(
    "options", [(), ("--csv-dialect", "google"), ("--csv-dialect", "excel"), ("--csv-bom",)]
)
@pytest.mark.parametrize("style", ["list", "table", "mermaid"])
def test_our_own_files_of_any_kind_are_replaced(options: tuple[str, ...], style: str) -> None:
    assert Done("export", *ALL, *options, "--md-style", style).code == 0
    before = dist()
    Path("events.yaml").write_text(OTHER)
    assert Done("export", *ALL, "--check").code == 1
    assert Done("export", *ALL).code == 0
    assert all(content != before[name] for name, content in dist().items())


@pytest.mark.parametrize("name", COMPARED)
def test_an_empty_file_is_replaced(name: str) -> None:
    form = FORMATS[name]
    put(f"events{form.suffix}", b"")
    # An empty feed may be what is left of a published one, so the ledger asks.
    options = [f"--{name}", *(["--no-previous"] if form.is_for_each_feed else [])]
    assert Done("export", *options, "--check").code == 1
    assert Done("export", *options).code == 0
    assert dist()[f"events{form.suffix}"]


def test_markdown_without_a_mark_is_replaced_if_nothing_in_it_is_lost() -> None:
    assert Done("export", "--md").code == 0
    marked = dist()["events.md"]
    put("events.md", marked.removesuffix(b"\n[//]: # (timeline)\n"))
    assert Done("export", "--md", "--check").code == 1
    assert Done("export", "--md").code == 0
    assert dist() == {"events.md": marked}
    put("events.md", marked.removesuffix(b"\n[//]: # (timeline)\n") + b"\nmine\n")
    assert Done("export", "--md").code == 2


def test_a_file_that_is_up_to_date_needs_no_mark() -> None:
    assert Done("export").code == 0
    assert Done("export", "--check").code == 0
    assert "unchanged dist/events.md" in Done("export").err


def test_what_is_printed_concerns_no_file() -> None:
    put("events.csv", b"my notes\n")
    assert Done("export", "--csv", "--stdout").code == 0
    done = Done("export", "--csv", "--stdout", "--force")
    assert (done.code, done.err) == (
        2,
        "timeline: --force has no effect with --stdout, which writes no file\n",
    )


# Feeds


@pytest.mark.parametrize("options", [(), ("--force",)])
@pytest.mark.parametrize("content", [FOREIGN_FEED, b"my notes\n"])
def test_a_feed_is_refused_by_what_the_ledger_finds_also_with_force(
    content: bytes, options: tuple[str, ...]
) -> None:
    put("events.ics", content)
    done = Done("export", *options)
    assert done.code == 2
    assert "--force" not in done.err
    assert dist() == {"events.ics": content}


@pytest.mark.parametrize("content", [FOREIGN_FEED, b"my notes\n"])
def test_a_calendar_that_no_ledger_reads_must_be_ours(content: bytes) -> None:
    Done("export", "--ics", "--output-dir", "published")
    for history in ("--no-previous", "--previous=published/events.ics"):
        put("events.ics", content)
        done = Done("export", "--ics", history)
        assert done.code == 2
        assert "`dist/events.ics` was not written by timeline" in done.err
        assert dist() == {"events.ics": content}
        assert Done("export", "--ics", history, "--force").code == 0
        assert dist()["events.ics"] != content
        assert Done("export", "--ics", history).code == 0


def test_a_damaged_feed_of_ours_can_be_started_again() -> None:
    Done("export")
    put("events.ics", dist()["events.ics"][:150])
    assert Done("export").code == 2
    assert Done("export", "--no-previous").code == 0


# The input


@pytest.mark.parametrize("options", [(), ("--force",), ("--no-previous", "--force")])
@pytest.mark.parametrize("suffix", [form.suffix for form in COMPARED.values()])
@pytest.mark.parametrize("is_included", [False, True])
def test_the_input_is_never_replaced(
    suffix: str, is_included: bool, options: tuple[str, ...]
) -> None:
    Path("dist").mkdir()
    name = f"dist/events{suffix}"
    if is_included:
        Path(name).write_text("events: [{id: a, summary: A, start: 2027}]\n")
        Path("events.yaml").write_text(HEAD + f"include: [{name}]\n")
    else:
        Path(name).write_text(FILE)
    content = dist()
    where = () if is_included else (name, "--output-dir", "dist", "--name", "events")
    done = Done("export", *where, *ALL, *options)
    assert done.code == 2, done.err
    assert dist() == content


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_force_follows_no_link_out_of_the_repository(tmp_path: Path) -> None:
    Path("project", ".git").mkdir(parents=True)
    Path("project", "dist").mkdir()
    Path("project", "events.yaml").write_text(FILE)
    Path("mine.csv").write_text("")
    Path("project", "dist", "events.csv").symlink_to(tmp_path / "mine.csv")
    done = Done("export", "project/events.yaml", "--output-dir", "project/dist", "--csv", "--force")
    assert done.code == 2
    assert Path("mine.csv").read_text() == ""


# Documents


def test_documents_with_timelines_are_not_outputs() -> None:
    Path("page.md").write_text("# Mine\n\n<!-- timeline:start -->\n<!-- timeline:end -->\n")
    assert Done("embed", "page.md").code == 0
    assert Path("page.md").read_text().startswith("# Mine\n")
    assert Done("embed", "page.md", "--force").code == 2
