"""The command line: the only room with the clock, the environment, the terminal and exit codes."""
