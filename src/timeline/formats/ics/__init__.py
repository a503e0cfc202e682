"""iCalendar (RFC 5545): feeds for calendar apps."""
