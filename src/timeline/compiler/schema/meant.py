"""Read keys that can only be misspelt as the keys that are meant.

What is wrong below them is then reported in the same run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from timeline.compiler.schema.declarations import ByKey, ListOf, Nested, Repeatable, Table
from timeline.compiler.schema.keys import UnknownKeys
from timeline.compiler.schema.timeline import Timeline
from timeline.compiler.schema.validation import MeantData
from timeline.diagnostics import MOST, one_edit_away

if TYPE_CHECKING:
    from timeline.compiler.schema.declarations import Declared, Reader
    from timeline.diagnostics import Diagnostic, Path


def read_as_meant(
    data: Any, truncated: Path | None, root: type[Timeline] = Timeline
) -> tuple[MeantData, list[Diagnostic]]:
    """Return the data of a file with the keys that are meant, and a diagnostic for each of them.

    The data is the same if no key is certain, or more than can be reported.
    """
    reading = _Reading(dict(data) if isinstance(data, dict) else {}, root)
    reading.mapping(root, reading.data, ())
    if not reading.written or len(reading.diagnostics) > MOST:
        return MeantData(data, truncated, {}), []
    meant = MeantData(reading.data, truncated, reading.written)
    if truncated is not None:
        meant = replace(meant, truncated=_meant_path(truncated, reading.written))
    return meant, list(map(meant.as_written, reading.diagnostics))


def _meant_path(path: Path, written: dict[Path, str]) -> Path:
    """Return a path of the file with the keys that are meant."""
    names = {(*meant[:-1], name): meant[-1] for meant, name in written.items()}
    meant: Path = ()
    for step in path:
        meant = (*meant, names.get((*meant, step), step))
    return meant


class _Reading:
    """Renames keys from the top down. Recursion is safe: what is read is not that deep."""

    def __init__(self, data: dict[Any, Any], root: type[Timeline]) -> None:
        self.data = data
        self.written: dict[Path, str] = {}
        self.diagnostics: list[Diagnostic] = []
        self._unknown = UnknownKeys(data, root)

    def mapping(self, declared: type[Declared], mapping: dict[Any, Any], path: Path) -> None:
        """Rename the keys of a mapping, which is a copy, and those below it."""
        if len(self.diagnostics) > MOST:
            return
        declaration = declared.declaration
        meant: dict[Any, str] = {}
        for name, item in mapping.items():
            if name in declaration.keys or item is None or name[:1].isspace():
                continue
            if declaration.is_open and name.startswith("x-"):
                continue
            if one_edit_away(name, declaration.keys):
                diagnostic = self._unknown.diagnostic((*path, name))
                if diagnostic.replacement is not None:
                    meant[name] = diagnostic.replacement
                    self.diagnostics.append(diagnostic)
        if meant:
            self.written |= {(*path, key): name for name, key in meant.items()}
            items = [(meant.get(name, name), item) for name, item in mapping.items()]
            mapping.clear()
            mapping.update(items)
        for name in mapping:
            if name in declaration.keys:
                self._value(declaration.keys[name].reader, mapping, (*path, name))

    def _value(self, reader: Reader[Any], owner: Any, path: Path) -> None:
        """Rename the keys in a value of a mapping or a list, and copy it."""
        step = path[-1]
        value = owner[step]
        match reader:
            case ListOf() if isinstance(value, list):
                owner[step] = copy = list(value)
                for index in range(len(copy)):
                    self._value(reader.item, copy, (*path, index))
            case Table() if isinstance(value, dict):
                owner[step] = table = dict(value)
                for name in table:
                    self._value(reader.values, table, (*path, name))
            case Repeatable() if isinstance(value, list):
                owner[step] = copy = list(value)
                for index, item in enumerate(value):
                    if isinstance(item, dict):
                        copy[index] = mapping = dict(item)
                        self.mapping(reader.declared, mapping, (*path, index))
            case Nested() | Repeatable() if isinstance(value, dict):
                owner[step] = mapping = dict(value)
                self.mapping(reader.declared, mapping, path)
            case ByKey():
                self._value(reader.of(value), owner, path)
