"""Turn a YAML file of milestones into an iCalendar feed, CSV, Markdown and a diagram.

The functions `load`, `loads`, `fix` and `export` are for programs; docs/api.md describes them and
the types that they return. Each name is imported when it is used.
"""

TYPE_CHECKING = False  # that of `typing` would take as long as the start of Python

if TYPE_CHECKING:
    from typing import Any

    from timeline.api import Fixed, Result, export, fix, load, loads
    from timeline.dates import Date, Instant, NoDate, OneSidedDate
    from timeline.diagnostics import At, Diagnostic, Edit, Note, Severity, Span, UserError
    from timeline.model import AllDay, Calendar, Event, Mixed, Selection, Timed, Undated

__all__ = [
    "AllDay",
    "At",
    "Calendar",
    "Date",
    "Diagnostic",
    "Edit",
    "Event",
    "Fixed",
    "Instant",
    "Mixed",
    "NoDate",
    "Note",
    "OneSidedDate",
    "Result",
    "Selection",
    "Severity",
    "Span",
    "Timed",
    "Undated",
    "UserError",
    "export",
    "fix",
    "load",
    "loads",
]

_NAMES = {
    "api": "Fixed Result export fix load loads",
    "dates": "Date Instant NoDate OneSidedDate",
    "diagnostics": "At Diagnostic Edit Note Severity Span UserError",
    "model": "AllDay Calendar Event Mixed Selection Timed Undated",
}


def __getattr__(name: str) -> "Any":
    for module, names in _NAMES.items():
        if name in names.split():
            from importlib import import_module  # noqa: PLC0415 - see above

            value = globals()[name] = getattr(import_module(f"timeline.{module}"), name)
            return value
    raise AttributeError(f"module 'timeline' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
