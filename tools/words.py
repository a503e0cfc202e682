"""Report words that the project does not use, so that its English stays plain.

``python -m tools.words [PATH…]`` reads the given files and folders, by default every text file of
the repository. Prose is all text of a file, comments and messages included; identifiers are the
names that Python code assigns or defines. ``words-allowed.txt`` lists the quotations that stay.
"""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tools.docs import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ALLOWED = Path(__file__).with_name("words-allowed.txt")

PROSE = {
    r"mend(?:s|ed|ing)?": "fix",
    r"lest": "so that … not",
    r"anew": "again",
    r"for ever": "permanently",
    r"reckon(?:s|ed|ing)?": "compute",
    r"heed(?:s|ed|ing)?": "apply",
    r"told": "reported, written",
    r"whole days?": "all-day",
    r"small letters?": "lower-case letters",
    r"(?<!there )is no (?:key|list|date)": "is not a …",
}
"""Patterns of words, with what to write instead."""

IDENTIFIERS = {
    "found": "what was found, such as `diagnostics`",
    "told": "what was reported",
    "each": "what each is, such as `diagnostic`",
    "one": "what it is, such as `event`",
}
"""Names that say nothing of the value, with what to write instead."""

SUFFIXES = {".css", ".js", ".json", ".md", ".mjs", ".py", ".svg", ".toml", ".txt", ".yaml", ".yml"}

OUTPUTS = re.compile(r"dist/|tests/cases/.*/(?:expected\.|google\.csv)|tools/words")
"""Files whose words are an API of their own, and this list itself."""

_PROSE = re.compile(r"\b(?:" + "|".join(f"({word})" for word in PROSE) + r")\b", re.IGNORECASE)
_INSTEAD = list(PROSE.values())


class Use(NamedTuple):
    """A word in its place: a path relative to the root, a line from 1, and what to write."""

    path: str
    line: int
    word: str
    instead: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: `{self.word}`: write {self.instead}\n    {self.text}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every use of a word on the list; return 1 if there is any, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tools.words", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, help="files and folders; default: all")
    paths: list[Path] = parser.parse_args(arguments).paths
    allowed = read_allowed(ALLOWED.read_text(encoding="utf-8"))
    uses = [use for path in text_files(paths) for use in find_uses(path)]
    reported = [use for use in uses if (use.path, use.text) not in allowed]
    for use in reported:
        print(use)
    unused = set() if paths else allowed - {(use.path, use.text) for use in uses}
    for path, text in sorted(unused):
        print(f"{ALLOWED.name}: nothing on the list is in this line of {path}\n    {text}")
    return 1 if reported or unused else 0


def read_allowed(text: str) -> set[tuple[str, str]]:
    """Return the (path, line of text) pairs of an allow-list; ``#`` begins a comment."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {(path, quotation) for path, _, quotation in (line.partition(": ") for line in lines)}


def text_files(paths: Sequence[Path]) -> list[Path]:
    """Return the text files under the paths that git knows or would add, sorted."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"]
    names = subprocess.run(  # noqa: S603 -- git, with paths
        [*command, *(str(path.resolve()) for path in paths)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    return sorted(
        ROOT / name
        for name in set(names)
        if Path(name).suffix in SUFFIXES and not OUTPUTS.match(name) and (ROOT / name).is_file()
    )


def find_uses(path: Path) -> Iterator[Use]:
    """Yield the uses of listed words in a file, in prose and then as identifiers."""
    name = path.relative_to(ROOT).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return  # a test's example of a file that is not UTF-8
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        for match in _PROSE.finditer(line):
            instead = _INSTEAD[(match.lastindex or 0) - 1]
            yield Use(name, number, match[0], instead, line.strip())
    if path.suffix == ".py":
        for number, identifier in identifiers(ast.parse(text)):
            if identifier in IDENTIFIERS:
                line = lines[number - 1].strip()
                yield Use(name, number, identifier, IDENTIFIERS[identifier], line)


def identifiers(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield (line, name) for each name that a module assigns or defines."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name
            case ast.arg(arg=name):
                yield node.lineno, name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.alias(asname=str(name)):
                yield node.lineno, name


if __name__ == "__main__":
    sys.exit(main())
