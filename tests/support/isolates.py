"""The marks of isolates, for tests: texts without them, and what is within them."""

from __future__ import annotations

import re
from collections import Counter

MARKS = "\u2066\u2067\u2068\u2069"


def without_isolates(text: str) -> str:
    """Return a text without the marks of isolates, its own ones included."""
    return re.sub(f"[{MARKS}]", "", text)


def depths(text: str) -> list[tuple[str, int]]:
    """Return each character but the marks, with the number of isolates that it is in."""
    deep, depth = [], 0
    for character in text:
        if character in MARKS:
            depth += -1 if character == "\u2069" else 1
            assert depth >= 0, text
        else:
            deep.append((character, depth))
    assert not depth, text
    return deep


def outside(text: str, characters: str) -> Counter[str]:
    """Return how often each of some characters is not in an isolate."""
    return Counter(sign for sign, depth in depths(text) if not depth and sign in characters)
