"""Load events files and texts, and fix them."""

from __future__ import annotations

import os
from collections.abc import Collection  # noqa: TC003 - annotations are read at run time
from typing import TYPE_CHECKING

from timeline.api.arguments import check_type, codes, path_text
from timeline.api.results import Fixed, Result
from timeline.compiler import fix_loaded, load_text, with_edits
from timeline.diagnostics import STDIN, merge_reports
from timeline.publishing import EVENTS_FILE, load_events_file
from timeline.source import check_input

if TYPE_CHECKING:
    from timeline.compiler import Loaded


def load(
    path: str | os.PathLike[str], *, places: bool = False, select: Collection[str] = ()
) -> Result:
    """Return an events file, with the files that it includes, as `timeline validate` reads it.

    With ``places``, the result has its document, and each diagnostic has its ``edits``: what
    `fix` types because of it. ``select`` has the codes of warnings to report that are off by
    default.

    Raises:
        UserError: the file cannot be read, or a symbolic link leads out of its repository.
        TypeError: an argument of a wrong type.
        ValueError: a code of ``select`` is unknown, or that of an error.
    """
    _check_places(places)
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
    one no file is read, and an ``include`` is an error in the diagnostics. ``places`` and
    ``select`` are as for `load`.

    Raises:
        UserError: ``folder`` is a path that cannot exist.
        TypeError, ValueError: as `load` does.
    """
    check_type("content", content, (str, bytes), "a text or bytes")
    _check_places(places)
    encoded = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    base = None if folder is None else path_text("folder", folder)
    loaded = load_text(encoded, STDIN, base, selected=codes(select), kind=EVENTS_FILE)
    return _result(loaded, places=places)


def fix(path: str | os.PathLike[str], *, select: Collection[str] = ()) -> Fixed:
    """Return an events file as `timeline validate --fix` would write it; nothing is written.

    ``select`` is as for `load`.

    Raises:
        UserError, TypeError, ValueError: as `load` does.
    """
    fixed = fix_loaded(_load(path, select), codes(select))
    return Fixed(_result(fixed.loaded, places=False), fixed.count, fixed.after)


def _check_places(places: bool) -> None:
    check_type("places", places, bool, "True or False")


def _load(path: str | os.PathLike[str], select: Collection[str]) -> Loaded:
    name, selected = path_text("path", path), codes(select)
    name = os.path.join(os.curdir, name) if name == "-" else name  # noqa: PTH118 - as text
    check_input(name)
    return load_events_file(name, selected=selected)


def _result(loaded: Loaded, *, places: bool) -> Result:
    loaded = with_edits(loaded) if places else loaded
    diagnostics, _ = merge_reports([(loaded.diagnostics, loaded.document)])
    return Result(loaded.calendar, tuple(diagnostics), loaded.document if places else None)
