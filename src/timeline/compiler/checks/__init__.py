"""Check a file as a whole: a function for each rule, of errors and of warnings."""
