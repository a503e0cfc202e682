"""Check what events refer to: other events and categories, each listed once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from timeline.compiler.resolve.defaults import listed_categories
from timeline.compiler.schema.working_days import WEEKDAYS
from timeline.diagnostics import MOST, At, Diagnostic, Note, Path, did_you_mean, nearest, rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline.compiler.checks.context import CheckContext


def unknown_related(context: CheckContext) -> Iterator[Diagnostic]:
    """Find ids in ``related-to`` that no event has, and events related to themselves."""
    if not any(entry.written.related_to for entry in context.entries):
        return
    for entry in context.entries:
        for index, related in enumerate(entry.written.related_to):
            path = (*entry.path, "related-to", index, "id")
            if related.id not in context.ids:
                yield context.ids.unknown(related.id).to_diagnostic(At(path))
            elif related.id == entry.written.id:
                yield Diagnostic(
                    rules.SELF_RELATION,
                    f"`{related.id}` is related to itself",
                    At(path),
                    help="write the id of another event, or remove the relation",
                )


def relation_circle(context: CheckContext) -> Iterator[Diagnostic]:
    """Find events that are, by ``related-to`` and by nesting, a parent of their own parent."""
    if not any(entry.written.related_to for entry in context.entries):
        return
    parents: dict[str, dict[str, Path]] = {}
    related_ids: dict[Path, str] = {}
    for entry in context.entries:
        own = entry.written.id
        if entry.parent is not None:
            parents.setdefault(own, {})[entry.parent.written.id] = (*entry.path, "id")
        for index, related in enumerate(entry.written.related_to):
            path = (*entry.path, "related-to", index, "id")
            related_ids[path] = related.id
            if related.id != own and related.type == "parent":
                parents.setdefault(own, {}).setdefault(related.id, path)
            elif related.id != own and related.type == "child":
                parents.setdefault(related.id, {}).setdefault(own, path)
    for chain, start in islice(_circles(parents), MOST):
        steps = _Steps(chain, start, parents)
        last = next((path for path in reversed(steps) if path in related_ids), None)
        if last is None:
            continue  # by nesting alone: two events have one id, which another check reports
        first = next(path for path in steps if path in related_ids)
        between = [f"`{name}`" for name in chain[start + 1 : start + 4]]
        between += ["…"] * (len(steps) > 4)
        yield Diagnostic(
            rules.RELATION_CIRCLE,
            f"`{chain[start]}` would be its own parent, through {', '.join(between)}",
            At(last),
            help="if neither is a part of the other, write "
            f"`{{id: {related_ids[last]}, type: sibling}}`; otherwise remove one of the "
            "relations",
            notes=(Note("the opposite relation is here", At(first)),) if first != last else (),
        )


class _Steps(Sequence[Path]):
    """The paths of the relations of a circle, from each event to its parent, made when needed.

    Thousands of circles may each have thousands of steps, and only the outermost are shown.
    """

    def __init__(
        self, chain: list[str], start: int, parents: Mapping[str, Mapping[str, Path]]
    ) -> None:
        self._chain, self._start, self._parents = chain, start, parents

    def __len__(self) -> int:
        return len(self._chain) - self._start

    def __getitem__(self, index: int) -> Path:  # type: ignore[override] # no slice is needed
        if index >= len(self):
            raise IndexError(index)
        at = self._start + index
        parent = self._chain[at + 1 if at + 1 < len(self._chain) else self._start]
        return self._parents[self._chain[at]][parent]


def _circles(parents: Mapping[str, Mapping[str, Path]]) -> Iterator[tuple[list[str], int]]:
    """Yield every circle once, as a chain of ids and where in it the circle begins.

    Read a chain before the next one: it changes then, because a copy of each could be as long as
    the file. There is no recursion for the same reason.
    """
    done: set[str] = set()
    for first in parents:
        if first in done:
            continue
        chain, waiting = [first], [iter(parents[first])]
        places = {first: 0}
        while chain:
            name = next(waiting[-1], None)
            if name is None:
                waiting.pop()
                done.add(chain.pop())
                places.popitem()
            elif name in places and name != chain[-1]:
                yield chain, places[name]
            elif name not in places and name not in done:
                places[name] = len(chain)
                chain.append(name)
                waiting.append(iter(parents.get(name, ())))


def duplicate_item(context: CheckContext) -> Iterator[Diagnostic]:
    """Find what is listed twice in categories, in related events, or in a feed."""
    lists: list[tuple[Path, Sequence[object]]] = []
    for entry in context.entries:
        written = entry.written
        if len(written.categories) > 1:
            lists.append(((*entry.path, "categories"), written.categories))
        if len(written.related_to) > 1:
            lists.append(((*entry.path, "related-to"), written.related_to))
        for index, override in enumerate(written.overrides):
            path = (*entry.path, "overrides", index, "categories")
            lists.append((path, override.categories or ()))
    if (working_days := context.timeline.calendar.working_days) is not None:
        weekdays = [WEEKDAYS[number] for number in working_days.week]
        lists.append((("calendar", "working-days", "week"), weekdays))
    for number, feed in enumerate(context.timeline.feeds):
        keys = ("ids", "categories", "status", "exclude")
        lists += ((("feeds", number, key), getattr(feed, key, ())) for key in keys)
    lists += listed_categories(context.timeline)
    for path, items in lists:
        first: dict[object, int] = {}
        for index, item in enumerate(items):
            if (other := first.setdefault(item, index)) != index:
                name = getattr(item, "id", item)
                yield Diagnostic(
                    rules.DUPLICATE_ITEM,
                    f"`{name}` is in this list twice",
                    At((*path, index)),
                    help="remove one of them",
                    notes=(Note("first used here", At((*path, other))),),
                )


def unknown_category(context: CheckContext) -> Iterator[Diagnostic]:
    """Find categories that the file does not declare, where it declares any."""
    if not context.timeline.categories:
        return
    for path, categories in _category_lists(context):
        for index, name in enumerate(categories):
            if name not in context.timeline.categories:
                help_ = did_you_mean(name, context.timeline.categories)
                if nearest(name, context.timeline.categories) is None:
                    help_ = f"add it there, or correct it: {help_}"
                yield Diagnostic(
                    rules.UNKNOWN_CATEGORY,
                    f"`categories` at the top of the file does not contain `{name}`",
                    At((*path, index)),
                    help=help_,
                )


def _category_lists(context: CheckContext) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Yield each list of categories of events in the files, with its path."""
    for entry in context.entries:
        if entry.written.categories:
            yield (*entry.path, "categories"), entry.written.categories
    yield from listed_categories(context.timeline)
