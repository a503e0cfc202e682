"""Symbolic links that a stranger committed: no command reads or writes what they lead to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.command import Done
from support.limited import LimitedCommand

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")

EVENTS = """\
calendar: {id: cup.example.org, name: Cup, timezone: Europe/London}
events:
  - {id: a, summary: "$(touch hacked)", start: 2025-01-03}
"""
MARKERS = "<!-- timeline:start{} -->\n<!-- timeline:end -->\n"
MINE = "alias ls='ls -l'\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder with a repository, in which the commands run."""
    tmp_path = tmp_path.resolve()
    (tmp_path / "repo" / ".git" / "hooks").mkdir(parents=True)
    (tmp_path / "repo" / "dist").mkdir()
    monkeypatch.chdir(tmp_path / "repo")
    Path("events.yaml").write_text(EVENTS)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def refuses(home: Path, *arguments: str, said: str) -> None:
    before = contents(home)
    done = Done(*arguments)
    assert done.code == 2, done.err
    assert said in done.err
    assert "help: " in done.err
    assert contents(home) == before


# --- what a link of an output leads to -----------------------------------------------------------


@pytest.mark.parametrize("suffix", ["ics", "csv", "md", "svg"])
@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("../.bashrc", "outside of"),
        ("../notes.{}", "outside of"),
        (".git/hooks/post-commit", "where a name begins with `.`"),
        (".git/config.{}", "where a name begins with `.`"),
        (".envrc", "where a name begins with `.`"),
        ("venv/lib/site-packages/x.pth", "expected a name that ends in"),
        ("setup.py", "expected a name that ends in"),
        ("Makefile", "expected a name that ends in"),
        ("docs", "expected a name that ends in"),
        ("nothing.{}", "which does not exist"),
    ],
)
@pytest.mark.parametrize("options", [[], ["--check"], ["--diff"]], ids=str)
def test_a_link_of_an_output_leads_nowhere_else(
    home: Path, suffix: str, target: str, said: str, options: list[str]
) -> None:
    path = Path(target.format(suffix))
    if target == "docs":
        path.mkdir()
    elif "nothing" not in target:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(MINE)
    Path("dist", f"events.{suffix}").symlink_to(Path("..", path))
    refuses(home, "export", f"--{suffix}", *options, said=said)


def test_every_link_of_a_chain_counts(home: Path) -> None:
    (home / "mine.md").write_text(MINE)
    Path("dist/events.md").symlink_to("../one")
    Path("one").symlink_to("docs/two")
    Path("docs").symlink_to("three")
    Path("three").mkdir()
    Path("three/two").symlink_to(home / "mine.md")
    refuses(home, "export", "--md", said=f"leads to `{home}/mine.md`, outside of `{home}/repo`")
    Path("three/two").unlink()
    Path("three/two").symlink_to("two")
    refuses(home, "export", "--md", said="is circular")


def test_a_link_may_lead_to_an_output_in_the_repository() -> None:
    Path("site").mkdir()
    Path("site/EVENTS.MD").touch()
    Path("dist/events.md").symlink_to("../site/EVENTS.MD")
    assert Done("export", "--md").code == 0
    assert Path("dist/events.md").is_symlink()
    assert "hacked" in Path("site/EVENTS.MD").read_text()


def test_a_link_from_one_output_to_another_is_refused(home: Path) -> None:
    Path("dist/events.csv").symlink_to("events.md")
    Path("dist/events.md").touch()
    refuses(home, "export", "--csv", "--md", said="expected a name that ends in `.csv`")
    Path("dist/events.csv").unlink()
    Path("dist/copy.md").symlink_to("events.md")
    assert Done("export", "--md", "--name", "copy").code == 0


def test_where_the_link_of_a_feed_leads_is_not_read(home: Path) -> None:
    """Titles of the published feed are printed when they are removed."""
    private = EVENTS.replace("id: a", "id: doctor").replace("$(touch hacked)", "Doctor")
    (home / "private.yaml").write_text(private)
    assert Done("export", str(home / "private.yaml"), "--output-dir", str(home)).code == 0
    Path("dist/events.ics").symlink_to(home / "private.ics")
    for options in (["--ics"], ["--ics", "--stdout"], ["--ics", "--allow-removal"]):
        refuses(home, "export", *options, said="outside of")
    refuses(home, "export", "--ics", "--previous", "dist/events.ics", said="outside of")
    done = Done("export", "--ics", "--name", "other")
    assert (done.code, "events.ics" in done.err) == (0, False)


def test_an_additional_feed_obeys_the_rule(home: Path) -> None:
    Path("events.yaml").write_text(EVENTS + "feeds: [{id: team, name: Team, ids: [a]}]\n")
    (home / "mine.ics").touch()
    Path("dist/team.ics").symlink_to(home / "mine.ics")
    refuses(home, "export", said="`dist/team.ics` leads to")


