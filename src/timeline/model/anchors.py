"""Which dates of an event follow other events, as its file says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Hashable


class Anchor(Struct, frozen=True):
    """The ``start`` or the ``end`` of another event, ``edge``, that a date follows."""

    uid: str
    edge: str


class AnchoredDates(Struct, frozen=True):
    """The dates of an event as written, at least one of which follows another event.

    ``written`` is equal for two versions of an event whose dates are written alike. It names the
    anchors by their UIDs, because their ids may change. ``zone`` is that of times
    without one, ``None`` if there is none.
    """

    anchors: tuple[Anchor, ...]
    written: Hashable
    zone: str | None
