"""Read HTML as its elements in order and its text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

VOID = {"br", "hr", "img", "input", "link", "meta"}


class Page(HTMLParser):
    """A page: ``outline`` has its tags in order, ``text`` its text without spaces.

    A link to an address that stands in ``linked_text`` counts as text.
    """

    def __init__(self, html: str, linked_text: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.linked_text = unquote(linked_text)
        self.is_in_text_link = False
        self.outline: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return "".join("".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href")
        if tag == "a" and target and _as_written(target) in self.linked_text:
            self.is_in_text_link = True
            return
        self.outline.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.targets += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.is_in_text_link:
            self.is_in_text_link = False
        elif tag not in VOID:
            self.outline.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(data)
            if self.outline[-1:] != ["text"]:
                self.outline.append("text")

    def handle_comment(self, data: str) -> None:
        self.outline.append(f"!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.outline.append(f"!{decl}")


def _as_written(target: str) -> str:
    """Return an address as an author writes it: some renderers encode its path and its host."""
    return re.sub(r"xn--([\w-]+)", _decoded_label, unquote(target))


def _decoded_label(match: re.Match[str]) -> str:
    try:
        return match[1].encode("ascii").decode("punycode")
    except UnicodeError:  # a label that the author wrote so
        return match[0]
