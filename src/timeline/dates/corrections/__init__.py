"""What an author may have meant by a text that is not a date; loaded only when one is rejected."""
