"""The excerpt of ``events.yaml`` in the README, and what the program makes of it."""

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

from timeline.formats import FORMATS
from timeline.formats.markdown.options import MarkdownOptions
from timeline.model.projection import project_event
from timeline.model.words.wording import PLAIN_ENGLISH
from tools.docs import ROOT
from tools.docs.errors import PageError
from tools.docs.events_files import load
from tools.docs.markdown import cell, row, table
from tools.docs.runner import run_timeline

SHOWN_EVENTS = (
    "partnership",
    "dakar-2025",
    "race-programme",
    "rub-al-khali-finale",
    "reconnaissance-fleet",
    "team-debut",
)
HIDDEN_KEYS = ("description", "color", "refresh", "require-sources", "categories", "sources")
"""Keys that a first look does not need; extra properties (``x-…``) are hidden as well."""


def excerpt() -> str:
    """Return ``events.yaml`` shortened to ``SHOWN_EVENTS``, without ``HIDDEN_KEYS``."""
    lines = (ROOT / "events.yaml").read_text(encoding="utf-8").splitlines()
    kept: list[str] = []
    is_event_shown = True
    hidden_indent: int | None = None  # of the hidden key whose value is being skipped
    for line in lines[lines.index("calendar:") :]:
        indent = len(line) - len(line.lstrip())
        if hidden_indent is not None and line.strip() and indent > hidden_indent:
            continue
        key = line.strip().removeprefix("- ").partition(":")[0]
        is_hidden = key in HIDDEN_KEYS or key.startswith("x-")
        hidden_indent = indent if is_hidden else None
        if not indent and line.strip() and not is_hidden:
            is_event_shown = True
        if line.lstrip().startswith("- id: "):
            is_event_shown = line.split()[-1] in SHOWN_EVENTS
        if is_event_shown and not is_hidden:
            kept.append(line)
    return re.sub(r"\n{2,}", "\n\n", "".join(f"{line}\n" for line in kept)).rstrip() + "\n"


def excerpt_file() -> str:
    """Return the excerpt as a block that is also written to ``events.yaml``."""
    return f"<!-- file: events.yaml -->\n```yaml\n{excerpt()}```\n"


def excerpt_feed() -> str:
    """Tabulate the excerpt as a calendar app shows it."""
    rows: list[str] = []
    for event in load(excerpt()).calendar.events:
        for entry in project_event(event, PLAIN_ENGLISH):
            assert isinstance(entry.dtstart, date)  # noqa: S101 - the file has no times
            assert isinstance(entry.dtend, date)  # noqa: S101
            last = entry.dtend - timedelta(days=1)
            status = (entry.status or "").lower()
            rows.append(row(f"{entry.dtstart} to {last}", cell(entry.summary), status))
    return table("| Days in the calendar | Title | Marked |", rows)


def excerpt_markdown() -> str:
    """Render the excerpt as the Markdown export does, without its title."""
    options = MarkdownOptions(style="table", heading_level=3, title=False)
    rendered = b"".join(FORMATS["md"].render(load(excerpt()).calendar, options)).decode()
    return rendered.replace("\n\n\n", "\n\n")


def first_export() -> str:
    """Return the output of ``timeline export`` in a clone of this repository."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "events.yaml", folder)
        shutil.copytree(ROOT / "dist", Path(folder) / "dist")
        code, output = run_timeline(["export"], Path(folder))
    if code:
        raise PageError(f"`timeline export` exited with {code}\n{output}")
    return f"```text\n{output}```"
