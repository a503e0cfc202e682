"""Verify a feed: read its new and changed events back and compare them with the calendar."""
