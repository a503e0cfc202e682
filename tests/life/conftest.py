"""The fixture of these tests: a feed in the output folder, and one at an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.feed_life import Life, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["standing", "address"])
def life(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Life]:
    if request.param == "standing":
        yield Life(tmp_path)
        return
    with served(tmp_path) as address:
        yield Life(tmp_path, address)
