"""Find what is wrong with the data of a file: a diagnostic for each error.

pydantic finds the errors; this module writes their messages.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from timeline._lazy import regex
from timeline.compiler.schema.addresses import is_email
from timeline.compiler.schema.declarations import wrong_type
from timeline.compiler.schema.keys import UnknownKeys, near_key
from timeline.compiler.schema.meant import read_as_meant
from timeline.compiler.schema.refused import Refused
from timeline.compiler.schema.salvage import UNKNOWN_KEY, salvage
from timeline.compiler.schema.scalars import latitude, longitude
from timeline.compiler.schema.validation import MeantData, Validated
from timeline.compiler.schema.validator import ValidationError, errors_of, read_timeline
from timeline.compiler.schema.working_days import read_weekdays
from timeline.diagnostics import MOST, At, Diagnostic, On, Path, Refusal, rules
from timeline.source import help_for_empty_key, other_space_at, yaml_quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from pydantic_core import ErrorDetails

    from timeline.compiler.schema.timeline import Timeline


def diagnose(data: Any, truncated: Path | None, root: type[Timeline]) -> Validated:
    """Return the data of a file with what is wrong with it; the arguments are those of `validate`.

    pydantic decides: what it accepts has no errors.
    """
    as_written = MeantData(data, truncated, {})
    try:
        return Validated(read_timeline(data, root), [], Refused(), as_written)
    except ValidationError as failure:
        return _as_meant(failure, as_written, root)


def _as_meant(written: ValidationError, as_written: MeantData, root: type[Timeline]) -> Validated:
    """Return the data with the keys that are meant, if that is certain, else as written."""
    meant, misspelt = as_written, list[Diagnostic]()
    if written.error_count() <= MOST and _has_unknown_key(written):
        meant, misspelt = read_as_meant(as_written.data, as_written.truncated, root)
    if not misspelt:
        return _validated(written, as_written, [], root)
    try:
        return Validated(read_timeline(meant.data, root), misspelt, Refused(), meant)
    except ValidationError as failure:
        return _validated(failure, meant, misspelt, root)


def _has_unknown_key(failure: ValidationError) -> bool:
    return any(error["type"] == UNKNOWN_KEY for error in errors_of(failure))


def _validated(
    failure: ValidationError, meant: MeantData, misspelt: list[Diagnostic], root: type[Timeline]
) -> Validated:
    """Return the valid part of the data, and what is wrong with the rest of it."""
    data, truncated, errors = _errors(failure, meant.data, meant.truncated, root)
    diagnostics = list(islice(_diagnostics(errors, data, truncated, root), MOST + 1))
    if len(diagnostics) > MOST or (diagnostics[:1] and diagnostics[0].rule is rules.UNKNOWN_FORMAT):
        data, errors = {}, []  # nothing else is reported of this file
    timeline, refused = salvage(data, errors, root)
    diagnostics = [*misspelt, *map(meant.as_written, diagnostics)]
    return Validated(timeline, diagnostics, refused, meant)


_BEGINNING = 20_000
"""How many keys and values are validated again if a large file has too many errors."""


def _errors(
    failure: ValidationError, data: Any, truncated: Path | None, root: type[Timeline]
) -> tuple[Any, Path | None, list[ErrorDetails]]:
    """Return the errors, after the data and the truncation that they apply to.

    If there are too many, these are of the beginning of the data: pydantic returns all errors or
    none, and a million of them fill gigabytes.
    """
    if failure.error_count() <= MOST or (cut := _beginning(data)) is None:
        return data, truncated, errors_of(failure)
    data, truncated = cut
    try:
        read_timeline(data, root)
    except ValidationError as fewer:
        return data, truncated, errors_of(fewer)
    return data, truncated, []


def _beginning(data: Any) -> tuple[Any, Path] | None:
    """Return the beginning of the data, and the path at which it ends; ``None`` if that is all."""
    left = _BEGINNING
    path: Path | None = None

    def copy(value: Any, here: Path) -> Any:
        nonlocal left, path
        left -= 1
        if not isinstance(value, dict | list):
            return value
        copied: dict[Any, Any] = {}
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if left <= 0:
                path = here if path is None else path
                break
            copied[key] = copy(inner, (*here, key))
        return copied if isinstance(value, dict) else list(copied.values())

    copied = copy(data, ())
    return None if path is None else (copied, path)


def _diagnostics(
    errors: list[ErrorDetails], data: Any, truncated: Path | None, root: type[Timeline]
) -> Iterator[Diagnostic]:
    wrong_format = [error for error in errors if error["loc"] == ("format",)]
    misspelt = {
        (*error["loc"][:-1], near)
        for error in errors
        if error["type"] == UNKNOWN_KEY and (near := near_key(error["loc"], root=root))
    }
    if shifted := [error for error in errors if _is_shifted(error)]:
        # A key that is not in the column it seems to be in is read into another mapping.
        if truncated is None:  # otherwise the reader has reported it
            yield other_space_at(At(shifted[0]["loc"], On.KEY))
        errors = [error for error in errors if error["type"] != "missing" and error not in shifted]
    unknown = UnknownKeys(data, root)
    for error in wrong_format or errors:
        path, kind = error["loc"], error["type"]
        if error["input"] is None and kind != "missing":
            continue  # the reader has reported the empty value
        if kind == "missing" and (path in misspelt or _is_open(path[:-1], truncated)):
            continue
        if kind != UNKNOWN_KEY and path and _is_open(path, truncated):
            continue  # the reader has reported the `[` that was meant as text
        yield EXPLANATIONS[kind](error, unknown)
        for other in getattr(error.get("ctx", {}).get("error"), "others", ()):
            yield _refused(other, path, On.VALUE, error["input"])


def _is_shifted(error: ErrorDetails) -> bool:
    return error["type"] == UNKNOWN_KEY and str(error["loc"][-1])[:1].isspace()


def _is_open(path: Path, truncated: Path | None) -> bool:
    return truncated is not None and truncated[: len(path)] == path


def _missing_key(error: ErrorDetails, _: UnknownKeys) -> Diagnostic:
    path, key = error["loc"], str(error["loc"][-1])
    help_ = f"add `{key}:` {_MISSING.get(key, 'here')}"
    return Diagnostic(rules.MISSING_KEY, f"`{key}` is missing", At(path), help=help_)


def _value_error(error: ErrorDetails, unknown: UnknownKeys) -> Diagnostic:
    path, on = error["loc"], On.VALUE
    if path[-1:] == ("[key]",):
        path, on = path[:-1], On.KEY
    refusal: Refusal = error["ctx"]["error"]
    if on is On.VALUE and isinstance(path[-1], str) and not refusal.inside.path:
        refusal = _with_better_help(refusal, path[-1], error["input"], unknown, path)
    return _refused(refusal, path, on, error["input"])


def _with_better_help(
    refusal: Refusal, key: str, value: object, unknown: UnknownKeys, path: Path
) -> Refusal:
    """Return a refusal with the help that the other keys of the mapping allow."""
    if refusal.replacement is not None or key not in _IN_CONTEXT:
        return refusal
    from timeline.compiler.schema.other_keys import help_for_other_value  # noqa: PLC0415 - for errors
    from timeline.compiler.schema.times_of_day import complete_time  # noqa: PLC0415 - for errors

    mapping = unknown.mapping_at(path[:-1])
    if not isinstance(mapping, dict):
        return refusal
    if key not in ("start", "end"):
        is_of_event = len(path) > 2 and path[-3] in ("events", "overrides")
        help_ = help_for_other_value(key, value, mapping) if is_of_event else None
        return refusal.with_help(help_) if help_ else refusal
    better = complete_time(key, value, mapping)
    return refusal.with_help(f"write the day, too: `{better}`") if better else refusal


_IN_CONTEXT = ("start", "end", "cancelled", "status", "rrule")
"""Keys whose helps depend on the other keys of the event."""


EXPLANATIONS: dict[str, Callable[[ErrorDetails, UnknownKeys], Diagnostic]] = {
    "missing": _missing_key,
    UNKNOWN_KEY: lambda error, unknown: unknown.diagnostic(error["loc"]),
    "value_error": _value_error,
    "tuple_type": lambda error, _: _wrong_type("a list", _as_list, error),
    "too_long": lambda error, _: _too_many_items(error),
    "dict_type": lambda error, unknown: _wrong_type(
        "keys and values", partial(_as_mapping, unknown), error
    ),
    "dataclass_type": lambda error, unknown: _wrong_type(
        "keys and values", partial(_as_mapping, unknown), error
    ),
}
"""What makes the diagnostic of an error, for each type of pydantic's errors."""

