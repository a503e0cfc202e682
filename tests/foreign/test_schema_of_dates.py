"""Every date of docs/dates.md by the JSON Schema, as ajv applies it, and by the program."""

from __future__ import annotations

import json
import os
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from support import foreign
from support.paths import ROOT
from timeline.cli.schema import schema_text
from timeline.dates.fields import parse_end, parse_start
from timeline.diagnostics.model import Refusal

_MISSING = foreign.missing_ajv()
pytestmark = pytest.mark.skipif(bool(_MISSING), reason=_MISSING)

PAGE = (ROOT / "docs/dates.md").read_text(encoding="utf-8")
LOOSE = {
    # The patterns know neither the calendar, nor zones, nor sides of a `between`.
    *("2025-02-30", "2025-13-45", "2025-W53", "2025-01-03T24:00"),
    "2025-01-03T23:59:60",
    *("between 2025-W03 and 2025-04", "between 2025-03 and 2025-01", "2025-01-03T23:59[aoe]"),
}
"""What the schema accepts and the program rejects."""


def rows(*heads: str) -> list[str]:
    """Return the texts of the first column of all tables that begin with one of the heads."""
    tables = re.findall(r"^\| ([^|]+) \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    lines = [line for head, body in tables if head in heads for line in body.splitlines()]
    assert lines
    return [re.findall(r"^\| `(.+?)` \|", line)[0] for line in lines]


def results() -> list[str]:
    """Return the last columns of the tables of arithmetic."""
    return re.findall(r"^\| `[^|]+` \| `[+-] [^|]+` \| `(.+?)` \|$", PAGE, re.MULTILINE)


@cache
def accepted(key: str, texts: tuple[str, ...]) -> dict[str, bool]:
    """Return whether ajv accepts files in which an event has each of the texts in a key."""
    event = {"id": "a", "summary": "A", "start": "2025"}
    head = {"calendar": {"id": "x.org", "name": "X"}}
    files = [{**head, "events": [event | {key: text}]} for text in texts]
    done = subprocess.run(
        [foreign.NODE, str(Path(__file__).with_name("ajv.mjs")), os.environ["TIMELINE_AJV"]],
        input=json.dumps({"schema": json.loads(schema_text()), "values": files}),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(zip(texts, json.loads(done.stdout), strict=True))


def is_read(text: str) -> bool:
    try:
        parse_start(text)
    except Refusal:
        return False
    return True


def test_what_the_page_allows_is_accepted_by_ajv_and_read() -> None:
    texts = tuple(dict.fromkeys((*rows("written", "date"), *results())))
    assert [text for text, is_valid in accepted("start", texts).items() if not is_valid] == []
    assert [text for text in texts if not is_read(text)] == []


def test_what_the_page_rejects_is_rejected_by_ajv_and_not_read() -> None:
    texts = tuple(rows("rejected"))
    valid = {text for text, is_valid in accepted("start", texts).items() if is_valid}
    assert valid == LOOSE & set(texts)
    assert [text for text in texts if is_read(text)] == []


def test_one_known_bound_is_no_end() -> None:
    texts = tuple(text for text in rows("written") if text.startswith("not "))
    assert not any(accepted("end", texts).values())
    for text in texts:
        with pytest.raises(Refusal):
            parse_end(text)
