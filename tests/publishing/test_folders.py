"""Links that are put in place while a file is written or read are never followed.

The tests swap a folder, a file or a temporary file for a link before each system call in turn.
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from contextlib import suppress
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from support.paths import ROOT, TESTS
from support.places import write_places
from timeline.publishing import (
    CannotWrite,
    StagedFiles,
    folders,
    read_file,
)
from timeline.publishing.atomic import has_content
from timeline.publishing.folders import HAS_DESCRIPTORS
from timeline.source import Boundary, ForbiddenPath

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from timeline.source import FilePlace

pytestmark = pytest.mark.skipif(not HAS_DESCRIPTORS, reason="needs folders as descriptors")
CALLS = ("open", "stat", "replace", "mkdir", "unlink", "listdir", "readlink", "fsync", "rmdir")
"""The functions of ``os`` that take a name or mark a step."""


class Repository:
    """A folder `dist` in a repository with an old output, and a file of the user outside."""

    def __init__(self, home: Path, *, is_new: bool) -> None:
        self.root, self.mine = home / "repo", home / "mine"
        self.dist = self.root / "dist"
        self.dist.mkdir(parents=True)
        self.mine.mkdir()
        for folder, text in ((self.mine, "mine"), (self.dist, "old")):
            if folder is self.mine or not is_new:
                (folder / "events.csv").write_text(text)
        (self.mine / "events.csv").chmod(0o600)
        boundary = Boundary(str(self.root), str(self.root))
        self.place = boundary.place(self.dist / "events.csv")
        self.before = self.state()

    def state(self) -> tuple[object, ...]:
        """Return everything of the user's file that could have been changed."""
        status = (self.mine / "events.csv").stat()
        names = sorted(path.name for path in self.mine.iterdir())
        text = (self.mine / "events.csv").read_text()
        return names, text, stat.S_IMODE(status.st_mode), status.st_uid, status.st_mtime_ns


def swap_folder(repository: Repository) -> None:
    repository.dist.rename(repository.root / "away")
    repository.dist.symlink_to(repository.mine)


def swap_root(repository: Repository) -> None:
    """Swap `dist` for a link to a folder in the repository: not outside, and still not checked."""
    (repository.root / ".git").mkdir()
    repository.dist.rename(repository.root / "away")
    repository.dist.symlink_to(".git")


def swap_file(repository: Repository) -> None:
    with suppress(FileNotFoundError):
        repository.place.path.unlink()
    repository.place.path.symlink_to(repository.mine / "events.csv")


def swap_temporary(repository: Repository) -> None:
    for path in repository.dist.glob(".events.csv.*"):
        path.unlink()
        path.symlink_to(repository.mine / "events.csv")


def swap_at(
    monkeypatch: pytest.MonkeyPatch, number: int, swap: Callable[[], None], act: Callable[[], Any]
) -> bool:
    """Run ``act`` and ``swap`` before its system call of this number; return whether it has one."""
    calls = 0

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def function(*arguments: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == number + 1:
                for name, original in originals.items():
                    monkeypatch.setattr(os, name, original)
                swap()
            return call(*arguments, **named)

        return function

    originals = {name: getattr(os, name) for name in CALLS}
    with monkeypatch.context() as patched:
        for name, original in originals.items():
            patched.setattr(os, name, counted(original))
        with suppress(CannotWrite, ForbiddenPath, OSError):
            act()
    return calls > number


@pytest.mark.parametrize("is_new", [False, True])
@pytest.mark.parametrize("swap", [swap_folder, swap_root, swap_file, swap_temporary])
def test_whenever_a_link_is_put_in_place_what_it_leads_to_is_not_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    swap: Callable[[Repository], None],
    is_new: bool,
) -> None:
    for number in count():
        repository = Repository(tmp_path / str(number), is_new=is_new)
        does_swap = swap_at(
            monkeypatch,
            number,
            partial(swap, repository),
            partial(write_places, {repository.place: b"new"}),
        )
        assert repository.state() == repository.before, number
        assert not [*repository.root.glob(".git/*")], number
        if not does_swap:
            break
    assert number > 10
    assert repository.place.path.read_bytes() == b"new", "nothing was swapped this time"


def read_into(answers: list[object], read: Callable[[FilePlace], object], place: FilePlace) -> None:
    answers.append(read(place))


@pytest.mark.parametrize("swap", [swap_folder, swap_file])
@pytest.mark.parametrize("read", [read_file, lambda place: has_content(place, b"mine")])
def test_whenever_a_link_is_put_in_place_what_it_leads_to_is_not_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    swap: Callable[[Repository], None],
    read: Callable[[FilePlace], object],
) -> None:
    for number in count():
        repository = Repository(tmp_path / str(number), is_new=False)
        answers: list[object] = []
        does_swap = swap_at(
            monkeypatch,
            number,
            partial(swap, repository),
            partial(read_into, answers, read, repository.place),
        )
        assert answers in ([], [None], [b"old"], [False]), number
        if not does_swap:
            break
    assert number > 4


