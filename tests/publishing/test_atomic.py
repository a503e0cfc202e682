"""Bytes into dist/: whole or not at all, and untouched where nothing changed."""

from __future__ import annotations

import os
import re
import stat
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.paths import ROOT, TESTS
from support.places import diff_file, has_content, rewrite_files, write_files
from timeline.publishing import atomic
from timeline.publishing.errors import CannotWrite, cannot_write
from timeline.publishing.folders import Folder
from timeline.source import ForbiddenPath

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

unhurried = settings(deadline=None)  # tests are no place for clocks
LONG_AGO = 1_000_000_000
as_root = pytest.mark.skipif(
    os.name == "posix" and os.geteuid() == 0,
    reason="needs a user other than root, who may write everywhere",
)
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX: modes, links, limits")


HEAD = """
import os, sys, resource
from pathlib import Path
from support.places import write_files
from timeline.publishing import CannotWrite
"""
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(TESTS)])}


def aged(path: Path) -> Path:
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def run(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A process of its own, for what a process does not survive or does to itself."""
    return subprocess.run(
        [sys.executable, "-c", HEAD + script, *map(str, arguments)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# --- one file -----------------------------------------------------------------------------------


def test_a_file_is_written_into_folders_that_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "dist" / "cup.ics"
    assert write_files({path: iter([b"one", b"", b"two"])})
    assert path.read_bytes() == b"onetwo"
    assert names(path.parent) == ["cup.ics"]


def test_what_is_equal_is_untouched(tmp_path: Path) -> None:
    path = tmp_path / "cup.ics"
    path.write_bytes(b"onetwo")
    before = aged(path).stat()
    assert not write_files({path: b"onetwo"})
    assert not write_files({path: iter([b"on", b"etw", b"", b"o"])})
    after = path.stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_files_are_flushed_before_they_are_renamed_and_their_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    rename = os.replace

    def flush(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        steps.append("flush the folder" if is_folder else "flush a file")

    def replace(*names: str, **folders: int) -> None:
        steps.append("rename")
        rename(*names, **folders)

    monkeypatch.setattr(os, "fsync", flush)
    monkeypatch.setattr(os, "replace", replace)
    assert write_files({tmp_path / "a.ics": b"a", tmp_path / "b.ics": b"b"})
    assert steps == [*["flush a file"] * 2, *["rename"] * 2, "flush the folder"]


@unhurried
@given(st.binary(max_size=40), st.lists(st.binary(max_size=12), max_size=6))
def test_whatever_stood_what_is_written_stands(
    tmp_path_factory: pytest.TempPathFactory, before: bytes, chunks: list[bytes]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.ics"
    path.write_bytes(before)
    after = b"".join(chunks)
    assert has_content(path, iter(chunks)) == (before == after)
    assert bool(write_files({path: iter(chunks)})) == (before != after)
    assert path.read_bytes() == after
    assert has_content(path, after)


@unhurried
@given(st.integers(0, 600_000), st.integers(1_000, 400_000), st.integers(-5, 5))
def test_a_difference_is_found_wherever_it_is(
    tmp_path_factory: pytest.TempPathFactory, at: int, size: int, longer: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "long.ics"
    path.write_bytes(bytes(range(256)) * 2_340)
    before = path.read_bytes()
    after = before[:at] + b"#" * max(longer, 0) + before[at + max(-longer, 0) :]
    chunks = (after[i : i + size] for i in range(0, len(after), size))
    assert bool(write_files({path: chunks})) == (before != after)
    assert path.read_bytes() == after


def test_a_path_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert write_files({Path("cup.ics"): b"one"})
    assert not write_files({Path("cup.ics"): b"one"})


def test_a_name_may_be_as_long_as_names_get(tmp_path: Path) -> None:
    for name in ("x" * 251 + ".ics", "ä" * 123 + ".ics"):
        assert write_files({tmp_path / name: b"one"})
        assert (tmp_path / name).read_bytes() == b"one"


def test_a_check_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "dist" / "cup.ics"
    assert not has_content(path, b"one")
    assert diff_file(path, b"one\r\n").endswith("@@ -0,0 +1 @@\n+one\n")
    assert names(tmp_path) == []
    write_files({path: b"one\r\n"})
    assert has_content(path, b"one\r\n")
    assert not has_content(path, b"one\n")
    assert diff_file(path, iter([b"one", b"\r\n"])) == ""
    assert "-one\n+two\n" in diff_file(path, b"two\r\n")


# --- several files ------------------------------------------------------------------------------


def test_only_what_changed_is_written_and_named(tmp_path: Path) -> None:
    ics, csv, md = (tmp_path / f"cup.{suffix}" for suffix in ("ics", "csv", "md"))
    assert write_files({ics: b"1", csv: b"2", md: iter([b"3"])}) == [ics, csv, md]
    assert write_files({ics: b"1", csv: b"two", md: b"3"}) == [csv]
    assert write_files({ics: b"1", csv: b"two", md: b"3"}) == []
    assert write_files({}) == []


def test_if_one_cannot_be_written_none_is(tmp_path: Path) -> None:
    ics, csv = tmp_path / "cup.ics", tmp_path / "cup.csv"
    write_files({ics: b"old"})
    aged_at = aged(ics).stat().st_mtime_ns
    (tmp_path / "cup.md").mkdir()
    with pytest.raises(CannotWrite, match=r"`.*cup.md` is a folder, expected a file"):
        write_files({ics: b"new", csv: b"new", tmp_path / "cup.md": b"new"})
    assert names(tmp_path) == ["cup.ics", "cup.md"]
    assert (ics.read_bytes(), ics.stat().st_mtime_ns) == (b"old", aged_at)


def test_if_a_renderer_fails_nothing_is_written(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"new"
        raise ZeroDivisionError

    ics, csv = tmp_path / "cup.ics", tmp_path / "cup.csv"
    write_files({ics: b"old"})
    with pytest.raises(ZeroDivisionError):
        write_files({ics: b"new", csv: broken()})
    assert names(tmp_path) == ["cup.ics"]
    assert ics.read_bytes() == b"old"


def test_an_error_of_a_renderer_is_not_taken_for_ours(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"new"
        raise FileNotFoundError

    with pytest.raises(FileNotFoundError):
        write_files({tmp_path / "cup.ics": broken()})


@posix
def test_a_rename_that_fails_undoes_those_before(tmp_path: Path) -> None:
    """The third target turns into a folder while it is written: only its rename finds out."""
    ics, csv, md = (tmp_path / f"cup.{suffix}" for suffix in ("ics", "csv", "md"))
    write_files({ics: b"old"})
    ics.chmod(0o640)
    aged(ics)

    def meddling() -> Iterator[bytes]:
        yield b"new"
        md.mkdir()

    with pytest.raises(CannotWrite, match="there is a folder in its place"):
        write_files({ics: b"new and longer", csv: b"new", md: meddling()})
    assert names(tmp_path) == ["cup.ics", "cup.md"]
    assert ics.read_bytes() == b"old"
    assert ics.stat().st_mtime == LONG_AGO
    assert stat.S_IMODE(ics.stat().st_mode) == 0o640


@posix
def test_two_names_of_one_file_are_refused(tmp_path: Path) -> None:
    write_files({tmp_path / "cup.ics": b"old"})
    (tmp_path / "other.ics").symlink_to("cup.ics")
    with pytest.raises(CannotWrite, match="are the same file"):
        write_files({tmp_path / "cup.ics": b"1", tmp_path / "other.ics": b"2"})
    assert (tmp_path / "cup.ics").read_bytes() == b"old"


# --- links and modes ----------------------------------------------------------------------------


@posix
def test_a_symbolic_link_is_written_through(tmp_path: Path) -> None:
    real = tmp_path / "site" / "cup.ics"
    write_files({real: b"old"})
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "cup.ics").symlink_to("../site/cup.ics")
    assert write_files({dist / "cup.ics": b"new"})
    assert not write_files({dist / "cup.ics": b"new"})
    assert (dist / "cup.ics").is_symlink()
    assert real.read_bytes() == b"new"
    assert [*names(dist), *names(real.parent)] == ["cup.ics", "cup.ics"]


@posix
def test_a_link_that_leads_to_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "new.ics").symlink_to(tmp_path / "made" / "new.ics")
    with pytest.raises(ForbiddenPath, match="which does not exist"):
        write_files({tmp_path / "new.ics": b"new"})
    assert names(tmp_path) == ["new.ics"]


@posix
def test_a_link_that_leads_in_a_circle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.ics").symlink_to("b.ics")
    (tmp_path / "b.ics").symlink_to("a.ics")
    with pytest.raises(ForbiddenPath, match=r"symbolic link of `.*a\.ics` is circular"):
        write_files({tmp_path / "a.ics": b"new"})


@posix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o444, 0o755])
def test_the_mode_of_what_stood_is_kept(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "cup.ics"
    write_files({path: b"old"})
    path.chmod(mode)
    write_files({path: b"new"})
    assert stat.S_IMODE(path.stat().st_mode) == mode


@posix
@pytest.mark.parametrize("mode", [0o4755, 0o2644, 0o6777, 0o1644])
def test_bits_that_set_a_user_or_a_group_are_not_kept(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "cup.ics"
    write_files({path: b"old"})
    path.chmod(mode)
    write_files({path: b"new"})
    assert stat.S_IMODE(path.stat().st_mode) == mode & 0o777


@posix
def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path: Path) -> None:
    script = "os.umask(int(sys.argv[2], 8)); write_files({Path(sys.argv[1]): b'new'})"
    for umask, mode in (("022", 0o644), ("007", 0o660), ("077", 0o600)):
        path = tmp_path / umask
        assert run(script, path, umask).returncode == 0
        assert stat.S_IMODE(path.stat().st_mode) == mode


@posix
def test_the_owner_of_what_stood_is_kept(tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("needs root, who alone may give files away")
    path = tmp_path / "cup.ics"
    write_files({path: b"old"})
    os.chown(path, 12345, 23456)
    write_files({path: b"new"})
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 23456)


@posix
def test_the_group_of_what_stood_is_kept_by_its_members(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cup.ics"
    write_files({path: b"old"})
    path.chmod(0o664)
    change, asked = os.fchown, list[tuple[int, int]]()

    def fchown(descriptor: int, owner: int, group: int) -> None:
        asked.append((owner, group))
        if owner != -1:
            raise PermissionError(1, "Operation not permitted")
        change(descriptor, -1, group)

    monkeypatch.setattr(os, "fchown", fchown)
    write_files({path: b"new"})
    status = path.stat()
    assert asked == [(status.st_uid, status.st_gid), (-1, status.st_gid)]
    assert stat.S_IMODE(status.st_mode) == 0o664


@posix
@pytest.mark.parametrize(
    ("mode", "kept"), [(0o640, 0o600), (0o660, 0o600), (0o664, 0o644), (0o675, 0o655)]
)
def test_another_group_does_not_get_what_the_group_of_what_stood_may_do(
    mode: int, kept: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid():
        pytest.skip("needs root, who alone may give files away")
    path = tmp_path / "cup.ics"
    write_files({path: b"old"})
    os.chown(path, -1, 23456)
    path.chmod(mode)

    def fchown(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "fchown", fchown)
    write_files({path: b"new"})
    assert stat.S_IMODE(path.stat().st_mode) == kept


ACCESS_LIST = "system.posix_acl_access"


def access_list(group: int, user: int, mask: int) -> bytes:
    """An access list that gives a user more than the group (acl(5))."""
    everyone = 2**32 - 1
    entries = [(1, 6, everyone), (2, user, 12345), (4, group, everyone)]
    entries += [(16, mask, everyone), (32, 0, everyone)]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def with_access_list(path: Path, entries: bytes) -> Path:
    if not hasattr(os, "setxattr"):
        pytest.skip("needs Linux")
    try:
        os.setxattr(path, ACCESS_LIST, entries)
    except OSError:
        pytest.skip("needs a file system with access lists")
    return path


def test_the_access_list_of_what_stood_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cup.ics"
    write_files({path: b"old"})
    entries = access_list(group=0, user=6, mask=6)
    with_access_list(path, entries)
    assert stat.S_IMODE(path.stat().st_mode) == 0o660  # the mask, not the group
    write_files({path: b"new"})
    assert os.getxattr(path, ACCESS_LIST) == entries
    assert stat.S_IMODE(path.stat().st_mode) == 0o660

    def setxattr(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "setxattr", setxattr)
    write_files({path: b"newer"})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_gives_no_access_list_to_what_had_none(tmp_path: Path) -> None:
    path = tmp_path / "cup.ics"
    write_files({path: b"old"})
    path.chmod(0o660)
    try:
        entries = access_list(group=0, user=6, mask=6)
        os.setxattr(tmp_path, "system.posix_acl_default", entries)
    except (AttributeError, OSError):
        pytest.skip("needs a file system with access lists")
    write_files({path: b"new"})
    assert ACCESS_LIST not in os.listxattr(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
    write_files({tmp_path / "new.ics": b"new"})
    assert os.getxattr(tmp_path / "new.ics", ACCESS_LIST) == entries


# --- files that people write, too -----------------------------------------------------------------


EDITS: list[Any] = [
    lambda path: path.write_bytes(b"edited"),
    lambda path: path.write_bytes(b"new"[:2]),
    lambda path: path.write_bytes(b""),  # an editor that stores in place begins like this
    lambda path: path.unlink(),
    lambda path: (path.unlink(), path.write_bytes(b"edited")),
]


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("moment", ["read", "staged", "flushed"])
def test_what_changed_since_it_was_read_is_not_replaced(
    edit: Callable[[Path], object], moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = tmp_path / "README.md", tmp_path / "other.md"
    path.write_bytes(b"old")
    other.write_bytes(b"other")
    if moment == "read":
        edit(path)
    else:
        name = {"staged": "read_file", "flushed": "keep_permissions"}[moment]
        function = getattr(atomic, name)

        def call(*arguments: Any) -> object:
            result = function(*arguments)
            monkeypatch.setattr(atomic, name, function)
            edit(path)
            return result

        monkeypatch.setattr(atomic, name, call)
    with pytest.raises(CannotWrite, match=r"README\.md` changed while it was read"):
        rewrite_files({path: (b"old", b"new"), other: (b"other", b"changed")})
    assert other.read_bytes() == b"other"
    assert not path.exists() or path.read_bytes() in (b"edited", b"ne", b"")
    assert names(tmp_path) == sorted({"README.md"} & set(names(tmp_path)) | {"other.md"})


def test_a_new_file_does_not_replace_one_that_was_made_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    assert rewrite_files({path: (None, b"new")}) == [path]
    with pytest.raises(CannotWrite, match="changed while it was read"):
        rewrite_files({path: (None, b"newer"), tmp_path / "other": (None, b"x")})
    assert (path.read_bytes(), names(tmp_path)) == (b"new", ["events.yaml"])


# --- what cannot be written ---------------------------------------------------------------------


def refusal(path: Path) -> CannotWrite:
    with pytest.raises(CannotWrite) as caught:
        write_files({path: b"new"})
    assert f"`{path}`" in caught.value.message
    assert caught.value.help
    return caught.value


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "dist").write_bytes(b"mine")
    for path in (tmp_path / "dist" / "cup.ics", tmp_path / "dist" / "deep" / "cup.ics"):
        refused = refusal(path)
        assert "there is a file in place of its folder" in refused.message
        assert refused.help == "move that away"
    assert (tmp_path / "dist").read_bytes() == b"mine"


@posix
def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ics")
    (tmp_path / "null.ics").symlink_to("/dev/null")
    assert "is not a file" in refusal(tmp_path / "pipe.ics").message
    with pytest.raises(ForbiddenPath, match=r"leads to `/dev/null`, expected a name that ends in"):
        write_files({tmp_path / "null.ics": b"new"})
    assert Path("/dev/null").is_char_device()


@posix
@as_root
def test_a_folder_that_must_not_be_written_is_named(tmp_path: Path) -> None:
    write_files({tmp_path / "cup.ics": b"old"})
    tmp_path.chmod(0o555)
    try:
        assert "permission is denied" in refusal(tmp_path / "cup.ics").message
        assert not write_files({tmp_path / "cup.ics": b"old"}), "equal: nothing to be written"
    finally:
        tmp_path.chmod(0o755)
    assert (tmp_path / "cup.ics").read_bytes() == b"old"


@posix
@pytest.mark.parametrize("chunk", [100, 70_000, 700_000])
def test_a_file_longer_than_allowed_leaves_what_stood(tmp_path: Path, chunk: int) -> None:
    path = tmp_path / "cup.ics"
    write_files({path: b"old"})
    script = """
resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))
size = int(sys.argv[2])
try:
    write_files({Path(sys.argv[1]): (b"x" * size for _ in range(2_000_000 // size))})
except CannotWrite as refused:
    print(refused.message, refused.help, sep="; ")
"""
    done = run(script, path, chunk)
    assert done.stdout == (
        f"`{path}` cannot be written: it exceeds the file size limit; "
        "raise the limit, see `ulimit -f`\n"
    )
    assert done.stderr == ""
    assert names(tmp_path) == ["cup.ics"]
    assert path.read_bytes() == b"old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_explained(tmp_path: Path) -> None:
    with pytest.raises(OSError) as caught, Path("/dev/full").open("wb", buffering=0) as full:  # noqa: PT011
        full.write(b"x")
    assert cannot_write(tmp_path, caught.value).message.endswith(": the disk is full")


# --- kills, and runs beside each other ----------------------------------------------------------

DIES = """
def dying():
    yield b"half"
    os._exit(9)
ics, csv = Path(sys.argv[1], "cup.ics"), Path(sys.argv[1], "cup.csv")
write_files({ics: b"new", csv: dying()})
"""


@posix
def test_a_run_that_is_killed_leaves_what_stood_and_no_litter_for_long(tmp_path: Path) -> None:
    ics, csv = tmp_path / "cup.ics", tmp_path / "cup.csv"
    write_files({ics: b"old"})
    assert run(DIES, tmp_path).returncode == 9
    assert ics.read_bytes() == b"old"
    assert not csv.exists()
    litter = [name for name in names(tmp_path) if name != "cup.ics"]
    assert len(litter) == 2
    assert all(re.fullmatch(r"\.cup\.(ics|csv)\.[0-9a-f]{16}\.tmp", name) for name in litter)
    assert write_files({ics: b"old", csv: b""}) == [csv]
    assert names(tmp_path) == ["cup.csv", "cup.ics"]


def test_files_that_only_look_like_litter_are_left_alone(tmp_path: Path) -> None:
    others = [".cup.ics.tmp", ".cup.ics.0123.tmp", f".cup.md.{'0' * 16}.tmp", "cup.ics.tmp"]
    for name in others:
        (tmp_path / name).write_bytes(b"mine")
    (tmp_path / f".cup.ics.{'0' * 16}.tmp").mkdir()
    write_files({tmp_path / "cup.ics": b"new"})
    assert len(names(tmp_path)) == len(others) + 2


@posix
def test_a_link_in_the_guise_of_litter_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / f".cup.ics.{'0' * 16}.tmp").symlink_to("mine")
    write_files({tmp_path / "cup.ics": b"new"})
    assert (tmp_path / "mine").read_bytes() == b"mine"


def test_a_folder_is_listed_once_for_all_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[str] = []
    names_of = Folder.names
    monkeypatch.setattr(Folder, "names", lambda self: listed.append(self.path) or names_of(self))
    litter = [f".{n}.ics.{'0' * 16}.tmp" for n in range(3)]
    for name in litter:
        (tmp_path / name).write_bytes(b"old")
    write_files({tmp_path / f"{n}.ics": b"new" for n in range(9)})
    assert listed == [str(tmp_path)]
    assert names(tmp_path) == [f"{n}.ics" for n in range(9)]


@posix
def test_more_files_than_may_be_open_are_explained(tmp_path: Path) -> None:
    done = run(
        """
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
try:
    write_files({Path(sys.argv[1], f"{n}.ics"): b"new" for n in range(100)})
except CannotWrite as error:
    print(error, error.help)
""",
        tmp_path,
    )
    assert "too many files are open raise the limit, see `ulimit -n`" in done.stdout, done.stderr
    assert names(tmp_path) == []


def test_a_run_in_the_middle_of_another_harms_it_not(tmp_path: Path) -> None:
    path = tmp_path / "cup.ics"
    write_files({path: b"old"})
    seen = []

    def interrupted() -> Iterator[bytes]:
        yield b"outer"
        assert write_files({path: b"inner"})
        seen.append((path.read_bytes(), len(names(tmp_path))))
        yield b" run"

    assert write_files({path: interrupted()})
    assert seen == [(b"inner", 2)], "the outer run's temporary file is still there"
    assert path.read_bytes() == b"outer run"
    assert names(tmp_path) == ["cup.ics"]


def test_readers_and_writers_at_once_see_whole_files(tmp_path: Path) -> None:
    path = tmp_path / "cup.ics"
    texts = [bytes([65 + writer]) * 40_000 for writer in range(4)]
    write_files({path: texts[0]})
    failures: list[BaseException] = []
    writing = threading.Event()

    def write(text: bytes) -> None:
        try:
            for _ in range(25):
                write_files({path: (text[i : i + 999] for i in range(0, len(text), 999))})
        except BaseException as error:  # noqa: BLE001 - reported below
            failures.append(error)

    def look() -> None:
        while not writing.is_set():
            if path.read_bytes() not in texts:
                failures.append(AssertionError("a torn read"))

    writers = [threading.Thread(target=write, args=(text,)) for text in texts]
    reader = threading.Thread(target=look)
    for thread in (*writers, reader):
        thread.start()
    for thread in writers:
        thread.join()
    writing.set()
    reader.join()
    assert failures == []
    assert path.read_bytes() in texts
    assert names(tmp_path) == ["cup.ics"]


@posix
def test_kills_at_any_moment_leave_whole_files(tmp_path: Path) -> None:
    path = tmp_path / "cup.ics"
    texts = [letter * 300_000 for letter in (b"a", b"b")]
    write_files({path: texts[0]})
    script = """
print("on", flush=True)
while True:
    for letter in (b"a", b"b"):
        write_files({Path(sys.argv[1]): (letter * 1000 for _ in range(300))})
"""
    for pause in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", HEAD + script, str(path)],
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
        ) as running:
            assert running.stdout
            running.stdout.readline()
            threading.Event().wait(pause * 0.003)
            running.kill()
        assert path.read_bytes() in texts
    write_files({path: texts[0]})
    assert names(tmp_path) == ["cup.ics"]


@posix
def test_what_replaces_a_private_file_is_private_from_the_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, modes, change = tmp_path / "a.ics", list[int](), os.fchmod
    path.write_bytes(b"secret, old")
    path.chmod(0o640)

    def fchmod(descriptor: int, mode: int) -> None:
        modes.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        change(descriptor, mode)

    monkeypatch.setattr(os, "fchmod", fchmod)
    assert write_files({path: [b"secret, ", b"new"]}) == [path]
    assert modes == [0o600]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
