"""A rule as a value: a kind of diagnostic."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """The severity of a rule: an error stops an export, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Rule(Struct, frozen=True):
    """A kind of diagnostic; ``code`` is a kebab-case noun, stable once released.

    ``title`` is one sentence without its full stop. A warning that is not ``on_by_default`` is
    reported only where it is selected.
    """

    code: str
    severity: Severity
    title: str
    on_by_default: bool = True
