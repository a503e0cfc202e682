"""YAML events to dicts, lists and texts, and the places they were read from.

The events are those of PyYAML's C parser (YAML 1.1's grammar, of which we refuse what YAML 1.2
reads otherwise). ``compose`` and ``load`` would be shorter, but they recurse in C, where 50,000
nested ``- `` crash the process, are 8 times slower, and lose positions or the author's spelling.

One builder runs twice at most: first for the data alone, and again with `Spot`s only when a
place is asked for, since most files of most runs have nothing to report.
"""

from __future__ import annotations

import difflib
import re
from contextlib import suppress
from itertools import islice, repeat
from sys import intern
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from yaml import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from timeline._lazy import regex
from timeline.diagnostics import rules
from timeline.diagnostics.model import MOST, Diagnostic, Note, Span
from timeline.diagnostics.rules import Severity
from timeline.source.bidi import turn, unclosed_turn
from timeline.source.quoting import in_quotes, quoted
from timeline.source.syntax.documents import directive_at, second_document
from timeline.source.syntax.indentation import tab_indentation_at
from timeline.source.syntax.keys import empty_key_at, missing_space_at, what_to_write
from timeline.source.syntax_errors import syntax_error
from timeline.source.text import (
    FORBIDDEN_IN_VALUE,
    REPLACEMENT,
    control_character,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline.diagnostics.model import Path
    from timeline.diagnostics.rules import Rule
    from timeline.source.text import Text

try:
    from yaml._yaml import CParser
except ImportError as problem:  # pragma: no cover - wheels of PyYAML have it
    raise ImportError(
        "timeline needs PyYAML with its C parser: install libyaml, then "
        "`pip install --force-reinstall --no-binary pyyaml pyyaml`"
    ) from problem

MAX_DEPTH = 100
MAX_ALIASED = 100_000
"""How many keys and values aliases may repeat, in all."""
MAX_KEYS = 10_000
"""How many keys one mapping may have, and how many anchors a file."""
MAX_TABS = 100_000
"""At how many tabs that begin a line it is looked whether they indent."""
MAX_READ = 1_800_000
"""How many YAML events a file may have: a key or a value is one, a list or a mapping two."""

_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
_PROSE = frozenset({"summary", "description", "location", "title", "quote", "name", "note"})
_ODD_KEYS = frozenset({"", "<<"})
# Keys of what is read but not kept, in a mapping only while it is read. A file holds no NUL.
_DROPPED: Final = "\0dropped"
_COMPLEX: Final = "\0key"

_TRAILING_COMMENT = regex(r"[^\s#][ \t]+#\S")
_COMMENT_HERE = regex(r"[ \t]+(#\S[^\r\n]*)")
_COMMENT_AFTER = regex(r"['\"]?[ \t]*:[ \t]+(#[^\r\n]*)")
_KEY_AFTER = regex(r"&\S+[ ]+[\w-]+:(?:\s|$)")
_REPEATED = frozenset({"start", "end", "location", "timezone"})
"""Keys whose texts many events share, which are kept once."""
_LINES = frozenset({"summary", "location", "title", "name", "note"})
_SHOWN = 80
_TAB_INDENTED = regex(r"^[ ]*(\t)[ \t]*[^\s#]", re.MULTILINE)
_ESCAPE = regex(r"\\(?:x..|u.{4}|U.{8}|[^xuU])", re.DOTALL)
_NEAR = 20
_RULE = regex(r"rrule:[ ]*(\S[^{}\[\]#]*?)(?=[ ]*(?:[}\]]|,[ ]*[a-z-]+:|$))")
_TEMPLATE = regex(r"\{\{[^{}\r\n]*\}\}")  # what fills in templates was not run
_PROPERTIES = regex(r"(?:[&!]\S*\s*(?:#[^\r\n]*\s*)*)+")

_DIRECTIVE = regex(r"^%[^\r\n]*", re.MULTILINE)
_TAG = regex(r"![^\s,\[\]{}]*")
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


_NOTHING: Final[dict[Any, Any]] = {}
"""The keys and children of all the scalars, which are most of what is read; nobody fills it."""


class Spot:
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
        self.text: Spot | None = None
        is_container = style in ("{", "[")
        self.keys: dict[str, Spot] = {} if is_container else _NOTHING
        self.children: dict[str | int, Spot] = {} if is_container else _NOTHING

    def close(self, event: Any) -> None:
        """Set a container's end: its bracket, or the end of its last key or value.

        The end mark of one without brackets is that of the next thing in the file, after blank
        lines and comments that are not part of it. ``event`` is ``None`` where the file breaks off.
        """
        if self.is_flow and event is not None:
            self.end = int(event.end_mark.index)
            return
        for inner in (self.keys, self.children):
            if inner:
                self.end = max(self.end, next(reversed(inner.values())).end)

    def scalars(self) -> Iterator[Spot]:
        """Give the keys and texts within, each once: not what aliases repeat."""
        waiting = [self]
        while waiting:
            spot = waiting.pop()
            yield from spot.keys.values()
            if spot.style in ("{", "["):
                waiting += spot.children.values()
            elif spot.style != "*":
                yield spot


class Built:
    """What the builder made of one file.

    ``data`` is a mapping in any case; ``truncated`` the path of the innermost mapping or list that
    was still open where reading ended early, ``()`` too where there is no mapping at all.
    ``is_too_much`` says that so much was read that its places are not worth their memory.
    """

    __slots__ = ("data", "diagnostics", "is_too_much", "spot", "truncated")

    def __init__(
        self,
        data: dict[str, Any],
        diagnostics: list[Diagnostic],
        truncated: Path | None,
        spot: Spot | None,
    ) -> None:
        self.data = data
        self.diagnostics = diagnostics
        self.truncated = truncated
        self.spot = spot
        self.is_too_much = False


def build(text: Text, *, record: bool = False) -> Built:
    """Read a text; with ``record``, keep the place of every key and value in ``spot``."""
    return _Builder(text, record=record).run()


class _Reader:
    """A text in pieces. Given all of it, the parser would keep a copy until the end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0

    def read(self, size: int = 0, /) -> str:
        """Give the next characters, at most so many."""
        piece = self.text[self.position : self.position + size]
        self.position += len(piece)
        return piece


class _Anchor:
    __slots__ = ("at", "open", "spot", "start", "used", "value")

    def __init__(
        self, start: int, at: Span, value: Any, spot: Spot | None, *, is_open: bool
    ) -> None:
        self.start = start
        self.at = at
        self.value = value
        self.spot = spot
        self.open = is_open
        self.used = False


_Stack: TypeAlias = list[tuple[Any, str | None, Spot | None]]
"""For each open container its parent, the parent's key that it stands at, the parent's spot."""


class _Enough(Exception):  # noqa: N818 - no error of ours
    """So much is wrong that the rest need not be read."""


class _Builder:
    """The state that rare cases need; the loop itself keeps to local names."""

    def __init__(self, text: Text, *, record: bool) -> None:
        self.text = text
        self.record = record
        self.diagnostics: list[Diagnostic] = []
        self.anchors: dict[str, _Anchor] = {}
        self.empty: dict[str, Diagnostic] = {}
        self.opened: dict[int, _Anchor] = {}
        self.sizes: dict[int, tuple[int, int]] = {}
        self.aliased = 0
        self.documents = 0
        self.is_too_much = False
        self.scrapped: list[dict[str, Any]] = []
        self.merging: set[int] = set()
        self.doubled: set[int] = set()
        self.holders: list[tuple[Any, str | int]] = []
        clean = text.clean
        # Both are rare, and a file without them pays nothing for the rule.
        may_have = " #" in clean or "\t#" in clean  # 60 ms sooner than the pattern of 4 MB
        self.hashes = may_have and _TRAILING_COMMENT.search(clean) is not None
        found = islice(_TAB_INDENTED.finditer(clean), MAX_TABS) if "\t" in clean else ()
        self.tabs = {text.place(tab.start(1))[0] - 1: tab.start(1) for tab in found}

    def run(self) -> Built:
        """Read to the end, or to the first syntax error."""
        top: list[Any] = []
        root = Spot(0, 0, "[") if self.record else None
        truncated = self._loop(top, root)
        for mapping in self.scrapped:
            dropped = mapping.pop(_DROPPED, None)
            mapping.pop(_COMPLEX, None)
            if id(mapping) in self.merging and type(dropped) is dict:
                # What was to be merged is not missing; an id would be there twice.
                for key, value in dropped.items():
                    if key != "id":
                        mapping.setdefault(key, value)
        for holder, place in self.holders:
            is_there = type(holder) is list or place in holder
            if is_there and holder[place] == {}:  # all that it held has been refused
                holder[place] = None
        spot = root.children.get(0) if root else None
        data = top[0] if top else None
        if truncated is None:
            with suppress(_Enough):
                self._unused_anchors()
        if type(data) is not dict:
            if truncated is None:
                self._not_a_mapping(data, spot)
            data, truncated = {}, ()
        built = Built(data, self.diagnostics, truncated, spot)
        built.is_too_much = self.is_too_much
        return built

    def _loop(self, container: Any, spot: Spot | None) -> Path | None:  # noqa: PLR0915 - a call costs more than a case
        """Take the events one by one; return where reading ended early.

        ``container`` is what is being filled. ``key`` is the key whose value comes next; it is
        ``None`` in a list, and in a mapping where a key comes next. A container is attached when it
        opens, so that a syntax error loses nothing that stands before it.
        """
        stack: _Stack = []
        is_mapping = False
        key: str | None = None
        last: ScalarEvent | None = None
        child: Spot | None = None
        hashes, tabs = self.hashes, self.tabs
        next_event: Callable[[], Any] = CParser(_Reader(self.text.clean)).get_event
        try:
            for _ in repeat(None, MAX_READ):
                event = next_event()
                kind = type(event)
                if tabs and event is not None:
                    self._tab(event)
                if kind is ScalarEvent:
                    value: Any = event.value
                    style = event.style
                    if style == '"' and not value.isprintable():
                        value = self._escaped(event, value, key)
                    if is_mapping and key is None:
                        last = event
                        plain = event.anchor is None and event.tag is None
                        if plain and value not in container and value not in _ODD_KEYS:
                            key = intern(value)  # the same few words in every event
                        else:
                            key = self._odd_key(event, value, container, stack, spot)
                        if spot is not None:
                            spot.keys[key] = self._scalar_spot(event)
                        continue
                    if not style:
                        if value in _EMPTY:
                            value = self._empty(event, key, last, container, stack)
                        elif hashes:
                            self._comment(event, key, stack)
                    if value and key in _REPEATED:
                        value = intern(value)
                    last = event
                    if spot is not None:
                        child = self._scalar_spot(event)
                        spot.children[len(container) if key is None else key] = child
                    if event.anchor is not None or event.tag is not None:
                        self._properties(event, value, child)
                elif kind is MappingStartEvent or kind is SequenceStartEvent:
                    if len(stack) >= MAX_DEPTH:
                        self._too_deep(event)
                        return _path(stack)
                    value = {} if kind is MappingStartEvent else []
                    if is_mapping and key is None:
                        key = self._complex_key(event, container, stack, spot)
                    if spot is not None:
                        child = self._container_spot(event)
                        spot.children[len(container) if key is None else key] = child
                    if event.anchor is not None or event.tag is not None:
                        self._properties(event, value, child, is_open=True)
                    if key is None:
                        container.append(value)
                    else:
                        container[key] = value
                    stack.append((container, key, spot))
                    container, key, spot = value, None, child
                    is_mapping = kind is MappingStartEvent
                    continue
                elif kind is MappingEndEvent or kind is SequenceEndEvent:
                    if self.opened:
                        self._close_anchor(container)
                    if spot is not None:
                        spot.close(event)
                    if len(container) > MAX_KEYS and is_mapping:
                        self._too_much(event, f"this has more than {MAX_KEYS:,} keys")
                        return _path(stack)
                    container, key, spot = stack.pop()
                    is_mapping = type(container) is dict
                    key = _DROPPED if key is _COMPLEX else None
                    continue
                elif kind is AliasEvent:
                    if is_mapping and key is None:
                        self._alias(event, len(stack))
                        is_told = event.anchor not in self.anchors
                        self._complex_key(event, container, stack, spot, is_told=is_told)
                        key = _DROPPED
                        continue
                    value = self._alias(event, len(stack))
                    if spot is not None:
                        spot.children[len(container) if key is None else key] = self._alias_spot(
                            event
                        )
                elif event is None or (kind is DocumentStartEvent and not self._document(event)):
                    return None
                else:
                    continue
                if key is None:
                    container.append(value)
                else:
                    container[key] = value
                    key = None
        except YAMLError as problem:
            rule = self._broken(problem, container, key, last, spot)
            path = _path(stack)
            # What stands above was to go on.
            return (*path, *_to_the_last(container)) if rule is rules.INDENTATION else path
        except _Enough:
            return _path(stack)
        else:
            if (more := next_event()) is not None:
                self._too_much(more, "the file has more than a million keys and values up to here")
                return _path(stack)
            return None
        finally:
            # Where the file breaks off, inner ones first: an outer one ends where they do.
            for still_open in (spot, *(above for *_, above in reversed(stack))):
                if still_open is not None:
                    still_open.close(None)

    def _broken(
        self,
        problem: YAMLError,
        container: Any,
        key: str | None,
        last: ScalarEvent | None,
        spot: Spot | None,
    ) -> Rule:
        """Report a syntax error, and unread what is only its consequence; return its rule.

        ``- id: a`` and below it a ``summary: x`` too far right give the id ``a summary``.
        """
        opened = spot.start if spot is not None and spot.is_flow else None
        found = syntax_error(self.text, problem, last, opened)
        mark = getattr(problem, "problem_mark", None)
        line = mark.line if mark is not None else 0
        # A key without a value, or `{{ city }}` before more text, on the line where reading ends.
        follows = found.rule is rules.TEXT_AFTER_VALUE
        self.diagnostics = [
            one
            for one in self.diagnostics
            if one.rule
            not in (rules.EMPTY_VALUE, rules.COMPLEX_KEY, rules.LOST_COMMENT, rules.UNDEFINED_ALIAS)
            or (one.rule is rules.COMPLEX_KEY and not follows)
            or not isinstance(one.at, Span)
            or one.at.line <= line
        ]
        if isinstance(found.at, Span):
            begins = found.at.line, found.at.column
            self.diagnostics = [
                one
                for one in self.diagnostics
                if not isinstance(one.at, Span) or (one.at.line, one.at.column) != begins
            ]
            if found.rule is rules.UNCLOSED_BRACKET:  # `{a` and the lines below it are no keys
                self.diagnostics = [
                    one
                    for one in self.diagnostics
                    if one.rule is not rules.EMPTY_VALUE
                    or not isinstance(one.at, Span)
                    or one.at < found.at
                ]
        self.diagnostics.append(found)
        if last is None or key is not None or not container or mark is None:
            return found.rule
        where = next(reversed(container)) if type(container) is dict else -1
        is_last = not self.text.clean[_end(last) : mark.index].strip()
        if follows or (is_last and container[where] == last.value):
            container[where] = None
        return found.rule

    # What keys may not be.

    def _odd_key(
        self,
        event: ScalarEvent,
        value: str,
        mapping: dict[str, Any],
        stack: _Stack,
        spot: Spot | None,
    ) -> str:
        """Return the key to read on with: itself, or the one for what is dropped."""
        at = self._at(event)
        if event.anchor is not None or event.tag is not None:
            self._properties(event, value, None)
        if value == "<<" and not event.style:
            self.merging.add(id(mapping))
            self._say(
                rules.MERGE_KEY,
                "`<<` is not read as a merge",
                at,
                help="write the keys out; a whole value can be repeated with `*name`",
            )
        elif not value and not event.style:
            self.diagnostics.append(empty_key_at(self.text, _start(event)))
        elif id(mapping) in self.doubled and value in mapping:
            pass  # a key of the event whose dash is missing
        elif value in mapping:
            first = spot.keys.get(value) if spot is not None else None
            help_ = "delete one of them; only the first is read"
            if value == "id" == next(iter(mapping)) and len(mapping) > 1:
                self.doubled.add(id(mapping))
                help_ = "if another event begins here, write `- id:`; else delete one of them"
            self._say(
                rules.DUPLICATE_KEY,
                f"the key `{value}` is used again",
                at,
                help=help_,
                notes=(Note("first used here", self._span(first)),) if first else (),
            )
        else:
            return value
        self._scrap(mapping, stack)
        return _DROPPED

    def _complex_key(
        self,
        event: Any,
        mapping: dict[str, Any],
        stack: _Stack,
        spot: Spot | None,
        *,
        is_told: bool = False,
    ) -> str:
        """Report a key that is no word, such as that of ``location: {{ city }}``, once."""
        if not is_told and not _in_complex_key(stack):
            at, help_ = self._at(event), "write the key out; if it is text, put it in quotes"
            message = "a list, keys or an alias stand where a key was expected"
            found = _TEMPLATE.match(self.text.clean, spot.start) if spot is not None else None
            if found:
                at = self.text.span(*found.span())
                help_ = f"put it in quotes: `{quoted(found.group())}`"
                message = f"`{found.group()}` is not read as text, because a bracket begins it"
            self._say(rules.COMPLEX_KEY, message, at, help=help_)
        self._scrap(mapping, stack)
        return _COMPLEX

    def _scrap(self, mapping: dict[str, Any], stack: _Stack) -> None:
        """Note that a mapping holds something that is refused, and may hold nothing else."""
        self.scrapped.append(mapping)
        holder, key, _ = stack[-1]
        if len(stack) > 1:  # the file itself stays a mapping
            self.holders.append((holder, len(holder) - 1 if key is None else key))

    # What values may not be.

    def _empty(
        self,
        event: ScalarEvent,
        key: str | None,
        last: ScalarEvent | None,
        container: Any,
        stack: _Stack,
    ) -> Any:
        """Report an empty value, and return what stands for it in the data: ``None``."""
        if not stack:  # the whole file: `not-a-mapping` says so
            return None
        if key is _DROPPED or _in_complex_key(stack) or (event.tag and not event.value):
            return None  # of what is refused, this is only a consequence
        if key is None:
            what, help_ = "this item", "leave the item out"
        else:
            what = f"`{key}`"
            help_ = what_to_write(key) or "leave the key out"
        if event.value:
            self._say(
                rules.EMPTY_VALUE,
                f"{what} is `{event.value}`, expected a value",
                self._at(event),
                help=help_,
            )
            return None
        # Nothing is there to point at: the key, or the dash or bracket before.
        at = self._at(event)
        if key is not None and last is not None:
            if self._cuts_rule(last, container) or self._glued(last, container):
                return None
            at = self._at(last)
            if comment := _COMMENT_AFTER.match(self.text.clean, _end(last)):
                value = quoted(comment[1].rstrip()[:_SHOWN])
                help_ = f"`#` begins a comment; if that is the value, write `{key}: {value}`"
        else:
            index = _start(event)
            while index > 1 and self.text.clean[index - 1].isspace():
                index -= 1
            at = self.text.span(index - 1, index)
        self._say(rules.EMPTY_VALUE, f"{what} has no value", at, help=help_)
        if event.anchor is not None and event.anchor not in self.anchors:
            self.empty[event.anchor] = self.diagnostics[-1]
        return None

    def _glued(self, key: ScalarEvent, container: dict[str, Any]) -> bool:
        """Report ``{id:gala}``, which is a key without a value; ``False`` if it is none."""
        written = "" if key.style or key.anchor is not None else key.value
        if not (found := missing_space_at(self.text, _start(key), _end(key), written)):
            return False
        name, value = written.split(":", 1)
        container.setdefault(name, value)  # so that it is not missed
        self._add(found)
        return True

    def _cuts_rule(self, key: ScalarEvent, container: dict[str, Any]) -> bool:
        """Report ``{rrule: FREQ=WEEKLY;BYDAY=MO,WE}``, where ``WE`` is a key; ``False`` if not."""
        clean, start = self.text.clean, _start(key)
        begins = clean.rfind("rrule:", self.text.line_start(start), start)
        rule = _RULE.match(clean, begins, self.text.line_end(start)) if begins >= 0 else None
        if not rule or rule.end() < _end(key) or rule.group(1)[0] in "'\"" or key.style:
            return False
        if container.get("rrule") is not None:
            container["rrule"] = None  # of which the beginning was read
            self._say(
                rules.UNQUOTED_TEXT,
                "this rule ends at its first `,`: in brackets, a text with one needs quotes",
                self.text.span(*rule.span(1)),
                help=f"put the rule in quotes: `rrule: {quoted(rule.group(1))}`",
            )
        return True

    def _escaped(self, event: ScalarEvent, value: str, key: str | None) -> str:
        r"""Report what only an escape can bring in, ``"\x07"``."""
        if key in _LINES and "\n" in value:
            value = self._break(event, value)
        turned = any(unclosed_turn(line) is not None for line in value.splitlines())
        if not turned and FORBIDDEN_IN_VALUE.search(value) is None:
            return value
        start = _start(event)
        for escape in _ESCAPE.finditer(self.text.clean, start, _end(event)):
            written = escape.group()[1:]
            character = _ESCAPES.get(written) or (chr(int(written[1:], 16)) if written[1:] else "")
            if turned and unclosed_turn(character) is not None:
                self._add(turn(character, self.text.span(*escape.span())))
                turned = False
            if FORBIDDEN_IN_VALUE.match(character):
                self._add(control_character(character, self.text.span(*escape.span())))
        return FORBIDDEN_IN_VALUE.sub(REPLACEMENT, value)

    def _break(self, event: ScalarEvent, value: str) -> str:
        r"""Report the line break of ``summary: "C:\new"``, where there is to be one line."""
        start, end = _start(event), _end(event)
        index = self.text.clean.find(r"\n", start, end)
        if index < 0 or self.text.place(start)[0] != self.text.place(end)[0]:
            return value
        written = self.text.clean[start + 1 : end - 1]
        single = f": `'{written}'`" if "'" not in written and len(written) <= _SHOWN else ""
        self._say(
            rules.SEVERAL_LINES,
            r"`\n` in double quotes is a line break, and one line is expected",
            self.text.span(index, index + 2),
            help=f"put the text in single quotes{single}, or write a space there",
        )
        return value.replace("\n", " ")

    def _comment(self, event: ScalarEvent, key: str | None, stack: _Stack) -> None:
        """Warn of ``summary: Stage #1``, also below ``summary:`` by language."""
        if key is None or not (key in _PROSE or stack[-1][1] in _PROSE):
            return
        if len(self.diagnostics) > MOST:
            return
        end = _end(event)
        comment = _COMMENT_HERE.match(self.text.clean, end)
        if comment is None:
            return
        # With an anchor or over several lines there is no one line to show.
        start = _start(event)
        shown = ""
        if self.text.place(start)[0] == self.text.place(end)[0] and event.anchor is None:
            shown = f": `{in_quotes(self.text, start, keep_comment=True)}`"
        word = comment.group(1).split()[0].rstrip(",;")
        at = self.text.span(comment.start(1), comment.start(1) + len(comment.group(1).rstrip()))
        self._add(
            Diagnostic(
                rules.LOST_COMMENT,
                f"`{word}` begins a comment and is not part of the text",
                at,
                help=f"put the text in quotes{shown}; or write a space after the `#`",
            )
        )

    def _tab(self, event: Any) -> None:
        """Report a tab that libyaml takes: inside brackets it ignores indentation."""
        mark = event.start_mark
        tab = self.tabs.get(mark.line)
        if tab is not None and tab < mark.index and not self.text.clean[tab : mark.index].strip():
            del self.tabs[mark.line]
            self._add(tab_indentation_at(self.text, tab))

    def _too_deep(self, event: Any) -> None:
        # Reading ends here: libyaml takes time that grows with the square of the depth.
        self._say(
            rules.TOO_DEEP,
            f"this is nested more than {MAX_DEPTH} deep",
            self._at(event),
            help="nest less deeply",
        )

    def _too_much(self, event: Any, message: str) -> None:
        self.is_too_much = True
        self.diagnostics.append(
            Diagnostic(
                rules.TOO_LARGE,
                message,
                self._at(event),
                help="split the timeline into several",
            )
        )

    def _not_a_mapping(self, data: Any, spot: Spot | None) -> None:
        what = "empty" if data is None else "a list" if type(data) is list else "one text"
        at = self.text.span(0, 1) if spot is None else self._span(spot)
        self._say(
            rules.NOT_A_MAPPING,
            f"the file is {what}, expected keys and values",
            at,
            help="`timeline init` writes a file to begin with"
            if data is None
            else "begin with `calendar:` and `events:`; `timeline init` writes a file with both",
        )

    # Documents, anchors and aliases.

    def _document(self, event: DocumentStartEvent) -> bool:
        """Look at the start of a document; say whether it is to be read."""
        self.documents += 1
        start = _start(event)
        if self.documents > 1:
            self.diagnostics.append(
                second_document(self.text.span(start, self.text.line_end(start)))
            )
            return False
        for found in _DIRECTIVE.finditer(self.text.clean, 0, _end(event)):
            if not found.group().startswith("%YAML 1.2"):
                self._add(directive_at(self.text, found.start()))
        return True

    def _properties(
        self, event: Any, value: Any, spot: Spot | None, *, is_open: bool = False
    ) -> None:
        """Refuse a tag and keep an anchor."""
        start = _start(event)
        if event.tag is not None:
            found = _TAG.search(self.text.clean, start)
            tag = found.group() if found else event.tag
            at = self.text.span(*found.span()) if found else self._at(event)
            help_ = "delete it; if it is text, put it in quotes"
            if found and value is None:  # nothing else stands there
                help_ = f"if it is text, put it in quotes: `{in_quotes(self.text, found.start())}`"
            self._say(
                rules.TAG, f"`{tag}` is a tag, and every value is read as text", at, help=help_
            )
        if event.anchor is None:
            return
        start = self.text.clean.find(f"&{event.anchor}", start)
        at = self.text.span(start, start + len(event.anchor) + 1)
        if (first := self.anchors.get(event.anchor)) is not None:
            self._say(
                rules.DUPLICATE_ANCHOR,
                f"the anchor `&{event.anchor}` is used again",
                at,
                help="give it another name",
                notes=(Note("first used here", first.at),),
            )
            return
        if len(self.anchors) >= MAX_KEYS:
            self._too_much(event, f"the file has more than {MAX_KEYS:,} anchors up to here")
            raise _Enough
        anchor = _Anchor(start, at, value, spot, is_open=is_open)
        self.anchors[event.anchor] = anchor
        if is_open:
            self.opened[id(value)] = anchor

    def _close_anchor(self, container: Any) -> None:
        anchor = self.opened.pop(id(container), None)
        if anchor is not None:
            anchor.open = False

    def _alias(self, event: AliasEvent, depth: int) -> Any:
        """Return what an alias repeats; ``None`` where that has been reported."""
        anchor = self.anchors.get(event.anchor or "")
        if anchor is None:
            start, end = _start(event), _end(event)
            is_inside = self.text.clean[end : end + _NEAR].lstrip()[:1] in (",", "]", "}")
            typed = in_quotes(self.text, start, is_flow=is_inside)
            near = difflib.get_close_matches(event.anchor or "", islice(self.anchors, MOST), 1, 0.7)
            help_ = f"did you mean `*{near[0]}`? If" if near else "if"
            self._say(
                rules.UNDEFINED_ALIAS,
                f"no anchor `&{event.anchor}` stands above `*{event.anchor}`",
                self._at(event),
                help=f"{help_} it is text, put it in quotes: `{typed}`",
            )
            return None
        anchor.used = True
        if anchor.open:
            self._say(
                rules.RECURSIVE_ALIAS,
                f"`*{event.anchor}` repeats what it is itself a part of",
                self._at(event),
                help="write the value out",
                notes=(Note("the anchor", anchor.at),),
            )
            return None
        size, height = self._measure(anchor.value)
        before, self.aliased = self.aliased, self.aliased + size
        if self.aliased > MAX_ALIASED:
            if before <= MAX_ALIASED:
                self._say(
                    rules.ALIAS_BOMB,
                    f"aliases repeat more than {MAX_ALIASED:,} keys and values",
                    self._at(event),
                    help="repeat less, or write the values out",
                )
            return None
        if depth + height > MAX_DEPTH:
            self._too_deep(event)
            return None
        return anchor.value

    def _measure(self, value: Any) -> tuple[int, int]:
        """Return how many keys and values there are in a value, repeats counted, and how deep.

        Recursion is safe: what is read is at most `MAX_DEPTH` deep.
        """
        if type(value) is dict:
            size, children = 1 + len(value), list(value.values())
        elif type(value) is list:
            size, children = 1, value
        else:
            return 1, 0
        if (known := self.sizes.get(id(value))) is not None:
            return known
        height = 0
        for child in children:
            more, below = self._measure(child)
            size += more
            height = max(height, below)
        self.sizes[id(value)] = size, height + 1
        return size, height + 1

    def _unused_anchors(self) -> None:
        for name, anchor in self.anchors.items():
            if anchor.used:
                continue
            help_ = "delete it"
            if name in self.empty:  # `location: &Co`, which has one mistake
                self.diagnostics.remove(self.empty[name])
            if _KEY_AFTER.match(self.text.clean, anchor.start):
                pass  # `- &x id: gala`
            elif type(anchor.value) is str or name in self.empty:
                line = in_quotes(self.text, anchor.start)
                help_ = f"if it is part of the text, put the text in quotes: `{line}`"
            self._say(
                rules.UNUSED_ANCHOR,
                f"`&{name}` is not part of the text: it is an anchor, and nothing uses it",
                anchor.at,
                help=help_,
            )

    # Places.

    def _scalar_spot(self, event: ScalarEvent) -> Spot:
        start, end = _start(event), _end(event)
        style = event.style or ""
        clean = self.text.clean
        if event.anchor is not None or event.tag is not None:
            found = _PROPERTIES.match(clean, start, end)
            start = found.end() if found else start
        if style in ("|", ">"):
            # The mark is after the blank lines that follow.
            end = start + len(clean[start:end].rstrip())
        return Spot(start, end, style)

    def _container_spot(self, event: Any) -> Spot:
        start = _start(event)
        if event.anchor is not None or event.tag is not None:
            found = _PROPERTIES.match(self.text.clean, start)
            start = found.end() if found else start
        style = "{" if type(event) is MappingStartEvent else "["
        return Spot(start, start, style, is_flow=bool(event.flow_style))

    def _alias_spot(self, event: AliasEvent) -> Spot:
        spot = Spot(_start(event), _end(event), "*")
        anchor = self.anchors.get(event.anchor or "")
        if anchor is not None and anchor.spot is not None and not anchor.open:
            spot.keys, spot.children = anchor.spot.keys, anchor.spot.children
            spot.text = None if anchor.spot.style in ("{", "[") else anchor.spot
        return spot

    def _at(self, event: Any) -> Span:
        """Return the place of an event, cut to its first line."""
        start = _start(event)
        end = min(_end(event), self.text.line_end(start))
        return self.text.span(start, max(end, start + 1))

    def _span(self, spot: Spot) -> Span:
        return self.text.span(spot.start, spot.end)

    def _say(
        self,
        rule: Rule,
        message: str,
        at: Span,
        *,
        help: str,  # noqa: A002 - as in `error`
        notes: tuple[Note, ...] = (),
    ) -> None:
        self._add(Diagnostic(rule, message, at, help=help, notes=notes))

    def _add(self, found: Diagnostic) -> None:
        """Keep a diagnostic, and stop where there is one more than is told of."""
        if len(self.diagnostics) <= MOST:
            self.diagnostics.append(found)
        if found.severity is Severity.ERROR and len(self.diagnostics) > MOST:
            raise _Enough


def _start(event: Any) -> int:
    return int(event.start_mark.index)


def _end(event: Any) -> int:
    return int(event.end_mark.index)


def _in_complex_key(stack: _Stack) -> bool:
    return any(key is _COMPLEX for _, key, _ in stack)


def _to_the_last(container: Any) -> Iterator[str | int]:
    """Give the way from a container to the one in it that was filled last."""
    while type(container) in (dict, list) and container:
        step = next(reversed(container)) if type(container) is dict else len(container) - 1
        container = container[step]
        if type(container) not in (dict, list) or step in (_DROPPED, _COMPLEX):
            return
        yield step


def _path(stack: _Stack) -> Path:
    """Return the path of the container that is open, or of what holds it if it is dropped."""
    path: list[str | int] = []
    for parent, key, _ in stack[1:]:
        if key is _DROPPED or key is _COMPLEX:
            break
        path.append(len(parent) - 1 if key is None else key)
    return tuple(path)
