"""Keep the catalogues of translations up to date with the phrases of the code.

``python -m tools.catalogues`` collects the phrases from the calls of ``phrase(…)`` into
``timeline.pot``, adds new ones to each ``timeline.po`` without a translation, removes those that
are gone, and compiles the catalogues. ``--check`` writes nothing; its exit code is 1 if something
is not up to date or a translation is missing.
"""

from __future__ import annotations

import argparse
import sys
from io import BytesIO
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from tools.catalogues.compile import LOCALE, compile_catalogues
from tools.docs import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TEMPLATE = LOCALE / "timeline.pot"
SOURCES = ROOT / "src" / "timeline"
KEYWORDS = {"phrase": None, "_phrase": None}


def main(arguments: Sequence[str] | None = None) -> int:
    """Update or check the catalogues; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    stale = [path for path, text in expected_files().items() if _text(path) != text]
    if options.check:
        untranslated = [f"{path}: {phrase}" for path, phrase in untranslated_phrases()]
        for line in [
            *(f"{path.relative_to(ROOT)}: not up to date" for path in stale),
            *untranslated,
        ]:
            print(line, file=sys.stderr)
        return 1 if stale or untranslated else 0
    for path, text in expected_files().items():
        path.write_text(text, encoding="utf-8")
    compile_catalogues()
    return 0


def expected_files() -> dict[Path, str]:
    """Return the text that the template and each catalogue should have, by their paths."""
    template = collect_phrases()
    files = {TEMPLATE: _serialized(template)}
    for path in sorted(LOCALE.glob("*/timeline.po")):
        catalogue = _catalogue(path)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        files[path] = _serialized(catalogue)
    return files


def collect_phrases() -> Catalog:
    """Return the phrases of the code, sorted, with the comments for translators."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    extracted = extract_from_dir(
        str(SOURCES),
        [("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=["Translators:"],
        strip_comment_tags=True,
    )
    for _, _, phrase, comments, _ in extracted:
        catalogue.add(phrase, auto_comments=comments)
    return catalogue


def untranslated_phrases() -> list[tuple[Path, str]]:
    """Return the phrases without a translation, with the path of their catalogue."""
    return [
        (path.relative_to(ROOT), str(message.id))
        for path in sorted(LOCALE.glob("*/timeline.po"))
        for message in _catalogue(path)
        if message.id and (not message.string or message.fuzzy)
    ]


def _catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, path.parent.name.replace("-", "_"))


def _serialized(catalogue: Catalog) -> str:
    """Return a catalogue as text, with the only header that is of use: its language and charset."""
    output = BytesIO()
    write_po(output, catalogue, width=100, no_location=True, sort_output=True, omit_header=True)
    language = f'"Language: {catalogue.locale}\\n"\n' if catalogue.locale else ""
    header = f'msgid ""\nmsgstr ""\n{language}"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return header + output.getvalue().decode()


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main())
