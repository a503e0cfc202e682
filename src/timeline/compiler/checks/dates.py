"""What must hold of a file as a whole: one function a rule.

Certainly impossible is an error, possible is not: a date that is not known to the day is held
against its earliest and its latest day.
"""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

from timeline._records import dataclass
from timeline.compiler.resolve.calendar import uid
from timeline.compiler.resolve.dates import Entry, side_path, unknown_event
from timeline.dates.edtf import Date, looks_like_two_years
from timeline.diagnostics import rules, suggest
from timeline.diagnostics.model import MOST, At, Diagnostic, Note
from timeline.diagnostics.rules import Severity
from timeline.model.events import (
    AllDay,
    Calendar,
    Event,
    Instant,
    NoDate,
    Timed,
    Undated,
    When,
    earliest,
    first_day,
    last_day,
    latest,
)
from timeline.model.projection import suffixed_uid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.compiler.schema.events import EventEntry, OverrideEntry
    from timeline.compiler.schema.feeds import FeedEntry
    from timeline.compiler.schema.timeline import Timeline
    from timeline.diagnostics.model import Path


@dataclass(frozen=True, slots=True)
class Whole:
    """A file as written, laid flat, and as resolved."""

    timeline: Timeline
    entries: list[Entry]
    calendar: Calendar


def check(whole: Whole) -> list[Diagnostic]:
    """Hold a file against every rule, each until it has found more than is told."""
    return [found for rule in CHECKS for found in _enough(rule(whole))]


def _enough(found: Iterator[Diagnostic]) -> Iterator[Diagnostic]:
    """Stop after more errors than are told: a suggestion for each would take minutes."""
    errors = 0
    for one in found:
        yield one
        errors += one.severity is Severity.ERROR
        if errors > MOST:
            return


def duplicate_id(whole: Whole) -> Iterator[Diagnostic]:
    """Find ids, earlier ids and UIDs that two events claim."""
    owners: dict[str, Entry] = {}
    for entry in whole.entries:
        if (owner := owners.setdefault(entry.written.id, entry)) is not entry:
            yield Diagnostic(
                rules.DUPLICATE_ID,
                f"another event is called `{entry.written.id}`",
                At((*entry.path, "id")),
                help="give each event an id of its own",
                notes=(Note("first used here", At((*owner.path, "id"))),),
            )
    if not any(entry.written.renamed_from for entry in whole.entries):
        return
    ids: dict[str, Path] = {known: (*owner.path, "id") for known, owner in owners.items()}
    for entry in whole.entries:
        for index, old in enumerate(entry.written.renamed_from):
            path = (*entry.path, "renamed-from", index)
            if (first := ids.setdefault(old, path)) != path:
                yield Diagnostic(
                    rules.DUPLICATE_ID,
                    f"`{old}` is in use, and an earlier id stays reserved",
                    At(path),
                    help="a new event needs a new id, so that subscribers do not take it for "
                    "the old one",
                    notes=(Note("used here", At(first)),),
                )


def duplicate_uid(whole: Whole) -> Iterator[Diagnostic]:
    """Find explicit UIDs that are another event's."""
    if not any(entry.written.uid for entry in whole.entries):
        return
    uids: dict[str, Path] = {}
    for entry in sorted(whole.entries, key=lambda entry: entry.written.uid is not None):
        path = (*entry.path, "uid" if entry.written.uid else "id")
        own = uid(entry.written, whole.calendar.id)
        # The second is for the last day, where a long span is drawn by its endpoints.
        firsts = [uids.setdefault(each, path) for each in (own, suffixed_uid(own, ".end"))]
        first = next((first for first in firsts if first != path), path)
        if first != path and entry.written.uid:
            yield Diagnostic(
                rules.DUPLICATE_UID,
                f"another event has the UID `{entry.written.uid}`",
                At(path),
                help="calendar apps keep one event of a UID; give each its own",
                notes=(Note("first used here", At(first)),),
            )


def end_before_start(whole: Whole) -> Iterator[Diagnostic]:
    """Find spans, and earlier dates, that certainly end before they start."""
    for event in whole.calendar.events:
        end = event.when.end
        if end is not None and not (isinstance(end, Date) and _is_in_order(event.when, end)):
            yield from _end_before_start(event.when, event.path)
        for index, was in enumerate(event.was) if event.was else ():
            yield from _end_before_start(was.when, (*event.path, "was", index))
        for index, override in enumerate(event.overrides) if event.overrides else ():
            yield from _end_before_start(override.event.when, (*event.path, "overrides", index))


