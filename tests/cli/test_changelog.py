"""``timeline changelog`` and ``timeline diff`` read revisions of git, in real repositories."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from support.command import Done
from support.loading import file_text
from support.repositories import Commit, git, make_repository
from timeline.compiler import load_version
from timeline.history import read_changelog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from timeline.compiler import Loaded
    from timeline.history.tree import CommitTree

HEAD = 'calendar: {id: x.org, name: X, timezone: Europe/Berlin}\ninclude: ["more/*.yaml"]\n'


def main(day: int, *, title: str = "A | <b> ]]>") -> str:
    return f'{HEAD}events:\n  - {{id: a, summary: "{title}", start: 2027-01-{day}}}\n'


def included(days: int) -> str:
    return f"events:\n  - {{id: b, summary: B, start: a.start + {days} days}}\n"


COMMITS = [
    (
        "Start",
        {
            "sub/events.yaml": main(15),
            "sub/more/b.yaml": included(2),
            "sub/link.yaml": "->events.yaml",
        },
    ),
    ("Wind | <x> ]]> \x1b[31m\u202e", {"sub/events.yaml": main(16)}),
    ("Only a comment", {"sub/events.yaml": main(16) + "# nothing\n"}),
    ("B has more time", {"sub/more/b.yaml": included(3)}),
    ("Broken", {"sub/events.yaml": main(99)}),
    ("Absent", {"sub/events.yaml": None}),
    ("Back", {"sub/events.yaml": main(18)}),
    ("Another name", {"sub/events.yaml": None, "sub/plan.yaml": main(18)}),
    ("Later", {"sub/plan.yaml": main(19)}),
    ("Another file", {"README.md": "text\n"}),
    ("C", {"sub/more/c.yaml": "events:\n  - {id: c, summary: C, start: 2028}\n"}),
]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository")
    make_repository(folder, COMMITS)
    git(folder, "checkout", "--quiet", "main")
    return folder


@pytest.fixture
def inside(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(repository)
    return repository


@pytest.mark.usefixtures("inside")
def test_each_commit_has_its_changes_and_its_reason() -> None:
    done = Done("changelog", "sub/plan.yaml")
    title = "A &#124; &lt;b&gt; &#93;&#93;&gt;"
    assert done.out.splitlines() == [
        "## 11 January 2027",
        "",
        "-   added: C, 2028 — C",
        "",
        "## 9 January 2027",
        "",
        f"-   moved: {title}, 18 → 19 January 2027 — Later",
        f"    -   B: 21 → 22 January 2027, follows the start of {title}",
        "",
        "## 7 January 2027",
        "",
        f"-   moved: {title}, 16 → 18 January 2027 — Back",
        f"    -   B: 19 → 21 January 2027, follows the start of {title}",
        "",
        "## 4 January 2027",
        "",
        "-   moved: B, 18 → 19 January 2027 — B has more time",
        "",
        "## 2 January 2027",
        "",
        (
            f"-   moved: {title}, 15 → 16 January 2027 — "
            "Wind &#124; &lt;x&gt; &#93;&#93;&gt; ␛&#91;31m\ufffd"
        ),
        f"    -   B: 17 → 18 January 2027, follows the start of {title}",
    ]
    assert done.code == 0
    absent, broken = done.err.splitlines()
    assert " of 2027-01-06: cannot read `sub/events.yaml`" in absent
    assert " of 2027-01-05: `sub/events.yaml` has errors: `2027-01-99`" in broken


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize(
    ("since", "days"),
    [("2027-01-09", ["11", "9"]), ("2027-01-10", ["11"]), ("HEAD~2", ["11"]), ("HEAD", [])],
)
def test_since_is_a_day_or_a_revision(since: str, days: list[str]) -> None:
    done = Done("changelog", "sub/plan.yaml", "--since", since)
    headings = [line for line in done.out.splitlines() if line.startswith("##")]
    assert headings == [f"## {day} January 2027" for day in days]


@pytest.mark.usefixtures("inside")
def test_json_has_the_commit() -> None:
    done = Done("changelog", "sub/plan.yaml", "--output-format", "json", "--since", "HEAD~1")
    (entry,) = json.loads(done.out)
    assert (entry["date"], entry["reason"], entry["counts"]) == ("2027-01-11", "C", {"added": 1})
    assert len(entry["commit"]) == 40


def test_revisions_are_compared_with_their_includes(
    inside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Done("diff", "HEAD~10:sub/events.yaml", "HEAD~9:sub/events.yaml")
    assert done.code == 1
    assert done.out.splitlines()[1] == "  B: 17 → 18 January 2027, follows the start of A | <b> ]]>"
    assert Done("diff", "HEAD~9:sub/events.yaml", "HEAD~8:sub/events.yaml").code == 0
    monkeypatch.chdir(inside / "sub")
    assert Done("diff", "HEAD:./plan.yaml", "plan.yaml").code == 0
    assert Done("diff", "HEAD:sub/plan.yaml", "plan.yaml").code == 0


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize(
    ("old", "message"),
    [
        ("nothing:sub/plan.yaml", "there is no revision `nothing`"),
        ("HEAD:absent.yaml", "`HEAD` has no file `absent.yaml`"),
        ("HEAD:plan.yaml", "`HEAD` has no file `plan.yaml`"),
        ("HEAD:../x.yaml", "is outside of"),
        ("HEAD:sub/link.yaml", "is a symbolic link, which is not followed in a revision"),
        ("HEAD~6:sub/events.yaml", "`HEAD~6:sub/events.yaml` has errors"),
        ("-x:plan.yaml", "is not a revision: it begins with `-`"),
        (":sub/plan.yaml", "there is no revision ``"),
    ],
)
def test_what_is_not_in_the_history_ends_with_2(old: str, message: str) -> None:
    done = Done("diff", "--", old, "sub/plan.yaml")
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_an_existing_file_is_that_file(inside: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no such names")
    (inside / "HEAD:plan.yaml").write_text(file_text("id: z, summary: Z, start: 2027"))
    try:
        assert "added: Z, 2027" in Done("diff", "sub/plan.yaml", "HEAD:plan.yaml").out
    finally:
        (inside / "HEAD:plan.yaml").unlink()


def test_a_shallow_clone_is_named(inside: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{inside}", "clone")
    done = Done("changelog", str(tmp_path / "clone" / "sub" / "plan.yaml"))
    assert done.code == 2
    assert "fetch-depth: 0" in done.err


def test_without_a_repository_or_git_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "events.yaml").write_text(file_text("id: z, summary: Z, start: 2027"))
    for arguments in (["changelog"], ["diff"]):
        done = Done(*arguments)
        assert done.code == 2
        assert "is in no git repository" in done.err
    monkeypatch.setenv("PATH", str(tmp_path))
    done = Done("diff")
    assert done.code == 2
    assert "git was not found" in done.err


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("more/b.yaml", None),
        ("b.yaml", None),
        ('"*.yaml"', None),
        ("../b.yaml", "`../b.yaml` is outside the folder of `events.yaml`"),
        (".github/b.yaml", "`.github/b.yaml` leads to a name that begins with `.`"),
    ],
)
def test_a_file_in_the_root_has_includes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, item: str, message: str | None
) -> None:
    def events(day: int) -> str:
        return main(day, title="A").replace('"more/*.yaml"', item)

    parts = {f"{folder}b.yaml": included(2) for folder in ("", "more/", ".github/")}
    make_repository(
        tmp_path,
        [("Start", {"events.yaml": events(15), "sub/x.txt": "", **parts}), *_moves(events)],
    )
    git(tmp_path, "checkout", "--quiet", "main")
    lines = [f"moved: A, {days} January 2027" for days in ("15 → 16", "16 → 17")]
    for folder in (tmp_path, tmp_path / "sub"):
        monkeypatch.chdir(folder)
        done = Done("diff", "HEAD~1:events.yaml", "HEAD:events.yaml")
        if message:
            assert (done.code, done.out) == (2, "")
            assert message in done.err
            continue
        assert done.out.startswith(f"{lines[1]}\n  B: 18 → 19 January 2027"), done.err
        (tmp_path / "events.yaml").write_text(events(19))
        assert Done("diff").out.startswith("moved: A, 17 → 19 January 2027\n  B: 19 → 21")
        (tmp_path / "events.yaml").write_text(events(17))
        assert Done("diff").code == 0
        done = Done("changelog")
        assert "skipped" not in done.err
        assert [line.partition(" — ")[0] for line in done.out.splitlines() if "—" in line] == [
            f"-   {line}" for line in reversed(lines)
        ]


def _moves(events: Callable[[int], str]) -> list[Commit]:
    return [(f"To {day}", {"events.yaml": events(day)}) for day in (16, 17)]


def test_a_version_as_before_is_not_read_again(
    inside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []

    def load(path: str, tree: CommitTree) -> Loaded:
        read.append(path)
        return load_version(path, tree)

    monkeypatch.setattr("timeline.history.changelog.load_version", load)
    read_changelog(str(inside / "sub" / "plan.yaml"))
    # Not "Another file", and "Absent" is read in vain.
    assert len(read) == len(COMMITS) - 1


@pytest.mark.parametrize("folder", ["", "cal/"])
def test_since_a_revision_beside_the_line_of_first_parents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    path = f"{folder}events.yaml"

    def events(day: int, other: str) -> str:
        return file_text(
            f"id: one, summary: One, start: 2027-01-{day}", f"id: two, summary: Two, start: {other}"
        )

    make_repository(
        tmp_path,
        [("Start", {path: events(10, "2027")}), ("Main: early", {path: events(11, "2027")})],
    )
    stream = "".join(
        f"commit refs/heads/{branch}\nmark :{mark}\ncommitter A <a@x.org> {moment} +0000\n"
        f"data {len(subject)}\n{subject}\n{parents}M 100644 inline {path}\n"
        f"data {len(text)}\n{text}\n"
        for branch, mark, moment, subject, parents, text in (
            ("side", 1, 1798934400, "Side", "from refs/heads/main^0\n", events(11, "2027-05")),
            ("main", 2, 1799020800, "Main: move", "from refs/heads/main^0\n", events(12, "2027")),
            ("main", 3, 1799107200, "Merge", "merge :1\n", events(12, "2027-05")),
            # Its clock was wrong: it is before the day of its parents.
            ("main", 4, 1798848000, "Clock", "", events(13, "2027-05")),
            ("main", 5, 1799193600, "Last", "", events(14, "2027-05")),
        )
    )
    git(tmp_path, "fast-import", "--quiet", stdin=stream.encode())
    git(tmp_path, "checkout", "--quiet", "main")
    monkeypatch.chdir(tmp_path / folder)

    def changes(since: str) -> list[str]:
        done = Done("changelog", "--since", since)
        assert done.code == 0
        return [line.removeprefix("-   ") for line in done.out.splitlines() if "—" in line]

    last = "moved: One, 13 → 14 January 2027 — Last"
    clock = "moved: One, 12 → 13 January 2027 — Clock"
    merge = "narrowed: Two, 2027 → May 2027 — Merge"
    move = "moved: One, 11 → 12 January 2027 — Main: move"
    assert changes("side") == [last, clock, merge, move]
    assert changes("main~3") == [last, clock, merge]
    assert changes("main~2") == [last, clock]
    assert changes("2027-01-04") == [last, merge, move]


@pytest.mark.usefixtures("inside")
def test_since_a_version_that_cannot_be_read() -> None:
    done = Done("changelog", "sub/plan.yaml", "--since", "HEAD~5")  # without the file
    assert done.out.splitlines()[-2].endswith(", 16 → 18 January 2027 — Back")
    assert "skipped" not in done.err


def test_a_merge_is_one_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    include = HEAD[HEAD.index("include") :]
    first, second = main(15).replace(include, ""), main(17).replace(include, "")
    make_repository(tmp_path, [("Start", {"events.yaml": first})])
    stream = (
        "commit refs/heads/side\ncommitter A <a@x.org> 1798848000 +0000\ndata 4\nSide\n"
        f"from refs/heads/main\nM 100644 inline events.yaml\ndata {len(second)}\n{second}\n"
        "commit refs/heads/main\ncommitter A <a@x.org> 1798934400 +0000\ndata 5\nMerge\n"
        "from refs/heads/main^0\nmerge refs/heads/side\n"
        f"M 100644 inline events.yaml\ndata {len(second)}\n{second}\n"
    )
    git(tmp_path, "fast-import", "--quiet", stdin=stream.encode())
    git(tmp_path, "checkout", "--quiet", "main")
    monkeypatch.chdir(tmp_path)
    assert [line for line in Done("changelog").out.splitlines() if "—" in line] == [
        "-   moved: A &#124; &lt;b&gt; &#93;&#93;&gt;, 15 → 17 January 2027 — Merge"
    ]
