"""``timeline validate``: what writes the files that ``--fix`` changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from timeline.diagnostics.model import STDIN
from timeline.publishing import atomic

if TYPE_CHECKING:
    from timeline.compiler.fix import Mended


def write(mended: Mended) -> list[Path]:
    """Write the files that changed, whole or not at all; standard input is none of them.

    Raises ``publish.CannotWrite``.
    """
    changed = {name: mended.after[name] for name in mended.before if name != STDIN}
    for name in changed:
        content = mended.before[name]
        if not Path(name).is_file():
            raise atomic.CannotWrite(
                f"`{name}` is no file that could be mended in its place",
                "give it to `-`, standard input, which goes mended to standard output",
            )
        if not atomic.stands(Path(name), content):
            raise atomic.CannotWrite(f"`{name}` changed while it was read", "run it again")
    return atomic.publish({Path(name): content for name, content in changed.items()})