# --- folders --------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [[], ["--output-dir", "dist"]], ids=str)
def test_an_output_folder_that_is_a_link_stays_in_the_repository(
    home: Path, options: list[str]
) -> None:
    (home / "www").mkdir()
    Path("dist").rmdir()
    Path("dist").symlink_to("../www")
    help_ = f"name that folder: --output-dir {home / 'www'}"
    refuses(home, "export", *options, said=help_)
    Path("dist").unlink()
    Path("dist").symlink_to(".git/hooks")
    refuses(home, "export", *options, said="where a name begins with `.`")
    Path("dist").unlink()
    Path("dist").symlink_to("nothing")
    refuses(home, "export", *options, said="which does not exist")
    Path("dist").unlink()
    Path("dist").symlink_to("docs/site")
    Path("docs/site").mkdir(parents=True)
    assert Done("export", *options).code == 0
    assert len([*Path("docs/site").iterdir()]) == 3


def test_a_folder_outside_that_is_named_may_be_a_link(home: Path) -> None:
    (home / "srv" / ".cal").mkdir(parents=True)
    (home / "www").symlink_to("srv/.cal")
    for folder in (str(home / "www"), "../www", str(home / "www" / "new" / "deep")):
        assert Done("export", "--md", "--output-dir", folder).code == 0
    assert {*contents(home / "srv")} == {".cal/events.md", ".cal/new/deep/events.md"}
    (home / "www" / "events.csv").symlink_to(home / "mine.csv")
    (home / "mine.csv").touch()
    refuses(home, "export", "--csv", "--output-dir", "../www", said=f"outside of `{home}/srv/.cal`")


def test_a_folder_outside_that_a_link_of_the_repository_reaches_is_refused(home: Path) -> None:
    (home / "elsewhere").mkdir()
    Path("dist").rmdir()
    Path("dist").symlink_to(home / "elsewhere")
    (home / "www").symlink_to("repo/dist")
    (home / "alias").symlink_to("repo")
    for folder in (home / "www", home / "alias" / "dist", "../repo/dist"):
        refuses(home, "export", "--output-dir", str(folder), said="outside of")


def test_without_a_repository_the_root_is_the_folder_of_the_events_file(home: Path) -> None:
    Path(".git/hooks").rmdir()
    Path(".git").rmdir()
    Path("plans").mkdir()
    Path("events.yaml").rename("plans/events.yaml")
    assert Done("export", "plans/events.yaml").code == 0
    assert len([*Path("plans/dist").iterdir()]) == 3
    Path("dist").rmdir()
    Path("plans/dist").rename("dist")
    Path("plans/dist").symlink_to("../dist")
    for options in ((), ("--output-dir", "plans/dist")):
        refuses(home, "export", "plans/events.yaml", *options, said="outside of")
    assert Done("export", "plans/events.yaml", "--output-dir", "dist").code == 0


def test_a_worktree_has_a_file_named_git(home: Path) -> None:
    Path("tree").mkdir()
    Path("tree/.git").write_text("gitdir: ../.git\n")
    Path("events.yaml").rename("tree/events.yaml")
    Path("tree/dist").symlink_to("../dist")
    refuses(home, "export", "tree/events.yaml", "--output-dir", "tree/dist", said="outside of")


def test_standard_input_is_in_the_current_folder(home: Path) -> None:
    (home / "mine.md").touch()
    Path("dist/x.md").symlink_to(home / "mine.md")
    before = contents(home)
    assert Done("export", "-", "--md", "--name", "x", stdin=EVENTS).code == 2
    assert contents(home) == before


def test_an_events_file_may_itself_be_in_a_hidden_folder(home: Path) -> None:
    Path(".plans").mkdir()
    Path("events.yaml").rename(".plans/events.yaml")
    assert Done("export", ".plans/events.yaml", "--md", "--output-dir", ".plans/dist").code == 0
    Path(".plans/.x").mkdir()
    for folder in (".plans/.x", ".git/hooks", ".site"):
        arguments = ("export", ".plans/events.yaml", "--md", "--output-dir", folder)
        refuses(home, *arguments, said="where a name begins with `.`")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs root, to mount")
