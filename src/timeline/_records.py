"""Dataclasses that are soon made: a run makes fifty of them before it does anything.

The standard library writes every method of such a class as text and compiles it. ``__init__`` is
made so here too, for an event is made by it; the other methods are closures that go by the names of
the fields, and are as fast. That an instance is ``frozen`` is held by the type checker, and not
again at run time, where each field would be set by a call of ``object.__setattr__``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:
    import dataclasses
    from operator import attrgetter

    def dataclass(
        *, frozen: bool = False, eq: bool = True, order: bool = False, **options: Any
    ) -> Callable[[type], type]:
        """Make a dataclass; one that is ``frozen`` has the hash of one, and takes assignments."""

        def make(cls: type) -> type:
            made = dataclasses.dataclass(eq=order, order=order, repr=False, **options)(cls)
            fields = dataclasses.fields(made)
            made.__repr__ = _repr_of([field.name for field in fields if field.repr])
            if eq:
                values = attrgetter(*[field.name for field in fields if field.compare])
                made.__eq__ = _eq_of(values)
                made.__hash__ = _hash_of(values) if frozen else None
            return made

        return make


def _repr_of(names: list[str]) -> Callable[[Any], str]:
    def __repr__(self: Any) -> str:  # noqa: N807 - it becomes one
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({shown})"

    return __repr__


def _eq_of(values: Callable[[Any], Any]) -> Callable[[Any, object], bool]:
    def __eq__(self: Any, other: object) -> bool:  # noqa: N807 - as above
        if type(other) is not type(self):
            return NotImplemented
        return bool(values(self) == values(other))

    return __eq__


def _hash_of(values: Callable[[Any], Any]) -> Callable[[Any], int]:
    def __hash__(self: Any) -> int:  # noqa: N807 - as above
        return hash(values(self))

    return __hash__
