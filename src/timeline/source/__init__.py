"""From bytes to YAML data in which every value has its place."""
