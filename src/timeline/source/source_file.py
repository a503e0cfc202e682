"""One file as read: its text, its data, and the places of what is in it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from timeline._records import dataclass
from timeline.diagnostics import rules
from timeline.diagnostics.model import At, Diagnostic, On, Span
from timeline.source.bidi import turned_lines
from timeline.source.loader import build
from timeline.source.text import MAX_BYTES, MAX_FORBIDDEN, Text, decode

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from timeline.diagnostics.model import Path
    from timeline.source.loader import Spot


@dataclass(frozen=True, slots=True)
class Scalar:
    """A key or a text as it is written: indices into its file, the end exclusive.

    ``style`` is its quote, empty for a plain one, ``|`` or ``>``. ``is_flow`` where it stands in
    brackets, or may.
    """

    file: str
    start: int
    end: int
    style: str
    is_flow: bool


@dataclass(slots=True)
class SourceFile:
    """One file: its text, its data, and the places in it once somebody asks."""

    text: Text
    data: dict[str, Any]
    diagnostics: list[Diagnostic]
    truncated: Path | None
    size: int
    spot: Spot | None = None
    recorded: bool = False

    @property
    def content(self) -> bytes | None:
        """The bytes that were read; ``None`` where reading did not come to the end of a text."""
        if self.truncated is not None or self.text.is_cut or self.text.mark is None:
            return None
        return self.text.mark + self.text.raw.encode()

    def scalar(self, path: Path, on: On) -> Scalar | None:
        """Return the key or text that stands exactly at a path, or for it where it is an alias."""
        spot, is_exact = self._find(path, on)
        spot = spot and (spot.text or spot)
        if spot is None or not is_exact or spot.style in ("{", "[", "*"):
            return None
        is_flow = any(above.is_flow or above.style == "*" for above in self._way(path))
        return Scalar(self.text.name, spot.start, spot.end, spot.style, is_flow=is_flow)

    def uses(self, wanted: AbstractSet[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], At]]:
        """Return each place in the data where some keys and texts are of use, aliases followed.

        None where nothing can have two, for want of anchors. What is below a key that begins with
        ``x-`` is of no use by itself.
        """
        if not wanted or "&" not in self.text.clean:
            return
        waiting: list[tuple[Path, Spot]] = [((), root)] if (root := self._root()) else []
        while waiting:
            path, spot = waiting.pop()
            spot = spot.text or spot
            if (spot.start, spot.end) in wanted:
                yield (spot.start, spot.end), At(path)
            for key, name in spot.keys.items():
                if (name.start, name.end) in wanted:
                    yield (name.start, name.end), At((*path, key), On.KEY)
            waiting += [
                ((*path, step), child)
                for step, child in spot.children.items()
                if not str(step).startswith("x-")
            ]

    def locate(self, path: Path, on: On, part: tuple[int, int] | None) -> Span:
        """Return the span of a path within this file, or of the nearest thing that exists."""
        spot, is_exact = self._find(path, on)
        if spot is None:
            return self.text.span(0, 1)
        return self._span(spot.text or spot, part if is_exact else None)

    def alias(self, path: Path, on: On) -> Span | None:
        """Return the span of the alias that stands at a path instead of a scalar."""
        spot, _ = self._find(path, on)
        return self._span(spot) if spot is not None and spot.text is not None else None

    def comments(self, pattern: re.Pattern[str]) -> Iterator[tuple[Span, str | None]]:
        """Return the matches of a pattern that begins a comment, and the first group of each.

        YAML's events have no comments, so it is looked for in the text, and what lies within a
        scalar is none. A block scalar has a first line of its own, where a comment may stand.
        """
        found = list(pattern.finditer(self.text.clean))
        root = self._root() if found else None
        if root is None:
            return
        scalars = sorted((self._inside(spot), spot.end) for spot in root.scalars())
        for match in found:
            before = bisect_right(scalars, (match.start(), len(self.text.clean)))
            if not before or match.start() >= scalars[before - 1][1]:
                yield self.text.span(*match.span()), match.group(1)

    def _inside(self, spot: Spot) -> int:
        """Return where the text of a scalar begins, behind the line of a `|` or `>`."""
        return self.text.line_end(spot.start) if spot.style in ("|", ">") else spot.start

    def _find(self, path: Path, on: On) -> tuple[Spot | None, bool]:
        """Return the spot of a path, or of the nearest thing that exists, and which of the two."""
        spot = self._root()
        key: Spot | None = None
        if spot is None:
            return None, False
        for step in path:
            if spot.style not in ("{", "[", "*") or spot.text is not None:
                return spot, True  # a text in place of a mapping with this key
            name = spot.keys.get(step) if isinstance(step, str) else None
            child = spot.children.get(step)
            if child is None:
                return name or _nearest(spot, key), False
            spot, key = child, name
        if key is not None and (on is On.KEY or spot.start == spot.end):
            spot = key
        return spot, True

    def _way(self, path: Path) -> Iterator[Spot]:
        """Return the spots from the root to a path, as far as there are any."""
        spot = self._root()
        for step in path:
            if spot is None:
                return
            yield spot
            spot = spot.children.get(step)
        if spot is not None:
            yield spot

    def _root(self) -> Spot | None:
        if not self.recorded:
            self.spot = build(self.text, record=True).spot
            self.recorded = True
        return self.spot

    def _span(self, spot: Spot, part: tuple[int, int] | None = None) -> Span:
        start, end = spot.start, spot.end
        if part is not None and (first := self._exact(spot, part[1])) is not None:
            start, end = first + part[0], first + part[1]
        return self.text.span(start, end)

    def _exact(self, spot: Spot, length: int) -> int | None:
        """Return where a scalar's text begins if its first characters stand there as they are."""
        written = self.text.clean[spot.start : spot.end]
        if spot.style not in ("", "'", '"') or "\n" in written or "\r" in written:
            return None
        if not spot.style:
            return spot.start if length <= len(written) else None
        inside = written[1:-1]
        escape = "\\" if spot.style == '"' else "''"
        # One character more: an escape may begin within the part and end behind it.
        if length > len(inside) or escape in inside[: length + 1]:
            return None
        return spot.start + 1


