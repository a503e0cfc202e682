"""Suggest the known word that an unknown one is probably a misspelling of.

Keys, ids, names and words of every room go through `nearest`, so that there is one policy of what
is similar, and of how long a search for it may take.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

SIMILAR = 0.6
"""The ratio of `difflib` from which a word is probably a misspelling."""

VERY_SIMILAR = 0.75
"""The ratio where an unknown word is often right: a file elsewhere, a `*` that begins a text, a
time zone that does not exist."""

_MAX_COMPARED, _MAX_SEARCHED = 200, 1_000
"""Up to how many words all are compared (15 µs each), and searched for an edit (2 µs each)."""


_MAX_LENGTH = 64
"""Up to how many characters a word is compared, which is one more than an id has."""

_MAX_IN_ALL = 20_000
"""How many words are compared in all for one file: similar ones of 64 letters take 100 µs each."""

_EQUAL_LETTERS = 256
"""How many pairs of equal letters `difflib` follows in 100 µs: `aaaa` and `aaa` have 12."""


class Searches:
    """The results of the searches for one file, and how many more words it may have compared."""

    __slots__ = ("left", "results")

    def __init__(self) -> None:
        self.left = _MAX_IN_ALL
        self.results: dict[tuple[str, float, tuple[str, ...]], str | None] = {}


_searches: ContextVar[Searches | None] = ContextVar("searches", default=None)


@contextmanager
def bounded_searches(searches: Searches | None = None) -> Iterator[None]:
    """Limit how many words are compared while one file is compiled, which may have many errors.

    After that, nothing is similar. The same error has the same suggestion wherever it is.
    ``searches`` are those before, for a file that is compiled in parts.
    """
    token = _searches.set(searches or Searches())
    try:
        yield
    finally:
        _searches.reset(token)


def nearest(word: str, words: Collection[str], similarity: float = SIMILAR) -> str | None:
    """Return the word that was probably meant, ``None`` if none is similar enough.

    Among many words only one that is one edit away is suggested, among too many none: a file may
    have a thousand errors and a hundred thousand ids.
    """
    if len(words) > _MAX_SEARCHED or len(word) > _MAX_LENGTH:
        return None
    folded = word.casefold().replace("_", "-")
    for candidate in words:
        if candidate.casefold() == folded:
            return candidate
    if len(words) > _MAX_COMPARED:
        return _search(_first_edit, word, words, similarity)
    return most_similar(word, words, similarity)


def most_similar(word: str, words: Collection[str], similarity: float) -> str | None:
    """Return the most similar of all words, however many there are; ``None`` if none is."""
    return _search(_closest, word, words, similarity)


def _search(
    find: Callable[[str, Collection[str], float], str | None],
    word: str,
    words: Collection[str],
    similarity: float,
) -> str | None:
    """Return what a search finds, within the limit for the file that is compiled."""
    if (searches := _searches.get()) is None:
        return find(word, words, similarity)
    key = word, similarity, tuple(words)
    if key not in searches.results:
        searches.left -= len(words)
        if find is _closest:
            searches.left -= _repeated(word, words)
        searches.results[key] = find(word, words, similarity) if searches.left >= 0 else None
    return searches.results[key]


def _repeated(word: str, words: Iterable[str]) -> int:
    """Return how many more words a comparison counts for, because letters are in both often."""
    numbers = {letter: word.count(letter) for letter in word}
    return sum(
        sum(number * known.count(letter) for letter, number in numbers.items()) // _EQUAL_LETTERS
        for known in words
    )


def _closest(word: str, words: Collection[str], similarity: float) -> str | None:
    import difflib  # noqa: PLC0415 - 2 ms that only an error should cost

    matches = difflib.get_close_matches(word, words, 3, similarity)
    # For `difflib`, `cvs` is as similar to `ics` as to `csv`, of which two letters are swapped.
    return next(iter([*one_edit_away(word, matches), *matches]), None)


def _first_edit(word: str, words: Collection[str], _similarity: float) -> str | None:
    return next(iter(one_edit_away(word, words)), None)


def one_edit_away(word: str, words: Iterable[str]) -> list[str]:
    """Return the words that are one edit away from a word.

    An edit adds, removes or replaces a letter, or swaps two neighbours. Letter case and ``_`` for
    ``-`` do not count, so ``ID`` is ``id`` and not one edit away from ``uid``.
    """
    folded = word.casefold().replace("_", "-")
    size, first, last = len(folded), folded[:1], folded[-1:]
    near = [
        known
        for known in words
        # Most words differ at once: of three letters or more, an edit leaves the first or the last.
        if -2 < len(known) - size < 2
        and (size < 3 or known[0] == first or known[-1] == last)
        and known != word
        and _is_edit(folded, known)
    ]
    return [folded] if folded in near else near


def is_certain_edit(word: str, known: str) -> bool:
    """Return whether a word one edit away can only be a misspelling of a known one.

    Of three letters or fewer, another letter makes another word, as ``and`` is one edit away from
    ``end``; a letter doubled or two swapped do not.
    """
    return len(known) > 3 or set(word.casefold()) == set(known)


def _is_edit(first: str, second: str) -> bool:
    """Return whether a word is one edit away from another, as long or longer or shorter by one."""
    shorter, longer = sorted((first, second), key=len)
    letters = enumerate(zip(shorter, longer, strict=False))
    same = next((index for index, (a, b) in letters if a != b), len(shorter))
    rest, other = shorter[same:], longer[same:]
    if len(shorter) < len(longer):
        return rest == other[1:]
    return rest[1:] == other[1:] or (rest[1::-1] + rest[2:]) == other


def did_you_mean(word: str, words: Collection[str]) -> str:
    """Return the help for an unknown word: the one meant, or the known ones if they are few."""
    near = nearest(word, words)
    if near:
        return f"did you mean `{near}`?"
    if len(words) == 1:
        return f"there is only `{next(iter(words))}`"
    if len(words) > _MAX_LISTED:
        return f"there are {len(words):,}, and none is similar"
    return f"there are {', '.join(f'`{word}`' for word in words)}" if words else "there are none"


_MAX_LISTED = 50
