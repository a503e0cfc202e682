"""Edit events files at random, as in an editor, and compare each state with `timeline validate`.

In ``tests``: ``python -m support.edits --seed 1 --count 10000``. Texts are the founding file and
twenty files with errors; an edit inserts, deletes, pastes or undoes, and only what it changes is
sent, in one of the position encodings. After each edit the text and the diagnostics of the editor,
back from UTF-16, must be those of the file with the same bytes, and every request at a random place
must be answered without an exception. ``test_random_edits.py`` runs the first.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from support.editing import Editor
from support.fuzz import NASTY, PIECES
from support.paths import BAD, ROOT
from timeline.diagnostics import locate_all
from timeline.editor.actions import actions, fix_all
from timeline.editor.columns import ENCODINGS, units
from timeline.editor.completion import completions
from timeline.editor.convert import Converter
from timeline.editor.dates import hints, hover
from timeline.editor.lines import split_lines
from timeline.editor.navigation import CannotRename, definitions, references, renamable, rename
from timeline.editor.symbols import symbols
from timeline.editor.texts import Change, Position
from timeline.publishing import load_events_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.editor.analysis import Analysis

BAD_FILES = 20
EDITS_OF_ONE = 25
"""How many edits follow each other before another text is opened."""


def texts() -> list[str]:
    """Return the founding file, and files with errors that are text."""
    bad = [path.read_bytes() for path in sorted(BAD.glob("*.yaml"))[::20][:BAD_FILES]]
    return [(ROOT / "events.yaml").read_text(encoding="utf-8")] + [
        content.decode("utf-8", "replace") for content in bad
    ]


def states(chance: random.Random, known: Sequence[str]) -> Iterator[tuple[str | None, str]]:
    """Yield texts without end, each with the one that it is an edit of, ``None`` for another."""
    while True:
        text = before = chance.choice(known)
        yield None, text
        for _ in range(EDITS_OF_ONE):
            start = chance.randint(0, len(text))
            end = min(len(text), start + chance.choice((0, 0, 1, 1, 2, 9, 40)))
            piece = chance.choice(
                ("", chance.choice("\n :-[]{}'\"#&*a1é𝄞\r\t~"), chance.choice(PIECES + NASTY))
            )
            text, before = (
                chance.choice(
                    (text[:start] + piece + text[end:], text[:start] + piece + text[start:], before)
                ),
                text,
            )
            yield before, text


def change(before: str, text: str, encoding: str) -> Change:
    """Return what an editor sends of an edit: the part that differs."""
    start = count_same(before, text)
    same = count_same(before[start:][::-1], text[start:][::-1])
    end = len(before) - same
    # There is no position within `\r\n`.
    start -= before[start - 1 : start + 1] == "\r\n"
    end += before[end - 1 : end + 1] == "\r\n"
    new = text[start : len(text) - (len(before) - end)]
    return Change(new, (position(before[:start], encoding), position(before[:end], encoding)))


def count_same(first: str, second: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    length = 0
    for character, other in zip(first, second, strict=False):
        if character != other:
            break
        length += 1
    return length


def position(before: str, encoding: str) -> Position:
    """Return the position behind a text."""
    lines = split_lines(before)
    return Position(len(lines) - 1, units(lines[-1], encoding))


def check(editor: Editor, before: str | None, text: str, chance: random.Random) -> None:
    """Compare the diagnostics of a text, and ask everything at a random place.

    Raises: ``AssertionError``, or what is raised.
    """
    if before is None:
        analysis = editor.type(text)
    else:
        encoding = chance.choice([*ENCODINGS])
        analysis = editor.change(change(before, text, encoding), encoding)
    content = analysis.tree.contents[str(editor.folder / "events.yaml")]
    assert content == text.encode("utf-8", "surrogatepass")
    converter = Converter(analysis, "utf-16")
    file = editor.folder / "events.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    loaded = load_events_file(str(file))
    expected = [
        (of.diagnostic.code, of.diagnostic.message, of.span.line)
        for of in locate_all(loaded.diagnostics, loaded.document)
    ]
    shown = [converter.diagnostic(of) for of in analysis.located]
    assert expected == [(of.code, message_of(of), of.range.start.line + 1) for of in shown]
    for of, located in zip(shown, analysis.located, strict=True):
        place = converter.place(located.span.file, of.range.start)
        assert (place.line, place.column) == (located.span.line, located.span.column)
    ask(analysis, converter, chance)


def message_of(diagnostic: types.Diagnostic) -> str:
    """Return the message without its help."""
    return diagnostic.message.partition("\nhelp: ")[0].partition("\nnote: ")[0]


def ask(analysis: Analysis, converter: Converter, chance: random.Random) -> None:
    """Ask everything about a random place."""
    root = analysis.root
    raw = analysis.document.text(root).raw
    lines = raw.split("\n")
    position = types.Position(chance.randint(0, len(lines)), chance.randint(0, 60))
    place = converter.place(root, position)
    hover(analysis, place)
    list(hints(analysis, root, 1, len(lines)))
    list(symbols(analysis, root))
    for action in (*actions(analysis, root, place.line, place.line), fix_all(analysis)):
        if action is not None:
            converter.action(action)
    for span in (
        *definitions(analysis, place),
        *references(analysis, place, with_definition=True),
    ):
        converter.location(span)
    if renamable(analysis, place):
        with suppress(CannotRename):
            converter.workspace_edit(rename(analysis, place, "new-id"))
    list(completions(lines, place.line, place.column, analysis))


def run(seed: int, count: int) -> int:
    """Check some states, report those that fail, and return how many did."""
    chance, failed = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as folder:
        editor = Editor(Path(folder).resolve())
        for number, (before, text) in zip(range(count), states(chance, texts()), strict=False):
            try:
                check(editor, before, text, chance)
            except Exception:  # noqa: BLE001 - it is what is searched for
                failed += 1
                print(f"seed {seed}, number {number}:\n{text!r}", file=sys.stderr)  # noqa: T201
                traceback.print_exc()
    return failed


def main() -> int:
    """Run as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10_000)
    arguments = parser.parse_args()
    failed = run(arguments.seed, arguments.count)
    print(f"{arguments.count} states, seed {arguments.seed}: {failed} failed")  # noqa: T201
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
