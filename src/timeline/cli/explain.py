"""Define ``timeline explain``, which prints the page of a diagnostic.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

from typing import Annotated

import typer

from timeline.cli.completion import complete_code
from timeline.cli.console import usage_error
from timeline.cli.streams import write_lines


def explain(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE",
            help="Code of a diagnostic, such as `no-such-date`.",
            autocompletion=complete_code,
        ),
    ] = None,
) -> None:
    """Explain a diagnostic: what it means, an example and how to fix it.

    Without a code, all diagnostics are listed.
    """
    from timeline.diagnostics import nearest, rule_page, rules_by_code

    rules = rules_by_code()
    if code is None:
        lines = [f"{rule.code}: {rule.title}" for rule in rules.values()]
        write_lines(lines, to_stdout=True)
    elif code in rules:
        write_lines(rule_page(rules[code]).text.splitlines(), to_stdout=True)
    else:
        near = nearest(code, rules)
        usage_error(
            f"there is no diagnostic `{code}`"
            + (f", did you mean `{near}`?" if near else "; `timeline explain` lists all")
        )
