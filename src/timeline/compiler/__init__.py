"""Compile an events file to a calendar: validate, resolve and check it, and fix it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.compiler.fix import FixedFiles as FixedFiles
    from timeline.compiler.fix import count_fixable as count_fixable
    from timeline.compiler.fix import fix_file as fix_file
    from timeline.compiler.pipeline import Loaded as Loaded
    from timeline.compiler.pipeline import cached_loader as cached_loader
    from timeline.compiler.pipeline import load_file as load_file
    from timeline.compiler.schema.json_schema import events_file_schema as events_file_schema
    from timeline.compiler.schema.json_schema import included_file_schema as included_file_schema
    from timeline.compiler.schema.scalars import language_tag as language_tag
    from timeline.compiler.source_fixes import may_be_fixable as may_be_fixable
else:
    from timeline._lazy import lazy_names

    __getattr__ = lazy_names(
        __name__,
        {
            "fix": "FixedFiles count_fixable fix_file",
            "pipeline": "Loaded cached_loader load_file",
            "schema.json_schema": "events_file_schema included_file_schema",
            "schema.scalars": "language_tag",
            "source_fixes": "may_be_fixable",
        },
    )
