"""Define ``timeline schema``, which prints the JSON Schema of events files.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

import json

from timeline.cli.streams import write_document


def schema() -> None:
    """Print the JSON Schema of events files, for editors and other programs."""
    write_document(schema_text())


def schema_text() -> str:
    """Return the JSON Schema of the events file as it is published."""
    from timeline.compiler import events_file_schema

    return json.dumps(events_file_schema(), indent=2, ensure_ascii=False) + "\n"
