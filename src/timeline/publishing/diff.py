"""Return a unified diff of two versions of a file, for people to read.

``difflib.unified_diff`` takes minutes if each of 10,000 events gained a line, because most lines
of a feed (``END:VEVENT``) occur thousands of times. Here the lines that occur once in each text,
such as UIDs, are matched first, as in git's patience diff, and ``difflib`` compares only the lines
between two of them. That is fast, and compares an event with itself and not with its neighbour.
What both texts begin and end with is not divided into lines: most diffs are of a few events.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from difflib import Match, SequenceMatcher
from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline.diagnostics import escape_unsafe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CONTEXT = 3
"""Lines shown around a change."""


def unified_diff(before: bytes | None, after: bytes, name: str) -> str:
    """Return the unified diff from ``before`` to ``after``, empty if they are equal.

    ``before`` is ``None`` if there was no file. Lines end at LF; the CR before it is not shown.
    Control characters, bytes that are not UTF-8 and commands of a build server are escaped. If only
    line ends differ, a line states that. For feeds, pass the text of ``without_stamps``: stamps
    change by the clock.
    """
    if before == after:
        return ""
    skipped, *middles = _without_common_ends(before or b"", after)
    old, new = map(_lines, middles)
    name = escape_unsafe(name)
    lines = ["--- /dev/null" if before is None else f"--- {name}", f"+++ {name}"]
    if old == new:
        lines.append("\\ Only line ends differ")
    for group in _Matcher(old, new).get_grouped_opcodes(CONTEXT):
        first, last = group[0], group[-1]
        old_range = _range(skipped + first[1], skipped + last[2])
        new_range = _range(skipped + first[3], skipped + last[4])
        lines.append(f"@@ -{old_range} +{new_range} @@")
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                lines += [_context(line) for line in old[i1:i2]]
                continue
            lines += ["-" + line for line in old[i1:i2]]
            lines += ["+" + line for line in new[j1:j2]]
    return "\n".join(lines) + "\n"


def _without_common_ends(old: bytes, new: bytes) -> tuple[int, bytes, bytes]:
    """Return both texts without the lines that are the same at their starts and at their ends.

    Some are kept: what is shown around a change, and at the end what shows which event is which.
    The number is that of the lines left out at the start.
    """
    most = min(len(old), len(new))
    same = _longest(most, lambda low, high: old[low:high] == new[low:high])
    start = old.rfind(b"\n", 0, same) + 1
    for _ in range(_KEPT):
        start = old.rfind(b"\n", 0, max(start - 1, 0)) + 1
    last, shift = len(old), len(new) - len(old)
    end = last - _longest(
        most - same,
        lambda low, high: (
            old[last - high : last - low] == new[last + shift - high : last + shift - low]
        ),
    )
    for _ in range(_KEPT):
        end = old.find(b"\n", end) + 1 or last
    return old.count(b"\n", 0, start), old[start:end], new[start : end + shift]


_KEPT = 200
"""How many lines next to a change are divided, of several events and more than `CONTEXT`."""


def _longest(most: int, is_same: Callable[[int, int], bool]) -> int:
    """Return the greatest length up to which all octets are the same, by halving."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if is_same(low, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _context(line: str) -> str:
    """Return a line around a change, of which a build server would ignore the space before it."""
    command = _COMMAND.match(line)
    return " " + (line if command is None else f"{command[1]}\\x3a{line[command.end() :]}")


_COMMAND = regex(r"(\s*):(?=:)")


def _range(start: int, stop: int) -> str:
    """Return the lines of a hunk in the notation of POSIX; an empty range names the line before."""
    length = stop - start
    if length == 1:
        return str(start + 1)
    return f"{start + (length > 0)},{length}"


def _lines(text: bytes) -> list[str]:
    lines = text.decode("utf-8", "backslashreplace").split("\n")
    if not lines[-1]:
        del lines[-1]
    return [escape_unsafe(line.removesuffix("\r")) for line in lines]


class _Matcher(SequenceMatcher[str]):
    """Computes the opcodes and groups of ``difflib`` from our own matches."""

    def __init__(self, old: list[str], new: list[str]) -> None:
        super().__init__()  # without the texts, which it would index
        self.a, self.b = old, new

    def get_matching_blocks(self) -> list[Match]:
        """Return the runs of equal lines in order, with an empty run at the end."""
        runs: list[Match] = []
        for i, j in _matches(self.a, self.b):
            if runs and (runs[-1].a + runs[-1].size, runs[-1].b + runs[-1].size) == (i, j):
                runs[-1] = runs[-1]._replace(size=runs[-1].size + 1)
            else:
                runs.append(Match(i, j, 1))
        return [*runs, Match(len(self.a), len(self.b), 0)]


_SMALL = 2_000
"""The most lines between two anchors that ``difflib`` compares; more are shown as replaced."""


def _matches(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the indices of equal lines in ascending order."""
    start_i = start_j = 0
    for i, j in [*_anchors(old, new), (len(old), len(new))]:
        yield from _between(old, new, (start_i, i), (start_j, j))
        if i < len(old):
            yield i, j
        start_i, start_j = i + 1, j + 1


def _between(
    old: list[str], new: list[str], within_old: tuple[int, int], within_new: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield the indices of equal lines in two half-open ranges."""
    (i, end_i), (j, end_j) = within_old, within_new
    while i < end_i and j < end_j and old[i] == new[j]:
        yield i, j
        i, j = i + 1, j + 1
    tail = 0
    while i < end_i - tail and j < end_j - tail and old[end_i - tail - 1] == new[end_j - tail - 1]:
        tail += 1
    a, b = old[i : end_i - tail], new[j : end_j - tail]
    if a and b and len(a) + len(b) <= _SMALL:
        for run in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
            yield from ((i + run.a + k, j + run.b + k) for k in range(run.size))
    for k in range(tail, 0, -1):
        yield end_i - k, end_j - k


def _anchors(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Return the longest ascending sequence of indices of lines that occur once in each text."""
    unique_old, unique_new = _unique_lines(old), _unique_lines(new)
    pairs = [(i, unique_new[line]) for line, i in unique_old.items() if line in unique_new]
    # Patience sorting: piles[n] ends the best sequence of n + 1 pairs; follows[m] is the pair
    # before pair m.
    tops: list[int] = []
    piles: list[int] = []
    follows: list[int] = []
    for number, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        follows.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        piles[pile : pile + 1] = [number]
    chosen: list[tuple[int, int]] = []
    number = piles[-1] if piles else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = follows[number]
    return chosen[::-1]


def _unique_lines(lines: list[str]) -> dict[str, int]:
    count = Counter(lines)
    return {line: number for number, line in enumerate(lines) if count[line] == 1}
