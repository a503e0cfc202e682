"""From the file as written to the calendar: dates, recurrence, alarms and texts."""
