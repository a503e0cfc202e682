"""Time zones by their IANA names, and how often a zone's clocks show a given time.

All data come from the ``tzdata`` package, never from the machine's ``/usr/share/zoneinfo``: the
same file with the same versions must give the same bytes everywhere. ``zoneinfo.ZoneInfo(name)``
asks the machine first, so nothing here calls it.
"""

from __future__ import annotations

import pkgutil
import struct
from datetime import datetime, time
from enum import Enum
from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from timeline.diagnostics import Refusal, cited, rules

if TYPE_CHECKING:
    from datetime import timedelta, tzinfo

UTC_NAME: Final = "UTC"

AOE_NAME: Final = "AoE"
"""Anywhere on Earth: a day ends when it has ended in all places, at 24:00 in UTC-12.

It is not a name of the time zone database, whose clock of the same days is `AOE_CLOCK`.
"""

AOE_CLOCK: Final = "Etc/GMT+12"
AOE_OFFSET: Final = "-12:00"

BEGINNING_OF_TIME: Final = -(2**59)
"""The instant before all others, in seconds since 1970, as ``zic`` writes it."""


class TimesShown(Enum):
    """How often the clocks of a zone show a given time of a given day."""

    ONCE = "once"
    TWICE = "twice"  # they are put back over it
    NEVER = "never"  # they are put forward over it


_ONCE = TimesShown.ONCE  # the members of an enumeration take long to look up in Python 3.11


class Onset(Struct, frozen=True):
    """The instant from which a zone's clocks show an offset, until the next onset.

    ``at`` is in seconds since 1970-01-01T00:00:00Z, ``offset`` in seconds east of Greenwich,
    ``abbreviation`` the zone's own name for it (``CEST``, ``+03``), ``dst`` the flag of RFC 9636.
    Ireland's flag is set in *winter*: to know the summer, compare offsets.
    """

    at: int
    offset: int
    abbreviation: str
    dst: bool


@cache
def zone_names() -> frozenset[str]:
    """Return all names of zones, in their exact case, as the tzdata package lists them.

    Old names (``Asia/Calcutta``) are among them. ``Factory`` is not: it is the placeholder of a
    machine whose zone nobody has set, at an unknown offset.
    """
    return frozenset(listed_zone_names())


@cache
def get_zone(name: str) -> ZoneInfo:
    """Return the zone of a name; the same object each time.

    Raises: ``KeyError`` if the name is not one of `zone_names`.
    """
    return ZoneInfo.from_file(BytesIO(_read_tzif(name)), key=name)


def check_zone(name: str, *, in_brackets: bool = False) -> str:
    """Return the name of a zone, or `AOE_NAME`, if there is one of this name, in its exact case.

    ``in_brackets`` is whether it is that of a time.

    Raises: `Refusal` (`unknown-zone`).
    """
    if name in zone_names() or name == AOE_NAME:
        return name
    from timeline.dates.corrections.zone_suggestions import (  # noqa: PLC0415 - for errors
        means_aoe,
        suggest_zone,
    )

    raise Refusal(
        rules.UNKNOWN_ZONE,
        f"there is no time zone {cited(name)}",
        suggest_zone(name, in_brackets=in_brackets),
        replacement=AOE_NAME if means_aoe(name) else None,
    )


@cache
def is_utc_zone(name: str) -> bool:
    """Return whether a zone is UTC by this or another name (``Etc/UTC``, ``Zulu``; not ``GMT``).

    Raises: ``KeyError`` as `get_zone`.
    """
    return name == UTC_NAME or (not zone_onsets(name)[1:] and posix_tz_string(name) == "UTC0")


def times_shown(naive: datetime, name: str) -> TimesShown:
    """Return how often the clocks of a zone show a naive time (PEP 495).

    Raises: ``KeyError`` as `get_zone`.
    """
    return _times_shown(_clock_change_at(naive, get_zone(name)))


def _times_shown(change: timedelta | None) -> TimesShown:
    if not change:
        return _ONCE
    return TimesShown.NEVER if change.days >= 0 else TimesShown.TWICE


def attach_zone(naive: datetime, name: str) -> datetime:
    """Return the aware time at which the clocks of a zone show a naive time.

    RFC 5545 3.3.5: of two such times the first; a time that the clocks skip is read with the offset
    before the change, so 02:30 becomes 03:30. The ``fold`` of the result is 0.

    Raises: ``KeyError`` as `get_zone`.
    """
    return attach_zone_counted(naive, name)[0]


