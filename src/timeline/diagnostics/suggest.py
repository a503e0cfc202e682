"""Which known word was probably meant: the near misses of keys, ids and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_CLOSELY, _AT_ALL = 200, 1_000
"""Among how many words a near one is looked for, closely and at all: 15 µs and 2 µs for each."""


def nearest(word: str, words: Collection[str]) -> str | None:
    """Give the word that was probably meant, ``None`` where nothing is near.

    Among many words only one slip of the fingers is near, among too many nothing: a file may have
    a thousand mistakes and a hundred thousand ids.
    """
    if len(words) > _AT_ALL:
        return None
    folded = word.casefold().replace("_", "-")
    for candidate in words:
        if candidate.casefold() == folded:
            return candidate
    if len(words) > _CLOSELY:
        return next(iter(one_letter_off(word, words)), None)
    import difflib  # noqa: PLC0415 - only a mistake is looked up

    near = difflib.get_close_matches(word, words, 1, 0.6)
    return near[0] if near else None


def one_letter_off(word: str, words: Iterable[str]) -> list[str]:
    """Give the words that one slip of the fingers makes this one of.

    One letter more, less or another, two neighbours swapped; capitals and ``_`` for ``-`` are none,
    so that ``ID`` is ``id`` and no ``uid``.
    """
    folded = word.casefold().replace("_", "-")
    near = [known for known in words if known != word and _is_slip(folded, known)]
    return [folded] if folded in near else near


def is_no_other(word: str, known: str) -> bool:
    """Say whether a word is hardly one of its own, as ``and`` is, one letter off ``end``.

    Of one letter in three another makes a word, a letter doubled or two swapped do not.
    """
    return len(known) > 3 or set(word.casefold()) == set(known)


def _is_slip(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    if len(one) > len(other):
        one, other = other, one
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    rest, longer = one[same:], other[same:]
    if len(one) < len(other):
        return rest == longer[1:]
    return rest[1:] == longer[1:] or (rest[1::-1] + rest[2:]) == longer


def did_you_mean(word: str, words: Collection[str]) -> str:
    """Say what to type instead of a word: the near miss, or all there are if they are few."""
    near = nearest(word, words)
    if near:
        return f"did you mean `{near}`?"
    if len(words) == 1:
        return f"there is only `{next(iter(words))}`"
    if len(words) > _FEW:
        return f"there are {len(words):,}, and none is near"
    return f"there are {', '.join(f'`{word}`' for word in words)}" if words else "there are none"


_FEW = 50
"""How many words are listed."""
