"""What changed between two calendars: kinds, causes, and their outputs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.changes.atom import atom_entries as atom_entries
    from timeline.changes.atom import changelog_feed as changelog_feed
    from timeline.changes.comparison import Side as Side
    from timeline.changes.comparison import compare as compare
    from timeline.changes.feeds import as_feed as as_feed
    from timeline.changes.feeds import feed_side as feed_side
    from timeline.changes.json import changelog_json as changelog_json
    from timeline.changes.json import json_text as json_text
    from timeline.changes.kinds import Changes as Changes
    from timeline.changes.kinds import EventChange as EventChange
    from timeline.changes.kinds import Kind as Kind
    from timeline.changes.markdown import DatedChanges as DatedChanges
    from timeline.changes.markdown import changelog_lines as changelog_lines
    from timeline.changes.markdown import markdown_table as markdown_table
    from timeline.changes.text import text_lines as text_lines
    from timeline.changes.words import change_line as change_line
    from timeline.changes.words import shortened as shortened
else:
    from timeline._lazy import lazy_names

    __getattr__ = lazy_names(
        __name__,
        {
            "atom": "atom_entries changelog_feed",
            "comparison": "Side compare",
            "feeds": "as_feed feed_side",
            "json": "changelog_json json_text",
            "kinds": "Changes EventChange Kind",
            "markdown": "DatedChanges changelog_lines markdown_table",
            "text": "text_lines",
            "words": "change_line shortened",
        },
    )
