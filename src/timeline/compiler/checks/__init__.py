"""The checks of a whole calendar, errors and warnings."""
