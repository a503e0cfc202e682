"""The JSON Schema of the file, which is made of its models."""

from __future__ import annotations

from typing import Any

from timeline.compiler.schema.models import Timeline


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of the file, for editors and other programs."""
    schema = Timeline.model_json_schema(by_alias=True)
    _drop_null(schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema


def _drop_null(schema: Any) -> None:
    """Take out what says that a key may be null: leaving a key out is the only way to be empty."""
    for part in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(part, dict | list):
            _drop_null(part)
    if isinstance(schema, dict) and {"type": "null"} in schema.get("anyOf", ()):
        choices = [choice for choice in schema.pop("anyOf") if choice != {"type": "null"}]
        schema |= choices[0] if len(choices) == 1 else {"anyOf": choices}
    if isinstance(schema, dict) and schema.get("default", ...) in (None, [], {}, ()):
        del schema["default"]
