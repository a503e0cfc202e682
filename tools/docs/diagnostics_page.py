"""The page of the diagnostics, made of the pages of ``timeline explain``."""

from __future__ import annotations

from timeline.diagnostics.catalog import rule_page, rules_by_code
from tools.docs.markdown import cell


def diagnostics_page() -> str:
    """Return the page: how a report reads, a table of all codes, and a section for each."""
    pages = [rule_page(rule) for rule in rules_by_code().values()]
    rows = [
        f"| [`{page.rule.code}`](#{page.rule.code}) | {page.rule.severity} |"
        f" {cell(page.rule.title)} |\n"
        for page in pages
    ]
    header = "| Code | | What it means |\n| --- | --- | --- |\n"
    sections = [f"\n{page.text}" for page in pages]
    return "".join([_INTRODUCTION, header, *rows, *sections])


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
