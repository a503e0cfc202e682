"""The limits of an events file, as a table."""

from __future__ import annotations

from timeline import _limits as limits
from tools.docs.markdown import row, table

_EMBEDDED = """\
Timelines of a document times events: a timeline counts as 100 events more, a recurring event as \
50 and its listed dates"""

ROWS = (
    ("All files of a timeline together", "MAX_BYTES", "too-large"),
    ("A Markdown document, before and after `timeline embed`", "MAX_DOCUMENT", "too-large"),
    ("Events of a timeline", "MAX_EVENTS", "too-large"),
    ("Keys and values, with two for each list and mapping", "MAX_NODES", "too-large"),
    ("Reminders, with those of a category for each of its events", "MAX_ALARMS", "too-large"),
    ("Events, overrides and reminders in all feeds", "MAX_VEVENTS", "too-large"),
    (
        "Instances of rules with `COUNT`, and periods without an instance",
        "MAX_WALKED",
        "rule-budget",
    ),
    ("Instances on the days of ranges in `exdate`, in all", "MAX_EXCLUDED", "too-large"),
    ("Feeds times events", "MAX_SELECTIONS", "too-large"),
    (_EMBEDDED, "MAX_EMBEDDED", "too-large"),
    ("Text in all feeds", "MAX_WRITTEN", "too-large"),
    ("Keys of one mapping", "MAX_KEYS", "too-large"),
    ("Anchors of one file", "MAX_ANCHORS", "too-large"),
    ("Keys and values that aliases repeat, in all", "MAX_ALIASED", "alias-bomb"),
    ("Levels of lists and mappings", "MAX_DEPTH", "too-deep"),
    ("Control characters before a file is not taken for a text", "MAX_FORBIDDEN", None),
    ("A `description`", "MAX_DESCRIPTION", "too-long"),
    ("Any other text, such as a title or a place", "MAX_TEXT", "too-long"),
    ("An address", "MAX_ADDRESS", "too-long"),
    ("A recurrence rule", "MAX_RULE", "too-long"),
    ("Terms of a relative date", "MAX_TERMS", "too-long"),
    ("Days of a range", "MAX_RANGE", "too-long"),
    ("Days off of a calendar, with all days of ranges", "MAX_DAYS_OFF", "too-large"),
    ("Any other value, such as an id, a date or a time zone", "MAX_VALUE", "too-long"),
    ("Characters of the path of an included file", "MAX_PATH", "include-path"),
    ("Names of files that patterns in `include` are compared with", "MAX_COMPARED", "too-large"),
)
"""What is limited, its constant in `timeline._limits`, and the code of what is above it."""

_SIZES = (
    "MAX_BYTES",
    "MAX_DOCUMENT",
    "MAX_DESCRIPTION",
    "MAX_TEXT",
    "MAX_ADDRESS",
    "MAX_RULE",
    "MAX_VALUE",
    "MAX_WRITTEN",
)


def limit_table() -> str:
    """Tabulate the limits."""
    rows = [
        row(what, _limit(name), f"[`{code}`](diagnostics.md#{code})" if code else "")
        for what, name, code in ROWS
    ]
    return table("| What | At most | Above it |", rows)


def _limit(name: str) -> str:
    value = getattr(limits, name)
    if name not in _SIZES:
        return f"{value:,}"
    return f"{value // 2**20} MiB" if value >= 2**20 else f"{value // 2**10} KiB"
