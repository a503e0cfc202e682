"""Pages for the screenshots: Markdown as GitHub shows it, a terminal, several pictures in one."""

from __future__ import annotations

import base64
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterable

_STYLES = {
    "1": "font-weight: 700",
    "2": "opacity: .6",
    "9": "text-decoration: line-through",
    "31": "color: #ff7b72",
    "32": "color: #7ee787",
    "33": "color: #e3b341",
    "34": "color: #79c0ff",
    "35": "color: #d2a8ff",
    "36": "color: #56d4dd",
    "90": "color: #8b949e",
}
"""What the codes of a terminal (SGR) that timeline uses look like."""


def github_page(path: Path) -> str:
    """Return a Markdown document as GitHub shows it: 1,012 pixels wide, on white or black."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    body = markdown.render(path.read_text(encoding="utf-8"))
    return _page(_style("github"), f"<article>{body}</article>", base=f"{path.parent.as_uri()}/")


def terminal_page(command: str, output: str) -> str:
    """Return a command and what it printed, with its colours, as a page."""
    pieces = re.split(r"\x1b\[([0-9;]*)m", output)
    body = [f"$ {escape(command)}\n", escape(pieces[0])]
    is_open = False
    for codes, text in zip(pieces[1::2], pieces[2::2], strict=True):
        if is_open:
            body.append("</span>")
        styles = [_STYLES[code] for code in codes.split(";") if code in _STYLES]
        is_open = bool(styles)
        if is_open:
            body.append(f'<span style="{"; ".join(styles)}">')
        body.append(escape(text))
    return _page(_style("terminal"), f"<pre>{''.join(body)}{'</span>' if is_open else ''}</pre>")


def board(pictures: Iterable[bytes]) -> str:
    """Return pictures beside each other as a page."""
    style = "body { margin: 0; padding: 16px; display: flex; gap: 16px; align-items: start;"
    style += " width: max-content; background: #8b919a }"
    images = (
        f'<img src="data:image/png;base64,{base64.b64encode(picture).decode()}">'
        for picture in pictures
    )
    return _page(style, "".join(images))


def _style(name: str) -> str:
    return (Path(__file__).parent / f"{name}.css").read_text(encoding="utf-8")


def _page(style: str, body: str, *, base: str = "") -> str:
    target = f'<base href="{base}">' if base else ""
    return (
        '<!doctype html><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"{target}<style>{style}</style>{body}"
    )
