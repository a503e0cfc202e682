"""The rules of timelines in documents."""

from __future__ import annotations

from timeline.diagnostics.rules.rule import Rule, Severity

DUPLICATE_OPTION = Rule(
    "duplicate-option", Severity.ERROR, "A marker in a Markdown document gives an option twice"
)
EMBEDDED_FILE = Rule(
    "embedded-file", Severity.ERROR, "The events file that a document names cannot be read"
)
MARKER_SYNTAX = Rule(
    "marker-syntax",
    Severity.ERROR,
    "A marker or a `timeline` block in a Markdown document is not valid",
)
UNKNOWN_FEED = Rule(
    "unknown-feed",
    Severity.ERROR,
    "A marker in a Markdown document names a feed that the events file does not have",
)
UNKNOWN_OPTION = Rule(
    "unknown-option",
    Severity.ERROR,
    "A marker or a `timeline` block in a Markdown document has an unknown option",
)
UNPAIRED_MARKER = Rule(
    "unpaired-marker",
    Severity.ERROR,
    "A timeline in a Markdown document has a start without an end, or an end without a start",
)
