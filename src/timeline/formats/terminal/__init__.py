"""The timeline for a terminal: the output of ``timeline show``."""
