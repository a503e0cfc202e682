"""What changed, in words: ``moved: Finale, 15 → 16 January 2027``."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.changes.dates import zones_of
from timeline.changes.kinds import DATE_KINDS, Kind
from timeline.model import (
    AllDay,
    changed_instances,
    earliest,
    instance_words,
    is_known_to_the_day,
    isolated,
    joined_by_commas,
    latest,
    rule_sentences,
    uncapitalized,
    when_words,
)

if TYPE_CHECKING:
    from timeline.changes.kinds import Changes, EventChange, InstanceChange
    from timeline.model import Event, Override, When, Wording


def change_line(
    change: EventChange, changes: Changes, wording: Wording, *, has_kind: bool = False
) -> str:
    """Return a change as one line.

    ``moved: Finale, 15 → 16 January 2027``, or, of an event that only followed another, ``Party:
    15 → 16 January 2027, follows the end of Finale``. ``has_kind`` states that this has its kind
    before it, too, as in a list in which it does not stand below the other event.
    """
    has_kind = has_kind or not change.only_followed
    head, *others = clauses_with_cause(change, changes, wording, is_labelled=has_kind)
    title = title_words(change, wording)
    if not has_kind:
        words = f"{wording.label(title)} {head}"
    elif change.kind is Kind.RETITLED:  # whose title is what changed
        words = f"{wording.label(kind_words(change.kind, wording))} {head}"
    else:
        words = joined_by_commas([title, *filter(None, [head])], wording)
        words = f"{wording.label(kind_words(change.kind, wording))} {words}"
    for other in others:
        words = wording.phrase("{first}; {next}", first=words, next=other)
    return words


def shortened(words: str) -> str:
    """Return words that are not longer than a reader of a list wants: a feed may have any text."""
    return words if len(words) <= _MOST_CHARACTERS else f"{words[: _MOST_CHARACTERS - 1]}…"


_MOST_CHARACTERS = 1_000


def title_words(change: EventChange, wording: Wording) -> str:
    """Return the title that the event has now, as a sentence of ours contains it."""
    return isolated(change.event.summary, wording)


def follows_words(change: EventChange, changes: Changes, wording: Wording) -> str:
    """Return which date of which event a moved event follows."""
    assert change.cause is not None  # noqa: S101 - only for events with a cause
    title = isolated(changes.title_of(change.cause.uid), wording)
    if change.cause.edge == "start":
        return wording.phrase("follows the start of {title}", title=title)
    return wording.phrase("follows the end of {title}", title=title)


def clauses_with_cause(
    change: EventChange, changes: Changes, wording: Wording, *, is_labelled: bool = True
) -> list[str]:
    """Return the clauses of a change, that of the dates with the event that they follow."""
    words = clauses(change, wording, is_labelled=is_labelled)
    if change.cause is not None:
        follows = follows_words(change, changes, wording)
        # Dates are in the first clause, whatever its kind; a series that only ends later has its
        # own clause, the second if the status of the event changed.
        at = 0 if change.is_of_dates or change.only_followed else 1
        words[at] = joined_by_commas([words[at], follows], wording)
    return words


def clauses(change: EventChange, wording: Wording, *, is_labelled: bool = True) -> list[str]:
    """Return the words for each kind of a change, of all but the first with the kind before them.

    ``is_labelled`` states that the kind of the first stands before the title; else dates that
    became narrower, wider, or more or less certain are followed by their kind.
    """
    kinds = [kind for kind in change.kinds if not _is_implied(kind, change)]
    first = _clause(kinds[0], change, wording, has_suffix=not is_labelled)
    others = (
        f"{wording.label(kind_words(kind, wording))} "
        f"{_clause(kind, change, wording, has_suffix=False)}"
        for kind in kinds[1:]
    )
    return [first, *others]


def _is_implied(kind: Kind, change: EventChange) -> bool:
    """Return whether the words of the first kind have those of this one, too."""
    return change.kind in _OF_STATUS and kind in DATE_KINDS


_OF_STATUS = frozenset({Kind.CANCELLED, Kind.REINSTATED, Kind.POSTPONED})
"""The kinds of a status, of which the words are the dates."""


def _clause(kind: Kind, change: EventChange, wording: Wording, *, has_suffix: bool) -> str:
    before, after = change.before, change.after
    if before is None or after is None:
        return when_words(change.event.when, wording)
    match kind:
        case Kind.RENAMED:
            return _arrow(isolated(before.id, wording), isolated(after.id, wording), wording)
        case Kind.RECURRENCE:
            return _arrow(_rule(before, wording), _rule(after, wording), wording)
        case Kind.INSTANCE:
            instances = (_instance(item, before, after, wording) for item in change.instances)
            return joined_by_commas(list(instances), wording)
        case Kind.RETITLED:
            sides = isolated(before.summary, wording), isolated(after.summary, wording)
            return _arrow(*sides, wording)
        case Kind.RELOCATED:
            return _arrow(_place(before, wording), _place(after, wording), wording)
        case Kind.DETAILS:
            names = dict.fromkeys(field_words(name, wording) for name in change.fields)
            return wording.dates.enumeration([*names])
    words = dates_words(before.when, after.when, wording)
    if has_suffix and kind in DATE_KINDS and kind is not Kind.MOVED:
        return wording.phrase("{date} ({kind})", date=words, kind=kind_words(kind, wording))
    return words


def dates_words(before: When, after: When, wording: Wording) -> str:
    """Return ``12 April 2026 → 8 November 2026``; within a month, ``15 → 16 April 2026``.

    The dates themselves where both are the same. Times of different zones name both.
    """
    zones = [{zone for zone in zones_of(when) if zone} for when in (before, after)]
    if all(zones) and zones[0] != zones[1]:
        wording = wording.naming_zones()
    old, new = when_words(before, wording), when_words(after, wording)
    if old == new:
        return new
    months = _month(before), _month(after)
    if months[0] is not None and months[0] == months[1]:
        old = _without_month(before, wording) or old
    return _arrow(old, new, wording)


def _month(when: When) -> tuple[int, int] | None:
    """Return the year and the month of known days; ``None`` for days of several months."""
    if not isinstance(when, AllDay) or not is_known_to_the_day(when):
        return None
    first, last = earliest(when), latest(when)
    assert first is not None  # noqa: S101 - they are known
    assert last is not None  # noqa: S101 - as above
    is_one = (first.year, first.month) == (last.year, last.month)
    return (first.year, first.month) if is_one else None


def _without_month(when: When, wording: Wording) -> str | None:
    """Return days of one month as the first of a range has them: ``15``."""
    first, last = earliest(when), latest(when)
    assert first is not None  # noqa: S101 - see `_month`
    assert last is not None  # noqa: S101 - as above
    end = last.replace(day=monthrange(last.year, last.month)[1])
    if last == end:  # no range begins with it
        return None
    days = wording.dates.days(last, end)
    if days.last != wording.dates.day(end):  # the month is before the days, as in Japanese
        return None
    if first == last:
        return days.first
    all_days = wording.dates.days(first, last)
    return f"{all_days.first}{all_days.separator}{days.first}"


def _arrow(before: str, after: str, wording: Wording) -> str:
    # Translators: what something was, and what it is now.
    return wording.phrase("{before} → {after}", before=before, after=after)


def _rule(event: Event, wording: Wording) -> str:
    sentences = [uncapitalized(words, wording) for words in rule_sentences(event, wording)]
    if not sentences:
        return wording.phrase("no recurrence")
    return joined_by_commas(sentences, wording)


def _place(event: Event, wording: Wording) -> str:
    if event.location is None:
        return wording.phrase("no place")
    return isolated(event.location, wording)


def _instance(change: InstanceChange, before: Event, after: Event, wording: Wording) -> str:
    """Return what an instance is now: ``on 3 January 2027: moved to 4 January 2027``."""
    override, series = (change.after, after) if change.after else (change.before, before)
    assert override is not None  # noqa: S101 - one side has it
    name = instance_words(override.recurrence_id, wording)
    if change.after is None:
        words = wording.phrase("{instance}: as in the series", instance=name)
    else:
        words = _sentence(override, series, wording) or name
    return uncapitalized(words, wording)


def _sentence(override: Override, series: Event, wording: Wording) -> str | None:
    single = replace(series, overrides=(override,))
    changed = next(changed_instances(single, wording), None)
    return changed.sentence(wording) if changed else None


def counts_words(changes: Changes, wording: Wording) -> str:
    """Return how many events changed in each kind: ``moved: 3, added: 1``."""
    counts = changes.counts().items()
    words = [f"{wording.label(kind_words(kind, wording))} {number}" for kind, number in counts]
    return joined_by_commas(words, wording)


def kind_words(kind: Kind, wording: Wording) -> str:
    """Return the word for a kind of change, before a title or in a column."""
    phrase = wording.phrase
    match kind:
        case Kind.ADDED:
            return phrase("added")
        case Kind.REMOVED:
            return phrase("removed")
        case Kind.RENAMED:
            # Translators: its id, by which other files name it, is another one.
            return phrase("renamed")
        case Kind.CANCELLED:
            return phrase("cancelled")
        case Kind.REINSTATED:
            # Translators: it was cancelled, and is not any more.
            return phrase("reinstated")
        case Kind.POSTPONED:
            return phrase("postponed")
        case Kind.MOVED:
            return phrase("moved")
        case Kind.NARROWED:
            # Translators: the date is more precise: a day of the year that was known before.
            return phrase("narrowed")
        case Kind.WIDENED:
            # Translators: the date is less precise.
            return phrase("widened")
        case Kind.CONFIRMED:
            return phrase("confirmed")
        case Kind.UNCONFIRMED:
            # Translators: the date or the status is less certain.
            return phrase("unconfirmed")
        case Kind.RECURRENCE:
            return phrase("recurrence")
        case Kind.INSTANCE:
            # Translators: one of the dates of a series.
            return phrase("instance")
        case Kind.RETITLED:
            return phrase("retitled")
        case Kind.RELOCATED:
            return phrase("relocated")
    return phrase("details")


def field_words(name: str, wording: Wording) -> str:
    """Return the word for a detail of an event, by its name in `EventChange.fields`."""
    phrase = wording.phrase
    words: dict[str, str] = {
        "timezone": phrase("time zone"),
        "was": phrase("earlier dates"),
        "description": phrase("description"),
        "url": phrase("page"),
        "categories": phrase("categories"),
        "sources": phrase("sources"),
        "alarms": phrase("reminders"),
        "texts": phrase("translations"),
        "related-to": phrase("related events"),
    }
    return words.get(name) or phrase("other details")
