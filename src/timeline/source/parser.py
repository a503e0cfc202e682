"""The events of PyYAML's C parser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

try:
    from yaml._yaml import CParser
except ImportError as problem:  # pragma: no cover - wheels of PyYAML have it
    raise ImportError(
        "timeline needs PyYAML with its C parser: install libyaml, then "
        "`pip install --force-reinstall --no-binary pyyaml pyyaml`"
    ) from problem


class _PieceReader:
    """A text in pieces. Given all of it, the parser would keep a copy until the end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0

    def read(self, size: int = 0, /) -> str:
        """Return the next characters, at most ``size``."""
        piece = self.text[self.position : self.position + size]
        self.position += len(piece)
        return piece


def yaml_events(text: str) -> Callable[[], Any]:
    """Return a function that returns the next event of a text, and ``None`` after the last.

    It raises ``yaml.YAMLError`` where the text is not YAML.
    """
    next_event: Callable[[], Any] = CParser(_PieceReader(text)).get_event
    return next_event
