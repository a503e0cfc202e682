"""Where a Markdown document has places for a timeline: the comments that mark them.

A marker counts where CommonMark 0.31 has an HTML block begin (4.6), on a line of its own, at most
three blanks further in than the list item it is in. So what stands in a code block, fenced or
indented, in another comment, in a quotation or behind words is not one. Only as much of the block
structure is followed as that takes: list items, fences and the HTML blocks that may hold anything.
A line that goes on with a paragraph of a list item from further left is taken to end the item.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from timeline._records import dataclass
from timeline.diagnostics import rules
from timeline.diagnostics.model import Diagnostic, Note
from timeline.diagnostics.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.diagnostics.model import Span
    from timeline.diagnostics.rules import Rule
    from timeline.source.text import Text

START = "<!-- timeline:start -->"
END = "<!-- timeline:end -->"


@dataclass(frozen=True, slots=True)
class Option:
    """What a marker asks for; the places are those of its key and of its value's text."""

    key: str
    value: str
    key_at: Span
    value_at: Span


@dataclass(frozen=True, slots=True)
class Place:
    """What stands between two markers: characters ``[start, end)``, whole lines.

    ``indent`` is what stands before the markers, ``newline`` what ends the line of the first, and
    ``at`` where that is.
    """

    start: int
    end: int
    indent: str
    newline: str
    options: tuple[Option, ...]
    at: Span


def places(text: Text) -> tuple[list[Place], list[Diagnostic]]:
    """Give the places of a document, and what is wrong with its markers."""
    reader = _Reader(text)
    for line, at in _html_blocks(text):
        reader.take(line, at)
    return reader.found, reader.finish()


def left_alone(text: Text) -> list[int]:
    """Give the lines that hold a marker which is none: in code, in a quotation, behind words."""
    counted = {line for line, _ in _html_blocks(text)}
    front = _front_matter(text)
    lines = sorted({text.place(found.start())[0] for found in _MARKER.finditer(text.raw)})
    return [line for line in lines if line not in counted and line > front]


# Blocks.

_FENCE = re.compile(r"(?P<fence>`{3,})[^`]*|(?P<tildes>~{3,}).*")
_ITEM = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])(?= |$)")
_BREAK = re.compile(r"(?:(?:\* *){3,}|(?:- *){3,})")
_HTML = (  # what begins a block that ends at a certain text, not at a blank line
    (re.compile(r"<(?:script|pre|style|textarea)(?=[ >]|$)", re.IGNORECASE), "</"),
    (re.compile("<!--"), "-->"),
    (re.compile(r"<\?"), "?>"),
    (re.compile("<![A-Za-z]"), ">"),
    (re.compile(r"<!\[CDATA\["), "]]>"),
)
_VERBATIM_END = re.compile("</(?:script|pre|style|textarea)>", re.IGNORECASE)


def _html_blocks(text: Text) -> Iterator[tuple[int, int]]:
    """Give the lines, by number from 1, at which a comment begins, and the index of it there."""
    blocks = _Blocks()
    front = _front_matter(text)
    for number, start in enumerate(text.starts, 1):
        if number <= front:
            continue
        line = text.line(number) or ""
        if blocks.has_comment(line.expandtabs(4)):
            yield number, start + len(line) - len(line.lstrip(" \t"))


def _front_matter(text: Text) -> int:
    """Give the number of lines of the YAML above a document, which is no Markdown; 0 for none."""
    if (text.line(1) or "").removeprefix("\ufeff").rstrip() != "---":
        return 0
    for number in range(2, len(text.starts) + 1):
        line = (text.line(number) or "").rstrip()
        if line in ("---", "..."):
            return number
        if number == 2 and not line:  # a thematic break, not the start of YAML
            return 0
    return 0


