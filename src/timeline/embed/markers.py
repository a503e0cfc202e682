"""Find the markers of a Markdown document, and the places for timelines between them.

A marker is a comment that starts a block, see `blocks`: of HTML, or in braces as in MDX. Both
markers of a timeline are of the same kind.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.diagnostics import MOST, Diagnostic, Note, nearest, rules
from timeline.embed.blocks import comment_blocks, front_matter_length, is_mdx
from timeline.embed.options import parse_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.diagnostics import Rule, Span
    from timeline.embed.options import WrittenOption
    from timeline.source import SourceText


class Comment(Struct, frozen=True):
    """How a comment begins and ends."""

    opening: str
    closing: str

    def marker(self, word: str) -> str:
        """Return a marker without options."""
        return f"{self.opening} timeline:{word} {self.closing}"


HTML, MDX = Comment("<!--", "-->"), Comment("{/*", "*/}")


class Place(Struct, frozen=True):
    """The place between two markers: characters ``[start, end)``, whole lines.

    ``indent`` is the white space before the markers, ``newline`` the line end of the start marker,
    ``at`` the place of that marker, and ``comment`` its kind.
    """

    start: int
    end: int
    indent: str
    newline: str
    options: tuple[WrittenOption, ...]
    at: Span
    comment: Comment


def find_places(text: SourceText) -> tuple[list[Place], list[Diagnostic]]:
    """Return the places of a document, and what is wrong with its markers."""
    reader = _Reader(text)
    for line, index in comment_blocks(text):
        reader.read(line, index)
        if len(reader.diagnostics) > MOST:  # more is not reported
            break
    return reader.places, reader.finish()


def ignored_markers(text: SourceText) -> list[int]:
    """Return the lines of markers that do not count: in code, in a block quote or after text."""
    lines = sorted({text.place(marker.start())[0] for marker in _MARKER.finditer(text.raw)})
    if not lines:
        return []
    counted = {line for line, _ in comment_blocks(text)}
    front = front_matter_length(text)
    return [line for line in lines if line not in counted and line > front]


_MARKER = re.compile(r"(?P<opening><!--|\{/\*)[ \t]*timeline:(?P<word>[A-Za-z]+)")
_NEARLY = re.compile(
    r"(?:<!--|\{/\*)[ \t]*(?P<name>timeline(?:[ \t]*[:_-][ \t]*|[ \t]+)(?P<word>[a-z]+))"
    r"(?=[ \t]*(?:-->|\*/)|[ \t]+[^\s=]+=)",
    re.IGNORECASE,
)
_WORDS = {"begin": "start", "stop": "end", "finish": "end", "close": "end"}


_MOST_SHOWN = 200
"""The length of the markers that a help has with their options."""


class _Reader:
    """Reads the markers in order, pairs them and reports what is wrong."""

    def __init__(self, text: SourceText) -> None:
        self.text = text
        self.is_mdx = is_mdx(text.name)
        self.places: list[Place] = []
        self.diagnostics: list[Diagnostic] = []
        self.open: Place | None = None  # without its end
        self.is_broken = False  # an error in its marker has been reported
        self.is_unpaired = False  # an error of its pairing, too
        self.nested = 0

    def read(self, number: int, index: int) -> None:
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
        comment = HTML if marker["opening"] == HTML.opening else MDX
        close = raw.find(comment.closing, marker.end(), end)
        at = self.text.span(index, end if close < 0 else close + 3)
        if close < 0:
            self._report(
                rules.MARKER_SYNTAX,
                "the marker is not closed on its line",
                at,
                f"add `{comment.closing}` at its end",
            )
            close = end
        elif raw[close + 3 : end].strip():
            after = self.text.span(close + 3, end)
            self._report(
                rules.MARKER_SYNTAX,
                "there is text after the marker",
                after,
                "move it to a line below",
            )
        if comment is HTML and self.is_mdx and not (word == "end" and self._is_in(MDX)):
            written = f"{MDX.opening}{raw[index + len(HTML.opening) : close]}{MDX.closing}"
            self._report(
                rules.MARKER_SYNTAX,
                "MDX has no HTML comments, so it cannot read this document",
                at,
                f"write `{written}`" if len(written) <= _MOST_SHOWN else "write `{/*` and `*/}`",
            )
        reported = len(self.diagnostics)
        options, errors = parse_pairs(self.text, marker.end(), close)
        self.diagnostics += errors
        begin = self.text.starts[number - 1]
        if word == "end":
            self._end(begin, raw[begin:index], at, options, comment)
            return
        following = self.text.starts[number] if number < len(self.text.starts) else len(raw)
        newline = raw[end:following]
        self._start(
            Place(following, following, raw[begin:index], newline, options, at, comment),
            is_broken=len(self.diagnostics) > reported,
        )
        if "timeline:end" in raw[close:end]:
            self.open = None  # on the same line, which has been reported

    def finish(self) -> list[Diagnostic]:
        """Return what is wrong, once all lines are read."""
        if self.open is not None and not self.is_unpaired:
            message = "the timeline that begins here has no end"
            help_ = f"add `{self.open.comment.marker('end')}` where it should end"
            self._report(rules.UNPAIRED_MARKER, message, self.open.at, help_)
        return self.diagnostics

    def _is_in(self, comment: Comment) -> bool:
        """Return whether a timeline has begun with a kind of comment, and has not ended."""
        return self.open is not None and self.open.comment is comment

    def _start(self, start: Place, *, is_broken: bool) -> None:
        if self.open is None:
            self.open, self.is_broken, self.is_unpaired, self.nested = start, is_broken, False, 0
            return
        self._report(
            rules.UNPAIRED_MARKER,
            "a timeline begins within another",
            start.at,
            f"add `{self.open.comment.marker('end')}` above this line, or delete this line",
            Note("the other timeline begins here", self.open.at),
        )
        self.nested += 1
        self.is_unpaired = True  # that the first has no end is the same error

    def _end(
        self,
        begin: int,
        indent: str,
        at: Span,
        options: tuple[WrittenOption, ...],
        comment: Comment,
    ) -> None:
        if options:
            message = f"`{options[0].key}` is in the end marker"
            self._report(
                rules.MARKER_SYNTAX, message, options[0].key_at, "move it to the start marker"
            )
        if self.open is None:
            help_ = f"add `{comment.marker('start')}` where it should begin, or delete this line"
            notes = self._uncounted(at)
            self._report(
                rules.UNPAIRED_MARKER, "no timeline begins above this end", at, help_, *notes
            )
        elif self.nested:
            self.nested -= 1
        else:
            start, self.open = self.open, None
            if indent != start.indent:
                # Otherwise the end could be in a list item of the old content.
                self._report(
                    rules.MARKER_SYNTAX,
                    "the two markers are indented differently",
                    at,
                    "put the same spaces before both",
                    Note("the timeline begins here", start.at),
                )
            if comment != start.comment and not (start.comment is HTML and self.is_mdx):
                # A reader of the document knows only one of the two, and shows the other.
                self._report(
                    rules.MARKER_SYNTAX,
                    "the two markers are different kinds of comments",
                    at,
                    f"write `{start.comment.marker('end')}`",
                    Note("the timeline begins here", start.at),
                )
            if not self.is_broken:
                self.places.append(replace(start, end=begin))

    def _uncounted(self, at: Span) -> Iterator[Note]:
        """Yield a note on a start that does not count, in the line above."""
        line = self.text.line(at.line - 1) or ""
        marker = _MARKER.search(line)
        if marker is not None and marker["word"] == "start" and line[: marker.start()].strip():
            index = self.text.starts[at.line - 2] + marker.start()
            message = "this marker is ignored, because it is not alone on its line"
            yield Note(message, self.text.span(index, self.text.line_end(index)))

    def _nearly(self, index: int, end: int) -> None:
        near = _NEARLY.match(self.text.raw, index, end)
        meant = near and (_WORDS.get(near["word"].lower()) or near["word"].lower())
        if near is None or meant not in ("start", "end"):
            return  # somebody else's comment
        at = self.text.span(*near.span("name"))
        self._report(
            rules.MARKER_SYNTAX,
            f"`{near['name']}` is not a marker",
            at,
            f"write `timeline:{meant}`",
        )

    def _unknown(self, word: str, index: int) -> None:
        meant = _WORDS.get(word.lower()) or nearest(word, ("start", "end"))
        if meant is None:
            return  # somebody else's comment
        at = self.text.span(index, index + len(word))
        self._report(rules.MARKER_SYNTAX, f"no marker is called `{word}`", at, f"write `{meant}`")

    def _report(self, rule: Rule, message: str, at: Span, help_: str, *notes: Note) -> None:
        self.diagnostics.append(Diagnostic(rule, message, at, help=help_, notes=notes))
