"""Write out the feeds that ``each: category`` stands for: one for each category."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.compiler.schema import scalars
from timeline.compiler.schema.categories import CategoryEntry
from timeline.compiler.schema.feeds import EachFeedEntry, FeedEntry
from timeline.diagnostics import At, Diagnostic, Note, On, Refusal, cited, rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.compiler.resolve.tree import Entry
    from timeline.compiler.schema.refused import Refused
    from timeline.compiler.schema.timeline import Timeline
    from timeline.diagnostics import Path

_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)
"""The names of devices in Windows, where no file can have them, whatever its suffix is."""


class WrittenFeed(Struct, frozen=True):
    """A feed with the path of the item of ``feeds`` that defines it."""

    path: Path
    written: FeedEntry


def write_out_feeds(
    timeline: Timeline, entries: Sequence[Entry], refused: Refused
) -> tuple[list[WrittenFeed], list[Diagnostic]]:
    """Return all feeds of a file in order, and what is wrong with those of categories.

    A feed that the file defines itself replaces that of a category with the same id. Where the
    categories could not be read, they have no feeds.
    """
    feeds: list[WrittenFeed] = []
    diagnostics: list[Diagnostic] = []
    ids: dict[str, At] = {}
    explicit = {feed.id for feed in timeline.feeds if isinstance(feed, FeedEntry)}
    categories = {} if ("categories",) in refused else _categories(timeline, entries)
    taken = explicit | {category.feed or name for name, category in categories.items()}
    first: Path = ()
    for index, item in enumerate(timeline.feeds):
        path = ("feeds", index)
        if isinstance(item, FeedEntry):
            feeds.append(WrittenFeed(path, item))
            continue
        if first:
            diagnostics.append(_second_each((*path, "each"), (*first, "each")))
            continue
        first = path
        for name, category in categories.items():
            at = At(("categories", name), On.KEY)
            if name not in timeline.categories:
                at = At((*path, "each"))
            try:
                id_ = _id(name, category, taken)
            except Refusal as refusal:
                if at.on is On.VALUE:
                    refusal = refusal.with_help(f"define it in `categories`: {refusal.help}")
                diagnostics.append(refusal.to_diagnostic(at))
                continue
            if category.feed is not None:
                at = At(("categories", name, "feed"))
            if id_ in explicit:
                continue
            if id_ in ids:
                diagnostics.append(_same_id(id_, at, ids[id_]))
                continue
            ids[id_] = at
            feeds.append(WrittenFeed(path, _feed(id_, name, category, item, timeline)))
    return feeds, diagnostics


def _categories(timeline: Timeline, entries: Sequence[Entry]) -> Mapping[str, CategoryEntry]:
    """Return the categories of the file; where it defines none, those of its events."""
    if timeline.categories or all(isinstance(feed, FeedEntry) for feed in timeline.feeds):
        return timeline.categories
    nothing = CategoryEntry()
    return {name: nothing for entry in entries for name in entry.categories}


def _id(name: str, category: CategoryEntry, taken: set[str]) -> str:
    """Return the id of the feed of a category.

    An id that a help proposes is not one of those that are ``taken``, and is one of them then.

    Raises: `Refusal` if its name cannot be one and it has no `feed`.
    """
    id_ = name if category.feed is None else category.feed
    if scalars.id_like(id_) != id_:
        better = _free_id(scalars.id_like(id_) or "", taken) or "…"
        raise Refusal(
            rules.ID_SYNTAX,
            f"the name of the category {cited(name)} cannot be the id of its feed",
            f"add `feed: {better}` to the category, for the file `{better}.ics`",
        )
    if id_ in _DEVICES:
        raise Refusal(
            rules.ID_SYNTAX,
            f"the feed of the category {cited(name)} would be `{id_}.ics`, which is a device in "
            "Windows and not a file",
            f"add another id to the category, such as `feed: {_free_id(f'{id_}-events', taken)}`",
        )
    return id_


def _free_id(like: str, taken: set[str]) -> str:
    """Return an id that is not ``taken``, with a number if necessary; empty for an empty one."""
    numbered = (f"{like}-{number}" for number in count(2))
    free = next(id_ for id_ in chain([like], numbered) if id_ not in taken or not like)
    taken.add(free)
    return free


def _feed(
    id_: str, name: str, category: CategoryEntry, item: EachFeedEntry, timeline: Timeline
) -> FeedEntry:
    return FeedEntry(
        id=id_,
        name=f"{timeline.calendar.name}: {name}",
        description=category.description,
        color=item.color or category.color,
        refresh=item.refresh,
        source=None if item.source is None else item.source.replace("{id}", id_),
        categories=(name,),
        exclude=item.exclude,
    )


def _second_each(path: Path, first: Path) -> Diagnostic:
    return Diagnostic(
        rules.DUPLICATE_ITEM,
        "`each: category` is in `feeds` twice",
        At(path),
        help="remove one of them",
        notes=(Note("first used here", At(first)),),
    )


def _same_id(id_: str, at: At, first: At) -> Diagnostic:
    return Diagnostic(
        rules.DUPLICATE_ID,
        f"the feed of another category is called `{id_}`",
        at,
        help="write a different `feed`: the files of a feed are named after it",
        notes=(Note("first used here", first),),
    )


def excluded_ids(timeline: Timeline) -> Iterator[tuple[Path, str]]:
    """Yield each id in ``exclude`` of ``each: category``, with its path."""
    for number, item in enumerate(timeline.feeds):
        if isinstance(item, EachFeedEntry):
            for index, name in enumerate(item.exclude):
                yield ("feeds", number, "exclude", index), name
