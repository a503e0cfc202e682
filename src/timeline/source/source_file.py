"""One file as read: its text, its data, and the places of what is in it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from timeline._limits import MAX_BYTES, MAX_FORBIDDEN
from timeline.diagnostics import At, Diagnostic, On, Span, rules
from timeline.source.bidi import redirected_lines
from timeline.source.file_kinds import other_kind_of_file
from timeline.source.loader import load_yaml
from timeline.source.text import SourceText, decode_text

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from timeline.diagnostics import Path
    from timeline.source.nodes import Node


class Scalar(Struct, frozen=True):
    """A key or a text as it is written: indices into its file, the end exclusive.

    ``style`` is its quote, empty for a plain one, ``|`` or ``>``. ``is_flow`` if it is or may be
    within brackets.
    """

    file: str
    start: int
    end: int
    style: str
    is_flow: bool


class SourceFile(Struct):
    """One file: its text, its data, and the places in it once they are needed."""

    text: SourceText
    data: dict[str, Any]
    diagnostics: list[Diagnostic]
    truncated: Path | None
    size: int
    node: Node | None = None
    has_nodes: bool = False
    undecoded: bytes | None = None
    """The bytes of a file that is not UTF-8."""
    lines: dict[int, int] = field(default_factory=dict)
    """The lines of events, by the `id` of their mappings in the data."""
    only_events: frozenset[str | int] | None = None
    """The events in which places are needed, as far as is known; ``None`` before that."""
    few: Node | None = None
    """The nodes without those in other events; ``node`` has all."""

    @property
    def is_complete(self) -> bool:
        """Whether all of the file was read, as UTF-8."""
        return self.truncated is None and not self.text.is_cut and self.text.mark is not None

    def as_read(self) -> bytes:
        """Return the bytes of a file whose text is not cut, also where they are not UTF-8."""
        if self.undecoded is not None:
            return self.undecoded
        return (self.text.mark or b"") + self.text.raw.encode()

    def scalar(self, path: Path, on: On) -> Scalar | None:
        """Return the key or text exactly at a path, or the text that an alias there repeats."""
        node, is_exact = self._find(path, on)
        node = node and (node.text or node)
        if node is None or not is_exact or node.style in ("{", "[", "*"):
            return None
        is_flow = any(above.is_flow or above.style == "*" for above in self._nodes_on(path))
        return Scalar(self.text.name, node.start, node.end, node.style, is_flow=is_flow)

    def place_at(self, index: int) -> At:
        """Return the innermost key or value whose text has an index; its end is a part of it."""
        path, node = list[str | int](), self._root()
        while node is not None and node.is_container:
            for step, child in node.children.items():
                name = node.keys.get(step) if isinstance(step, str) else None
                if name is not None and name.start <= index <= name.end:
                    return At((*path, step), On.KEY)
                if child.start <= index <= child.end:
                    path.append(step)
                    node = child
                    break
            else:
                break
        return At(tuple(path))

    def uses(self, wanted: AbstractSet[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], At]]:
        """Yield each place in the data where some keys and texts are used, aliases followed.

        Nothing in a file without anchors, where no scalar has two places. A value below a key that
        begins with ``x-`` is not used by itself.
        """
        if not wanted or "&" not in self.text.clean:
            return
        waiting: list[tuple[Path, Node]] = [((), root)] if (root := self._root()) else []
        while waiting:
            path, node = waiting.pop()
            node = node.text or node
            if (node.start, node.end) in wanted:
                yield (node.start, node.end), At(path)
            for key, name in node.keys.items():
                if (name.start, name.end) in wanted:
                    yield (name.start, name.end), At((*path, key), On.KEY)
            waiting += [
                ((*path, step), child)
                for step, child in node.children.items()
                if not str(step).startswith("x-")
            ]

    def has_shifted_key(self) -> bool:
        """Return whether a key begins with a space, and is in another column than it seems."""
        root = self._root()
        waiting = [] if root is None else [root]
        while waiting:
            node = waiting.pop()
            if any(key[:1].isspace() for key in node.keys):
                return True
            waiting += node.children.values()
        return False

    def locate(self, path: Path, on: On, part: tuple[int, int] | None) -> Span:
        """Return the span of a path within this file, or of the nearest thing that exists."""
        node, is_exact = self._find(path, on)
        if node is None:
            return self.text.span(0, 1)
        return self._span(node.text or node, part if is_exact else None)

    def alias(self, path: Path, on: On) -> Span | None:
        """Return the span of the alias that stands at a path instead of a scalar."""
        node, _ = self._find(path, on)
        return self._span(node) if node is not None and node.text is not None else None

    def comments(self, pattern: re.Pattern[str]) -> Iterator[tuple[Span, str | None]]:
        """Yield the matches of a pattern that begins a comment, and the first group of each match.

        YAML's events have no comments, so the text is searched, and a match within a scalar is not
        a comment. The first line of a block scalar, with its ``|``, may have a comment.
        """
        clean = self.text.clean
        matches = list(pattern.finditer(clean)) if "#" in clean else []  # a fast search
        root = self._root() if matches else None
        if root is None:
            return
        scalars = sorted((self._inside(node), node.end) for node in root.scalars())
        for match in matches:
            before = bisect_right(scalars, (match.start(), len(self.text.clean)))
            if not before or match.start() >= scalars[before - 1][1]:
                yield self.text.span(*match.span()), match.group(1)

    def _inside(self, node: Node) -> int:
        """Return where the text of a scalar begins, behind the line of a `|` or `>`."""
        return self.text.line_end(node.start) if node.style in ("|", ">") else node.start

    def _find(self, path: Path, on: On) -> tuple[Node | None, bool]:
        """Return the node of a path, or of the nearest thing that exists, and which of the two."""
        node = self._root_for(path)
        key: Node | None = None
        if node is None:
            return None, False
        for step in path:
            if node.style not in ("{", "[", "*") or node.text is not None:
                return node, True  # a text in place of a mapping with this key
            name = node.keys.get(step) if isinstance(step, str) else None
            child = node.children.get(step)
            if child is None:
                return name or _nearest(node, key), False
            node, key = child, name
        if key is not None and (on is On.KEY or node.start == node.end):
            node = key
        return node, True

    def keep_places(self, paths: Iterable[Path]) -> None:
        """Prepare to locate paths of this file, too, without keeping places in other events."""
        kept = self.only_events or frozenset()
        wanted = kept.union(path[1] for path in paths if _is_in_event(path))
        if self.only_events is None or wanted != kept:
            self.only_events, self.few = wanted, None

    def _nodes_on(self, path: Path) -> Iterator[Node]:
        """Yield the nodes from the root to a path, as far as there are any."""
        node = self._root_for(path)
        for step in path:
            if node is None:
                return
            yield node
            node = node.children.get(step)
        if node is not None:
            yield node

    def _root_for(self, path: Path) -> Node | None:
        """Return the root of all nodes, or of few ones if the path is among them."""
        if self.has_nodes or self.only_events is None:
            return self._root()
        if _is_in_event(path) and path[1] not in self.only_events:
            return self._root()
        if self.few is None:
            self.few = load_yaml(self.text, with_nodes=True, only_events=self.only_events).node
        return self.few

    def _root(self) -> Node | None:
        if not self.has_nodes:
            self.node = load_yaml(self.text, with_nodes=True).node
            self.has_nodes, self.few = True, None
        return self.node

    def _span(self, node: Node, part: tuple[int, int] | None = None) -> Span:
        start, end = node.start, node.end
        if part is not None and (first := self._exact(node, part[1])) is not None:
            start, end = first + part[0], first + part[1]
        return self.text.span(start, end)

    def _exact(self, node: Node, length: int) -> int | None:
        """Return where a scalar's text begins if its first characters stand there as they are."""
        written = self.text.clean[node.start : node.end]
        if node.style not in ("", "'", '"') or "\n" in written or "\r" in written:
            return None
        if not node.style:
            return node.start if length <= len(written) else None
        inside = written[1:-1]
        escape = "\\" if node.style == '"' else "''"
        # One character more: an escape may begin within the part and end behind it.
        if length > len(inside) or escape in inside[: length + 1]:
            return None
        return node.start + 1


