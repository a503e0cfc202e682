"""Count the calls of some work, as a measure of its cost that is the same on every machine."""

from __future__ import annotations

import cProfile
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def count_calls(work: Callable[[], object]) -> int:
    """Return how many functions of Python and of C some work calls."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def assert_linear(work: Callable[[int], object], size: int) -> None:
    """Check that work of twice the size makes fewer than three times the calls.

    ``work`` is done for size 2 first: what is imported or computed only once does not count, and
    neither do the calls that are made for any size.
    """
    work(2)
    least, few, many = (count_calls(partial(work, times)) for times in (2, size, 2 * size))
    assert many - least < 3 * (few - least), (least, few, many)
