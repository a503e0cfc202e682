"""The targets of the coverage-guided fuzzer accept their seeds, and notice what is wrong."""

from __future__ import annotations

import pytest

from support import fuzz_targets
from support.fuzz_targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_of_a_target_raise_nothing(name: str) -> None:
    seeds = list(TARGETS[name].seeds())
    assert len(seeds) > 10
    for seed in seeds:
        TARGETS[name].run(seed)


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("content", [b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"<!-- -->\r"])
def test_what_is_hardly_a_file_raises_nothing(name: str, content: bytes) -> None:
    TARGETS[name].run(content)


def test_a_seed_of_the_previous_feed_is_continued(monkeypatch: pytest.MonkeyPatch) -> None:
    seed = next(TARGETS["feed"].seeds())
    monkeypatch.setattr(fuzz_targets, "unified_diff", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        TARGETS["feed"].run(seed)
