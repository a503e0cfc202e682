"""What events refer to: other events, categories, and what stands in a list twice."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

from timeline.diagnostics import MOST, At, Diagnostic, Note, did_you_mean, rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.compiler.checks.context import CheckContext
    from timeline.diagnostics import Path


def unknown_related(context: CheckContext) -> Iterator[Diagnostic]:
    """Find ``related-to`` ids that no event has."""
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
                    help="write the id of another event, or leave it out",
                )


def relation_circle(context: CheckContext) -> Iterator[Diagnostic]:
    """Find events that are, by ``related-to`` and by nesting, a parent of their own parent."""
    if not any(entry.written.related_to for entry in context.entries):
        return
    parents: dict[str, dict[str, Path]] = {}
    for entry in context.entries:
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
            continue  # by nesting alone: two events have one id, which is another check
        between = [f"`{name}`" for name in circle[1:4]] + ["…"] * (len(circle) > 4)
        yield Diagnostic(
            rules.RELATION_CIRCLE,
            f"`{circle[0]}` would be its own parent, by way of {', '.join(between)}",
            At(ways[-1]),
            help=f"if neither is a part of the other, write `{{id: {_related(context, ways[-1])}, "
            "type: sibling}`; else delete one of them",
            notes=tuple(Note("the other way round here", At(way)) for way in ways[:-1][:1]),
        )


def _related(context: CheckContext, path: Path) -> str:
    entry = next(entry for entry in context.entries if entry.path == path[:-3])
    return entry.written.related_to[int(path[-2])].id


def _circles(parents: Mapping[str, Mapping[str, Path]]) -> Iterator[list[str]]:
    """Yield every circle once; no recursion, for a chain may be as long as the file."""
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


def duplicate_item(context: CheckContext) -> Iterator[Diagnostic]:
    """Find what stands twice in a list of categories, of related events, or of what a feed has."""
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
    for number, feed in enumerate(context.timeline.feeds):
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


def unknown_category(context: CheckContext) -> Iterator[Diagnostic]:
    """Find categories that the file does not declare, where it declares any."""
    if not context.timeline.categories:
        return
    for entry in context.entries:
        for index, name in enumerate(entry.written.categories):
            if name not in context.timeline.categories:
                yield Diagnostic(
                    rules.UNKNOWN_CATEGORY,
                    f"there is no category `{name}` at the top of the file",
                    At((*entry.path, "categories", index)),
                    help=did_you_mean(name, context.timeline.categories),
                )
