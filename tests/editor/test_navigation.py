"""Names lead to where they are defined and used, and an id is renamed in all of its uses."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from support.editing import CALENDAR, Editor, edited, place_of
from timeline import export, loads
from timeline.editor.navigation import (
    CannotRename,
    definitions,
    references,
    renamable,
    rename,
)

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.editor.analysis import Analysis

TEXT = f"""{CALENDAR}categories:
  sport: {{description: Sport, feed: sport-feed}}
feeds:
  - id: rallies
    ids: ["rally"]
    exclude: [other]
    categories: [sport]
  - {{id: parts, parent: rally}}
defaults:
  categories: [sport]
events:
  - id: rally
    summary: Rally
    start: 2026-03-01
    end: 2026-03-04
    categories: [sport]
    events:
      - {{id: stage, summary: Stage, start: rally.start, end: 'rally.end - 1 day'}}
  - id: other
    summary: Other
    start: between rally.start and rally.end
    related-to: [rally, {{id: stage}}]
  - id: series
    summary: Series
    start: 2026-03-01
    rrule: {{freq: daily, until: rally.end}}
    rdate: [rally.end + 3 days]
    exdate: [rally.start + 1 day]
    renamed-from: [former]
  - {{id: rally-2, summary: Not it, start: rally-2x.end}}
"""
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    return Editor(tmp_path)


def shown(analysis: Analysis, spans: list) -> list[tuple[int, str]]:  # type: ignore[type-arg]
    """Return the lines and the texts of spans."""
    return [
        (
            span.line,
            (analysis.document.line(span.file, span.line) or "")[
                span.column - 1 : span.end_column - 1
            ],
        )
        for span in spans
    ]


def line_of(part: str) -> int:
    return TEXT[: TEXT.index(part)].count("\n") + 1


USES = [
    'ids: ["rally"]',
    "parent: rally}",
    "start: rally.start, end",
    "rally.end - 1",
    "between rally",
    "and rally.end",
    "related-to: [rally",
    "until: rally",
    "rdate: [rally",
    "exdate: [rally",
]
"""Where the id `rally` is used, each once in the text."""


@pytest.mark.parametrize("use", USES)
def test_every_use_of_an_id_leads_to_its_event(editor: Editor, use: str) -> None:
    analysis = editor.type(TEXT)
    place = place_of(analysis, use, offset=use.index("rally") + 2)
    assert shown(analysis, definitions(analysis, place)) == [(line_of("id: rally\n"), "rally")]


def test_an_id_has_all_of_its_uses_and_no_other(editor: Editor) -> None:
    analysis = editor.type(TEXT)
    place = place_of(analysis, "- id: rally\n", offset=6)
    spans = references(analysis, place, with_definition=False)
    assert [line for line, _ in shown(analysis, spans)] == sorted(map(line_of, USES))
    assert {text for _, text in shown(analysis, spans)} == {"rally"}
    whole = references(analysis, place, with_definition=True)
    assert len(whole) == len(USES) + 1


@pytest.mark.parametrize(
    ("at", "offset", "definition", "count"),
    [
        ("  sport: {", 3, "  sport: {", 4),
        ("    categories: [sport]\n    events", 18, "  sport: {", 4),
        ("id: rallies", 5, "id: rallies", 1),
        ("feed: sport-feed", 8, "feed: sport-feed", 1),
        ("from: [former]", 8, "from: [former]", 1),
    ],
)
def test_categories_feeds_and_earlier_ids_are_names_too(
    editor: Editor, at: str, offset: int, definition: str, count: int
) -> None:
    analysis = editor.type(TEXT)
    place = place_of(analysis, at, offset=offset)
    assert [line for line, _ in shown(analysis, definitions(analysis, place))] == [
        line_of(definition)
    ]
    spans = references(analysis, place, with_definition=True)
    assert len(spans) == count


@pytest.mark.parametrize("at", ["Not it", "freq", "2026-03-04", "rally-2x.end"])
def test_what_is_no_name_leads_nowhere(editor: Editor, at: str) -> None:
    analysis = editor.type(TEXT)
    assert definitions(analysis, place_of(analysis, at, offset=1)) == []


def test_names_lead_into_included_files_and_items_to_their_files(editor: Editor) -> None:
    inner = "categories: {inner: {description: In}}\nevents: [{id: in, summary: I, start: 2026}]\n"
    a = editor.write("teams/a.yaml", inner)
    b = editor.write("teams/b.yaml", "events: []\n")
    text = f"""{CALENDAR}include: [teams/a.yaml, path: 'teams/b*.yaml', {{path: teams/c.yaml}}]
