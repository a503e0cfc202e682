"""Load YAML events into dicts, lists and texts, with the places that they were read from.

The events are those of PyYAML's C parser (YAML 1.1's grammar, of which we reject what YAML 1.2
reads differently). ``compose`` and ``load`` would be shorter, but they recurse in C, where 50,000
nested ``- `` crash the process, are 8 times slower, and lose positions or the author's spelling.

A file is loaded twice at most: first for the data alone, and again with the places only when one
is asked for, since most files of most runs have nothing to report.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import repeat
from sys import intern
from typing import TYPE_CHECKING, Any

from yaml import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from timeline._checkpoint import checkpoint
from timeline._lazy import regex
from timeline._limits import MAX_DEPTH, MAX_KEYS, MAX_NODES
from timeline.diagnostics import rules
from timeline.source.anchors import Anchors
from timeline.source.frames import (
    COMPLEX,
    DROPPED,
    Frame,
    drop_shifted_keys,
    open_path,
    path_to_last,
)
from timeline.source.mapping_keys import KeyChecker
from timeline.source.nodes import Node, alias_node, container_node, end_of, scalar_node
from timeline.source.parser import yaml_events
from timeline.source.reporter import Reporter, StopReading
from timeline.source.scalars import ScalarChecker
from timeline.source.stream import EndOfDocument, StreamChecker
from timeline.source.tabs import report_tabs

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from timeline.diagnostics import Path
    from timeline.source.text import SourceText

_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
_UNUSUAL_KEYS = frozenset({"", "<<"})
_REPEATED = frozenset({"start", "end", "location", "timezone"})
"""Keys whose texts many events share, which are kept once."""

_TRAILING_COMMENT = regex(r"[^\s#][ \t]+#\S")


class LoadedYaml:
    """The content of one file.

    ``data`` is always a mapping. ``truncated`` is the path of the innermost mapping or list that
    was still open when reading ended early, and ``()`` if there is no mapping at all.
    ``is_oversized`` is set if so much was read that its places are not worth their memory.
    ``lines`` has the line of each mapping in a list ``events``, from 1, by its `id`.
    """

    __slots__ = ("data", "diagnostics", "is_oversized", "lines", "node", "truncated")

    def __init__(
        self,
        data: dict[str, Any],
        reporter: Reporter,
        truncated: Path | None,
        node: Node | None,
        lines: dict[int, int],
    ) -> None:
        self.data = data
        self.diagnostics = reporter.diagnostics
        self.is_oversized = reporter.is_oversized
        self.truncated = truncated
        self.node = node
        self.lines = lines


def load_yaml(
    text: SourceText, *, with_nodes: bool = False, only_events: AbstractSet[str | int] | None = None
) -> LoadedYaml:
    """Load a text; ``with_nodes`` keeps the place of every key and value in ``node``.

    With ``only_events``, the places of what is in other events than these are not kept: those of
    all keys and values take ten times as much memory as the text.

    Without them, reading ends with the first diagnostic, because a diagnostic needs places and the
    file has to be read again. Reading a file to its end twice took 1.6 times as long.
    """
    return _Loader(text, with_nodes=with_nodes, only_events=only_events).load()


class _Loader:
    """Fill containers with the events of the parser.

    The open containers are a stack of frames and not a recursion, so that depth costs nothing. In a
    mapping a key and a value take turns, so a frame is in one of two states; each has a table of
    handlers by the type of event. A container is attached when it opens, so that a syntax error
    loses nothing that is before it.
    """

    def __init__(
        self, text: SourceText, *, with_nodes: bool, only_events: AbstractSet[str | int] | None
    ) -> None:
        self.text = text
        self.with_nodes = with_nodes
        self.only_events = only_events
        self.root = Frame([], Node(0, 0, "[") if with_nodes else None, is_mapping=False)
        self.frame = self.root
        self.frames = [self.root]
        self.last: ScalarEvent | None = None
        self.lines: dict[int, int] = {}
        self.reporter = Reporter(text, is_trial=not with_nodes)
        self.stream = StreamChecker(self.reporter)
        self.anchors = Anchors(self.reporter)
        self.keys = KeyChecker(self.reporter, self.frames)
        self.scalars = ScalarChecker(self.reporter, self.frames, self.anchors)
        clean = text.clean
        # A comment after a value is rare, and a file without one pays nothing for the rule.
        may_have = "#" in clean and (" #" in clean or "\t#" in clean)  # faster than the pattern
        self.has_comments = may_have and _TRAILING_COMMENT.search(clean) is not None
        self.has_escapes = "\\" in clean

    def load(self) -> LoadedYaml:
        """Read to the end, or to the first syntax error."""
        truncated = self._read()
        self.keys.finish()
        top, node = self.root.container, self.root.node
        data = top[0] if top else None
        node = node.children.get(0) if node is not None else None
        if truncated is None:
            with suppress(StopReading):
                self.anchors.report_unused()
        if type(data) is not dict:
            if truncated is None:
                with suppress(StopReading):
                    self.stream.report_not_a_mapping(data, node)
            data, truncated = {}, ()
        return LoadedYaml(data, self.reporter, truncated, node, self.lines)

    def _read(self) -> Path | None:
        """Handle all events; return the path of what is incomplete, ``None`` if all was read."""
        next_event = report_tabs(yaml_events(self.text.clean), self.reporter)
        on_key, on_value = self._handlers()
        try:
            for _ in repeat(None, MAX_NODES):
                event = next_event()
                if event is None:
                    return None
                (on_key if self.frame.expects_key else on_value)[type(event)](event)
            if (event := next_event()) is None:
                return None
            self.reporter.too_large(
                event, "the file has more than a million keys and values up to here"
            )
            return open_path(self.frames)
        except EndOfDocument:
            return None
        except StopReading:
            return open_path(self.frames)
        except YAMLError as problem:
            return self._report_syntax_error(problem)
        finally:
            # Those left open by a file that breaks off, inner ones first: an outer one ends there.
            for frame in reversed(self.frames):
                if frame.node is not None:
                    frame.node.close(None)

    def _handlers(self) -> tuple[dict[type, Callable[[Any], None]], ...]:
        """Return what handles an event where a key comes next, and elsewhere."""
        on_value: dict[type, Callable[[Any], None]] = {
            ScalarEvent: self._value,
            MappingStartEvent: self._open,
            SequenceStartEvent: self._open,
            MappingEndEvent: self._close,
            SequenceEndEvent: self._close,
            AliasEvent: self._alias,
            DocumentStartEvent: self.stream.start_document,
            DocumentEndEvent: _ignore,
            StreamStartEvent: _ignore,
            StreamEndEvent: _ignore,
        }
        on_key = on_value | {
            ScalarEvent: self._key,
            MappingStartEvent: self._open_as_key,
            SequenceStartEvent: self._open_as_key,
            AliasEvent: self._alias_as_key,
        }
        return on_key, on_value

    # Scalars.

    def _key(self, event: ScalarEvent) -> None:
        """Handle a scalar where a key comes next."""
        frame = self.frame
        key = event.value
        if self.has_escapes and event.style == '"' and not key.isprintable():
            key = self.scalars.check_escapes(event)
        self.last = event
        is_bare = event.anchor is None and event.tag is None
        if is_bare and key not in frame.container and key not in _UNUSUAL_KEYS:
            key = intern(key)  # the same few words in every event
        else:
            if not is_bare:
                self.anchors.read_properties(event, key, None)
            key = self.keys.unusual_key(event, key)
        if frame.node is not None:
            frame.node.keys[key] = scalar_node(self.text, event)
        frame.key = key
        frame.expects_key = False

    def _value(self, event: ScalarEvent) -> None:
        """Handle a scalar that is a value or an item of a list."""
        frame = self.frame
        value: str | None = event.value
        style = event.style
        if not style:
            if value in _EMPTY:
                self.scalars.check_empty(event, self.last)
                value = None
            elif self.has_comments:
                self.scalars.check_comment(event)
        elif self.has_escapes and style == '"' and not event.value.isprintable():
            value = self.scalars.check_escapes(event)
        if value and frame.key in _REPEATED:
            value = intern(value)
        self.last = event
        node = None
        if frame.node is not None:
            node = scalar_node(self.text, event)
            self._place(node)
        if event.anchor is not None or event.tag is not None:
            self.anchors.read_properties(event, value, node)
        if frame.is_mapping:
            frame.container[frame.key] = value
            frame.key = None
            frame.expects_key = True
        else:
            frame.container.append(value)

    # Containers.

    def _open_as_key(self, event: Any) -> None:
        """Read a container in place of a key as if it were the value of a key."""
        self._check_depth(event)
        self.frame.key = self.keys.complex_key(event)
        self.frame.expects_key = False
        self._open(event)

    def _open(self, event: Any) -> None:
        """Attach a container and go into it."""
        checkpoint()
        self._check_depth(event)
        frame = self.frame
        is_mapping = type(event) is MappingStartEvent
        container: Any = {} if is_mapping else []
        node = None
        if frame.node is not None:
            node = container_node(self.text, event)
            self._place(node)
        if event.anchor is not None or event.tag is not None:
            self.anchors.read_properties(event, container, node, is_open=True)
        if frame.key is None:
            frame.container.append(container)
            if is_mapping and len(self.frames) > 2 and self.frames[-2].key == "events":
                self.lines[id(container)] = event.start_mark.line + 1
        else:
            frame.container[frame.key] = container
        self.frame = Frame(container, node, is_mapping=is_mapping)
        self.frames.append(self.frame)

    def _check_depth(self, event: Any) -> None:
        # Reading ends here: libyaml takes time that grows with the square of the depth.
        if len(self.frames) > MAX_DEPTH:
            self.reporter.too_deep(event)
            raise StopReading

    def _close(self, event: Any) -> None:
        """Go back to the container that the one that ends here is in."""
        frame = self.frame
        self.anchors.close(frame.container)
        if frame.node is not None:
            frame.node.close(event)
        if frame.is_mapping and len(frame.container) > MAX_KEYS:
            self.reporter.too_large(event, f"this has more than {MAX_KEYS:,} keys")
            raise StopReading
        self.frames.pop()
        self.frame = frame = self.frames[-1]
        if frame.node is not None and self.only_events is not None and len(self.frames) == 3:
            self._drop_event(frame, frame.node)
        self._finish_value(frame)

    def _finish_value(self, frame: Frame) -> None:
        """Go on to the next key; after a container in place of a key, to its value."""
        frame.key = DROPPED if frame.key is COMPLEX else None
        frame.expects_key = frame.is_mapping and frame.key is None

    def _place(self, node: Node) -> None:
        """Keep the place of the value that comes next in the current container."""
        frame = self.frame
        if frame.node is not None:
            step = len(frame.container) if frame.key is None else frame.key
            frame.node.children[step] = node

    def _drop_event(self, frame: Frame, node: Node) -> None:
        """Drop the event that was closed last, and the places in it, unless they are to be kept."""
        if frame.is_mapping or self.frames[1].key != "events":
            return
        assert self.only_events is not None  # noqa: S101 - else all places are kept
        if (index := len(frame.container) - 1) not in self.only_events:
            node.end = max(node.end, node.children.pop(index).end)
            frame.container[index] = None  # whoever asks for places has the data

    # Aliases.

    def _alias(self, event: AliasEvent) -> None:
        frame = self.frame
        value = self.anchors.repeated(event, len(self.frames) - 1)
        if frame.node is not None:
            self._place(alias_node(event, self.anchors.node(event.anchor)))
        if frame.key is None:
            frame.container.append(value)
        else:
            frame.container[frame.key] = value
            self._finish_value(frame)

    def _alias_as_key(self, event: AliasEvent) -> None:
        self.anchors.repeated(event, len(self.frames) - 1)
        self.keys.complex_key(event, is_reported=event.anchor not in self.anchors)
        self.frame.key = DROPPED
        self.frame.expects_key = False

    # Syntax errors.

    def _report_syntax_error(self, problem: YAMLError) -> Path:
        """Report a syntax error, undo its consequences, and return the path of what is incomplete.

        An example: ``summary: x`` too far right below ``- id: a`` makes the id ``a summary``.
        """
        from timeline.source.syntax.consequences import is_consequence  # noqa: PLC0415 - rarely needed
        from timeline.source.syntax.errors import syntax_error  # noqa: PLC0415 - rarely needed

        node, container, last = self.frame.node, self.frame.container, self.last
        opened = node.start if node is not None and node.is_flow else None
        error = syntax_error(self.text, problem, last, opened)
        mark = getattr(problem, "problem_mark", None)
        line = mark.line if mark is not None else 0
        kept = [d for d in self.reporter.diagnostics if not is_consequence(d, error, line)]
        self.reporter.diagnostics = [*kept, error]
        if last is not None and self.frame.key is None and container and mark is not None:
            step = next(reversed(container)) if type(container) is dict else -1
            is_last = not self.text.clean[end_of(last) : mark.index].strip()
            is_cut = is_last and container[step] == last.value
            if is_cut or error.rule is rules.TEXT_AFTER_VALUE:
                container[step] = None
        path = open_path(self.frames)
        if error.rule is rules.INDENTATION and type(container) is dict:
            drop_shifted_keys(container)
        # The value above the wrong line is incomplete too.
        return (*path, *path_to_last(container)) if error.rule is rules.INDENTATION else path


def _ignore(event: Any) -> None:
    """Handle an event without content."""
