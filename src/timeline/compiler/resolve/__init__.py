"""Resolve a valid file to its calendar: dates, recurrence, alarms and texts."""
