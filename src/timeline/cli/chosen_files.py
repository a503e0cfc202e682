"""Find the events files that ``timeline validate`` checks, from the files and folders typed."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from timeline.cli.console import USAGE_ERROR, fail, print_message, print_status, usage_error
from timeline.cli.exclusions import read_exclusions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.source import Exclusions, IncludingFiles


class ChosenFiles:
    """The events files to validate, each once: ``files``, as the user would type them.

    In place of a file that another one includes there is that one, which is reported; so it is for
    a folder that has no events file and only such files. ``passed_by``
    are files in folders that are called as events files are and have no `calendar`.
    """

    def __init__(self, typed: Sequence[str], exclude: Sequence[str] | None = None) -> None:
        self.files: list[str] = []
        self.passed_by: list[str] = []
        self._seen: set[str] = set()
        self._included: dict[str, dict[str, None]] = {}
        for path in typed:
            if path != "-" and os.path.isdir(path):  # noqa: PTH112 - as text
                self._add_folder(path, exclude)
            else:
                self._add_file(path)
        if not self.files:  # nothing is checked, and that must not look like a success
            self.report_passed_by(())
            fail(
                "none of the files in the folder is an events file, so nothing was validated",
                USAGE_ERROR,
                f"add `calendar:` to {self.passed_by[0]}, or name the file",
            )
        for including, paths in self._included.items():
            more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
            print_status(f"{next(iter(paths))}{more}: included by {including}, which is validated")

    @cached_property
    def _including(self) -> IncludingFiles:
        from timeline.source import IncludingFiles

        return IncludingFiles()

    def _add(self, path: str) -> None:
        from timeline.source import real_path

        real = path if path == "-" else real_path(path)
        if real not in self._seen:
            self._seen.add(real)
            self.files.append(path)

    def _add_instead(self, path: str, including: str) -> None:
        """Add the events file that includes a file, which is reported."""
        self._included.setdefault(including, {})[path] = None
        self._add(including)

    def _add_file(self, path: str) -> None:
        from timeline.source import is_events_file, last_folder

        if path == "-" or not os.path.isfile(path) or is_events_file(path):  # noqa: PTH113 - as text
            self._add(path)
        elif including := self._including.find(path):
            self._add_instead(path, including)
        else:
            print_message(
                f"{path}: no `calendar:`, and no events file includes it, in its folder or above, "
                f"up to {last_folder(path)}"
            )
            self._add(path)

    def _add_folder(self, folder: str, exclude: Sequence[str] | None) -> None:
        from timeline.source import events_files_below, is_events_file

        exclusions = read_exclusions(exclude, folder)
        files = list(events_files_below(folder, exclusions))
        ours = list(filter(is_events_file, files))
        for path in ours:
            self._add(path)
        if not ours and self._add_including(folder, exclusions):
            return
        if not files:
            usage_error(f"there is no `events.yaml` and no `*.timeline.yaml` in {folder} or below")
        self.passed_by += [path for path in files if path not in ours]

    def _add_including(self, folder: str, exclusions: Exclusions) -> bool:
        """Add the events files that include files in a folder; return whether there are any."""
        from timeline.source import yaml_files_below

        is_any = False
        for path in yaml_files_below(folder, exclusions):
            if including := self._including.find(path):
                is_any = True
                self._add_instead(path, including)
        return is_any

    def report_passed_by(self, read: Iterable[str]) -> None:
        """Report the files that are called as events files are, and that were not read."""
        included = set(map(os.path.realpath, read))
        for path in self.passed_by:
            if os.path.realpath(path) not in included:
                print_message(f"{path}: no `calendar:`, so it is not taken for an events file")
