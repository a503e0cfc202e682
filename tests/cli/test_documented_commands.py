"""Every command of the documents, to a pipe and to a file, in encodings other than UTF-8."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LATIN_1 = "de_DE.ISO-8859-1"
ENVIRONMENTS = {
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "latin-1": {"LC_ALL": LATIN_1, "PYTHONUTF8": "0"},
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork: a process a command is slow"),
]


class Result(NamedTuple):
    """What a command did: its exit code, what it printed, and a digest of each file after it."""

    command: str
    code: int
    out: bytes
    err: bytes
    files: Mapping[str, str]


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment in which the locale exists; skip where it cannot be made."""
    program = shutil.which("localedef")
    if program is None:
        pytest.skip("needs localedef, of the package `locales`")
    folder = tmp_path_factory.mktemp("locales")
    made = [program, "-i", "de_DE", "-f", "ISO-8859-1", str(folder / LATIN_1)]
    subprocess.run(made, capture_output=True, check=False)
    if not (folder / LATIN_1).exists():
        pytest.skip("localedef has no sources of locales")
    return {"LOCPATH": str(folder)}


UTF_8 = {"PYTHONIOENCODING": "utf-8"}
RUN = "from support.documented_commands import main; main()"
WITHOUT_POSIX = "from support import without_posix; without_posix.remove()"


def run_all(
    folder: Path, streams: str, environment: Mapping[str, str], *before: str
) -> list[Result]:
    """Return what all commands do in an environment, with ``pipes`` or ``files`` as streams.

    ``before`` are statements that run before the program is imported.
    """
    path = os.pathsep.join(map(str, (ROOT / "src", ROOT, ROOT / "tests")))
    done = subprocess.run(
        [sys.executable, "-c", "; ".join([*before, RUN]), streams, folder],
        env=os.environ | {"PYTHONPATH": path} | environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    rows = json.loads((folder / "results.json").read_text(encoding="ascii"))
    return [
        Result(command, code, out.encode("latin-1"), err.encode("latin-1"), files)
        for command, code, out, err, files in rows
    ]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> list[Result]:
    return run_all(tmp_path_factory.mktemp("utf8"), "pipes", UTF_8)


@pytest.fixture(scope="module", params=ENVIRONMENTS)
def encoded(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    locales: dict[str, str],
) -> tuple[str, list[Result], list[Result]]:
    """Return the encoding, and the results with pipes and with files as streams."""
    environment = ENVIRONMENTS[request.param] | locales
    to_pipes, to_files = (
        run_all(tmp_path_factory.mktemp(streams), streams, environment)
        for streams in ("pipes", "files")
    )
    return request.param, to_pipes, to_files


def is_for_programs(command: str) -> bool:
    """Return whether programs read what a command prints, so that it is UTF-8 everywhere."""
    words = set(shlex.split(command))
    return bool(words & {"schema", "completion", "holidays", "--stdout", "json", "sarif", "atom"})


def test_a_command_ends_as_in_utf8_and_without_a_traceback(
    encoded: tuple[str, list[Result], list[Result]], reference: list[Result]
) -> None:
    _, to_pipes, _ = encoded
    assert len(reference) > 70
    for result, utf8 in zip(to_pipes, reference, strict=True):
        assert b"Traceback" not in result.err, result
        assert result[:2] == utf8[:2], result
        assert result.files == utf8.files, result.command


def test_a_command_prints_the_same_to_a_pipe_and_to_a_file(
    encoded: tuple[str, list[Result], list[Result]],
) -> None:
    _, to_pipes, to_files = encoded
    for piped, filed in zip(to_pipes, to_files, strict=True):
        assert piped == filed


def test_text_is_in_the_encoding_and_what_programs_read_in_utf8(
    encoded: tuple[str, list[Result], list[Result]], reference: list[Result]
) -> None:
    encoding, to_pipes, _ = encoded
    changed = set()
    for result, utf8 in zip(to_pipes, reference, strict=True):
        result.err.decode(encoding)
        if is_for_programs(result.command):
            assert result.out == utf8.out, result.command
            assert result.out.decode("utf-8"), result.command
        else:
            result.out.decode(encoding)
            changed |= {result.command} if result.out != utf8.out else set()
    assert any(command.startswith("show") for command in changed)  # the encoding is really used


def test_a_command_does_the_same_without_what_windows_lacks(
    reference: list[Result], tmp_path: Path
) -> None:
    for result, posix in zip(
        run_all(tmp_path, "pipes", UTF_8, WITHOUT_POSIX), reference, strict=True
    ):
        assert result == posix


def test_the_locale_has_another_encoding(locales: dict[str, str]) -> None:
    shown = subprocess.run(
        [sys.executable, "-c", "import locale; print(locale.getpreferredencoding(False))"],
        env=os.environ | locales | ENVIRONMENTS["latin-1"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip().lower().replace("-", "") in ("iso88591", "latin1")