events: [{{id: x, summary: X, start: in.end, categories: [inner]}}]
"""
    text = text.replace(", path: 'teams/b*.yaml'", ", {path: 'teams/b*.yaml'}")
    analysis = editor.type(text)
    for at, path in (("teams/a", a), ("teams/b", b)):
        (span,) = definitions(analysis, place_of(analysis, at))
        assert (span.file, span.line) == (str(path), 1)
    assert definitions(analysis, place_of(analysis, "teams/c")) == []
    (span,) = definitions(analysis, place_of(analysis, "in.end"))
    assert (span.file, span.line) == (str(a), 2)
    (span,) = definitions(analysis, place_of(analysis, "[inner]", offset=2))
    assert (span.file, span.line, span.column) == (str(a), 1, 14)


def test_an_id_is_renamed_in_all_of_its_uses(editor: Editor) -> None:
    analysis = editor.type(TEXT)
    place = place_of(analysis, "between rally", offset=9)
    assert shown(analysis, [renamable(analysis, place)]) == [(line_of("between"), "rally")]
    text = edited(analysis, rename(analysis, place, "race"))
    assert text == (
        TEXT.replace('"rally"', '"race"')
        .replace("parent: rally", "parent: race")
        .replace("id: rally\n", "id: race\n")
        .replace("rally.", "race.")
        .replace("[rally,", "[race,")
        .replace("[rally.", "[race.")
    )
    assert "renamed-from: [rally" not in text, "it is not published"


def test_a_published_event_keeps_its_uid(editor: Editor) -> None:
    sound = TEXT.replace("rally-2x.end", "rally.end")
    (editor.folder / "dist").mkdir()
    (editor.folder / "dist" / "events.ics").write_bytes(export(loads(sound), "ics", now=NOW))
    analysis = editor.type(sound)
    text = edited(analysis, rename(analysis, place_of(analysis, "- id: rally\n", offset=7), "race"))
    assert "- id: race\n    renamed-from: [rally]\n" in text
    renamed = editor.type(text)
    assert renamed.loaded.is_sound
    before, now = (
        {event.id: event.uid for event in of.calendar.events} for of in (analysis, renamed)
    )
    assert now["race"] == before["rally"]
    again = edited(renamed, rename(renamed, place_of(renamed, "- id: race\n", offset=7), "cup"))
    assert "renamed-from: [race, rally]\n" in again
    with pytest.raises(CannotRename, match="`rally` is an earlier id of this event"):
        rename(renamed, place_of(renamed, "- id: race\n", offset=7), "rally")
    series = edited(renamed, rename(renamed, place_of(renamed, "id: series", offset=5), "s"))
    assert "renamed-from: [series, former]\n" in series


def test_an_event_with_its_own_uid_needs_no_earlier_id(editor: Editor) -> None:
    text = f"{CALENDAR}events:\n- {{id: a, uid: a@example.org, summary: A, start: 2026-01-05}}\n"
    (editor.folder / "dist").mkdir()
    (editor.folder / "dist" / "events.ics").write_bytes(export(loads(text), "ics", now=NOW))
    analysis = editor.type(text)
    edits = rename(analysis, place_of(analysis, "id: a,", offset=4), "b")
    assert edited(analysis, edits) == text.replace("id: a,", "id: b,")


def test_a_rename_reaches_included_files_that_are_not_saved(editor: Editor) -> None:
    editor.write("a.yaml", "events: []\n")
    editor.type(f"{CALENDAR}include: [a.yaml]\nevents: [{{id: x, summary: X, start: 2026}}]\n")
    analysis = editor.type("events: [{id: in, summary: I, start: x.end}]\n", "a.yaml")
    edits = rename(analysis, place_of(analysis, "id: x", offset=4), "y")
    inner = str(editor.folder / "a.yaml")
    assert edited(analysis, edits, inner) == "events: [{id: in, summary: I, start: y.end}]\n"


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("A b", "`A b` is not an id"),
        ("", "`` is not an id"),
        ("x" * 64, "is not an id"),
        ("null", "`null` is not an id"),
        ("other", "there is already an event `other`"),
        ("former", "`former` is an earlier id of `series`"),
    ],
)
def test_a_wrong_id_is_refused(editor: Editor, new: str, message: str) -> None:
    analysis = editor.type(TEXT)
    with pytest.raises(CannotRename) as raised:
        rename(analysis, place_of(analysis, "- id: rally\n", offset=7), new)
    assert message in raised.value.message


@pytest.mark.parametrize(
    "start",
    [
        ">-\n    a.end\n    + 2 days",
        "|-\n    a.end + 2 days",
        "a.end\n    + 2 days",
        '"a.end\n    + 2 days"',
        r'"\x61.end + 2 days"',
        r'"between a.start and\x20a.end"',
    ],
)
def test_an_id_is_not_renamed_where_its_place_is_not_known(editor: Editor, start: str) -> None:
    text = f"{CALENDAR}events:\n- {{id: a, summary: A, start: 2026-01-05}}\n"
    analysis = editor.type(f"{text}- id: b\n  summary: B\n  start: {start}\n")
    assert analysis.known_events["b"]
    with pytest.raises(CannotRename) as raised:
        rename(analysis, place_of(analysis, "id: a,", offset=4), "zz")
    assert "line breaks or escapes" in raised.value.message


def test_nothing_else_is_renamed(editor: Editor) -> None:
    analysis = editor.type(TEXT)
    for at in ("sport: {", "id: rallies", "Not it"):
        place = place_of(analysis, at, offset=4)
        assert renamable(analysis, place) is None
        with pytest.raises(CannotRename):
            rename(analysis, place, "x")
    broken = editor.type(TEXT + "  - [")
    with pytest.raises(CannotRename, match="syntax error"):
        rename(broken, place_of(broken, "- id: rally\n", offset=7), "x")
