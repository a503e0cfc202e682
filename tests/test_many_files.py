"""A league of forty teams, each with a file and a feed: what it takes, and what it costs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from support.command import Done
from support.costs import assert_linear
from support.limited import LimitedCommand
from support.paths import ROOT
from timeline.compiler.pipeline import load_file

sys.path.insert(0, str(ROOT))
from benchmarks.league import EVENTS, ROOT_FILE, TEAMS, write_league

sys.path.pop(0)

ALL = TEAMS * EVENTS + 1


@pytest.fixture(scope="module")
def league(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("league")
    write_league(folder)
    return folder


@pytest.fixture
def _in_league(league: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(league)


def test_the_main_file_of_forty_teams_has_less_than_thirty_lines() -> None:
    assert len(ROOT_FILE.splitlines()) < 30
    assert TEAMS * EVENTS == 3000


@pytest.mark.usefixtures("_in_league")
def test_each_team_has_a_feed_of_its_events() -> None:
    assert Done("export", "--ics", "--output-dir", "out").code == 0
    feeds = {path.name: path.read_bytes() for path in Path("out").glob("*.ics")}
    assert len(feeds) == TEAMS + 1
    assert feeds.pop("events.ics").count(b"BEGIN:VEVENT") == ALL
    for name, feed in feeds.items():
        team = name.removesuffix(".ics")
        assert feed.count(b"BEGIN:VEVENT") == EVENTS
        assert feed.count(f"CATEGORIES:{team}\r\n".encode()) == EVENTS
        assert f"NAME:The league: {team}\r\n".encode() in feed
    assert Done("export", "--ics", "--output-dir", "out", "--check").code == 0


@pytest.mark.usefixtures("_in_league")
def test_a_change_of_one_team_changes_its_feed_and_that_of_all() -> None:
    assert Done("export", "--ics", "--output-dir", "two").code == 0
    team = Path("teams/team-07.yaml")
    text = team.read_text(encoding="utf-8")
    try:
        team.write_text(text.replace("Event 525", "Final 525", 1), encoding="utf-8")
        done = Done("export", "--ics", "--output-dir", "two")
    finally:
        team.write_text(text, encoding="utf-8")
    wrote = [line for line in done.err.splitlines() if line.startswith("wrote")]
    assert wrote == ["wrote two/events.ics", "wrote two/team-07.ics"]


# `timeline --help` takes 0.1 seconds of a fast processor, so these are 10 and 30 times as long on
# one, and nobody's processor is so slow that it takes longer for another reason.


@pytest.mark.usefixtures("_in_league")
@pytest.mark.parametrize(
    "arguments", [("validate",), ("validate", "teams/team-07.yaml"), ("validate", ".")]
)
def test_validating_3000_events_in_40_files_takes_few_seconds(arguments: tuple[str, ...]) -> None:
    done = LimitedCommand(*arguments, seconds=4)
    assert (done.code, done.out) == (0, "")
    assert f"events.yaml: {ALL:,} events".replace(",", "") in done.err


@pytest.mark.usefixtures("_in_league")
def test_exporting_41_feeds_takes_few_seconds() -> None:
    assert LimitedCommand("export", "--ics", "--output-dir", "three", seconds=10).code == 0


def test_twice_as_many_teams_cost_twice_as_much(tmp_path: Path) -> None:
    def load(teams: int) -> None:
        folder = tmp_path / str(teams)
        assert load_file(str(folder / "events.yaml")).is_sound

    for teams in (2, 20, 40):
        write_league(tmp_path / str(teams), teams, events=5)
    assert_linear(load, 20)
