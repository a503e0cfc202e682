"""The places of keys and values in the text of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from yaml.events import MappingStartEvent

from timeline._lazy import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.events import ScalarEvent

    from timeline.source.text import SourceText

_PROPERTIES = regex(r"(?:[&!]\S*\s*(?:#[^\r\n]*\s*)*)+")

_NOTHING: Final[dict[Any, Any]] = {}
"""The keys and children of every scalar, shared because most nodes are scalars; always empty."""


class Node:
    """Where a value was read: indices into the text, the end exclusive.

    ``style`` is a scalar's quote (``''`` for plain), ``|`` or ``>``; ``{`` or ``[`` for a
    container; ``*`` for an alias, whose ``children`` are those of what it repeats, and ``text`` the
    scalar that it repeats.
    """

    __slots__ = ("children", "end", "is_flow", "keys", "start", "style", "text")

    def __init__(self, start: int, end: int, style: str, *, is_flow: bool = False) -> None:
        self.start = start
        self.end = end
        self.style = style
        self.is_flow = is_flow
        self.text: Node | None = None
        is_container = style in ("{", "[")
        self.keys: dict[str, Node] = {} if is_container else _NOTHING
        self.children: dict[str | int, Node] = {} if is_container else _NOTHING

    @property
    def is_container(self) -> bool:
        """Whether this is a mapping or a list, written out."""
        return self.style in ("{", "[")

    def close(self, event: Any) -> None:
        """Set a container's end: its bracket, or the end of its last key or value.

        The end mark of one without brackets is that of the next thing in the file, after blank
        lines and comments that are not part of it. ``event`` is ``None`` if the file breaks off.
        """
        if self.is_flow and event is not None:
            self.end = end_of(event)
            return
        for inner in (self.keys, self.children):
            if inner:
                self.end = max(self.end, next(reversed(inner.values())).end)

    def scalars(self) -> Iterator[Node]:
        """Yield each key and text of the file once, without what aliases repeat."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield from node.keys.values()
            if node.is_container:
                waiting += node.children.values()
            elif node.style != "*":
                yield node


def start_of(event: Any) -> int:
    """Return the index at which an event of PyYAML begins, its anchor and tag included."""
    return int(event.start_mark.index)


def end_of(event: Any) -> int:
    """Return the index at which an event of PyYAML ends."""
    return int(event.end_mark.index)


def scalar_node(text: SourceText, event: ScalarEvent) -> Node:
    """Return the place of a scalar, without its anchor and tag."""
    start, end = start_of(event), end_of(event)
    style = event.style or ""
    if event.anchor is not None or event.tag is not None:
        properties = _PROPERTIES.match(text.clean, start, end)
        start = properties.end() if properties else start
    if style in ("|", ">"):
        # The mark is after the blank lines that follow.
        end = start + len(text.clean[start:end].rstrip())
    return Node(start, end, style)


def container_node(text: SourceText, event: Any) -> Node:
    """Return the place of a mapping or a list that begins, without its anchor and tag."""
    start = start_of(event)
    if event.anchor is not None or event.tag is not None:
        properties = _PROPERTIES.match(text.clean, start)
        start = properties.end() if properties else start
    style = "{" if type(event) is MappingStartEvent else "["
    return Node(start, start, style, is_flow=bool(event.flow_style))


def alias_node(event: Any, repeated: Node | None) -> Node:
    """Return the place of an alias, with the children or the text of the node that it repeats."""
    node = Node(start_of(event), end_of(event), "*")
    if repeated is not None:
        node.keys, node.children = repeated.keys, repeated.children
        node.text = None if repeated.is_container else repeated
    return node
