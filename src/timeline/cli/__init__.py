"""The command line, which alone uses exit codes, and the clock but for the day of a build."""
