"""The drawing at the top of the README: events as they are written, and as people see them."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import Date, Qualification
from timeline.model import Undated, first_day, last_day, when_words
from timeline.model.words.wording import PLAIN_ENGLISH
from tools.docs import ROOT
from tools.docs.errors import PageError
from tools.docs.events_files import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Event, When

SOURCE = ROOT / "docs" / "examples" / "year" / "events.yaml"
YEAR = 2027
SHOWN_KEYS = ("start", "end", "was")
DESCRIPTION = (
    "Six events as they are written and as they are drawn: known days are solid, a quarter is "
    "hatched, an approximate day has soft edges, a date that was moved leaves a dotted outline, "
    "and an event without a date is in a box."
)

COLORS = (
    ("#1d63b8", "#7db4ff"),
    ("#a8500a", "#f2a35c"),
    ("#2a7537", "#7fcb8d"),
    ("#8340a6", "#cda2f3"),
    ("#bb2740", "#ff939f"),
    ("#08716f", "#58cfca"),
)
"""The colours of the events in light and in dark schemes; each has 4.5 : 1 on its paper."""

LIGHT = {"ink": "#181b20", "soft": "#545b65", "paper": "#ffffff", "box": "#f5f6f8"}
LIGHT |= {"grid": "#dfe3e8", "edge": "#878f9a", "key": "#1d63b8"}
DARK = {"ink": "#eceef1", "soft": "#a4acb7", "paper": "#121418", "box": "#1b1f25"}
DARK |= {"grid": "#2c323a", "edge": "#737c88", "key": "#7db4ff"}

FONTS = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif"
CODE_FONTS = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"

SOFT_WIDTH = 28.0
"""The least width of an approximate date, so that both soft edges are visible."""

HATCHED_WIDTH = 22.0
"""The width of a hatched end after the year, which the axis does not show."""


class Axis(NamedTuple):
    """The year from ``left`` to ``right``, in pixels."""

    left: float
    right: float

    def x(self, day: date) -> float:
        """Return where a day starts; days outside of the year are at its ends."""
        first, after = date(YEAR, 1, 1), date(YEAR + 1, 1, 1)
        share = (day - first) / (after - first)
        return round(self.left + min(max(share, 0), 1) * (self.right - self.left), 1)

    def after(self, day: date) -> float:
        """Return where a day ends."""
        return self.x(date.fromordinal(day.toordinal() + 1))


class Row(NamedTuple):
    """An event: its keys as they are written, its title, its date in words and its number."""

    keys: list[tuple[str, str]]
    event: Event
    words: str
    number: int


def wide_hero() -> str:
    """Draw the file beside an axis, for desktop screens: 838 by 376 pixels."""
    axis = Axis(304, 784)
    body = [
        '<rect class="box" x="12" y="12" width="256" height="352" rx="6"/>',
        _text(28, 40, "You write what you know", "soft"),
        _text(304, 40, "People see that, and no more", "soft"),
        f'<text class="soft" x="{axis.right}" y="40" text-anchor="end">{YEAR}</text>',
        *_months(axis),
        f'<path class="edge" d="M{axis.left} 70H{axis.right}"/>',
    ]
    middle = 96
    for row in _rows():
        body += _keys(row.keys, 28, middle + 5 - 9 * (len(row.keys) - 1), 18)
        if isinstance(row.event.when, Undated):
            body.append(
                f'<rect class="tray" x="304" y="{middle - 18}" width="480" height="34" rx="5"/>'
            )
            body.append(_title(row, 318, middle + 4))
        else:
            first, *_ = [*row.event.was, row.event]
            x, anchor = axis.x(first_day(_start(first.when))), "start"
            if x > (axis.left + axis.right) / 2:
                x, anchor = axis.right, "end"
            body.append(_title(row, x, middle - 3, anchor))
            body += _mark(row, axis, middle + 4)
        middle += 48
    return _svg(838, 376, 13, body)


def narrow_hero() -> str:
    """Draw each event below its keys, for phones: 390 pixels wide."""
    axis = Axis(20, 352)
    body = [
        _text(20, 28, "You write what you know,", "soft"),
        _text(20, 47, "and people see that, and no more", "soft"),
    ]
    y = 62
    for row in _rows():
        height = 12 + 19 * len(row.keys)
        body.append(f'<rect class="box" x="12" y="{y}" width="366" height="{height}" rx="5"/>')
        body += _keys(row.keys, 22, y + 19, 19)
        y += height
        if isinstance(row.event.when, Undated):
            tray = f'<rect class="tray" x="12" y="{y + 6}" width="366" height="30" rx="5"/>'
            body += [tray, _title(row, 20, y + 26)]
            y += 46
            continue
        body.append(_title(row, 20, y + 20))
        y += 56
        body.append(f'<path class="grid" d="M{axis.left} {y - 15}H{axis.right}"/>')
        body += _mark(row, axis, y - 27)
    return _svg(390, y, 14, body)


def _rows() -> Iterator[Row]:
    text = SOURCE.read_text(encoding="utf-8")
    loaded = load(text)
    if loaded.diagnostics:
        raise PageError(f"{SOURCE.name}: {loaded.diagnostics}")
    for number, event in enumerate(loaded.calendar.events):
        block = text.partition(f"- id: {event.id}\n")[2].partition("\n\n")[0]
        pairs = (line.strip().partition(": ") for line in block.splitlines())
        keys = [(key, value) for key, _, value in pairs if key in SHOWN_KEYS]
        yield Row(keys, event, _words(event), number)


def _words(event: Event) -> str:
    """Return the dates of an event as timeline writes them, without the year of the axis."""
    words = when_words(event.when, PLAIN_ENGLISH)
    if event.was:
        words += f", before: {when_words(event.was[0].when, PLAIN_ENGLISH)}"
    if (
        not isinstance(event.when, Undated)
        and event.when.end is None
        and not _start(event.when).is_day
    ):
        words += ", day not known yet"
    return words.replace(f" {YEAR}", "")


def _start(when: When) -> Date:
    assert not isinstance(when, Undated)  # noqa: S101 - an event without a start is in the box
    assert isinstance(when.start, Date)  # noqa: S101 - the file has no times
    return when.start


def _mark(row: Row, axis: Axis, y: float) -> Iterator[str]:
    """Draw the bar of an event: solid, hatched, soft, with a hatched end, or with where it was."""
    yield f'<g class="c{row.number + 1}">'
    when = row.event.when
    start = _start(when)
    end = when.end if isinstance(when.end, Date) else start
    left, right = axis.x(first_day(start)), axis.after(last_day(end))
    hatched = f'fill="url(#h{row.number + 1})" stroke="currentColor" stroke-width="1.5"'
    if not start.is_day:
        yield _rect(left, right, y, hatched)
    elif start.qualification is Qualification.APPROXIMATE:
        middle = (left + right) / 2
        yield _rect(
            middle - SOFT_WIDTH / 2, middle + SOFT_WIDTH / 2, y, f'fill="url(#g{row.number + 1})"'
        )
    elif end.is_day:
        yield _rect(left, right, y, 'fill="currentColor"')
    else:  # certainly on up to the first day of its end, perhaps up to the last
        certain = axis.x(first_day(end))
        yield _rect(left, certain, y, 'fill="currentColor"')
        yield _rect(certain, max(right, certain + HATCHED_WIDTH), y, hatched)
    for earlier in row.event.was:
        yield _moved(axis, _start(earlier.when), left, y)
    yield "</g>"


def _moved(axis: Axis, earlier: Date, left: float, y: float) -> str:
    """Draw the earlier place of an event, and a thread to where it is now."""
    first, last = axis.x(first_day(earlier)), axis.after(last_day(earlier))
    dotted = 'fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2 2"'
    thread = f'<path d="M{max(last, first + 10)} {y + 5.5}H{left}" {dotted}/>'
    return _rect(first, last, y, dotted) + thread


def _rect(left: float, right: float, y: float, look: str) -> str:
    width = max(round(right - left, 1), 10)
    return f'<rect x="{round(left, 1)}" y="{y}" width="{width}" height="11" rx="2" {look}/>'


def _months(axis: Axis) -> Iterator[str]:
    for month in range(1, 13):
        start = date(YEAR, month, 1)
        x = axis.x(start)
        yield f'<path class="grid" d="M{x} 70V314"/>'
        yield _text(x + 3, 65, f"{start:%b}", "soft month")


def _keys(keys: list[tuple[str, str]], x: float, y: float, leading: float) -> Iterator[str]:
    for number, (key, value) in enumerate(keys):
        line = f'<tspan class="key">{key}:</tspan> {escape(value)}'
        yield f'<text class="code" x="{x}" y="{y + number * leading}">{line}</text>'


def _title(row: Row, x: float, y: float, anchor: str = "start") -> str:
    name = f'<tspan class="name">{escape(row.event.summary)}</tspan>'
    words = f'<tspan class="soft" dx="4">{escape(row.words)}</tspan>'
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{name} {words}</text>'


def _text(x: float, y: float, words: str, name: str) -> str:
    return f'<text class="{name}" x="{round(x, 1)}" y="{y}">{words}</text>'


def _svg(width: int, height: float, size: int, body: list[str]) -> str:
    paper = f'<rect class="paper" x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="8"/>'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"',
        f'  viewBox="0 0 {width} {height}" role="img" aria-label="{DESCRIPTION}">',
        "<style>",
        f"text{{font:{size}px {FONTS}}}.code{{font-family:{CODE_FONTS}}}",
        ".name{font-weight:600}.month{font-size:12px}",
        _scheme(LIGHT, [light for light, _ in COLORS]),
        "@media (prefers-color-scheme:dark){" + _scheme(DARK, [dark for _, dark in COLORS]) + "}",
        "</style>",
        *_fills(body),
        paper,
        *body,
        "</svg>",
    ]
    return "".join(f"{line}\n" for line in lines)


def _fills(body: list[str]) -> Iterator[str]:
    """Define the hatching and the soft edges that the drawing refers to."""
    drawing = "".join(body)
    for number in range(1, len(COLORS) + 1):
        if f"#h{number})" in drawing:
            yield (
                f'<pattern id="h{number}" class="c{number}" width="6" height="6" '
                'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
                '<path d="M0 0V6" stroke="currentColor" stroke-width="3"/></pattern>'
            )
        if f"#g{number})" in drawing:
            yield f'<linearGradient id="g{number}" class="c{number}">'
            for offset, opacity in ((0, 0), (0.35, 1), (0.65, 1), (1, 0)):
                look = f'stop-color="currentColor" stop-opacity="{opacity}"'
                yield f'<stop offset="{offset}" {look}/>'
            yield "</linearGradient>"


def _scheme(colors: dict[str, str], events: list[str]) -> str:
    return (
        f"text{{fill:{colors['ink']}}}.soft{{fill:{colors['soft']}}}.key{{fill:{colors['key']}}}"
        f".paper{{fill:{colors['paper']};stroke:{colors['grid']}}}.box{{fill:{colors['box']}}}"
        f".grid{{stroke:{colors['grid']}}}.edge{{stroke:{colors['edge']}}}"
        f".tray{{fill:none;stroke:{colors['edge']};stroke-dasharray:4 3}}"
        + "".join(f".c{number}{{color:{color}}}" for number, color in enumerate(events, 1))
    )