def _nearest(spot: Spot, key: Spot | None) -> Spot:
    """Choose what to point at for something that is missing in ``spot``.

    A whole mapping is too much: its first key shows which one is meant. A list has only its key.
    """
    if spot.style == "{" and spot.keys:
        return next(iter(spot.keys.values()))
    if spot.style == "[" and key is not None:
        return key
    return spot if spot.start != spot.end or key is None else key


def parse_file(content: bytes, name: str, limit: int) -> SourceFile:
    """Return a file of these bytes; above ``limit`` bytes it has a diagnostic and no data."""
    if len(content) > limit:
        text = Text(name, "")
        return SourceFile(text, {}, [_too_large(text.span(0, 1))], (), len(content), None, True)
    text, diagnostics = decode(content, name, most=MAX_FORBIDDEN)
    size = len(content)
    del content  # the parser needs the room
    if text.is_cut:
        return SourceFile(text, {}, diagnostics, (), size, None, True)
    diagnostics += turned_lines(text)
    built = build(text)
    if built.diagnostics and not built.is_too_much:
        # Once there is something to say, places are needed, and notes show the other one.
        built = build(text, record=True)
    diagnostics += built.diagnostics
    return SourceFile(
        text,
        built.data,
        diagnostics,
        built.truncated,
        size,
        built.spot,
        bool(built.diagnostics),  # without places where there is too much: see `is_too_much`
    )


def _too_large(at: Span) -> Diagnostic:
    return Diagnostic(
        rules.TOO_LARGE,
        f"the files of a timeline are larger than {MAX_BYTES // 2**20} MiB",
        at,
        help="split the timeline into several",
    )
