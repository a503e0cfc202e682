"""Characters that change the direction of writing, so that a line looks like something else."""

from __future__ import annotations

from timeline.diagnostics import Diagnostic, Span, rules
from timeline.source.text import DIRECTION_CHANGES, MAX_REPORTED, SourceText, has_any

_ENDS = {"\u202c": "\u202a\u202b\u202d\u202e", "\u2069": "\u2066\u2067\u2068"}


def unclosed_direction(text: str) -> int | None:
    """Return the index of the first change of direction that does not end on its line."""
    if text.isascii() or not has_any(text, DIRECTION_CHANGES):
        return None
    opened: list[tuple[str, int]] = []
    for index, sign in enumerate(text):
        if sign not in DIRECTION_CHANGES:
            continue
        if sign not in _ENDS:
            opened.append((sign, index))
        elif any(begin in _ENDS[sign] for begin, _ in opened):
            # The end of an isolate ends the embeddings in it; that of an embedding only itself.
            while (last := opened.pop())[0] not in _ENDS[sign]:
                if sign == "\u202c":
                    opened.append(last)
                    break
    return opened[0][1] if opened else None


def redirected_lines(text: SourceText) -> list[Diagnostic]:
    """Report lines that are shown in another order than they are read, up to `MAX_REPORTED`.

    Such a line can look harmless, even in a review, and mean something else ("Trojan Source").
    """
    if text.is_plain or not has_any(text.clean, DIRECTION_CHANGES):
        return []
    diagnostics = []
    for number, start in enumerate(text.starts, 1):
        line = text.line(number) or ""
        if (index := unclosed_direction(line)) is not None:
            place = start + index
            diagnostics.append(direction_change(text.clean[place], text.span(place, place + 1)))
            if len(diagnostics) == MAX_REPORTED:
                break
    return diagnostics


def direction_change(character: str, at: Span) -> Diagnostic:
    """Report a character that changes the direction of what follows on its line."""
    end = next(sign for sign, begins in _ENDS.items() if character in begins)
    return Diagnostic(
        rules.TEXT_DIRECTION,
        f"the invisible character U+{ord(character):04X} changes the direction of writing up to "
        "the end of the line",
        at,
        help=f"delete it; if it is intended, write U+{ord(end):04X} where the direction changes "
        "back",
    )
