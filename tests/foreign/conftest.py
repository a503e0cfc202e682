"""The readers of these tests; a missing one is skipped with what to install."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support import readers
from support.readers import NOT_PYTHON

if TYPE_CHECKING:
    from collections.abc import Iterator


READERS = ("icalendar", "ical", *NOT_PYTHON)


@pytest.fixture(scope="module", autouse=True)
def _clean_up() -> Iterator[None]:
    yield
    readers.clean_up()


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest) -> str:
    """Return the name of an installed reader."""
    name: str = request.param
    if why := readers.missing()[name]:
        pytest.skip(f"{name} {why}")
    return name
