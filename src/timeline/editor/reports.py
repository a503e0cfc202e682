"""The diagnostics that an editor has of each file, and those that must be sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.editor.schema_server import is_reported_by_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lsprotocol.types import Diagnostic

    from timeline.editor.analysis import Analysis
    from timeline.editor.convert import Converter


class Report(NamedTuple):
    """The diagnostics of a file, and the version of its text if that is to be sent."""

    version: int | None
    diagnostics: list[Diagnostic]


class Reports:
    """What was sent, by address.

    If the editor ``has_schema_server``, what that reports is not sent. If it ``has_versions``, it
    may drop the report of an earlier text, so each version of a text gets its report.
    """

    def __init__(self) -> None:
        self.has_schema_server = False
        self.has_versions = False
        self._sent: dict[str, Report] = {}

    def changed(
        self, analyses: Mapping[str, Analysis], converters: Mapping[str, Converter]
    ) -> Iterator[tuple[str, Report]]:
        """Yield the address and the report of each file that has another one than before.

        A file that several events files include has the diagnostics of all of them, each once.
        """
        now: dict[str, Report] = {}
        for root, analysis in analyses.items():
            converter = converters[root]
            for file in analysis.document.names:
                version = converter.version(file) if self.has_versions else None
                now.setdefault(converter.uri(file), Report(version, []))
            for located in analysis.located:
                # Another server only sees the texts that are open, and not what they include.
                is_seen = self.has_schema_server and converter.is_open(located.span.file)
                if is_seen and is_reported_by_schema(analysis, located):
                    continue
                diagnostics = now[converter.uri(located.span.file)].diagnostics
                diagnostic = converter.diagnostic(located)
                if len(analyses) == 1 or diagnostic not in diagnostics:
                    diagnostics.append(diagnostic)
        for uri in self._sent:
            if uri not in now:
                yield uri, Report(None, [])
        for uri, report in now.items():
            if self._sent.get(uri) != report:
                yield uri, report
        self._sent = now
