"""The error in a page, reported to its author."""

from __future__ import annotations


class PageError(Exception):
    """An example or a section of a page is wrong; the message names the page or the text."""