def test_a_folder_that_is_mounted_is_not_a_link(home: Path) -> None:
    (home / "www").mkdir()
    mounted = subprocess.run(
        ["mount", "--bind", str(home / "www"), "dist"], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("needs permission to mount")
    try:
        assert Done("export", "--md").code == 0
        assert {*contents(home / "www")} == {"events.md"}
    finally:
        subprocess.run(["umount", "dist"], check=True)


# --- inputs ---------------------------------------------------------------------------------------


def test_an_output_never_replaces_an_input(home: Path) -> None:
    Path("plan.md").write_text(EVENTS + "include: [part.md]\n")
    Path("part.md").write_text("events: [{id: b, summary: B, start: 2025}]\n")
    Path("link.md").symlink_to("plan.md")
    Path("dist/plan.md").hardlink_to("plan.md")
    here = ("--md", "--output-dir", ".")
    for arguments in (
        ("plan.md", *here),
        ("link.md", *here),
        ("plan.md", *here, "--name", "link"),
        ("plan.md", *here, "--name", "part"),
        ("plan.md", "--md"),
        ("link.md", "--md", "--name", "plan"),
        ("plan.md", *here, "--check"),
    ):
        refuses(home, "export", *arguments, said="is the events file itself or a file that it")


@pytest.mark.parametrize("command", ["validate", "export", "show"])
def test_an_events_file_that_is_a_link_stays_in_the_repository(home: Path, command: str) -> None:
    (home / "secret").write_text("password: x\n")
    Path("events.yaml").unlink()
    Path("events.yaml").symlink_to("../secret")
    refuses(home, command, said=f"leads to `{home}/secret`, outside of")
    assert "password" not in Done(command).err
    Path("events.yaml").unlink()
    Path(".git/config").write_text("token\n")
    Path("events.yaml").symlink_to(".git/config")
    refuses(home, command, said="where a name begins with `.`")
    Path("events.yaml").unlink()
    Path("events.yaml").symlink_to("plans.txt")
    Path("plans.txt").write_text(EVENTS)
    assert Done(command).code == 0


def test_a_link_of_the_user_to_an_events_file_is_followed(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "notes").mkdir()
    (home / "notes" / "mine.yaml").write_text(EVENTS)
    (home / "plans").mkdir()
    (home / "plans" / "events.yaml").symlink_to("../notes/mine.yaml")
    for command in ("validate", "show"):
        assert Done(command, "../plans/events.yaml").code == 0
    monkeypatch.chdir(home / "plans")
    assert Done("export").code == 0
    assert len([*(home / "plans" / "dist").iterdir()]) == 3


def test_streams_may_be_named_as_files() -> None:
    timeline = f"{sys.executable} -m timeline"
    for line in (
        f"{timeline} validate /dev/stdin <events.yaml",
        f"cat events.yaml | {timeline} validate /dev/stdin",
        f"{timeline} validate <(cat events.yaml)",
        f"{timeline} export --ics && {timeline} export --ics --previous <(cat dist/events.ics)",
    ):
        done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("kind", ["folder", "circle", "missing"])
def test_init_is_suggested_only_where_there_is_no_file(kind: str) -> None:
    Path("events.yaml").unlink()
    if kind == "folder":
        Path("events.yaml").mkdir()
    elif kind == "circle":
        Path("events.yaml").symlink_to("events.yaml")
    done = Done("export")
    assert done.code == 2
    assert ("init" in done.err) == (kind == "missing")


def test_a_file_is_fixed_only_in_the_repository(home: Path) -> None:
    (home / "mine.yaml").write_text(EVENTS.replace("2025-01-03", "3 January 2025"))
    Path("events.yaml").unlink()
    Path("events.yaml").symlink_to("../mine.yaml")
    refuses(home, "validate", "--fix", said="outside of")
    (home / "link.yaml").symlink_to("mine.yaml")
    assert Done("validate", "--fix", str(home / "link.yaml")).code == 0


def test_init_does_not_follow_a_link_of_the_repository(home: Path) -> None:
    (home / "config").mkdir()
    Path("plans").symlink_to("../config")
    refuses(home, "init", "plans", said="outside of")
    (home / "mine").symlink_to("config")
    assert Done("init", str(home / "mine")).code == 0
    assert Done("init", "new").code == 0
    assert {*contents(Path("new"))} == {"events.yaml", "events.schema.json", ".gitattributes"}


def test_a_name_of_an_output_does_not_begin_with_a_dot(home: Path) -> None:
    before = contents(home)
    for arguments in (["--name", ".x"], ["--name", "."], ["--name", ".."], [".x.yaml"]):
        Path(".x.yaml").write_text(EVENTS)
        assert Done("export", *arguments).code == 2
    assert contents(home) == {**before, "repo/.x.yaml": EVENTS.encode()}


# --- documents ------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [[], ["--check"], ["--diff"]], ids=str)
@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("../.bashrc", "outside of"),
        ("../mine.md", "outside of"),
        (".git/hooks/post-commit", "where a name begins with `.`"),
        ("venv/x.pth", "expected a name that ends in"),
    ],
)
def test_a_document_that_is_a_link_stays_in_the_repository(
    home: Path, target: str, said: str, options: list[str]
) -> None:
    path = Path(target)
    path.parent.mkdir(exist_ok=True)
    path.write_text("secret\n" + MARKERS.format(""))
    Path("README.md").symlink_to(target)
    refuses(home, "embed", "README.md", *options, said=said)
    assert "secret" not in Done("embed", "README.md", *options).out


