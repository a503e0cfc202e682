"""Regular expressions that are compiled when they are first used.

There are a hundred of them. To compile all takes as long as an export of a few hundred events, and
most are for what few files have, or for what is to be said of a mistake. Of a match, ``re`` is the
compiled pattern, and so none of these.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

__all__ = ["regex"]

if TYPE_CHECKING:
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
