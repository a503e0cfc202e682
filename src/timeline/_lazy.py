"""Compile regular expressions, and import the names of packages, when they are first used.

There are a hundred expressions. Compiling all of them takes as long as an export of a few hundred
events, and most are needed only for rare input or for a diagnostic. ``re`` of a match is the
compiled pattern, not the object defined here.
"""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["lazy_expressions", "lazy_names", "regex"]

_compile = re.compile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from re import compile as regex
else:

    class regex:  # noqa: N801 - used as `re.compile`
        """A pattern with the methods and attributes of ``re.Pattern``."""

        def __init__(self, text: str | bytes, flags: int = 0) -> None:
            self._text, self._flags = text, flags

        def __getattr__(self, name: str) -> Any:
            """Return an attribute of the compiled pattern, and store it in this object."""
            if name.startswith("_"):  # looked up by copy and pickle before `__init__` has run
                raise AttributeError(name)
            attribute = getattr(_compile(self._text, self._flags), name)
            setattr(self, name, attribute)
            return attribute


@contextmanager
def lazy_expressions() -> Iterator[None]:
    """Let modules that are imported meanwhile compile their expressions when these are first used.

    It replaces `re.compile` for all threads, so it is for a program that has one.
    """
    re.compile = regex
    try:
        yield
    finally:
        re.compile = _compile


def lazy_names(package: str, names: dict[str, str]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a package that imports a module when a name of it is used.

    ``names`` maps modules of the package to the names that they provide, separated by spaces
    (PEP 562). After its first use, a name is an attribute of the package.
    """
    modules = {name: module for module, listed in names.items() for name in listed.split()}

    def __getattr__(name: str) -> Any:  # noqa: N807 - it becomes the package's `__getattr__`
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{modules[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return __getattr__
