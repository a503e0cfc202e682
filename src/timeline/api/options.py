"""Check the options of an output: their names, their types, and their values."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import NoneType
from typing import TYPE_CHECKING, Any

from timeline.api.arguments import check_type
from timeline.compiler import language_tag
from timeline.diagnostics import Refusal, did_you_mean
from timeline.formats import TextFile, web_address

if TYPE_CHECKING:
    from collections.abc import Collection

    from timeline.formats import Format, Option, RenderOptions


_NOT_MEANT = (bool, datetime)
"""Types that Python takes for a number and for a day."""


def check_feed_options(form: Format, options: dict[str, Any], names: tuple[str, ...]) -> None:
    """Refuse options of a feed that are not among ``names``, and of a wrong type.

    The first one is ``now``, which must be there; the others are published files.

    Raises: ``TypeError``.
    """
    for name in options:
        if name not in names:
            raise _unknown_option(form, name, names)
    if "now" not in options:
        raise TypeError(f"{form.title} needs `now`, a datetime with a time zone")
    check_type("now", options["now"], datetime, "a datetime with a time zone")
    for name in names[1:]:
        check_type(name, options.get(name), (bytes, NoneType), "bytes or None")


def timestamp(now: datetime) -> str:
    """Return a time as DTSTAMP has it: in UTC, with seconds.

    Raises: ``ValueError``.
    """
    if now.tzinfo is None:
        raise ValueError("`now` has no time zone")
    try:
        moment = now.astimezone(UTC)
    except OverflowError:
        raise ValueError("`now` is before the year 1 or after the year 9999 in UTC") from None
    return f"{moment.year:04}{moment:%m%dT%H%M%SZ}"


def render_options(form: Format, options: dict[str, Any]) -> RenderOptions:
    """Return the options of a format that is not a feed.

    Raises: ``TypeError``; ``ValueError`` for a value that is not accepted, and an option that has
        no effect beside the others.
    """
    declared = form.options.declared
    for name, value in options.items():
        if name not in declared:
            raise _unknown_option(form, name, declared)
        _check_value(name, declared[name], value)
    if objection := form.options.objection(options):
        message = f"`{objection.option}` needs `{objection.other}` {objection.needs}"
        raise ValueError(f"{message}; {objection.reason}")
    return form.options(
        **{
            name: TextFile(name, value) if isinstance(value, bytes) else value
            for name, value in options.items()
        }
    )


def _unknown_option(form: Format, name: str, names: Collection[str]) -> TypeError:
    return TypeError(f"{form.title} has no option `{name}`; {did_you_mean(name, tuple(names))}")


def _check_value(name: str, option: Option, value: object) -> None:
    types, expected = _types(option)
    is_other = isinstance(value, _NOT_MEANT) and type(value) not in types
    if is_other or not isinstance(value, types):
        raise TypeError(f"`{name}` is of type `{type(value).__name__}`, expected {expected}")
    if not _is_accepted(option, value):
        raise ValueError(f"`{name}` is {value!r}, expected {expected}")


def _types(option: Option) -> tuple[tuple[type, ...], str]:
    """Return the types of the values of an option, and words for them."""
    if option.choices:
        return (str,), option.metavar or ""
    if option.bounds:
        return (int,), "a number in {}..{}".format(*option.bounds)
    if option.date:
        return (date, NoneType), "a date or None"
    if option.text == "file":
        return (bytes, NoneType), "bytes or None"
    if option.text == "url":
        return (str, NoneType), "the address of a web page or None"
    if option.text == "language":
        return (str, NoneType), "a language tag or None"
    return (bool,), "True or False"


def _is_accepted(option: Option, value: Any) -> bool:
    if value is None:
        return True
    if option.choices:
        return value in option.choices
    if option.bounds:
        return bool(option.bounds[0] <= value <= option.bounds[1])
    if option.text == "url":
        return bool(web_address(value) == value)
    return option.text != "language" or _is_language(value)


def _is_language(value: str) -> bool:
    try:
        return language_tag(value) == value
    except Refusal:
        return False
