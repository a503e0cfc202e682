"""A timeline in somebody's Markdown: what stands between two markers is replaced, nothing else.

Bytes in, bytes out. `markers` says where the places are; here is what their options mean, and
what comes to stand there.
"""

from __future__ import annotations

import codecs
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from timeline._records import dataclass
from timeline.dates import reader
from timeline.dates.edtf import Date
from timeline.diagnostics import rules, suggest
from timeline.diagnostics.choices import parse_choice
from timeline.diagnostics.model import Diagnostic, Note, Refusal
from timeline.embed import markers
from timeline.formats.markdown.options import LIST, STYLES, MarkdownOptions
from timeline.formats.markdown.writer import render
from timeline.model.feeds import calendar_of_feed
from timeline.model.outline import walk, years
from timeline.model.selection import Selection, select
from timeline.source.document import document_of_text
from timeline.source.files import Unreadable
from timeline.source.text import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from timeline.compiler.pipeline import Loaded
    from timeline.diagnostics.model import Span
    from timeline.embed.markers import Option, Place
    from timeline.model.events import Calendar, Event
    from timeline.source.document import Document

    Load = Callable[[Sequence[str]], Loaded]
    """Loads the first of some files that is there; raises ``Unreadable``."""

DEFAULT_FILE = "events.yaml"

NO_PLACE = f"""\
there is no place for a timeline; put these two lines where it is to stand:

{markers.START}
{markers.END}"""
"""What to say of a document without markers."""

LEFT_ALONE = "left alone, for they stand in code, in a quotation, in a comment or behind words"
"""What to say of markers that do not count."""


@dataclass(frozen=True, slots=True)
class View:
    """What of which timeline is shown, and how. A ``file`` is relative to the document's folder.

    ``first`` and ``last`` are days, both inclusive. ``categories`` are as they were written: names,
    or several joined by commas; none are all.
    """

    file: str | None = None
    feed: str | None = None
    style: str = LIST
    first: date | None = None
    last: date | None = None
    categories: tuple[str, ...] = ()
    heading_level: int = 2


@dataclass(frozen=True, slots=True)
class Embedded:
    """A document with its timelines: ``content`` is ``None`` where a mistake is in the way.

    ``places`` counts them, and ``left_alone`` has the lines of markers that are none to CommonMark,
    such as those in code. ``document`` has the lines that ``diagnostics`` point at; what is wrong
    with an events file is not among these.
    """

    content: bytes | None
    places: int
    diagnostics: list[Diagnostic]
    document: Document
    left_alone: tuple[int, ...] = ()


def embed(content: bytes, name: str, load: Load) -> Embedded:
    """Put the timelines into a Markdown document, whose name is as the user gave it."""
    text, found = decode(content, name)
    # A Markdown document may hold any character; but it must be known what its bytes are.
    diagnostics = [each for each in found if each.rule is rules.ENCODING]
    places, misplaced = markers.places(text)
    diagnostics += misplaced
    pieces: list[str] = []
    end, is_whole = 0, True
    for place in places:
        between, mistakes = _between(place, name, load)
        diagnostics += mistakes
        is_whole = is_whole and between is not None
        pieces += [text.raw[end : place.start], between or ""]
        end = place.end
    made = None
    if is_whole and not diagnostics:
        mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
        made = mark + "".join([*pieces, text.raw[end:]]).encode()
    alone = tuple(markers.left_alone(text))
    return Embedded(made, len(places), diagnostics, document_of_text(text, diagnostics), alone)


def _between(place: Place, name: str, load: Load) -> tuple[str | None, list[Diagnostic]]:
    """Give what is to stand at a place, if no mistake is in the way."""
    folder = os.path.dirname(name)  # noqa: PTH120 - the name as given
    shown, diagnostics = show(
        place.options, place.at, folder, load, whence=f"the folder of `{name}`"
    )
    if shown is None:
        return None, diagnostics
    # A blank line on both sides: without, some readers take the text for a part of the comment.
    lines = ["", *(place.indent + line if line else "" for line in shown.lines()), ""]
    return place.newline.join(lines), []


@dataclass(frozen=True, slots=True)
class Shown:
    """What a view shows: a part of a calendar, and how its Markdown looks."""

    calendar: Calendar
    options: MarkdownOptions

    def lines(self) -> list[str]:
        """Give the Markdown, without a title; the last line is empty."""
        return b"".join(render(self.calendar, self.options)).decode().split("\n")

    def events(self) -> list[Event]:
        """Give the event of each item of the lists, of each row of the tables, in their order."""
        return [node.event for _, nodes in years(self.calendar) for node, _ in walk(nodes)]


def show(
    options: Sequence[Option], at: Span, folder: str, load: Load, *, whence: str
) -> tuple[Shown | None, list[Diagnostic]]:
    """Give what some options ask for, or ``None`` where a mistake is in the way.

    The mistakes of the events file are not among those given; ``load`` knows them. ``at`` is the
    place of the options as a whole, and ``whence`` says in words what ``folder`` is.
    """
    view, diagnostics = read_view(options)
    given = {(option.key, option.value): option for option in options}
    try:
        loaded = load(files(view, folder))
    except Unreadable as unreadable:
        if view.file is not None:
            at = given["file", view.file].value_at
        help_ = f"say where it is with `file`, from {whence}"
        return None, [
            *diagnostics,
            Diagnostic(rules.EMBEDDED_FILE, str(unreadable), at, help=help_),
        ]
    if not loaded.is_sound:
        return None, diagnostics
    diagnostics += [_refused(refusal, given[option]) for option, refusal in unknown(view, loaded)]
    return (None, diagnostics) if diagnostics else (shown(view, loaded), [])


