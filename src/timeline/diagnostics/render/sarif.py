"""Render diagnostics as SARIF 2.1.0, which code scanning and editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/. Numbers in brackets are its sections.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from timeline._version import VERSION
from timeline.diagnostics.catalog import rule_page, rules_by_code
from timeline.diagnostics.model import STDIN
from timeline.diagnostics.placement import locate_all
from timeline.diagnostics.render.json import dump

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.diagnostics.model import Diagnostic, Edit, Span
    from timeline.diagnostics.placement import Located, SourceMap

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_WIDE = re.compile("[\U00010000-\U0010ffff]")
_LINK = re.compile(r"\[(?=[^\]]*\]\()")


def render(diagnostics: Iterable[Diagnostic], source: SourceMap) -> str:
    """Return a log with one run, without results if there are no diagnostics."""
    all_located = locate_all(diagnostics, source)
    codes = sorted({located.diagnostic.code for located in all_located})
    locations = _Locations(source)
    run = {
        "tool": {"driver": _driver(codes)},
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [_result(located, codes, locations) for located in all_located],
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(codes: list[str]) -> dict[str, Any]:
    return {
        "name": "timeline",
        "version": VERSION,
        "rules": [_rule(code) for code in codes],
    }


def _rule(code: str) -> dict[str, Any]:
    """Describe a code by its page (3.49)."""
    page = rule_page(rules_by_code()[code])
    return {
        "id": code,
        "shortDescription": {"text": f"{page.rule.title}."},
        "fullDescription": {"text": page.description.strip()},
        # There is no `helpUri`: the whole page is here.
        "help": {"text": page.text, "markdown": page.text},
        "defaultConfiguration": {
            "level": str(page.rule.severity),
            **({} if page.rule.on_by_default else {"enabled": False}),
        },
    }


def _result(located: Located, codes: list[str], locations: _Locations) -> dict[str, Any]:
    """Return a result (3.27); a note with a place becomes a related location."""
    diagnostic, span, notes = located
    bare = [f"note: {message}" for message, at in notes if at is None]
    help_ = [] if diagnostic.help is None else [f"help: {diagnostic.help}"]
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": codes.index(diagnostic.code),
        "level": str(diagnostic.severity),
        "message": _message("\n".join([diagnostic.message, *help_, *bare])),
        "locations": [{"physicalLocation": locations.physical(span)}],
    }
    related = [(message, at) for message, at in notes if at is not None]
    if related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": locations.physical(at),
                "message": _message(message),
            }
            for number, (message, at) in enumerate(related, 1)
        ]
    if diagnostic.edits:
        result["fixes"] = [_fix(diagnostic.edits, locations)]
    return result


def _fix(edits: Iterable[Edit], locations: _Locations) -> dict[str, Any]:
    """Return a fix (3.55): all edits of a diagnostic, by file."""
    by_file: dict[str, list[Edit]] = {}
    for edit in edits:
        by_file.setdefault(edit.at.file, []).append(edit)
    return {
        "description": {"text": "Write what `timeline validate --fix` writes."},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(file),
                "replacements": [
                    {
                        "deletedRegion": locations.region(edit.at),
                        "insertedContent": {"text": edit.text},
                    }
                    for edit in of_file
                ],
            }
            for file, of_file in by_file.items()
        ],
    }


def _message(text: str) -> dict[str, str]:
    """Return a message (3.11.6), with text that looks like a link escaped."""
    return {"text": _LINK.sub(r"\\[", text)}


class _Locations:
    """Locations with columns in UTF-16 code units, in which a character beyond U+FFFF takes two.

    Each line is examined once: it may be megabytes long, with a thousand diagnostics.
    """

    def __init__(self, source: SourceMap) -> None:
        self._source = source
        self._wide: dict[tuple[str, int], list[int]] = {}

    def physical(self, span: Span) -> dict[str, Any]:
        """Return a physical location (3.29)."""
        return {"artifactLocation": _artifact(span.file), "region": self.region(span)}

    def region(self, span: Span) -> dict[str, int]:
        """Return a region (3.30)."""
        return {
            "startLine": span.line,
            "startColumn": self._utf16(span.file, span.line, span.column),
            "endLine": span.end_line,
            "endColumn": self._utf16(span.file, span.end_line, span.end_column),
        }

    def _utf16(self, file: str, line: int, column: int) -> int:
        """Return a column, counted in characters, in UTF-16 code units."""
        if (file, line) not in self._wide:
            text = self._source.line(file, line) or ""
            self._wide[file, line] = [match.start() for match in _WIDE.finditer(text)]
        return column + bisect_left(self._wide[file, line], column - 1)


def _artifact(file: str) -> dict[str, Any]:
    if file == STDIN:
        return {"description": {"text": "standard input"}}
    path = PurePath(file)
    # `quote` escapes a colon, which would make the first part of a relative path a scheme. As
    # `as_uri`, it gets the bytes of the name, which may not be UTF-8.
    return {"uri": path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))}
