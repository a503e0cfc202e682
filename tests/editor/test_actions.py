"""An editor offers what `timeline validate --fix` types, and to bring back what is gone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from support.editing import CALENDAR, Editor, edited
from support.paths import BAD, ROOT
from timeline import export, loads
from timeline.compiler import fix_loaded
from timeline.editor.actions import actions, fix_all

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.editor.analysis import Analysis

FOUNDING = (ROOT / "events.yaml").read_text(encoding="utf-8")
NOW = datetime(2025, 1, 1, tzinfo=UTC)
PUBLISHED = f"""{CALENDAR}events:
  - id: start-of-season
    summary: "Start: of the season"
    start: 2026-03-01
    end: 2026-03-04
  - id: other
    summary: Other
    start: start-of-season.end + 1 day
"""


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    return Editor(tmp_path)


def publish(editor: Editor, text: str) -> None:
    """Write the feed of a text where `timeline export` writes it."""
    (editor.folder / "dist").mkdir()
    feed = export(loads(text), "ics", now=NOW)
    (editor.folder / "dist" / "events.ics").write_bytes(feed)


def offered(analysis: Analysis, line: int) -> dict[str, str]:
    """Return the titles in a line, and the text of the file after each."""
    return {
        action.title: edited(analysis, list(action.edits))
        for action in actions(analysis, analysis.root, line, line)
    }


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_fix_of_a_date_is_offered_in_its_line(editor: Editor) -> None:
    text = FOUNDING.replace("start: 2025-01-03", "start: 3 January 2025")
    analysis = editor.type(text)
    line = line_of(text, "3 January 2025")
    assert offered(analysis, line) == {"Write `2025-01-03`": FOUNDING}
    assert offered(analysis, line - 1) == {}


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml"))[::9], ids=lambda path: path.stem)
def test_fix_all_types_what_the_command_does(editor: Editor, path: Path) -> None:
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError:
        pytest.skip("an editor has characters, and no bytes")
    analysis = editor.type(text)
    fixed = fix_loaded(analysis.loaded).after.get(analysis.root)
    action = fix_all(analysis)
    assert (edited(analysis, list(action.edits)).encode() if action else None) == fixed


def test_a_sound_file_has_nothing_to_fix(editor: Editor) -> None:
    analysis = editor.type(FOUNDING)
    assert fix_all(analysis) is None
    assert list(actions(analysis, analysis.root, 1, 999)) == []


def test_a_new_event_can_continue_one_that_is_gone(editor: Editor) -> None:
    publish(editor, PUBLISHED)
    text = PUBLISHED.replace("start-of-season", "season")
    titles = offered(editor.type(text), line_of(text, "id: season"))
    title = "Add `renamed-from: [start-of-season]`: it is the published event `start-of-season`"
    assert titles[title] == text.replace(
        "- id: season\n", "- id: season\n    renamed-from: [start-of-season]\n"
    )
    assert offered(editor.type(titles[title]), line_of(text, "id: season")) == {}


def test_an_event_that_is_gone_can_be_cancelled(editor: Editor) -> None:
    publish(editor, PUBLISHED)
    text = (
        PUBLISHED[: PUBLISHED.index("  - id: start")] + PUBLISHED[PUBLISHED.index("  - id: oth") :]
    )
    analysis = editor.type(text)
    title = "Cancel the published event `start-of-season`, which is no longer in the file"
    expected = text.removesuffix("\n") + (
        '\n  - id: start-of-season\n    summary: "Start: of the season"\n'
        "    start: 2026-03-01\n    end: 2026-03-04\n    status: cancelled\n"
    )
    for part in ("events:", "start-of-season.end"):
        assert offered(analysis, line_of(text, part))[title] == expected
    assert editor.type(expected).located == []
    assert offered(analysis, line_of(text, "summary: Other")) == {}


CANCELLED = """\
- id: start-of-season
    summary: "Start: of the season"
    start: 2026-03-01
    end: 2026-03-04
    status: cancelled