class _Blocks:
    """The blocks that are open: list items by the column of their content, and code or HTML."""

    def __init__(self) -> None:
        self.items: list[int] = []
        self.closing: re.Pattern[str] | None = None  # ends what is open
        self.is_fence = False
        self.is_bare = False  # the last line began an item, and has nothing in it

    def has_comment(self, line: str) -> bool:
        """Take the next line, without tabs; say whether it begins with a comment, as a block."""
        rest = line.lstrip(" ")
        if not rest:
            if self.is_bare:  # an item may begin with one empty line, not with two
                self.items.pop()
            self.is_bare = False
            return False
        self.is_bare = False
        indent = len(line) - len(rest)
        while self.items and indent < self.items[-1]:
            self.items.pop()
            self.closing = None  # what is open ends with its list item
        indent -= self.items[-1] if self.items else 0
        if self.closing is not None:
            self._close(rest, indent)
            return False
        rest, indent, is_item = self._enter(rest, indent)
        if indent > 3 or not rest:
            return False
        self._open(rest)
        return rest.startswith("<!--") and not is_item

    def _close(self, rest: str, indent: int) -> None:
        if self.closing is None or (self.is_fence and indent > 3):
            return
        if self.closing.fullmatch(rest) if self.is_fence else self.closing.search(rest):
            self.closing = None

    def _enter(self, rest: str, indent: int) -> tuple[str, int, bool]:
        """Go into the list items that begin on this line."""
        is_item = False
        while indent <= 3 and not _BREAK.fullmatch(rest) and (mark := _ITEM.match(rest)):
            is_item = True
            after = rest[mark.end() :]
            rest = after.lstrip(" ")
            blanks = len(after) - len(rest)
            width = blanks if rest and blanks <= 4 else 1  # more is code, in the item
            self.items.append((self.items[-1] if self.items else 0) + indent + mark.end() + width)
            indent = blanks - width if rest else 0
            self.is_bare = not rest
        return rest, indent, is_item

    def _open(self, rest: str) -> None:
        if fence := _FENCE.fullmatch(rest):
            mark = fence["fence"] or fence["tildes"]
            self.closing = re.compile(f"{re.escape(mark)}{re.escape(mark[0])}* *")
            self.is_fence = True
            return
        for begins, ends in _HTML:
            if begin := begins.match(rest):
                closing = _VERBATIM_END if ends == "</" else re.compile(re.escape(ends))
                # A comment may end where it begins: `<!-->` is a whole one.
                if not closing.search(rest, 0 if ends == "-->" else begin.end()):
                    self.closing, self.is_fence = closing, False
                return


# Markers.

_MARKER = re.compile(r"<!--[ \t]*timeline:(?P<word>[A-Za-z]+)")
_NEARLY = re.compile(
    r"<!--[ \t]*(?P<name>timeline(?:[ \t]*[:_-][ \t]*|[ \t]+)(?P<word>[a-z]+))"
    r"(?=[ \t]*-->|[ \t]+[^\s=]+=)",
    re.IGNORECASE,
)
_WORDS = {"begin": "start", "stop": "end", "finish": "end", "close": "end"}


