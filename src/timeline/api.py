"""The Python API: load, fix and export events files without the command line.

Its names are those of ``timeline.__all__``. Nothing here reads the clock or the environment, and
nothing writes a file.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import UTC, date, datetime
from functools import partial
from types import NoneType
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from timeline.compiler import (
    Loaded,
    event_origins,
    fix_loaded,
    language_tag,
    load_text,
    with_edits,
)
from timeline.dates import bounded_walks
from timeline.diagnostics import (
    STDIN,
    Diagnostic,
    Refusal,
    Severity,
    UserError,
    did_you_mean,
    find_objection,
    merge_reports,
)
from timeline.formats import FORMATS, TextFile, web_address
from timeline.model import Calendar, Selection, calendar_of_feed, select_events, unknown_names
from timeline.publishing import EVENTS_FILE, load_events_file
from timeline.source import Document, check_input

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.formats import Format, Option, RenderOptions
    from timeline.model import EventOrigin


class Result(Struct, frozen=True):
    """What an events file contains, and what is wrong with it.

    ``calendar`` has all events in the order of the file, parents before their children. Where
    ``diagnostics`` has an error, it is incomplete: an event whose date cannot be read is undated.
    ``diagnostics`` are in the order of files and lines; the ``at`` of each, and of its notes, is a
    `Span`. ``document`` has the text of all files and the place of each value; it is ``None``
    unless places were asked for.
    """

    calendar: Calendar
    diagnostics: tuple[Diagnostic, ...]
    document: Document | None = None

    @property
    def is_sound(self) -> bool:
        """Whether there are no errors; there may be warnings."""
        return all(diagnostic.severity is not Severity.ERROR for diagnostic in self.diagnostics)


class Fixed(Struct, frozen=True):
    """A file with all errors fixed that can mean only one thing.

    ``result`` is the fixed file with what remains to be reported, ``count`` the number of errors
    that were fixed, and ``contents`` the new bytes of each file that changes, by its name in
    ``diagnostics``. Nothing was written.
    """

    result: Result
    count: int
    contents: dict[str, bytes]


def load(
    path: str | os.PathLike[str], *, places: bool = False, select: Collection[str] = ()
) -> Result:
    """Return an events file, with the files that it includes, as `timeline validate` reads it.

    With ``places``, the result has its document, and each diagnostic has its ``edits``: what
    `fix` types because of it. ``select`` has the codes of warnings to report that are off by
    default.

    Raises:
        UserError: the file cannot be read, or a symbolic link leads out of its repository.
        TypeError: an argument of a wrong type; so do all functions.
        ValueError: a code of ``select`` is unknown, or that of an error.
    """
    return _result(_load(path, select), places=places)


def loads(
    content: str | bytes,
    *,
    folder: str | os.PathLike[str] | None = None,
    places: bool = False,
    select: Collection[str] = (),
) -> Result:
    """Return a text as `load` returns a file; its name in diagnostics is ``<stdin>``.

    ``folder`` is that of the paths of its ``include``, which is read from there and below. Without
    one no file is read, and an ``include`` is an error.

    Raises:
        ValueError: as `load` does.
    """
    _check_type("content", content, (str, bytes), "a text or bytes")
    encoded = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    base = None if folder is None else _path("folder", folder)
    loaded = load_text(encoded, STDIN, base, selected=_codes(select), kind=EVENTS_FILE)
    return _result(loaded, places=places)


def fix(path: str | os.PathLike[str], *, select: Collection[str] = ()) -> Fixed:
    """Return an events file as `timeline validate --fix` would write it; nothing is written.

    Raises:
        UserError, ValueError: as `load` does.
    """
    fixed = fix_loaded(_load(path, select), _codes(select))
    return Fixed(_result(fixed.loaded, places=False), fixed.count, fixed.after)


def export(
    result: Result,
    form: str,
    *,
    feed: str | None = None,
    selection: Selection | None = None,
    **options: Any,
) -> bytes:
    """Return an output of a loaded file as `timeline export` writes it.

    ``form`` is ``ics``, ``csv``, ``md``, ``svg``, ``png``, ``html``, ``xlsx``, ``json`` or
    ``atom``. ``feed`` is the id of one of the calendar's ``feeds``, whose events, language and
    texts are used; ``selection`` selects events as ``--id``, ``--category``, ``--from`` and
    ``--to`` do; its ids and categories may be in any collection. ``options`` are those of the
    format, by the names of its options class, such as ``style="table"`` or
    ``as_of=date(2027, 1, 3)``; the ``css`` of a page is bytes. JSON has the places of events only
    for a result with places.

    ``ics`` needs ``now``, a `datetime` with a time zone, for the timestamps of events that are new
    or changed. ``previous`` is the published feed, as bytes, which keeps the timestamps of all
    other events; without it, a new history begins. ``atom``, the list of changes, needs the same,
    and continues ``changes``, the published list.

    Raises:
        UserError: the result has an error, an output would be too large, a library is missing, or
            the previous feed cannot be continued.
        TypeError: an argument of a wrong type, an option that the format does not have, or one
            that is missing.
        ValueError: a value that the format does not accept, or a format, a feed, an id or a
            category that does not exist.
    """
    _check_type("result", result, Result, "a Result, as `load` returns it")
    _check_type("form", form, str, "the name of a format")
    _check_type("feed", feed, (str, NoneType), "the id of a feed or None")
    if not result.is_sound:
        raise UserError("the file has errors", "see `diagnostics` of the result")
    if form not in FORMATS:
        raise ValueError(f"there is no format `{form}`; {did_you_mean(form, tuple(FORMATS))}")
    selected = _selection(result.calendar, Selection() if selection is None else selection)
    calendar = select_events(_calendar(result.calendar, feed), selected)
    with bounded_walks():
        try:
            if FORMATS[form].is_feed:
                _check_feed_options(FORMATS[form], options, ("now", "previous"))
                return _feed(calendar, result.calendar, **options)
            if FORMATS[form].of_feed:
                _check_feed_options(FORMATS[form], options, ("now", "previous", "changes"))
                return _changes(calendar, result.calendar, feed, **options)
            settings = _settings(FORMATS[form], options).of_file(
                partial(_origins, result), selected
            )
            if too_large := settings.refusal(calendar):
                raise UserError(too_large)
            return b"".join(FORMATS[form].render_file(calendar, settings))
        except Refusal as refusal:  # the rules of the file take too long to search
            raise UserError(refusal.message, refusal.help) from None


def _load(path: str | os.PathLike[str], select: Collection[str]) -> Loaded:
    name = _path("path", path)
    name = os.path.join(os.curdir, name) if name == "-" else name  # noqa: PTH118 - as text
    check_input(name)
    return load_events_file(name, selected=_codes(select))


def _check_type(name: str, value: object, types: type | tuple[type, ...], expected: str) -> None:
    if not isinstance(value, types):
        raise TypeError(f"`{name}` is of type `{type(value).__name__}`, expected {expected}")


def _path(name: str, value: str | os.PathLike[str]) -> str:
    _check_type(name, value, (str, os.PathLike), "a path")
    return os.fspath(value)


def _names(name: str, value: Collection[str]) -> frozenset[str]:
    """Return a collection of texts; a text alone is not one, though Python takes it for one."""
    for item in (value,) if isinstance(value, str) or not isinstance(value, Collection) else value:
        if item is value or not isinstance(item, str):
            kind = type(item).__name__
            raise TypeError(f"`{name}` is or has a `{kind}`, expected a list or set of texts")
    return frozenset(value)


def _codes(select: Collection[str]) -> frozenset[str]:
    codes = _names("select", select)
    for code in sorted(codes):
        if (objection := find_objection(code)) is not None:
            near = f"; did you mean `{objection.near}`?" if objection.near else ""
            raise ValueError(f"`select`: {objection.message}{near}")
    return codes


def _selection(calendar: Calendar, selection: Selection) -> Selection:
    """Return a selection that the calendar can have, with its names in sets."""
    _check_type("selection", selection, Selection, "a Selection")
    names = {field: _names(field, getattr(selection, field)) for field in ("ids", "categories")}
    for field in ("first", "last"):
        day = getattr(selection, field)
        if day is not None and type(day) is not date:
            raise TypeError(f"`{field}` is of type `{type(day).__name__}`, expected a date or None")
    first, last = selection.first, selection.last
    if first and last and last < first:
        raise ValueError(f"`first`, {first}, is after `last`, {last}")
    checked = replace(selection, **names)
    for field, name, known in unknown_names(checked, (calendar,)):
        raise ValueError(
            f"`{field}`: there is no `{name}` in the file; {did_you_mean(name, known)}"
        )
    return checked


def _result(loaded: Loaded, *, places: bool) -> Result:
    loaded = with_edits(loaded) if places else loaded
    diagnostics, _ = merge_reports([(loaded.diagnostics, loaded.document)])
    return Result(loaded.calendar, tuple(diagnostics), loaded.document if places else None)


def _origins(result: Result) -> Mapping[str, EventOrigin]:
    if result.document is None:
        return {}
    return event_origins(Loaded(result.calendar, [], result.document))


def _calendar(calendar: Calendar, feed: str | None) -> Calendar:
    if feed is None:
        return calendar
    feeds = {definition.id: definition for definition in calendar.feeds}
    if feed not in feeds:
        raise ValueError(f"there is no feed `{feed}`; {did_you_mean(feed, tuple(feeds))}")
    return calendar_of_feed(calendar, feeds[feed])


def _check_feed_options(form: Format, options: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in options:
        if name not in names:
            raise _unknown_option(form, name, names)
    if "now" not in options:
        raise TypeError(f"{form.title} needs `now`, a datetime with a time zone")
    _check_type("now", options["now"], datetime, "a datetime with a time zone")
    for name in names[1:]:
        _check_type(name, options.get(name), (bytes, NoneType), "bytes or None")


def _unknown_option(form: Format, name: str, names: Collection[str]) -> TypeError:
    return TypeError(f"{form.title} has no option `{name}`; {did_you_mean(name, tuple(names))}")


def _feed(
    calendar: Calendar, whole: Calendar, *, now: datetime, previous: bytes | None = None
) -> bytes:
    from timeline.publishing import render_feed  # noqa: PLC0415 - it imports a calendar library

    return render_feed(replace(calendar, feeds=()), whole, previous, _stamp(now))


def _changes(
    calendar: Calendar,
    whole: Calendar,
    feed: str | None,
    *,
    now: datetime,
    previous: bytes | None = None,
    changes: bytes | None = None,
) -> bytes:
    from timeline.publishing import render_changes  # noqa: PLC0415 - as above

    names = ("changes",) if feed is None else ("changes", feed)
    published = (previous, changes)
    return render_changes(replace(calendar, feeds=()), whole, published, _stamp(now), *names)


def _stamp(now: datetime) -> str:
    if now.tzinfo is None:
        raise ValueError("`now` has no time zone")
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _settings(form: Format, options: dict[str, Any]) -> RenderOptions:
    declared = form.options.declared()
    for name, value in options.items():
        if name not in declared:
            raise _unknown_option(form, name, declared)
        if not _is_accepted(declared[name], value):
            expected = declared[name].metavar or "True or False"
            raise ValueError(f"`{name}` is {value!r}, expected {expected}")
    if objection := form.options.objection(options):
        message = f"`{objection.option}` needs `{objection.other}` {objection.needs}"
        raise ValueError(f"{message}; {objection.reason}")
    return form.options(
        **{
            name: TextFile(name, value) if isinstance(value, bytes) else value
            for name, value in options.items()
        }
    )


def _is_language(value: str) -> bool:
    try:
        return language_tag(value) == value
    except Refusal:
        return False


def _is_accepted(option: Option, value: object) -> bool:
    if option.choices:
        return value in option.choices
    if option.bounds:
        return type(value) is int and option.bounds[0] <= value <= option.bounds[1]
    if option.date:
        return value is None or type(value) is date
    if option.text == "file":
        return value is None or isinstance(value, bytes)
    if option.text == "url":
        return value is None or (isinstance(value, str) and web_address(value) == value)
    if option.text == "language":
        return value is None or (isinstance(value, str) and _is_language(value))
    return isinstance(value, bool)
