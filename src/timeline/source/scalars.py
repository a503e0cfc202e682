"""Report values that differ from what the author sees: empty, escaped, or cut by a comment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline.diagnostics import MOST, Diagnostic, Edit, rules
from timeline.source.bidi import direction_change, unclosed_direction
from timeline.source.frames import DROPPED, is_in_complex_key
from timeline.source.messages import help_for_empty_key
from timeline.source.nodes import end_of, start_of
from timeline.source.quoting import in_quotes, yaml_quoted
from timeline.source.text import FORBIDDEN_IN_VALUE, REPLACEMENT, control_character

if TYPE_CHECKING:
    from yaml.events import ScalarEvent

    from timeline.source.anchors import Anchors
    from timeline.source.frames import Frame
    from timeline.source.reporter import Reporter

_PROSE = frozenset({"summary", "description", "location", "title", "quote", "name", "note"})
_COMMENT_HERE = regex(r"[ \t]+(#\S[^\r\n]*)")
_COMMENT_AFTER = regex(r"['\"]?[ \t]*:[ \t]+(#[^\r\n]*)")
_LINES = frozenset({"summary", "location", "title", "name", "note"})
_SHOWN = 80
_ESCAPE = regex(r"\\(?:x..|u.{4}|U.{8}|[^xuU])", re.DOTALL)
_RULE = regex(r"rrule:[ ]*(\S[^{}\[\]#]*?)(?=[ ]*(?:[}\]]|,[ ]*[a-z-]+:|$))")
# A text in brackets with its commas, up to the next key.
_SPLIT_TEXT = regex(
    r"[^,\[\]{}\r\n#]+?(?:,[ ]*(?![\w-]+:(?:[ ]|$))[^,\[\]{}:\r\n#]+?)+(?=[ ]*(?:[,}]|$))"
)
_WORD = regex(r"[a-z][a-z_-]*", re.ASCII)
_NUMBERS = frozenset({"latitude", "longitude"})
_DECIMAL_COMMA = regex(r"(-?\d{1,3}),(\d{1,12})", re.ASCII)
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


class ScalarChecker:
    """Report what is wrong with the values of a file, one scalar at a time."""

    def __init__(self, reporter: Reporter, frames: list[Frame], anchors: Anchors) -> None:
        self._reporter = reporter
        self._text = reporter.text
        self._frames = frames
        self._anchors = anchors
        self._split_end = 0

    def check_empty(self, event: ScalarEvent, key_event: ScalarEvent | None) -> None:
        """Report an empty value. ``key_event`` is the last scalar before it, which is its key."""
        frame = self._frames[-1]
        key = frame.key
        if len(self._frames) == 1:  # the whole file, which is reported as `not-a-mapping`
            return
        if key is DROPPED or is_in_complex_key(self._frames) or (event.tag and not event.value):
            return  # a consequence of what has been reported
        what = "this item" if key is None else f"`{key}`"
        help_ = help_for_empty_key(key)
        if event.value:
            self._reporter.report(
                rules.EMPTY_VALUE,
                f"{what} is `{event.value}`, expected a value",
                self._reporter.at(event),
                help=help_,
            )
            return
        # There are no characters to point at: it is the key, or the dash or bracket before it.
        if key is not None and key_event is not None:
            if (
                self._cuts_rule(key_event)
                or self._is_without_space(key_event)
                or self._splits_text(key_event)
            ):
                return
            at = self._reporter.at(key_event)
            if comment := _COMMENT_AFTER.match(self._text.clean, end_of(key_event)):
                value = yaml_quoted(comment[1].rstrip()[:_SHOWN])
                help_ = f"`#` begins a comment; if that is the value, write `{key}: {value}`"
        else:
            index = start_of(event)
            while index > 1 and self._text.clean[index - 1].isspace():
                index -= 1
            at = self._text.span(index - 1, index)
        self._reporter.report(rules.EMPTY_VALUE, f"{what} has no value", at, help=help_)
        if event.anchor is not None and event.anchor not in self._anchors:
            self._anchors.without_value(event.anchor, self._reporter.diagnostics[-1])

    def _is_without_space(self, key: ScalarEvent) -> bool:
        """Report ``{id:gala}``, which is a key without a value; return whether it is one."""
        from timeline.source.syntax.keys import missing_space_at  # noqa: PLC0415 - rarely needed

        written = "" if key.style or key.anchor is not None else key.value
        if not (diagnostic := missing_space_at(self._text, start_of(key), end_of(key), written)):
            return False
        name, value = written.split(":", 1)
        # So that it is not missed.
        self._frames[-1].container.setdefault(name.strip(), value.strip())
        self._reporter.add(diagnostic)
        return True

    def _cuts_rule(self, key: ScalarEvent) -> bool:
        """Report ``{rrule: FREQ=WEEKLY;BYDAY=MO,WE}``; return whether ``key`` is its ``WE``."""
        container = self._frames[-1].container
        clean, start = self._text.clean, start_of(key)
        begins = clean.rfind("rrule:", self._text.line_start(start), start)
        rule = _RULE.match(clean, begins, self._text.line_end(start)) if begins >= 0 else None
        if not rule or rule.end() < end_of(key) or rule.group(1)[0] in "'\"" or key.style:
            return False
        if container.get("rrule") is not None:
            container["rrule"] = None  # of which the beginning was read
            self._reporter.report(
                rules.UNQUOTED_TEXT,
                "this rule ends at its first `,`: in brackets, a text with a comma needs quotes",
                self._text.span(*rule.span(1)),
                help=f"put the rule in quotes: `rrule: {yaml_quoted(rule.group(1))}`",
                edit=Edit(self._text.span(*rule.span(1)), yaml_quoted(rule.group(1))),
            )
        return True

    def _splits_text(self, key: ScalarEvent) -> bool:
        """Report ``{location: Cēsis, Latvia}``, a text that ends at its comma.

        Return whether ``key`` is its ``Latvia``, or what follows another comma of the same text.
        """
        from timeline.source.syntax.keys import is_like_key  # noqa: PLC0415 - rarely needed

        start = start_of(key)
        if start < self._split_end:
            return True
        container, name = self._frames[-1].container, str(key.value)
        node = self._frames[-1].node
        if node is None or not node.is_flow or key.style or not container:
            return False
        before = next(reversed(container))
        value = node.children.get(before)
        if value is None or value.style or before is DROPPED or is_like_key(name):
            return False
        text = _SPLIT_TEXT.match(self._text.clean, value.start, self._text.line_end(value.start))
        if text is None or text.end() < end_of(key):
            return False
        self._split_end, written = text.end(), text.group()
        container[before] = None  # of which the beginning was read
        at = self._text.span(*text.span())
        if before in _NUMBERS and (number := _DECIMAL_COMMA.fullmatch(written)):
            better = f"{number[1]}.{number[2]}"
            self._reporter.report(
                rules.UNQUOTED_TEXT,
                "this number ends at its `,`: a decimal is written with a point",
                at,
                help=f"write `{before}: {better}`",
                edit=Edit(at, better),
            )
            return True
        self._reporter.report(
            rules.UNQUOTED_TEXT,
            "this text ends at its first `,`: in brackets, a text with a comma needs quotes",
            at,
            help=f"put the text in quotes: `{before}: {yaml_quoted(written)}`",
            # A word in lower-case letters may be meant as a key.
            edit=None if _WORD.fullmatch(name) else Edit(at, yaml_quoted(written)),
        )
        return True

    def check_escapes(self, event: ScalarEvent) -> str:
        r"""Return the value, without characters that only an escape can give, ``"\x07"``."""
        value: str = event.value
        if self._frames[-1].key in _LINES and "\n" in value:
            value = self._check_line_break(event, value)
        turned = any(unclosed_direction(line) is not None for line in value.splitlines())
        if not turned and FORBIDDEN_IN_VALUE.search(value) is None:
            return value
        start = start_of(event)
        for escape in _ESCAPE.finditer(self._text.clean, start, end_of(event)):
            written = escape.group()[1:]
            character = _ESCAPES.get(written) or (chr(int(written[1:], 16)) if written[1:] else "")
            if turned and unclosed_direction(character) is not None:
                self._reporter.add(direction_change(character, self._text.span(*escape.span())))
                turned = False
            if FORBIDDEN_IN_VALUE.match(character):
                self._reporter.add(control_character(character, self._text.span(*escape.span())))
        return FORBIDDEN_IN_VALUE.sub(REPLACEMENT, value)

    def _check_line_break(self, event: ScalarEvent, value: str) -> str:
        r"""Report the line break of ``summary: "C:\new"``, where one line is expected."""
        start, end = start_of(event), end_of(event)
        index = self._text.clean.find(r"\n", start, end)
        if index < 0 or self._text.place(start)[0] != self._text.place(end)[0]:
            return value
        written = self._text.clean[start + 1 : end - 1]
        single = f": `'{written}'`" if "'" not in written and len(written) <= _SHOWN else ""
        self._reporter.report(
            rules.SEVERAL_LINES,
            r"`\n` in double quotes is a line break, and one line is expected",
            self._text.span(index, index + 2),
            help=f"put the text in single quotes{single}, or write a space there",
        )
        return value.replace("\n", " ")

    def check_comment(self, event: ScalarEvent) -> None:
        """Report ``summary: Stage #1``, also below ``summary:`` by language."""
        key = self._frames[-1].key
        if key is None or not (key in _PROSE or self._frames[-2].key in _PROSE):
            return
        if len(self._reporter.diagnostics) > MOST:
            return
        end = end_of(event)
        comment = _COMMENT_HERE.match(self._text.clean, end)
        if comment is None:
            return
        # With an anchor or over several lines there is no one line to show.
        start = start_of(event)
        shown = ""
        if self._text.place(start)[0] == self._text.place(end)[0] and event.anchor is None:
            shown = f": `{in_quotes(self._text, start, keep_comment=True)}`"
        word = comment.group(1).split()[0].rstrip(",;")
        at = self._text.span(comment.start(1), comment.start(1) + len(comment.group(1).rstrip()))
        self._reporter.add(
            Diagnostic(
                rules.LOST_COMMENT,
                f"`{word}` begins a comment and is not part of the text",
                at,
                help=f"put the text in quotes{shown}; or write a space after the `#`",
            )
        )
