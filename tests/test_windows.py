"""Each use of what Windows lacks has a guard.

`cli/test_documented_commands.py` takes all of it away and runs the commands.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import TYPE_CHECKING

from support.paths import ROOT
from support.without_posix import MODULES, POSIX_ONLY

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = ROOT / "src" / "timeline"

GUARDED = {
    "publishing.permissions": {
        *("os.fchmod", "os.fchown"),  # `keep_permissions` returns without `os.fchown`
        *("os.getxattr", "os.removexattr", "os.setxattr"),  # `_keep_access_list` without the first
    },
    "publishing.temporary": {"fcntl"},  # `None` where the import fails
    "source.files": {"os.set_blocking"},  # only where `os.O_NONBLOCK` is
}
"""The uses of what Windows lacks, by module, and their guards."""


def posix_names(tree: ast.Module) -> Iterator[str]:
    """Yield what a module uses of POSIX, apart from ``getattr`` and ``hasattr`` with a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            yield node.module
        elif isinstance(node, ast.ImportFrom) and node.module in POSIX_ONLY:
            names = POSIX_ONLY[node.module].split()
            yield from (f"{node.module}.{it.name}" for it in node.names if it.name in names)
        elif isinstance(node, ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            if node.attr in POSIX_ONLY.get(owner, "").split():
                yield f"{owner}.{node.attr}"


def test_only_these_uses_of_posix_have_a_guard_and_there_are_no_others() -> None:
    used: defaultdict[str, set[str]] = defaultdict(set)
    for path in PACKAGE.rglob("*.py"):
        for name in posix_names(ast.parse(path.read_text(encoding="utf-8"))):
            used[".".join(path.relative_to(PACKAGE).with_suffix("").parts)].add(name)
    assert used == GUARDED
