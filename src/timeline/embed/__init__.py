"""Timelines inside documents: Markdown files, Python-Markdown and Sphinx."""
