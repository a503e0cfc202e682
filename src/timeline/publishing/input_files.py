"""Read the files that `outputs` names, such as the CSS of a page.

They obey the rule for outputs: a stranger's events file can put nothing into a published page that
is not in its repository.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.diagnostics import STDIN, At, Diagnostic, UserError, cited, rules
from timeline.formats import FORMATS, TextFile
from timeline.publishing.output_places import from_folder
from timeline.source import (
    ForbiddenPath,
    boundary_of_outputs,
    folder_of_events_file,
    open_file_or_pipe,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline.formats import Format
    from timeline.model import Calendar
    from timeline.publishing.output_settings import OutputSettings
    from timeline.source import Boundary

MOST_READ = 1 << 20
"""The most bytes that are read of a file which an option names: formats expect far less."""


class UnusableInput(UserError):  # noqa: N818 - the name states what is wrong
    """A file that an option names cannot be read."""


def read_input_file(path: str) -> TextFile:
    """Return a file that an option names; of a longer one than `MOST_READ` only that much.

    Raises: `UnusableInput`.
    """
    try:
        with open_file_or_pipe(path) as file:
            return TextFile(path, file.read(MOST_READ))
    except OSError as error:
        raise UnusableInput(f"cannot read {cited(path)}: {error.strerror}") from None


def with_input_files(form: Format, written: Mapping[str, Any], file: str) -> dict[str, Any]:
    """Return the options of an output in an events file, with the contents of files they name.

    These files are within the root of the events file, wherever the outputs are written.

    Raises: ``ForbiddenPath``, `UnusableInput`.
    """
    values = dict(written)
    boundary = boundary_of_outputs(file)
    for name in _file_options(form, written):
        values[name] = _read(values[name], file, boundary)
    return values


def _file_options(form: Format, written: Mapping[str, Any]) -> list[str]:
    declared = form.options.declared
    return [name for name in written if declared[name].text == "file"]


def _read(written: str, file: str, boundary: Boundary) -> TextFile:
    path = from_folder(folder_of_events_file(file), written)
    try:
        boundary.place(path).resolve()
    except ForbiddenPath as error:
        raise UnusableInput(error.message, f"move the file into `{boundary.base}`") from None
    if path.exists() and not path.is_file():
        raise UnusableInput(f"`{path}` is not a regular file")  # nobody has typed this name
    return read_input_file(str(path))


def check_input_files(
    settings: OutputSettings, name: str, calendar: Calendar
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the files that the outputs of an events file need.

    ``name`` is that of the events file.
    """
    file = "-" if name == STDIN else name
    boundary = boundary_of_outputs(file)
    for key, written in settings.formats.items():
        form = FORMATS[key]
        for setting in written:
            for option in _file_options(form, setting.options):
                index = () if setting.index is None else (setting.index,)
                at = At(("outputs", key, *index, option.replace("_", "-")))
                value = setting.options[option]
                message, help_ = None, "write the path of a text file, from the folder of this file"
                try:
                    text = _read(value, file, boundary)
                    message = form.options(**{option: text}).refusal(calendar)
                    help_ = "correct that file, or remove this key"
                except (ForbiddenPath, UnusableInput) as error:
                    message, help_ = error.message, error.help or help_
                if message is not None:
                    yield Diagnostic(rules.OUTPUT_FILE, message, at, help=help_)
