"""The versions that ``timeline diff`` is asked for, and its help for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.command import Done
from support.loading import file_text
from support.repositories import git, make_repository

if TYPE_CHECKING:
    from pathlib import Path

LATER = [f"id: e{day}, summary: E{day}, start: 2027-02-{day}" for day in range(10, 20)]


def events(day: int, calendar: str = "x.org") -> str:
    text = file_text(f"id: a, summary: A, start: 2027-01-{day}", *LATER)
    return text.replace("x.org", calendar)


def feed(*uids: str, day: int = 15) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//X//EN"]
    for uid in uids:
        lines += ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", f"SUMMARY:{uid[0]}"]
        lines += [f"DTSTART;VALUE=DATE:202701{day}", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    commits = [("Start", {"cal/events.yaml": events(15)})]
    renamed = {"cal/events.yaml": None, "cal/race.timeline.yaml": events(16)}
    make_repository(tmp_path, [*commits, ("Rename", renamed)])
    git(tmp_path, "checkout", "--quiet", "main")
    monkeypatch.chdir(tmp_path)
    return tmp_path


MOVED = "moved: A, 15 → 16 January 2027\n"


def test_a_renamed_file_is_compared(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (repository, repository / "cal"):
        monkeypatch.chdir(folder)
        assert Done("diff", "HEAD~1:cal/events.yaml").out.startswith(MOVED)
        assert Done("diff", "HEAD:cal/race.timeline.yaml").code == 0
        done = Done("diff", "HEAD~1:cal/race.timeline.yaml")
        assert done.code == 2
        assert "if it had another name, write `HEAD~1:cal/events.yaml`" in done.err


def test_a_file_with_another_name_and_other_events_is_that_of_its_folder(repository: Path) -> None:
    git(repository, "reset", "--quiet", "HEAD~1")
    (repository / "cal" / "race.timeline.yaml").write_text(
        file_text("id: z, summary: Z, start: 2027")
    )
    assert "added: Z, 2027" in Done("diff", "HEAD:cal/events.yaml").out


@pytest.mark.parametrize("is_staged", [False, True])
def test_a_rename_that_is_not_committed(
    repository: Path, monkeypatch: pytest.MonkeyPatch, *, is_staged: bool
) -> None:
    folder = repository / "cal"
    monkeypatch.chdir(folder)
    if is_staged:
        git(folder, "mv", "race.timeline.yaml", "events.yaml")
    else:
        (folder / "race.timeline.yaml").rename(folder / "events.yaml")
    done = Done("diff")
    assert done.code == 2
    assert "`HEAD` has no file `cal/events.yaml`" in done.err
    assert "write `HEAD:cal/race.timeline.yaml`" in done.err
    assert Done("diff", "HEAD:cal/race.timeline.yaml").code == 0


def test_a_bare_repository_has_no_files(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / ".git")
    done = Done("diff", "HEAD~1:cal/events.yaml", "HEAD:cal/race.timeline.yaml")
    assert done.code == 2
    assert "belongs to a git repository, but not to a work tree" in done.err


def test_the_help_without_a_repository_is_that_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "events.yaml").write_text(events(15))
    assert "name two files to compare" in Done("diff").err
    done = Done("changelog")
    assert "compare two files with `timeline diff`" in done.err
    assert "name two files" not in done.err


def test_a_changelog_without_a_change_says_so(repository: Path) -> None:
    file = str(repository / "cal" / "race.timeline.yaml")
    done = Done("changelog", file, "--since", "HEAD")
    assert (done.code, done.out) == (0, "")
    assert done.err.endswith("race.timeline.yaml` since `HEAD`\n")


def test_another_calendar_is_not_a_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files = {"x": events(15), "y": events(15, "y.org")}
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text)
    done = Done("diff", "x.yaml", "y.yaml")
    assert (done.code, done.out) == (2, "")
    assert "`calendar.id` is `x.org` and `y.org`, so no event is the same" in done.err
    # An event that keeps its UID is the same.
    for name, calendar in (("x", "x.org"), ("y", "y.org")):
        kept = file_text("id: a, uid: kept, summary: A, start: 2027").replace("x.org", calendar)
        (tmp_path / f"{name}.yaml").write_text(kept)
    assert Done("diff", "x.yaml", "y.yaml").code == 0


def test_a_commit_that_changes_the_calendar_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    texts = (events(15), events(16, "y.org"), events(17, "y.org"))
    make_repository(tmp_path, [(f"C{i}", {"events.yaml": text}) for i, text in enumerate(texts)])
    git(tmp_path, "checkout", "--quiet", "main")
    done = Done("changelog")
    assert done.out == "## 3 January 2027\n\n-   moved: A, 16 → 17 January 2027 — C2\n"
    assert ": `calendar.id` is `y.org`, not `x.org`, so no event is the same" in done.err


@pytest.mark.parametrize(
    "content",
    [
        "",
        "hello",
        feed("a@x.org")[:60],
        "<<<<<<< HEAD\n" + feed("a@x.org"),
        feed("a@x.org", "a@x.org"),
        feed("a@x.org").replace("UID:a@x.org\r\n", ""),
        None,
    ],
)
@pytest.mark.parametrize("form", ["file", "revision"])
def test_the_help_of_a_feed_is_for_diff(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None, form: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "events.yaml").write_text(events(15))
    name = "old.ics"
    if form == "revision":
        make_repository(tmp_path, [("Start", {"x.txt": "", "old.ics": content})])
        name = "HEAD:old.ics"
    elif content is not None:
        (tmp_path / name).write_bytes(content.encode())
    done = Done("diff", name, "events.yaml")
    assert (done.code, done.out) == (2, "")
    for foreign in ("--no-previous", "--new-feed", "export", "version control"):
        assert foreign not in done.err
    if content is not None:
        assert "help: name a whole feed" in done.err
    elif form == "file":
        assert "help: check its name" in done.err


@pytest.mark.parametrize(("old", "new"), [("old.ics", "events.yaml"), ("events.yaml", "old.ics")])
def test_the_ids_of_both_sides_can_be_selected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "events.yaml").write_text(events(16))
    (tmp_path / "old.ics").write_bytes(feed("a@x.org", "b@x.org").encode())
    for name in ("a", "a@x.org"):
        assert Done("diff", old, new, "--id", name).out.splitlines()[-1].endswith("oved: 1")
    for name in ("b", "b@x.org"):
        lines = Done("diff", old, new, "--id", name).out.splitlines()
        assert lines[0].startswith(("added: b", "removed: b"))
    assert Done("diff", old, new, "--id", "e10").code == 1
    done = Done("diff", old, new, "--id", "c")
    assert (done.code, "there is no `c` in the file" in done.err) == (2, True)


def test_standard_input_is_one_side_only() -> None:
    done = Done("diff", "-", "-", stdin=events(15))
    assert (done.code, done.out) == (2, "")
    assert "standard input can be OLD or NEW, not both" in done.err


def test_a_feed_of_a_revision_and_an_address_are_different(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make_repository(tmp_path, [("Start", {"dist/x.ics": feed("a@x.org")})])
    (tmp_path / "events.yaml").write_text(file_text("id: a, summary: a, start: 2027-01-16"))
    done = Done("diff", "HEAD:dist/x.ics", "events.yaml")
    assert done.out.startswith("moved: a, 15 → 16 January 2027\n"), done.err
    assert Done("diff", "HEAD:dist/x.ics").out == done.out  # it is not there any more
    assert "is not encrypted" in Done("diff", "http://example.org/events.ics").err
