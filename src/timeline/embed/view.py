"""Resolve the options of a timeline in a document: which part of which file, in which style."""

from __future__ import annotations

import os
from datetime import date  # noqa: TC003 - msgspec reads annotations
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.dates import bounded_walks
from timeline.diagnostics import (
    MOST,
    Diagnostic,
    Refusal,
    bounded_searches,
    did_you_mean,
    rules,
)
from timeline.embed.engines import EventClasses
from timeline.embed.inline_diagram import diagram_chunks
from timeline.embed.pictures import drawn_files, picture_of_data, picture_of_files
from timeline.embed.view_options import DIAGRAM, PAGE, View, diagnose_option, read_view
from timeline.formats import (
    FORMATS,
    LIST,
    MarkdownOptions,
    keep_upcoming,
    without_private_events,
)
from timeline.model import (
    Feed,
    Selection,
    calendar_of_feed,
    dates_as_of,
    group_by_year,
    language_objection,
    select_events,
    walk_nodes,
)
from timeline.source import (
    EVENTS_FILE,
    AmbiguousFile,
    ForbiddenPath,
    UnreadableFile,
    boundary_of_embedded_files,
    find_events_file,
    system_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from timeline.compiler import Loaded
    from timeline.diagnostics import Span
    from timeline.embed.budget import EmbeddingBudget
    from timeline.embed.options import WrittenOption
    from timeline.formats import InlineList
    from timeline.model import Calendar, Event

    Load = Callable[[str], Loaded]
    """Loads an events file; raises ``UnreadableFile``."""


class Excerpt(Struct, frozen=True):
    """The part of a calendar that a view shows, and how its Markdown looks.

    ``text`` is the Markdown, or in the style `diagram` the SVG without links, or a picture of
    several widths if ``is_picture``. The style `page` has none: its HTML depends on the rest of the
    document.
    """

    calendar: Calendar
    options: MarkdownOptions
    text: str
    is_picture: bool = False

    @property
    def is_diagram(self) -> bool:
        """Whether the excerpt is drawn."""
        return self.options.style == DIAGRAM

    @property
    def is_page(self) -> bool:
        """Whether the excerpt is the list of the page."""
        return self.options.style == PAGE

    def lines(self) -> list[str]:
        """Return the Markdown, without a title; the last line is empty.

        That of the style `page` is a list, for what does not show HTML.
        """
        if self.is_page:
            options = replace(self.options, style=LIST)
            return b"".join(FORMATS["md"].render(self.calendar, options)).decode().split("\n")
        return self.text.split("\n")

    def inline_list(self, names: Mapping[str, str], month_level: int) -> InlineList:
        """Return the list of the page; ``names`` are the ids of elements by those of events."""
        from timeline.formats import ItemLook, inline_list  # noqa: PLC0415 - it imports Jinja2

        classes = EventClasses(self.calendar, self.options.as_of)
        return inline_list(
            self.calendar,
            {
                event.id: ItemLook(names.get(event.id), " ".join(classes.of(event)))
                for event in self.calendar.events
            },
            as_of=self.options.as_of,
            month_level=month_level,
            has_weekdays=self.options.weekdays,
        )

    def events(self) -> list[Event]:
        """Return the event of each item of the lists, or row of the tables, in their order."""
        groups = group_by_year(self.calendar, dates_as_of(self.calendar, self.options.as_of))
        return [node.event for _, nodes in groups for node, _ in walk_nodes(nodes)]


class Pictures(Enum):
    """What a diagram of several widths consists of."""

    FILES = "files"
    """The outputs of the events file, if they show the same events."""
    DATA = "data"
    """Drawings within the page."""
    NONE = "none"
    """It is drawn in one width."""


class DocumentContext(Struct, frozen=True):
    """What the options of a timeline depend on, besides the events file.

    Paths start from ``folder``, which ``whence`` describes in messages. ``today`` is the day from
    which the option `next` counts where there is no `as-of`; without it, `next` needs `as-of`.
    ``pictures`` says what a diagram of several widths consists of.
    """

    folder: str
    whence: str
    today: date | None = None
    pictures: Pictures = Pictures.DATA


def load_excerpt(
    options: Sequence[WrittenOption],
    at: Span,
    load: Load,
    budget: EmbeddingBudget,
    context: DocumentContext,
) -> tuple[Excerpt | None, list[Diagnostic]]:
    """Return the requested excerpt, ``None`` after an error, and the diagnostics of the options.

    Diagnostics of the events file are reported by ``load``. ``at`` is the place of the options as
    a whole, and ``budget`` is that of the document.
    """
    with bounded_searches(budget.searches):
        loaded, view, diagnostics = _load_view(options, at, load, budget, context)
        if loaded is None or not loaded.is_sound:
            return None, diagnostics
        if too_much := budget.check_selection(loaded.calendar, at):
            return None, [*diagnostics, too_much]
        given = {(option.key, option.value): option for option in options}
        diagnostics += [
            diagnose_option(refusal, given[option])
            for option, refusal in islice(_unknown_names(view, loaded), MOST + 1)
        ]
        diagnostics += _without_day(view, context.today, options)
    if diagnostics:
        return None, diagnostics
    try:
        with bounded_walks(budget.steps):
            excerpt = _render_excerpt(_as_of(view, context.today), loaded, at, budget, context)
    except Refusal as refusal:  # the rules of the file take too long to search
        excerpt = refusal.to_diagnostic(at)
    return (excerpt, []) if isinstance(excerpt, Excerpt) else (None, [excerpt])


def _load_view(
    options: Sequence[WrittenOption],
    at: Span,
    load: Load,
    budget: EmbeddingBudget,
    context: DocumentContext,
) -> tuple[Loaded | None, View, list[Diagnostic]]:
    """Return the events file of a view, ``None`` without one, the view, and what is wrong."""
    view, diagnostics = read_view(options)
    folder, whence = context.folder, context.whence
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
    view: View, loaded: Loaded, at: Span, budget: EmbeddingBudget, context: DocumentContext
) -> Excerpt | Diagnostic:
    """Render the excerpt of a file without errors, which has the feed and categories."""
    known = _categories(loaded) if view.categories else frozenset()
    chosen = frozenset(name for value in view.categories for name in _names(value, known))
    ids = frozenset(id_ for value in view.ids for id_ in _names(value))
    selection = Selection(ids=ids, categories=chosen, first=view.first, last=view.last)
    calendar = select_events(_calendar(view, loaded), selection)
    if view.style == PAGE:
        calendar = without_private_events(calendar)
    if view.as_of is not None and view.count is not None:
        dates = dates_as_of(calendar, view.as_of)
        calendar = keep_upcoming(calendar, dates, view.as_of, view.count)
    options = MarkdownOptions(
        style=view.style,
        heading_level=view.heading_level,
        weekdays=view.weekdays,
        as_of=view.as_of,
        title=False,
    )
    if view.style == PAGE:
        excerpt = Excerpt(calendar, options, "")
        listed = excerpt.inline_list({}, options.heading_level + 1)
        texts = [listed.end, *(section.html for section in listed.sections)]
        too_large = budget.join_text(map(str.encode, texts), at)
        return excerpt if isinstance(too_large, str) else too_large
    picture = _picture(view, calendar, loaded, context) if view.style == DIAGRAM else None
    if picture is not None:
        chunks = picture
    elif view.style == DIAGRAM:
        chunks = diagram_chunks(calendar, view.as_of)
    else:
        chunks = FORMATS["md"].render(calendar, options)
    text = budget.join_text(chunks, at)
    if isinstance(text, Diagnostic):
        return text
    return Excerpt(calendar, options, text, is_picture=picture is not None)


