"""The Sphinx extension, under the name that ``extensions`` of a ``conf.py`` lists."""

from timeline.embed import setup

__all__ = ["setup"]
