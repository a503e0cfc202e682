"""What is not wanted any more is abandoned in each step of the compiler, and nothing else is."""

from __future__ import annotations

from itertools import count

import pytest

from timeline import loads
from timeline._checkpoint import Abandoned, checkpoint, while_wanted

EVENTS = "".join(f"- {{id: e{number}, summary: E, start: 2026-01-05}}\n" for number in range(50))
VALID = f"calendar: {{id: example.org, name: Example}}\nevents:\n{EVENTS}"
WRONG = VALID.replace("2026-01-05", "5 May 2026", 1)


def test_a_command_abandons_nothing() -> None:
    checkpoint()
    with while_wanted(lambda: True):
        assert len(loads(VALID).calendar.events) == 50
    checkpoint()


@pytest.mark.parametrize("text", [VALID, WRONG])
def test_each_step_may_be_abandoned(text: str) -> None:
    expected = loads(text).diagnostics
    for last in range(0, 200, 7):
        asked = count()
        try:
            with while_wanted(lambda asked=asked, last=last: next(asked) < last):  # type: ignore[misc]
                assert loads(text).diagnostics == expected
        except Abandoned:
            assert next(asked) == last + 1, "nothing is asked again"
        assert loads(text).diagnostics == expected, "nothing is left behind"
