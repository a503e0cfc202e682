"""The time of every test and of the programs that tests start."""

MOMENT = "1735732800"
"""1 January 2025, 12:00 UTC, for ``SOURCE_DATE_EPOCH``."""
