"""Read the content lines and components of an iCalendar stream from its octets (RFC 5545 3.1, 3.4).

No iCalendar library takes part. An error becomes a `Finding`, and reading goes on with the next
line, so that one feed can show all of its errors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_VALUE = r'(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*)'
_PARAMETER = rf";([A-Za-z0-9-]+)=({_VALUE}(?:,{_VALUE})*)"
_LINE = re.compile(rf"([A-Za-z0-9-]+)((?:{_PARAMETER})*):(.*)", re.DOTALL)
_PARAMETERS = re.compile(_PARAMETER)


class Level(StrEnum):
    """What a finding is measured by."""

    ERROR = "error"
    """Against RFC 5545, 5546 or 7986."""
    FEED = "feed"
    """Allowed, but known to harm what subscribers see."""
    NOTE = "note"
    """Harmless, but absent from every feed that timeline writes."""


class Finding(NamedTuple):
    """One thing that is wrong with a feed. ``line`` is a physical line; 0 is the whole feed."""

    level: Level
    code: str
    line: int
    text: str


class ContentLine(NamedTuple):
    """A property as written, its name in upper case; parameter values are without quotes."""

    number: int
    name: str
    parameters: dict[str, str]
    value: str


@dataclass
class Component:
    """The properties and components between a BEGIN and its END."""

    name: str
    number: int
    lines: list[ContentLine] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)

    def all(self, name: str) -> list[ContentLine]:
        """Return the properties of a name."""
        return [line for line in self.lines if line.name == name]

    def first(self, name: str) -> ContentLine | None:
        """Return the first property of a name."""
        return next(iter(self.all(name)), None)

    def value(self, name: str) -> str | None:
        """Return the value of the first property of a name."""
        line = self.first(name)
        return line.value if line else None

    def within(self) -> Iterator[Component]:
        """Yield this component and all below it, in the order of the stream."""
        yield self
        for component in self.components:
            yield from component.within()


def unfold(feed: bytes, findings: list[Finding]) -> Iterator[tuple[int, bytes]]:
    """Yield the unfolded lines, each with the number of its first physical line (3.1)."""

    def report(code: str, line: int, text: str) -> None:
        findings.append(Finding(Level.ERROR, code, line, text))

    if feed.startswith(b"\xef\xbb\xbf"):
        report("byte-order-mark", 1, "the feed starts with a byte order mark")
        feed = feed[3:]
    *lines, rest = feed.split(b"\r\n")
    if rest or not lines:
        report("no-final-line-end", 0, "the feed does not end with CRLF")
        lines.append(rest)
    started: tuple[int, bytes] | None = None
    for number, line in enumerate(lines, 1):
        if re.search(rb"[\r\n]", line):
            report("bare-line-end", number, "CR or LF alone within a line")
        if len(line) > 75:
            report("long-line", number, f"{len(line)} octets are more than 75")
        if not _is_utf8(line):
            report("encoding", number, "not UTF-8 by itself; perhaps folded within a character")
        if line in (b"", b" ", b"\t"):
            report("empty-line", number, "a line without content")
        elif line[:1] not in (b" ", b"\t"):
            if started:
                yield started
            started = number, line
        elif started:
            started = started[0], started[1] + line[1:]
        else:
            report("fold-at-start", number, "a continuation without a line before it")
    if started:
        yield started


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def parse_lines(feed: bytes, findings: list[Finding]) -> Iterator[ContentLine]:
    """Yield the content lines of a feed (3.1)."""
    for number, line in unfold(feed, findings):
        match = _LINE.fullmatch(line.decode(errors="replace"))
        if not match:
            findings.append(Finding(Level.ERROR, "syntax", number, f"not a content line: {line!r}"))
            continue
        name, parameters, *_, value = match.groups()
        if name != name.upper():
            findings.append(Finding(Level.NOTE, "case", number, f"{name} is not in upper case"))
        pairs = {key.upper(): text.strip('"') for key, text in _PARAMETERS.findall(parameters)}
        yield ContentLine(number, name.upper(), pairs, value)


def parse_components(feed: bytes, findings: list[Finding]) -> list[Component]:
    """Return the components on the outermost level of a feed (3.4, 3.6)."""

    def report(code: str, line: int, text: str) -> None:
        findings.append(Finding(Level.ERROR, code, line, text))

    outermost: list[Component] = []
    stack: list[Component] = []
    for line in parse_lines(feed, findings):
        if line.name == "BEGIN":
            component = Component(line.value.upper(), line.number)
            parent = stack[-1].name if stack else None
            if not _may_contain(parent, component.name):
                report("nesting", line.number, f"{component.name} inside {parent or 'nothing'}")
            (stack[-1].components if stack else outermost).append(component)
            stack.append(component)
        elif line.name == "END":
            if stack and stack[-1].name == line.value.upper():
                stack.pop()
            else:
                report("nesting", line.number, f"END:{line.value} has no BEGIN")
        elif stack:
            stack[-1].lines.append(line)
        else:
            report("outside", line.number, f"{line.name} outside of a component")
    for component in stack:
        report("nesting", component.number, f"{component.name} has no END")
    return outermost


def _may_contain(parent: str | None, child: str) -> bool:
    if child in ("VCALENDAR", "VEVENT"):
        return parent == (None if child == "VCALENDAR" else "VCALENDAR")
    return parent is not None
