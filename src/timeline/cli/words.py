"""Define ``timeline words``, which prints the words of a language for its reviewers.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from timeline.cli.completion import complete_language
from timeline.cli.console import USAGE_ERROR, fail, usage_error
from timeline.cli.streams import write_lines
from timeline.cli.values import parse_language

if TYPE_CHECKING:
    from timeline.model import Language


def words(
    language: Annotated[
        str,
        typer.Option(
            metavar="TAG",
            autocompletion=complete_language,
            help="The language as a BCP 47 tag, such as `de`.",
        ),
    ],
) -> None:
    """Print sample dates and all phrases in a language.

    For readers who check a translation. Each date is in the notation of the events file, then in
    words, then as the title of an event. Each phrase is in English, then in the language.
    """
    from timeline.model import choose_language

    choice = choose_language(parse_language(language))
    if choice.lacks_babel:
        fail(
            f"the words of `{language}` need Babel",
            USAGE_ERROR,
            "`pip install 'timeline-as-code[languages]'`",
        )
    if choice.is_unknown:
        from timeline.model import catalogue_tags

        if not catalogue_tags():
            fail(
                f"there are no words in `{language}`: no catalogue is compiled",
                USAGE_ERROR,
                "in a checkout, `python -m tools.catalogues` compiles them; else install timeline "
                "again",
            )
        usage_error(f"there are no words in `{language}`, but in {', '.join(catalogue_tags())}")
    tag = choice.language.tag
    write_lines([*_heading(choice.language), *_dates(tag), *_phrases(tag)], to_stdout=True)


def _heading(language: "Language") -> Iterator[str]:
    state = "a draft, which no native reader has approved" if language.is_draft else "approved"
    yield f"{language.tag}: {state}"


def _dates(tag: str) -> Iterator[str]:
    """Yield the sample dates, each with its words and its title."""
    from importlib.resources import as_file, files

    from timeline.compiler import load_file
    from timeline.model import project_event, when_words, wording_of

    with as_file(files("timeline.cli").joinpath("words.yaml")) as path:
        calendar = replace(load_file(str(path), None).calendar, language=tag)
    wording = wording_of(calendar)
    for event in calendar.events:
        yield ""
        yield event.description or ""
        yield f"    {when_words(event.when, wording)}"
        for vevent in project_event(event, wording):
            yield f"    {vevent.summary}"


def _phrases(tag: str) -> Iterator[str]:
    if tag.partition("-")[0] == "en":
        return
    from timeline.model import phrases_of

    for phrase, translation in phrases_of(tag):
        yield ""
        yield phrase
        yield f"    {translation}"
