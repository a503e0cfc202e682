"""Declare the keys of defaults, and of an item of ``include``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.compiler.schema.declarations import Declared, key, list_of, nested
from timeline.compiler.schema.readers import ALARM, LINE, PATH, TRANSPARENCY, ZONE

if TYPE_CHECKING:
    from timeline.dates import WrittenAlarm


class DefaultsEntry(Declared, title="Defaults"):
    """What events have if they do not have the key themselves."""

    timezone: str | None = key(
        ZONE,
        default=None,
        title="Time zone",
        description="The IANA name of the time zone of times, or `AoE`.",
    )
    location: str | None = key(
        LINE, default=None, title="Location", description="The place, on one line."
    )
    categories: tuple[str, ...] = key(
        list_of(LINE),
        default=(),
        title="Categories",
        description="Categories of all events, in addition to their own.",
    )
    transparency: str | None = key(
        TRANSPARENCY, default=None, title="Transparency", description="Whether events block time."
    )
    alarms: tuple[WrittenAlarm, ...] | None = key(
        list_of(ALARM),
        default=None,
        title="Alarms",
        description="Reminders of the events that have none, neither their own nor those of a "
        "category.",
    )


class IncludeEntry(Declared, title="Include", may_be_short=True):
    """Other files, and what applies to their events; the path alone is the short form."""

    path: str = key(
        PATH,
        title="Path",
        description="The path from the folder of this file: `teams/alpha.yaml`; or a pattern, in "
        "which `*` is any part of a name and `?` a character: `teams/*.yaml`.",
    )
    categories: tuple[str, ...] = key(
        list_of(LINE),
        default=(),
        title="Categories",
        description="Categories of all their events, in addition to their own.",
    )
    defaults: DefaultsEntry | None = key(
        nested(DefaultsEntry),
        default=None,
        title="Defaults",
        description="What their events have if they do not have the key themselves.",
    )
