"""The title, details and links of an event, as escaped Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.formats.markdown.escaping import (
    escape_inline,
    escape_line_start,
    escape_paragraphs,
    link_target,
)
from timeline.model import (
    Tense,
    capitalized,
    changed_instances,
    dates_as_of,
    first_day_words,
    isolated,
    joined_by_commas,
    next_event_ids,
    recurrence_sentences,
    rule_sentences,
    status_words,
    tense,
    uncapitalized,
    when_words,
)

if TYPE_CHECKING:
    from datetime import date

    from timeline.formats.markdown.sources import SourceNotes
    from timeline.model import Calendar, ChangedInstance, Event, Link, Person, When, Wording


class TimeMarks:
    """The dates of events by their ids, and as of a day the word that places an event in time."""

    def __init__(self, calendar: Calendar, as_of: date | None, wording: Wording) -> None:
        self.wording = wording
        self.as_of = as_of
        self.zone = calendar.timezone
        self.dates = dates_as_of(calendar, as_of)
        self.next = next_event_ids(calendar, as_of, self.dates) if as_of else frozenset()

    def of(self, event: Event) -> str:
        """Return `past`, `now` or `next`, or nothing."""
        if self.as_of is None or event.status == "cancelled":
            return ""
        if event.id in self.next:
            return self.wording.phrase("next")
        match tense(self.dates[event.id], self.as_of, self.zone):
            case Tense.PAST:
                return self.wording.phrase("past")
            case Tense.NOW:
                return self.wording.phrase("now")
        return ""

    def titled(self, event: Event) -> str:
        """Return the title with its status, its mark and its rule, as plain text."""
        title = with_status(event, isolated(event.summary, self.wording), self.wording)
        if mark := self.of(event):
            title = f"{title} ({mark})"
        repetition = next(recurrence_sentences(event, self.wording), None)
        return f"{title} ({uncapitalized(repetition, self.wording)})" if repetition else title


def linked_title(event: Event, wording: Wording) -> str:
    """Return the title, linked to the event's page, with its status."""
    title = escape_isolated(event.summary, wording)
    if event.url and (target := link_target(event.url)):
        title = f"[{title}]({target})"
    return with_status(event, title, wording) if event.status else title


def nesting_marks(depth: int, wording: Wording) -> str:
    """Return what is before the title of a child, where there are no nested lists."""
    return ("↲ " if wording.language.is_right_to_left else "↳ ") * depth


def escape_isolated(text: str, wording: Wording) -> str:
    """Return an author's text for any place within a line."""
    return isolated(escape_inline(text), wording)


def with_status(event: Event, title: str, wording: Wording) -> str:
    """Add the status to a title unless the event is confirmed."""
    if event.status == "tentative":
        return f"{title} ({status_words(event.status, wording)})"
    if event.status in ("cancelled", "postponed"):
        return f"{wording.label(capitalized(status_words(event.status, wording)))} {title}"
    return title


def _earlier_dates(event: Event, wording: Wording) -> str:
    dates = []
    for was in event.was:
        words = when_words(was.when, wording).replace("_", "\\_")
        dates.append(f"{words} ({escape_isolated(was.note, wording)})" if was.note else words)
    first, *others = dates
    words = wording.phrase("previously {date}", date=first)
    earlier = [wording.phrase("before that {date}", date=date) for date in others]
    return joined_by_commas([words, *earlier], wording)


def _facts(event: Event, wording: Wording) -> list[list[str]]:
    """Return a paragraph for the organizer, the contact and the links."""
    facts = []
    details = event.details
    if details.organizer:
        facts.append(
            _fact(wording.label(wording.phrase("Organizer")), [_person(details.organizer, wording)])
        )
    if details.contact:
        facts.append(
            _fact(wording.label(wording.phrase("Contact")), [_person(details.contact, wording)])
        )
    facts += [_fact_of_join(link, wording) for link in details.conference]
    links = (
        [escape_isolated(event.url, wording)] if event.url and not link_target(event.url) else []
    )
    if given := details.attach + details.image:
        links += [markdown_link(link.url, link.title, wording) for link in given]
    if links:
        name = wording.phrase("Links") if len(links) > 1 else wording.phrase("Link")
        facts.append(_fact(wording.label(name), links))
    return facts


def _fact_of_join(link: Link, wording: Wording) -> list[str]:
    return [wording.phrase("Join: {url}", url=markdown_link(link.url, link.title, wording))]


def _fact(label: str, entries: list[str]) -> list[str]:
    return [f"{label} {' · '.join(entries)}"]


def _person(person: Person, wording: Wording) -> str:
    if person.email:
        return markdown_link(f"mailto:{person.email}", person.name or person.email, wording)
    return escape_isolated(person.name or "", wording)


def detail_paragraphs(
    event: Event, shown: When, notes: SourceNotes, wording: Wording
) -> list[list[str]]:
    """Return the paragraphs below the first line, each as its lines; ``shown`` are its dates."""
    paragraphs = []
    if event.recurrence:
        if words := first_day_words(event, shown, wording):
            paragraphs.append([escape_line_start(escape_inline(capitalized(words)))])
        sentences = rule_sentences(event, wording)
        paragraphs += [[escape_line_start(escape_inline(sentence))] for sentence in sentences]
        for changed in changed_instances(event, wording):
            paragraphs += _changed_instance(changed, wording)
    if event.was:
        paragraphs.append([escape_line_start(capitalized(_earlier_dates(event, wording)))])
    if event.description:
        paragraphs += _isolated_paragraphs(event.description, wording)
    paragraphs += _facts(event, wording)
    if sources := notes.of(event):
        paragraphs.append([sources])
    return paragraphs


def _isolated_paragraphs(text: str, wording: Wording) -> list[list[str]]:
    """Return the paragraphs of an author's text, each as its lines.

    They are isolated because a page gives all paragraphs its own direction, and a table joins them.
    """
    return [[isolated(line, wording) for line in lines] for lines in escape_paragraphs(text)]


def _changed_instance(changed: ChangedInstance, wording: Wording) -> list[list[str]]:
    """Return the paragraphs of an override: its changes, its page, and then its description."""
    changes = [escape_inline(changed.changes)] if changed.changes else []
    if changed.organizer:
        name = _person(changed.organizer, wording)
        changes.append(wording.phrase("organizer {name}", name=name))
    if changed.url:
        changes.append(markdown_link(changed.url, None, wording))
    texts = _isolated_paragraphs(changed.description or "", wording) or [[""]]
    texts[0][0] = " — ".join(filter(None, (joined_by_commas(changes, wording), texts[0][0])))
    texts[0][0] = f"{escape_inline(changed.instance)}: {texts[0][0]}"
    return texts


def markdown_link(url: str, title: str | None, wording: Wording) -> str:
    """Return a link, or its title and address as text if it has no valid destination."""
    target = link_target(url)
    if target:
        return f"[{escape_isolated(title or url, wording)}]({target})"
    address = escape_isolated(url, wording)
    return f"{escape_isolated(title, wording)} ({address})" if title else address


def escaped_date(words: str) -> str:
    """Escape the words of a date for the start of a line."""
    words = words.replace("_", "\\_")
    return words if words[0].isdigit() else capitalized(words)