def _is_in_order(when: When, end: Date) -> bool:
    """Whether two days, as most spans are, are in their order: a look for all of a long file."""
    return isinstance(when, AllDay) and end.latest >= when.start.earliest


def _end_before_start(when: AllDay | Timed | Undated, path: Path) -> Iterator[Diagnostic]:
    if isinstance(when, Undated) or when.end is None or isinstance(when.end, NoDate):
        return
    if isinstance(when, Timed):
        assert isinstance(when.end, Instant)  # noqa: S101 - a Timed has no other end
        if when.end.utc > when.start.utc:
            return
        same = when.end.utc == when.start.utc
    elif last_day(when.end) >= first_day(when.start):
        return
    else:
        same = False
    if same:
        message, hint = "the end is the same instant as the start", "leave `end` out for an instant"
    else:
        message, hint = f"`{when.end}` is before the start, `{when.start}`", "swap them"
        if isinstance(when.end, Date) and looks_like_two_years(when.end):
            year = int(when.end.text[:4])
            hint = f"this is a season of {year}; for {year} to {year + 1} write `end: {year + 1}`"
        elif isinstance(when, AllDay) and (better := _next_year(when)):
            hint += f", or, if it ends in the next year, write `end: {better}`"
    yield Diagnostic(
        rules.END_BEFORE_START,
        message,
        At((*path, "end")),
        help=hint,
        notes=(Note("the start stands here", At((*path, "start"))),),
    )


def _next_year(when: AllDay) -> str | None:
    """Give the end of a span over New Year that was written with the year of its start."""
    start, end = when.start, when.end
    if not isinstance(end, Date) or not end.is_day or start.earliest.year != end.earliest.year:
        return None
    if (end.earliest - start.latest).days > -182 or end.text.endswith("02-29"):
        return None  # half a year back is the other side of New Year, less may be a slip
    return f"{end.earliest.year + 1}{str(end)[4:]}"


def season_or_span(whole: Whole) -> Iterator[Diagnostic]:
    """Find dates such as ``2025-26``, a summer in EDTF and two years to most people.

    Codes that name no hemisphere have a warning already, which says so too.
    """
    for entry, event in zip(whole.entries, whole.calendar.events, strict=True):
        start, end, when = entry.written.start, entry.written.end, event.when
        if isinstance(start, Date) and looks_like_two_years(start):
            year = int(start.text[:4])
            two = f"`{year}`" if end else f"`start: {year}` and `end: {year + 1}`"
            yield from _season_or_years(start, At((*entry.path, "start")), f"{two} for the years")
        if not isinstance(end, Date) or not looks_like_two_years(end):
            continue
        if isinstance(when, AllDay) and last_day(end) < first_day(when.start):
            continue  # which `end_before_start` has told
        year = int(end.text[:4]) + 1
        years = f"`{year}` if it ends in that year"
        yield from _season_or_years(end, At((*entry.path, "end")), years)


def _season_or_years(found: Date, at: At, years: str) -> Iterator[Diagnostic]:
    code, year = int(found.text[5:7]), int(found.text[:4])
    if code <= 24:
        return
    name = ("spring", "summer", "autumn", "winter")[(code - 21) % 4]
    side = "northern" if code < 29 else "southern"
    first, last = (day.isoformat()[:7] for day in (found.earliest, found.latest))
    yield Diagnostic(
        rules.SEASON_OR_SPAN,
        f"`{found}` is the {side} {name} of {year}, and looks like {year} to {year + 1}",
        at,
        help=f"write {years}, or `between {first} and {last}` for the season",
    )


