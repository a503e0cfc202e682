"""A new id of an additional feed does not silently start a second feed of the same events."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command import Done

FILE = """\
calendar: {id: example.org, name: The rally}
feeds:
  - {id: stages, name: Stages, categories: [stage]}
  - {id: parties, name: Parties, categories: [party]}
events:
  - {id: a, summary: A, start: 2027-01-02, categories: [stage]}
  - {id: b, summary: B, start: 2027-01-03, categories: [stage]}
  - {id: c, summary: C, start: 2027-01-04, categories: [party]}
"""


@pytest.fixture(autouse=True)
def _exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("events.yaml").write_text(FILE)
    assert Done("export", "--ics").code == 0


def change(old: str, new: str) -> None:
    text = Path("events.yaml").read_text()
    assert old in text
    Path("events.yaml").write_text(text.replace(old, new))


def feeds() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path("dist").glob("*.ics")}


@pytest.mark.parametrize("options", [(), ("--check",), ("--diff",), ("--feed", "all-stages")])
def test_the_feed_of_the_old_id_is_named_with_what_to_do(options: tuple[str, ...]) -> None:
    before = feeds()
    change("id: stages, name: Stages", "id: all-stages, name: All stages")
    done = Done("export", "--ics", *options)
    assert done.code == 2
    assert "`dist/all-stages.ics` would be a new feed beside `dist/stages.ics`" in done.err
    assert "write `id: stages`" in done.err
    assert "add `--new-feed all-stages`" in done.err
    assert feeds() == before


def test_a_feed_without_a_name_of_its_own_is_named_too() -> None:
    change("id: stages, name: Stages", "id: stages")
    assert Done("export", "--ics").code == 0
    change("id: stages", "id: all-stages")
    assert "beside `dist/stages.ics`" in Done("export", "--ics").err


def test_the_feed_goes_on_under_its_new_id_when_its_file_has_it() -> None:
    before = feeds()["stages.ics"]
    change("id: stages", "id: all-stages")
    Path("dist/stages.ics").rename("dist/all-stages.ics")
    assert Done("export", "--ics", "--check").code == 0
    assert feeds()["all-stages.ics"] == before


def test_another_feed_in_its_place_is_made_on_purpose() -> None:
    change("id: stages", "id: all-stages")
    done = Done("export", "--ics", "--new-feed", "all-stages")
    assert done.code == 0
    assert "dist/stages.ics is a feed of this calendar, but not in `feeds`" in done.err
    assert set(feeds()) == {"events.ics", "stages.ics", "all-stages.ics", "parties.ics"}
    assert Done("export", "--ics", "--check").code == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{id: stages, name: Stages, categories: [stage]}", "{id: more, categories: [party]}"),
        ("{id: parties, name: Parties, categories: [party]}", "{id: more, ids: [a, c]}"),
        ("feeds:", "feeds:\n  - {id: more, categories: [stage]}"),
    ],
)
def test_a_feed_of_other_events_or_beside_those_of_the_file_is_new(old: str, new: str) -> None:
    change(old, new)
    assert Done("export", "--ics").code == 0
    assert "more.ics" in feeds()
