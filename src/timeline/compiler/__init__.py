"""From an events file to a calendar: schema, resolution, checks and the pipeline through them."""

from __future__ import annotations

from typing import Any


def events_file_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an events file."""
    from timeline.compiler.schema.json_schema import json_schema  # noqa: PLC0415 - few need it

    return json_schema()
