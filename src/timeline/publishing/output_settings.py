"""Read `outputs` of the events file: which outputs are written, and how.

The compiler keeps the value of that key as it is written. It is declared in ``output_keys``, like
every other key, and the compiler reads a file with this declaration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from msgspec import Struct

from timeline.compiler import FileKind, Nested, timeline_with_outputs
from timeline.source import DISK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from timeline.compiler import CheckContext, Declared, Loaded
    from timeline.diagnostics import Diagnostic
    from timeline.source import FileTree


class OutputSetting(Struct, frozen=True):
    """One output as the file asks for it: its options by field name, and its path, if given.

    ``index`` is its place in a list of outputs, if it is in one.
    """

    options: Mapping[str, Any] = {}
    path: str | None = None
    index: int | None = None


class OutputSettings(Struct, frozen=True):
    """What `outputs` says: the folder of the outputs, and the outputs of each format.

    The paths are relative to the folder of the events file. Formats are in the order of the table;
    without any, the default ones are written.
    """

    directory: str | None = None
    formats: Mapping[str, Sequence[OutputSetting]] = {}

    def of(self, name: str) -> Sequence[OutputSetting]:
        """Return the outputs of a format, which is written at least once if it is asked for."""
        return self.formats.get(name) or (OutputSetting(),)

    def names(self) -> list[str]:
        """Return the formats that are written if the command line names none."""
        from timeline.formats import FORMATS, with_feeds  # noqa: PLC0415 - only an export asks

        return with_feeds(self.formats) or [
            name for name, form in FORMATS.items() if form.is_default
        ]


def read_settings(outputs: Any) -> OutputSettings:
    """Return what `Loaded.outputs` says; ``None`` is a file without that key."""
    if outputs is None:
        return OutputSettings()
    written = given_values(outputs)
    directory = written.pop("directory", None)
    formats = {name: _settings(value) for name, value in written.items()}
    return OutputSettings(directory, formats)


def _settings(value: Any) -> Sequence[OutputSetting]:
    """Return the outputs of a format: of `true` for a feed, of a mapping, or of several."""
    if isinstance(value, tuple):
        return [_setting(entry, index) for index, entry in enumerate(value)]
    return [OutputSetting() if value is True else _setting(value)]


def _setting(entry: Declared, index: int | None = None) -> OutputSetting:
    given = given_values(entry)
    path = given.pop("path", None)
    return OutputSetting(given, path, index)


def given_values(entry: Declared) -> dict[str, Any]:
    """Return the values of the keys that the file has."""
    return {name: value for name, value in entry.values().items() if value is not None}


def _outputs() -> type[Declared]:
    from timeline.publishing.output_keys import outputs_entry  # noqa: PLC0415 - few files have it

    return outputs_entry()


def _check(context: CheckContext, names: Sequence[str]) -> Iterable[Diagnostic]:
    if context.timeline.outputs is None:
        return ()
    from timeline.publishing.output_keys import check_outputs  # noqa: PLC0415 - as above

    return check_outputs(context, names)


EVENTS_FILE = FileKind(timeline_with_outputs(Nested(_outputs)), _check)
"""The events file with all of its keys."""


def load_events_file(
    path: str,
    stdin: BinaryIO | None = None,
    *,
    selected: AbstractSet[str] = frozenset(),
    tree: FileTree = DISK,
) -> Loaded:
    """Return an events file as `load_file` does, of which `outputs` is read and checked, too.

    Raises:
        UnreadableFile: as `load_file` does.
    """
    from timeline.compiler import load_file  # noqa: PLC0415 - the schema is printed without it

    return load_file(path, stdin, selected=selected, kind=EVENTS_FILE, tree=tree)
