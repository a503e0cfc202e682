"""The diagnostics that an editor has of each file, and those that must be sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.editor.schema_server import is_reported_by_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lsprotocol.types import Diagnostic

    from timeline.editor.analysis import Analysis
    from timeline.editor.convert import Converter


class Reports:
    """What was sent, by address.

    If the editor ``has_schema_server``, what that reports is not sent.
    """

    def __init__(self) -> None:
        self.has_schema_server = False
        self._sent: dict[str, list[Diagnostic]] = {}

    def changed(
        self, analyses: Mapping[str, Analysis], converters: Mapping[str, Converter]
    ) -> Iterator[tuple[str, list[Diagnostic]]]:
        """Yield the address and the diagnostics of each file that has others than before.

        A file that several events files include has those of all of them, each once.
        """
        now: dict[str, list[Diagnostic]] = {uri: [] for uri in self._sent}
        for root, analysis in analyses.items():
            converter = converters[root]
            for file in analysis.document.names:
                now.setdefault(converter.uri(file), [])
            for located in analysis.located:
                if self.has_schema_server and is_reported_by_schema(analysis, located):
                    continue
                diagnostics = now[converter.uri(located.span.file)]
                diagnostic = converter.diagnostic(located)
                if len(analyses) == 1 or diagnostic not in diagnostics:
                    diagnostics.append(diagnostic)
        for uri, diagnostics in now.items():
            if self._sent.get(uri) != diagnostics:
                yield uri, diagnostics
        self._sent = {uri: diagnostics for uri, diagnostics in now.items() if diagnostics}
