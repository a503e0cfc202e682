"""Correct what is wrong with a file as a whole: its encoding and its indentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.diagnostics import rules

if TYPE_CHECKING:
    from timeline.source.source_file import SourceFile


def corrected_file(file: SourceFile, language: str | None) -> bytes | None:
    """Return the content of a file in UTF-8 and with spaces as indentation.

    ``None`` if there is nothing to correct, or more than one possible correction. A file that is
    in another encoding is only decoded. ``language`` is that of the calendar (BCP 47).
    """
    from timeline.source.encodings import decode_other_encoding  # noqa: PLC0415 - rarely needed
    from timeline.source.respacing import has_other_spaces, respaced  # noqa: PLC0415 - rarely needed

    if file.undecoded is not None:
        text = decode_other_encoding(file.undecoded, language)
        return None if text is None else text.encode()
    if file.text.is_cut or not has_other_spaces(file.text):
        return None
    wrong = (rules.TAB_INDENTATION, rules.INDENTATION)
    is_reported = any(diagnostic.rule in wrong for diagnostic in file.diagnostics)
    if not is_reported and not file.has_shifted_key():
        return None
    text = respaced(file.text)
    return None if text is None else (file.text.mark or b"") + text.encode()