def test_a_folder_that_became_a_link_is_named_as_the_reason(tmp_path: Path) -> None:
    repository = Repository(tmp_path, is_new=False)
    real = repository.place.resolve()

    class Swapped:
        path = repository.place.path

        def resolve(self) -> object:
            swap_folder(repository)
            return real

    with StagedFiles() as staged, pytest.raises(CannotWrite) as caught:
        staged.stage(Swapped(), iter([b"new"]))  # type: ignore[arg-type]
    assert caught.value.message.endswith("cannot be written: it became a symbolic link meanwhile")
    assert caught.value.help == "run it again"


def test_a_thread_that_swaps_the_folder_all_the_time_changes_nothing_outside(
    tmp_path: Path,
) -> None:
    repository = Repository(tmp_path, is_new=False)
    dist, ended = repository.dist, threading.Event()

    def swap() -> None:
        for number in count():
            with suppress(OSError):  # an export makes the folder again meanwhile
                dist.rename(repository.root / f"away-{number}")
            with suppress(OSError):
                dist.symlink_to(repository.mine)
            with suppress(OSError):
                dist.unlink()
            if ended.is_set():
                return

    thread = threading.Thread(target=swap)
    thread.start()
    refused = written = 0
    try:
        for number in range(2_000):
            try:
                write_places({repository.place: b"new %d" % number})
                written += 1
            except (CannotWrite, ForbiddenPath):
                refused += 1
            if min(refused, written) >= 20:
                break
    finally:
        ended.set()
        thread.join()
    assert refused
    assert repository.state() == repository.before


def make_public(path: Path) -> None:
    """Let other users enter a folder of pytest."""
    for folder in (path, *path.parents):
        if folder.stat().st_mode & 0o005 != 0o005:
            if folder.stat().st_uid != os.geteuid() or "pytest" not in str(folder):
                pytest.skip("needs folders that others may enter")
            folder.chmod(0o755)


MEDDLER = """
import os, sys
from pathlib import Path
dist, secret = map(Path, sys.argv[1:])
os.setgid(65534)
os.setuid(65534)
print("on", flush=True)
while True:
    for path in dist.glob(".events.csv.*.tmp"):
        try:
            path.unlink()
            path.symlink_to(secret)
        except OSError:
            pass
"""


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs root, to be attacked")
def test_a_file_of_root_is_not_given_to_who_may_write_to_the_folder(tmp_path: Path) -> None:
    """Another user swaps the temporary file for a link before its owner and mode are set."""
    make_public(tmp_path)
    repository = Repository(tmp_path, is_new=False)
    for path in (repository.dist, repository.place.path):
        os.chown(path, 65534, 65534)
    meddler = [
        sys.executable,
        "-c",
        MEDDLER,
        str(repository.dist),
        str(repository.mine / "events.csv"),
    ]
    with subprocess.Popen(meddler, cwd=ROOT, stdout=subprocess.PIPE) as running:
        try:
            assert running.stdout
            running.stdout.readline()
            swapped = 0
            for number in range(5_000):
                with suppress(CannotWrite, ForbiddenPath):
                    write_places({repository.place: b"new %d" % number})
                if repository.place.path.is_symlink():
                    swapped += 1
                    repository.place.path.unlink()
                    repository.place.path.write_bytes(b"old")
                    os.chown(repository.place.path, 65534, 65534)
                if swapped >= 20:
                    break
        finally:
            running.kill()
    assert swapped, "the other user was never in time"
    assert repository.state() == repository.before


def test_a_system_without_descriptors_of_folders_has_the_check_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "HAS_DESCRIPTORS", False)
    boundary = Boundary(str(tmp_path), str(tmp_path))
    place = boundary.place(tmp_path / "a" / "b" / "events.csv")
    assert read_file(place) is None
    assert write_places({place: b"one"}) == [place.path]
    assert write_places({place: b"one"}) == []
    assert write_places({place: b"two"}) == [place.path]
    assert read_file(place) == b"two"
    assert [path.name for path in place.path.parent.iterdir()] == ["events.csv"]
    with StagedFiles() as staged:
        staged.stage(boundary.place(tmp_path / "new" / "x.md"), iter([b"x"]))
    assert not (tmp_path / "new").exists()
    (tmp_path / "link").symlink_to("/")
    with pytest.raises(ForbiddenPath):
        write_places({boundary.place(tmp_path / "link" / "x.md"): b"x"})


IN_A_DROP_BOX = """
import os, sys
from pathlib import Path
from support.places import write_files
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
os.chdir("/")
write_files({Path(sys.argv[1]): b"new"})
"""


def test_a_folder_that_may_not_be_listed_may_be_written_to(tmp_path: Path) -> None:
    if not hasattr(os, "O_PATH"):
        pytest.skip("needs O_PATH, to open a folder without listing it")
    if os.geteuid() == 0:
        make_public(tmp_path)
    box = tmp_path / "box"
    box.mkdir()
    if os.geteuid() == 0:
        os.chown(box, 65534, 65534)
    box.chmod(0o300)
    try:
        done = subprocess.run(
            [sys.executable, "-c", IN_A_DROP_BOX, str(box / "events.csv")],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(TESTS)])},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
    finally:
        box.chmod(0o700)
    assert [path.name for path in box.iterdir()] == ["events.csv"]
