"""The command line: the only room that uses the clock, the environment and exit codes."""
