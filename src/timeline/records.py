"""Dataclasses whose ``frozen`` is held by the type checker, and not again at run time.

The standard library makes a frozen instance through ``object.__setattr__``, a call for each field:
that and the making of such classes was a twelfth of an export of 2,000 events.
Nothing here is ever changed once it is made, which mypy sees to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses

    def dataclass(*, frozen: bool = False, eq: bool = True, **options: Any) -> Any:
        """Make a dataclass; one that is ``frozen`` has the hash of one, and takes assignments."""
        return dataclasses.dataclass(eq=eq, unsafe_hash=frozen and eq, **options)
