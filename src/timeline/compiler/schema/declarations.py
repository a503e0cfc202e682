"""Declare the keys of the file: a class for each mapping, with an attribute for each key.

``summary: Localized = key(LOCALIZED_LINE, title="…", description="…")`` declares a key completely.
The annotation is for the type checker and is not evaluated. From the ``key``, ``validator`` builds
pydantic's validator and ``json_schema`` the JSON Schema; both handle the same kinds of `Reader`.
"""

from __future__ import annotations

from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Generic,
    TypeVar,
    cast,
    dataclass_transform,
    overload,
)

from timeline.compiler.schema import sizes
from timeline.compiler.schema.sizes import check_size
from timeline.diagnostics import Refusal, rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from timeline.compiler.schema.sizes import Size

if TYPE_CHECKING:

    class Struct:
        """Nothing: for the type checker, the fields follow from the keys."""

    class StructMeta(type):
        """Nothing, as above."""
else:
    from msgspec import Struct, StructMeta

T = TypeVar("T")
U = TypeVar("U")
D = TypeVar("D", bound="Declared")


class Reader(Generic[T]):
    """Reads a value of the file as a ``T``."""

    __slots__ = ()


class Value(Reader[T]):
    """Reads a value by a function that may raise `Refusal`; ``schema`` is its JSON Schema."""

    __slots__ = ("read", "schema")

    def __init__(self, read: Callable[[object], T], schema: Mapping[str, Any]) -> None:
        self.read, self.schema = read, schema


class ListOf(Reader[tuple[T, ...]]):
    """Reads a list; ``schema`` is added to its JSON Schema, and its ``maxItems`` is a limit."""

    __slots__ = ("item", "schema")

    def __init__(self, item: Reader[T], schema: Mapping[str, Any]) -> None:
        self.item, self.schema = item, schema


class Table(Reader[dict[str, T]]):
    """Reads a mapping whose keys the author chooses; ``check`` is called with it before."""

    __slots__ = ("check", "names", "values")

    def __init__(
        self,
        names: Value[str],
        values: Reader[T],
        check: Callable[[object], object] | None = None,
    ) -> None:
        self.names, self.values, self.check = names, values, check


class Nested(Reader[D]):
    """Reads a mapping whose keys a class declares.

    The class is returned by a function, since it may be defined later.
    """

    __slots__ = ("_get",)

    def __init__(self, get: Callable[[], type[D]]) -> None:
        self._get = get

    @property
    def declared(self) -> type[D]:
        """The class that declares the keys."""
        return self._get()


class ByKey(Reader[T]):
    """Reads a mapping as one class if it has a key, and as another if it has not."""

    __slots__ = ("has_key", "key", "lacks_key")

    def __init__(self, key: str, has_key: Nested[Any], lacks_key: Nested[Any]) -> None:
        self.key, self.has_key, self.lacks_key = key, has_key, lacks_key

    def of(self, value: object) -> Nested[Any]:
        """Return the reader of a value; of what is not a mapping, that without the key."""
        return self.has_key if isinstance(value, dict) and self.key in value else self.lacks_key


class Repeatable(Reader[D | tuple[D, ...]]):
    """Reads `true`, a mapping whose keys a class declares, or a list of such mappings.

    `true` is a mapping without keys; a list becomes a tuple.
    """

    __slots__ = ("declared",)

    def __init__(self, declared: type[D]) -> None:
        self.declared = declared


SCALAR_TYPES = ["string", "number", "boolean"]
"""The types that an editor may read a scalar as; here it is always text."""


TRUE = ("true", "True", "TRUE")
"""The spellings of the YAML 1.2 core schema, which a value in quotes has, too."""


def scalar(parse: Callable[[str], T], *, size: Size = sizes.VALUE, **schema: Any) -> Value[T]:
    """Return the reader of a text of limited size; ``schema`` is added to its JSON Schema."""
    most = size.limit // 4  # no character has more than 4 bytes

    def read(value: object) -> T:
        if type(value) is not str:
            raise wrong_type("text", value)
        if len(value) > most:
            check_size(value, size)
        return parse(value)

    return Value(read, schema if "enum" in schema else {"type": SCALAR_TYPES} | schema)


def list_of(item: Reader[T], **schema: Any) -> ListOf[T]:
    """Return the reader of a list; ``schema`` is as in `ListOf`."""
    return ListOf(item, schema)


def table(
    names: Value[str], values: Reader[T], check: Callable[[object], object] | None = None
) -> Table[T]:
    """Return the reader of a mapping whose keys the author chooses."""
    return Table(names, values, check)


