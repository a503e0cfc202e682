"""Publish rendered outputs: previous feed, ledger, removals, verification, atomic writing."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.publishing.atomic import StagedFiles as StagedFiles
    from timeline.publishing.atomic import read_file as read_file
    from timeline.publishing.atomic import rewrite_files as rewrite_files
    from timeline.publishing.chunks import ScratchFiles as ScratchFiles
    from timeline.publishing.content import NO_PREVIOUS as NO_PREVIOUS
    from timeline.publishing.content import CannotRead as CannotRead
    from timeline.publishing.diff import unified_diff as unified_diff
    from timeline.publishing.errors import CannotWrite as CannotWrite
    from timeline.publishing.export import Output as Output
    from timeline.publishing.export import describe_changes as describe_changes
    from timeline.publishing.export import find_faults as find_faults
    from timeline.publishing.export import is_up_to_date as is_up_to_date
    from timeline.publishing.export import orphaned_feeds as orphaned_feeds
    from timeline.publishing.export import other_main_feed as other_main_feed
    from timeline.publishing.export import render_outputs as render_outputs
    from timeline.publishing.feed import PublishedFeed as PublishedFeed
    from timeline.publishing.feed import parse_feed as parse_feed
    from timeline.publishing.feed_text import UnusableFeed as UnusableFeed
    from timeline.publishing.following import following_notices as following_notices
    from timeline.publishing.in_memory import render_changes as render_changes
    from timeline.publishing.in_memory import render_feed as render_feed
    from timeline.publishing.input_files import UnusableInput as UnusableInput
    from timeline.publishing.input_files import read_input_file as read_input_file
    from timeline.publishing.input_files import with_input_files as with_input_files
    from timeline.publishing.left_behind import LeftBehind as LeftBehind
    from timeline.publishing.left_behind import find_left_behind as find_left_behind
    from timeline.publishing.left_behind import (
        find_left_behind_by_option as find_left_behind_by_option,
    )
    from timeline.publishing.output_places import check_distinct as check_distinct
    from timeline.publishing.output_places import default_folder as default_folder
    from timeline.publishing.output_places import from_folder as from_folder
    from timeline.publishing.output_places import place_of_setting as place_of_setting
    from timeline.publishing.output_settings import EVENTS_FILE as EVENTS_FILE
    from timeline.publishing.output_settings import OutputSetting as OutputSetting
    from timeline.publishing.output_settings import OutputSettings as OutputSettings
    from timeline.publishing.output_settings import load_events_file as load_events_file
    from timeline.publishing.output_settings import read_settings as read_settings
    from timeline.publishing.previous import read_previous as read_previous
    from timeline.publishing.removals import find_removals as find_removals
    from timeline.publishing.removals import omission_notices as omission_notices
    from timeline.publishing.removals import removal_notices as removal_notices
    from timeline.publishing.removals import removal_objection as removal_objection
    from timeline.publishing.request import ExportRequest as ExportRequest
    from timeline.publishing.request import RequestedOutput as RequestedOutput
else:
    from timeline._lazy import lazy_names

    __getattr__ = lazy_names(
        __name__,
        {
            "atomic": "StagedFiles read_file rewrite_files",
            "chunks": "ScratchFiles",
            "content": "NO_PREVIOUS CannotRead",
            "diff": "unified_diff",
            "errors": "CannotWrite",
            "export": (
                "Output describe_changes find_faults is_up_to_date orphaned_feeds "
                "other_main_feed render_outputs"
            ),
            "feed": "PublishedFeed parse_feed",
            "feed_text": "UnusableFeed",
            "following": "following_notices",
            "in_memory": "render_changes render_feed",
            "input_files": "UnusableInput read_input_file with_input_files",
            "left_behind": "LeftBehind find_left_behind find_left_behind_by_option",
            "output_places": "check_distinct default_folder from_folder place_of_setting",
            "output_settings": (
                "EVENTS_FILE OutputSetting OutputSettings load_events_file read_settings"
            ),
            "previous": "read_previous",
            "removals": "find_removals omission_notices removal_notices removal_objection",
            "request": "ExportRequest RequestedOutput",
        },
    )
