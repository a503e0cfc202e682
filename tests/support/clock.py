"""The time of every test and of the programs that tests start."""

MOMENT = "1735732800"
"""1 January 2025, 12:00 UTC, for ``SOURCE_DATE_EPOCH``."""

STAMP = "20250101T120000Z"
"""The same time as the value of a property of a feed."""
