"""The Python API: load, fix and export events files without the command line.

Its names are those of ``timeline.__all__``. Nothing here reads the clock or the environment, and
nothing writes a file.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.api.exporting import export as export
    from timeline.api.loading import fix as fix
    from timeline.api.loading import load as load
    from timeline.api.loading import loads as loads
    from timeline.api.results import Fixed as Fixed
    from timeline.api.results import Result as Result
else:
    from timeline._lazy import lazy_names

    __getattr__ = lazy_names(
        __name__,
        {"exporting": "export", "loading": "fix load loads", "results": "Fixed Result"},
    )
