"""Keep the documents true to the program: run their examples and fill in their tables.

    python -m tools.docs            writes the pages that changed
    python -m tools.docs --check    writes nothing, and exits 1 if a page would change

Run it from the root of the repository. The pages at the root and in `docs/` contain, besides text:

- ```` ```yaml ```` blocks: complete events files, which must load without diagnostics. After
  `<!-- fragment: KIND -->` a block is part of a file. `KIND` is `top`, `calendar`, `events` (a
  list) or `event` (the keys of one event). `KIND, refused: CODE` must give this one diagnostic;
  `skip` is not checked.
- `<!-- file: PATH -->` directly before a block: the block is also written to `PATH` in a temporary
  folder of the page. `<!-- replace: PATH: OLD => NEW -->` changes a file in that folder.
- ```` ```console ```` blocks: their `$ timeline …` and `$ cd …` lines are run in that folder, and
  the output of each is written below it. `<!-- exit: 1 -->` directly before the block states the
  exit code of its commands, if it is not 0.
- `<!-- generated: NAME -->` to `<!-- /generated -->`: a section listed in `tools.docs.sections`.

`commands.md` and `diagnostics.md` are generated as a whole. `dates.md` has tests of its own.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The root of the repository."""

# The pages describe the source tree they are in, even if another version is installed.
sys.path.insert(0, str(ROOT / "src"))
