"""Dates worked out along their anchors: each once, with circles found on the way.

Events are laid flat, depth first. A date that cannot be worked out is ``TBC`` from then on, so
that one mistake makes one diagnostic.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeGuard

from msgspec import Struct
from msgspec.structs import replace

from timeline.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    OPEN,
    TBC,
    Between,
    ClockTime,
    Date,
    DateExpression,
    Instant,
    NoDate,
    Precision,
    RelativeDate,
    looks_like_end_time,
    looks_like_two_years,
    make_between,
    make_day,
    resolve_clock_time,
    resolve_moved_wall_time,
    shift_date,
    shift_wall_time,
    to_zone,
)
from timeline.diagnostics import MOST, At, Diagnostic, Note, Path, Refusal, nearest, rules
from timeline.model import AllDay, Timed, Undated, Was, When

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.compiler.schema.events import EventEntry
    from timeline.compiler.schema.timeline import Timeline
    from timeline.dates import Duration
    from timeline.diagnostics import Rule

Resolved = Date | Instant | NoDate

_NOTED = 5
"""How many of the dates of a circle are shown besides the first."""


class Entry(Struct, frozen=True):
    """An event as written, with its place in the file and in the tree."""

    path: Path
    written: EventEntry
    parent: Entry | None
    depth: int
    zone: str | None


def flatten(timeline: Timeline) -> Iterator[Entry]:
    """Give every event in file order, depth first, parents before their children."""
    zone = timeline.calendar.timezone
    for index, written in enumerate(timeline.events):
        entry = Entry(("events", index), written, None, 0, written.timezone or zone)
        yield entry
        if written.events:
            yield from _below(entry)


def _below(parent: Entry) -> Iterator[Entry]:
    """Give the events below one, without recursion: they nest as deep as the reader lets them."""
    stack = _children(parent)
    while stack:
        entry = stack.pop()
        yield entry
        if entry.written.events:
            stack += _children(entry)


def _children(parent: Entry) -> list[Entry]:
    """Give the events in an event, the last first."""
    depth, path = parent.depth + 1, (*parent.path, "events")
    return [
        Entry((*path, index), child, parent, depth, child.timezone or parent.zone)
        for index, child in enumerate(parent.written.events)
    ][::-1]


class Resolver:
    """The dates worked out so far, by event and side."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._by_id: dict[str, Entry] = {}
        self._renamed: dict[str, str] = {}
        for entry in entries:
            self._by_id.setdefault(entry.written.id, entry)
            for old in entry.written.renamed_from:
                self._renamed.setdefault(old, entry.written.id)
        self._done: dict[tuple[int, str], Resolved] = {}

    # Each entry is known by its identity: two entries with one id are two events, and an anchor
    # means the first.

    def when(self, entry: Entry) -> When:
        """Work out the dates of an event; ``Undated`` where they cannot be."""
        written = entry.written
        if (
            _is_plain(written.start)
            and (written.end is None or _is_plain(written.end))
            and written.duration is None
        ):
            return AllDay(written.start, written.end)  # nearly all there are
        start = self._side(entry, "start")
        has_end = written.end is not None or written.duration is not None
        end = self._side(entry, "end") if has_end else None
        if isinstance(start, NoDate):
            return Undated(end)
        if written.end is not None and written.duration is not None:
            self._report(
                rules.END_AND_DURATION,
                "an event has an `end` or a `duration`, not both",
                At((*entry.path, "duration")),
                "leave one of them out",
                (Note("the end stands here", At((*entry.path, "end"))),),
            )
        if isinstance(start, Date) and not isinstance(end, Instant):
            return AllDay(start, end)
        if isinstance(start, Instant) and not isinstance(end, Date):
            return Timed(start, end)
        self._report_mixed(entry, start, end)
        return Undated()

    def was(self, entry: Entry) -> Iterator[Was]:
        """Work out the dates an event had earlier, without those that cannot be."""
        for index, item in enumerate(entry.written.was):
            path = (*entry.path, "was", index)
            start = self.literal(item.start, (*path, "start"), entry.zone)
            zone = start.zone if isinstance(start, Instant) else entry.zone
            end = item.end and self.literal(item.end, (*path, "end"), zone)
            if isinstance(start, Date) and (end is None or isinstance(end, Date)):
                yield Was(AllDay(start, end), item.note)
            elif isinstance(start, Instant) and (end is None or isinstance(end, Instant)):
                yield Was(Timed(start, end), item.note)
            elif start is not TBC and end is not TBC:
                self._report(
                    rules.DAY_AND_TIME,
                    "one side is a day and the other a time",
                    At((*path, "end")),
                    "write both as days, or both as times",
                )

    def literal(self, value: Date | ClockTime, path: Path, zone: str | None) -> Resolved:
        """Work out a date that stands for itself; what cannot be is reported and ``TBC``."""
        try:
            return self._evaluate(value, path, zone)
        except Refusal as refusal:
            self.refuse(refusal, path)
            return TBC

    def _side(self, entry: Entry, edge: str) -> Resolved:
        """Work out one side of an event and, before it, all that it rests on.

        An explicit stack, since anchors may hang on each other by the thousand.
        """
        stack = [(entry, edge)]
        while stack:
            current, side = stack[-1]
            if (id(current), side) in self._done:
                stack.pop()
                continue
            waiting = self._rests_on(current, side)
            if waiting is None:
                self._done[id(current), side] = self._work_out(current, side)
                stack.pop()
            elif waiting in stack:
                self._break_circle(stack[stack.index(waiting) :])
            else:
                stack.append(waiting)
        return self._done[id(entry), edge]

    def _rests_on(self, entry: Entry, edge: str) -> tuple[Entry, str] | None:
        """Give the next side that has to be known before this one, ``None`` if all are."""
        written = entry.written.start if edge == "start" else entry.written.end
        if edge == "end" and (id(entry), "start") not in self._done:
            needs_start = written is None or isinstance(written, ClockTime)
            if needs_start and not isinstance(entry.written.start, NoDate):
                return entry, "start"
        for relative in _relatives(written):
            anchor = self._by_id.get(relative.anchor)
            if anchor and (id(anchor), relative.edge) not in self._done:
                return anchor, relative.edge
        return None

    def _break_circle(self, circle: list[tuple[Entry, str]]) -> None:
        written = [index for index, side in enumerate(circle) if _is_written(*side)]
        first = min(written, key=lambda index: circle[index][0].path)
        circle = circle[first:] + circle[:first]
        names = [f"{entry.written.id}.{edge}" for entry, edge in circle]
        way = " → ".join([*names, names[0]])
        here, *others = [side for side in circle if _is_written(*side)]
        self._report(
            rules.CIRCLE,
            f"these dates rest on each other: {way}"
            if others
            else f"this date rests on itself: {way}",
            At(side_path(*here)),
            "give one of them a date of its own, or `TBC`"
            if others
            else "write a date of its own, or `TBC`",
            tuple(
                Note(f"`{entry.written.id}.{edge}` stands here", At(side_path(entry, edge)))
                for entry, edge in others[:_NOTED]
            ),
        )
        for member, side in circle:
            self._done[id(member), side] = TBC

    def _work_out(self, entry: Entry, edge: str) -> Resolved:
        path = side_path(entry, edge)
        try:
            if edge == "start":
                return self._evaluate(entry.written.start, path, entry.zone)
            return self._end(entry, path)
        except Refusal as refusal:
            self.refuse(refusal, path)
            return TBC

    def _end(self, entry: Entry, path: Path) -> Resolved:
        written = entry.written
        start = self._done.get((id(entry), "start"), TBC)
        if written.end is not None:
            zone = start.zone if isinstance(start, Instant) else entry.zone
            return self._evaluate(written.end, path, zone)
        if written.duration is None or isinstance(start, NoDate):
            return start
        if isinstance(start, Instant):
            return self.move(start, written.duration, path)
        if written.duration.is_exact:
            raise _hours_on_a_day(start, written.duration)
        return _day_before(shift_date(start, written.duration))

    def _evaluate(self, written: DateExpression, path: Path, zone: str | None) -> Resolved:
        if isinstance(written, Date):
            self._warn_of_hemisphere(written, path)
            return written
        if isinstance(written, ClockTime):
            found, told = resolve_clock_time(written, zone)
            if looks_like_end_time(written, zone):
                self.diagnostics.append(_offset_or_end(written, path))
            if told:
                self._warn_of_clock(told, rules.REPEATED_TIME, path, _both(found))
            return found
        if isinstance(written, RelativeDate):
            return self._relative(written, path, zone)
        if isinstance(written, Between):
            return self._between(written, path, zone)
        return written

    def _relative(self, written: RelativeDate, path: Path, zone: str | None) -> Resolved:
        value = self._anchor(written)
        if isinstance(value, NoDate):
            return value
        for term in written.terms:
            value = (
                self.move(value, term, path)
                if isinstance(value, Instant)
                else shift_date(value, term)
            )
        if written.clock is not None:
            value = self._at_clock(value, written, zone, path)
        if not written.qualification:
            return value
        if isinstance(value, Instant):
            raise Refusal(
                rules.QUALIFIED_TIME,
                f"`{written}` is a time, and only days can be approximate or uncertain",
                f"leave `{written.qualification}` out, or rest on a date without a time",
            )
        return replace(value, qualification=value.qualification | written.qualification)

    def _anchor(self, written: RelativeDate) -> Resolved:
        anchor = self._by_id.get(written.anchor)
        if anchor is None:
            raise self._unknown(written)
        value = self._done.get((id(anchor), written.edge), TBC)
        if value is OPEN:
            raise Refusal(
                rules.OPEN_ANCHOR,
                f"`{written.anchor}` has no end: it is open",
                f"rest on `{written.anchor}.start`, or write `TBC`",
            )
        return value

    def _unknown(self, written: RelativeDate) -> Refusal:
        place = written.text.find(written.anchor)
        # Of more than are told none needs a suggestion, for which all ids are looked through.
        known = self._by_id if len(self.diagnostics) <= MOST else {}
        return unknown_event(written.anchor, known, self._renamed, place)

    def _between(self, written: Between, path: Path, zone: str | None) -> Resolved:
        sides = []
        for side in (written.first, written.last):
            value = self._between_side(side, written, path, zone)
            if isinstance(value, NoDate):
                return TBC
            if isinstance(value, Instant):
                place = _side_place(side, written)
                raise Refusal(
                    rules.BETWEEN_SIDE,
                    f"`{side}` is a time, and a `between` is of days",
                    f"write its day, `{value.wall.date()}`",
                    (place, place + len(str(side))),
                )
            sides.append(value)
        return make_between(*sides)

    def _between_side(
        self, side: Date | RelativeDate, whole: Between, path: Path, zone: str | None
    ) -> Resolved:
        try:
            return self._evaluate(side, path, zone)
        except Refusal as refusal:
            place = _side_place(side, whole)
            raise refusal.at(place, place + len(str(side))) from None

    def move(self, start: Instant, amount: Duration, path: Path) -> Instant:
        """Move a time: days and longer by the wall clock, hours and minutes exactly."""
        if amount.is_nominal:
            wall = shift_wall_time(start.wall, amount)
            start, told = resolve_moved_wall_time(wall, start.zone)
            self._warn_of_clock(told, rules.MOVED_TIME, path)
        exact = timedelta(hours=amount.hours, minutes=amount.minutes, seconds=amount.seconds)
        if not exact:
            return start
        try:
            moved = to_zone(start.utc + exact, start.zone)
        except OverflowError:
            moved = None
        if moved is None or not FIRST_YEAR <= moved.year <= LAST_YEAR:
            message = f"`{start}` is moved out of the years 0002 to 9998"
            raise Refusal(rules.YEAR_RANGE, message, "move it by less, or write `TBC`")
        return Instant(moved, start.zone)

    def _at_clock(
        self, value: Date | Instant, written: RelativeDate, zone: str | None, path: Path
    ) -> Instant:
        if isinstance(value, Instant):
            day, zone = value.wall.date(), zone or value.zone
        elif value.is_day and not value.qualification:
            day = value.earliest
        else:
            raise Refusal(
                rules.CLOCK_ON_UNKNOWN_DAY,
                f"`{written}` is a time on a day that is not known: `{value}`",
                f"give `{written.anchor}` a day, or leave ` at {_clock(written)}` out",
            )
        if zone is None:
            raise Refusal(
                rules.MISSING_ZONE,
                f"`{written}` does not say in which time zone",
                "add `timezone:` to the event or the calendar",
            )
        assert written.clock is not None  # noqa: S101 - the caller asked
        found, told = resolve_moved_wall_time(datetime.combine(day, written.clock), zone)
        self._warn_of_clock(told, rules.MOVED_TIME, path)
        return found

    def _warn_of_hemisphere(self, value: Date, path: Path) -> None:
        if value.precision is Precision.SEASON and int(value.text[5:]) <= 24:
            year, code = int(value.text[:4]), int(value.text[5:])
            help_ = (
                f"write `{value.text[:5]}{code + 4}` for the northern, "
                f"`{value.text[:5]}{code + 8}` for the southern one"
            )
            if looks_like_two_years(value):
                help_ += f"; for {year} to {year + 1} write `start: {year}` and `end: {year + 1}`"
            self.diagnostics.append(
                Diagnostic(
                    rules.SEASON_HEMISPHERE,
                    f"`{value}` does not say of which hemisphere, and is read as northern",
                    At(path),
                    help=help_,
                )
            )

    def _warn_of_clock(
        self,
        told: str | None,
        rule: Rule,
        path: Path,
        help_: str = "if another time is meant, write that time itself",
    ) -> None:
        if told:
            self.diagnostics.append(Diagnostic(rule, told, At(path), help=help_))

    def refuse(self, refusal: Refusal, path: Path) -> None:
        """Report a refusal at its place."""
        at = At(path, part=refusal.part)
        self._report(refusal.rule, refusal.message, at, refusal.help)

    def _report_mixed(self, entry: Entry, start: Date | Instant, end: Resolved | None) -> None:
        if isinstance(start, Date):
            assert isinstance(end, Instant)  # noqa: S101 - this is the mix
            as_days = f"`end: {end.wall.date()}`"
            as_times = f"`start: {start.earliest}T09:00{_own_zone(entry.written.end)}`"
        else:
            assert isinstance(end, Date)  # noqa: S101 - as above
            as_days = f"`start: {start.wall.date()}`"
            as_times = f"`end: {end.latest}T18:00`"
        self._report(
            rules.DAY_AND_TIME,
            "one side is a day and the other a time",
            At(side_path(entry, "end")),
            f"write {as_days} for whole days, or {as_times} for times",
            (Note("the start stands here", At((*entry.path, "start"))),),
        )

    def _report(
        self,
        rule: Rule,
        message: str,
        at: At,
        help: str | None = None,  # noqa: A002 - the word the report prints
        notes: tuple[Note, ...] = (),
    ) -> None:
        self.diagnostics.append(Diagnostic(rule, message, at, help=help, notes=notes))


