"""timeline: milestones in YAML, honest about their dates, as iCalendar, CSV and Markdown."""