def attach_zone_counted(naive: datetime, name: str) -> tuple[datetime, TimesShown]:
    """Return the results of `attach_zone` and `times_shown`, computed together.

    Raises: ``KeyError`` as `get_zone`.
    """
    tz = get_zone(name)
    change = _clock_change_at(naive, tz)
    if change and change.days >= 0:
        naive += change
    return with_tzinfo(naive, tz), _times_shown(change)


def with_tzinfo(moment: datetime, tz: tzinfo | None) -> datetime:
    """Return a time on the same clock with another zone, or without one; its ``fold`` is 0.

    It does what ``replace`` does, at a fifth of the cost.
    """
    if moment.fold:
        return moment.replace(tzinfo=tz, fold=0)
    return datetime.combine(moment, moment.time(), tz)


@cache
def posix_tz_string(name: str) -> str:
    """Return the rule for all times after the last onset of `zone_onsets`.

    It is the last line of the zone's file, a POSIX ``TZ`` string as RFC 9636 3.3.2 extends it:
    ``CET-1CEST,M3.5.0,M10.5.0/3``.

    Raises: ``KeyError`` as `get_zone`.
    """
    return _read_tzif(name).rstrip(b"\n").rpartition(b"\n")[2].decode()


@cache
def zone_onsets(name: str) -> tuple[Onset, ...]:
    """Return the onsets in the zone's file, earliest first.

    Later ones follow from `posix_tz_string`. The first is at `BEGINNING_OF_TIME`, so there is
    always one. The ``zoneinfo`` module has all this and does not publish it; to ask it day by day
    is slower than to read the file (RFC 9636 3.2), and can miss two changes in one day.

    Raises: ``KeyError`` as `get_zone`.
    """
    data = _read_tzif(name)
    # The first block has 32-bit times, for readers of the 1980s: it is skipped.
    skipped = _HEADER.size + sum(
        n * size for n, size in zip(_HEADER.unpack_from(data), (1, 1, 8, 5, 6, 1), strict=True)
    )
    _, _, _, times, kinds, _ = _HEADER.unpack_from(data, skipped)
    start = skipped + _HEADER.size
    at = struct.unpack_from(f">{times}q", data, start)
    index = data[start + 8 * times : start + 9 * times]
    types = list(struct.iter_unpack(">lBB", data[start + 9 * times :][: 6 * kinds]))
    texts = data[start + 9 * times + 6 * kinds :]
    return tuple(
        Onset(when, offset, texts[text : texts.index(0, text)].decode(), bool(dst))
        for when, (offset, dst, text) in zip(
            (BEGINNING_OF_TIME, *at), (types[i] for i in (0, *index)), strict=True
        )
    )


_HEADER: Final = struct.Struct(">20x6l")
"""RFC 9636 3.1, the counts in the order isutcnt, isstdcnt, leapcnt, timecnt, typecnt, charcnt."""


@cache
def listed_zone_names() -> tuple[str, ...]:
    """Return the names in the order of the package: present names first, old ones after them."""
    return tuple(name for name in _read_data("zones").decode().split() if name != "Factory")


def _read_tzif(name: str) -> bytes:
    if name not in zone_names():
        raise KeyError(name)
    return _read_data(f"zoneinfo/{name}")


def _read_data(path: str) -> bytes:
    # pkgutil and not importlib.resources: it reads zipped packages too, and costs 1 ms, not 10.
    data = pkgutil.get_data("tzdata", path)
    if data is None:
        raise FileNotFoundError(f"the tzdata package cannot be read: {path}")
    return data


@lru_cache(4096)  # `replace` takes long, and most times are on a half or a full hour
def _second(at: time) -> time:
    """Return the second of two equal times of a day (PEP 495)."""
    return at.replace(fold=1)


def _clock_change_at(naive: datetime, tz: ZoneInfo) -> timedelta | None:
    """Return by how much the clocks are put forward over a naive time, negative if back.

    ``None`` if they are not changed then. PEP 495: ``fold=0`` has the offset before the change,
    ``fold=1`` the one after it.
    """
    before = tz.utcoffset(naive.replace(fold=0) if naive.fold else naive)
    after = tz.utcoffset(datetime.combine(naive, _second(naive.time())))
    if before is None or after is None or before == after:
        return None
    return after - before
