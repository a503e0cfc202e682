"""Define ``timeline validate``, which reports and fixes errors in an events file.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from timeline.cli.console import (
    FINDINGS,
    count,
    exit_on_user_error,
    input_name,
    print_message,
    print_status,
    report,
    usage_error,
    write_diff,
)
from timeline.cli.inputs import keep_selected, load_selected, read_input
from timeline.cli.options import DiagnosticOptions, File, OptionGroup, command_with
from timeline.cli.streams import write_document

if TYPE_CHECKING:
    from timeline.compiler import FixedFiles, Loaded
    from timeline.diagnostics import RuleSelection


@dataclass(kw_only=True)
class ValidateOptions(OptionGroup):
    """The arguments and options of ``timeline validate``."""

    title: ClassVar = "Fixes"
    file: File = "events.yaml"
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help="Fix what can have only one meaning: dates, keys, quotes, tabs."
        ),
    ] = False
    diff: Annotated[
        bool,
        typer.Option(
            "--diff",
            help="With --fix: write nothing; show what would change, and exit with 1 if so.",
        ),
    ] = False
    diagnostics: DiagnosticOptions


@command_with(ValidateOptions)
def validate(options: ValidateOptions) -> None:
    """Report all errors in an events file, and fix some of them."""
    file, diagnostics = options.file, options.diagnostics
    if options.diff and not options.fix:
        usage_error("--diff needs --fix: it shows what --fix would change")
    if options.diff and diagnostics.output_format:
        usage_error("--output-format has no effect with --diff: no diagnostics are printed")
    form, rule_selection = diagnostics.form(is_alone=True), diagnostics.rule_selection()
    if options.fix:
        loaded = _fix(file, form, rule_selection, only_show=options.diff)
    else:
        loaded = load_selected(file, rule_selection)
        report(loaded, form, to_stdout=True)
        if form == "full":
            _report_fixable(loaded, file)
    if not loaded.is_sound or (diagnostics.strict and loaded.diagnostics):
        raise typer.Exit(FINDINGS)
    if not loaded.diagnostics:
        print_status(
            f"{input_name(file)}: {count(len(loaded.calendar.events), 'event')}, "
            "no errors or warnings"
        )


def _fix(file: str, form: str, rule_selection: "RuleSelection", *, only_show: bool) -> "Loaded":
    """Fix a file or show a diff, and report the remaining diagnostics.

    Fixed standard input is printed on standard output.
    """
    from timeline.compiler import fix_file
    from timeline.diagnostics import STDIN, locate_all
    from timeline.publishing import unified_diff

    fixed = read_input(fix_file, file)
    loaded = keep_selected(fixed.loaded, rule_selection)
    remaining = len(locate_all(loaded.diagnostics, loaded.document))
    if only_show:
        for name, content in fixed.after.items():
            write_diff(unified_diff(fixed.before[name], content, name))
    else:
        with exit_on_user_error():
            write_fixed(fixed)
        if file == "-":
            write_document([fixed.after[STDIN]])
        report(loaded, form, to_stdout=file != "-")
    if fixed.count:
        summary = f"{'would fix' if only_show else 'fixed'} {count(fixed.count, 'error')}"
        remain = "would remain" if only_show else "remain" if remaining != 1 else "remains"
        print_status(f"{summary}, {remaining or 'none'} {remain}")
    elif loaded.document.truncated is not None:
        print_message("nothing can be fixed until the YAML can be read to its end")
    if only_show and fixed.count:
        raise typer.Exit(FINDINGS)
    return loaded


def _report_fixable(loaded: "Loaded", file: str) -> None:
    if loaded.diagnostics:
        from timeline.compiler import count_fixable
        from timeline.diagnostics import MOST

        if count := count_fixable(loaded, file):
            would = "may" if len(loaded.diagnostics) > MOST else "would"  # fixes are not tried then
            print_status(f"--fix {would} fix {count} of them")


def write_fixed(fixed: "FixedFiles") -> list[Path]:
    """Write all files that changed or none; standard input is not written.

    Raises: ``CannotWrite``.
    """
    from timeline.diagnostics import STDIN
    from timeline.publishing import CannotWrite, rewrite_files
    from timeline.source import place_of_file

    changed = {}
    for name in fixed.before:
        if name == STDIN:
            continue
        if not Path(name).is_file():
            raise CannotWrite(
                f"`{name}` is not a regular file and cannot be fixed in place",
                "pipe it to `timeline validate --fix -`, which prints the fixed file",
            )
        changed[place_of_file(Path(name))] = fixed.before[name], fixed.after[name]
    return rewrite_files(changed)
