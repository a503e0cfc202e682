"""Write the months and weekdays of other languages into the module that corrects dates.

``python -m tools.cldr_words`` takes them from CLDR, by Babel, which users need not have.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Literal

from babel import Locale

from tools.docs import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

MODULE = ROOT / "src/timeline/dates/corrections/cldr_words.py"

LANGUAGES = (
    *("ar", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr"),
    *("gl", "he", "hr", "hu", "hy", "id", "is", "it", "ka", "lt", "lv", "mk", "ms", "nb", "nl"),
    *("nn", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk"),
)
"""Languages whose calendar is Gregorian and whose months have names of one word."""

_DOC = '''"""The months and weekdays of other languages, from CLDR.

``python -m tools.cldr_words`` writes this module. Babel is optional, and a help must not depend on
it.
"""

from __future__ import annotations

'''


def module_text() -> str:
    """Return the text of the module."""
    return (
        _DOC
        + _table("MONTHS", "months", range(1, 13))
        + '"""The words of each month from January on: lower case, without the last dot."""\n\n'
        + _table("WEEKDAYS", "days", range(7))
        + '"""The words of each weekday from Monday on, in the same form."""\n'
    )


def _table(name: str, kind: Literal["months", "days"], numbers: Iterable[int]) -> str:
    rows = "".join(f"{_row(words_of(kind, number))},\n" for number in numbers)
    return f"{name} = (\n{rows})\n"


def _row(words: list[str]) -> str:
    lines = wrap(" ".join(words), 90)
    return "\n".join(f'    "{line} "' for line in lines).removesuffix(' "') + '"'


def words_of(kind: Literal["months", "days"], number: int) -> list[str]:
    """Return the names and abbreviations of a month or a weekday in all languages, sorted."""
    words = set[str]()
    for language in LANGUAGES:
        names = getattr(Locale.parse(language), kind)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                word = names[context][width][number].lower().rstrip(".").removesuffix("-feira")
                word = word.removeprefix("de ").removeprefix("d\N{RIGHT SINGLE QUOTATION MARK}")
                if len(word) > 1 and word.replace("\N{RIGHT SINGLE QUOTATION MARK}", "").isalpha():
                    words.add(word)
    return sorted(words)


if __name__ == "__main__":
    MODULE.write_text(module_text(), encoding="utf-8", newline="\n")
