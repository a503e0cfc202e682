"""The calendar as resolved: events, occurrences, selection, outline and what a VEVENT shows."""
