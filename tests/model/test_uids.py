"""The UIDs of the VEVENTs of an event."""

from __future__ import annotations

import pytest

from timeline.model.uids import END_SUFFIX, suffixed_uid


@pytest.mark.parametrize(
    ("uid", "suffix", "expected"),
    [
        ("rally@example.org", END_SUFFIX, "rally.end@example.org"),
        ("a@b@example.org", END_SUFFIX, "a@b.end@example.org"),
        ("rally", END_SUFFIX, "rally.end"),
        ("rally@example.org", "", "rally@example.org"),
        ("rally", "", "rally"),
    ],
)
def test_a_suffix_is_before_the_last_at(uid: str, suffix: str, expected: str) -> None:
    assert suffixed_uid(uid, suffix) == expected
