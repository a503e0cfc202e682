"""The pages of ``timeline explain``: one for each rule, made of its title and its Markdown file.

``python -m timeline.diagnostics.catalog > docs/diagnostics.md`` makes the document of them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.diagnostics import rules
from timeline.diagnostics.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


class Page(Struct, frozen=True):
    """What a rule means: ``body`` is the Markdown below the title."""

    rule: Rule
    body: str

    @property
    def text(self) -> str:
        """The whole page as Markdown, headed by the code."""
        return f"## {self.rule.code}\n\n{self.rule.title}.\n\n{self.body}"

    @property
    def description(self) -> str:
        """What the rule means, without the title and the examples."""
        return self.body.partition("\nWrong:\n")[0].strip()

    @property
    def examples(self) -> list[str]:
        """The events files of the page: none, or a wrong one and the right one."""
        return self._blocks("yaml")

    @property
    def documents(self) -> list[str]:
        """The Markdown documents of the page, if it is about ``timeline embed``: the same."""
        return self._blocks("markdown")

    def _blocks(self, language: str) -> list[str]:
        blocks = f"\n{self.body}".split(f"\n```{language}\n")[1:]
        return [block.partition("\n```")[0] + "\n" for block in blocks]


@cache
def rules_by_code() -> dict[str, Rule]:
    """Return every rule by its code, in alphabetical order."""
    all_rules = [value for value in vars(rules).values() if isinstance(value, Rule)]
    return {rule.code: rule for rule in sorted(all_rules)}


def rule_page(rule: Rule) -> Page:
    """Return the page of a rule."""
    folder = files("timeline.diagnostics.rules")
    return Page(rule, folder.joinpath(f"{rule.code}.md").read_text(encoding="utf-8"))


def rule_pages() -> dict[str, Page]:
    """Return every page by its code, in alphabetical order."""
    return {code: rule_page(rule) for code, rule in rules_by_code().items()}


_INTRODUCTION = """\
# Diagnostics

<!-- Made by `python -m timeline.diagnostics.catalog` from diagnostics/rules/*.md. -->

What `timeline validate` and `timeline export` have to say of an events file looks like this:

```text
events.yaml:14:12: error[unknown-event]: no event is called `dakar-2052`
   |
14 |     start: dakar-2052.end - 2 days
   |            ^^^^^^^^^^
   = help: did you mean `dakar-2025`?
```

The first line has the file, the line and the column, how bad it is, the code in brackets, and what
is wrong. Below it stands the line of the file, with `^` under what is meant. `help` says what to
type, and `note` shows the other place that the mistake has to do with. `timeline explain CODE`
prints the section of this page about a code.

One run reports every mistake that it can find. Where the file is no YAML, reading ends, and what
stands below is reported after that mistake is mended. Warnings that weigh an event against all
others wait until there is no error.

An *error* means that nothing is exported. A *warning* is worth a look: the export goes on.

A warning that was looked at and is meant is ignored by a comment at the end of its line, which may
go on with the reason. `# timeline: ignore[overlap]` ignores one code there, `ignore[overlap,
lost-comment]` two. A comment that ignores nothing is a warning itself (`unused-ignore`), so that
none is forgotten. For a whole run, `--ignore CODE` leaves a warning out, and `--select CODE` leaves
all others out; both can be repeated and take `a,b`. Errors cannot be ignored in any way. With
`--strict`, a warning that is left fails as an error does.

| Exit code | |
| --- | --- |
| 0 | no error, perhaps warnings |
| 1 | at least one error, or with `--strict` a warning |
| 2 | the file cannot be read, or the command was not used as it is meant |

The examples are whole events files. Where one includes `more.yaml`, that is a file beside it which
has nothing wrong. Those of `timeline embed` are Markdown documents, beside an `events.yaml` with
the feed `races` and the categories `rally` and `team`.

"""


def document() -> Iterator[str]:
    """Give ``docs/diagnostics.md``, piece by piece."""
    yield _INTRODUCTION
    yield "| Code | | What it means |\n| --- | --- | --- |\n"
    for page in rule_pages().values():
        title = page.rule.title.replace("|", "\\|")
        yield f"| [`{page.rule.code}`](#{page.rule.code}) | {page.rule.severity} | {title} |\n"
    for page in rule_pages().values():
        yield f"\n{page.text}"


if __name__ == "__main__":
    import sys

    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.writelines(document())