class _Reader:
    """Reads the markers in order, pairs them and says what is wrong."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.found: list[Place] = []
        self.diagnostics: list[Diagnostic] = []
        self.open: Place | None = None  # without its end
        self.is_broken = False  # a mistake in its marker has been told
        self.is_told = False  # one of how it is paired, too
        self.nested = 0

    def take(self, number: int, index: int) -> None:
        """Read the comment at an index of a line, if it is a marker."""
        raw = self.text.raw
        end = self.text.line_end(index)
        marker = _MARKER.match(raw, index, end)
        if marker is None:
            self._nearly(index, end)
            return
        word = marker["word"]
        if word not in ("start", "end"):
            self._unknown(word, marker.start("word"))
            return
        close = raw.find("-->", marker.end(), end)
        at = self.text.span(index, end if close < 0 else close + 3)
        if close < 0:
            self._say(
                rules.MARKER_SYNTAX,
                "the marker is not closed on its line",
                at,
                "put `-->` at its end",
            )
            close = end
        elif raw[close + 3 : end].strip():
            after = self.text.span(close + 3, end)
            self._say(
                rules.MARKER_SYNTAX,
                "something stands behind the marker",
                after,
                "put it on a line below",
            )
        told = len(self.diagnostics)
        options, mistakes = pairs(self.text, marker.end(), close)
        self.diagnostics += mistakes
        begin = self.text.starts[number - 1]
        if word == "end":
            self._end(begin, raw[begin:index], at, options)
            return
        following = self.text.starts[number] if number < len(self.text.starts) else len(raw)
        newline = raw[end:following]
        self._start(
            Place(following, following, raw[begin:index], newline, options, at),
            is_broken=len(self.diagnostics) > told,
        )
        if "timeline:end" in raw[close:end]:
            self.open = None  # on the same line, which has been told

    def finish(self) -> list[Diagnostic]:
        """Give what is wrong, once all lines were taken."""
        if self.open is not None and not self.is_told:
            message = "the timeline that begins here has no end"
            self._say(
                rules.UNPAIRED_MARKER, message, self.open.at, f"put `{END}` where it is to end"
            )
        return self.diagnostics

    def _start(self, start: Place, *, is_broken: bool) -> None:
        if self.open is None:
            self.open, self.is_broken, self.is_told, self.nested = start, is_broken, False, 0
            return
        self._say(
            rules.UNPAIRED_MARKER,
            "a timeline begins within another",
            start.at,
            f"put `{END}` above this line, or delete it",
            Note("the other begins here", self.open.at),
        )
        self.nested += 1
        self.is_told = True  # that the first has no end is the same mistake

    def _end(self, begin: int, indent: str, at: Span, options: tuple[Option, ...]) -> None:
        if options:
            message = f"`{options[0].key}` stands in the marker of the end"
            self._say(
                rules.MARKER_SYNTAX, message, options[0].key_at, "move it to the start marker"
            )
        if self.open is None:
            help_ = f"put `{START}` where it is to begin, or delete this line"
            notes = self._uncounted(at)
            self._say(rules.UNPAIRED_MARKER, "no timeline begins above this end", at, help_, *notes)
        elif self.nested:
            self.nested -= 1
        else:
            start, self.open = self.open, None
            if indent != start.indent:
                # Or it could be found in the old content's list item, and not in the new one's.
                self._say(
                    rules.MARKER_SYNTAX,
                    "the two markers are indented differently",
                    at,
                    "put the same blanks before both",
                    Note("the timeline begins here", start.at),
                )
            if not self.is_broken:
                self.found.append(replace(start, end=begin))

    def _uncounted(self, at: Span) -> Iterator[Note]:
        """Point at a start that is no marker, in the line above."""
        line = self.text.line(at.line - 1) or ""
        found = _MARKER.search(line)
        if found is not None and found["word"] == "start" and line[: found.start()].strip():
            index = self.text.starts[at.line - 2] + found.start()
            message = "this one does not count, for it does not stand alone on its line"
            yield Note(message, self.text.span(index, self.text.line_end(index)))

    def _nearly(self, index: int, end: int) -> None:
        near = _NEARLY.match(self.text.raw, index, end)
        meant = near and (_WORDS.get(near["word"].lower()) or near["word"].lower())
        if near is None or meant not in ("start", "end"):
            return  # somebody else's comment
        at = self.text.span(*near.span("name"))
        self._say(
            rules.MARKER_SYNTAX, f"`{near['name']}` is no marker", at, f"write `timeline:{meant}`"
        )

    def _unknown(self, word: str, index: int) -> None:
        meant = _WORDS.get(word.lower()) or nearest(word, ("start", "end"))
        if meant is None:
            return  # somebody else's comment
        at = self.text.span(index, index + len(word))
        self._say(rules.MARKER_SYNTAX, f"no marker is called `{word}`", at, f"write `{meant}`")

    def _say(self, rule: Rule, message: str, at: Span, help_: str, *notes: Note) -> None:
        self.diagnostics.append(Diagnostic(rule, message, at, help=help_, notes=notes))


# Options.


def pairs(text: Text, index: int, end: int) -> tuple[tuple[Option, ...], list[Diagnostic]]:
    """Read ``key=value`` pairs with blanks before them, up to ``end`` or to the first mistake."""
    raw = text.raw
    found: list[Option] = []
    while True:
        blanks = len(raw[index:end]) - len(raw[index:end].lstrip())
        index += blanks
        if index == end:
            return tuple(found), []
        option = _OPTION.match(raw, index, end)
        if option is None or not blanks:
            word = raw[index:end].split(maxsplit=1)[0]
            at = text.span(index, index + len(word))
            return tuple(found), [
                Diagnostic(rules.MARKER_SYNTAX, _not_an_option(word, blanks), at, help=_HOW)
            ]
        found.append(_option(text, option))
        index = option.end()


def entries(text: Text, index: int, end: int) -> tuple[tuple[Option, ...], list[Diagnostic]]:
    """Read lines of ``key: value``, and say which are none; a line may be empty."""
    found: list[Option] = []
    diagnostics = []
    while index < end:
        line_end = min(text.line_end(index), end)
        line = text.raw[index:line_end].strip()
        if entry := _ENTRY.fullmatch(text.raw, index, line_end):
            found.append(_option(text, entry))
        elif line:
            begin = text.raw.index(line, index)
            at = text.span(begin, begin + len(line))
            diagnostics.append(
                Diagnostic(rules.MARKER_SYNTAX, f"`{line}` is no option", at, help=_HOW_IN_LINES)
            )
        index = line_end + 1
    return tuple(found), diagnostics


def _option(text: Text, match: re.Match[str]) -> Option:
    which = next(name for name in ("double", "single", "bare") if match[name] is not None)
    key_at, value_at = text.span(*match.span("key")), text.span(*match.span(which))
    return Option(match["key"], match[which], key_at, value_at)


def _not_an_option(word: str, blanks: int) -> str:
    if not blanks:
        return f"there is no blank before `{word}`"
    _, equals, value = word.partition("=")
    if value[:1] in ('"', "'") and value:
        return f"the quote in `{word}` is not closed"
    return f"`{word}` has no value" if equals else f"`{word}` is no option"


_HOW = 'write options as `key=value`, with `"…"` around a value that holds blanks'
_OPTION = re.compile(
    r"""(?P<key>[^\s=]+)=(?:"(?P<double>[^"]+)"|'(?P<single>[^']+)'|(?P<bare>[^\s"'=][^\s"']*))"""
)
_HOW_IN_LINES = "write options as `key: value`, one a line"
_ENTRY = re.compile(
    r"""\s*(?P<key>[^\s:]+):\s+"""
    r"""(?:"(?P<double>[^"]+)"|'(?P<single>[^']+)'|(?P<bare>[^\s"'](?:.*\S)?))\s*"""
)
