"""Parse a value that must be one of a few words, in a file or in an option."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.diagnostics import rules
from timeline.diagnostics.model import Refusal, cited
from timeline.diagnostics.suggestions import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def parse_choice(
    value: str,
    words: Sequence[str],
    synonyms: Mapping[str, str] | None = None,
    otherwise: str = "write one of them",
) -> str:
    """Return the value if it is one of the words.

    ``synonyms`` maps other words, in lower case, to the word to suggest. ``otherwise`` is
    the help if no word is similar.

    Raises:
        Refusal: the value is not one of them; the message lists them.
    """
    if value in words:
        return value
    near = (synonyms or {}).get(value.lower())
    near = near if near in words else nearest(value, words)
    raise Refusal(
        rules.WRONG_VALUE,
        f"{cited(value)} is not one of {', '.join(f'`{word}`' for word in words)}",
        f"did you mean `{near}`?" if near else otherwise,
    )
