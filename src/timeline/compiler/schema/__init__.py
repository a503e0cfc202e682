"""The keys of the events file: their declarations, readers, errors and JSON Schema."""