_MISSING = {
    "calendar": "at the top, with an `id` and a `name`",
    "email": "with an address such as `name@example.org`",
    "events": "at the top, with the list of events",
    "id": "with a short name such as `dakar-2025`",
    "latitude": "with degrees north",
    "longitude": "with degrees east",
    "name": "with the name that subscribers see",
    "path": "with the path of a file, or a pattern such as `teams/*.yaml`",
    "recurrence-id": "with the day or the time of the instance",
    "start": "with a date, or `TBC`",
    "summary": "with the title",
    "url": "with an address such as `https://example.org/dakar`",
    "week": "with the weekdays on which people work, such as `[mon, tue, wed, thu, fri]`",
}


def _refused(refusal: Refusal, path: Path, on: On, value: object) -> Diagnostic:
    inside = refusal.inside
    if refusal.rule is rules.WRONG_TYPE and refusal.help is None:
        refusal = refusal.with_help(_one_text(path + inside.path, value))
    elif refusal.rule is rules.EMPTY_VALUE and refusal.help is None:  # it depends on the key
        refusal = refusal.with_help(help_for_empty_key(path[-1]))
    side = On.KEY if On.KEY in (on, inside.on) else On.VALUE
    return refusal.to_diagnostic(At(path + inside.path, side, refusal.part))


