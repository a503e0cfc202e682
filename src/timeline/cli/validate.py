"""Define ``timeline validate``, which reports and fixes errors in events files.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, NamedTuple

import typer

from timeline.cli.chosen_files import ChosenFiles
from timeline.cli.console import (
    FINDINGS,
    count,
    exit_on_user_error,
    input_name,
    print_message,
    print_status,
    report_all,
    usage_error,
    write_diff,
)
from timeline.cli.inputs import events_file, keep_selected, load_selected, read_input
from timeline.cli.options import DiagnosticOptions, Exclude, OptionGroup, command_with
from timeline.cli.streams import write_document

if TYPE_CHECKING:
    from timeline.compiler import FixedFiles, Loaded
    from timeline.diagnostics import RuleSelection


class ValidateOptions(OptionGroup, kw_only=True):
    """The arguments and options of ``timeline validate``."""

    title: ClassVar = "Fixes"
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE",
            help="Events files, included files and folders; `-` is standard input.",
            show_default="`events.yaml` or the only `*.timeline.yaml`, here or above",
        ),
    ] = None
    exclude: Exclude = None
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
    """Report all errors in events files, and fix some of them.

    Of a folder, all `events.yaml` and `*.timeline.yaml` in it and below are validated, without
    hidden folders, `node_modules`, other repositories and what git ignores. A file that another one
    includes is validated as a part of that.
    """
    from timeline.diagnostics import ReportForm

    diagnostics = options.diagnostics
    if options.diff and not options.fix:
        usage_error("--diff needs --fix: it shows what --fix would change")
    if options.diff and diagnostics.output_format:
        usage_error("--output-format has no effect with --diff: no diagnostics are printed")
    if options.exclude and not any(map(os.path.isdir, options.files or ())):
        usage_error("--exclude has no effect without a folder: add one, or remove it")
    form, rule_selection = diagnostics.form(is_alone=True), diagnostics.rule_selection()
    with exit_on_user_error():
        chosen = ChosenFiles(options.files or [events_file(None)], options.exclude)
    if options.fix and "-" in chosen.files and len(chosen.files) > 1:
        usage_error("--fix prints the fixed standard input, so `-` must be the only file")
    if options.fix:
        results = _fix(chosen.files, form, rule_selection, only_show=options.diff)
    else:
        checked = [load_selected(file, rule_selection) for file in chosen.files]
        if ReportForm(form).is_document:
            from timeline.compiler import with_edits

            checked = list(map(with_edits, checked))
        report_all(checked, form, to_stdout=True)
        results = list(map(_result, checked))
        if form == "full":
            _report_fixable(checked)
    chosen.report_passed_by(name for result in results for name in result.names)
    if any(not result.is_sound or (diagnostics.strict and result.findings) for result in results):
        raise typer.Exit(FINDINGS)
    for file, result in zip(chosen.files, results, strict=True):
        if not result.findings:
            events = count(result.events, "event")
            print_status(f"{input_name(file)}: {events}, no errors or warnings")


class _Result(NamedTuple):
    """What is printed about a file after its report, when it need no longer be in memory."""

    names: list[str]
    events: int
    findings: int
    is_sound: bool


def _result(loaded: "Loaded") -> _Result:
    events, findings = len(loaded.calendar.events), len(loaded.diagnostics)
    return _Result(loaded.document.names, events, findings, loaded.is_sound)


def _fix(
    files: list[str], form: str, rule_selection: "RuleSelection", *, only_show: bool
) -> list[_Result]:
    """Fix files or show diffs, and report the remaining diagnostics.

    Fixed standard input is printed on standard output.
    """
    from timeline.compiler import fix_file
    from timeline.diagnostics import STDIN, locate_all
    from timeline.publishing import EVENTS_FILE, unified_diff

    checked: list[Loaded] = []
    diffs: dict[str, tuple[bytes, bytes]] = {}
    fixes = 0
    for file in files:
        fix = partial(fix_file, selected=rule_selection.select, kind=EVENTS_FILE)
        fixed = read_input(fix, file)
        checked.append(keep_selected(fixed.loaded, rule_selection))
        fixes += fixed.count
        if only_show:  # a file that two others include has one diff
            diffs |= {name: (fixed.before[name], fixed.after[name]) for name in fixed.after}
            continue
        with exit_on_user_error():
            write_fixed(fixed)
        if file == "-":
            write_document([fixed.after[STDIN]])
    for name, (before, after) in diffs.items():
        write_diff(unified_diff(before, after, name))
    if not only_show:
        report_all(checked, form, to_stdout="-" not in files)
    remaining = sum(len(locate_all(loaded.diagnostics, loaded.document)) for loaded in checked)
    if fixes:
        summary = f"{'would fix' if only_show else 'fixed'} {count(fixes, 'error')}"
        remain = "would remain" if only_show else "remain" if remaining != 1 else "remains"
        print_status(f"{summary}, {remaining or 'none'} {remain}")
    elif any(loaded.document.truncated is not None for loaded in checked):
        print_message("nothing can be fixed until the YAML can be read to its end")
    if only_show and fixes:
        raise typer.Exit(FINDINGS)
    return list(map(_result, checked))


def _report_fixable(checked: "list[Loaded]") -> None:
    """Report how many errors `--fix` would fix.

    The list is emptied, so that a file is freed before its corrected text is read, which takes as
    much memory.
    """
    if not any(loaded.diagnostics for loaded in checked):
        return
    from timeline.compiler import count_fixable, may_be_fixable
    from timeline.diagnostics import MOST

    fixable = [loaded for loaded in checked if any(map(may_be_fixable, loaded.diagnostics))]
    checked.clear()
    are_tried = all(len(loaded.diagnostics) <= MOST for loaded in fixable)
    number = 0
    while fixable:
        number += count_fixable(fixable.pop())
    if number:
        print_status(f"--fix {'would' if are_tried else 'may'} fix {number} of them")


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
