"""Build the JSON Schema (2020-12) of the file from the declarations of its keys, for editors.

An editor reads ``2026`` as a number, so every scalar may be a string, a number or a boolean. No key
may be null: the only way to have no value is to remove the key.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from timeline.compiler.schema.declarations import (
    TRUE,
    ByKey,
    ListOf,
    Nested,
    Repeatable,
    Table,
    Value,
)
from timeline.compiler.schema.timeline import IncludedTimeline, Timeline

if TYPE_CHECKING:
    from timeline.compiler.schema.declarations import Declared, Key, Reader


def events_file_schema(declared: type[Timeline] = Timeline) -> dict[str, Any]:
    """Return the JSON Schema of the file; ``$defs`` has the mappings by their titles."""
    return _schema_of(declared)


def included_file_schema() -> dict[str, Any]:
    """Return the JSON Schema of a file that an events file includes."""
    return _schema_of(IncludedTimeline)


def _schema_of(declared: type[Declared]) -> dict[str, Any]:
    schemas = _Schemas()
    root = schemas.of_mapping(declared)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": dict(sorted(schemas.definitions.items())),
        **root,
    }


class _Schemas:
    """Builds JSON Schemas; ``definitions`` has those of the mappings by their titles."""

    def __init__(self) -> None:
        self.definitions: dict[str, dict[str, Any]] = {}

    def of(self, reader: Reader[Any]) -> dict[str, Any]:
        """Return the schema of the values that a reader accepts."""
        match reader:
            case Value():
                return dict(_sorted(reader.schema))
            case ListOf():
                return {"items": self.of(reader.item), "type": "array", **_sorted(reader.schema)}
            case Table():
                return {"type": "object", "additionalProperties": self.of(reader.values)}
            case Nested():
                return self._reference(reader.declared)
            case ByKey():
                return {
                    "if": {"required": [reader.key], "type": "object"},
                    "then": self.of(reader.has_key),
                    "else": self.of(reader.lacks_key),
                }
            case Repeatable():
                mapping = self._reference(reader.declared)
                several = {"items": mapping, "minItems": 1, "type": "array"}
                return {"anyOf": [{"enum": [True, *TRUE]}, mapping, several]}
        raise TypeError(reader)

    def _reference(self, declared: type[Declared]) -> dict[str, Any]:
        title = declared.declaration.title
        if title not in self.definitions:
            self.definitions[title] = {}  # for now: a mapping may contain its own kind
            self.definitions[title] = self.of_mapping(declared)
        return {"$ref": f"#/$defs/{title}"}

    def of_mapping(self, declared: type[Declared]) -> dict[str, Any]:
        """Return the schema of a mapping and of its short form, if it has one."""
        declaration = declared.declaration
        keys = {name: self._of_key(key) for name, key in declaration.keys.items()}
        schema: dict[str, Any] = {
            "additionalProperties": False,
            "description": declared.__doc__,
            "properties": keys,
            "title": declaration.title,
            "type": "object",
        }
        if declaration.is_open:
            schema["patternProperties"] = {"^x-": {}}
        if required := [name for name, key in declaration.keys.items() if key.is_required]:
            schema["required"] = required
        schema = dict(sorted(schema.items()))
        if declaration.may_be_short:
            short = next(iter(keys.values()))
            return {"anyOf": [short, schema], "title": declaration.title}
        return schema

    def _of_key(self, key: Key) -> dict[str, Any]:
        # The order of the schema as first published, which pydantic generated.
        about = {"description": key.description, "title": key.title}
        if key.default is None:
            return about | self.of(key.reader)
        if key.name == "properties":
            return self.of(key.reader) | dict(reversed(about.items()))
        if not key.is_required and key.default not in ((), {}):
            about["default"] = _as_text(key.default)
        return dict(sorted((about | self.of(key.reader)).items()))


def _as_text(default: Any) -> Any:
    """Return a default as an author would write it."""
    if isinstance(default, timedelta):
        return f"PT{default // timedelta(hours=1)}H"
    return default


def _sorted(schema: Any) -> Any:
    """Return a schema with sorted keys, except in ``properties``."""
    if isinstance(schema, list):
        return [_sorted(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: _sorted(about) for name, about in value.items()}
        if key == "properties"
        else _sorted(value)
        for key, value in sorted(schema.items())
    }
