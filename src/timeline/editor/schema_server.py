"""Decide which diagnostics another server gives, too, that applies the JSON Schema.

That is the server of YAML in most editors. It reports syntax errors, repeated keys, and what the
schema rejects: unknown and missing keys, other types, and texts that a pattern or a list of words
does not have.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from timeline.compiler import events_file_schema
from timeline.diagnostics import On, Span, rules
from timeline.publishing import EVENTS_FILE

if TYPE_CHECKING:
    from timeline.diagnostics import Located, Path
    from timeline.editor.analysis import Analysis

_OF_YAML = frozenset(
    {
        rules.DUPLICATE_KEY.code,
        rules.INDENTATION.code,
        rules.MISSING_COLON.code,
        rules.TAB_INDENTATION.code,
        rules.UNCLOSED_QUOTE.code,
        rules.UNDEFINED_ALIAS.code,
        rules.YAML_SYNTAX.code,
    }
)
_OF_SCHEMA = frozenset(
    {rules.MISSING_KEY.code, rules.UNKNOWN_KEY.code, rules.WRONG_TYPE.code, rules.EMPTY_VALUE.code}
)


def is_reported_by_schema(analysis: Analysis, located: Located) -> bool:
    """Return whether a server that applies the JSON Schema reports a diagnostic, too."""
    diagnostic = located.diagnostic
    if diagnostic.code in _OF_SCHEMA or diagnostic.code in _OF_YAML:
        return True
    at = diagnostic.at
    if isinstance(at, Span) or at.on is On.KEY:
        return False
    text = analysis.text(at.path)
    schema = _schema_at(_schema(), at.path)
    return text is not None and schema is not None and _rejects(schema, text)


@cache
def _schema() -> dict[str, Any]:
    return events_file_schema(EVENTS_FILE.root)


def _schema_at(root: dict[str, Any], path: Path) -> dict[str, Any] | None:
    """Return the schema of the value at a path, ``None`` where it may be one of several."""
    schema: Any = root
    for step in path:
        schema = _resolved(root, schema)
        if isinstance(step, int):
            schema = schema.get("items")
        else:
            schema = schema.get("properties", {}).get(step)
        if not isinstance(schema, dict):
            return None
    return _resolved(root, schema)


def _resolved(root: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    return schema


def _rejects(schema: dict[str, Any], text: str) -> bool:
    if "enum" in schema:
        return text not in map(str, schema["enum"])
    pattern = schema.get("pattern")
    return pattern is not None and re.search(pattern, text) is None