def _one_text(path: Path, value: object) -> str:
    """Return the help for a list or a mapping where a text is expected."""
    if path[-1] == "start" and isinstance(value, list) and [*map(type, value)] == [str, str]:
        return f"for a span write `start: {value[0]}` and `end: {value[1]}`"
    if path[-1] == "rrule":
        return (
            "write a rule such as `FREQ=WEEKLY;BYDAY=MO`, or its parts, `{freq: weekly, byday: "
            "[mo]}`"
        )
    return "write one text; if this is meant as a text, put it in quotes"


def _too_many_items(error: ErrorDetails) -> Diagnostic:
    most = error["ctx"]["max_length"]
    message = f"this list has {len(error['input']):,} items, expected at most {most:,}"
    help_ = "remove those that are not needed"
    return Diagnostic(rules.TOO_LARGE, message, At(error["loc"]), help=help_)


def _wrong_type(
    expected: str, rewrite: Callable[[Path, object], str], error: ErrorDetails
) -> Diagnostic:
    path, value = error["loc"], error["input"]
    return wrong_type(expected, value).with_help(rewrite(path, value)).to_diagnostic(At(path))


def _as_list(path: Path, value: object) -> str:
    """Return the help for a text or a mapping where a list is expected."""
    key = path[-1]
    if key == "events":
        return "begin each event with `- id:` and its id"
    if not isinstance(value, str) or len(value) > 40:
        return "begin each item with `- `"
    if key == "alarms":
        from timeline.compiler.schema.other_keys import alarms_like  # noqa: PLC0415 - for errors

        value = alarms_like(value) or value
    if key == "week" and (weekdays := read_weekdays(value)):
        value = ", ".join(weekdays)
    return (
        f"write `{key}: [{{{_named(key, value)}}}]`"
        if key in _LINKS
        else f"write `{key}: [{value}]`"
    )


