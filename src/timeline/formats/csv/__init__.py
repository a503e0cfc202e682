"""CSV: one row per event, for programs, for people, or with the columns that Google imports."""
