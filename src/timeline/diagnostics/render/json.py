"""Render diagnostics as one JSON document for other programs.

``version`` is that of the format: keys may be added to a version, but none is removed or changes
its meaning. Lines and columns count from 1, columns in characters (code points), and an end is
exclusive.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from timeline._lazy import regex
from timeline.diagnostics.placement import locate_all
from timeline.diagnostics.render.cells import COMMAND_BRACKET

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from timeline.diagnostics.model import Diagnostic, Span
    from timeline.diagnostics.placement import Located, SourceMap

VERSION = 1

_ESCAPED = regex(f"[^\x00-\x7e]|{COMMAND_BRACKET}")


def dump(document: dict[str, Any]) -> str:
    """Return a JSON document in ASCII, so that no text in it can control a terminal or a build.

    A surrogate, which stands for a byte of a file name that is not UTF-8, becomes U+FFFD: it has no
    meaning in JSON, and many programs reject the whole document (RFC 8259 8.2).
    """
    text = json.dumps(document, indent=2, ensure_ascii=False)
    return _ESCAPED.sub(_escape, text) + "\n"


def _escape(match: re.Match[str]) -> str:
    character = "\ufffd" if "\ud800" <= match[0] <= "\udfff" else match[0]
    units = character.encode("utf-16-be").hex()
    return "".join(f"\\u{units[index : index + 4]}" for index in range(0, len(units), 4))


def render(diagnostics: Iterable[Diagnostic], source: SourceMap) -> str:
    """Return the document, with an empty list if there are no diagnostics."""
    objects = [_object(located) for located in locate_all(diagnostics, source)]
    return dump({"version": VERSION, "diagnostics": objects})


def _object(located: Located) -> dict[str, Any]:
    diagnostic, span, notes = located
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "help": diagnostic.help,
        **_range(span),
        "notes": [{"message": message, **_range(at)} for message, at in notes],
        "edits": [{**_range(edit.at), "text": edit.text} for edit in diagnostic.edits],
    }


def _range(span: Span | None) -> dict[str, Any]:
    if span is None:
        return {"file": None, "start": None, "end": None}
    return {
        "file": span.file,
        "start": {"line": span.line, "column": span.column},
        "end": {"line": span.end_line, "column": span.end_column},
    }
