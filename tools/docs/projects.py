"""The example projects in ``docs/examples``, which the tests build."""

from __future__ import annotations

from pathlib import Path

from tools.docs import ROOT

_LANGUAGES = {".md": "markdown", ".py": "python", ".rst": "rst", ".yaml": "yaml", ".yml": "yaml"}


def project_files(*names: str) -> str:
    """Return files of a project as blocks, each below its path within the project."""
    blocks: list[str] = []
    for path in map(Path, names):
        text = (ROOT / "docs" / "examples" / path).read_text(encoding="utf-8")
        fence = "````" if "```" in text else "```"
        # The suffix of ours is .yaml; .yml is the configuration of another program.
        skip = "<!-- fragment: skip -->\n" if path.suffix == ".yml" else ""
        name = path.relative_to(path.parts[0])
        blocks.append(f"`{name}`:\n\n{skip}{fence}{_LANGUAGES[path.suffix]}\n{text}{fence}\n")
    return "\n".join(blocks)
