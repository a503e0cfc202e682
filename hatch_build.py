"""Compile the catalogues of ``src/timeline/locale`` when the package is built or installed.

A catalogue whose translations do not have the placeables of their phrases fails the build: it would
lose a date, or end in a traceback, in somebody's language.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))
from tools.catalogues.compile import compile_catalogues


class CatalogueHook(BuildHookInterface[Any]):
    """Compile each ``timeline.po`` to the ``timeline.mo`` beside it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile the catalogues, and include them in the wheel though git ignores them."""
        if self.target_name == "wheel":
            compile_catalogues()
            build_data["artifacts"].append("src/timeline/locale/*/timeline.mo")
