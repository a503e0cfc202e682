"""Read the data of a file by the declarations of its keys, as long as nothing is wrong with it.

Most files have no errors, and to import pydantic takes longer than to read a thousand events. What
is wrong is never decided here: at the first doubt the reading ends, and ``validator`` reads the
same data again. Every kind of `Reader` is read as it is there.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from timeline.compiler.schema.declarations import (
    TRUE,
    ByKey,
    Declared,
    ListOf,
    Nested,
    Repeatable,
    Table,
    Value,
)
from timeline.compiler.schema.timeline import Timeline
from timeline.diagnostics import bounded_searches

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.compiler.schema.declarations import Reader


class _Doubt(ValueError):  # noqa: N818 - not an error: pydantic decides
    """Data that may be wrong: a key that is missing or unknown, or a value of another type.

    A `Refusal` of a value is a `ValueError` too.
    """


def read_valid(data: Any, root: type[Timeline] = Timeline) -> Timeline | None:
    """Return the data of a file as an instance of the declared classes; ``None`` where in doubt."""
    try:
        with bounded_searches():  # a refusal is not reported here, so its searches do not count
            timeline: Timeline = _mapping(root)(data)
    except ValueError:
        return None
    return timeline


def _function(reader: Reader[Any]) -> Callable[[Any], Any]:
    """Return the function that reads the values of a reader.

    The functions raise `ValueError` for what may be wrong.
    """
    match reader:
        case Value():
            return reader.read
        case ListOf():
            return _list(reader)
        case Table():
            return _table(reader)
        case Nested():
            return _nested(reader)
        case ByKey():
            return lambda value: _nested(reader.of(value))(value)
        case Repeatable():
            return _repeatable(reader)
    raise TypeError(reader)


def _nested(reader: Nested[Any]) -> Callable[[Any], Any]:
    declared: type[Declared] = reader.declared
    return _mapping(declared)


def _list(reader: ListOf[Any]) -> Callable[[Any], Any]:
    read_item, most = _function(reader.item), reader.schema.get("maxItems")

    def read(value: Any) -> Any:
        if type(value) is not list or (most is not None and len(value) > most):
            raise _Doubt
        return tuple([read_item(item) for item in value])  # faster than a generator

    return read


def _table(reader: Table[Any]) -> Callable[[Any], Any]:
    read_name, read_value, check = reader.names.read, _function(reader.values), reader.check

    def read(value: Any) -> Any:
        if type(value) is not dict:
            raise _Doubt
        if check is not None:
            check(value)
        return {read_name(name): read_value(item) for name, item in value.items()}

    return read


def _repeatable(reader: Repeatable[Any]) -> Callable[[Any], Any]:
    declared: type[Declared] = reader.declared
    read_mapping = _mapping(declared)

    def read(value: Any) -> Any:
        if type(value) is list and value:
            return tuple([read_mapping(item) for item in value])
        return read_mapping({} if type(value) is str and value in TRUE else value)

    return read


@cache
def _mapping(declared: type[Declared]) -> Callable[[Any], Any]:
    """Return the function that reads the mappings of a class.

    A key is looked up when it is first read: a class may be nested in itself, and most files have
    few of the keys.
    """
    declaration = declared.declaration
    keys = declaration.keys
    first = next(iter(keys), None)
    check = None if declared.check is Declared.check else declared.check
    fields: dict[str, tuple[str, Callable[[Any], Any], bool]] = {}

    def read(data: Any) -> Any:
        if type(data) is not dict:
            if type(data) is not str or not declaration.may_be_short:
                raise _Doubt
            data = {first: data}
        values = {}
        for name, value in data.items():
            if name not in fields:
                if declaration.is_open and type(name) is str and name.startswith("x-"):
                    continue
                if (key := keys.get(name)) is None:
                    raise _Doubt
                fields[name] = key.attribute, _function(key.reader), key.default is None
            attribute, read_value, may_be_none = fields[name]
            values[attribute] = None if value is None and may_be_none else read_value(value)
        try:
            mapping = declared(**values)
        except TypeError:
            raise _Doubt from None  # a required key is missing
        if check is not None:
            check(mapping)
        return mapping

    return read
