"""Limit how long the rules of a file are searched for instances.

Most searches end in the first period. But the 29 February every 1,461 days has no instance for
thousands of years, and each of 100,000 events may have that rule.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from timeline._limits import MAX_WALKED
from timeline.diagnostics import Refusal, rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.dates.recurrence.rule import RecurrenceRule


class RuleBudgetRefusal(Refusal):
    """The refusal (`rule-budget`) of ``recurrence_rule``, which is searched for too long."""

    def __init__(self, recurrence_rule: RecurrenceRule, message: str, help_: str) -> None:
        super().__init__(rules.RULE_BUDGET, message, help_)
        self.recurrence_rule = recurrence_rule


class RuleBudget:
    """What is left of the steps for the rules of a file; a step takes 1 to 4 microseconds."""

    def __init__(self, left: int | None = None) -> None:
        self.left = MAX_WALKED if left is None else left

    def spend(self, rule: RecurrenceRule, steps: int) -> None:
        """Take a number of steps for a rule.

        Raises: `RuleBudgetRefusal`, where that is more than what is left.
        """
        self.check(rule, steps)
        self.left -= steps

    def check(self, rule: RecurrenceRule, steps: int) -> None:
        """Refuse a number of steps that is more than what is left, and take none.

        Raises: `RuleBudgetRefusal`.
        """
        if steps <= self.left:
            return
        if rule.count is not None:
            raise RuleBudgetRefusal(
                rule,
                f"with `COUNT={rule.count}`, the rules of this file have more than "
                f"{MAX_WALKED:,} instances to count",
                "write `UNTIL` instead of `COUNT`",
            )
        raise RuleBudgetRefusal(
            rule,
            f"with `FREQ={rule.freq}` and `INTERVAL={rule.interval}`, the rules of this file have "
            f"more than {MAX_WALKED:,} periods without an instance to search",
            "list the dates as `rdate`, or remove parts that exclude days",
        )


_budget: ContextVar[RuleBudget | None] = ContextVar("rule budget", default=None)


@contextmanager
def bounded_walks(budget: RuleBudget | None = None) -> Iterator[None]:
    """Limit the steps of all walks through rules meanwhile, to what is left of a budget."""
    token = _budget.set(budget or RuleBudget())
    try:
        yield
    finally:
        _budget.reset(token)


def limit_walks() -> None:
    """Limit the steps of all walks through rules from now on."""
    _budget.set(RuleBudget())


def spend_steps(rule: RecurrenceRule, steps: int) -> None:
    """Take a number of steps from the budget, if there is one.

    Raises: `RuleBudgetRefusal`.
    """
    if (budget := _budget.get()) is not None:
        budget.spend(rule, steps)


def check_steps(rule: RecurrenceRule, steps: int) -> None:
    """Refuse a number of steps that is more than what is left, if there is a budget.

    Raises: `RuleBudgetRefusal`.
    """
    if (budget := _budget.get()) is not None:
        budget.check(rule, steps)
