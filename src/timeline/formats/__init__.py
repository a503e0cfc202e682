"""The output formats: each is one row of the table in ``table.py`` and one folder."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.formats.atom.options import AtomEntry as AtomEntry
    from timeline.formats.atom.options import AtomOptions as AtomOptions
    from timeline.formats.atom.tags import authority_of as authority_of
    from timeline.formats.atom.tags import split_tag as split_tag
    from timeline.formats.atom.tags import tag_of as tag_of
    from timeline.formats.classes import without_private_events as without_private_events
    from timeline.formats.diagram.descriptions import describe_calendar as describe_calendar
    from timeline.formats.html.inline_list import InlineList as InlineList
    from timeline.formats.html.inline_list import ItemLook as ItemLook
    from timeline.formats.html.inline_list import inline_list as inline_list
    from timeline.formats.html.links import web_address as web_address
    from timeline.formats.ics.contentlines import line_name as line_name
    from timeline.formats.ics.contentlines import split_component as split_component
    from timeline.formats.ics.contentlines import unescape_text as unescape_text
    from timeline.formats.ics.contentlines import unfold as unfold
    from timeline.formats.ics.options import FeedOptions as FeedOptions
    from timeline.formats.ics.stamps import Departure as Departure
    from timeline.formats.ics.stamps import EventKey as EventKey
    from timeline.formats.ics.stamps import Stamps as Stamps
    from timeline.formats.ics.stamps import uid_digest as uid_digest
    from timeline.formats.ics.writer import PRODID as PRODID
    from timeline.formats.json.writer import json_schema as json_schema
    from timeline.formats.markdown.escaping import escape_inline as escape_inline
    from timeline.formats.markdown.options import LIST as LIST
    from timeline.formats.markdown.options import MERMAID as MERMAID
    from timeline.formats.markdown.options import STYLES as STYLES
    from timeline.formats.markdown.options import MarkdownOptions as MarkdownOptions
    from timeline.formats.options import Option as Option
    from timeline.formats.options import RenderOptions as RenderOptions
    from timeline.formats.options import TextFile as TextFile
    from timeline.formats.svg.options import SvgOptions as SvgOptions
    from timeline.formats.table import FORMATS as FORMATS
    from timeline.formats.table import Format as Format
    from timeline.formats.table import with_feeds as with_feeds
    from timeline.formats.terminal.page import render_terminal as render_terminal
    from timeline.formats.terminal.upcoming import keep_upcoming as keep_upcoming
else:
    from timeline._lazy import lazy_names

    __getattr__ = lazy_names(
        __name__,
        {
            "atom.options": "AtomEntry AtomOptions",
            "atom.tags": "authority_of split_tag tag_of",
            "diagram.descriptions": "describe_calendar",
            "html.inline_list": "InlineList ItemLook inline_list",
            "html.links": "web_address",
            "classes": "without_private_events",
            "ics.contentlines": "line_name split_component unescape_text unfold",
            "ics.options": "FeedOptions",
            "ics.stamps": "Departure EventKey Stamps uid_digest",
            "ics.writer": "PRODID",
            "json.writer": "json_schema",
            "markdown.escaping": "escape_inline",
            "markdown.options": "LIST MERMAID MarkdownOptions STYLES",
            "options": "Option RenderOptions TextFile",
            "svg.options": "SvgOptions",
            "table": "FORMATS Format with_feeds",
            "terminal.page": "render_terminal",
            "terminal.upcoming": "keep_upcoming",
        },
    )