def _picture(
    view: View, calendar: Calendar, loaded: Loaded, context: DocumentContext
) -> Iterator[bytes] | None:
    """Return the picture of a calendar, if `outputs` of its file has diagrams of several widths."""
    if context.pictures is Pictures.NONE:
        return None
    drawn = drawn_files(loaded, loaded.document.names[0])
    if not drawn:
        return None
    if context.pictures is Pictures.DATA:
        return picture_of_data(calendar, drawn, view.as_of)
    # The files show all events, in the language of the file.
    if view != View(file=view.file, style=view.style):
        return None
    return picture_of_files(calendar, drawn, context.folder)


def _calendar(view: View, loaded: Loaded) -> Calendar:
    """Return the calendar of a file, or of one of its feeds, in the language of a view."""
    calendar = loaded.calendar
    definition = next((known for known in calendar.feeds if known.id == view.feed), None)
    if definition:
        calendar = calendar_of_feed(calendar, definition)
    if view.language:  # with the texts that the events have in it
        calendar = calendar_of_feed(calendar, Feed(calendar.id, language=view.language))
    return calendar


def _as_of(view: View, today: date | None) -> View:
    """Return a view with the day from which it counts upcoming events."""
    if view.count is None or view.as_of is not None:
        return view
    return replace(view, as_of=today)


