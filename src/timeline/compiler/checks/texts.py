"""Check texts, their languages and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.compiler.checks.context import ENOUGH
from timeline.diagnostics import At, Diagnostic, rules
from timeline.model import events_of_feed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.checks.context import CheckContext
    from timeline.compiler.resolve.tree import Entry
    from timeline.compiler.schema.events import EventEntry, OverrideEntry
    from timeline.diagnostics import Path
    from timeline.model import Calendar, Feed


def missing_language(context: CheckContext) -> Iterator[Diagnostic]:
    """Find texts by language without the calendar's language, which others fall back to."""
    language = context.timeline.calendar.language
    if ("calendar", "language") in context.refused:
        return
    for path, written in _events_and_overrides(context):
        if type(written.summary) is not dict and type(written.description) is not dict:
            continue  # most events
        for key, text in (("summary", written.summary), ("description", written.description)):
            if isinstance(text, dict) and language not in text:
                yield _missing_language(At((*path, key)), language, text)


def _events_and_overrides(
    context: CheckContext,
) -> Iterator[tuple[Path, EventEntry | OverrideEntry]]:
    """Yield each event, and after it its overrides, with their paths."""
    for entry in context.entries:
        if entry.written.overrides:
            yield from _with_overrides(entry)
        else:
            yield entry.path, entry.written


def _with_overrides(entry: Entry) -> Iterator[tuple[Path, EventEntry | OverrideEntry]]:
    yield entry.path, entry.written
    for index, override in enumerate(entry.written.overrides):
        yield (*entry.path, "overrides", index), override


def _missing_language(at: At, language: str | None, text: dict[str, str]) -> Diagnostic:
    if language is None:
        return Diagnostic(
            rules.MISSING_LANGUAGE,
            "texts by language need a `language` in `calendar`",
            at,
            help=f"add `language: {next(iter(text))}` to `calendar`",
        )
    return Diagnostic(
        rules.MISSING_LANGUAGE,
        f"there is no text in `{language}`, the language of the calendar",
        at,
        help=f"add `{language}:` with the text",
    )


def untranslated(context: CheckContext) -> Iterator[Diagnostic]:
    """Find texts by language that lack the language of a feed, which then has the calendar's."""
    calendar = context.calendar
    feeds = [feed for feed in calendar.feeds if feed.language not in (None, calendar.language)]
    languages = dict.fromkeys(str(feed.language) for feed in feeds)
    lacking = [
        (entry.written.id, At((*path, key)), language)
        for entry in (context.entries if languages else ())
        for path, written in _with_overrides(entry)
        for key, text in (("summary", written.summary), ("description", written.description))
        if isinstance(text, dict)
        for language in languages
        if language not in text
    ]
    members = {feed.id: _ids_of_feed(calendar, feed) for feed in feeds} if lacking else {}
    for id_, at, language in lacking:
        of_event = (feed for feed in feeds if feed.language == language and id_ in members[feed.id])
        if feed := next(of_event, None):
            yield Diagnostic(
                rules.UNTRANSLATED,
                f"there is no text in `{language}`, the language of the feed `{feed.id}`",
                at,
                help=f"add `{language}:` with the text",
            )


def _ids_of_feed(calendar: Calendar, feed: Feed) -> frozenset[str]:
    return frozenset(event.id for event in events_of_feed(calendar, feed))


def missing_required_source(context: CheckContext) -> Iterator[Diagnostic]:
    """Find events without a source, where the calendar requires them."""
    if not context.timeline.calendar.require_sources:
        return
    for entry in context.entries:
        if not entry.written.sources and (*entry.path, "sources") not in context.refused:
            yield Diagnostic(
                rules.MISSING_SOURCE,
                f"`{entry.written.id}` has no source, and the calendar requires one",
                At((*entry.path, "id")),
                help="add `sources:` with a `url` or a `title`",
            )


def missing_usual_source(context: CheckContext) -> Iterator[Diagnostic]:
    """Find events without a source where four of five have one, or a parent that has one."""
    if context.timeline.calendar.require_sources:
        return  # `missing_required_source` reports them
    without = [entry for entry in context.entries if not _is_sourced(entry)]
    total = len(context.entries)
    sourced = total - len(without)
    if sourced < ENOUGH or sourced < 4 * len(without):
        return
    for entry in without:
        yield Diagnostic(
            rules.MISSING_SOURCE,
            f"`{entry.written.id}` has no source, and {sourced} of {total} events have one",
            At((*entry.path, "id")),
            help="add `sources:` with a `url` or a `title`",
        )


def _is_sourced(entry: Entry | None) -> bool:
    while entry is not None:
        if entry.written.sources:
            return True
        entry = entry.parent
    return False


MAX_SUMMARY = 120
"""How many characters a title may have: phones show a fifth of that, and lists one line."""


def long_summary(context: CheckContext) -> Iterator[Diagnostic]:
    """Find titles that are longer than apps show."""
    for path, written in _events_and_overrides(context):
        text = written.summary
        if isinstance(text, str) and len(text) <= MAX_SUMMARY:
            continue  # most titles
        by_language = text if isinstance(text, dict) else {None: text or ""}
        for language, title in by_language.items():
            if len(title) > MAX_SUMMARY:
                keys = ("summary", language) if language else ("summary",)
                message = f"this title has {len(title)} characters, and apps show one line"
                help_ = f"write at most {MAX_SUMMARY} characters, and the rest in `description`"
                yield Diagnostic(rules.LONG_SUMMARY, message, At((*path, *keys)), help=help_)
