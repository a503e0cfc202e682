"""The YAML stream of a file: it has one document, whose root is a mapping."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from timeline._lazy import regex
from timeline.diagnostics import rules
from timeline.source.nodes import end_of, start_of

if TYPE_CHECKING:
    from yaml.events import DocumentStartEvent

    from timeline.source.nodes import Node
    from timeline.source.reporter import Reporter

_DIRECTIVE = regex(r"^%[^\r\n]*", re.MULTILINE)


class EndOfDocument(Exception):  # noqa: N818 - a signal within the room, not an error
    """A second document begins, which is not read."""


class StreamChecker:
    """Report documents after the first, directives, and a root that is not a mapping."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._text = reporter.text
        self._documents = 0

    def start_document(self, event: DocumentStartEvent) -> None:
        """Report a second document, and directives other than that of YAML 1.2.

        Raises: `EndOfDocument` after the report of a second document.
        """
        self._documents += 1
        start = start_of(event)
        if self._documents > 1:
            from timeline.source.syntax.documents import second_document  # noqa: PLC0415 - rarely needed

            at = self._text.span(start, self._text.line_end(start))
            self._reporter.diagnostics.append(second_document(at))
            raise EndOfDocument
        for line in _DIRECTIVE.finditer(self._text.clean, 0, end_of(event)):
            if not line.group().startswith("%YAML 1.2"):
                from timeline.source.syntax.documents import directive_at  # noqa: PLC0415 - rarely needed

                self._reporter.add(directive_at(self._text, line.start()))

    def report_not_a_mapping(self, data: Any, node: Node | None) -> None:
        """Report a file whose root is something else; ``None`` if it is empty."""
        what = "empty" if data is None else "a list" if type(data) is list else "one text"
        at = self._text.span(0, 1) if node is None else self._text.span(node.start, node.end)
        self._reporter.report(
            rules.NOT_A_MAPPING,
            f"the file is {what}, expected keys and values",
            at,
            help="`timeline init` writes a file to start from"
            if data is None
            else "begin with `calendar:` and `events:`; `timeline init` writes a file with both",
        )
