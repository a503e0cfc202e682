"""Look up rules by their codes, and their pages, which ``timeline explain`` prints."""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import files

from msgspec import Struct

from timeline.diagnostics import rules
from timeline.diagnostics.rules import Rule

_SEPARATOR = "\n---\n\n"
"""The line of a page that is between its description and its examples."""


class RulePage(Struct, frozen=True):
    """The page of a rule, in Markdown: what the rule means, and examples, if there are any."""

    rule: Rule
    description: str
    examples: str

    @property
    def text(self) -> str:
        """The whole page, headed by the code and the title."""
        parts = [f"## {self.rule.code}\n", f"{self.rule.title}.\n", self.description, self.examples]
        return "\n".join(part for part in parts if part)


@cache
def rules_by_code() -> dict[str, Rule]:
    """Return every rule by its code, in alphabetical order."""
    all_rules = [value for value in vars(rules).values() if isinstance(value, Rule)]
    return {rule.code: rule for rule in sorted(all_rules)}


def rule_page(rule: Rule) -> RulePage:
    """Return the page of a rule."""
    file = files("timeline.diagnostics.rules").joinpath(f"{rule.code}.md")
    description, _, examples = file.read_text(encoding="utf-8").partition(_SEPARATOR)
    return RulePage(rule, description, examples)


@cache
def rule_page_file(rule: Rule) -> str | None:
    """Return the path of the file of a page, ``None`` where the package is not in files."""
    path = str(files("timeline.diagnostics.rules").joinpath(f"{rule.code}.md"))
    return path if os.path.isfile(path) else None  # noqa: PTH113 - it may be in an archive
