"""English words for dates, spans, recurrence rules and series."""