_LINKS = ("sources", "image", "attach", "conference")


def _named(key: object, value: str) -> str:
    if "://" in value:
        return f"url: {value}"
    # A source may have a title alone, the others need an address.
    if key == "sources" or not _FILE.fullmatch(value):
        title = value if _PLAIN_WORDS.fullmatch(value) else yaml_quoted(value)
        return f"title: {title}" if key == "sources" else "url: https://…"
    return f"url: https://…/{value}"


_FILE = regex(r"[\w./-]+\.\w+", re.ASCII)


def _as_mapping(unknown: UnknownKeys, path: Path, value: object) -> str:
    """Return the help for a text or a list where a mapping is expected."""
    if path == ("categories",):
        return "write a key for each category, such as `rally: {}`"
    if path[-1] == "properties":
        return "write a key for each property, such as `X-HALL: Hall 3`"
    if len(path) > 1 and path[-2] in _LINKS and isinstance(value, str):
        return f"write `{{{_named(path[-2], value)}}}`"
    if isinstance(value, str) and (written := _as_keys(str(path[-1]), value)):
        return f"write `{path[-1]}: {{{written}}}`"
    keys = unknown.declared_at(path).declaration.keys
    if path[0] == "outputs" and isinstance(path[-1], int) and value in _SWITCHES:
        return "write the options of this output, or `{}` for an output without any"
    if path == ("outputs",):
        return _as_outputs(value, keys)
    if "path" in keys and isinstance(value, str) and _FILE.fullmatch(value):
        return f"write `{{path: {value}}}`"
    few = [name for name, key in keys.items() if key.is_required or len(keys) <= 5]
    listed = ", ".join(f"`{name}:`" for name in few)
    return f"write keys and values: {listed}" if listed else "write keys and values"


_SWITCHES = frozenset({"true", "false", "yes", "no", "on", "off", "all", "none"})
"""Words that say which outputs there are, and name no folder."""


def _as_outputs(value: object, keys: Collection[str]) -> str:
    """Return the help for the names of formats, or of a folder, where their keys are expected."""
    names = value if isinstance(value, list) else str(value).replace(",", " ").split()
    if names and all(isinstance(name, str) and name in keys for name in names):
        return f"write `outputs: {{{', '.join(f'{name}: true' for name in names)}}}`"
    is_switch = isinstance(value, str) and value.lower() in _SWITCHES
    if isinstance(value, str) and _PLAIN_WORDS.fullmatch(value) and not is_switch:
        return f"write `outputs: {{directory: {value}}}`"
    return "write a key for each format, such as `csv: true`"


def _as_keys(key: str, value: str) -> str | None:
    """Return the keys and values that a text for a place or a person stands for."""
    if key == "geo" and (match := _TWO_NUMBERS.fullmatch(value)):
        return _as_point(match[1], match[2])
    if len(value) > 40 or not _PLAIN_WORDS.fullmatch(value):
        return None
    if key in ("contact", "organizer") and "@" in value:
        return f"email: {value}" if is_email(value) else None
    if key == "contact":
        return f"name: {value}"
    return f"name: {value}, email: …" if key == "organizer" else None


def _as_point(first: str, second: str) -> str | None:
    """Return the keys and values of two numbers; some programs write the longitude first."""
    for north, east in ((first, second), (second, first)):
        try:
            latitude(north), longitude(east)
        except Refusal:
            continue
        return f"latitude: {north}, longitude: {east}"
    return None


_TWO_NUMBERS = regex(r"(-?\d+(?:\.\d+)?)[,; ]\s*(-?\d+(?:\.\d+)?)", re.ASCII)
_PLAIN_WORDS = regex(r"\w[\w @.+-]*")
