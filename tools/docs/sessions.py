"""The Python sessions in a page: run their statements, and return them with what they print."""

from __future__ import annotations

import contextlib
import io
import traceback
from itertools import takewhile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def run_session(text: str, names: dict[str, Any], folder: Path) -> list[str]:
    """Return the lines of a session, with the current output of each statement below it.

    ``names`` are those that earlier sessions of the page have defined; ``folder`` is the current
    directory of the statements. Of an exception, the first line and the last are printed.
    """
    lines: list[str] = []
    prompts = [line for line in text.splitlines() if line.startswith((">>> ", "..."))]
    for start, first in enumerate(prompts):
        if not first.startswith(">>> "):
            continue
        more = [*takewhile(lambda line: line.startswith("..."), prompts[start + 1 :])]
        source = "\n".join(line[4:] for line in (first, *more)) + "\n"
        lines += [first, *more, *_printed(source, names, folder).splitlines()]
    return lines


def _printed(source: str, names: dict[str, Any], folder: Path) -> str:
    output = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(output):
        try:
            exec(compile(source, "<page>", "single"), names)  # noqa: S102 - our own documents
        except Exception as error:  # noqa: BLE001 - the page shows it
            last = traceback.format_exception_only(error)[-1]
            print(f"Traceback (most recent call last):\n    ...\n{last}", end="")
    return output.getvalue()
