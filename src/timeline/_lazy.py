"""Regular expressions that are compiled when they are first used.

There are a hundred of them. To compile all takes as long as an export of a few hundred events, and
most are for what few files have, or for what is to be said of a mistake. Of a match, ``re`` is the
compiled pattern, and so none of these.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["lazy_names", "regex"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from re import compile as regex
else:

    class regex:  # noqa: N801 - it stands for `re.compile`
        """Has the methods and attributes of a ``re.Pattern``."""

        def __init__(self, text: str | bytes, flags: int = 0) -> None:
            self._text, self._flags = text, flags

        def __getattr__(self, name: str) -> Any:
            """Look up what is asked for the first time, and find it as one's own from then on."""
            if name.startswith("_"):  # copying and pickling ask an object that has nothing yet
                raise AttributeError(name)
            found = getattr(re.compile(self._text, self._flags), name)
            setattr(self, name, found)
            return found


def lazy_names(package: str, names: dict[str, str]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a package that imports a module when a name of it is used.

    ``names`` maps modules of the package to the names that they provide, separated by spaces
    (PEP 562). A name that was used once is an attribute of the package from then on.
    """
    modules = {name: module for module, listed in names.items() for name in listed.split()}

    def __getattr__(name: str) -> Any:  # noqa: N807 - it becomes one
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{modules[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return __getattr__
