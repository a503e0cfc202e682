"""Find the lines of a Markdown document at which a comment starts as a block.

A comment is one of HTML, or in MDX, which has none, one of JavaScript in braces. In CommonMark 0.31
(4.6), an HTML comment that is a block is alone on its line, indented by at most three spaces more
than its list item; in MDX, which has no indented code, by any number. A comment in a code block, in
another comment, in a block quote or after text is not a block. Only the block structure that this
depends on is parsed: list items, fences and HTML blocks. A line that continues a paragraph of a
list item with less indentation is taken to end the item.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.source import SourceText

_FENCE = re.compile(r"(?P<fence>`{3,})[^`]*|(?P<tildes>~{3,}).*")
_ITEM = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])(?= |$)")
_SPACES = re.compile(" *")
_HTML = (  # beginnings of blocks that end at a certain text, not at an empty line
    (re.compile(r"<(?:script|pre|style|textarea)(?=[ >]|$)", re.IGNORECASE), "</"),
    (re.compile("<!--"), "-->"),
    (re.compile(r"\{/\*"), "*/"),
    (re.compile(r"<\?"), "?>"),
    (re.compile("<![A-Za-z]"), ">"),
    (re.compile(r"<!\[CDATA\["), "]]>"),
)
_VERBATIM_END = re.compile("</(?:script|pre|style|textarea)>", re.IGNORECASE)


def comment_blocks(text: SourceText) -> Iterator[tuple[int, int]]:
    """Yield the lines at which a comment begins, as numbers from 1, and its index in the text."""
    blocks = _Blocks(_ANY_INDENT if is_mdx(text.name) else _MOST_INDENT)
    front = front_matter_length(text)
    for number, start in enumerate(text.starts, 1):
        if number <= front:
            continue
        line = text.line(number) or ""
        if blocks.has_comment(line.expandtabs(4)):
            yield number, start + len(line) - len(line.lstrip(" \t"))


def is_mdx(name: str) -> bool:
    """Return whether a document is MDX, by its name."""
    return name.lower().endswith(".mdx")


_MOST_INDENT = 3
_ANY_INDENT = 2**31  # MDX has no indented code
COMMENTS = ("<!--", "{/*")


def front_matter_length(text: SourceText) -> int:
    """Return the number of lines of the YAML front matter, which is not Markdown; 0 for none."""
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
    """The open blocks: list items by the column of their content, and code or HTML."""

    def __init__(self, most_indent: int) -> None:
        self.most_indent = most_indent
        self.items: list[int] = []
        self.closing: re.Pattern[str] | None = None  # ends the open block
        self.is_fence = False
        self.is_bare = False  # the last line began an item and has no content

    def has_comment(self, line: str) -> bool:
        """Take the next line, without tabs; return whether a comment block begins on it."""
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
            self.closing = None  # an open block ends with its list item
        indent -= self.items[-1] if self.items else 0
        if self.closing is not None:
            self._close(rest, indent)
            return False
        rest, indent, is_item = self._enter(rest, indent)
        if indent > self.most_indent or not rest:
            return False
        self._open(rest)
        return rest.startswith(COMMENTS) and not is_item

    def _close(self, rest: str, indent: int) -> None:
        if self.closing is None or (self.is_fence and indent > self.most_indent):
            return
        if self.closing.fullmatch(rest) if self.is_fence else self.closing.search(rest):
            self.closing = None

    def _enter(self, rest: str, indent: int) -> tuple[str, int, bool]:
        """Enter the list items that begin on this line, and return what is left of it."""
        # By the index, because copying or reading the rest for each item takes quadratic time.
        at, is_item = 0, False
        breaks = {mark: len(rest.rstrip(f"{mark} ")) for mark in "*-"}
        while indent <= self.most_indent and not _is_break(rest, at, breaks):
            mark = _ITEM.match(rest, at)
            if mark is None:
                break
            is_item = True
            content = _SPACES.match(rest, mark.end())
            assert content is not None  # noqa: S101 - it also matches no space
            spaces, is_bare = len(content[0]), content.end() == len(rest)
            width = spaces if not is_bare and spaces <= 4 else 1  # more is code, in the item
            above = self.items[-1] if self.items else 0
            self.items.append(above + indent + len(mark[0]) + width)
            indent = 0 if is_bare else spaces - width
            at, self.is_bare = content.end(), is_bare
        return rest[at:], indent, is_item

    def _open(self, rest: str) -> None:
        if fence := _FENCE.fullmatch(rest):
            mark = fence["fence"] or fence["tildes"]
            self.closing = re.compile(f"{re.escape(mark)}{re.escape(mark[0])}* *")
            self.is_fence = True
            return
        for begins, ends in _HTML:
            if begin := begins.match(rest):
                closing = _VERBATIM_END if ends == "</" else re.compile(re.escape(ends))
                # `<!-->` is a whole comment.
                if not closing.search(rest, 0 if ends == "-->" else begin.end()):
                    self.closing, self.is_fence = closing, False
                return


def _is_break(line: str, at: int, breaks: dict[str, int]) -> bool:
    """Return whether a line is a thematic break from an index on, such as `* * *`.

    ``breaks`` has for each mark the index from which the line contains only that mark and spaces.
    """
    mark = line[at : at + 1]
    return mark in breaks and at >= breaks[mark] and line.count(mark, at) >= 3