def test_a_document_in_a_folder_that_is_a_link_stays_in_the_repository(home: Path) -> None:
    (home / "notes").mkdir()
    (home / "notes" / "a.md").write_text(MARKERS.format(""))
    Path("docs").symlink_to("../notes")
    refuses(home, "embed", "docs/a.md", said="outside of")


def test_a_document_may_be_anywhere_if_no_link_of_a_repository_leads_to_it(home: Path) -> None:
    (home / "events.yaml").write_text(EVENTS)
    for name in (".github/README.md", "docs/index.markdown", str(home / "notes.txt")):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(MARKERS.format(""))
        assert Done("embed", name).code == 0
    Path("README.md").symlink_to("docs/index.markdown")
    assert Done("embed", "--check", "README.md").code == 0


@pytest.mark.parametrize(
    "file",
    [
        "/proc/self/environ",
        "/etc/passwd",
        "../secret.yaml",
        "../../../../../../../../etc/passwd",
        "link.yaml",
        "linked/secret.yaml",
        ".git/config",
        ".env",
        "docs/../.git/config",
    ],
)
@pytest.mark.parametrize("has_repository", [True, False])
def test_a_document_names_only_files_of_its_repository(
    home: Path, file: str, has_repository: bool
) -> None:
    secret = "password: 1234\n"
    for path in (home / "secret.yaml", Path(".git/config"), Path(".env")):
        path.write_text(secret)
    Path("docs").mkdir()
    Path("link.yaml").symlink_to("../secret.yaml")
    Path("linked").symlink_to("..")
    if not has_repository:
        Path(".git").rename("git")
        file = file.replace(".git/config", ".env")
    Path("a.md").write_text(MARKERS.format(f" file={file}"))
    done = Done("embed", "a.md")
    assert done.code == 1
    assert done.err.startswith("a.md:1:26: error[embedded-file]: ")
    assert done.err.count("error[") == 1
    assert not {"password", "root:", "PATH="} & {*done.err.replace("=", "=\n").split()}
    assert Path("a.md").read_text() == MARKERS.format(f" file={file}")


def test_a_default_events_file_that_is_a_link_stays_in_the_repository(home: Path) -> None:
    (home / "secret.yaml").write_text("password: 1234\n")
    Path("docs").mkdir()
    for name in ("a.md", "docs/a.md"):
        Path(name).write_text(MARKERS.format(""))
    Path("events.yaml").rename("real.yaml")
    Path("events.yaml").symlink_to("../secret.yaml")
    for name in ("a.md", "docs/a.md"):
        done = Done("embed", name)
        assert (done.code, done.err.count("error[embedded-file]")) == (1, 1)
        assert "password" not in done.err
    Path("docs/events.yaml").symlink_to("../real.yaml")
    assert Done("embed", "docs/a.md").code == 0


@pytest.mark.parametrize("part", ["a/", "../", "a/../", "./a/", "a"])
def test_a_path_without_end_is_refused_before_it_is_followed(part: str) -> None:
    Path("a.md").write_text(MARKERS.format(f" file={part * (1_000_000 // len(part))}x"))
    done = LimitedCommand("embed", "a.md")
    assert (done.code, done.err.count("error[embedded-file]")) == (1, 1)


@pytest.mark.parametrize("file", ["a\0b", "/\0", "../\0/x"])
def test_what_is_not_a_path_is_refused(file: str) -> None:
    Path("a.md").write_text(MARKERS.format(f" file={file}"))
    done = Done("embed", "a.md")
    assert (done.code, done.err.count("error[embedded-file]")) == (1, 1)


def test_the_name_of_a_target_is_safe_in_a_terminal_and_in_a_shell(home: Path) -> None:
    name = "x\n::error::$(touch hacked)\x1b]0;t\x07"
    (home / name).mkdir()
    (home / name / "mine.csv").touch()
    Path("dist/events.csv").symlink_to(home / name / "mine.csv")
    Path("a.md").symlink_to(home / name / "mine.csv")
    Path("b.md").write_text(MARKERS.format(" file=dist/events.csv"))
    for arguments, code in (
        (("export", "--csv"), 2),
        (("validate", "a.md"), 2),
        (("embed", "a.md"), 2),
        (("embed", "b.md"), 1),
    ):
        done = Done(*arguments)
        assert done.code == code
        assert "\x1b" not in done.err
        assert not [line for line in done.err.splitlines() if line.startswith("::")]
    assert "--output-dir '" in Done("export", "--csv").err
