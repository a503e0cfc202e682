"""Real repositories, made by ``git fast-import``: two processes for any number of commits."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

START = 1_798_761_600
"""The time of the first commit, 1 January 2027; each later one is a day after it."""

Commit = tuple[str, "Mapping[str, str | None]"]
"""A subject, and the files that change; ``None`` removes one. Of ``->``, a link to a path."""


def make_repository(folder: Path, commits: Iterable[Commit]) -> None:
    """Make a repository with these commits on ``main``; its files are not checked out."""
    stream = b""
    for number, (subject, files) in enumerate(commits):
        message = subject.encode()
        stream += b"commit refs/heads/main\nmark :%d\n" % (number + 1)
        stream += b"committer A <a@example.org> %d +0000\n" % (START + 86_400 * number)
        stream += b"data %d\n%s\n" % (len(message), message)
        for path, text in files.items():
            if text is None:
                stream += f"D {path}\n".encode()
                continue
            mode = "120000" if text.startswith("->") else "100644"
            content = text.removeprefix("->").encode()
            stream += f"M {mode} inline {path}\n".encode()
            stream += b"data %d\n%s\n" % (len(content), content)
    git(folder, "init", "--quiet", "--initial-branch=main", ".")
    git(folder, "fast-import", "--quiet", stdin=stream)


def commit_all(folder: Path) -> None:
    """Make a repository of a folder, with one commit of all its files."""
    files = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")}
    make_repository(folder, [("All files", files)])


def git(folder: Path, *arguments: str, stdin: bytes | None = None) -> bytes:
    """Run git in a folder, without the settings of this machine."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={
            "PATH": "/usr/bin:/bin:/usr/local/bin",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "LC_ALL": "C",
        },
        input=stdin,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout
