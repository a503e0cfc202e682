"""Publish rendered outputs: previous feed, ledger, removals, verification, atomic writing."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.publishing.atomic import StagedFiles as StagedFiles
    from timeline.publishing.atomic import read_file as read_file
    from timeline.publishing.atomic import rewrite_files as rewrite_files
    from timeline.publishing.chunks import ScratchFiles as ScratchFiles
    from timeline.publishing.diff import unified_diff as unified_diff
    from timeline.publishing.errors import CannotWrite as CannotWrite
    from timeline.publishing.export import ExportRequest as ExportRequest
    from timeline.publishing.export import Output as Output
    from timeline.publishing.export import describe_changes as describe_changes
    from timeline.publishing.export import find_faults as find_faults
    from timeline.publishing.export import is_up_to_date as is_up_to_date
    from timeline.publishing.export import orphaned_feeds as orphaned_feeds
    from timeline.publishing.export import render_outputs as render_outputs
    from timeline.publishing.following import following_notices as following_notices
    from timeline.publishing.removals import find_removals as find_removals
    from timeline.publishing.removals import omission_notices as omission_notices
    from timeline.publishing.removals import removal_notices as removal_notices
    from timeline.publishing.removals import removal_objection as removal_objection
else:
    from timeline._lazy import lazy_names

    __getattr__ = lazy_names(
        __name__,
        {
            "atomic": "StagedFiles read_file rewrite_files",
            "chunks": "ScratchFiles",
            "diff": "unified_diff",
            "errors": "CannotWrite",
            "export": (
                "ExportRequest Output describe_changes find_faults is_up_to_date "
                "orphaned_feeds render_outputs"
            ),
            "following": "following_notices",
            "removals": "find_removals omission_notices removal_notices removal_objection",
        },
    )
