"""Timelines inside documents: Markdown files, Python-Markdown and Sphinx."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.embed.document import WHY_IGNORED as WHY_IGNORED
    from timeline.embed.document import Embedded as Embedded
    from timeline.embed.document import embed_timelines as embed_timelines
    from timeline.embed.document import missing_markers as missing_markers
    from timeline.embed.sphinx import setup as setup
else:
    from timeline._lazy import lazy_names

    __getattr__ = lazy_names(
        __name__,
        {
            "document": "WHY_IGNORED Embedded embed_timelines missing_markers",
            "sphinx": "setup",
        },
    )
