"""Write to standard output and standard error; no other module does.

There are two kinds of output:

- Text for people: it keeps the encoding of the stream, and what the encoding lacks is written in
  ASCII. Each line is terminal-safe, and no build server reads it as a command.
- Documents for programs and files: they are UTF-8 bytes, whatever the environment says.

Standard error has only text for people. If a reader closes the pipe, as ``head`` does, the rest is
discarded, and the exit code is that of the whole run: it is about the events file, not about how
much of the output was read.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, TextIO

from timeline.diagnostics import safe_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed import ReadableBuffer


def set_up_streams() -> None:
    """Set how standard output and standard error encode text, for everything that is written.

    On Windows, text is UTF-8 where the stream is not a terminal, unless PYTHONIOENCODING is set:
    the encoding of the system lacks the letters of most languages.
    """
    codecs.register_error(_ERRORS, _ascii_form)
    sys.stdout, sys.stderr = _prepare(sys.stdout), _prepare(sys.stderr)


_ERRORS = "timeline"
"""The name of our error handler for `codecs`."""

ASCII_FORMS = {
    "●": "*",
    "○": "o",
    "×": "x",  # noqa: RUF001 - a mark of `show`
    "·": "-",
    "↳": ">",
    "─": "-",
    "–": "-",  # noqa: RUF001 - between two dates
    "—": "-",
    "～": "~",  # noqa: RUF001 - between two dates in Japanese
    "−": "-",  # noqa: RUF001 - of an offset from UTC
    "⟦": "[",
    "⟧": "]",
    "→": "->",
    "…": "...",
    "’": "'",  # noqa: RUF001 - typographic
    "“": '"',
    "”": '"',
    "•": "*",
    "\u2068": "",  # the start and the end of an isolate
    "\u2069": "",
}
"""What is written for our own signs where the encoding lacks them."""


def _ascii_form(error: UnicodeError) -> tuple[str, int]:
    """Return the ASCII form of characters, and where to continue (see `codecs.register_error`)."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    forms = (
        ASCII_FORMS.get(character, character.encode("ascii", "backslashreplace").decode())
        for character in lacking
    )
    return "".join(forms), error.end


def _prepare(stream: TextIO) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):  # `None` if it was closed before the start
        return stream
    encoding = stream.encoding if _takes_all(stream.encoding) else "utf-8"
    if os.name == "nt" and stream.isatty():  # the console
        stream.reconfigure(encoding=encoding, errors=_ERRORS)
        return stream
    is_utf8 = os.name == "nt" and not os.environ.get("PYTHONIOENCODING")
    return io.TextIOWrapper(
        io.BufferedWriter(_Pipe(stream.fileno(), "wb", closefd=False)),
        "utf-8" if is_utf8 else encoding,
        _ERRORS,
        line_buffering=stream.line_buffering,
    )


def _takes_all(encoding: str) -> bool:
    """Return whether an encoding can write any text with our error handler; "idna" cannot."""
    try:
        encoder = codecs.getincrementalencoder(encoding)(_ERRORS)
        return all(encoder.encode(line) for line in ("a..b\n", f"{'a' * 100}\n", "●\n"))
    except (LookupError, UnicodeError, TypeError):
        return False


class _Pipe(io.FileIO):
    """Waits for a slow reader, and discards what is written after the reader has left.

    A parent process may set its streams to non-blocking, as Node.js does, and they are ours, too.
    """

    def write(self, content: ReadableBuffer, /) -> int:
        while True:
            try:
                written: int | None = super().write(content)
            except OSError as error:
                # Windows reports a closed pipe as an invalid argument.
                closed = {errno.EPIPE, errno.EINVAL} if os.name == "nt" else {errno.EPIPE}
                if error.errno not in closed:
                    raise
                return memoryview(content).nbytes
            if written is not None:
                return written
            import select  # most streams block

            select.select([], [self], [])


def write_lines(lines: Iterable[str], *, to_stdout: bool, is_styled: bool = False) -> None:
    """Write lines of text for people; ``is_styled`` lines have styles for a terminal (SGR).

    Without standard error, messages are lost; without standard output, the command fails.
    """
    stream = _stdout() if to_stdout else sys.stderr
    if stream is None:
        return
    for line in lines:
        text = safe_line(line, is_styled=is_styled) + "\n"
        if is_styled and os.name == "nt":
            import typer

            typer.echo(text, file=stream, nl=False)  # it translates styles for old consoles
        else:
            stream.write(text)
    stream.flush()


def write_document(content: str | Iterable[bytes]) -> None:
    """Write a document to standard output, as UTF-8."""
    stream = _stdout()
    stream.flush()
    for chunk in [content.encode()] if isinstance(content, str) else content:
        stream.buffer.write(chunk)
    stream.buffer.flush()


def write_escaped(text: str) -> None:
    """Write a report for a program to standard error; its renderer has escaped unsafe text."""
    if sys.stderr is not None:
        sys.stderr.write(text)


def _stdout() -> TextIO:
    """Return standard output; exit with 2 if it is closed."""
    if sys.stdout is None:
        write_lines(["timeline: standard output is closed"], to_stdout=False)
        sys.exit(2)
    return sys.stdout


def flush_streams() -> None:
    """Write what is in the buffers, so that an error can be reported.

    Raises: ``OSError``.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


def is_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


class ColorChoice(StrEnum):
    """When colour is used."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Choices:
    """What the general options of this run say; ``verbosity`` is -1, 0 or 1."""

    color = ColorChoice.AUTO
    verbosity = 0

    def reset(self) -> None:
        """Start a run without any of the options."""
        self.color, self.verbosity = ColorChoice.AUTO, 0


CHOICES = Choices()


def wanted_color() -> bool | None:
    """Return whether the user wants colour, ``None`` if that depends on the terminal.

    ``--color`` decides, then NO_COLOR (https://no-color.org), then FORCE_COLOR and CLICOLOR_FORCE
    (https://force-color.org, https://bixense.com/docs/clicolors).
    """
    if CHOICES.color is not ColorChoice.AUTO:
        return CHOICES.color is ColorChoice.ALWAYS
    if os.environ.get("NO_COLOR"):
        return False
    if any(
        os.environ.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")
    ):
        return True
    return None


def uses_color(*, to_stdout: bool) -> bool:
    """Return whether to use colour: as the user wants it, else on terminals."""
    if (wanted := wanted_color()) is not None:
        return wanted
    stream = sys.stdout if to_stdout else sys.stderr
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
