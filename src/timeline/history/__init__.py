"""Read versions of a calendar to compare: events files, feeds and revisions of git."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.history.changelog import read_changelog as read_changelog
    from timeline.history.process import git_command as git_command
    from timeline.history.process import git_environment as git_environment
    from timeline.history.process import is_outside as is_outside
    from timeline.history.versions import Version as Version
    from timeline.history.versions import check_same_calendar as check_same_calendar
    from timeline.history.versions import current_file as current_file
    from timeline.history.versions import read_version as read_version
    from timeline.history.versions import split_revision as split_revision
else:
    from timeline._lazy import lazy_names

    __getattr__ = lazy_names(
        __name__,
        {
            "changelog": "read_changelog",
            "process": "git_command git_environment is_outside",
            "versions": "Version check_same_calendar current_file read_version split_revision",
        },
    )
