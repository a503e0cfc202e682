"""A calendar into its files: rendered, stamped from what was published, and held against it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from timeline import fetch, publish, published
from timeline.difference import unified
from timeline.drawing import draw, left_out
from timeline.formats import FORMATS, Options
from timeline.ledger import Change, Ledger, check_same_calendar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.events import Calendar
    from timeline.published import Key, Published, Stamps


@dataclass(frozen=True, slots=True)
class Output:
    """One rendered file. ``ledger`` is the feed's, ``None`` for other formats."""

    path: Path
    format: str
    chunks: list[bytes]
    ledger: Ledger | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """An event that was published and is not in the feed any more."""

    uid: str
    summary: str
    is_in_file: bool


def render(
    calendar: Calendar,
    names: Iterable[str],
    directory: Path,
    stem: str,
    *,
    options: Options,
    now: str,
    previous: Published | None,
) -> list[Output]:
    """Render formats by name, those of ``FORMATS``. ``now`` is a UTC time of RFC 5545."""
    outputs = []
    for name in names:
        form = FORMATS[name]
        ledger = Ledger(now, previous) if name == "ics" else None
        chosen = replace(options, stamp=ledger.stamp) if ledger else options
        chunks = list(form.render(calendar, chosen))
        outputs.append(Output(directory / (stem + form.suffix), name, chunks, ledger))
    return outputs


def read_previous(standing: Path, calendar: Calendar, given: str | None) -> Published | None:
    """Read the feed that was published: the one given, else the one that stands.

    Raises ``fetch.CannotRead`` and ``published.Refused``, which name it and say what to do.
    """
    if given is not None:
        feed: bytes | None = fetch.read_previous(given)
        name = fetch.shown(given)
    else:
        feed, name = fetch.read_standing(standing), str(standing)
    if feed is None:
        return None
    found = published.read(feed, name)
    check_same_calendar(found, calendar.id, {event.uid for event in calendar.events})
    return found


def gone(ledger: Ledger, calendar: Calendar) -> list[Gone]:
    """List what was published and is no longer; ``calendar`` is the whole one, nothing filtered."""
    before = ledger.published
    if before is None:
        return []
    in_file = {event.uid for event in calendar.events}
    return [
        Gone(key[0], _summary(before, key), key[0] in in_file or _base(key[0]) in in_file)
        for key in ledger.lost()
    ]


def _summary(before: Published, key: Key) -> str:
    lines, _ = published.parts(before.content(key))
    summaries = [line for line in lines if published.name_of(line) == "SUMMARY"]
    return published.unescape(summaries[0].partition(":")[2]) if summaries else ""


def _base(uid: str) -> str:
    """Give the UID of the event whose last day was drawn by itself; ids have no dots."""
    name, at, domain = uid.rpartition("@")
    return name.removesuffix(".end") + at + domain


def no_stamps(key: Key, content: bytes) -> Stamps:
    """Stand for a ledger where no feed is rendered."""
    raise AssertionError((key, content))


def is_current(output: Output) -> bool:
    """Whether what stands is what would be written."""
    return publish.stands(output.path, output.chunks)


def difference(output: Output) -> str:
    """Say what would change; of a feed, without the stamps, which only follow the rest."""
    if output.ledger is None:
        return publish.diff(output.path, output.chunks)
    after = published.read(b"".join(output.chunks), str(output.path))
    standing = fetch.read_standing(output.path)
    before = published.read(standing, str(output.path)) if standing else None
    return unified(
        published.without_stamps(before) if before else None,
        published.without_stamps(after),
        str(output.path),
    )


def omissions(calendar: Calendar) -> dict[str, str]:
    """Say of each event that the feed does not show why not, by id."""
    return {event.id: why for event in calendar.events if (why := left_out(event))}


def drawn(calendar: Calendar) -> int:
    """Count the VEVENTs of the feed."""
    return sum(len(draw(event)) for event in calendar.events)


def widened(outputs: Iterable[Output]) -> int:
    """Count the events that changed only because this version of timeline writes more of them."""
    return sum(output.ledger.count(Change.WIDER) for output in outputs if output.ledger)
