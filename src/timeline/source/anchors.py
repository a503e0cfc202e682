"""Anchors, aliases and tags: what YAML calls the properties of a node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline._lazy import regex
from timeline._limits import MAX_ALIASED, MAX_ANCHORS, MAX_DEPTH
from timeline.diagnostics import VERY_SIMILAR, Diagnostic, Note, Span, nearest, rules
from timeline.source.nodes import Node, end_of, start_of
from timeline.source.quoting import in_quotes
from timeline.source.reporter import Reporter, StopReading

if TYPE_CHECKING:
    from yaml.events import AliasEvent

_KEY_AFTER = regex(r"&\S+[ ]+[\w-]+:(?:\s|$)")
_NEAR = 20
_TAG = regex(r"![^\s,\[\]{}]*")


class _Anchor:
    __slots__ = ("at", "is_open", "is_used", "node", "start", "value")

    def __init__(
        self, start: int, at: Span, value: Any, node: Node | None, *, is_open: bool
    ) -> None:
        self.start = start
        self.at = at
        self.value = value
        self.node = node
        self.is_open = is_open
        self.is_used = False


class Anchors:
    """The anchors of a file, and how much aliases have repeated."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._text = reporter.text
        self._anchors: dict[str, _Anchor] = {}
        self._open: dict[int, _Anchor] = {}
        self._empty: dict[str, Diagnostic] = {}
        self._sizes: dict[int, tuple[int, int]] = {}
        self._aliased = 0

    def __contains__(self, name: str | None) -> bool:
        """Return whether an anchor of this name has been read."""
        return name in self._anchors

    def node(self, name: str | None) -> Node | None:
        """Return the place that an anchor names; ``None`` while its container is open."""
        anchor = self._anchors.get(name or "")
        return anchor.node if anchor is not None and not anchor.is_open else None

    def without_value(self, name: str, diagnostic: Diagnostic) -> None:
        """Note that no value follows an anchor, which ``diagnostic`` reports."""
        self._empty[name] = diagnostic

    def read_properties(
        self, event: Any, value: Any, node: Node | None, *, is_open: bool = False
    ) -> None:
        """Report a tag of a node, and keep its anchor; ``is_open`` for a container that begins."""
        if event.tag is not None:
            self._report_tag(event, value)
        if event.anchor is not None:
            self._define(event, value, node, is_open=is_open)

    def _report_tag(self, event: Any, value: Any) -> None:
        written = _TAG.search(self._text.clean, start_of(event))
        tag = written.group() if written else event.tag
        at = self._text.span(*written.span()) if written else self._reporter.at(event)
        help_ = "delete it; if it is text, put it in quotes"
        if written and value is None:  # the tag is all that the author wrote
            help_ = f"if it is text, put it in quotes: `{in_quotes(self._text, written.start())}`"
        self._reporter.report(
            rules.TAG, f"`{tag}` is a tag, and every value is read as text", at, help=help_
        )

    def _define(self, event: Any, value: Any, node: Node | None, *, is_open: bool) -> None:
        start = self._text.clean.find(f"&{event.anchor}", start_of(event))
        at = self._text.span(start, start + len(event.anchor) + 1)
        if (first := self._anchors.get(event.anchor)) is not None:
            self._reporter.report(
                rules.DUPLICATE_ANCHOR,
                f"the anchor `&{event.anchor}` is already defined",
                at,
                help="give it another name",
                notes=(Note("first defined here", first.at),),
            )
            return
        if len(self._anchors) >= MAX_ANCHORS:
            self._reporter.too_large(
                event, f"the file has more than {MAX_ANCHORS:,} anchors up to here"
            )
            raise StopReading
        anchor = _Anchor(start, at, value, node, is_open=is_open)
        self._anchors[event.anchor] = anchor
        if is_open:
            self._open[id(value)] = anchor

    def close(self, container: Any) -> None:
        """Note that a container has been read to its end, if it has an anchor."""
        if not self._open:
            return
        anchor = self._open.pop(id(container), None)
        if anchor is not None:
            anchor.is_open = False

    def repeated(self, event: AliasEvent, depth: int) -> Any:
        """Return the value that an alias at a depth repeats; ``None`` if an error is reported."""
        anchor = self._anchors.get(event.anchor or "")
        if anchor is None:
            self._report_undefined(event)
            return None
        anchor.is_used = True
        if anchor.is_open:
            self._reporter.report(
                rules.RECURSIVE_ALIAS,
                f"`*{event.anchor}` repeats a value that contains it",
                self._reporter.at(event),
                help="write the value out",
                notes=(Note("the anchor", anchor.at),),
            )
            return None
        size, height = self._measure(anchor.value)
        before, self._aliased = self._aliased, self._aliased + size
        if self._aliased > MAX_ALIASED:
            if before <= MAX_ALIASED:
                self._reporter.report(
                    rules.ALIAS_BOMB,
                    f"aliases repeat more than {MAX_ALIASED:,} keys and values",
                    self._reporter.at(event),
                    help="repeat less, or write the values out",
                )
            return None
        if depth + height > MAX_DEPTH:
            self._reporter.too_deep(event)
            return None
        return anchor.value

    def _report_undefined(self, event: AliasEvent) -> None:
        start, end = start_of(event), end_of(event)
        is_inside = self._text.clean[end : end + _NEAR].lstrip()[:1] in (",", "]", "}")
        typed = in_quotes(self._text, start, is_flow=is_inside)
        near = nearest(event.anchor or "", self._anchors, VERY_SIMILAR)
        help_ = f"did you mean `*{near}`? If" if near else "if"
        self._reporter.report(
            rules.UNDEFINED_ALIAS,
            f"there is no anchor `&{event.anchor}` above `*{event.anchor}`",
            self._reporter.at(event),
            help=f"{help_} it is text, put it in quotes: `{typed}`",
        )

    def _measure(self, value: Any) -> tuple[int, int]:
        """Return the number of keys and values in a value, repeats counted, and its depth.

        Recursion is safe: what is read is at most `MAX_DEPTH` deep.
        """
        if type(value) is dict:
            size, children = 1 + len(value), list(value.values())
        elif type(value) is list:
            size, children = 1, value
        else:
            return 1, 0
        if (known := self._sizes.get(id(value))) is not None:
            return known
        height = 0
        for child in children:
            more, below = self._measure(child)
            size += more
            height = max(height, below)
        self._sizes[id(value)] = size, height + 1
        return size, height + 1

    def report_unused(self) -> None:
        """Report each anchor that no alias repeats."""
        for name, anchor in self._anchors.items():
            if anchor.is_used:
                continue
            help_ = "delete it"
            if name in self._empty:  # `location: &Co`, which is one error, not two
                self._reporter.diagnostics.remove(self._empty[name])
            if _KEY_AFTER.match(self._text.clean, anchor.start):
                pass  # `- &x id: gala`
            elif type(anchor.value) is str or name in self._empty:
                line = in_quotes(self._text, anchor.start)
                help_ = f"if it is part of the text, put the text in quotes: `{line}`"
            self._reporter.report(
                rules.UNUSED_ANCHOR,
                f"`&{name}` is not part of the text: it is an anchor, and nothing uses it",
                anchor.at,
                help=help_,
            )
