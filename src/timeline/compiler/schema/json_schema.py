"""The JSON Schema (2020-12) of the file, for editors, made of the declarations of its keys.

An editor reads ``2026`` as a number, so every scalar may be a string, a number or a boolean. It is
not told that a key may be null: leaving a key out is the only way to be empty.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from timeline.compiler.schema.declarations import ListOf, Nested, Table, Value
from timeline.compiler.schema.timeline import Timeline

if TYPE_CHECKING:
    from timeline.compiler.schema.declarations import Declared, Key, Reader


def events_file_schema() -> dict[str, Any]:
    """Return the JSON Schema of the file. A mapping's name in ``$defs`` is its title."""
    schemas = _Schemas()
    root = schemas.of_mapping(Timeline)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": dict(sorted(schemas.definitions.items())),
        **root,
    }


class _Schemas:
    """Makes JSON Schemas; ``definitions`` has those of the mappings in the file, by title."""

    def __init__(self) -> None:
        self.definitions: dict[str, dict[str, Any]] = {}

    def of(self, reader: Reader[Any]) -> dict[str, Any]:
        """Return the schema of what a reader reads."""
        match reader:
            case Value():
                return dict(_sorted(reader.schema))
            case ListOf():
                return {"items": self.of(reader.item), "type": "array"}
            case Table():
                return {"type": "object", "additionalProperties": self.of(reader.values)}
            case Nested():
                return self._reference(reader.declared)
        raise TypeError(reader)

    def _reference(self, declared: type[Declared]) -> dict[str, Any]:
        title = declared.declaration.title
        if title not in self.definitions:
            self.definitions[title] = {}  # until it is known: a mapping may hold itself
            self.definitions[title] = self.of_mapping(declared)
        return {"$ref": f"#/$defs/{title}"}

    def of_mapping(self, declared: type[Declared]) -> dict[str, Any]:
        """Return the schema of a mapping, or of that and its short form."""
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
        # The order is that of the schemas published so far, which pydantic wrote.
        about = {"description": key.description, "title": key.title}
        if key.default is None:
            return about | self.of(key.reader)
        if key.name == "properties":
            return self.of(key.reader) | dict(reversed(about.items()))
        if not key.is_required and key.default not in ((), {}):
            about["default"] = _as_text(key.default)
        return dict(sorted((about | self.of(key.reader)).items()))


def _as_text(default: Any) -> Any:
    """Return a default as it is written in a file."""
    if isinstance(default, timedelta):
        return f"PT{default // timedelta(hours=1)}H"
    return default


def _sorted(schema: Any) -> Any:
    """Sort the keys of a schema, but for the names of ``properties``."""
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
