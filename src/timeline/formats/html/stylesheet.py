"""The CSS and the script of the page, without comments and indentation; the author's CSS."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from timeline.formats.html.options import MAX_CSS

if TYPE_CHECKING:
    from timeline.formats.options import TextFile

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})[ \t\n\f]?|\\(.)")
_ADDRESS = re.compile(r"\burl\(\s*[\"']?(?!\s*[\"']?data:)|\b(?:-webkit-)?image-set\(|\bsrc\(")


@cache
def page_css() -> str:
    """Return the CSS of every page, without comments and indentation."""
    lines = _COMMENT.sub("", _read("page.css")).splitlines()
    return "\n".join(stripped for line in lines if (stripped := line.strip()))


@cache
def page_script() -> str:
    """Return the script, without the lines that are comments and without indentation."""
    lines = (line.strip() for line in _read("page.js").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def css_objection(css: TextFile) -> str | None:
    """Return why the author's CSS is not added to the page, or ``None``.

    A page makes no request, so the CSS must not make one. What it spells with escapes is read as a
    browser does.
    """
    if len(css.content) > MAX_CSS:
        size = f"{len(css.content):,} bytes"
        return f"the CSS `{css.path}` has {size}, expected at most {MAX_CSS:,}"
    try:
        text = css.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return f"the CSS `{css.path}` is not in UTF-8"
    if "</style" in text.lower():
        return f"the CSS `{css.path}` has `</style`, which would end it"
    plain = _CSS_ESCAPE.sub(_unescaped, _COMMENT.sub("", text)).lower()
    if "@import" in plain:
        return f"the CSS `{css.path}` has `@import`: copy the rules that it would import"
    if _ADDRESS.search(plain):
        return f"the CSS `{css.path}` has an address: only `url(data:…)` is allowed"
    if "\0" in text:
        return f"the CSS `{css.path}` is not a text"
    return None


def own_css(css: TextFile | None) -> str:
    """Return the author's CSS as text."""
    return "" if css is None else css.content.decode("utf-8-sig").replace("\r\n", "\n")


def _unescaped(match: re.Match[str]) -> str:
    number = int(match[1], 16) if match[1] else ord(match[2])
    return chr(number) if 0 < number < 0x110000 else "\ufffd"
