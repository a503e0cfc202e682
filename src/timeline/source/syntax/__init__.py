"""What is wrong with YAML that cannot be parsed, by the kinds of errors."""
