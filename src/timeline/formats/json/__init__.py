"""The resolved calendar as JSON, for programs."""
