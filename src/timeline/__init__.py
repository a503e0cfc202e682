"""Turn a YAML file of milestones into an iCalendar feed, CSV, Markdown and a diagram."""
