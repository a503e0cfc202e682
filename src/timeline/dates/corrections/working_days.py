"""Numbers of working days as people write them, ``five business days``, as the file writes them."""

from __future__ import annotations

import re

from timeline.dates.corrections.durations import NUMBERS
from timeline.dates.working_days import MAX_WORKING_DAYS
from timeline.diagnostics import Refusal, cited, rules

_DAYS = r"(?:working|business|work|bank|banking)[ -]?days?"
_COUNTED = re.compile(
    rf"(\d{{1,6}}|{'|'.join(NUMBERS)})[ -]?(?:{_DAYS}|weekdays?|[wb]ds?)\.?",
    re.ASCII | re.IGNORECASE,
)
_WITH_DASH = re.compile(r"\b(working|business|work|bank|banking)-(?=days?\b)", re.IGNORECASE)


def normalize_working_days(text: str) -> str | None:
    """Return ``5 business days`` as the file writes it; ``None`` for another text or number."""
    match = _COUNTED.fullmatch(text)
    if match is None:
        return None
    number = match[1].lower()
    count = NUMBERS.get(number) or int(number)
    if not 1 <= count <= MAX_WORKING_DAYS:
        return None
    return f"{count} working day{'' if count == 1 else 's'}"


def without_dash(text: str) -> str:
    """Return a text in which no dash is in ``working-days``, where it is not a minus."""
    return _WITH_DASH.sub(r"\1 ", text)


def explain_working_days(text: str) -> Refusal | None:
    """Refuse working days without the date from which they count; ``None`` for another text."""
    amount = normalize_working_days(text)
    if amount is None:
        return None
    return Refusal(
        rules.DATE_SYNTAX,
        f"{cited(text)} is a number of working days, not a date",
        f"write the date from which they count first, such as `other-event.end + {amount}`",
    )
