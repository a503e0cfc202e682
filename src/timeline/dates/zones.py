"""Time zones by their IANA names, and what a zone's clocks do to a time of day.

All data come from the ``tzdata`` package, never from the machine's ``/usr/share/zoneinfo``: the
same file with the same versions must give the same bytes everywhere. ``zoneinfo.ZoneInfo(name)``
asks the machine first, so nothing here calls it.
"""

from __future__ import annotations

import pkgutil
import struct
from enum import Enum
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime, timedelta

UTC_NAME: Final = "UTC"

BEGINNING: Final = -(2**59)
"""The instant before all others, in seconds since 1970; what zic itself writes for it."""


class TimesShown(Enum):
    """How often the clocks of a zone show a given time of a given day."""

    ONCE = "once"
    TWICE = "twice"  # they were put back over it
    NEVER = "never"  # they were put forward over it


class Onset(NamedTuple):
    """The instant from which a zone's clocks show an offset, until the next onset.

    ``at`` is in seconds since 1970-01-01T00:00:00Z, ``offset`` in seconds east of Greenwich,
    ``abbreviation`` what the zone then calls itself (``CEST``, ``+03``), ``dst`` the flag of RFC
    9636. Ireland's flag is set in *winter*; who wants the summer must compare offsets.
    """

    at: int
    offset: int
    abbreviation: str
    dst: bool


@cache
def zone_names() -> frozenset[str]:
    """All names a zone may be called by, in their exact case: the list the tzdata package ships.

    Old names (``Asia/Calcutta``) are among them. ``Factory`` is not: it is the placeholder of a
    machine whose zone nobody has set, at an unknown offset.
    """
    return frozenset(_listed_names())


@cache
def get_zone(name: str) -> ZoneInfo:
    """Return the zone called ``name``; the same object each time.

    Raises ``KeyError`` where ``name`` is not one of ``zone_names``, in its exact case.
    """
    return ZoneInfo.from_file(BytesIO(_read_tzif(name)), key=name)


def nearest_zone(name: str) -> str | None:
    """Find the zone that the author of ``name`` may have meant, or ``None``.

    Tried in this order: another case, or blanks for underscores (``europe/berlin``); the last part
    alone (``New York``, ``Germany/Berlin``); a misspelling of either (``Europe/Berln``, ``Ryadh``).
    """
    wanted = _folded(name)
    whole, places = _spellings()
    found = whole.get(wanted) or places.get(wanted) or places.get(wanted.rpartition("/")[2])
    if found or len(wanted) < 5:  # every word of four letters is a misspelling of another
        return found
    from timeline.diagnostics import VERY_SIMILAR, most_similar  # noqa: PLC0415 - for errors only

    # Not `nearest`, which is for words of a file: these are 1,000, and no file adds to them.
    similar = most_similar(wanted, places, VERY_SIMILAR)
    return places[similar] if similar else None


def zones_by_abbreviation(name: str) -> tuple[str, ...]:
    """Give zones that people call by an abbreviation such as ``CST``, the best known of several.

    Only those that are no names themselves, as ``EST`` and ``CET`` are.
    """
    return _ABBREVIATED.get(name.upper(), ())


_ABBREVIATED: Final = {
    "ACST": ("Australia/Adelaide", "Australia/Darwin"),
    "ADT": ("America/Halifax",),
    "AEDT": ("Australia/Sydney",),
    "AEST": ("Australia/Sydney", "Australia/Brisbane"),
    "AKST": ("America/Anchorage",),
    "AMT": ("America/Manaus", "Asia/Yerevan"),
    "ART": ("America/Argentina/Buenos_Aires",),
    "AST": ("Asia/Riyadh", "America/Halifax"),
    "AWST": ("Australia/Perth",),
    "BRT": ("America/Sao_Paulo",),
    "BST": ("Europe/London", "Asia/Dhaka"),
    "CAT": ("Africa/Harare", "Africa/Maputo"),
    "CDT": ("America/Chicago", "America/Havana"),
    "CEST": ("Europe/Paris", "Europe/Berlin"),
    "CST": ("America/Chicago", "Asia/Shanghai"),
    "EAT": ("Africa/Nairobi",),
    "EDT": ("America/New_York",),
    "EEST": ("Europe/Athens", "Europe/Helsinki"),
    "GST": ("Asia/Dubai", "Atlantic/South_Georgia"),
    "HKT": ("Asia/Hong_Kong",),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "JST": ("Asia/Tokyo",),
    "KST": ("Asia/Seoul",),
    "MDT": ("America/Denver",),
    "MSK": ("Europe/Moscow",),
    "NZDT": ("Pacific/Auckland",),
    "NZST": ("Pacific/Auckland",),
    "PDT": ("America/Los_Angeles",),
    "PKT": ("Asia/Karachi",),
    "PST": ("America/Los_Angeles", "Asia/Manila"),
    "SAST": ("Africa/Johannesburg",),
    "SGT": ("Asia/Singapore",),
    "WAT": ("Africa/Lagos",),
    "WEST": ("Europe/Lisbon",),
    "WIB": ("Asia/Jakarta",),
}


