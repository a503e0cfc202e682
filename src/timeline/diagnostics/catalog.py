"""Look up rules by their codes, and their pages, which ``timeline explain`` prints."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from msgspec import Struct

from timeline.diagnostics import rules
from timeline.diagnostics.rules import Rule

_EXAMPLES = "\nWrong:\n"
"""The line of a page at which its examples begin."""


class RulePage(Struct, frozen=True):
    """The page of a rule; ``body`` is the Markdown below the title."""

    rule: Rule
    body: str

    @property
    def text(self) -> str:
        """The whole page as Markdown, headed by the code."""
        return f"## {self.rule.code}\n\n{self.rule.title}.\n\n{self.body}"

    @property
    def description(self) -> str:
        """What the rule means, without the title and the examples."""
        return self.body.partition(_EXAMPLES)[0].strip()


@cache
def rules_by_code() -> dict[str, Rule]:
    """Return every rule by its code, in alphabetical order."""
    all_rules = [value for value in vars(rules).values() if isinstance(value, Rule)]
    return {rule.code: rule for rule in sorted(all_rules)}


def rule_page(rule: Rule) -> RulePage:
    """Return the page of a rule."""
    folder = files("timeline.diagnostics.rules")
    return RulePage(rule, folder.joinpath(f"{rule.code}.md").read_text(encoding="utf-8"))