def _without_day(
    view: View, today: date | None, options: Sequence[WrittenOption]
) -> Iterator[Diagnostic]:
    """Report upcoming events in a document that must not depend on the day."""
    if view.count is None or view.as_of is not None or today is not None:
        return
    at = next(option.key_at for option in options if option.key == "next")
    message = "`next` needs `as-of`, because a document does not depend on the day"
    yield Diagnostic(
        rules.WRONG_VALUE, message, at, help="add the day from which to count as `as-of`"
    )


def _categories(loaded: Loaded) -> frozenset[str]:
    """Return the names of all categories that are declared or used."""
    used = frozenset(name for event in loaded.calendar.events for name in event.categories)
    return used.union(category.name for category in loaded.calendar.categories)


def _names(value: str, known: frozenset[str] = frozenset()) -> list[str]:
    """Split a list at its commas, unless it is a category that has commas itself."""
    return [value] if value in known else [name.strip() for name in value.split(",")]


def _unknown_names(view: View, loaded: Loaded) -> Iterator[tuple[tuple[str, str], Refusal]]:
    """Yield a refusal of each name that is not in the file, with option and value."""
    feeds = [known.id for known in loaded.calendar.feeds]
    if view.feed is not None and view.feed not in feeds:
        message, help_ = f"no feed is called `{view.feed}`", did_you_mean(view.feed, feeds)
        yield ("feed", view.feed), Refusal(rules.UNKNOWN_FEED, message, help_)
    if view.language and (objection := language_objection(view.language, loaded.calendar)):
        yield ("language", view.language), Refusal(rules.WRONG_VALUE, *objection)
    if view.ids:
        ids = {event.id: None for event in loaded.calendar.events}
        for value, name, part in _unknown_parts(view.ids, ids, frozenset()):
            message, help_ = f"no event is called `{name}`", did_you_mean(name, ids)
            yield ("id", value), Refusal(rules.UNKNOWN_EVENT, message, help_, part)
    if view.categories:
        known = _categories(loaded)
        for value, name, part in _unknown_parts(view.categories, known, known):
            message, help_ = f"there is no category `{name}`", did_you_mean(name, sorted(known))
            yield ("category", value), Refusal(rules.UNKNOWN_CATEGORY, message, help_, part)


def _unknown_parts(
    values: Iterable[str], known: Container[str], whole: frozenset[str]
) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Yield each name that is not known, with the value that it is in, and its place in it."""
    for value in values:
        for name in _names(value, whole):
            if name not in known:
                yield value, name, (value.index(name), value.index(name) + len(name))
