"""Convert the values that the ``icalendar`` library reads into shapes that compare with ours."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any

from timeline.formats import unescape_text

if TYPE_CHECKING:
    from timeline.publishing.verify.expected import Properties

LINK_PROPERTIES = ("IMAGE", "ATTACH", "CONFERENCE")
"""The properties that are addresses with a LABEL; `Details` has the fields of these names."""

DATE_LISTS = ("RDATE", "EXDATE")


def read_property(name: str, value: Any) -> Any:
    """Return the value that the library read of a property, in a shape that compares."""
    if type(value).__name__ == "vBroken":  # it is among the component's errors too
        return None
    if isinstance(value, list):
        return merge_values(name, [read_property(name, item) for item in value])
    if name in LINK_PROPERTIES:
        return [(str(value), _parameter(value, "LABEL"))]
    if name == "RELATED-TO":
        return {(_parameter(value, "RELTYPE") or "PARENT", str(value))}
    if name in DATE_LISTS:
        return sorted(str(_value_notation(item)) for item in value.dts)
    if name == "CATEGORIES":
        return tuple(str(category) for category in value.cats)
    if name == "GEO":
        return round(value.latitude, 6), round(value.longitude, 6)
    if name == "ORGANIZER":
        return str(value), _parameter(value, "CN")
    if name == "TRIGGER":
        return trigger_notation(_value_notation(value), _parameter(value, "RELATED"))
    if type(value).__name__ == "vUnknown":  # the library leaves what it does not know as it is
        return unescape_text(str(value))
    if name == "RRULE":
        return sorted(value.to_ical().decode().split(";"))
    if isinstance(value, int):
        return int(value)
    return _value_notation(value) if hasattr(value, "dt") else str(value)


def merge_properties(read: list[tuple[str, Any]]) -> Properties:
    """Merge the values of lines that have the same name."""
    by_name: dict[str, list[Any]] = {}
    for name, value in read:
        by_name.setdefault(name, []).append(value)
    return {
        name: values[0] if len(values) == 1 else merge_values(name, values)
        for name, values in by_name.items()
    }


def merge_values(name: str, values: list[Any]) -> Any:
    """Merge the values of one name; a property that may occur once becomes a list, unlike any."""
    kinds = {type(value) for value in values}
    if name == "RELATED-TO" and kinds == {set}:
        return set().union(*values)
    if name in (*LINK_PROPERTIES, *DATE_LISTS, "VALARM") and kinds == {list}:
        joined = list(chain.from_iterable(values))
        return sorted(joined) if name in DATE_LISTS else joined
    return values


def alarm_trigger(name: str, properties: Properties) -> Any:
    """Return the trigger of a VALARM, in the notation of ``expected``."""
    is_alarm = name == "VALARM" and "TRIGGER" in properties
    return properties["TRIGGER"] if is_alarm else f"{name} without TRIGGER"


def trigger_notation(moment: str | timedelta, related: str | None) -> str:
    """Return a trigger as a time, or as a duration with the side it is related to."""
    return f"{related or 'START'} {moment}" if isinstance(moment, timedelta) else moment


def _value_notation(value: Any) -> str | timedelta:
    return library_time_notation(value.dt, _parameter(value, "TZID"))


def library_time_notation(moment: Any, zone: str | None) -> str | timedelta:
    """Return a time that the library read in the notation of ``expected.time_notation``."""
    if isinstance(moment, timedelta):
        return moment
    if not isinstance(moment, datetime):
        return moment.isoformat() if isinstance(moment, date) else str(moment)
    wall = moment.replace(tzinfo=None, fold=0).isoformat()
    if zone:
        return f"{wall}[{zone}]"
    return f"{wall}Z" if moment.utcoffset() == timedelta() else wall


def _parameter(value: Any, name: str) -> str | None:
    parameter = value.params.get(name)
    return None if parameter is None else str(parameter)


def as_list(value: Any) -> list[Any]:
    """Return what the library has of a property, one value or several, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]