def files(view: View, folder: str) -> tuple[str, ...]:
    """Give the paths at which the events file may be, from the current folder, best first."""
    if view.file is not None:
        path = os.path.normpath(os.path.join(folder, view.file))  # noqa: PTH118 - as text
        return (path if path != "-" else f".{os.sep}-",)  # a file, not standard input
    beside = os.path.normpath(os.path.join(folder, DEFAULT_FILE))  # noqa: PTH118 - as text
    return (beside, DEFAULT_FILE) if beside != DEFAULT_FILE else (beside,)


def shown(view: View, loaded: Loaded) -> Shown:
    """Choose what a view shows of a file that is sound and has its feed."""
    known = _categories(loaded)
    chosen = frozenset(name for value in view.categories for name in _names(value, known))
    selection = Selection(categories=chosen, first=view.first, last=view.last)
    return Shown(
        select(_calendar(view.feed, loaded), selection),
        MarkdownOptions(style=view.style, heading_level=view.heading_level, title=False),
    )


def _calendar(feed: str | None, loaded: Loaded) -> Calendar:
    calendar = loaded.calendar
    definition = next((known for known in calendar.feeds if known.id == feed), None)
    return calendar_of_feed(calendar, definition) if definition else calendar


def _categories(loaded: Loaded) -> list[str]:
    used = {name for event in loaded.calendar.events for name in event.categories}
    return sorted(used.union(category.name for category in loaded.calendar.categories))


def _names(value: str, known: Iterable[str]) -> list[str]:
    """Take a list apart, unless it is a category that has commas itself."""
    return [value] if value in known else [name.strip() for name in value.split(",")]


def unknown(view: View, loaded: Loaded) -> Iterator[tuple[tuple[str, str], Refusal]]:
    """Say which feed and categories the file does not have, each with its option and value."""
    feeds = [known.id for known in loaded.calendar.feeds]
    if view.feed is not None and view.feed not in feeds:
        message, help_ = f"no feed is called `{view.feed}`", suggest.did_you_mean(view.feed, feeds)
        yield ("feed", view.feed), Refusal(rules.UNKNOWN_FEED, message, help_)
    known = _categories(loaded)
    for value in view.categories:
        for name in _names(value, known):
            if name not in known:
                message, help_ = f"there is no category `{name}`", suggest.did_you_mean(name, known)
                part = (value.index(name), value.index(name) + len(name))
                yield ("category", value), Refusal(rules.UNKNOWN_CATEGORY, message, help_, part)


# Options.


def _style(value: str) -> str:
    return parse_choice(value, STYLES)


def _level(value: str) -> int:
    return int(parse_choice(value, tuple("123456")))


def _first(value: str) -> date:
    return _date(value).earliest


def _last(value: str) -> date:
    return _date(value).latest


def _date(value: str) -> Date:
    try:
        found = reader.parse_literal(value)
    except Refusal as refusal:
        if "TBC" in (refusal.help or ""):  # it offers all that may stand in an event
            help_ = "write a day such as `2025-01-03`, a month or a year"
            raise refusal.with_help(help_) from None
        raise
    if isinstance(found, Date):
        return found
    message = f"`{value}` is a time, expected a date"
    raise Refusal(rules.WRONG_VALUE, message, f"write `{found.wall.date()}`")


READERS: dict[str, Callable[[str], Any]] = {
    "file": str,
    "feed": str,
    "style": _style,
    "from": _first,
    "to": _last,
    "category": str,
    "heading-level": _level,
}
"""The options, each with what makes a value of its text, or raises ``Refusal``."""

_FIELDS = {"from": "first", "to": "last", "heading-level": "heading_level"}


def read_view(options: Iterable[Option]) -> tuple[View, list[Diagnostic]]:
    """Read what a marker asks for, and say what of it cannot be meant, whatever the events are."""
    read: dict[str, Any] = {}
    given: dict[str, Option] = {}
    diagnostics = []
    for option in options:
        key = option.key
        if key not in READERS:
            message, help_ = f"no option is called `{key}`", suggest.did_you_mean(key, READERS)
            diagnostics.append(Diagnostic(rules.UNKNOWN_OPTION, message, option.key_at, help=help_))
            continue
        if key in given and key != "category":
            message, note = f"`{key}` is given twice", Note("first given here", given[key].key_at)
            help_ = "delete one of the two"
            diagnostics.append(
                Diagnostic(
                    rules.DUPLICATE_OPTION, message, option.key_at, help=help_, notes=(note,)
                )
            )
            continue
        given[key] = option
        try:
            value = READERS[key](option.value)
        except Refusal as refusal:
            diagnostics.append(_refused(refusal, option))
            continue
        if key == "category":
            read["categories"] = (*read.get("categories", ()), value)
        else:
            read[_FIELDS.get(key, key)] = value
    view = View(**read)
    if view.first and view.last and view.last < view.first:
        first, last = given["from"], given["to"]
        message = f"from `{first.value}` is after to `{last.value}`"
        note = Note("`to` is given here", last.key_at)
        help_ = "exchange the two, or correct one"
        diagnostics.append(
            Diagnostic(rules.WRONG_VALUE, message, first.value_at, help=help_, notes=(note,))
        )
    return view, diagnostics


def _refused(refusal: Refusal, option: Option) -> Diagnostic:
    """Place a refusal; a value stands in one line."""
    at = option.value_at
    if refusal.part is not None:
        start, end = (at.column + index for index in refusal.part)
        at = replace(at, column=start, end_column=end)
    return Diagnostic(refusal.rule, refusal.message, at, help=refusal.help)
