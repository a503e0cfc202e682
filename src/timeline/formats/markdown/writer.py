"""The timeline as Markdown: a heading a year, an item or a row an event, children below parents.

CommonMark, and for the table style GFM's tables, written so that Python-Markdown (MkDocs) and
MyST (Sphinx) read it alike: list markers are four columns wide, nesting is by four blanks, and
there is no HTML. What authors wrote is escaped to stay text in all of them. Or a diagram, see
``mermaid``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from timeline.formats.markdown import mermaid
from timeline.formats.markdown.options import MERMAID, TABLE
from timeline.model.occurrences import current, sentences
from timeline.model.outline import Tense, next_ids, tense, walk, years
from timeline.model.words.dates import TO_BE_CONFIRMED, when_words, year_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from timeline.formats.markdown.options import MarkdownOptions
    from timeline.model.events import Calendar, Event, Person, Source
    from timeline.model.outline import Node

DEEPEST = 8
"""Below this depth nesting is not shown: markdown-it gives up on more than twenty blocks."""


def render(calendar: Calendar, options: MarkdownOptions) -> Iterator[bytes]:
    """Give the document in chunks: UTF-8, LF, one newline at the end."""
    blank = ""
    for block in _blocks(calendar, options):
        yield (blank + block).encode()
        blank = "\n"


def _blocks(calendar: Calendar, options: MarkdownOptions) -> Iterator[str]:
    """Give what stands between blank lines, each with its own last newline."""
    if options.title:
        if options.heading_level > 1:
            yield f"{'#' * (options.heading_level - 1)} {_heading(calendar.name)}\n"
        if calendar.description:
            for paragraph in paragraphs(calendar.description):
                yield "\n".join(paragraph) + "\n"
    groups = years(calendar)
    if not groups:
        yield "No events.\n"
    marks = _Marks(calendar, options.as_of)
    if groups and options.style == MERMAID:
        yield from mermaid.diagrams(calendar, marks.titled)
        return
    is_table = options.style == TABLE
    has_where = any(event.location for event in calendar.events)
    for year, nodes in groups:
        name = _capital(TO_BE_CONFIRMED) if year is None else year_words(year)
        yield f"{'#' * options.heading_level} {name}\n"
        if is_table:
            yield "".join(_rows(nodes, marks, dated=year is not None, where=has_where))
        else:
            yield "".join(_items(nodes, marks, dated=year is not None))


class _Marks:
    """The words that place an event in time, seen from a day; none without a day."""

    def __init__(self, calendar: Calendar, as_of: date | None) -> None:
        self.as_of = as_of
        self.next = next_ids(calendar, as_of) if as_of else frozenset()

    def of(self, event: Event) -> str:
        if self.as_of is None or event.status == "cancelled":
            return ""
        if event.id in self.next:
            return "next"
        found = tense(current(event, self.as_of), self.as_of)
        return found.value if found in (Tense.PAST, Tense.NOW) else ""

    def titled(self, event: Event) -> str:
        """Give the title, its status, its mark and that it repeats, as plain text."""
        told = _with_status(event, event.summary)
        if mark := self.of(event):
            told = f"{told} ({mark})"
        again = next(sentences(event), None)
        return f"{told} ({again[0].lower()}{again[1:]})" if again else told


# Lists.


def _items(nodes: list[Node], marks: _Marks, *, dated: bool) -> Iterator[str]:
    """Give the items, children indented below their parents.

    A list is loose, with blank lines between its items, where one of them has paragraphs of its
    own. Each list decides for itself, and for all its items, so that no renderer mixes the two.
    """
    # By the parent of a list: what stands between its items, and before the first of them.
    between: dict[str | None, str] = {None: _gap(nodes)}
    before: dict[str | None, str] = {None: ""}
    for node, depth in walk(nodes):
        event, details = node.event, _details(node.event)
        if node.children:
            between[event.id] = _gap(node.children)
            before[event.id] = "\n" if details else ""
        parent = event.parent if depth else None
        gap = before.pop(parent) if parent in before else between[parent]
        indent = "    " * min(depth, DEEPEST) if depth else ""
        item = f"{gap}{indent}-   {_head(event, marks, dated=dated or depth > 0)}\n"
        for paragraph in details:
            lines = f"\n{indent}    ".join(paragraph)
            item = f"{item}\n{indent}    {lines}\n"
        yield item


def _gap(nodes: list[Node]) -> str:
    return "\n" if any(_details(node.event) for node in nodes) else ""


def _head(event: Event, marks: _Marks, *, dated: bool) -> str:
    """Give the first line: when, what, where."""
    when, what = when_words(event.when), _what(event)
    if event.location:
        what = f"{what}, {_again(event.location)}"
    if event.categories:
        what = f"{what} · *{_again(', '.join(event.categories))}*"
    if not dated and when == TO_BE_CONFIRMED:
        return _line_start(what)
    mark = f" ({mark})" if marks.as_of and (mark := marks.of(event)) else ""
    return f"**{_date(when)}**{mark} — {what}"


def _details(event: Event) -> list[list[str]]:
    """Give the paragraphs below the first line, each as its lines."""
    # Most of what an event may have it has not: that costs a look, and no call.
    found = []
    if event.recurrence:
        found += [[_line_start(inline(sentence))] for sentence in sentences(event)]
    if event.was:
        found.append([_line_start(_capital(_was(event)))])
    if event.description:
        found += paragraphs(event.description)
    return found + _facts(event)


# Tables.


def _rows(nodes: list[Node], marks: _Marks, *, dated: bool, where: bool) -> Iterator[str]:
    """Give the lines of a table, with a column for places if there are any in the document."""
    yield (
        "| Date | Event | Where |\n| --- | --- | --- |\n"
        if where
        else ("| Date | Event |\n| --- | --- |\n")
    )
    for node, depth in walk(nodes):
        event = node.event
        when = when_words(event.when)
        date = "" if not dated and not depth and when == TO_BE_CONFIRMED else _date(when)
        if mark := marks.of(event):
            date = f"{date} ({mark})"
        row = f"| {date} | {'↳ ' * min(depth, DEEPEST)}{_cell(event)} |"
        if where:
            row = f"{row} {_again(event.location) if event.location else ''} |"
        yield f"{row}\n"


def _cell(event: Event) -> str:
    parts = [_what(event)]
    if event.categories:
        parts.append(f"*{_again(', '.join(event.categories))}*")
    text = " · ".join(parts)
    details = [" ".join(paragraph) for paragraph in _details(event)]
    return " — ".join([text, *details])


# What an event says.


def _what(event: Event) -> str:
    what = inline(event.summary)
    if event.url and (target := _target(event.url)):
        what = f"[{what}]({target})"
    return _with_status(event, what) if event.status else what


def _with_status(event: Event, what: str) -> str:
    if event.status == "tentative":
        return f"{what} (tentative)"
    if event.status in ("cancelled", "postponed"):
        return f"{_capital(event.status)}: {what}"
    return what


def _was(event: Event) -> str:
    told = []
    for was in event.was:
        words = when_words(was.when).replace("_", "\\_")
        told.append(f"{words} ({inline(was.note)})" if was.note else words)
    return f"previously {', before that '.join(told)}"


def _facts(event: Event) -> list[list[str]]:
    """Give what is told by name, each in a line: people, documents, sources."""
    found = []
    if event.organizer:
        found.append(_fact("Organizer", [_person(event.organizer)]))
    if event.contact:
        found.append(_fact("Contact", [_person(event.contact)]))
    links = [inline(event.url)] if event.url and not _target(event.url) else []
    if given := event.conference + event.attach + event.image:
        links += [_link(link.url, link.title) for link in given]
    if links:
        found.append(_fact("Links" if len(links) > 1 else "Link", links))
    if event.sources:
        name = "Sources" if len(event.sources) > 1 else "Source"
        found.append(_fact(name, [*map(_source, event.sources)]))
    return found


def _fact(name: str, entries: list[str]) -> list[str]:
    return [f"{name}: {' · '.join(entries)}"]


def _person(person: Person) -> str:
    if person.email:
        return _link(f"mailto:{person.email}", person.name or person.email)
    return inline(person.name or "")


def _source(source: Source) -> str:
    told = _link(source.url, source.title) if source.url else inline(source.title or "")
    if source.accessed:
        told = f"{told} (accessed {inline(source.accessed)})"
    return f"{told}: “{inline(source.quote)}”" if source.quote else told


def _link(url: str, title: str | None) -> str:
    target = _target(url)
    if target:
        return f"[{inline(title or url)}]({target})"
    return f"{inline(title)} ({inline(url)})" if title else inline(url)


_SAFE_URL = re.compile(r"(?:https?://|mailto:)[\w\-.~:/?#@!'*+,=%&]+", re.ASCII | re.IGNORECASE)
_LINKED = ("http://", "https://", "mailto:")
_UNSAFE_IN_URL = re.compile(r"[\s\\<>\"`|{}^$\[\]\x00-\x1f]")


def _target(url: str) -> str | None:
    """Give a link's destination, or ``None`` where the scheme is not one to click on.

    What no URL may contain is percent-encoded. Entities are, too, or ``&copy;`` would change.
    """
    if _SAFE_URL.fullmatch(url):
        return url
    if not url.lower().startswith(_LINKED):
        return None
    url = _UNSAFE_IN_URL.sub(
        lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), url
    )
    return f"<{url.replace('&', '&amp;')}>"


def _date(words: str) -> str:
    words = words.replace("_", "\\_")
    return words if words[0].isdigit() else _capital(words)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


# Escaping. A backslash works only before some characters in Python-Markdown; for all others, and
# for what a preprocessor looks for in the raw text (Liquid, Jinja, MathJax), there are entities.

_ESCAPES = (
    ("&", "&amp;"),
    ("\\", "&#92;"),  # some take an escaped one at the end of a line for a line break
    ("`", "\\`"),
    ("*", "\\*"),
    ("_", "\\_"),
    ("[", "&#91;"),  # a backslash would begin mathematics in pymdownx.arithmatex
    ("]", "&#93;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ("|", "&#124;"),
    ("~", "&#126;"),
    ("$", "&#36;"),
    ("{", "&#123;"),
    ("}", "&#125;"),
    ("^", "&#94;"),
    ("==", "&#61;&#61;"),
    ("@", "&#64;"),
)
_SPECIAL = b"\\&`*_[]<>|~${}^=+@\r\n"
_WITHOUT_SPECIAL = bytes.maketrans(_SPECIAL, bytes(len(_SPECIAL)))
_DOMAIN = re.compile(r"\.(?:(?=[^\W\d_])|(?<=www\.))")  # the dot first, for speed
_EMOJI = re.compile(r":(?=[\w+-]+(?::|$))")  # at the end, too: what follows may be a colon of ours
_NEWLINES = re.compile(r"\s*[\r\n]\s*")
_LINE_STARTS = {
    **{char: f"\\{char}" for char in "#-+!."},  # a number before the dot may have no digits
    **{char: f"&#{ord(char)};" for char in "()=:%?/"},
}
_AFTER_NUMBERS = {".": "\\.", ")": "&#41;"}
_NUMBERED = re.compile(r"\d+(?=[.)])", re.ASCII)


def inline(text: str) -> str:
    """Escape text to stand in a line, whatever it contains; line breaks become blanks."""
    text = text.strip()
    raw = text.encode()
    # One pass in C over the bytes finds that most texts have nothing to escape.
    if raw.translate(_WITHOUT_SPECIAL) != raw:
        text = _escaped(text)
    if ":" in text:
        text = _EMOJI.sub("&#58;", text.replace("://", "&#58;//"))
    if "." in text and _DOMAIN.search(text):
        text = _DOMAIN.sub(r"\\.", text)
    return text


_again = lru_cache(1024)(inline)
"""The same of what many events share: places and categories."""


def _escaped(text: str) -> str:
    """Escape what has a meaning wherever it stands."""
    if "\n" in text or "\r" in text:
        text = _NEWLINES.sub(" ", text)
    for char, escaped in _ESCAPES:
        if char in text:
            text = text.replace(char, escaped)
    if "++" in text:  # every one of three: pairs alone would leave one beside the last pair
        text = text.replace("+", "\\+")
    return text


def paragraphs(text: str) -> list[list[str]]:
    """Escape text of several lines: its paragraphs, each as lines that nothing can begin at."""
    if "\n" not in text:
        escaped = inline(text)
        return [[_line_start(escaped)]] if escaped else []
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if escaped := inline(line):
            found[-1].append(_line_start(escaped))
        elif found[-1]:
            found.append([])
    return found if found[-1] else found[:-1]


def _line_start(escaped: str) -> str:
    """Keep a line of escaped text from beginning a heading, a list or a directive."""
    first = escaped[:1]
    if first in _LINE_STARTS:
        return _LINE_STARTS[first] + escaped[1:]
    if first.isdigit() and (number := _NUMBERED.match(escaped)):
        mark = number.end()
        return number[0] + _AFTER_NUMBERS[escaped[mark]] + escaped[mark + 1 :]
    return escaped


def _heading(text: str) -> str:
    """Escape text to be a heading, which would lose number signs at its end."""
    escaped = inline(text)
    return f"{escaped[:-1]}\\#" if escaped.endswith("#") else escaped