def _is_in_event(path: Path) -> bool:
    return len(path) > 1 and path[0] == "events"


def _nearest(node: Node, key: Node | None) -> Node:
    """Return the node to point at for something that is missing in ``node``.

    A whole mapping is too much: its first key shows which one is meant. A list has only its key.
    """
    if node.style == "{" and node.keys:
        return next(iter(node.keys.values()))
    if node.style == "[" and key is not None:
        return key
    return node if node.start != node.end or key is None else key


def parse_file(content: bytes, name: str, limit: int) -> SourceFile:
    """Return a file of these bytes; above ``limit`` bytes it has a diagnostic and no data."""
    if len(content) > limit:
        text = SourceText(name, "", is_cut=True)
        too_large = [_too_large(text.span(0, 1))]
        return SourceFile(text, {}, too_large, (), len(content), has_nodes=True)
    size = len(content)
    if (other_kind := other_kind_of_file(content, name)) is not None:
        text = SourceText(name, "", is_cut=True)
        return SourceFile(text, {}, [other_kind], (), size, has_nodes=True)
    text, diagnostics = decode_text(content, name, most=MAX_FORBIDDEN)
    undecoded = content if text.mark is None and not text.is_cut else None
    del content  # the parser needs the room
    if text.is_cut:
        return SourceFile(text, {}, diagnostics, (), size, has_nodes=True)
    diagnostics += redirected_lines(text)
    loaded = load_yaml(text)
    if loaded.diagnostics and not loaded.is_oversized:
        # A diagnostic needs places, also those in its notes.
        loaded = load_yaml(text, with_nodes=True)
    diagnostics += loaded.diagnostics
    return SourceFile(
        text,
        loaded.data,
        diagnostics,
        loaded.truncated,
        size,
        loaded.node,
        has_nodes=bool(loaded.diagnostics),  # also if `is_oversized`: its places are not kept
        undecoded=undecoded,
        lines=loaded.lines,
    )


def _too_large(at: Span) -> Diagnostic:
    return Diagnostic(
        rules.TOO_LARGE,
        f"the files of a timeline are larger than {MAX_BYTES // 2**20} MiB",
        at,
        help="split the timeline into several",
    )
