"""The instances of a series, and which of them are excepted."""

from __future__ import annotations

from support.loading import event_codes


def test_a_series_with_every_instance_excepted_is_refused() -> None:
    series = "id: e, summary: S, start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=2"
    assert event_codes(f"{series}, exdate: [2027-01-04]") == []
    both = f"{series}, exdate: [2027-01-04, 2027-01-11]"
    assert event_codes(both) == ["no-instance"]
    # Google shows no date after the end of the rule, which is another matter.
    assert event_codes(f"{both}, rdate: [2027-01-12]") == ["uneven-rule"]
