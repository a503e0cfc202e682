"""The containers that are open while a file is read, one frame each, from the root inward."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from timeline.source.text import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.diagnostics import Path
    from timeline.source.nodes import Node

# Keys of values that are read but not kept, only while a mapping is read. A file has no NUL.
DROPPED: Final = "\0dropped"
COMPLEX: Final = "\0key"


class Frame:
    """A mapping or a list that is being filled.

    ``key`` is the key whose value comes next, or is open: ``None`` in a list, and in a mapping
    where a key comes next, which is when ``expects_key``.
    """

    __slots__ = ("container", "expects_key", "is_mapping", "key", "node")

    def __init__(self, container: Any, node: Node | None, *, is_mapping: bool) -> None:
        self.container = container
        self.node = node
        self.is_mapping = is_mapping
        self.expects_key = is_mapping
        self.key: str | None = None

    @property
    def last_step(self) -> str | int:
        """The key or the index of what was attached last."""
        return len(self.container) - 1 if self.key is None else self.key


def is_in_complex_key(frames: list[Frame]) -> bool:
    """Return whether a list or a mapping in place of a key is open."""
    return any(frame.key is COMPLEX for frame in frames)


def open_path(frames: list[Frame]) -> Path:
    """Return the path of the innermost container, or of what holds it if it is not kept."""
    path: list[str | int] = []
    for frame in frames[1:-1]:
        if frame.key is DROPPED or frame.key is COMPLEX:
            break
        path.append(frame.last_step)
    return tuple(path)


def path_to_last(container: Any) -> Iterator[str | int]:
    """Yield the steps from a container to the innermost one in it that was filled last."""
    while type(container) in (dict, list) and container:
        step = next(reversed(container)) if type(container) is dict else len(container) - 1
        container = container[step]
        if type(container) not in (dict, list) or step in (DROPPED, COMPLEX):
            return
        yield step


def drop_shifted_keys(mapping: dict[str, Any]) -> None:
    """Remove the last keys that begin with a no-break space or a similar character.

    They are of the mapping above, to which they seem to belong.
    """
    while mapping and _is_shifted(last := next(reversed(mapping))):
        del mapping[last]


def _is_shifted(key: str) -> bool:
    return key[:1].isspace() or key.startswith(tuple(INVISIBLE))
