"""What a coverage-guided fuzzer runs: each target takes any bytes and must raise nothing.

``guided_fuzz`` finds the inputs; ``test_guided_fuzz.py`` runs the seeds of each target.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from support import fuzz
from support.clock import STAMP
from support.loading import calendar_of_file, load_file
from support.paths import CASE_FILES, ROOT, TESTS
from timeline.diagnostics.errors import UserError
from timeline.diagnostics.render import terminal
from timeline.embed.document import embed_timelines
from timeline.embed.markers import HTML
from timeline.formats import FORMATS, PRODID
from timeline.formats.ics.options import FeedOptions
from timeline.publishing.diff import unified_diff
from timeline.publishing.feed import parse_feed, without_stamps
from timeline.publishing.ledger import Ledger, check_same_calendar
from timeline.publishing.removals import find_removals, removal_notices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline.compiler.pipeline import Loaded
    from timeline.model.events import Calendar

END = HTML.marker("end")

SEED_LENGTH = 8_000
"""The longest seed in bytes: longer ones make every mutation of them slow."""


class Target(NamedTuple):
    """A function that takes any bytes, and inputs to begin with."""

    run: Callable[[bytes], object]
    seeds: Callable[[], Iterator[bytes]]


def _events_files() -> Iterator[bytes]:
    for path in (*CASE_FILES, *sorted(TESTS.glob("bad/*.yaml"))):
        if path.stat().st_size <= SEED_LENGTH:
            yield path.read_bytes()


# --- previous feeds -------------------------------------------------------------------------------


def continue_feed(content: bytes) -> None:
    """Continue a previous feed of the recurring case, report and compare; or reject it."""
    calendar = _calendar()
    try:
        published = parse_feed(content, "previous.ics")
        check_same_calendar(published, calendar.id, {e.uid for e in calendar.events}, PRODID)
    except UserError as error:
        if not error.message.isprintable():
            raise AssertionError(error.message) from error
        return
    for ledger in (Ledger(STAMP, published), Ledger(STAMP, None, published)):
        feed = b"".join(FORMATS["ics"].render(calendar, FeedOptions(stamp=ledger.stamp)))
        continued = parse_feed(feed, "events.ics")
        assert list(continued.events) == list(ledger.changes)
        removals = find_removals(ledger, calendar, calendar)
        assert all(removal.reason and removal.name for removal in removals)
        list(removal_notices(ROOT / "events.ics", ledger, removals))
    unified_diff(without_stamps(published), without_stamps(continued), "events.ics")


@cache
def _calendar() -> Calendar:
    return calendar_of_file(TESTS / "cases" / "recurrence" / "events.yaml")


def _feeds() -> Iterator[bytes]:
    yield (TESTS / "cases" / "recurrence" / "expected.ics").read_bytes()
    for path in sorted(TESTS.glob("cases/*/*.ics")):
        if path.stat().st_size <= SEED_LENGTH:
            yield path.read_bytes()


# --- documents ------------------------------------------------------------------------------------


def embed_twice(content: bytes) -> None:
    """Put timelines into a document, or report its errors; a second run changes nothing."""
    embedded = embed_timelines(content, "page.md", _load)
    text = terminal.render(embedded.diagnostics, embedded.document, color=False)
    assert bool(text) == bool(embedded.diagnostics)
    if embedded.content is not None:
        again = embed_timelines(embedded.content, "page.md", _load)
        assert again.content == embedded.content
        assert again.places == embedded.places


@cache
def _loaded() -> Loaded:
    return load_file(str(ROOT / "events.yaml"))


def _load(_: str) -> Loaded:
    return _loaded()


def _documents() -> Iterator[bytes]:
    for options in (
        *("", "style=table", "style=mermaid from=2025-01 to=2026", "heading-level=3", "file=a.yml"),
        *('category="a, b" category=c', "feed=races", "from=2025 from=2026", "styl=list x"),
    ):
        yield f"# Page\n\n<!-- timeline:start {options} -->\nold\n{END}\n".encode()
    yield f"---\ntitle: A\n---\n- item\n\n  <!-- timeline:start -->\n  {END}\n".encode()
    yield f"```\n<!-- timeline:start -->\n```\n> {END}\n<!--\ntimeline:end -->\r\n".encode()
    yield f"\ufeff1. a\n\n    <!-- timeline:begin -->\n\t{END} text\n<pre>\n{END}".encode()
    yield (ROOT / "docs" / "embedding.md").read_bytes()


TARGETS = {
    "events": Target(fuzz.compile_and_export, _events_files),
    "feed": Target(continue_feed, _feeds),
    "document": Target(embed_twice, _documents),
}
"""Reading, compiling and rendering; the previous feed and its ledger; markers in Markdown."""
