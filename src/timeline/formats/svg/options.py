"""The options of the diagram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.formats.options import RenderOptions, as_of_option

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class SvgOptions(RenderOptions):
    """``as_of`` is the day to mark as today, if any."""

    as_of: date | None = as_of_option()
