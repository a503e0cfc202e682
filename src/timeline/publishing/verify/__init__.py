"""The verification of a feed: read back what is new in it and compare it with the calendar."""
