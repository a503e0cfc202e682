"""Report where the words of an output are not in the language that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.cli.console import print_message, print_status

if TYPE_CHECKING:
    from collections.abc import Iterable


def report_draft(tag: str | None) -> None:
    """Print that nobody has approved the words of a language, if so."""
    from timeline.model import language_of

    language = language_of(tag)
    if language.is_draft:
        print_status(
            f"the words of `{language.tag}` are a draft, which no native reader has approved: "
            f"`timeline words --language {language.tag}` prints them"
        )


def report_languages(tags: Iterable[str | None]) -> None:
    """Print a line for each tag whose words are those of another language."""
    from timeline.model import language_notice

    for tag in dict.fromkeys(filter(None, tags)):
        if notice := language_notice(tag):
            print_message(notice)  # also with --quiet: a feed may change its language by it
