"""Check the arguments of the API: of a wrong type, they are a `TypeError` that names them.

A value of the right type that cannot be used is a `ValueError`.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.diagnostics import UserError, did_you_mean, find_objection
from timeline.model import Selection, unknown_names

if TYPE_CHECKING:
    from timeline.model import Calendar


def check_type(name: str, value: object, types: type | tuple[type, ...], expected: str) -> None:
    """Refuse an argument of another type than ``types``, which ``expected`` describes.

    Raises: ``TypeError``.
    """
    if not isinstance(value, types):
        raise TypeError(f"`{name}` is of type `{type(value).__name__}`, expected {expected}")


def path_text(name: str, value: str | os.PathLike[str]) -> str:
    """Return a path as text.

    Raises: ``TypeError``; ``UserError`` for a path that no system can have.
    """
    check_type(name, value, (str, os.PathLike), "a path")
    text = os.fspath(value)
    check_type(name, text, str, "a path of text, not of bytes")
    if "\0" in text:
        raise UserError(f"`{name}` contains a NUL character", "remove it")
    try:
        os.fsencode(text)
    except UnicodeEncodeError as error:
        character = f"U+{ord(text[error.start]):04X}"
        raise UserError(f"`{name}` contains {character}, which no path has", "remove it") from None
    return text


def texts(name: str, value: Collection[str]) -> frozenset[str]:
    """Return a collection of texts; a text alone is not one, though Python takes it for one.

    Raises: ``TypeError``.
    """
    for item in (value,) if isinstance(value, str) or not isinstance(value, Collection) else value:
        if item is value or not isinstance(item, str):
            kind = type(item).__name__
            raise TypeError(f"`{name}` is or has a `{kind}`, expected a list or set of texts")
    return frozenset(value)


def codes(select: Collection[str]) -> frozenset[str]:
    """Return the codes of warnings that are off by default.

    Raises: ``TypeError``; ``ValueError`` for other codes.
    """
    selected = texts("select", select)
    for code in sorted(selected):
        if (objection := find_objection(code)) is not None:
            near = f"; did you mean `{objection.near}`?" if objection.near else ""
            raise ValueError(f"`select`: {objection.message}{near}")
    return selected


def checked_selection(calendar: Calendar, selection: Selection) -> Selection:
    """Return a selection that the calendar can have, with its names in sets.

    Raises: ``TypeError``; ``ValueError`` for a name that is not in the file, and days that are not
        in order.
    """
    check_type("selection", selection, Selection, "a Selection or None")
    names = {field: texts(field, getattr(selection, field)) for field in ("ids", "categories")}
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
