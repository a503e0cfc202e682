"""The generated sections of the pages, by the names they have in the pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tools.docs.errors import PageError
from tools.docs.event_tables import alarm_table, date_table, recurrence_table, word_table
from tools.docs.excerpt import excerpt_feed, excerpt_file, excerpt_markdown, first_export
from tools.docs.key_tables import column_table, key_table, output_key_tables, rule_part_table
from tools.docs.limit_table import limit_table
from tools.docs.projects import project_files
from tools.docs.rooms import room_diagram, room_table
from tools.docs.subscription_table import subscription_table

if TYPE_CHECKING:
    from collections.abc import Callable

SECTIONS: dict[str, Callable[..., str]] = {
    "project": project_files,
    "founding-file": excerpt_file,
    "founding-export": first_export,
    "founding-feed": excerpt_feed,
    "founding-markdown": excerpt_markdown,
    "drawn": date_table,
    "words": word_table,
    "keys": key_table,
    "keys-of-outputs": output_key_tables,
    "recurring": recurrence_table,
    "alarms": alarm_table,
    "rule-parts": rule_part_table,
    "limits": limit_table,
    "rooms": room_table,
    "room-diagram": room_diagram,
    "columns": column_table,
    "subscription-links": subscription_table,
}
"""Each takes the words after its name in the page and returns Markdown."""

_SECTION = re.compile(r"(<!-- generated: (.+?) -->\n)(.*?)(<!-- /generated -->)", re.DOTALL)


def fill_sections(text: str, page: str) -> str:
    """Return the text of a page with the current content of its sections.

    Raises:
        PageError: a section is not in ``SECTIONS``, or cannot be generated.
    """

    def fill(match: re.Match[str]) -> str:
        name, *arguments = match[2].split()
        if name not in SECTIONS:
            raise PageError(f"{page}: unknown section `{name}`")
        return f"{match[1]}\n{SECTIONS[name](*arguments).strip()}\n\n{match[4]}"

    return _SECTION.sub(fill, text)
