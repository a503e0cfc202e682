"""Compile an events file to a calendar: validate, resolve and check it, and fix it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.compiler.checks.addresses import password_in_address as password_in_address
    from timeline.compiler.checks.context import CheckContext as CheckContext
    from timeline.compiler.file_kind import FileKind as FileKind
    from timeline.compiler.fix import FixedFiles as FixedFiles
    from timeline.compiler.fix import count_fixable as count_fixable
    from timeline.compiler.fix import fix_file as fix_file
    from timeline.compiler.fix import fix_loaded as fix_loaded
    from timeline.compiler.origins import event_follows as event_follows
    from timeline.compiler.origins import event_origins as event_origins
    from timeline.compiler.pipeline import Loaded as Loaded
    from timeline.compiler.pipeline import cached_loader as cached_loader
    from timeline.compiler.pipeline import load_file as load_file
    from timeline.compiler.pipeline import load_text as load_text
    from timeline.compiler.pipeline import load_version as load_version
    from timeline.compiler.report_edits import with_edits as with_edits
    from timeline.compiler.schema.declarations import TRUE as TRUE
    from timeline.compiler.schema.declarations import Declared as Declared
    from timeline.compiler.schema.declarations import Key as Key
    from timeline.compiler.schema.declarations import Nested as Nested
    from timeline.compiler.schema.declarations import Value as Value
    from timeline.compiler.schema.declarations import declare as declare
    from timeline.compiler.schema.declarations import repeatable as repeatable
    from timeline.compiler.schema.declarations import scalar as scalar
    from timeline.compiler.schema.declarations import wrong_type as wrong_type
    from timeline.compiler.schema.json_schema import events_file_schema as events_file_schema
    from timeline.compiler.schema.json_schema import included_file_schema as included_file_schema
    from timeline.compiler.schema.readers import BOOLEAN as BOOLEAN
    from timeline.compiler.schema.scalars import language_tag as language_tag
    from timeline.compiler.schema.scalars import line as line
    from timeline.compiler.schema.timeline import timeline_with_outputs as timeline_with_outputs
    from timeline.compiler.source_fixes import may_be_fixable as may_be_fixable
else:
    from timeline._lazy import lazy_names

    __getattr__ = lazy_names(
        __name__,
        {
            "checks.addresses": "password_in_address",
            "checks.context": "CheckContext",
            "file_kind": "FileKind",
            "fix": "FixedFiles count_fixable fix_file fix_loaded",
            "origins": "event_follows event_origins",
            "pipeline": "Loaded cached_loader load_file load_text load_version",
            "report_edits": "with_edits",
            "schema.declarations": (
                "TRUE Declared Key Nested Value declare repeatable scalar wrong_type"
            ),
            "schema.json_schema": "events_file_schema included_file_schema",
            "schema.readers": "BOOLEAN",
            "schema.scalars": "language_tag line",
            "schema.timeline": "timeline_with_outputs",
            "source_fixes": "may_be_fixable",
        },
    )
