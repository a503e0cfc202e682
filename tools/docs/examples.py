"""The examples in a page: check its YAML blocks and run its console blocks."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from tools.docs.errors import PageError
from tools.docs.events_files import complete_fragment, load
from tools.docs.runner import run_jq, run_timeline
from tools.docs.sessions import run_session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DIRECTIVE = re.compile(r"<!-- (file|fragment|replace|exit): (.+?) -->")
_FENCE = re.compile(r"(`{3,})([^`]*)")


def run_examples(text: str, page: str, folder: Path) -> str:
    """Check the examples of a page and return its text with the current output of its commands.

    ``page`` is the name for messages; ``folder`` is where files are written and commands are run.

    Raises:
        PageError: an example does not behave as the page states.
    """
    return _Examples(page, folder).run(text)


@dataclass(slots=True)
class _Examples:
    """The state of a page while its examples run.

    ``directory`` is the current directory of the commands; ``directives`` are the directives
    before the next block. ``names`` are those that Python sessions have defined.
    """

    page: str
    folder: Path
    directory: Path = field(init=False)
    directives: dict[str, str] = field(default_factory=dict)
    names: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.directory = self.folder

    def run(self, text: str) -> str:
        """Process a page from its first line to its last."""
        output: list[str] = []
        lines = iter(text.splitlines())
        for line in lines:
            output.append(line)
            if directive := _DIRECTIVE.fullmatch(line):
                if directive[1] == "replace":
                    self._replace(directive[2])
                else:
                    self.directives[directive[1]] = directive[2]
            elif fence := _FENCE.fullmatch(line):
                block = self._read_block(lines, fence[1])
                output += [*self._run_block(fence[2], block), fence[1]]
            elif line.strip() and self.directives:
                raise self._error(f"no block directly after the directives {self.directives}")
        return "".join(f"{line}\n" for line in output)

    def _read_block(self, lines: Iterator[str], fence: str) -> list[str]:
        """Return the lines up to the closing fence."""
        block: list[str] = []
        for line in lines:
            if line == fence:
                return block
            block.append(line)
        raise self._error("a block has no closing fence")

    def _run_block(self, language: str, lines: list[str]) -> list[str]:
        """Check a block and return its current lines."""
        directives, self.directives = self.directives, {}
        text = "".join(f"{line}\n" for line in lines)
        if "file" in directives:
            path = self.folder / directives["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        if language == "yaml":
            self._check_yaml(text, directives.get("fragment", "whole"))
        elif language == "console":
            return self._run_commands(lines, int(directives.get("exit", "0")))
        elif language == "pycon":
            return run_session(text, self.names, self.directory)
        return lines

    def _replace(self, argument: str) -> None:
        """Change a file that an earlier block or command has written."""
        name, _, change = argument.partition(": ")
        old, arrow, new = change.partition(" => ")
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        if not arrow:
            raise self._error(f"`{argument}` is not `PATH: OLD => NEW`")
        if text.count(old) != 1:
            raise self._error(f"`{old}` occurs {text.count(old)} times in {name}, not once")
        path.write_text(text.replace(old, new), encoding="utf-8")

    def _check_yaml(self, text: str, fragment: str) -> None:
        """Compare the diagnostics of an events file, or of a part of one, with the directive."""
        kind, _, code = fragment.partition(", refused: ")
        if kind == "skip":
            return
        codes = [diagnostic.code for diagnostic in load(complete_fragment(kind, text)).diagnostics]
        expected = [code] if code else []
        if codes != expected:
            raise self._error(f"diagnostics are {codes}, expected {expected}, in\n{text}")

    def _run_commands(self, lines: list[str], expected_code: int) -> list[str]:
        """Run the commands of a block; return them, each with its output below it."""
        output: list[str] = []
        for line in lines:
            if not line.startswith("$ "):
                continue
            output.append(line)
            program, *arguments = shlex.split(line[2:], comments=True)
            if program == "cd":
                self.directory = (self.directory / arguments[0]).resolve()
            elif program == "timeline":
                code, printed = run_timeline(arguments, self.directory)
                if code != expected_code:
                    raise self._error(f"`{line}` exited with {code}\n{printed}")
                output += printed.splitlines()
            elif program == "jq":
                output += run_jq(arguments, self.directory) or _printed_below(lines, line)
            else:
                raise self._error(f"`{line}` is neither `timeline`, `cd` nor `jq`")
        return output

    def _error(self, message: str) -> PageError:
        return PageError(f"{self.page}: {message}")


def _printed_below(lines: list[str], command: str) -> list[str]:
    """Return the lines below a command, for one that cannot be run here."""
    below = lines[lines.index(command) + 1 :]
    return [*takewhile(lambda line: not line.startswith("$ "), below)]
