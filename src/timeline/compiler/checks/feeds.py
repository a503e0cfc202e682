"""Check that ``feeds`` name what the file has, and that each name has an effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.compiler.resolve.category_feeds import excluded_ids
from timeline.compiler.schema.feeds import FeedEntry
from timeline.diagnostics import At, Diagnostic, Note, did_you_mean, rules
from timeline.model import events_of_feed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.checks.context import CheckContext
    from timeline.diagnostics import Path


def unknown_in_feed(context: CheckContext) -> Iterator[Diagnostic]:
    """Find ids, categories and languages in ``feeds`` that the file lacks, and feeds of one id."""
    if not context.timeline.feeds:
        return
    categories = {name for entry in context.entries for name in entry.categories}
    categories.update(context.timeline.categories)
    known = sorted(categories)
    languages = _languages(context)
    first_paths: dict[str, Path] = {}
    for at, name in excluded_ids(context.timeline):
        if name not in context.ids:
            yield context.ids.unknown(name).to_diagnostic(At(at))
    for number, feed in enumerate(context.timeline.feeds):
        path = ("feeds", number)
        if not isinstance(feed, FeedEntry):
            continue
        if (first := first_paths.setdefault(feed.id, (*path, "id"))) != (*path, "id"):
            yield Diagnostic(
                rules.DUPLICATE_ID,
                f"another feed is called `{feed.id}`",
                At((*path, "id")),
                help="write a different id: the files of a feed are named after it",
                notes=(Note("first used here", At(first)),),
            )
        for key, ids in (("ids", feed.ids), ("exclude", feed.exclude)):
            for index, name in enumerate(ids):
                if name not in context.ids:
                    yield context.ids.unknown(name).to_diagnostic(At((*path, key, index)))
        if feed.parent is not None and feed.parent not in context.ids:
            yield context.ids.unknown(feed.parent).to_diagnostic(At((*path, "parent")))
        if feed.language is not None and languages and feed.language not in languages:
            yield Diagnostic(
                rules.MISSING_LANGUAGE,
                f"there is no text in `{feed.language}`",
                At((*path, "language")),
                help=did_you_mean(feed.language, sorted(languages)),
            )
        for index, name in enumerate(feed.categories):
            if name not in categories:
                yield Diagnostic(
                    rules.UNKNOWN_CATEGORY,
                    f"no event has the category `{name}`",
                    At((*path, "categories", index)),
                    help=did_you_mean(name, known),
                )


def _languages(context: CheckContext) -> set[str]:
    """Return the languages of the texts that are by language."""
    return {
        language
        for entry in context.entries
        for text in (entry.written.summary, entry.written.description)
        if isinstance(text, dict)
        for language in text
    }


def unused_in_feed(context: CheckContext) -> Iterator[Diagnostic]:
    """Find ids in ``feeds`` without effect: excluded but not selected, or the other way round."""
    calendar = context.calendar
    # The feeds of all categories are defined together, and each id must be in one of them.
    defined: dict[Path, set[str]] = {}
    for feed in calendar.feeds:
        if feed.exclude or feed.ids:
            events = events_of_feed(calendar, replace(feed, exclude=()))
            defined.setdefault(feed.path, set()).update(event.id for event in events)
    for number, written in enumerate(context.timeline.feeds):
        selected = defined.get(("feeds", number), set())
        excluded = frozenset(written.exclude)
        for index, name in enumerate(written.exclude):
            if name not in selected:
                yield Diagnostic(
                    rules.UNUSED_IN_FEED,
                    f"`{name}` is not in this feed anyway"
                    if isinstance(written, FeedEntry)
                    else f"`{name}` is in none of these feeds anyway",
                    At(("feeds", number, "exclude", index)),
                    help="remove it from `exclude`",
                )
        for index, name in enumerate(written.ids if isinstance(written, FeedEntry) else ()):
            if name not in selected or name in excluded:
                yield Diagnostic(
                    rules.UNUSED_IN_FEED,
                    f"`{name}` is not in this feed, because another key excludes it",
                    At(("feeds", number, "ids", index)),
                    help="an event must match every key of a feed: remove the id or the other key",
                )
