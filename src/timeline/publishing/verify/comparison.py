"""Compare the properties that were read with the expected ones, and describe the differences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from timeline._lazy import regex
from timeline.formats import line_name, unescape_text, unfold
from timeline.publishing.verify.faults import shortened
from timeline.publishing.verify.values import LINK_PROPERTIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline.model import Event
    from timeline.publishing.verify.faults import Finding


def compare_properties(
    actual: Mapping[str, Any], expected: Mapping[str, Any], part: bytes
) -> Iterator[Finding]:
    """Yield the properties that differ, in the order of ``expected``."""
    for name, value in expected.items():
        if name not in actual:
            yield name, f"is missing, expected `{shortened(value)}`"
        elif not _is_same(name, actual[name], value, part):
            yield name, _difference(actual[name], value)
    for name in actual.keys() - expected.keys():
        yield name, f"is unexpected: `{shortened(actual[name])}`"


def _is_same(name: str, actual: Any, expected: Any, part: bytes) -> bool:
    """Return whether a value reads as expected, apart from what the library misreads."""
    if actual == expected:
        return True
    if name == "CONTACT" and isinstance(expected, tuple):
        plain = expected[0] if len(expected) == 1 else f"{expected[0]} <{expected[1]}>"
        return _is_same(name, actual, plain, part)
    if name in _LABELS:
        # The library unescapes what is no escape in a parameter: it reads `\,` and `%2C` as commas.
        named = [expected] if isinstance(expected, tuple) else expected
        return any(mark in str(named) for mark in ("\\", "%")) and _read_labels(part, name) == named
    # Some versions of icalendar read the escaped backslash of `C:\New` and the letter after it as
    # a line break. Then, and only then, our own reading decides.
    return (
        isinstance(expected, str)
        and isinstance(actual, str)
        and bool(re.search(r"\\[nN]", expected))
        and _read_text(part, name) == expected
    )


_LABELS = {**dict.fromkeys(LINK_PROPERTIES, "LABEL"), "ORGANIZER": "CN"}
_LABELLED = regex(r'[A-Z]+(?:;VALUE=URI)?(?:;(?:LABEL|CN)="([^"]*)")?:(.*)')
_CARETS = {"^n": "\n", "^'": '"', "^^": "^"}  # RFC 6868


def _read_labels(part: bytes, name: str) -> list[tuple[str, str | None]]:
    """Read addresses and their labels without the library."""
    lines = unfold(part).decode("utf-8", "replace").split("\r\n")
    matches = [_LABELLED.fullmatch(line) for line in lines if line_name(line) == name]
    return [
        (match[2], match[1] and re.sub(r"\^[n'^]", lambda caret: _CARETS[caret[0]], match[1]))
        for match in matches
        if match
    ]


def _read_text(part: bytes, name: str) -> str:
    """Read a TEXT without the library."""
    for line in unfold(part).decode("utf-8", "replace").split("\r\n"):
        if line_name(line) == name:
            return unescape_text(line.partition(":")[2])
    return ""


_MISREAD = regex(r"\n|\\[nN]")


def _difference(actual: Any, expected: Any) -> str:
    """Return a clause with both values, from shortly before the first difference."""
    ours, theirs = str(expected), str(actual)
    same = next(
        (i for i, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]),
        min(len(ours), len(theirs)),
    )
    start = max(0, same - 20)
    lead = "…" if start else ""
    return f"reads `{lead}{shortened(theirs[start:])}`, expected `{lead}{shortened(ours[start:])}`"


def has_author_text(event: Event, text: Any, block: bytes) -> bool:
    """Return whether the DESCRIPTION has all author-supplied parts in order, description first.

    Text between the parts is ours: the words for a date are tested where they are made.
    """
    first = event.description.rstrip("\n") if event.description else ""
    pieces = [was.note for was in event.was]
    for source in event.sources:
        quote = source.quote.rstrip() if source.quote else None
        pieces += [source.title, source.url, source.accessed, quote]

    def has_parts(text: str) -> bool:
        if not text.startswith(first):
            return False
        position = len(first)
        for piece in filter(None, pieces):
            position = text.find(piece, position)
            if position < 0:
                return False
            position += len(piece)
        return True

    if not isinstance(text, str):
        return False
    return has_parts(text) or (
        bool(_MISREAD.search(text)) and has_parts(_read_text(block, "DESCRIPTION"))
    )


def altered_addresses(event: Event, block: bytes) -> Iterator[Finding]:
    """Yield addresses that were escaped as if they were TEXT: the library forgives that."""
    lines = unfold(block)
    addresses = [("URL", event.url)] if event.url else []
    for name in LINK_PROPERTIES:
        addresses += ((name, link.url) for link in getattr(event.details, name.lower()))
    for name, address in addresses:
        if f":{address}\r\n".encode() not in lines:
            yield name, f"does not have `{shortened(address)}` unchanged"
