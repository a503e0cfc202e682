"""What ``timeline init`` writes: a file to begin with, and what editors and git need beside it."""

from __future__ import annotations

import json
from importlib.resources import files as resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def files(directory: Path) -> dict[Path, bytes]:
    """Give the files of a new timeline by their path."""
    events = resources("timeline.cli").joinpath("starter.yaml").read_bytes()
    return {
        directory / "events.yaml": events,
        directory / "events.schema.json": schema_text().encode(),
        directory / ".gitattributes": GIT_ATTRIBUTES.encode(),
    }


GIT_ATTRIBUTES = """\
# iCalendar and CSV have CRLF line ends by their standards; git must not touch them.
*.ics -text
*.csv -text
"""


def schema_text() -> str:
    """Give the JSON Schema of the events file as it is published."""
    from timeline.compiler.schema.json_schema import json_schema

    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
