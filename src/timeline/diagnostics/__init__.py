"""What can be wrong with a file: diagnostics, their catalogue, places and reports."""
