"""Diagnostics without a file, for tests of their rendering and placement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.diagnostics import catalog
from timeline.diagnostics.model import Diagnostic
from timeline.diagnostics.rules import Rule, Severity

if TYPE_CHECKING:
    from timeline.diagnostics.model import At, Span


def error(code: str, message: str, at: At | Span, **more: Any) -> Diagnostic:
    """Return an error; ``code`` need not be that of a rule."""
    return _diagnostic(code, Severity.ERROR, message, at, **more)


def warning(code: str, message: str, at: At | Span, **more: Any) -> Diagnostic:
    """Return a warning; ``code`` need not be that of a rule."""
    return _diagnostic(code, Severity.WARNING, message, at, **more)


def _diagnostic(
    code: str, severity: Severity, message: str, at: At | Span, **more: Any
) -> Diagnostic:
    title = rule.title if (rule := catalog.rules_by_code().get(code)) else "A title"
    return Diagnostic(Rule(code, severity, title), message, at, **more)