def _own_zone(written: DateExpression | None) -> str:
    """Give the ``Z``, offset or zone that a time names, which the other side needs too."""
    return written.text[11:].lstrip("0123456789:") if isinstance(written, ClockTime) else ""


def _offset_or_end(written: ClockTime, path: Path) -> Diagnostic:
    begins, ends = written.text[:-6], written.text[-5:]
    return Diagnostic(
        rules.OFFSET_OR_END,
        f"`{written.text[-6:]}` is read as an offset from UTC",
        At(path, part=(len(written.text) - 6, len(written.text))),
        help=f"if it is when the event ends, write `start: {begins}` and "
        f"`end: {written.text[:10]}T{ends}`; if not, name the zone in brackets",
    )


def unknown_event(
    name: str, known: dict[str, Entry], renamed: dict[str, str], place: int | None = None
) -> Refusal:
    """Say that no event has an id, and which one may be meant."""
    if name in renamed:
        hint: str | None = f"it is called `{renamed[name]}` now"
    else:
        near = nearest(name, known)
        hint = f"did you mean `{near}`?" if near else "write the `id` of an event of this file"
    part = None if place is None else (place, place + len(name))
    return Refusal(rules.UNKNOWN_EVENT, f"no event is called `{name}`", hint, part)


def _is_plain(side: DateExpression) -> TypeGuard[Date]:
    """Say whether a side stands for itself and nothing is to be said of it."""
    return type(side) is Date and side.precision is not Precision.SEASON


