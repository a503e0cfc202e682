"""Resolve the options of a timeline in a document: which part of which file, in which style."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from timeline.dates import Date, bounded_walks, parse_literal_date
from timeline.diagnostics import (
    MOST,
    Diagnostic,
    Note,
    Refusal,
    bounded_searches,
    did_you_mean,
    parse_choice,
    rules,
)
from timeline.formats import FORMATS, LIST, STYLES, MarkdownOptions
from timeline.model import Selection, calendar_of_feed, group_by_year, select_events, walk_nodes
from timeline.source import (
    EVENTS_FILE,
    AmbiguousFile,
    ForbiddenPath,
    UnreadableFile,
    boundary_of_embedded_files,
    find_events_file,
    portability_error,
    system_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from timeline.compiler import Loaded
    from timeline.diagnostics import Span
    from timeline.embed.budget import EmbeddingBudget
    from timeline.embed.options import WrittenOption
    from timeline.model import Calendar, Event

    Load = Callable[[str], Loaded]
    """Loads an events file; raises ``UnreadableFile``."""


class View(Struct, frozen=True):
    """The options of a timeline; ``file`` is relative to the folder of the document.

    ``first`` and ``last`` are inclusive. ``categories`` are as written: each is a name, or several
    names separated by commas; without any, all events are selected.
    """

    file: str | None = None
    feed: str | None = None
    style: str = LIST
    first: date | None = None
    last: date | None = None
    categories: tuple[str, ...] = ()
    heading_level: int = 2
    weekdays: bool = False


class Excerpt(Struct, frozen=True):
    """The part of a calendar that a view shows, and how its Markdown looks."""

    calendar: Calendar
    options: MarkdownOptions
    text: str

    def lines(self) -> list[str]:
        """Return the Markdown, without a title; the last line is empty."""
        return self.text.split("\n")

    def events(self) -> list[Event]:
        """Return the event of each item of the lists, or row of the tables, in their order."""
        return [
            node.event for _, nodes in group_by_year(self.calendar) for node, _ in walk_nodes(nodes)
        ]


def load_excerpt(
    options: Sequence[WrittenOption],
    at: Span,
    load: Load,
    budget: EmbeddingBudget,
    *,
    folder: str,
    whence: str,
) -> tuple[Excerpt | None, list[Diagnostic]]:
    """Return the requested excerpt, ``None`` after an error, and the diagnostics of the options.

    Diagnostics of the events file are reported by ``load``. ``at`` is the place of the options as
    a whole, ``whence`` describes ``folder`` in messages, and ``budget`` is that of the document.
    """
    with bounded_searches(budget.searches):
        loaded, view, diagnostics = _load_view(
            options, at, load, budget, folder=folder, whence=whence
        )
        if loaded is None or not loaded.is_sound:
            return None, diagnostics
        if too_much := budget.check_selection(loaded.calendar, at):
            return None, [*diagnostics, too_much]
        given = {(option.key, option.value): option for option in options}
        diagnostics += [
            _diagnose(refusal, given[option])
            for option, refusal in islice(_unknown_names(view, loaded), MOST + 1)
        ]
    if diagnostics:
        return None, diagnostics
    try:
        with bounded_walks(budget.steps):
            excerpt = _render_excerpt(view, loaded, at, budget)
    except Refusal as refusal:  # the rules of the file take too long to search
        excerpt = refusal.to_diagnostic(at)
    return (excerpt, []) if isinstance(excerpt, Excerpt) else (None, [excerpt])


def _load_view(
    options: Sequence[WrittenOption],
    at: Span,
    load: Load,
    budget: EmbeddingBudget,
    *,
    folder: str,
    whence: str,
) -> tuple[Loaded | None, View, list[Diagnostic]]:
    """Return the events file of a view, ``None`` without one, the view, and what is wrong."""
    view, diagnostics = read_view(options)
    given = {(option.key, option.value): option for option in options}
    if view.file is not None:
        at = given["file", view.file].value_at
    try:
        file = events_file_of(view, folder, budget.files)
        _check_file(file, folder)
        return load(file), view, diagnostics
    except (AmbiguousFile, ForbiddenPath) as refused:
        message, help_ = refused.message, refused.help
    except UnreadableFile as unreadable:
        message, help_ = str(unreadable), f"write its path as `file`, relative to {whence}"
        if view.file is None and os.path.lexists(EVENTS_FILE):  # where it was looked for, too
            name = Path(os.path.relpath(EVENTS_FILE, folder or ".")).as_posix()
            help_ = f"write `file={name}`, or another path relative to {whence}"
    return None, view, [*diagnostics, Diagnostic(rules.EMBEDDED_FILE, message, at, help=help_)]


def events_file_of(view: View, folder: str, nearest: dict[str, str]) -> str:
    """Return the path of the events file from the current folder; it may not exist.

    Without an option, it is the nearest one in the folder of the document or above, up to the
    boundary of its files. ``nearest`` keeps the nearest ones by folder.

    Raises: ``AmbiguousFile``, ``ForbiddenPath``.
    """
    if view.file is not None:
        path = os.path.normpath(os.path.join(folder, system_name(view.file)))  # noqa: PTH118 - as text
        return path if path != "-" else f".{os.sep}-"  # a file, not standard input
    if folder not in nearest:
        top = boundary_of_embedded_files(folder).base
        beside = os.path.normpath(os.path.join(folder, EVENTS_FILE))  # noqa: PTH118 - as text
        nearest[folder] = find_events_file(folder, top).path or beside
    return nearest[folder]


def _check_file(file: str, folder: str) -> None:
    """Refuse an events file outside of the repository of a folder.

    Raises: ``ForbiddenPath``.
    """
    boundary = boundary_of_embedded_files(folder)
    try:
        boundary.place(Path(file), any_suffix=True).resolve()
    except ForbiddenPath as forbidden:
        help_ = f"name a file in `{boundary.base}`, in a folder that does not begin with `.`"
        raise ForbiddenPath(forbidden.message, help_) from None
    path = Path(file)
    if path.exists() and not (path.is_file() or path.is_dir()):
        # Nobody has typed this name, and a pipe would be waited for.
        raise ForbiddenPath(f"`{file}` is not a regular file", "name a regular file")


def _render_excerpt(
    view: View, loaded: Loaded, at: Span, budget: EmbeddingBudget
) -> Excerpt | Diagnostic:
    """Render the excerpt of a file without errors, which has the feed and categories."""
    known = _categories(loaded) if view.categories else frozenset()
    chosen = frozenset(name for value in view.categories for name in _names(value, known))
    selection = Selection(categories=chosen, first=view.first, last=view.last)
    calendar = select_events(_calendar(view.feed, loaded), selection)
    options = MarkdownOptions(
        style=view.style,
        heading_level=view.heading_level,
        weekdays=view.weekdays,
        title=False,
    )
    text = budget.join_text(FORMATS["md"].render(calendar, options), at)
    return Excerpt(calendar, options, text) if isinstance(text, str) else text


def _calendar(feed: str | None, loaded: Loaded) -> Calendar:
    calendar = loaded.calendar
    definition = next((known for known in calendar.feeds if known.id == feed), None)
    return calendar_of_feed(calendar, definition) if definition else calendar


def _categories(loaded: Loaded) -> frozenset[str]:
    """Return the names of all categories that are declared or used."""
    used = frozenset(name for event in loaded.calendar.events for name in event.categories)
    return used.union(category.name for category in loaded.calendar.categories)


def _names(value: str, known: frozenset[str]) -> list[str]:
    """Split a list at its commas, unless it is a category that has commas itself."""
    return [value] if value in known else [name.strip() for name in value.split(",")]


def _unknown_names(view: View, loaded: Loaded) -> Iterator[tuple[tuple[str, str], Refusal]]:
    """Yield a refusal of each feed and category that is not in the file, with option and value."""
    feeds = [known.id for known in loaded.calendar.feeds]
    if view.feed is not None and view.feed not in feeds:
        message, help_ = f"no feed is called `{view.feed}`", did_you_mean(view.feed, feeds)
        yield ("feed", view.feed), Refusal(rules.UNKNOWN_FEED, message, help_)
    if not view.categories:
        return
    known = _categories(loaded)
    names = sorted(known)
    for value in view.categories:
        for name in _names(value, known):
            if name not in known:
                message, help_ = f"there is no category `{name}`", did_you_mean(name, names)
                part = (value.index(name), value.index(name) + len(name))
                yield ("category", value), Refusal(rules.UNKNOWN_CATEGORY, message, help_, part)


# --- options --------------------------------------------------------------------------------------


def _style(value: str) -> str:
    return parse_choice(value, STYLES)


def _file(value: str) -> str:
    if error := portability_error(value, "the folder of the document"):
        raise Refusal(rules.EMBEDDED_FILE, *error)
    return value


def _level(value: str) -> int:
    return int(parse_choice(value, tuple("123456")))


def _weekdays(value: str) -> bool:
    return parse_choice(value, ("true", "false"), {"yes": "true", "no": "false"}) == "true"


def _first(value: str) -> date:
    return _date(value).earliest


def _last(value: str) -> date:
    return _date(value).latest


def _date(value: str) -> Date:
    try:
        literal = parse_literal_date(value, suggest_time=False)
    except Refusal as refusal:
        if refusal.rule in (rules.LITERAL_DATE, rules.INTERVAL):  # the help is for an event
            help_ = "write a day such as `2025-01-03`, a month or a year"
            raise refusal.with_help(help_) from None
        raise
    if isinstance(literal, Date):
        return literal
    message = f"`{value}` is a time, expected a date"
    raise Refusal(rules.WRONG_VALUE, message, f"write `{literal.wall.date()}`")


OPTION_PARSERS: dict[str, Callable[[str], Any]] = {
    "file": _file,
    "feed": str,
    "style": _style,
    "from": _first,
    "to": _last,
    "category": str,
    "heading-level": _level,
    "weekdays": _weekdays,
}
"""The parser of each option's text; a parser raises ``Refusal``."""

