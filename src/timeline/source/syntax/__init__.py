"""Report YAML that cannot be parsed: one module for each kind of error."""
