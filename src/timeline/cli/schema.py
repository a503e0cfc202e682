"""Define ``timeline schema``, which prints the JSON Schema of events files.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

import json
from typing import Annotated

import typer

from timeline.cli.console import usage_error
from timeline.cli.streams import write_document


def schema(
    included: Annotated[
        bool, typer.Option("--included", help="That of the files that an events file includes.")
    ] = False,
    calendar: Annotated[
        bool, typer.Option("--calendar", help="That of the JSON of `timeline export --json`.")
    ] = False,
) -> None:
    """Print the JSON Schema of events files, for editors and other programs."""
    if included and calendar:
        usage_error("--included and --calendar cannot be used together")
    write_document(schema_text(included=included, calendar=calendar))


def schema_text(*, included: bool = False, calendar: bool = False) -> str:
    """Return the JSON Schema of the events file, an included file, or the JSON, as published."""
    from timeline.compiler import events_file_schema, included_file_schema
    from timeline.formats import json_schema
    from timeline.publishing import EVENTS_FILE

    if calendar:
        document = json_schema()
    else:
        document = included_file_schema() if included else events_file_schema(EVENTS_FILE.root)
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
