"""Define ``timeline lsp``, the language server of an editor.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

import gc
from importlib.util import find_spec
from typing import Annotated

import typer

from timeline.cli.console import usage_error

_NEW_OBJECTS = 100_000
"""How many new objects are collected at a time: to look at a file of thousands of events each time
that it has 700 more takes as long as to compile it."""


def lsp(
    stdio: Annotated[  # noqa: ARG001 - it changes nothing
        bool, typer.Option("--stdio", help="Serve over standard input and output, as always.")
    ] = False,
) -> None:
    """Serve an editor: the Language Server Protocol, over standard input and output.

    The editor starts it and asks what is wrong in open events files, and what their dates mean.
    Nothing is written, and only files below the folders that are open in the editor are read.
    """
    if find_spec("pygls") is None:
        usage_error("the server needs pygls: `pip install 'timeline-as-code[lsp]'`")
    from timeline.editor import serve

    gc.enable()  # it is off, because a run of a command is short
    gc.set_threshold(_NEW_OBJECTS)
    serve()
