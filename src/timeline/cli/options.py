"""Define the options of a command as a class, and the options that commands share.

A command is a function of one ``OptionGroup``, whose fields are the arguments and options that
typer reads.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, TypeVar, get_args

import typer
from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from timeline._lazy import lazy_expressions
from timeline.cli.completion import complete_category, complete_code, complete_form, complete_id
from timeline.cli.console import usage_error
from timeline.cli.values import parse_bound

if TYPE_CHECKING:
    from timeline.diagnostics import RuleSelection
    from timeline.model import Selection

File = Annotated[
    str | None,
    typer.Argument(
        metavar="FILE",
        help="Events file; `-` is standard input.",
        show_default="`events.yaml` or the only `*.timeline.yaml`, here or above",
    ),
]
First = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="DATE", help="Only events that may take place on or after this date."
    ),
]
Last = Annotated[
    str | None,
    typer.Option(
        "--to", metavar="DATE", help="Only events that may take place on or before this date."
    ),
]
Categories = Annotated[
    list[str] | None,
    typer.Option(
        "--category",
        metavar="NAME",
        autocompletion=complete_category,
        help="Only events of this category (repeatable).",
    ),
]
Ids = Annotated[
    list[str] | None,
    typer.Option(
        "--id",
        metavar="ID",
        autocompletion=complete_id,
        help="Only the event with this id (repeatable).",
    ),
]
OutputFormat = Annotated[
    str | None,
    typer.Option(
        metavar="FORM",
        autocompletion=complete_form,
        help="How diagnostics are printed: `full`, `concise` (one line each) or `github`; "
        "`validate` also has `json` and `sarif`.",
        show_default="TIMELINE_OUTPUT_FORMAT, else `full`",
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="CODE",
        autocompletion=complete_code,
        help="Report only these warnings, also those that are off, and all errors (repeatable, or "
        "`a,b`).",
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="CODE",
        autocompletion=complete_code,
        help="Do not report these warnings (repeatable, or `a,b`).",
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude",
        metavar="GLOB",
        help="Skip what matches in folders: a name such as `*.draft.md`, or a path from the root "
        "of the repository such as `tests/data` (repeatable).",
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")]
Check = Annotated[
    bool, typer.Option("--check", help="Write nothing; exit with 1 if a file is not up to date.")
]
Diff = Annotated[
    bool,
    typer.Option("--diff", help="Write nothing; show what would change, and exit with 1 if so."),
]


class OptionGroup(Struct, kw_only=True):
    """Options that belong together; a field may be a nested ``OptionGroup``.

    ``title`` is the heading of the options in the help, if they have one. ``given`` has the
    parameter names that are on the command line; the others have defaults. ``typed`` are all
    arguments of the command, as they are typed.
    """

    title: ClassVar[str | None] = None
    given: frozenset[str] = frozenset()
    typed: tuple[str, ...] = ()

    @classmethod
    def parameters(cls) -> Iterator[Parameter]:
        """Yield the parameters of a function for typer, in the order of ``--help``."""
        for field in fields(cls)[_SHARED:]:
            if (group := _group(field.type)) is not None:
                yield from group.parameters()
            else:
                default = Parameter.empty if field.default is NODEFAULT else field.default
                type_, info = get_args(field.type)
                yield parameter(field.name, type_, with_title(info, cls.title), default)

    @classmethod
    def read(cls, values: Mapping[str, Any], given: frozenset[str]) -> Self:
        """Make the group from the values of all parameters of the command."""
        own: Any = {
            field.name: group.read(values, given)
            if (group := _group(field.type)) is not None
            else values[field.name]
            for field in fields(cls)[_SHARED:]
        }
        return cls(given=given, **own)


_SHARED = len(fields(OptionGroup))
"""The number of fields that every group has, before its own."""


def _group(type_: Any) -> type[OptionGroup] | None:
    return type_ if isinstance(type_, type) and issubclass(type_, OptionGroup) else None


def parameter(name: str, type_: Any, info: Any, default: object) -> Parameter:
    """Return a parameter of a command; ``Parameter.empty`` as its default makes it required."""
    annotation = Annotated[type_, info]
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def with_title(info: Any, title: str | None) -> Any:
    """Return the description of an option with the title of its group in the help."""
    titled = copy(info)
    titled.rich_help_panel = title
    return titled


def _is_given(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name != "DEFAULT"


TYPED = "timeline.typed"
"""Where the context of a command has its arguments as they were typed."""

Options = TypeVar("Options", bound=OptionGroup)


def _import_yaml() -> None:
    """Import PyYAML without compiling its regular expressions, which its C parser does not use.

    Compiling them takes an eighth of a short run.
    """
    with lazy_expressions():
        import yaml  # noqa: F401


def command_with(
    options: type[Options],
) -> Callable[[Callable[[Options], None]], Callable[..., None]]:
    """Turn a function of an ``OptionGroup`` into a function of its parameters, for typer."""

    def command_of(function: Callable[[Options], None]) -> Callable[..., None]:
        def command(context: typer.Context, **values: Any) -> None:
            _import_yaml()
            given = frozenset(name for name in values if _is_given(context, name))
            group = options.read(values, given)
            group.typed = tuple(context.meta.get(TYPED, ()))
            function(group)

        context = Parameter("context", Parameter.KEYWORD_ONLY, annotation=typer.Context)
        signature = Signature([context, *options.parameters()])
        command.__signature__ = signature  # type: ignore[attr-defined]
        command.__annotations__ = {}
        command.__name__, command.__doc__ = function.__name__, function.__doc__
        return command

    return command_of


class SelectionOptions(OptionGroup, kw_only=True):
    """The events of the calendar to select."""

    title: ClassVar = "Selection"
    first: First = None
    last: Last = None
    category: Categories = None
    ids: Ids = None

    def parse(self) -> "Selection":
        """Return the selection; exit with 2 for dates that cannot be read or that conflict."""
        from timeline.model import Selection

        begins = parse_bound(self.first, "--from", "earliest") if self.first else None
        ends = parse_bound(self.last, "--to", "latest") if self.last else None
        if begins and ends and ends < begins:
            usage_error(f"--from {self.first} is after --to {self.last}")
        return Selection(frozenset(self.ids or ()), frozenset(self.category or ()), begins, ends)


class DiagnosticOptions(OptionGroup, kw_only=True):
    """The diagnostics to report, and the form of the report."""

    title: ClassVar = "Diagnostics"
    output_format: OutputFormat = None
    select: Select = None
    ignore: Ignore = None
    strict: Strict = False

    def form(self, *, is_alone: bool) -> str:
        """Return the form of the report.

        A form that is a document, such as JSON, is possible only if the command prints nothing
        else, ``is_alone``. TIMELINE_OUTPUT_FORMAT applies to all commands of a build, so it is
        ignored where its form is not possible.
        """
        from timeline.diagnostics import ReportForm, did_you_mean

        form, source = self.output_format, "--output-format"
        if not form:
            form = os.environ.get("TIMELINE_OUTPUT_FORMAT") or "full"
            source = "TIMELINE_OUTPUT_FORMAT"
        if form not in set(ReportForm):
            help_ = did_you_mean(form, tuple(ReportForm))
            usage_error(f"{source}: there is no form `{form}`; {help_}")
        if is_alone or not ReportForm(form).is_document:
            return form
        if self.output_format:
            usage_error(f"{source}: `{form}` is for `timeline validate` only")
        return "full"

    def rule_selection(self) -> "RuleSelection":
        """Return which warnings to report; exit with 2 for codes that cannot be selected."""
        from timeline.diagnostics import RuleSelection, find_objection

        selected = []
        for option, given in (("--select", self.select), ("--ignore", self.ignore)):
            codes = [code.strip() for codes in given or () for code in codes.split(",")]
            for code in codes:
                if (objection := find_objection(code)) is not None:
                    near = f", did you mean `{objection.near}`?" if objection.near else ""
                    usage_error(f"{option}: {objection.message}{near}")
            selected.append(frozenset(codes))
        return RuleSelection(*selected)
