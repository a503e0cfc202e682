"""Turn libyaml's syntax errors into diagnostics that say what to type.

Of ``summary: Rally: the finale`` libyaml reports "mapping values are not allowed in this context".
`_EXPLANATIONS` maps its messages to what the author most likely did. A message of libyaml is never
shown: an error that the table does not know is reported as "from here on this is not YAML".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace
from yaml import MarkedYAMLError

from timeline.diagnostics import Diagnostic, rules
from timeline.source.syntax.brackets import text_after_value, unclosed_bracket
from timeline.source.syntax.documents import directive, merge_conflict, unexpected_document
from timeline.source.syntax.failure import (
    SyntaxFailure,
    index_of,
    line_above,
    scalar_range,
    unknown_syntax,
)
from timeline.source.syntax.indentation import (
    misplaced_dash,
    misplaced_line,
    other_space,
    tab_indentation,
    unexpected_in_list,
    wrong_bullet,
)
from timeline.source.syntax.keys import (
    colon_in_brackets,
    empty_key,
    missing_colon,
    other_space_beside_key,
    unexpected_colon,
)
from timeline.source.syntax.quotes import (
    text_after_block_header,
    unclosed_quote,
    unclosed_quote_at,
    unexpected_reference,
    unexpected_tag,
    unknown_escape,
    wrong_first_character,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml import YAMLError
    from yaml.events import ScalarEvent

    from timeline.source.text import SourceText


def syntax_error(
    text: SourceText, problem: YAMLError, last: ScalarEvent | None, opened: int | None
) -> Diagnostic:
    """Return the diagnostic for an error of libyaml.

    ``last`` is the last scalar that it read, ``opened`` the index of the bracket it is inside of.
    """
    if not isinstance(problem, MarkedYAMLError) or problem.problem_mark is None:
        return unknown_syntax(SyntaxFailure(text, 0, 0, None, None))
    at = index_of(text, problem.problem_mark)
    start = at if problem.context_mark is None else index_of(text, problem.context_mark)
    if (conflict := merge_conflict(text, at)) is not None:
        return conflict
    failure = SyntaxFailure(text, at, start, last, opened)
    for line in (text.line_start(at), line_above(text, text.line_start(at))):
        if line is not None and (diagnostic := _wrong_beginning(text, line)):
            return diagnostic
    reported = f"{problem.context or ''}: {problem.problem or ''}"
    for pattern, explain in _EXPLANATIONS:
        if re.search(pattern, reported):
            return explain(failure)
    return unknown_syntax(failure)


def _wrong_beginning(text: SourceText, line: int) -> Diagnostic | None:
    """Report what is wrong with the beginning of a line, up to the value of its key."""
    return (
        wrong_bullet(text, line)
        or other_space(text, line)
        or other_space_beside_key(text, line, text.line_end(line))
    )


def unexpected_in_mapping(failure: SyntaxFailure) -> Diagnostic:
    """Report what is in place of the next key of a mapping."""
    text, last, before = failure.text, failure.last, failure.before.strip()
    # A quote that closes where another was to open: the text spans lines, and more follows it.
    if last is not None and last.style in ("'", '"'):
        start, end = scalar_range(text, last)
        if text.place(start)[0] < text.place(end)[0] == text.place(failure.at)[0]:
            return unclosed_quote_at(text, start)
    if before.strip("- "):
        return text_after_value(failure)
    if failure.character == ":":
        return empty_key(failure)
    if last is not None and last.style in ("|", ">") and not last.value.strip():
        return Diagnostic(
            rules.INDENTATION,
            "this line is further left than the line of spaces above it",
            failure.rest,
            help="delete the spaces in the line above",
        )
    return misplaced_line(failure)


def missing_content(failure: SyntaxFailure) -> Diagnostic:
    """Report a character in place of a value."""
    sign = failure.character
    if failure.opened is not None and (not sign or sign in "]}-?"):
        return unclosed_bracket(replace(failure, start=failure.opened))
    before = failure.before.rstrip()
    if sign == "," and before.endswith((",", "[", "{")):
        return Diagnostic(
            rules.YAML_SYNTAX,
            "there is nothing before this `,`",
            failure.rest,
            help="delete the `,`",
        )
    if sign == ":":
        return empty_key(failure)
    if sign and sign in "]},":
        return wrong_first_character(failure)
    return unknown_syntax(failure)


def too_deep(failure: SyntaxFailure) -> Diagnostic:
    """Report nesting beyond the limit of libyaml."""
    return Diagnostic(
        rules.TOO_DEEP, "this is nested too deeply", failure.rest, help="nest less deeply"
    )


_EXPLANATIONS: tuple[tuple[str, Callable[[SyntaxFailure], Diagnostic]], ...] = (
    (r"mapping values are not allowed", unexpected_colon),
    (r"scanning a plain scalar: found unexpected ':'", colon_in_brackets),
    (r"mapping keys are not allowed", wrong_first_character),
    (r"tab character", tab_indentation),
    (r"cannot start any token", wrong_first_character),
    (r"scanning an (alias|anchor)", unexpected_reference),
    (r"quoted scalar: found unexpected (end of stream|document indicator)", unclosed_quote),
    (r"quoted scalar: .*(escape|hexdecimal|hexadecimal)", unknown_escape),
    (r"scanning a block scalar", text_after_block_header),
    (r"parsing a flow (sequence|mapping)", unclosed_bracket),
    (r"block sequence entries are not allowed", misplaced_dash),
    (r"expected '-' indicator", unexpected_in_list),
    (r"parsing a block mapping", unexpected_in_mapping),
    (r"expected node content", missing_content),
    (r"could not find expected ':'", missing_colon),
    (r"(scanning|parsing) a tag|tag handle", unexpected_tag),
    (r"directive|incompatible YAML document", directive),
    (r"expected <document start>", unexpected_document),
    (r"nest", too_deep),
)
