"""Look up rules by their codes, and their pages, which ``timeline explain`` prints."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.diagnostics import rules
from timeline.diagnostics.rules import Rule

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

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
    return {rule.code: rule for rule in sorted(all_rules, key=lambda rule: rule.code)}


def rule_page(rule: Rule) -> RulePage:
    """Return the page of a rule."""
    text = _page_file(rule).read_text(encoding="utf-8")
    description, _, examples = text.partition(_SEPARATOR)
    return RulePage(rule, description, examples)


@cache
def rule_page_file(rule: Rule) -> str | None:
    """Return the path of the file of a page, ``None`` where the package is not in files."""
    path = str(_page_file(rule))
    return path if os.path.isfile(path) else None  # noqa: PTH113 - it may be in an archive


def _page_file(rule: Rule) -> Traversable:
    from importlib.resources import files  # noqa: PLC0415 - 3 ms that only a page should cost

    return files("timeline.diagnostics.rules").joinpath(f"{rule.code}.md")
