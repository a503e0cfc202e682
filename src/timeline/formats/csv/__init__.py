"""CSV: one row per event, in the project's own columns or those that Google Calendar imports."""
