"""English words for dates and recurrence rules."""
