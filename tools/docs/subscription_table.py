"""The table of the links by which apps subscribe, from the data of the page."""

from __future__ import annotations

from timeline.formats.html.subscription import subscription_links
from timeline.model.words.wording import PLAIN_ENGLISH
from tools.docs.markdown import row, table

ADDRESS = "https://example.org/events.ics"


def subscription_table() -> str:
    """Tabulate the link of each app for an example feed."""
    links = subscription_links(ADDRESS, "Events", PLAIN_ENGLISH)
    rows = [row(link.name, f"`{link.href}`", link.note) for link in links]
    return table("| App | Link for the feed `https://example.org/events.ics` | How soon |", rows)
