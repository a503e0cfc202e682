"""The pages of ``timeline explain``: one for each code, from one Markdown file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Page:
    """What a diagnostic means; ``text`` is Markdown, headed by the code."""

    code: str
    title: str
    text: str


@cache
def pages() -> dict[str, Page]:
    """Give every page by its code, in alphabetical order."""
    text = files("timeline").joinpath("explanations.md").read_text(encoding="utf-8")
    found = {}
    for section in text.split("\n## ")[1:]:
        code, _, rest = section.partition("\n")
        title = rest.strip().partition("\n")[0]
        found[code] = Page(code, title, f"## {code}\n{rest.rstrip()}\n")
    return dict(sorted(found.items()))
