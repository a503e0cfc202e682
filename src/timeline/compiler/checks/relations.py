"""Check what events refer to: other events and categories, each listed once."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

from timeline.diagnostics import MOST, At, Diagnostic, Note, did_you_mean, nearest, rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.compiler.checks.context import CheckContext
    from timeline.diagnostics import Path


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
    for circle in islice(_circles(parents), MOST):
        steps = [parents[child][parent] for child, parent in pairwise([*circle, circle[0]])]
        relations = [step for step in steps if step in related_ids]
        if not relations:
            continue  # by nesting alone: two events have one id, which another check reports
        between = [f"`{name}`" for name in circle[1:4]] + ["…"] * (len(circle) > 4)
        yield Diagnostic(
            rules.RELATION_CIRCLE,
            f"`{circle[0]}` would be its own parent, through {', '.join(between)}",
            At(relations[-1]),
            help="if neither is a part of the other, write "
            f"`{{id: {related_ids[relations[-1]]}, type: sibling}}`; otherwise remove one of the "
            "relations",
            notes=tuple(
                Note("the opposite relation is here", At(path)) for path in relations[:-1][:1]
            ),
        )


def _circles(parents: Mapping[str, Mapping[str, Path]]) -> Iterator[list[str]]:
    """Yield every circle once, without recursion: a chain may be as long as the file."""
    done: set[str] = set()
    for first in parents:
        chain = {} if first in done else {first: iter(parents[first])}
        while chain:
            last = next(reversed(chain))
            name = next(chain[last], None)
            if name is None:
                done.add(chain.popitem()[0])
            elif name in chain and name != last:
                names = list(chain)
                yield names[names.index(name) :]
            elif name not in chain and name not in done:
                chain[name] = iter(parents.get(name, ()))


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
                    f"`{name}` is in this list twice",
                    At((*path, index)),
                    help="remove one of them",
                    notes=(Note("first used here", At((*path, other))),),
                )


def unknown_category(context: CheckContext) -> Iterator[Diagnostic]:
    """Find categories that the file does not declare, where it declares any."""
    if not context.timeline.categories:
        return
    for entry in context.entries:
        for index, name in enumerate(entry.written.categories):
            if name not in context.timeline.categories:
                help_ = did_you_mean(name, context.timeline.categories)
                if nearest(name, context.timeline.categories) is None:
                    help_ = f"add it there, or correct it: {help_}"
                yield Diagnostic(
                    rules.UNKNOWN_CATEGORY,
                    f"`categories` at the top of the file does not contain `{name}`",
                    At((*entry.path, "categories", index)),
                    help=help_,
                )