@cache
def is_utc_zone(name: str) -> bool:
    """Tell whether ``name`` is UTC by this or another name (``Etc/UTC``, ``Zulu``; not ``GMT``).

    Raises ``KeyError`` as ``get_zone`` does.
    """
    return name == UTC_NAME or (not zone_onsets(name)[1:] and posix_tz_string(name) == "UTC0")


def times_shown(naive: datetime, name: str) -> TimesShown:
    """Tell how often the clocks of the zone ``name`` show the time ``naive`` (PEP 495).

    Raises ``KeyError`` as ``get_zone`` does.
    """
    return _times_shown(_clock_change_at(naive, get_zone(name)))


def _times_shown(change: timedelta | None) -> TimesShown:
    if not change:
        return TimesShown.ONCE
    return TimesShown.NEVER if change.days >= 0 else TimesShown.TWICE


def attach_zone(naive: datetime, name: str) -> datetime:
    """Return the aware time at which the clocks of the zone ``name`` show ``naive``.

    RFC 5545 3.3.5: of two such times the first; a time that the clocks skip is read with the offset
    before the change, so 02:30 becomes 03:30. The result's ``fold`` is 0.

    Raises ``KeyError`` as ``get_zone`` does.
    """
    return attach_zone_counted(naive, name)[0]


def attach_zone_counted(naive: datetime, name: str) -> tuple[datetime, TimesShown]:
    """Return the results of ``attach_zone`` and ``times_shown``, computed together.

    Raises ``KeyError`` as ``get_zone`` does.
    """
    tz = get_zone(name)
    change = _clock_change_at(naive, tz)
    if change and change.days >= 0:
        naive += change
    return naive.replace(tzinfo=tz, fold=0), _times_shown(change)


@cache
def posix_tz_string(name: str) -> str:
    """Give the rule for all times after the last onset of ``zone_onsets``, as the zone's file ends.

    It is a POSIX ``TZ`` string as RFC 9636 3.3.2 extends it: ``CET-1CEST,M3.5.0,M10.5.0/3``.

    Raises ``KeyError`` as ``get_zone`` does.
    """
    return _read_tzif(name).rstrip(b"\n").rpartition(b"\n")[2].decode()


@cache
def zone_onsets(name: str) -> tuple[Onset, ...]:
    """List the onsets that the zone's file has, earliest first.

    Those after the last follow from ``posix_tz_string``. The first is at ``BEGINNING``, so there is
    always one. The ``zoneinfo`` module has all this and does not publish it; to ask it day by day
    is slower than to read RFC 9636 3.2, and can miss two changes in one day.

    Raises ``KeyError`` as ``get_zone`` does.
    """
    data = _read_tzif(name)
    # The first block has 32-bit times and is there for readers of the 1980s: it is stepped over.
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
            (BEGINNING, *at), (types[i] for i in (0, *index)), strict=True
        )
    )


_HEADER: Final = struct.Struct(">20x6l")
"""RFC 9636 3.1, the counts in the order isutcnt, isstdcnt, leapcnt, timecnt, typecnt, charcnt."""


@cache
def _listed_names() -> tuple[str, ...]:
    """List the names in the order of the package: present names first, old ones after them."""
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


def _clock_change_at(naive: datetime, tz: ZoneInfo) -> timedelta | None:
    """Say by how much the clocks are put forward over ``naive``; back is negative, ``None`` not.

    PEP 495: ``fold=0`` has the offset before the change, ``fold=1`` the one after it. The zone is
    asked directly, for ``replace`` is most of what ``attach_zone`` costs.
    """
    before = tz.utcoffset(naive.replace(fold=0) if naive.fold else naive)
    after = tz.utcoffset(naive.replace(fold=1))
    if before is None or after is None or before == after:
        return None
    return after - before


@cache
def _spellings() -> tuple[dict[str, str], dict[str, str]]:
    """Give the names by their folded spelling, and the places also by that of their last part.

    Only places are guessed at. ``GMT+3`` is not ``Etc/GMT+3``, which lies three hours *behind*
    Greenwich, and who writes ``CEST`` does not mean ``EST``.
    """
    whole = {_folded(name): name for name in _listed_names()}
    places = {
        key: name for key, name in whole.items() if "/" in name and not name.startswith("Etc/")
    }
    for key, name in tuple(places.items()):
        places.setdefault(key.rpartition("/")[2], name)
    return whole, places


def _folded(name: str) -> str:
    return "_".join(name.casefold().replace("_", " ").split())
