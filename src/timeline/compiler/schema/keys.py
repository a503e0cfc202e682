"""Report unknown keys, and suggest the key that was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline._lazy import regex
from timeline.compiler.schema.declarations import ByKey, ListOf, Nested, Repeatable, Table
from timeline.compiler.schema.defaults import DefaultsEntry, IncludeEntry
from timeline.compiler.schema.timeline import Timeline
from timeline.diagnostics import (
    At,
    Diagnostic,
    On,
    Path,
    cited,
    is_certain_edit,
    nearest,
    one_edit_away,
    rules,
)

if TYPE_CHECKING:
    from timeline.compiler.schema.declarations import Declared, Reader


class UnknownKeys:
    """Reports the unknown keys of a file, whose data it has."""

    def __init__(self, data: Any, root: type[Timeline] = Timeline) -> None:
        self._data, self._root = data, root
        # How many keys of a mapping are one edit away from a known one: it may have thousands.
        self._edits: dict[tuple[Path, str], int] = {}
        # What each spelling means, because thousands of events may have the same one.
        self._meanings: dict[tuple[type[Declared], str], tuple[str | None, bool]] = {}

    def diagnostic(self, path: Path) -> Diagnostic:
        """Return the diagnostic of an unknown key, with the key that was probably meant."""
        key, keys = str(path[-1]), list(self.declared_at(path[:-1]).declaration.keys)
        replacement = None
        near, is_certain = self._meaning(path)
        mapping = self.mapping_at(path[:-1])
        # If there are `sumary` and `sumnary`, either may be the `summary`.
        if glued := _GLUED.match(key):
            help_ = f"write a space after `{glued[0]}`"
        elif flag := _help_for_flag(near, mapping.get(key), keys):
            help_ = flag
        elif (
            near is not None
            and is_certain
            and near not in mapping
            and self._count_edits(path[:-1], near) == 1
        ):
            help_, replacement = f"did you mean `{near}`?", near
        elif other := _help_for_other_key(key, mapping, keys):
            help_ = other
        elif near:
            help_ = f"did you mean `{near}`?"
            if near in mapping:
                help_ = f"`{near}`, which is probably meant, already exists: remove one of the two"
        elif key in _BY_DEFAULT and declared_at(path[:-1], self._data) is IncludeEntry:
            help_ = (
                f"write it below `defaults:`, which has what events have without the key `{key}`"
            )
        elif len(keys) > _FEW:
            most = ", ".join(f"`{known}`" for known in _COMMON if known in keys)
            help_ = f"the most common keys are {most}; `timeline schema` lists all {len(keys)}"
        else:
            help_ = f"the keys are {', '.join(f'`{known}`' for known in keys)}"
        return Diagnostic(
            rules.UNKNOWN_KEY,
            f"there is no key {cited(key)} here",
            At(path, On.KEY),
            help=help_,
            replacement=replacement,
        )

    def _meaning(self, path: Path) -> tuple[str | None, bool]:
        """Return the key that is probably meant, and whether it can be no other one."""
        declared, key = self.declared_at(path[:-1]), str(path[-1])
        if (declared, key) not in self._meanings:
            near = near_key(path, self._data, self._root)
            edits = one_edit_away(key, declared.declaration.keys)
            is_certain = near is not None and edits == [near] and is_certain_edit(key, near)
            # `stat` is one edit away from `start`, but may be short for `status`.
            short = key.casefold().replace("_", "-")
            longer = [known for known in declared.declaration.keys if known.startswith(short)]
            if len(key) >= _SHORTEST and len(longer) == 1 and near not in longer:
                near, is_certain = longer[0], False
            self._meanings[declared, key] = near, is_certain
        return self._meanings[declared, key]

    def declared_at(self, path: Path) -> type[Declared]:
        """Return the class that declares the keys of the mapping at a path."""
        return declared_at(path, self._data, self._root)

    def mapping_at(self, path: Path) -> Any:
        """Return the mapping at a path of the data."""
        mapping = self._data
        for step in path:
            mapping = mapping[step]
        return mapping

    def _count_edits(self, path: Path, known: str) -> int:
        """Return how many keys of a mapping are one edit away from a known key."""
        if (path, known) not in self._edits:
            others = self.mapping_at(path)
            count = sum(bool(one_edit_away(other, [known])) for other in others)
            self._edits[path, known] = count
        return self._edits[path, known]


_SHORTEST = 3
"""The fewest letters of a key that may be short for a longer one."""

_GLUED = regex(r"[\w-]+:(?=[\[{])")
"""What YAML reads as the beginning of a key: ``rrule:{freq: daily}``."""

_BY_DEFAULT = DefaultsEntry.declaration.keys


def _help_for_other_key(key: str, mapping: Any, keys: list[str]) -> str | None:
    """Return the help for a key that other programs have; ``None`` for another."""
    from timeline.compiler.schema.other_keys import help_for_other_key  # noqa: PLC0415 - for errors

    return help_for_other_key(key, mapping, keys)


def _help_for_flag(near: str | None, value: object, keys: list[str]) -> str | None:
    """Return the help for ``canceled: yes`` of an event, which does not mean `cancelled`."""
    if near != "cancelled" or "status" not in keys:
        return None
    from timeline.compiler.schema.other_keys import help_for_other_value  # noqa: PLC0415 - for errors

    return help_for_other_value(near, value, {})


_FEW = 12
_COMMON = (
    *("id", "name", "summary", "start", "end", "location", "description", "url", "categories"),
    *("timezone", "language", "status", "color", "sources"),
)


def near_key(path: Path, data: Any = None, root: type[Timeline] = Timeline) -> str | None:
    """Return the key that an unknown one is probably a synonym or a misspelling of."""
    key, keys = str(path[-1]), list(declared_at(path[:-1], data, root).declaration.keys)
    written = key.casefold().replace("_", "-")
    others = _OTHER_KEYS.get(written, "").split()
    if written not in _OTHER_KEYS and not one_edit_away(key, keys):
        for word in one_edit_away(key, _LONG_OTHER_KEYS):
            others += _OTHER_KEYS[word].split()
    return next((other for other in others if other in keys), None) or nearest(key, keys)


_OTHER_KEYS = {
    "address": "url",
    "alerts": "alarms",
    "begin": "start",
    "business-days": "working-days",
    "category": "categories",
    "csv-bom": "bom",
    "csv-dialect": "dialect",
    "coordinates": "geo",
    "date": "start accessed",
    "day": "start",
    "deadline": "start",
    "due": "start",
    "due-date": "start",
    "days": "week",
    "days-off": "off",
    "diagram": "svg",
    "dir": "directory",
    "dtend": "end",
    "dtstart": "start",
    "end-date": "end",
    "end-day": "end",
    "end-time": "end",
    "event": "events",
    "every": "rrule",
    "export": "outputs",
    "exports": "outputs",
    "file": "path",
    "filename": "path",
    "files": "path",
    "finish": "end",
    "frequency": "rrule",
    "folder": "directory",
    "formats": "outputs",
    "from": "start",
    "glob": "path",
    "headline": "summary title",
    "holidays": "off working-days",
    "ical": "ics",
    "icalendar": "ics",
    "identifier": "id",
    "ids": "id",
    "key": "id",
    "lat": "latitude",
    "link": "url",
    "lng": "longitude",
    "lon": "longitude",
    "markdown": "md",
    "md-style": "style",
    "md-weekdays": "weekdays",
    "name": "summary title",
    "notes": "description",
    "output-dir": "directory",
    "pattern": "path",
    "picture": "image svg",
    "pid": "id",
    "place": "location",
    "recurrence": "rrule",
    "related": "related-to",
    "relation": "related-to",
    "relations": "related-to",
    "reminder": "alarms",
    "reminders": "alarms",
    "recurring": "rrule",
    "recurs": "rrule",
    "repeat": "rrule",
    "repeats": "rrule",
    "sid": "id",
    "slug": "id",
    "state": "status",
    "tags": "categories",
    "time": "start",
    "titel": "summary title name",
    "title": "summary name",
    "to": "end",
    "tz": "timezone",
    "until": "end",
    "venue": "location",
    "website": "url",
    "weekdays": "week",
    "when": "start",
    "where": "location",
    "workdays": "working-days week",
    "workweek": "week working-days",
    "zone": "timezone",
}
"""Synonyms of keys, which ``nearest`` would not find by their spelling."""

_LONG_OTHER_KEYS = [word for word in _OTHER_KEYS if len(word) > 5]
"""The synonyms that are long enough to be recognised with a letter wrong."""


def declared_at(path: Path, data: Any = None, root: type[Timeline] = Timeline) -> type[Declared]:
    """Return the class that declares the keys of the mapping at a path of the data."""
    declared: type[Declared] = root
    choice: ByKey[Any] | None = None
    for part in path:
        data = _inside(data, part)
        if isinstance(part, str) and (key := declared.declaration.keys.get(part)):
            item = key.reader.item if isinstance(key.reader, ListOf) else None
            choice = item if isinstance(item, ByKey) else None
            declared = _declared_in(key.reader) or declared
        elif choice is not None:
            declared = choice.of(data).declared
    return declared


def _inside(data: Any, step: str | int) -> Any:
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None


def _declared_in(reader: Reader[Any]) -> type[Declared] | None:
    match reader:
        case Nested() | Repeatable():
            return reader.declared
        case ListOf():
            return _declared_in(reader.item)
        case Table():
            return _declared_in(reader.values)
        case ByKey():
            return reader.lacks_key.declared
    return None
