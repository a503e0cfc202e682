"""Tabs that libyaml accepts as indentation: inside brackets it ignores indentation."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from timeline._lazy import regex

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.source.reporter import Reporter

MAX_TABS = 100_000
"""How many tabs at the start of a line are examined for whether they indent."""

_TAB_INDENTED = regex(r"^[ ]*(\t)[ \t]*[^\s#]", re.MULTILINE)


def report_tabs(next_event: Callable[[], Any], reporter: Reporter) -> Callable[[], Any]:
    """Return ``next_event``, or a wrapper that reports tabs before what an event begins with.

    Tabs at the start of a line are rare, and a file without them pays nothing for the rule.
    """
    text = reporter.text
    if "\t" not in text.clean:
        return next_event
    places = islice(_TAB_INDENTED.finditer(text.clean), MAX_TABS)
    tabs = {text.place(tab.start(1))[0] - 1: tab.start(1) for tab in places}

    def next_event_without_tab() -> Any:
        event = next_event()
        if event is None:
            return None
        mark = event.start_mark
        tab = tabs.get(mark.line)
        if tab is not None and tab < mark.index and not text.clean[tab : mark.index].strip():
            from timeline.source.syntax.indentation import (  # noqa: PLC0415 - rarely needed
                tab_indentation_at,
            )

            del tabs[mark.line]
            reporter.add(tab_indentation_at(text, tab))
        return event

    return next_event_without_tab if tabs else next_event
