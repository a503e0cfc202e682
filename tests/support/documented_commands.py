"""Run every documented command in the encoding of this process, and keep what each printed.

`main` with the arguments ``pipes`` or ``files`` and ``FOLDER`` writes ``FOLDER/results.json``. The
program is imported once, and each command runs in a fork of this process with real pipes or files
as its streams: a process for each command would take much longer.
"""

from __future__ import annotations

import gc
import json
import os
import re
import shlex
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from unittest import mock

from support.command import Done
from support.formats import COMPARED
from support.repositories import commit_all
from timeline.__main__ import interruptible
from timeline.cli.app import COMMANDS, EXAMPLES
from timeline.formats import FORMATS
from tools.docs import examples, pages
from tools.docs.runner import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MACHINE = [
    *(f"timeline validate --output-format {form}" for form in ("json", "sarif")),
    *(f"timeline export --stdout --{name}" for name, row in FORMATS.items() if not row.is_binary),
]
"""What other programs read, besides those of the documents with ``--stdout``."""

EVENTS = """\
calendar: {id: x.org, name: "Zürich → 東京 😀", timezone: Europe/Berlin}
events:
  - {id: now, summary: "● Now — “quoted”", start: 2025-01-03, end: 2025-01-17, location: Köln}
  - {id: later, summary: 後で, start: 2026-05, location: Łódź}
"""
DOCUMENT = "# Ü\n\n<!-- timeline:start -->\n<!-- timeline:end -->\n"

_SHELL_BLOCK = re.compile(r"^ *```sh\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)


def separate_lines() -> list[str]:
    """Return the command lines that need no file of a page: of the help and of ``sh`` blocks."""
    rows = (EXAMPLES, *(row.examples for row in COMMANDS.values()))
    lines = [item.line for items in rows for item in items]
    for path in pages.page_paths():
        for block in _SHELL_BLOCK.findall(path.read_text(encoding="utf-8")):
            lines += map(str.strip, block.splitlines())
    # Not those that download a published feed: tests need no network. Nor the server of editors,
    # which waits for one, with asyncio, which is another one on Windows.
    return [
        line
        for line in dict.fromkeys(lines)
        if line.startswith("timeline ") and "https:" not in line and "timeline lsp" not in line
    ]


def run_to_pipes(arguments: Sequence[str], folder: Path) -> tuple[int, bytes, bytes]:
    """Run a command with pipes as its streams; return its exit code and what it printed."""
    readers, writers = zip(os.pipe(), os.pipe(), strict=True)
    child = _start(arguments, folder, writers)
    for writer in writers:
        os.close(writer)
    texts = [open(reader, "rb").read() for reader in readers]  # noqa: PTH123, SIM115 - closed with it
    return _exit_code(child), texts[0], texts[1]


def run_to_files(arguments: Sequence[str], folder: Path) -> tuple[int, bytes, bytes]:
    """Run a command with files as its streams; return its exit code and what it printed."""
    paths = [Path(name).absolute() for name in ("stdout", "stderr")]
    writers = [os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) for path in paths]
    child = _start(arguments, folder, writers)
    for writer in writers:
        os.close(writer)
    code = _exit_code(child)
    return code, *(path.read_bytes() for path in paths)


def _exit_code(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _start(arguments: Sequence[str], folder: Path, writers: Sequence[int]) -> int:
    """Start a command in a fork of this process, and return its number."""
    child = os.fork()
    if child == 0:
        _become_timeline(arguments, folder, writers)
    return child


def _become_timeline(arguments: Sequence[str], folder: Path, writers: Sequence[int]) -> NoReturn:
    code = 70
    try:
        for number, writer in enumerate(writers, start=1):
            os.dup2(writer, number)
        os.chdir(folder)
        sys.argv = ["timeline", *arguments]
        interruptible()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        os._exit(code)


def run_all(run: Callable[[Sequence[str], Path], tuple[int, bytes, bytes]]) -> list[list[object]]:
    """Run all commands in new folders below the current one, and return what each did.

    A row has the command, its exit code, its standard output and error as Latin-1, and a digest of
    each file in its folder afterwards.
    """
    rows: list[list[object]] = []

    def record(arguments: Sequence[str], folder: Path) -> tuple[int, str]:
        code, *texts = run(arguments, folder)
        files = sorted(
            path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts
        )
        digests = {
            path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
            for path in files
        }
        rows.append(
            [shlex.join(arguments), code, *(text.decode("latin-1") for text in texts), digests]
        )
        return code, ""

    for number, line in enumerate((*separate_lines(), *MACHINE)):
        folder = Path(f"line-{number}")
        folder.mkdir()
        if not line.startswith("timeline init"):
            (folder / "events.yaml").write_text(EVENTS, encoding="utf-8")
            (folder / "old.yaml").write_text(EVENTS.replace("2026-05", "2026"), encoding="utf-8")
        (folder / "README.md").write_text(DOCUMENT, encoding="utf-8")
        if line.startswith(("timeline diff", "timeline changelog")):
            commit_all(folder)
        arguments, _, _ = line.partition(" >")
        record(shlex.split(arguments)[1:], folder)
    with mock.patch.object(examples, "run_timeline", record):
        for path in pages.page_paths():
            if path in pages.GENERATED:  # the commands in them are those of the help
                continue
            folder = Path(f"page-{path.stem}")
            folder.mkdir()
            examples.run_examples(path.read_text(encoding="utf-8"), path.name, folder)
    return rows


def warm_up() -> None:
    """Import what commands use, once for all of them."""
    Path("warm").mkdir()
    os.chdir("warm")
    Path("events.yaml").write_text(EVENTS, encoding="utf-8")
    Path("README.md").write_text(DOCUMENT, encoding="utf-8")
    names = [f"--{name}" for name in COMPARED]
    for line in (
        "--help",
        "validate --fix",
        "show",
        "schema",
        "embed README.md",
        "words",
        "explain",
    ):
        Done(*line.split())
    Done("export", *names)
    os.chdir("..")


def main() -> None:
    """Write the results of all commands, with the streams that the first argument names."""
    streams, folder = sys.argv[1:]
    os.environ |= {"SOURCE_DATE_EPOCH": NOW, "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
    os.chdir(folder)
    warm_up()
    gc.freeze()  # a fork copies no page that the collector would write to
    # A command that watches the file would never end.
    with mock.patch("timeline.cli.watch.run_whenever_changed", lambda _, run: run()):
        rows = run_all({"pipes": run_to_pipes, "files": run_to_files}[streams])
    Path("results.json").write_text(json.dumps(rows), encoding="ascii")