def outside_parent(whole: Whole) -> Iterator[Diagnostic]:
    """Find children that cannot lie within their parent."""
    if all(event.parent is None for event in whole.calendar.events):
        return
    by_path = {event.path: event for event in whole.calendar.events}
    written = {entry.path: entry for entry in whole.entries}
    for event in whole.calendar.events:
        if event.parent is None:
            continue
        parent = by_path[event.path[:-2]]
        found = _outside(event, parent)
        if found:
            side, how = found
            other = "start" if found is _TOO_EARLY or parent.when.end is None else "end"
            yield Diagnostic(
                rules.OUTSIDE_PARENT,
                f"`{event.id}` cannot lie within `{parent.id}`: it {how}",
                At(side_path(written[event.path], side)),
                help=f"move it, or take it out of the `events` of `{parent.id}`",
                notes=(
                    Note(
                        f"the {other} of `{parent.id}` is `{getattr(parent.when, other)}`",
                        At(side_path(written[parent.path], other)),
                    ),
                ),
            )


_TOO_EARLY = ("start", "starts too early")
_STARTS_TOO_LATE = ("start", "starts too late")
_ENDS_TOO_LATE = ("end", "ends too late")


def _outside(event: Event, parent: Event) -> tuple[str, str] | None:
    """Say which side of an event certainly lies outside of its parent, and how."""
    mine, theirs = event.when, parent.when
    if parent.recurrence is not None:
        return None  # it may lie within any instance
    if isinstance(mine, Timed) and isinstance(theirs, Timed):
        return _outside_times(mine, theirs)
    if isinstance(theirs, Undated):
        return None
    if not isinstance(mine, Undated) and last_day(mine.start) < first_day(theirs.start):
        return _TOO_EARLY
    last, starts = latest(theirs), earliest(mine)
    if last is None:
        return None
    if starts is not None and starts > last:
        return _STARTS_TOO_LATE
    ends = None if isinstance(mine.end, NoDate) or mine.end is None else first_day(mine.end)
    return _ENDS_TOO_LATE if ends is not None and ends > last else None


def _outside_times(mine: Timed, theirs: Timed) -> tuple[str, str] | None:
    if mine.start.utc < theirs.start.utc:
        return _TOO_EARLY
    if isinstance(theirs.end, NoDate):
        return None
    last = (theirs.end or theirs.start).utc
    if mine.start.utc > last:
        return _STARTS_TOO_LATE
    return _ENDS_TOO_LATE if isinstance(mine.end, Instant) and mine.end.utc > last else None


def unknown_related(whole: Whole) -> Iterator[Diagnostic]:
    """Find ``related-to`` ids that no event has."""
    if not any(entry.written.related_to for entry in whole.entries):
        return
    by_id = {entry.written.id: entry for entry in whole.entries}
    renamed = {
        old: entry.written.id for entry in whole.entries for old in entry.written.renamed_from
    }
    for entry in whole.entries:
        for index, related in enumerate(entry.written.related_to):
            path = (*entry.path, "related-to", index, "id")
            if related.id not in by_id:
                refusal = unknown_event(related.id, by_id, renamed)
                yield Diagnostic(refusal.rule, refusal.message, At(path), help=refusal.help)
            elif related.id == entry.written.id:
                yield Diagnostic(
                    rules.SELF_RELATION,
                    f"`{related.id}` is related to itself",
                    At(path),
                    help="write the id of another event, or leave it out",
                )


def relation_circle(whole: Whole) -> Iterator[Diagnostic]:
    """Find events that are, by ``related-to`` and by nesting, a parent of their own parent."""
    if not any(entry.written.related_to for entry in whole.entries):
        return
    parents: dict[str, dict[str, Path]] = {}
    for entry in whole.entries:
        own = entry.written.id
        if entry.parent is not None:
            parents.setdefault(own, {})[entry.parent.written.id] = (*entry.path, "id")
        for index, related in enumerate(entry.written.related_to):
            path = (*entry.path, "related-to", index, "id")
            if related.id != own and related.type == "parent":
                parents.setdefault(own, {}).setdefault(related.id, path)
            elif related.id != own and related.type == "child":
                parents.setdefault(related.id, {}).setdefault(own, path)
    for circle in islice(_circles(parents), MOST):
        steps = [parents[child][parent] for child, parent in pairwise([*circle, circle[0]])]
        ways = [step for step in steps if "related-to" in step]
        if not ways:
            continue  # by nesting alone: two events have one id, which is told
        between = [f"`{name}`" for name in circle[1:4]] + ["…"] * (len(circle) > 4)
        yield Diagnostic(
            rules.RELATION_CIRCLE,
            f"`{circle[0]}` would be its own parent, by way of {', '.join(between)}",
            At(ways[-1]),
            help=f"if neither is a part of the other, write `{{id: {_related(whole, ways[-1])}, "
            "type: sibling}`; else delete one of them",
            notes=tuple(Note("the other way round here", At(way)) for way in ways[:-1][:1]),
        )


