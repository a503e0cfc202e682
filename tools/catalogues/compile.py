"""Check and compile the catalogues: for each ``timeline.po`` the ``timeline.mo`` beside it.

This module imports Babel alone, because the build of the package runs it.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog

LOCALE = Path(__file__).parents[2] / "src" / "timeline" / "locale"

_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)
"""The time in the header of compiled catalogues, so that equal catalogues have equal bytes."""

_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def compile_catalogues(folder: Path = LOCALE) -> None:
    """Compile the catalogues of a folder; those that are up to date keep their file.

    Raises:
        ValueError: a catalogue has errors; the message has a line for each.
    """
    errors: list[str] = []
    for path in sorted(folder.glob("*/timeline.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, path.parent.name.replace("-", "_"), abort_invalid=True)
        if of_file := [f"{path.relative_to(folder)}: {e}" for e in catalogue_errors(catalogue)]:
            errors += of_file
            continue
        catalogue.creation_date = catalogue.revision_date = _ANY_TIME
        target, compiled = path.with_suffix(".mo"), BytesIO()
        write_mo(compiled, catalogue)
        if not target.exists() or target.read_bytes() != compiled.getvalue():
            target.write_bytes(compiled.getvalue())
    if errors:
        raise ValueError("\n".join(errors))


def catalogue_errors(catalogue: Catalog) -> Iterator[str]:
    """Yield what makes a catalogue unusable, with the line of each translation."""
    for message in catalogue:
        if not message.id or not message.string:
            continue
        phrase, translation = str(message.id), str(message.string)
        if _BIDI_CONTROLS.search(translation):
            yield f"{message.lineno}: a bidirectional control character in {translation!r}"
        if _CONTROLS.search(translation):
            yield f"{message.lineno}: a control character in {translation!r}"
        if translation != translation.strip():
            yield f"{message.lineno}: a space at an end of {translation!r}"
        wanted, given = _placeables(phrase), _placeables(translation)
        for problem, names in (
            ("lacks", wanted.keys() - given.keys()),
            ("has the unknown", given.keys() - wanted.keys()),
            ("repeats", {name for name in wanted.keys() & given.keys() if given[name] > 1}),
        ):
            if names:
                listed = ", ".join(f"{{{name}}}" for name in sorted(names))
                yield f"{message.lineno}: the translation of {phrase!r} {problem} {listed}"
                break


def _placeables(text: str) -> Counter[str]:
    """Count the names between braces; a text that cannot be parsed has none of the right ones."""
    try:
        return Counter(
            f"{name}{f'!{conversion}' if conversion else ''}{f':{spec}' if spec else ''}"
            for _, name, spec, conversion in Formatter().parse(text)
            if name is not None
        )
    except ValueError:
        return Counter([text])
