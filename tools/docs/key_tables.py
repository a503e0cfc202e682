"""Tables of names: the keys of the file, the parts of a recurrence rule, the columns of the CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.compiler.schema.json_schema import events_file_schema
from timeline.compiler.schema.readers import RULE_PARTS
from timeline.formats import FORMATS
from timeline.formats.csv.table import COLUMNS
from timeline.publishing import EVENTS_FILE
from timeline.publishing.output_keys import output_name
from tools.docs.errors import PageError
from tools.docs.markdown import cell, row, table

if TYPE_CHECKING:
    from collections.abc import Mapping


def key_table(name: str) -> str:
    """Tabulate the keys of a mapping of the file, given its name in the JSON Schema."""
    schema = events_file_schema(EVENTS_FILE.root)
    mapping = schema if name == "Timeline" else schema["$defs"][name]
    # A mapping with a short form is a choice; the table is about its long form.
    choices = mapping.get("anyOf", ())
    mapping = next((choice for choice in choices if "properties" in choice), mapping)
    required = mapping.get("required", ())
    rows = [
        row(f"`{key}`", _describe(key, about, schema["$defs"], is_required=key in required))
        for key, about in mapping["properties"].items()
    ]
    return table("| Key | What it contains |", rows)


def output_key_tables() -> str:
    """Tabulate the keys of an output of each format of the table that has any."""
    return "\n\n".join(
        f"The keys of the {form.title}:\n\n{key_table(output_name(name)).strip()}"
        for name, form in FORMATS.items()
        if not form.is_for_each_feed
    )


def _describe(
    key: str, about: Mapping[str, Any], definitions: Mapping[str, Any], *, is_required: bool
) -> str:
    """Return the description of a key, with its choices and its default."""
    # pydantic omits a description that is the same as that of the mapping it refers to.
    referenced = definitions.get(about.get("$ref", "").rpartition("/")[2], {})
    description = cell((referenced | about)["description"])
    choices = about.get("enum") or about.get("items", {}).get("enum")
    if choices and key != "format" and not {True, False}.intersection(choices):
        description += f" One of {', '.join(f'`{choice}`' for choice in choices)}."
    if is_required:
        return f"**Required.** {description}"
    if "default" in about:
        default = about["default"]
        description += f" Default: `{'false' if default is False else default}`."
    return description


def rule_part_table() -> str:
    """Tabulate the parts of a recurrence rule."""
    rows = [row(f"`{name}`", cell(about)) for name, about in RULE_PARTS.items()]
    return table("| Part | What it contains |", rows)


def column_table() -> str:
    """Tabulate the columns of the CSV in their order.

    Raises:
        PageError: ``_COLUMNS`` does not describe exactly the columns of the CSV.
    """
    if mismatch := sorted(_COLUMNS.keys() ^ set(COLUMNS)):
        raise PageError(f"_COLUMNS and the CSV differ in {mismatch}")
    rows = [row(f"`{name}`", _COLUMNS[name]) for name in COLUMNS]
    return table("| Column | What it contains |", rows)


_COLUMNS = {
    "uid": "as in the feed",
    "id": "as in the file",
    "parent": "the `id` of the event it is nested in",
    "summary": "as in the file, without what a feed adds",
    "start": "as precisely as it is known: `2026`, `2026-03`; empty for `TBC`",
    "end": "the same, inclusive; `..` for an open end, empty if there is no end",
    "all_day": "`true` for days, also if one side is a time; `false` for times; empty for `TBC`",
    "timezone": "the time zone of a time",
    "earliest": "the first possible day; of times, on their own clocks; empty for `not after`",
    "latest": "the last possible day; empty for `not before`, and for an end that is open or not "
    "known",
    "precision": "of the start: `day`, `month`, `year`, `minute`, `between`, … or `unknown`",
    "end_precision": "the same of the end, or `open`",
    "certainty": "`certain`, `uncertain`, `approximate` or both; empty for `TBC`",
    "edtf": "the dates in EDTF; empty for times, and for dates that EDTF cannot express",
    "status": "as in the file, otherwise `tentative` if the dates are not certain",
    "was": "earlier dates, newest first",
    "rrule": "the rule as in the feed; with additional or excluded dates, or with a first instance "
    "that is not the start, one line for each; empty for an event that happens once",
    "drawn": "`true` if the feed shows it, otherwise `false`",
    "categories": "joined by `; `",
    "location": "as in the file",
    "latitude": "degrees north",
    "longitude": "degrees east",
    "url": "as in the file",
    "description": "as in the file",
    "sources": "title, address, quote and day of reading, joined by `; `",
    "links": "the conferences, documents and images: title and address, joined by `; `",
}
