"""Diagnostics that a syntax error is the cause of, and that are not reported beside it."""

from __future__ import annotations

from timeline.diagnostics import Diagnostic, Span, rules

_CONSEQUENCES = (
    rules.EMPTY_VALUE,
    rules.COMPLEX_KEY,
    rules.LOST_COMMENT,
    rules.UNDEFINED_ALIAS,
)
"""Rules whose diagnostics may have a syntax error above them as their cause."""


def is_consequence(diagnostic: Diagnostic, error: Diagnostic, line: int) -> bool:
    """Return whether a diagnostic has a syntax error at ``line`` as its cause.

    Also one at the same place, for the syntax error is more precise.
    """
    if not isinstance(diagnostic.at, Span):
        return False
    # A key without a value, or `{{ city }}` before more text, on the line where reading ends.
    may_be = diagnostic.rule in _CONSEQUENCES and not (
        diagnostic.rule is rules.COMPLEX_KEY and error.rule is not rules.TEXT_AFTER_VALUE
    )
    if may_be and diagnostic.at.line > line:
        return True
    if not isinstance(error.at, Span):
        return False
    if (diagnostic.at.line, diagnostic.at.column) == (error.at.line, error.at.column):
        return True
    # The lines below an unclosed `{a` are not keys.
    is_below = error.rule is rules.UNCLOSED_BRACKET and not diagnostic.at < error.at
    return is_below and diagnostic.rule is rules.EMPTY_VALUE
