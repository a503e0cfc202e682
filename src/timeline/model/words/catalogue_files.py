"""The compiled gettext catalogues in ``timeline/locale``, a folder for each language.

They are compiled when the package is built. To read them needs no Babel, which only dates need.
"""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations
from typing import TYPE_CHECKING

from timeline.model.words.pseudo import bracketed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from importlib.resources.abc import Traversable


@lru_cache
def catalogue_tags() -> tuple[str, ...]:
    """Return the tags of all catalogues that are compiled, sorted; a checkout has none at first."""
    folders = _folder().iterdir() if _folder().is_dir() else ()
    return tuple(sorted(item.name for item in folders if compiled_catalogue(item.name).is_file()))


def compiled_catalogue(tag: str) -> Traversable:
    """Return the file of a catalogue, by its tag."""
    return _folder().joinpath(tag, "timeline.mo")


def translator(tag: str) -> Callable[[str], str]:
    """Return the function that translates a phrase by a catalogue."""
    with compiled_catalogue(tag).open("rb") as file:
        return GNUTranslations(file).gettext


def all_translators() -> Iterator[Callable[[str], str]]:
    """Yield a translator for each language that outputs may have, English first."""
    yield str
    yield bracketed
    yield from map(translator, catalogue_tags())


def _folder() -> Traversable:
    from importlib.resources import files  # noqa: PLC0415 - 3 ms that English should not cost

    return files("timeline").joinpath("locale")
