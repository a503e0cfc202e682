"""No text of an author adds a line to a feed."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from support import strict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def _attempts() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield events with a placeholder in each text that a file may have, one at a time."""
    places: dict[str, dict[str, Any]] = {
        name: {name: "{}"}
        for name in (
            *("id", "summary", "start", "end", "duration", "uid", "timezone", "description"),
            *("location", "url", "status", "transparency", "color", "priority", "class"),
            *("rrule", "imprecise", "long-spans", "cancelled"),
        )
    }
    places |= {
        f"{name} in a list": {name: ["{}"]}
        for name in ("categories", "was", "rdate", "exdate", "alarms", "related-to", "renamed-from")
    }
    link = {"url": "https://example.org/", "title": "{}"}
    places |= {f"{name} title": {name: [link]} for name in ("attach", "image", "conference")}
    places |= {
        f"{name} url": {name: [{"url": "https://example.org/{}"}]}
        for name in ("attach", "image", "conference")
    }
    places |= {
        "summary by language": {"summary": {"en": "{}"}},
        "a language": {"summary": {"{}": "S"}},
        "organizer name": {"organizer": {"name": "{}", "email": "a@example.org"}},
        "organizer email": {"organizer": {"email": "a@example.org{}"}},
        "contact name": {"contact": {"name": "{}"}},
        "contact email": {"contact": {"email": "a@example.org{}"}},
        "geo": {"geo": {"latitude": "1{}", "longitude": "1"}},
        "source title": {"sources": [{"title": "{}"}]},
        "source quote": {"sources": [{"title": "T", "quote": "{}"}]},
        "source url": {"sources": [{"url": "https://example.org/{}"}]},
        "property name": {"properties": {"X-{}": "a"}},
        "property text": {"properties": {"X-A": "{}"}},
        "note": {"was": [{"start": "2024-01-01", "note": "{}"}]},
        "rule part": {"rrule": {"freq": "daily", "count": "2{}"}},
        "override": {
            "rrule": "FREQ=DAILY;COUNT=2",
            "overrides": [{"recurrence-id": "2025-01-03", "summary": "{}", "location": "{}"}],
        },
    }
    yield from places.items()


def _filled(value: Any, evil: str) -> Any:
    if isinstance(value, str):
        return value.replace("{}", evil)
    if isinstance(value, list):
        return [_filled(item, evil) for item in value]
    return {key.replace("{}", evil): _filled(item, evil) for key, item in value.items()}


_BREAKS = ("\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\\n", "\\r\\n", '"\n')


def test_no_text_injects_a_line_even_without_asserts(tmp_path: Path) -> None:
    """One process compiles all files: a process for each would take minutes."""
    tries = [
        {"id": "a", "summary": "S", "start": "2025-01-03"} | _filled(place, f"x{cut}X-EVIL:1")
        for _, place in _attempts()
        for cut in _BREAKS
    ]
    heads = [
        {
            name: f"https://example.org/x{cut}X-EVIL:1"
            if name in ("url", "source")
            else f"x{cut}X-EVIL:1"
        }
        for name in (
            "id",
            "name",
            "description",
            "timezone",
            "language",
            "url",
            "source",
            "color",
            "refresh",
        )
        for cut in _BREAKS
    ]
    files = [{"calendar": {"id": "example.org", "name": "N"}, "events": [event]} for event in tries]
    files += [
        {"calendar": {"id": "example.org", "name": "N"} | head, "events": []} for head in heads
    ]
    (tmp_path / "files.json").write_text(json.dumps(files))
    done = subprocess.run(
        [sys.executable, "-O", "-c", _PROGRAM, "files.json"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    feeds = json.loads(done.stdout)
    assert len(feeds) == len(files)
    accepted = [feed for feed in feeds if feed is not None]
    assert 30 < len(accepted) < len(files)
    for feed in accepted:
        names = [name for name, _, _ in strict.content_lines(feed.encode())]
        assert "X-EVIL" not in names


_PROGRAM = """
import json, sys
from timeline.formats import FORMATS
from timeline.formats.ics.options import FeedOptions
from timeline.publishing.ledger import Ledger
from timeline.compiler.pipeline import compile_document
from timeline.source.document import parse_document

assert False, "python -O leaves asserts out"
feeds = []
for data in json.load(open(sys.argv[1])):
    file = compile_document(parse_document(json.dumps(data).encode(), "evil.yaml"))
    options = FeedOptions(stamp=Ledger("20250101T120000Z", None).stamp)
    feeds.append(
        b"".join(FORMATS["ics"].render(file.calendar, options)).decode()
        if file.is_sound else None
    )
json.dump(feeds, sys.stdout)
"""