"""


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (" []\n", f"\n  {CANCELLED}"),
        (" [] # none\n", f"\n  {CANCELLED.removesuffix(chr(10))} # none\n"),
        (
            "\n  - {id: a, summary: A, start: 2026-01-01}\n",
            f"\n  - {{id: a, summary: A, start: 2026-01-01}}\n  {CANCELLED}",
        ),
        (
            "\n- {id: a, summary: A,\n   start: 2026-01-01} # A\n",
            "\n- {id: a, summary: A,\n   start: 2026-01-01} # A\n"
            + CANCELLED.replace("\n    ", "\n  "),
        ),
        (
            "\n  -   id: a\n      summary: A\n      start: 2026-01-01\n",
            f"\n  -   id: a\n      summary: A\n      start: 2026-01-01\n  {CANCELLED}",
        ),
        (" [{id: a, summary: A, start: 2026-01-01}]\n", None),
    ],
)
def test_an_event_is_cancelled_as_the_list_is_written(
    editor: Editor, events: str, expected: str | None
) -> None:
    publish(editor, PUBLISHED)
    title = "Cancel the published event `start-of-season`, which is no longer in the file"
    text = f"{CALENDAR}events:{events}"
    new = offered(editor.type(text), line_of(text, "events:")).get(title)
    assert new == (None if expected is None else f"{CALENDAR}events:{expected}")
    if new is not None:
        assert editor.type(new).located == []


def test_no_event_is_added_to_a_file_in_brackets(editor: Editor) -> None:
    publish(editor, PUBLISHED)
    text = f"{{{CALENDAR.strip()}, events: []}}\n"
    assert offered(editor.type(text), 1) == {}


@pytest.mark.parametrize(
    ("rule", "is_offered"),
    [
        ("start: 2026-03-02\n    rrule: {freq: weekly, count: 4}", True),
        (
            (
                "start: 2026-03-02T18:00\n    timezone: Asia/Riyadh\n"
                "    rrule: {freq: weekly, until: 2026-06-01T18:00}"
            ),
            True,
        ),
        ("start: 2026-03-02\n    rrule: {freq: weekly}\n    exdate: [2026-03-09]", False),
    ],
)
def test_a_series_is_cancelled_with_its_rule(editor: Editor, rule: str, is_offered: bool) -> None:
    series = f"  - id: training\n    summary: Training\n    {rule}\n"
    publish(editor, PUBLISHED + series)
    before = editor.type(PUBLISHED + series).events
    text = PUBLISHED
    titles = offered(editor.type(text), line_of(text, "events:"))
    title = "Cancel the published event `training`, which is no longer in the file"
    assert (title in titles) is is_offered
    if is_offered:
        analysis = editor.type(titles[title])
        assert analysis.located == []
        (old,) = (event for event in before.values() if event.id == "training")
        (new,) = (event for event in analysis.events.values() if event.id == "training")
        assert new.when == old.when
        assert new.recurrence.rule_end == old.recurrence.rule_end
        assert new.recurrence.rule.value(new.recurrence.start) == old.recurrence.rule.value(
            old.recurrence.start
        )
        assert new.status == "cancelled"


def test_what_is_not_published_is_not_gone(editor: Editor) -> None:
    text = PUBLISHED.replace("start-of-season", "season")
    assert offered(editor.type(text), line_of(text, "id: season")) == {}


@pytest.mark.parametrize("damage", ["BEGIN", "", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "\0"])
def test_a_feed_that_cannot_be_read_is_not_asked(editor: Editor, damage: str) -> None:
    editor.write("dist/events.ics", damage)
    text = PUBLISHED.replace("start-of-season", "season")
    assert offered(editor.type(text), line_of(text, "id: season")) == {}


def test_a_feed_outside_of_the_folders_is_not_read(editor: Editor, tmp_path: Path) -> None:
    publish(editor, PUBLISHED)
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    (tmp_path / "dist").rename(outside)
    (tmp_path / "dist").symlink_to(outside)
    text = PUBLISHED.replace("start-of-season", "season")
    assert offered(editor.type(text), line_of(text, "id: season")) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- {id: season, ", "- {id: season, renamed-from: [start-of-season], "),
        ("- id: season # its id\n    ", None),
        ("- id: season\n    renamed-from: [a]\n    ", "[start-of-season, a]"),
        ("- id: season\n    renamed-from:\n      - a\n    ", "- start-of-season\n      - a\n"),
        ("- id: season\n    renamed-from: x\n    ", ""),
    ],
)
def test_an_earlier_id_is_added_as_the_file_is_written(
    editor: Editor, before: str, after: str | None
) -> None:
    publish(editor, PUBLISHED)
    end = "}" if "{" in before else ""
    separator = ", " if end else "\n    "
    text = f"{CALENDAR}events:\n  {before}summary: S{separator}start: 2026-03-01{end}\n"
    texts = [
        text
        for title, text in offered(editor.type(text), line_of(text, "id: season")).items()
        if "renamed-from: [start" in title
    ]
    if after == "":
        assert texts == []
        return
    after = after or "- id: season # its id\n    renamed-from: [start-of-season]\n"
    assert after in texts[0]
    ids = editor.type(texts[0]).document.data["events"][0]["renamed-from"]
    assert ids[0] == "start-of-season"


def test_line_ends_of_windows_are_kept(editor: Editor) -> None:
    publish(editor, PUBLISHED)
    text = PUBLISHED.replace("start-of-season", "season").replace("\n", "\r\n")
    for result in offered(editor.type(text), line_of(text, "id: season")).values():
        assert result.count("\n") == result.count("\r\n")
