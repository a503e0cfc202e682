"""The Sphinx extension, under the name that ``extensions`` of a ``conf.py`` lists."""

from timeline.embed.sphinx import setup

__all__ = ["setup"]
