"""Where a name is defined and used, and how an id is renamed in all of its uses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.dates import EVENT_ID_PATTERN
from timeline.diagnostics import Edit, On, Span, UserError, cited
from timeline.editor.names import Kind
from timeline.editor.published import add_renamed_from, published_uids

if TYPE_CHECKING:
    from timeline.editor.analysis import Analysis, Place
    from timeline.editor.names import Name


class CannotRename(UserError):  # noqa: N818 - the name states what happened
    """An id cannot be renamed as the author wants."""


def name_at(analysis: Analysis, place: Place) -> Name | None:
    """Return the name at a place, ``None`` where there is none."""
    at = analysis.at(place)
    for name in analysis.uses:
        if (name.at.path, name.at.on) == (at.path, at.on) and place.is_in(_span(analysis, name)):
            return name
    return None


def definitions(analysis: Analysis, place: Place) -> list[Span]:
    """Return where the name at a place is defined, or the files that an item of `include` means.

    An earlier id of an event is defined where `renamed-from` has it.
    """
    if files := _included_at(analysis, place):
        return [Span(file, 1, 1, 1, 1) for file in files]
    if (name := name_at(analysis, place)) is None:
        return []
    same = _same(analysis, name)
    defining = [other for other in same if other.is_definition]
    return _spans(analysis, defining or [other for other in same if other.is_old])


def references(analysis: Analysis, place: Place, *, with_definition: bool) -> list[Span]:
    """Return where the name at a place is used, in all files of the timeline."""
    if (name := name_at(analysis, place)) is None:
        return []
    same = _same(analysis, name)
    return _spans(analysis, [use for use in same if with_definition or not use.is_definition])


def renamable(analysis: Analysis, place: Place) -> Span | None:
    """Return the span of the id at a place; ``None`` where no id of an event is."""
    name = name_at(analysis, place)
    if name is None or name.kind is not Kind.EVENT or name.is_old:
        return None
    return _span(analysis, name)


def rename(analysis: Analysis, place: Place, new: str) -> list[Edit]:
    """Return the edits that rename the id at a place in all of its uses.

    The event gets the old id in `renamed-from` if it is published under that: its UID stays.

    Raises: ``CannotRename``.
    """
    name = name_at(analysis, place)
    if name is None or name.kind is not Kind.EVENT or name.is_old:
        raise CannotRename("there is no id of an event here")
    if not analysis.is_readable:
        raise CannotRename("the file has a syntax error, so not all uses of the id are known")
    old = name.text
    if new == old:
        return []
    _check(analysis, old, new)
    same = [use for use in _same(analysis, name) if not use.is_old]
    edits = [Edit(span, new) for span in _spans(analysis, same)]
    for edit in edits:
        _check_place(analysis, edit.at, old)
    paths = [use.at.path[:-1] for use in same if use.is_definition]
    event = analysis.events.get(paths[0]) if paths else None
    if event is None or event.uid not in published_uids(analysis):
        return edits
    if "uid" in analysis.document.value(event.path):
        return edits
    added = add_renamed_from(analysis, event.path, old)
    if added is None:
        raise CannotRename(f"`renamed-from` of `{old}` is not a list, so `{old}` cannot be added")
    return [*edits, added]


def _check(analysis: Analysis, old: str, new: str) -> None:
    if re.fullmatch(EVENT_ID_PATTERN, new, re.ASCII) is None or new == "null":
        help_ = "write lower-case letters, digits, `-` and `_`, up to 63 of them"
        raise CannotRename(f"{cited(new)} is not an id", help_)
    for use in analysis.uses:
        if use.kind is Kind.EVENT and use.text == new and use.is_definition:
            raise CannotRename(f"there is already an event `{new}`")
        if use.kind is Kind.EVENT and use.text == new and use.is_old:
            owner = analysis.own_event(use.at.path)
            of = f"`{owner.id}`" if owner and owner.id != old else "this event"
            message = f"`{new}` is an earlier id of {of}: remove it from `renamed-from` first"
            raise CannotRename(message)


def _check_place(analysis: Analysis, span: Span, old: str) -> None:
    """Refuse a use whose place is not known exactly: its edit would replace more than the id.

    Raises: ``CannotRename``.
    """
    text = analysis.document.text(span.file)
    first, last = text.index(span.line, span.column), text.index(span.end_line, span.end_column)
    if text.raw[first:last] != old:
        message = (
            f"`{old}` is used in a text with line breaks or escapes, in line {span.line} of "
            f"{cited(Path(span.file).name)}, where it cannot be replaced"
        )
        raise CannotRename(message, "write that text on one line, without escapes, and try again")


def _same(analysis: Analysis, name: Name) -> list[Name]:
    return [use for use in analysis.uses if (use.kind, use.text) == (name.kind, name.text)]


def _spans(analysis: Analysis, names: list[Name]) -> list[Span]:
    """Return the spans of names, each once: an alias repeats what its anchor has."""
    return sorted({_span(analysis, name) for name in names})


def _span(analysis: Analysis, name: Name) -> Span:
    """Return the span of a name, without quotes."""
    part = name.at.part or (0, len(name.text))
    return analysis.document.locate(replace(name.at, part=part))


def _included_at(analysis: Analysis, place: Place) -> list[str]:
    return [
        name
        for file, path, name in analysis.document.included
        if file.text.name == place.file and place.is_in(file.locate(path, On.VALUE, None))
    ]