def _related(whole: Whole, path: Path) -> str:
    entry = next(each for each in whole.entries if each.path == path[:-3])
    return entry.written.related_to[int(path[-2])].id


def _circles(parents: Mapping[str, Mapping[str, Path]]) -> Iterator[list[str]]:
    """Give circles, each once; no recursion, for a chain may be as long as the file."""
    done: set[str] = set()
    for first in parents:
        way: dict[str, Iterator[str]] = {}
        at: str | None = first
        while at is not None:
            if at not in way and at not in done:
                way[at] = iter(parents.get(at, ()))
            elif at in way and at != next(reversed(way)):
                names = list(way)
                yield names[names.index(at) :]
            if not way:
                break
            last = next(reversed(way))
            at = next(way[last], None)
            while at is None:
                done.add(way.popitem()[0])
                if not way:
                    break
                at = next(way[next(reversed(way))], None)


def duplicate_item(whole: Whole) -> Iterator[Diagnostic]:
    """Find what stands twice in a list of categories, of related events, or of what a feed has."""
    lists: list[tuple[Path, Sequence[object]]] = []
    for entry in whole.entries:
        written = entry.written
        if len(written.categories) > 1:
            lists.append(((*entry.path, "categories"), written.categories))
        if len(written.related_to) > 1:
            lists.append(((*entry.path, "related-to"), written.related_to))
        for index, override in enumerate(written.overrides):
            path = (*entry.path, "overrides", index, "categories")
            lists.append((path, override.categories or ()))
    for number, feed in enumerate(whole.timeline.feeds):
        keys = ("ids", "categories", "status", "exclude")
        lists += ((("feeds", number, key), getattr(feed, key)) for key in keys)
    for path, items in lists:
        first: dict[object, int] = {}
        for index, item in enumerate(items):
            if (other := first.setdefault(item, index)) != index:
                name = getattr(item, "id", item)
                yield Diagnostic(
                    rules.DUPLICATE_ITEM,
                    f"`{name}` stands in this list twice",
                    At((*path, index)),
                    help="delete one of them",
                    notes=(Note("first used here", At((*path, other))),),
                )


def unknown_category(whole: Whole) -> Iterator[Diagnostic]:
    """Find categories that the file does not declare, where it declares any."""
    if not whole.timeline.categories:
        return
    for entry in whole.entries:
        for index, name in enumerate(entry.written.categories):
            if name not in whole.timeline.categories:
                yield Diagnostic(
                    rules.UNKNOWN_CATEGORY,
                    f"there is no category `{name}` at the top of the file",
                    At((*entry.path, "categories", index)),
                    help=suggest.did_you_mean(name, whole.timeline.categories),
                )


def unknown_in_feed(whole: Whole) -> Iterator[Diagnostic]:
    """Find ids and categories in ``feeds`` that nothing has, and feeds of one name."""
    if not whole.timeline.feeds:
        return
    by_id = {entry.written.id: entry for entry in whole.entries}
    renamed = {
        old: entry.written.id for entry in whole.entries for old in entry.written.renamed_from
    }
    used = {name for entry in whole.entries for name in entry.written.categories}
    names: dict[str, Path] = {}
    for number, feed in enumerate(whole.timeline.feeds):
        path = ("feeds", number)
        if (first := names.setdefault(feed.id, (*path, "id"))) != (*path, "id"):
            yield Diagnostic(
                rules.DUPLICATE_ID,
                f"another feed is called `{feed.id}`",
                At((*path, "id")),
                help="give each feed an id of its own: it names its file",
                notes=(Note("first used here", At(first)),),
            )
        for key, names_ in (("ids", feed.ids), ("exclude", feed.exclude)):
            for index, name in enumerate(names_):
                if name not in by_id:
                    refusal = unknown_event(name, by_id, renamed)
                    at = At((*path, key, index))
                    yield Diagnostic(refusal.rule, refusal.message, at, help=refusal.help)
        if feed.parent is not None and feed.parent not in by_id:
            refusal = unknown_event(feed.parent, by_id, renamed)
            yield Diagnostic(
                refusal.rule, refusal.message, At((*path, "parent")), help=refusal.help
            )
        if (untold := _untold(feed, whole)) is not None:
            yield untold
        for index, name in enumerate(feed.categories):
            if name not in used and name not in whole.timeline.categories:
                yield Diagnostic(
                    rules.UNKNOWN_CATEGORY,
                    f"no event has the category `{name}`",
                    At((*path, "categories", index)),
                    help=suggest.did_you_mean(name, sorted({*used, *whole.timeline.categories})),
                )


