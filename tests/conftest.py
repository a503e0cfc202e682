"""What all tests share: a fixed time, an order, no disk, and goldens that can be written again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from support.clock import MOMENT
from tools.catalogues.compile import compile_catalogues

if TYPE_CHECKING:
    from collections.abc import Iterator

os.environ["SOURCE_DATE_EPOCH"] = MOMENT

settings.register_profile("dev", deadline=None)
settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "long", deadline=None, max_examples=10_000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues: an editable installation has those of the day it was made."""
    if not hasattr(config, "workerinput"):
        compile_catalogues()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update",
        action="store_true",
        help="write the goldens (tests/cases, tests/bad, generated docs) instead of comparing",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run long tests first, so that no process waits for the last of them."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session", autouse=True)
def _no_disk() -> Iterator[None]:
    """Flush no export to the disk: thousands of them would wait for it longer than they take."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _descriptor: None)
        yield


@pytest.fixture(scope="session")
def update(request: pytest.FixtureRequest) -> bool:
    """Return whether goldens are written instead of compared."""
    return bool(request.config.getoption("--update"))
