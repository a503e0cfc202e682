"""Write the pages that changed, or list them with ``--check``."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from tools.docs import ROOT, pages
from tools.docs.errors import PageError

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Update the pages and return the exit code: 1 for a stale or wrong page, 2 for wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.docs", description="Run the examples of the documents."
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a page would change"
    )
    check: bool = parser.parse_args(arguments).check
    is_stale = False
    for path in pages.page_paths():
        try:
            text = pages.render_page(path)
        except PageError as error:
            print(error, file=sys.stderr)
            return 1
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        is_stale = True
        if check:
            print(f"would change {path.relative_to(ROOT)}")
        else:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    return 1 if check and is_stale else 0


if __name__ == "__main__":
    sys.exit(main())
