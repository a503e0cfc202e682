"""Report keys that a mapping may not have: merges, duplicates, empty keys and lists as keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline._lazy import regex
from timeline.diagnostics import Note, rules
from timeline.source.frames import COMPLEX, DROPPED, is_in_complex_key
from timeline.source.nodes import start_of
from timeline.source.quoting import yaml_quoted

if TYPE_CHECKING:
    from yaml.events import ScalarEvent

    from timeline.source.frames import Frame
    from timeline.source.reporter import Reporter

_TEMPLATE = regex(r"\{\{[^{}\r\n]*\}\}")  # of a template that was not filled in


class KeyChecker:
    """Report keys that are not allowed, and remove their values once everything is read.

    The value of a rejected key is read into its mapping under `DROPPED`, a key that is not a text
    under `COMPLEX`, so that the loader needs no case for them.
    """

    def __init__(self, reporter: Reporter, frames: list[Frame]) -> None:
        self._reporter = reporter
        self._frames = frames
        self._incomplete: list[dict[str, Any]] = []
        self._holders: list[tuple[Any, str | int]] = []
        self._merging: set[int] = set()
        self._doubled: set[int] = set()

    def unusual_key(self, event: ScalarEvent, value: str) -> str:
        """Return the key to read on with: ``value``, or `DROPPED` if it has been reported."""
        frame = self._frames[-1]
        mapping = frame.container
        if value == "<<" and not event.style:
            self._merging.add(id(mapping))
            self._reporter.report(
                rules.MERGE_KEY,
                "merge keys, `<<`, are not supported",
                self._reporter.at(event),
                help="write the keys out; a whole value can be repeated with `*name`",
            )
        elif not value and not event.style:
            from timeline.source.syntax.keys import empty_key_at  # noqa: PLC0415 - rarely needed

            text = self._reporter.text
            self._reporter.diagnostics.append(empty_key_at(text, start_of(event)))
        elif value not in mapping:
            return value
        elif id(mapping) not in self._doubled:  # else it is a key of an event whose dash is missing
            self._duplicate(event, value)
        self._drop_from(mapping)
        return DROPPED

    def _duplicate(self, event: ScalarEvent, value: str) -> None:
        frame = self._frames[-1]
        mapping, node = frame.container, frame.node
        first = node.keys.get(value) if node is not None else None
        help_ = "remove one of them; only the first is read"
        if value == "id" == next(iter(mapping)) and len(mapping) > 1:
            self._doubled.add(id(mapping))
            help_ = "if another event begins here, write `- id:`; otherwise remove one of them"
        place = self._reporter.text.span(first.start, first.end) if first else None
        self._reporter.report(
            rules.DUPLICATE_KEY,
            f"the key `{value}` is used again",
            self._reporter.at(event),
            help=help_,
            notes=(Note("first used here", place),) if place else (),
        )

    def complex_key(self, event: Any, *, is_reported: bool = False) -> str:
        """Report a key that is not a text, such as that of ``location: {{ city }}``, once."""
        frame = self._frames[-1]
        if not is_reported and not is_in_complex_key(self._frames):
            text = self._reporter.text
            at, help_ = (
                self._reporter.at(event),
                "write the key out; if it is text, put it in quotes",
            )
            message = "a key cannot be a list, a mapping or an alias"
            template = _TEMPLATE.match(text.clean, frame.node.start) if frame.node else None
            if template:
                at = text.span(*template.span())
                help_ = f"put it in quotes: `{yaml_quoted(template.group())}`"
                message = (
                    f"`{template.group()}` is not read as text, because it begins with a bracket"
                )
            self._reporter.report(rules.COMPLEX_KEY, message, at, help=help_)
        self._drop_from(frame.container)
        return COMPLEX

    def _drop_from(self, mapping: dict[str, Any]) -> None:
        """Note that a mapping has a value that is not kept, and perhaps nothing else."""
        self._incomplete.append(mapping)
        if len(self._frames) > 2:  # the file itself stays a mapping
            holder = self._frames[-2]
            self._holders.append((holder.container, holder.last_step))

    def finish(self) -> None:
        """Remove the values that are not kept; a mapping without others becomes ``None``."""
        for mapping in self._incomplete:
            dropped = mapping.pop(DROPPED, None)
            mapping.pop(COMPLEX, None)
            if id(mapping) in self._merging and type(dropped) is dict:
                # The merged keys are not missing, except the id, which would be there twice.
                for key, value in dropped.items():
                    if key != "id":
                        mapping.setdefault(key, value)
        for holder, step in self._holders:
            is_present = type(holder) is list or step in holder
            if is_present and holder[step] == {}:
                holder[step] = None
