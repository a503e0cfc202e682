"""Find the keys and values of a file that have one certain correction.

pydantic returns all errors of a file or none, and a million of them fill gigabytes, so `errors`
reports those at the beginning only. Here the same declarations are walked, and what has no
correction takes no memory. What would be refused itself is not a correction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from timeline.compiler.schema.declarations import (
    ByKey,
    ListOf,
    Nested,
    Repeatable,
    Table,
    Value,
)
from timeline.compiler.schema.keys import UnknownKeys
from timeline.compiler.schema.readers import FORMAT_NUMBER
from timeline.compiler.schema.timeline import Timeline
from timeline.diagnostics import At, On, Path, Refusal, one_edit_away

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.compiler.schema.declarations import Declaration, Declared, Reader


class Replacement(Struct, frozen=True):
    """The whole text that a key or a value at a place can only mean."""

    at: At
    text: str


def find_replacements(data: Any, root: type[Timeline] = Timeline) -> Iterator[Replacement]:
    """Yield what each key and value of the data that is wrong can only mean, if that is certain."""
    if isinstance(data, dict) and "format" in data:
        try:
            FORMAT_NUMBER.read(data["format"])
        except Refusal:
            return  # the rules of another format are not known here
    yield from _Walk(data, root).mapping(root, data, ())


class _Walk:
    """Walks the data by the declarations. Recursion is safe: what is read is not that deep."""

    def __init__(self, data: Any, root: type[Timeline]) -> None:
        self._unknown = UnknownKeys(data, root)
        # By reader and text, because many events may have the same one.
        self._texts: dict[tuple[int, str], list[Replacement]] = {}

    def mapping(self, declared: type[Declared], value: object, path: Path) -> Iterator[Replacement]:
        """Yield the replacements of unknown keys of a mapping, and of its values."""
        declaration = declared.declaration
        if declaration.may_be_short and isinstance(value, str):
            value = {next(iter(declaration.keys)): value}
        if not isinstance(value, dict):
            return
        for name, item in value.items():
            if name in declaration.keys:
                yield from self._value(declaration.keys[name].reader, item, (*path, name))
            elif item is not None:  # an empty value has been reported
                yield from self._unknown_key(declaration, (*path, name))

    def _unknown_key(self, declaration: Declaration, path: Path) -> Iterator[Replacement]:
        name = str(path[-1])
        is_own = declaration.is_open and name.startswith("x-")
        if is_own or name[:1].isspace() or not one_edit_away(name, declaration.keys):
            return
        if (text := self._unknown.diagnostic(path).replacement) is not None:
            yield Replacement(At(path, On.KEY), text)

    def _value(self, reader: Reader[Any], value: object, path: Path) -> Iterator[Replacement]:
        match reader:
            case Value() if isinstance(value, str):
                if (key := (id(reader), value)) not in self._texts:
                    self._texts[key] = list(_replacements(reader, value))
                yield from _at(path, self._texts[key])
            case Value() if value is not None:
                yield from _at(path, _replacements(reader, value))
            case ListOf() if isinstance(value, list):
                for index, item in enumerate(value):
                    yield from self._value(reader.item, item, (*path, index))
            case Table() if isinstance(value, dict):
                for name, item in value.items():
                    yield from self._value(reader.values, item, (*path, name))
            case Nested():
                yield from self.mapping(reader.declared, value, path)
            case ByKey():
                yield from self._value(reader.of(value), value, path)
            case Repeatable() if isinstance(value, list):
                for index, item in enumerate(value):
                    yield from self.mapping(reader.declared, item, (*path, index))
            case Repeatable():
                yield from self.mapping(reader.declared, value, path)


def _at(path: Path, inside: Iterable[Replacement]) -> Iterator[Replacement]:
    """Yield the replacements in a value with their paths in the file."""
    for replacement in inside:
        yield Replacement(At(path + replacement.at.path, replacement.at.on), replacement.text)


def _replacements(reader: Value[Any], value: object) -> Iterator[Replacement]:
    """Yield the replacements in a value, with paths from there, that the reader accepts."""
    try:
        reader.read(value)
    except Refusal as refusal:
        # A generator that waits must not refer to the refusal, which refers to the generator.
        replacements = [(other.inside, other.replacement) for other in (refusal, *refusal.others)]
        for at, text in replacements:
            if text is not None and _is_accepted(reader, _replaced(value, at.path, text), at):
                yield Replacement(at, text)


def _is_accepted(reader: Value[Any], value: object, at: At) -> bool:
    """Return whether nothing at a place of a value is refused."""
    try:
        reader.read(value)
    except Refusal as refusal:
        return all(other.inside.path != at.path for other in (refusal, *refusal.others))
    return True


def _replaced(value: Any, path: Path, text: str) -> Any:
    """Return a copy of a value with a text at a path in it."""
    if not path:
        return text
    items = enumerate(value) if isinstance(value, list) else value.items()
    copy = {key: _replaced(item, path[1:], text) if key == path[0] else item for key, item in items}
    return list(copy.values()) if isinstance(value, list) else copy
