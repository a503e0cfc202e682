"""Build pydantic's validator of a file from the declarations of its keys.

It is built from core schemas instead of models (``pydantic.create_model``). So it creates instances
of the declared classes directly, where every event would have to be copied from a model, and no
model is built when the program starts.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from pydantic_core import SchemaValidator, ValidationError, core_schema

from timeline._checkpoint import checkpoint
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
from timeline.diagnostics import MOST, Refusal, cited, rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core import CoreSchema, ErrorDetails

    from timeline.compiler.schema.declarations import Key, Reader

__all__ = ["ValidationError", "errors_of", "read_timeline"]


def read_timeline(data: Any, root: type[Timeline] = Timeline) -> Timeline:
    """Return the data of a file as an instance of the declared classes, of which one is the root.

    Raises:
        ValidationError: the data has errors; they are in the order of the declarations. No value
            is read after the first refusal that is not reported: to say what its author may have
            meant takes a hundred times as long as to read it.
    """
    checkpoint()
    refusals = _Refusals()
    token = _refusals.set(refusals)
    try:
        timeline: Timeline = _validator(root).validate_python(data)
    finally:
        _refusals.reset(token)
    return timeline


def errors_of(failure: ValidationError) -> list[ErrorDetails]:
    """Return the errors of the data, with their paths in it."""
    errors = failure.errors(include_url=False)
    for error in errors:
        if not _SHAPES.isdisjoint(error["loc"]):
            error["loc"] = tuple(step for step in error["loc"] if step not in _SHAPES)
    return errors


class _Refusals:
    """How many values of a file were refused."""

    __slots__ = ("count",)

    def __init__(self) -> None:
        self.count = 0


_refusals: ContextVar[_Refusals] = ContextVar("refusals")


def _until_limit(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a function that reads a value, or returns it unread after the limit of refusals."""

    def read_counted(value: Any) -> Any:
        try:
            return read(value) if (refusals := _refusals.get()).count <= MOST else value
        except Refusal:
            refusals.count += 1
            raise

    return read_counted


@cache
def _validator(root: type[Declared]) -> SchemaValidator:
    schemas = _Schemas()
    schema = schemas.of_mapping(root)
    return SchemaValidator(core_schema.definitions_schema(schema, [*schemas.definitions.values()]))


_SINGLE, _SEVERAL = "\0single", "\0several"
_SHAPES = frozenset({_SINGLE, _SEVERAL})
"""The shapes of a `Repeatable`; pydantic adds them to the paths of errors."""


class _Schemas:
    """Builds core schemas; ``definitions`` has those of the mappings, which may be recursive."""

    def __init__(self) -> None:
        self.definitions: dict[type[Declared], CoreSchema] = {}

    def of(self, reader: Reader[Any]) -> CoreSchema:
        """Return the schema of the values that a reader accepts."""
        match reader:
            case Value():
                return core_schema.no_info_plain_validator_function(_until_limit(reader.read))
            case ListOf():
                # Lists become tuples: all empty ones, most of an event's, are the same object.
                most = reader.schema.get("maxItems")
                return core_schema.tuple_variable_schema(self.of(reader.item), max_length=most)
            case Table():
                schema = core_schema.dict_schema(self.of(reader.names), self.of(reader.values))
                if reader.check is None:
                    return schema
                return core_schema.no_info_before_validator_function(
                    _until_limit(reader.check), schema
                )
            case Nested():
                return self.of_mapping(reader.declared)
            case ByKey():
                return core_schema.no_info_plain_validator_function(_by_key(reader))
            case Repeatable():
                return self._of_repeatable(reader)
        raise TypeError(reader)

    def _of_repeatable(self, reader: Repeatable[Any]) -> CoreSchema:
        mapping = self.of_mapping(reader.declared)
        single = core_schema.no_info_before_validator_function(_until_limit(_mapping_of), mapping)
        several = core_schema.no_info_before_validator_function(
            _until_limit(_not_empty), core_schema.tuple_variable_schema(mapping)
        )
        return core_schema.tagged_union_schema(
            {_SINGLE: single, _SEVERAL: several},
            lambda value: _SEVERAL if type(value) is list else _SINGLE,
        )

    def of_mapping(self, declared: type[Declared]) -> CoreSchema:
        """Return a reference to the schema of a mapping, and define it if necessary."""
        if declared not in self.definitions:
            self.definitions[declared] = core_schema.any_schema()  # for now
            self.definitions[declared] = self._define(declared)
        return core_schema.definition_reference_schema(declared.__name__)

    def _define(self, declared: type[Declared]) -> CoreSchema:
        keys = declared.declaration.keys.values()
        schema: Any = core_schema.no_info_after_validator_function(
            lambda arguments: declared(**arguments[0]),
            core_schema.dataclass_args_schema(
                declared.__name__, [*map(self._field, keys)], extra_behavior="forbid"
            ),
        )
        if declared.check is not Declared.check:
            schema = core_schema.no_info_after_validator_function(_until_limit(_checked), schema)
        if declared.declaration.is_open:
            schema = core_schema.no_info_before_validator_function(_without_x_keys, schema)
        if declared.declaration.may_be_short:
            schema = core_schema.no_info_before_validator_function(_in_full(declared), schema)
        schema["ref"] = declared.__name__
        return cast("CoreSchema", schema)

    def _field(self, key: Key) -> core_schema.DataclassField:
        schema = self.of(key.reader)
        if key.default is None:
            schema = core_schema.nullable_schema(schema)
        if not key.is_required:
            if isinstance(key.default, dict):  # pydantic would copy it deeply, for each event
                schema = core_schema.with_default_schema(schema, default_factory=key.default.copy)
            else:
                schema = core_schema.with_default_schema(schema, default=key.default)
        return core_schema.dataclass_field(
            key.attribute, schema, kw_only=True, validation_alias=key.name
        )


def _by_key(reader: ByKey[Any]) -> Callable[[Any], Any]:
    """Return a function that validates a mapping as one of two classes.

    pydantic's own choice between them would add its name to the paths of errors.
    """

    def read(data: Any) -> Any:
        declared: type[Declared] = reader.of(data).declared
        return _validator(declared).validate_python(data)

    return read


def _checked(mapping: Declared) -> Declared:
    mapping.check()
    return mapping


def _mapping_of(value: Any) -> Any:
    """Return the mapping that `true` stands for, or any other value that is not text."""
    if type(value) is not str:
        return value
    if value in TRUE:
        return {}
    help_ = "write `true`, or its options as keys and values, such as `{path: …}`"
    if value.lower() in ("false", "no", "off", "n"):
        help_ = "remove the key: what is not listed is not written"
    raise Refusal(rules.WRONG_VALUE, f"{cited(value)} is neither `true` nor keys and values", help_)


def _not_empty(value: Any) -> Any:
    if not value:
        help_ = "write `true`, or remove the key"
        raise Refusal(rules.WRONG_VALUE, "this list is empty", help_)
    return value


def _without_x_keys(data: Any) -> Any:
    if type(data) is dict and "x-" in " ".join(data):  # one search for all keys: few files have any
        return {key: value for key, value in data.items() if not key.startswith("x-")}
    return data


def _in_full(declared: type[Declared]) -> Callable[[Any], Any]:
    first = next(iter(declared.declaration.keys))
    return lambda data: {first: data} if type(data) is str else data
