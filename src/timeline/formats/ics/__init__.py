"""iCalendar (RFC 5545): the writer of feeds."""