_FIELDS = {"from": "first", "to": "last", "heading-level": "heading_level"}


def read_view(options: Iterable[WrittenOption]) -> tuple[View, list[Diagnostic]]:
    """Return the view that the options describe, and the errors that do not depend on the file."""
    read: dict[str, Any] = {}
    categories: list[str] = []
    given: dict[str, WrittenOption] = {}
    diagnostics: list[Diagnostic] = []
    for option in options:
        if len(diagnostics) > MOST:  # more is not reported
            break
        key = option.key
        if key not in OPTION_PARSERS:
            message, help_ = f"no option is called `{key}`", did_you_mean(key, OPTION_PARSERS)
            diagnostics.append(Diagnostic(rules.UNKNOWN_OPTION, message, option.key_at, help=help_))
            continue
        if key in given and key != "category":
            message, note = f"`{key}` is given twice", Note("first given here", given[key].key_at)
            help_ = "remove one of the two"
            diagnostics.append(
                Diagnostic(
                    rules.DUPLICATE_OPTION, message, option.key_at, help=help_, notes=(note,)
                )
            )
            continue
        given[key] = option
        try:
            value = OPTION_PARSERS[key](option.value)
        except Refusal as refusal:
            diagnostics.append(_diagnose(refusal, option))
            continue
        if key == "category":
            categories.append(value)
        else:
            read[_FIELDS.get(key, key)] = value
    view = View(**read, categories=tuple(categories))
    if view.first and view.last and view.last < view.first:
        first, last = given["from"], given["to"]
        message = f"`from` (`{first.value}`) is after `to` (`{last.value}`)"
        note = Note("`to` is given here", last.key_at)
        help_ = "swap the two, or correct one"
        diagnostics.append(
            Diagnostic(rules.WRONG_VALUE, message, first.value_at, help=help_, notes=(note,))
        )
    return view, diagnostics


def _diagnose(refusal: Refusal, option: WrittenOption) -> Diagnostic:
    """Return the diagnostic of a refused value, which is within one line."""
    at = option.value_at
    if refusal.part is not None:
        start, end = (at.column + index for index in refusal.part)
        at = replace(at, column=start, end_column=end)
    return refusal.to_diagnostic(at)
