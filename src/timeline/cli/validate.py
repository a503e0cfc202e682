"""``timeline validate``: report what is wrong with a file, and fix what can be fixed.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli.console import FINDINGS, count, explained, report, say, shown, wrong_use
from timeline.cli.inputs import keep_wanted, load_file, read_input
from timeline.cli.options import File, Group, Reporting, takes

if TYPE_CHECKING:
    from timeline.compiler import FixedFiles, Loaded
    from timeline.diagnostics import RuleSelection


@dataclass(kw_only=True)
class ValidateOptions(Group):
    """The arguments and options of ``timeline validate``."""

    file: File = "events.yaml"
    reporting: Reporting
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Mend spellings of dates and keys that can mean one thing."),
    ] = False
    diff: Annotated[
        bool,
        typer.Option(
            "--diff", help="With --fix, write nothing: show what would change, exit 1 if it would."
        ),
    ] = False


@takes(ValidateOptions)
def validate(options: ValidateOptions) -> None:
    """Say everything that is wrong with an events file, and where."""
    file, reporting = options.file, options.reporting
    if options.diff and not options.fix:
        wrong_use("--diff is for --fix: it shows what that would change")
    if options.diff and reporting.output_format:
        wrong_use("--output-format does nothing here: --diff shows changes and tells no mistakes")
    form, wanted = reporting.form(is_alone=True), reporting.wanted()
    if options.fix:
        loaded = _fix(file, form, wanted, only_show=options.diff)
    else:
        loaded = load_file(file, wanted)
        report(loaded, form, to_stdout=True)
        if form == "full":
            _say_what_can_be_fixed(loaded)
    if not loaded.is_sound or (reporting.strict and loaded.diagnostics):
        raise typer.Exit(FINDINGS)
    if not loaded.diagnostics:
        say(f"{shown(file)}: {count(len(loaded.calendar.events), 'event')}, nothing wrong")


def _fix(file: str, form: str, wanted: "RuleSelection", *, only_show: bool) -> "Loaded":
    """Mend a file, or show how, and tell what is left; standard input goes on to the output."""
    from timeline.compiler import fix_file
    from timeline.diagnostics import STDIN, locate_all
    from timeline.publishing import unified_diff

    mended = read_input(fix_file, file)
    loaded = keep_wanted(mended.loaded, wanted)
    left = len(locate_all(loaded.diagnostics, loaded.document))
    if only_show:
        for name, content in mended.after.items():
            typer.echo(unified_diff(mended.before[name], content, name), nl=False)
    else:
        with explained():
            write(mended)
        if file == "-":
            sys.stdout.buffer.write(mended.after[STDIN])
        report(loaded, form, to_stdout=file != "-")
    if mended.count:
        summary = f"{'would fix' if only_show else 'fixed'} {count(mended.count, 'mistake')}"
        remain = "would remain" if only_show else "remain" if left != 1 else "remains"
        say(f"{summary}, {left or 'none'} {remain}")
    elif loaded.document.truncated is not None:
        say("nothing is mended while the YAML cannot be read to its end")
    if only_show and mended.count:
        raise typer.Exit(FINDINGS)
    return loaded


def _say_what_can_be_fixed(loaded: "Loaded") -> None:
    if any(diagnostic.replacement for diagnostic in loaded.diagnostics):
        from timeline.compiler import find_fixes

        if count := len(find_fixes(loaded.diagnostics, loaded.document)):
            say(f"--fix would mend {count} of them")


def write(mended: "FixedFiles") -> list[Path]:
    """Write the files that changed, whole or not at all; standard input is none of them.

    Raises: ``CannotWrite``.
    """
    from timeline.diagnostics import STDIN
    from timeline.publishing import CannotWrite, has_content, write_files

    changed = {name: mended.after[name] for name in mended.before if name != STDIN}
    for name in changed:
        content = mended.before[name]
        if not Path(name).is_file():
            raise CannotWrite(
                f"`{name}` is no file that could be mended in its place",
                "give it to `-`, standard input, which goes mended to standard output",
            )
        if not has_content(Path(name), content):
            raise CannotWrite(f"`{name}` changed while it was read", "run it again")
    return write_files({Path(name): content for name, content in changed.items()})
