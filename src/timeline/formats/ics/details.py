"""The content lines of an event's passed-through fields, after the table of `Details`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.formats.ics.contentlines import escape_text, format_float, quote_parameter
from timeline.model import DETAIL_PROPERTIES, ValueKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import DetailProperty, Details, NextProperty


def detail_lines(details: Details, before: NextProperty) -> Iterator[str]:
    """Yield the content lines that belong before the property ``before``."""
    for field, row in DETAIL_PROPERTIES.items():
        value = getattr(details, field)
        if row.before == before and value is not None:
            yield from _lines(row, value)


def _lines(row: DetailProperty, value: Any) -> Iterator[str]:
    name = f"{row.name};VALUE={row.value_type}" if row.value_type else row.name
    match row.kind:
        case ValueKind.POSITION:
            yield f"{name}:{format_float(value[0])};{format_float(value[1])}"
        case ValueKind.KEYWORD:
            yield f"{name}:{value.upper()}"
        case ValueKind.INTEGER:
            yield f"{name}:{value}"
        case ValueKind.TEXT:
            yield f"{name}:{escape_text(str(value))}"
        case ValueKind.PERSON:
            yield f"{name}{_labelled('CN', value.name)}:mailto:{value.email}"
        case ValueKind.LINKS:
            for link in value:
                yield f"{name}{_labelled('LABEL', link.title)}:{link.url}"


def _labelled(name: str, text: str | None) -> str:
    return f";{name}={quote_parameter(text)}" if text else ""
