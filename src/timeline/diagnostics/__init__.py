"""Diagnostics of a file: the catalogue of rules, places in the file, suppressions, reports."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.diagnostics.catalog import rule_page as rule_page
    from timeline.diagnostics.catalog import rule_page_file as rule_page_file
    from timeline.diagnostics.catalog import rules_by_code as rules_by_code
    from timeline.diagnostics.choices import parse_choice as parse_choice
    from timeline.diagnostics.errors import UserError as UserError
    from timeline.diagnostics.errors import failure_reason as failure_reason
    from timeline.diagnostics.model import MOST as MOST
    from timeline.diagnostics.model import STDIN as STDIN
    from timeline.diagnostics.model import At as At
    from timeline.diagnostics.model import Diagnostic as Diagnostic
    from timeline.diagnostics.model import Edit as Edit
    from timeline.diagnostics.model import Note as Note
    from timeline.diagnostics.model import On as On
    from timeline.diagnostics.model import Path as Path
    from timeline.diagnostics.model import Refusal as Refusal
    from timeline.diagnostics.model import Span as Span
    from timeline.diagnostics.model import cited as cited
    from timeline.diagnostics.model import too_many as too_many
    from timeline.diagnostics.passwords import hide_passwords as hide_passwords
    from timeline.diagnostics.placement import Located as Located
    from timeline.diagnostics.placement import SourceMap as SourceMap
    from timeline.diagnostics.placement import locate_all as locate_all
    from timeline.diagnostics.placement import merge_reports as merge_reports
    from timeline.diagnostics.render import ReportForm as ReportForm
    from timeline.diagnostics.render import render_report as render_report
    from timeline.diagnostics.render.cells import cell_width as cell_width
    from timeline.diagnostics.render.cells import escape_unsafe as escape_unsafe
    from timeline.diagnostics.render.cells import format_location as format_location
    from timeline.diagnostics.render.cells import keep_isolates as keep_isolates
    from timeline.diagnostics.render.cells import measure_clusters as measure_clusters
    from timeline.diagnostics.render.cells import safe_line as safe_line
    from timeline.diagnostics.render.cells import terminal_safe as terminal_safe
    from timeline.diagnostics.render.terminal import summarize as summarize
    from timeline.diagnostics.rules import Rule as Rule
    from timeline.diagnostics.rules import Severity as Severity
    from timeline.diagnostics.suggestions import VERY_SIMILAR as VERY_SIMILAR
    from timeline.diagnostics.suggestions import Searches as Searches
    from timeline.diagnostics.suggestions import bounded_searches as bounded_searches
    from timeline.diagnostics.suggestions import did_you_mean as did_you_mean
    from timeline.diagnostics.suggestions import is_certain_edit as is_certain_edit
    from timeline.diagnostics.suggestions import most_similar as most_similar
    from timeline.diagnostics.suggestions import nearest as nearest
    from timeline.diagnostics.suggestions import one_edit_away as one_edit_away
    from timeline.diagnostics.suppressions import RuleSelection as RuleSelection
    from timeline.diagnostics.suppressions import apply_suppressions as apply_suppressions
    from timeline.diagnostics.suppressions import find_objection as find_objection
    from timeline.diagnostics.suppressions import read_suppressions as read_suppressions
else:
    from timeline._lazy import lazy_names

    __getattr__ = lazy_names(
        __name__,
        {
            "catalog": "rule_page rule_page_file rules_by_code",
            "choices": "parse_choice",
            "errors": "UserError failure_reason",
            "model": "At Diagnostic Edit MOST Note On Path Refusal STDIN Span cited too_many",
            "passwords": "hide_passwords",
            "placement": "Located SourceMap locate_all merge_reports",
            "render": "ReportForm render_report",
            "render.cells": (
                "cell_width escape_unsafe format_location keep_isolates measure_clusters "
                "safe_line terminal_safe"
            ),
            "render.terminal": "summarize",
            "rules": "Rule Severity",
            "suggestions": (
                "Searches VERY_SIMILAR bounded_searches did_you_mean is_certain_edit most_similar "
                "nearest one_edit_away"
            ),
            "suppressions": "RuleSelection apply_suppressions find_objection read_suppressions",
        },
    )
