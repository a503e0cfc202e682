"""Read the options of a timeline in a document, each from its text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from timeline.compiler import language_tag
from timeline.dates import Date, parse_literal_date, parse_literal_day
from timeline.diagnostics import (
    MOST,
    Diagnostic,
    Note,
    Refusal,
    did_you_mean,
    parse_choice,
    rules,
)
from timeline.formats import LIST, STYLES
from timeline.source import portability_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from timeline.dates import ClockTime
    from timeline.embed.options import WrittenOption


class View(Struct, frozen=True):
    """The options of a timeline; ``file`` is relative to the folder of the document.

    ``first`` and ``last`` are inclusive. ``categories`` and ``ids`` are as written: each is a name,
    or several names separated by commas; without any, all events are selected. ``count`` is the
    number of upcoming events to show, and ``as_of`` the day to show as today.
    """

    file: str | None = None
    feed: str | None = None
    style: str = LIST
    first: date | None = None
    last: date | None = None
    categories: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    count: int | None = None
    as_of: date | None = None
    language: str | None = None
    heading_level: int = 2
    weekdays: bool = False


DIAGRAM = "diagram"
"""The style of the diagram as SVG."""

PAGE = "page"
"""The style of the list of the page, as HTML; all others are those of the Markdown."""


def _style(value: str) -> str:
    return parse_choice(value, (*STYLES, DIAGRAM, PAGE))


def _file(value: str) -> str:
    if error := portability_error(value, "the folder of the document"):
        raise Refusal(rules.EMBEDDED_FILE, *error)
    return value


def _level(value: str) -> int:
    return int(parse_choice(value, tuple("123456")))


def _weekdays(value: str) -> bool:
    return parse_choice(value, ("true", "false"), {"yes": "true", "no": "false"}) == "true"


def _count(value: str) -> int:
    if not (value.isdecimal() and value.isascii() and int(value[:9]) > 0):
        message = f"`{value}` is not a number of events"
        raise Refusal(rules.WRONG_VALUE, message, "write a number such as `5`")
    return int(value[:9])


_DAY = "write a day such as `2025-01-03`"
"""The help for a text that is no day."""


def _as_of(value: str) -> date:
    day = _date(value, parse_literal_day, _DAY)
    if not day.is_day:
        raise Refusal(rules.WRONG_VALUE, f"`{value}` is not a day", _DAY)
    return day.earliest


def _first(value: str) -> date:
    return _period(value).earliest


def _last(value: str) -> date:
    return _period(value).latest


def _period(value: str) -> Date:
    return _date(
        value, partial(parse_literal_date, suggest_time=False), f"{_DAY}, a month or a year"
    )


def _date(value: str, parse: Callable[[str], Date | ClockTime], help_: str) -> Date:
    try:
        literal = parse(value)
    except Refusal as refusal:
        if refusal.rule in (rules.LITERAL_DATE, rules.INTERVAL):  # the help is for an event
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
    "id": str,
    "next": _count,
    "as-of": _as_of,
    "language": language_tag,
    "heading-level": _level,
    "weekdays": _weekdays,
}
"""The parser of each option's text; a parser raises ``Refusal``."""

_FIELDS = {
    "from": "first",
    "to": "last",
    "next": "count",
    "as-of": "as_of",
    "heading-level": "heading_level",
}

_WITHOUT_HEADINGS = ("mermaid", "diagram")

_REPEATABLE = {"category": "categories", "id": "ids"}
"""The options that may be given several times, and the field with all their values."""


def read_view(options: Iterable[WrittenOption]) -> tuple[View, list[Diagnostic]]:
    """Return the view that the options describe, and the errors that do not depend on the file."""
    read: dict[str, Any] = {}
    repeated: dict[str, list[Any]] = {}
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
        if key in given and key not in _REPEATABLE:
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
            diagnostics.append(diagnose_option(refusal, option))
            continue
        if key in _REPEATABLE:
            repeated.setdefault(_REPEATABLE[key], []).append(value)
        else:
            read[_FIELDS.get(key, key)] = value
    read |= {field: tuple(values) for field, values in repeated.items()}
    view = View(**read)
    if (level := given.get("heading-level")) and view.style in _WITHOUT_HEADINGS:
        message = f"`heading-level` has no effect: `style` is `{view.style}`, which has no headings"
        diagnostics.append(
            Diagnostic(rules.WRONG_VALUE, message, level.key_at, help="remove `heading-level`")
        )
    if view.first and view.last and view.last < view.first:
        first, last = given["from"], given["to"]
        message = f"`from` (`{first.value}`) is after `to` (`{last.value}`)"
        note = Note("`to` is given here", last.key_at)
        help_ = "swap the two, or correct one"
        diagnostics.append(
            Diagnostic(rules.WRONG_VALUE, message, first.value_at, help=help_, notes=(note,))
        )
    return view, diagnostics


def diagnose_option(refusal: Refusal, option: WrittenOption) -> Diagnostic:
    """Return the diagnostic of a refused value, which is within one line."""
    at = option.value_at
    if refusal.part is not None:
        start, end = (at.column + index for index in refusal.part)
        at = replace(at, column=start, end_column=end)
    return refusal.to_diagnostic(at)