def _untold(feed: FeedEntry, whole: Whole) -> Diagnostic | None:
    """Find a feed in a language that no text is in, though texts are told by language."""
    told = {
        language
        for entry in whole.entries
        for text in (entry.written.summary, entry.written.description)
        if isinstance(text, dict)
        for language in text
    }
    if feed.language is None or not told or feed.language in told:
        return None
    return Diagnostic(
        rules.MISSING_LANGUAGE,
        f"there is no text in `{feed.language}`",
        At(("feeds", whole.timeline.feeds.index(feed), "language")),
        help=suggest.did_you_mean(feed.language, sorted(told)),
    )


def language(whole: Whole) -> Iterator[Diagnostic]:
    """Find texts by language that lack the calendar's own, which is what others fall back to."""
    wanted = whole.timeline.calendar.language
    for entry in whole.entries:
        written = entry.written
        is_plain = not isinstance(written.summary, dict) and not isinstance(
            written.description, dict
        )
        if is_plain and not written.overrides:
            continue
        owners: list[tuple[Path, EventEntry | OverrideEntry]] = [(entry.path, written)]
        for index, item in enumerate(written.overrides):
            owners.append(((*entry.path, "overrides", index), item))
        for path, owner in owners:
            for key, text in (("summary", owner.summary), ("description", owner.description)):
                if isinstance(text, dict) and wanted not in text:
                    yield _no_language(At((*path, key)), wanted, text)


def _no_language(at: At, wanted: str | None, text: dict[str, str]) -> Diagnostic:
    if wanted is None:
        return Diagnostic(
            rules.MISSING_LANGUAGE,
            "texts by language need to know which is the calendar's own",
            at,
            help=f"add `language: {next(iter(text))}` to `calendar`",
        )
    return Diagnostic(
        rules.MISSING_LANGUAGE,
        f"there is no text in `{wanted}`, the language of the calendar",
        at,
        help=f"add `{wanted}:` with the text",
    )


def missing_source(whole: Whole) -> Iterator[Diagnostic]:
    """Find events without a source, where the calendar requires them."""
    if not whole.timeline.calendar.require_sources:
        return
    for entry in whole.entries:
        if not entry.written.sources:
            yield Diagnostic(
                rules.MISSING_SOURCE,
                f"`{entry.written.id}` has no source, and the calendar requires one",
                At((*entry.path, "id")),
                help="add `sources:` with a `url` or a `title`",
            )


def overlap(whole: Whole) -> Iterator[Diagnostic]:
    """Find events of a category that must not overlap on the same days."""
    for name in (name for name, about in whole.timeline.categories.items() if about.no_overlap):
        known = [
            (first, last, event)
            for event in whole.calendar.events
            if name in event.categories
            if (first := earliest(event.when)) and (last := latest(event.when))
            if _certain_days(event)
        ]
        known.sort(key=lambda item: (item[0], item[2].path))
        for (_, last, event), (first, _, other) in pairwise(known):
            if first <= last:
                yield Diagnostic(
                    rules.OVERLAP,
                    f"`{other.id}` overlaps with `{event.id}`, and `{name}` says `no-overlap`",
                    At((*other.path, "id")),
                    help="move one of them, or leave `no-overlap` out",
                    notes=(Note("the other one is here", At((*event.path, "id"))),),
                )


def _certain_days(event: Event) -> bool:
    when = event.when
    return not isinstance(when, AllDay) or when.start.is_day


CHECKS = (
    duplicate_id,
    duplicate_uid,
    end_before_start,
    season_or_span,
    outside_parent,
    unknown_related,
    relation_circle,
    duplicate_item,
    unknown_category,
    unknown_in_feed,
    language,
    missing_source,
    overlap,
)
