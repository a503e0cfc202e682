"""The only texts that are not escaped on the page: its CSS, its script, and data of the script.

Each is checked here not to end its element. All other values are escaped by Jinja2.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping

_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def style_fragment(css: str) -> Markup:
    """Return CSS as the content of a ``<style>`` element.

    Raises: ``ValueError`` if it would end the element.
    """
    if "</style" in css.lower():
        raise ValueError("the CSS ends its element")
    return Markup(css)  # noqa: S704 - checked


def script_fragment(script: str) -> Markup:
    """Return a program as the content of a ``<script>`` element.

    Raises: ``ValueError`` if it would end the element, or hide its end.
    """
    if "</script" in script.lower() or "<!--" in script:
        raise ValueError("the script ends its element")
    return Markup(script)  # noqa: S704 - checked


def json_fragment(data: Mapping[str, str]) -> Markup:
    """Return data as the content of a ``<script>`` element that has JSON."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return Markup(text)  # noqa: S704 - no character can end the element


def script_hash(script: str) -> str:
    """Return the source by which a Content Security Policy allows a script: ``sha256-…``."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
