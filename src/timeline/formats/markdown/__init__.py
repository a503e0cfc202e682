"""Markdown: a list, a table or a mermaid diagram."""
