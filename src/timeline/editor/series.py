"""What a date in `rdate`, `exdate` or `until` comes to: an instance, or the end of a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates import Date, DayRange, Instant, make_day
from timeline.editor.names import ANCHOR
from timeline.model import PLAIN_ENGLISH, make_when, when_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.diagnostics import Path
    from timeline.editor.analysis import Analysis
    from timeline.model import Event

_MEANINGS = {
    "rdate": "Takes place also then",
    "exdate": "Does not take place then",
    "until": "The last day or time at which the rule may have an instance",
}


def series_date(analysis: Analysis, event: Event, inside: Path) -> str | None:
    """Return the words for a date in a list or in the rule of a series, at a path in its event.

    ``None`` for another path, and where an error leaves open what a date comes to.
    """
    if (recurrence := event.recurrence) is None or not analysis.loaded.is_sound:
        return None
    match inside:
        case ("rrule", "until") if recurrence.rule and (until := recurrence.rule.until):
            if not isinstance(until, Date):
                return str(until)
            return when_words(make_when(until, None), PLAIN_ENGLISH)
        case ("rdate" | "exdate" as key, int(index)):
            lists = {
                "rdate": recurrence.rdate,
                "exdate": recurrence.exdate_items or recurrence.exdate,
            }
            written = analysis.document.value((*event.path, key))
            if len(lists[key]) != len(written):  # an item that excludes several instances
                return None
            item = lists[key][index]
            if isinstance(item, DayRange):
                when = make_when(make_day(item.first), make_day(item.last))
            else:
                when = make_when(item if isinstance(item, Instant) else make_day(item), None)
            return when_words(when, PLAIN_ENGLISH)
    return None


def about_series_date(analysis: Analysis, event: Event, inside: Path) -> list[str]:
    """Return lines of Markdown about such a date; none where it is not one."""
    if (words := series_date(analysis, event, inside)) is None:
        return []
    key = inside[-1] if inside[0] == "rrule" else inside[0]
    lines = [f"**{words}**", "", f"- {_MEANINGS[str(key)]}"]
    text = analysis.text((*event.path, *inside)) or ""
    if follows := dict.fromkeys(match[1] for match in ANCHOR.finditer(text)):
        lines.append(f"- Follows: {', '.join(f'`{id_}`' for id_ in follows)}")
    return lines


def relative_series_dates(analysis: Analysis, event: Event) -> Iterator[tuple[Path, str]]:
    """Yield the paths of the relative dates of a series, and the words for each."""
    if (recurrence := event.recurrence) is None:
        return
    keys: list[Path] = [("rrule", "until")]
    keys += [("rdate", index) for index in range(len(recurrence.rdate))]
    keys += [("exdate", index) for index in range(len(recurrence.exdate))]
    for inside in keys:
        path = (*event.path, *inside)
        text = analysis.text(path)
        if text and ANCHOR.search(text) and (words := series_date(analysis, event, inside)):
            yield path, words