def nested(declared: type[D]) -> Nested[D]:
    """Return the reader of a mapping whose keys a class declares."""
    return Nested(lambda: declared)


def repeatable(declared: type[D]) -> Repeatable[D]:
    """Return the reader of `true`, a mapping whose keys a class declares, or a list of such."""
    return Repeatable(declared)


def wrong_type(expected: str, value: object) -> Refusal:
    """Return the refusal of a list or a mapping where a text is expected, or the reverse."""
    return Refusal(rules.WRONG_TYPE, f"expected {expected}, found {kind(value)}")


def kind(value: object) -> str:
    """Return the kind of a value, in words for a message."""
    if isinstance(value, str):
        return "text" if value else "an empty text"
    return {list: "a list", dict: "keys and values", type(None): "nothing"}.get(
        type(value), "something"
    )


REQUIRED: Any = object()
"""The default of a key that the file must have."""


class Key:
    """A key: the attribute for its value, the reader of the value, and the text in editors.

    ``default`` is `REQUIRED` if the file must have the key; if it is ``None``, the value may be
    ``None`` too.
    """

    __slots__ = ("attribute", "default", "description", "reader", "title")

    def __init__(self, reader: Reader[Any], default: object, title: str, description: str) -> None:
        self.attribute = ""  # set by the class
        self.reader, self.default = reader, default
        self.title, self.description = title, description

    @property
    def name(self) -> str:
        """The name in the file: `related-to` for ``related_to``, `class` for ``class_``."""
        return self.attribute.rstrip("_").replace("_", "-")

    @property
    def is_required(self) -> bool:
        """Whether the file must have the key."""
        return self.default is REQUIRED


@overload
def key(reader: Reader[T], *, title: str, description: str) -> T: ...
@overload
def key(reader: Reader[T], *, default: U, title: str, description: str) -> T | U: ...
def key(reader: Reader[Any], *, title: str, description: str, default: object = REQUIRED) -> Any:
    """Declare a key; without a default it is required."""
    return Key(reader, default, title, description)


class Declaration:
    """The declaration of a mapping by its class.

    ``title`` is its name in the JSON Schema. If ``is_open``, the mapping may have keys of the
    author that begin with ``x-``. If ``may_be_short``, the value of its first key may stand for
    the whole mapping.
    """

    __slots__ = ("is_open", "keys", "may_be_short", "title")

    def __init__(
        self, title: str, keys: Mapping[str, Key], *, is_open: bool, may_be_short: bool
    ) -> None:
        self.title, self.keys = title, keys
        self.is_open, self.may_be_short = is_open, may_be_short


class _Declaring(StructMeta):
    """Creates a class whose fields are its keys.

    A field is an attribute of the class, so the keys cannot be attributes too: they are moved to
    ``declaration``, by their names in the file.
    """

    def __new__(  # noqa: PYI034 - a metaclass cannot use Self
        cls,
        name: str,
        bases: tuple[type, ...],
        body: dict[str, Any],
        *,
        title: str | None = None,
        is_open: bool = False,
        may_be_short: bool = False,
    ) -> _Declaring:
        keys = {attribute: value for attribute, value in body.items() if isinstance(value, Key)}
        for attribute, declared in keys.items():
            declared.attribute = attribute
            del body[attribute]
            if not declared.is_required:
                body[attribute] = declared.default
        by_name = {declared.name: declared for declared in keys.values()}
        body["declaration"] = Declaration(
            title or name, by_name, is_open=is_open, may_be_short=may_be_short
        )
        body["__annotations__"] = dict.fromkeys(keys, Any)  # msgspec needs the names only
        return super().__new__(cls, name, bases, body, kw_only=True, frozen=True)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(key,))
class Declared(Struct, metaclass=_Declaring):
    """A mapping of the file; its class declares the keys.

    The options of a class are those of `Declaration`; the default title is the name of the class.
    Instances are structs of msgspec, because a file has many: they take a third of the time and
    the memory of other objects.
    """

    declaration: ClassVar[Declaration]

    def values(self) -> dict[str, Any]:
        """Return the values by attribute, in the order of the keys."""
        keys = self.declaration.keys.values()
        return {key.attribute: getattr(self, key.attribute) for key in keys}

    def check(self) -> None:
        """Raise `Refusal` if the values of the keys contradict each other."""


def declare(
    name: str, about: str, keys: Mapping[str, Key], check: Callable[[Any], None] = Declared.check
) -> type[Declared]:
    """Return a class like those that are written, from its keys by attribute."""
    body = {**keys, "__doc__": about, "check": check}
    return cast("type[Declared]", _Declaring(name, (Declared,), body))
