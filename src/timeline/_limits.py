"""State the limits of an events file: what has more is rejected before it is worked on.

An author's file is far below them. They are here together because no limit bounds a file alone: a
text of 1 MiB is harmless, and so is an alias, but not the same text repeated by 100,000 aliases.
"""

from __future__ import annotations

MAX_BYTES = 48 * 2**20
"""The size of all files of a timeline together, about 100,000 events."""

MAX_DOCUMENT = 2 * 2**20
"""The size of a Markdown document with timelines, before and after they are written.

It is read line by line, which takes up to 5 microseconds for each."""

MAX_DEPTH = 100
"""How many containers may be open at once.

PyYAML's C parser takes time that grows with the square of the depth, and this also keeps recursion
over the data far from Python's limit.
"""

MAX_NODES = 1_800_000
"""How many YAML events a file may have: a key or a value is one, a list or a mapping two."""

MAX_KEYS = 10_000
"""How many keys one mapping may have."""

MAX_ANCHORS = 10_000
"""How many anchors a file may have."""

MAX_ALIASED = 100_000
"""How many keys and values aliases may repeat, in all."""

MAX_FORBIDDEN = 1_000
"""The number of control characters up to which a file is taken for a text."""

MAX_EVENTS = 120_000
"""How many events a timeline may have. Each takes 3 KB and 60 microseconds."""

MAX_PATH = 8 * 2**10
"""How many characters the path of an included file may have."""

MAX_COMPARED = 100_000
"""How many names of files the patterns of ``include`` may be compared with, in all."""

MAX_VALUE = 2**10
"""The size of a value that is not a text, such as an id or a date, in bytes of UTF-8."""

MAX_TERMS = 32
"""How many terms a relative date may have. Each takes 10 microseconds, and few dates have two."""

MAX_RANGE = 400
"""How many days a range may have: a year, and some. A longer one has a year that is wrong."""

MAX_DAYS_OFF = 10_000
"""How many days off a calendar may have, all days of ranges counted."""

MAX_RULE = 8 * 2**10
"""The size of a recurrence rule: one that lists every day of a year has 2,000 bytes."""

MAX_ADDRESS = 8 * 2**10
"""The size of an address: what browsers and servers accept."""

MAX_TEXT = 64 * 2**10
"""The size of a text."""

MAX_DESCRIPTION = 2**20
"""The size of a description."""

MAX_ALARMS = 100_000
"""How many alarms a file may have, with those of categories counted for each of their events."""

MAX_VEVENTS = 1_000_000
"""How many VEVENTs, with the alarms in them, all feeds of an export may have."""

MAX_SELECTIONS = 10_000_000
"""How many events all feeds may select from: the number of feeds times that of events."""

MAX_EMBEDDED = 1_000_000
"""How many events the timelines of a document may select from, in all: 1 to 4 seconds.

A timeline counts as 100 events besides its own, a recurring event as 50, with one more for each of
its dates in `rdate`, `exdate` and `overrides`."""

MAX_WRITTEN = 256 * 2**20
"""How many characters the texts of all VEVENTs of an export may have."""

MAX_EXCLUDED = 50_000
"""How many instances the ranges in ``exdate`` may exclude, in all: a line of the feed for each."""

MAX_WALKED = 1_000_000
"""How many steps are taken through the rules of a file: 1 to 4 seconds."""
