"""Declare the keys of a category."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.compiler.schema.declarations import Declared, key, list_of
from timeline.compiler.schema.readers import ALARM, BOOLEAN, COLOR, DESCRIPTION, ID

if TYPE_CHECKING:
    from timeline.dates import WrittenAlarm


class CategoryEntry(Declared, title="Category"):
    """Settings for all events of a category."""

    color: str | None = key(
        COLOR, default=None, title="Colour", description="A CSS3 colour name for its events."
    )
    alarms: tuple[WrittenAlarm, ...] = key(
        list_of(ALARM),
        default=(),
        title="Alarms",
        description="Reminders for all of its events, as in `alarms` of an event.",
    )
    no_overlap: bool = key(
        BOOLEAN,
        default=False,
        title="No overlap",
        description="Whether to warn if two of its events overlap.",
    )
    description: str | None = key(
        DESCRIPTION, default=None, title="Description", description="What the category is about."
    )
    feed: str | None = key(
        ID,
        default=None,
        title="Feed",
        description="The id of its feed, where `feeds` has `each: category` and the name of the "
        "category is not an id.",
    )
