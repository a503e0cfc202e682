"""From an events file to a calendar: schema, resolution, checks and the pipeline through them."""