def _is_written(entry: Entry, edge: str) -> bool:
    """Say whether a side stands in the file; the end of a point does not."""
    if edge == "start":
        return True
    return entry.written.end is not None or entry.written.duration is not None


def _relatives(written: DateExpression | None) -> list[RelativeDate]:
    sides = (written.first, written.last) if isinstance(written, Between) else (written,)
    return [side for side in sides if isinstance(side, RelativeDate)]


def side_path(entry: Entry, edge: str) -> Path:
    """Give the path of an event's start or end; of an end that is a duration, that of it."""
    if edge == "end" and entry.written.end is None and entry.written.duration is not None:
        edge = "duration"
    return (*entry.path, edge)


def _clock(written: RelativeDate) -> str:
    return written.text.rpartition(" at ")[2].rstrip("?~%")


def _both(found: Instant) -> str:
    """Say how to write a time that the clocks show twice, so that it is only one of the two."""
    first, second = (found.moment.replace(fold=fold) for fold in (0, 1))
    texts = (
        f"`{moment.isoformat(timespec='seconds' if moment.second else 'minutes')}[{found.zone}]`"
        for moment in (first, second)
    )
    return "write {} for the first, {} for the second".format(*texts)


def _side_place(side: Date | RelativeDate, whole: Between) -> int:
    """Give where in the text of a ``between`` a side begins."""
    # The first stands after `between `, where its own text cannot be another's.
    return whole.text.find(str(side), 0 if side is whole.first else len(str(whole.first)))


def _hours_on_a_day(start: Date, length: Duration) -> Refusal:
    what = "a day" if start.is_day else "a date without a time"
    days = length.days + 7 * length.weeks + max(-(-length.hours // 24), 1)
    help_ = "write the duration in days or longer"
    if start.is_day and not (length.years or length.months):
        help_ = f"write `duration: {days} day{'s' if days > 1 else ''}`"
    if start.is_day and not start.qualification:
        help_ += f", or a start with a time: `start: {start.earliest}T09:00`"
    message = f"`{length.text}` cannot be the length of `{start}`, which is {what}"
    return Refusal(rules.HOURS_ON_A_DAY, message, help_)


def _day_before(value: Date) -> Date:
    """Turn the first day after a span into its last (the ends of days are inclusive)."""
    first, last = (make_day(day - timedelta(days=1)) for day in (value.earliest, value.latest))
    moved = first if value.is_day else make_between(first, last)
    return replace(moved, qualification=value.qualification)
