"""Make the documents say what the program does: run their examples, fill their tables.

    python docs/generate.py            writes what differs
    python docs/generate.py --check    writes nothing, and exits 1 where something differs

`README.md` and the pages beside this file hold, besides words:

- ```` ```yaml ```` blocks: whole events files, read without any diagnostic. With
  `<!-- fragment: KIND -->` directly before them they are a part of one, `KIND` being `top`,
  `calendar`, `events` (a list) or `event` (the keys of one). `KIND, refused: CODE` is one that is
  refused with this code alone, and `skip` is not read by itself.
- `<!-- file: PATH -->` directly before a block: it is also written into the page's own folder, and
  `<!-- replace: PATH: OLD => NEW -->` changes what stands there.
- ```` ```console ```` blocks: their `$ timeline …` and `$ cd …` lines are run in that folder, and
  what is printed stands below each. `<!-- exit: 1 -->` directly before one says how its commands
  end, if not well.
- `<!-- generated: NAME -->` to `<!-- /generated -->`: a piece of `PIECES`.

`commands.md` is made as a whole. `dates.md` and `diagnostics.md` have tests of their own.
"""

# ruff: noqa: INP001, T201 - a program by itself, and it talks

from __future__ import annotations

import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from configparser import ConfigParser
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from timeline.compiler.pipeline import Loaded, understand  # noqa: E402
from timeline.compiler.schema import models  # noqa: E402 - the tree's own, whatever is installed
from timeline.dates.instants import in_zone  # noqa: E402
from timeline.formats import FORMATS, Options  # noqa: E402
from timeline.model.events import Instant, Timed  # noqa: E402
from timeline.model.occurrences import sentences  # noqa: E402
from timeline.model.projection import draw, left_out  # noqa: E402
from timeline.model.words.dates import when_words  # noqa: E402
from timeline.publishing.feed import unfold  # noqa: E402
from timeline.publishing.ledger import Ledger  # noqa: E402
from timeline.source.document import read  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model.events import Calendar, Event

OTHERS = ("dates.md", "diagnostics.md")
"""Pages that are tested, and some of them generated, elsewhere."""

MOMENT = "1735732800"
"""1 January 2025, 12:00 UTC: the clock of all that is run for the documents."""


class Wrong(Exception):  # noqa: N818 - what is wrong with a page, said to who wrote it
    """A page whose examples do not hold."""


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` say which would change."""
    if arguments not in ([], ["--check"]):
        print("usage: python docs/generate.py [--check]", file=sys.stderr)
        return 2
    stale = 0
    for path in pages():
        try:
            text = made(path)
        except Wrong as wrong:
            print(wrong, file=sys.stderr)
            return 1
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if arguments:
            print(f"would change {path.relative_to(ROOT)}")
        else:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    return 1 if arguments and stale else 0


def pages() -> list[Path]:
    """Give the documents that are made or run here."""
    docs = {ROOT / "docs" / "commands.md", *(ROOT / "docs").glob("*.md")}
    return [ROOT / "README.md", *sorted(path for path in docs if path.name not in OTHERS)]


def made(path: Path) -> str:
    """Give a page as it should be; raises ``Wrong`` where an example of it does not hold."""
    if path.name == "commands.md":
        return commands()
    with tempfile.TemporaryDirectory() as folder:
        text = _with_pieces(path.read_text(encoding="utf-8"), path)
        return run(text, Page(path.name, Path(folder)))


# --- pages --------------------------------------------------------------------------------------

_PIECE = re.compile(r"(<!-- generated: (.+?) -->\n)(.*?)(<!-- /generated -->)", re.DOTALL)
_DIRECTIVE = re.compile(r"<!-- (file|fragment|replace|exit): (.+?) -->")
_FENCE = re.compile(r"(`{3,})([a-z]*)")


def _with_pieces(text: str, path: Path) -> str:
    def piece(match: re.Match[str]) -> str:
        name, *arguments = match[2].split()
        if name not in PIECES:
            raise Wrong(f"{path.name}: no piece is called `{name}`")
        return f"{match[1]}\n{PIECES[name](*arguments).strip()}\n\n{match[4]}"

    return _PIECE.sub(piece, text)


@dataclass(slots=True)
class Page:
    """A page while its examples are run: where they are, and what was said before the block."""

    name: str
    folder: Path
    directives: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.here = self.folder

    here: Path = field(init=False)

    def block(self, language: str, lines: list[str]) -> list[str]:
        """Hold a block against what it claims; give it as it should be."""
        said, self.directives = self.directives, {}
        text = "".join(f"{line}\n" for line in lines)
        if "file" in said:
            target = self.folder / said["file"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        if language == "yaml":
            self.read(text, said.get("fragment"))
        elif language == "console":
            return self.run(lines, int(said.get("exit", "0")))
        return lines

    def replace(self, argument: str) -> None:
        """Change a file that an earlier block or command has written."""
        path, _, change = argument.partition(": ")
        old, arrow, new = change.partition(" => ")
        target = self.folder / path
        text = target.read_text(encoding="utf-8")
        if not arrow or text.count(old) != 1:
            raise Wrong(f"{self.name}: `{old}` stands {text.count(old)} times in {path}")
        target.write_text(text.replace(old, new), encoding="utf-8")

    def read(self, text: str, fragment: str | None) -> None:
        """Hold an events file, or a part of one, against the program."""
        kind, _, code = (fragment or "whole").partition(", refused: ")
        if kind == "skip":
            return
        found = [each.code for each in load(_WRAP[kind](text)).diagnostics]
        if found != ([code] if code else []):
            raise Wrong(f"{self.name}: {found or 'no mistake'} in\n{text}")

    def run(self, lines: list[str], expected: int) -> list[str]:
        """Run the commands of a block; give it with what they print."""
        told = []
        for line in lines:
            if not line.startswith("$ "):
                continue
            told.append(line)
            program, *arguments = shlex.split(line[2:], comments=True)
            if program == "cd":
                self.here = (self.here / arguments[0]).resolve()
            elif program == "timeline":
                code, output = timeline(arguments, self.here)
                if code != expected:
                    raise Wrong(f"{self.name}: `{line}` ended with {code}\n{output}")
                told += output.splitlines()
            else:
                raise Wrong(f"{self.name}: `{line}` is not run here")
        return told


def run(text: str, page: Page) -> str:
    """Go through a page, block by block."""
    made_lines: list[str] = []
    lines = iter(text.splitlines())
    for line in lines:
        made_lines.append(line)
        if match := _DIRECTIVE.fullmatch(line):
            if match[1] == "replace":
                page.replace(match[2])
            else:
                page.directives[match[1]] = match[2]
        elif match := _FENCE.fullmatch(line):
            block = []
            for inner in lines:
                if inner == match[1]:
                    break
                block.append(inner)
            else:
                raise Wrong(f"{page.name}: a block is not closed")
            made_lines += [*page.block(match[2], block), match[1]]
        elif line.strip() and page.directives:
            raise Wrong(f"{page.name}: {page.directives} stands before no block")
    return "".join(f"{line}\n" for line in made_lines)


def timeline(arguments: list[str], folder: Path) -> tuple[int, str]:
    """Run the command as in a terminal of 80 columns without colour; give its code and output."""
    done = subprocess.run(  # noqa: S603 - our own program, with the words of our own documents
        [sys.executable, "-m", "timeline", *arguments],
        cwd=folder,
        env={
            **os.environ,
            "COLUMNS": "80",
            "NO_COLOR": "1",
            "PYTHONIOENCODING": "utf-8",
            "PYTHONPATH": str(ROOT / "src"),
            "SOURCE_DATE_EPOCH": MOMENT,
            "TERM": "dumb",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


# --- events files -------------------------------------------------------------------------------


def load(text: str) -> Loaded:
    """Understand an events file."""
    return understand(read(text.encode(), "events.yaml"))


_CALENDAR = "calendar:\n  id: example.org\n  name: Example\n  timezone: Europe/London\n"
_EVENT = {"id": "example", "summary": "Example", "start": "2025-01-03"}


def _indented(text: str, by: str) -> str:
    return "".join(f"{by}{line}" if line.strip() else line for line in text.splitlines(True))


def _one_event(text: str) -> str:
    given = {line.partition(":")[0] for line in text.splitlines()}
    rest = "".join(f"{key}: {value}\n" for key, value in _EVENT.items() if key not in given)
    return _CALENDAR + "events:\n  -\n" + _indented(rest + text, "    ")


def _calendar_part(text: str) -> str:
    given = {line.partition(":")[0] for line in text.splitlines()}
    rest = "".join(
        f"{line.strip()}\n"
        for line in _CALENDAR.splitlines()[1:]
        if line.strip().partition(":")[0] not in given
    )
    return "calendar:\n" + _indented(rest + text, "  ") + "events: []\n"


def _top_part(text: str) -> str:
    given = {line.partition(":")[0] for line in text.splitlines()}
    calendar = "" if "calendar" in given else _CALENDAR
    return text + calendar + ("" if "events" in given else "events: []\n")


_WRAP = {
    "whole": lambda text: text,
    "top": _top_part,
    "calendar": _calendar_part,
    "events": lambda text: _CALENDAR + "events:\n" + _indented(text, "  "),
    "event": _one_event,
}


# --- pieces -------------------------------------------------------------------------------------

SHOWN_IDS = ("partnership", "dakar-2025", "race-programme", "rub-al-khali-finale")
SHOWN_LATER = ("reconnaissance-fleet", "team-debut")
HIDDEN_KEYS = ("description", "color", "refresh", "require-sources", "categories", "sources")


def excerpt() -> str:
    """Shorten the founding file: some events, without keys that a first look can do without."""
    lines = (ROOT / "events.yaml").read_text(encoding="utf-8").splitlines()
    kept: list[str] = []
    event_shown, hidden = True, None
    for line in lines[next(n for n, one in enumerate(lines) if one == "calendar:") :]:
        indent = len(line) - len(line.lstrip())
        if hidden is not None and line.strip() and indent > hidden:
            continue
        key = line.strip().removeprefix("- ").partition(":")[0]
        hidden = indent if key in HIDDEN_KEYS or key.startswith("x-") else None
        if not indent and line.strip() and hidden is None:
            event_shown = True
        if line.lstrip().startswith("- id: "):
            event_shown = line.split()[-1] in SHOWN_IDS + SHOWN_LATER
        if hidden is None and event_shown:
            kept.append(line)
    return re.sub(r"\n{2,}", "\n\n", "".join(f"{line}\n" for line in kept)).rstrip() + "\n"


def _founding_file() -> str:
    return f"<!-- file: events.yaml -->\n```yaml\n{excerpt()}```\n"


def _founding_feed() -> str:
    """Show what a calendar app makes of the excerpt."""
    rows = ["| Days in the calendar | Title | Marked |", "| --- | --- | --- |"]
    calendar = load(excerpt()).calendar
    for event in calendar.events:
        for box in draw(event):
            assert isinstance(box.dtstart, date)  # noqa: S101 - the file has no times
            assert isinstance(box.dtend, date)  # noqa: S101
            last = date.fromordinal(box.dtend.toordinal() - 1)
            status = (box.status or "").lower()
            rows.append(f"| {box.dtstart} to {last} | {_cell(box.summary)} | {status} |")
    return "\n".join(rows)


def _founding_markdown() -> str:
    """Render the excerpt as the Markdown export does, without its title."""
    options = Options(style="table", heading_level=4, title=False)
    rendered = b"".join(FORMATS["md"].render(load(excerpt()).calendar, options)).decode()
    return rendered.replace("\n\n\n", "\n\n")


def _founding_export() -> str:
    """Show what the first command prints in a clone."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "events.yaml", folder)
        shutil.copytree(ROOT / "dist", Path(folder) / "dist")
        code, output = timeline(["export"], Path(folder))
    if code:
        raise Wrong(f"`timeline export` ended with {code}\n{output}")
    return f"```text\n{output}```"


DRAWN = (
    "start: 2025-01-03",
    "start: 2025-01-03\nend: 2025-01-17",
    "start: 2025-01-15~\nend: 2025-01-17",
    "start: 2025-01-03?",
    "start: 2025-01",
    "start: 2025-Q1",
    "start: 2026",
    "start: 2026\nimprecise: start",
    "start: 2026\nimprecise: skip",
    "start: 202X",
    "start: between 2025-01-03 and 2025-01-17",
    "start: 2025-01-03\nend: 2028",
    "start: 2025-01-03\nend: 2028\nlong-spans: endpoints",
    "start: 2025-01-03\nend: ..",
    "start: 2025-01-03\nend: TBC",
    "start: TBC",
    "start: 2025-01-03T09:00",
    "start: 2025-01-03T09:00\nduration: 90 minutes",
    "start: 2025-01-03T09:00Z",
    "start: 2025-01-03T09:00[Asia/Tokyo]",
    "start: 2025-01-03\nstatus: cancelled",
    "start: 2025-02-07\nstatus: postponed\nwas: [2025-01-03]",
    "start: TBC\nstatus: postponed\nwas: [2025-01-03]",
    "start: TBC\nstatus: postponed\nwas: ['2026']",
)


def _drawn() -> str:
    """Tabulate what a feed holds for each kind of date."""
    rows = [
        "| In the file | `DTSTART` | `DTEND` | `STATUS` | Title in the app |",
        "| --- | --- | --- | --- | --- |",
    ]
    for text in DRAWN:
        loaded = load(_one_event("summary: Debut\n" + text))
        if loaded.diagnostics:
            raise Wrong(f"{loaded.diagnostics} in {text}")
        (event,) = loaded.calendar.events
        written = _written(text)
        if why := left_out(event):
            rows.append(f"| {written} | | | | left out: {why} |")
        for box in draw(event):
            status = f"`{box.status}`" if box.status else ""
            days = f"{_value(box.dtstart)} | {_value(box.dtend)}"
            rows.append(f"| {written} | {days} | {status} | {_cell(box.summary)} |")
            written = "the same, second entry"
    return "\n".join(rows)


def _value(value: date | Instant | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Instant):
        wall = f"{value.wall:%Y%m%dT%H%M%S}"
        return f"`{wall}Z`" if value.zone == "UTC" else f"`{wall}` {value.zone}"
    return f"`{value:%Y%m%d}`"


WORDS = (
    "start: 2025-01-03",
    "start: 2025-01-03\nend: 2025-01-17",
    "start: 2024-12-30\nend: 2025-01-02",
    "start: 2025-01\nend: 2025-03",
    "start: 2025-W03",
    "start: 2026-Q1",
    "start: 2026-H2",
    "start: 2026-25",
    "start: 2026-28",
    "start: 202X",
    "start: 2026-03~",
    "start: 2026-03?",
    "start: 2026-03%",
    "start: between 2025-01-03 and 2025-01-17",
    "start: 2025-01-03\nend: 2028",
    "start: 2025\nend: ..",
    "start: 2025-01-03\nend: TBC",
    "start: TBC\nend: 2028",
    "start: 2025-01-03T09:00\nduration: 90 minutes",
)


def _words() -> str:
    """Tabulate what people read for each kind of date."""
    rows = ["| In the file | In words |", "| --- | --- |"]
    for text in WORDS:
        loaded = load(_one_event(text))
        if loaded.diagnostics:
            raise Wrong(f"{loaded.diagnostics} in {text}")
        (event,) = loaded.calendar.events
        rows.append(f"| {_written(text)} | {_cell(when_words(event.when))} |")
    return "\n".join(rows)


def _keys(name: str) -> str:
    """Tabulate the keys of a mapping of the file, from the JSON Schema."""
    whole = models.json_schema()
    part = whole if name == "Timeline" else whole["$defs"][name]
    part = next((one for one in part.get("anyOf", ()) if "properties" in one), part)
    required = part.get("required", ())
    rows = ["| Key | What it holds |", "| --- | --- |"]
    for key, about in part["properties"].items():
        # pydantic leaves a description out where the mapping that is meant has the same.
        meant = whole["$defs"].get(about.get("$ref", "").rpartition("/")[2], {})
        told = _cell((meant | about)["description"])
        choices = about.get("enum") or about.get("items", {}).get("enum")
        if choices and key != "format":
            told += f" One of {', '.join(f'`{one}`' for one in choices)}."
        if key in required:
            told = f"**Required.** {told}"
        elif "default" in about and "unless given" not in told:
            default = about["default"]
            told += f" `{'false' if default is False else default}` unless given."
        rows.append(f"| `{key}` | {told} |")
    return "\n".join(rows)


RECURRING = (
    "start: 2027-01-03\nrrule: FREQ=YEARLY",
    "start: 2027-01-04\nrrule: FREQ=WEEKLY;COUNT=8",
    "start: 2027-01-04\nrrule: {freq: weekly, byday: [mo, th], until: 2027-03-31}",
    "start: 2027-01-04T18:00\nrrule: {freq: weekly, until: 2027-05-31}",
    "start: 2027-01-04T18:00Z\nrrule: {freq: daily, interval: 2}",
    "start: 2027-01-29\nrrule: {freq: monthly, byday: -1fr}",
    "start: 2027-01-04\nrdate: [2027-01-07, 2027-01-11]",
    "start: 2027-01-04T18:00\nrrule: FREQ=WEEKLY;COUNT=8\nexdate: [2027-02-01]",
)


def _recurring() -> str:
    """Tabulate what is said of an event that happens again, to apps and to people."""
    rows = ["| In the file | In the feed | In words |", "| --- | --- | --- |"]
    for text in RECURRING:
        calendar, event = _example(text)
        held = [line for line in _lines(calendar) if re.match("R(RULE|DATE)|EXDATE", line)]
        told = "<br>".join(_cell(sentence) for sentence in sentences(event))
        rows.append(f"| {_written(text)} | {_code(held)} | {told} |")
    return "\n".join(rows)


ALARMS = (
    "start: 2027-01-04T18:00\nalarms: [30 minutes before]",
    "start: 2027-01-04T18:00\nduration: 2 hours\nalarms: [15 minutes before end]",
    "start: 2027-01-04T18:00\nalarms: [1 day before at 09:00]",
    "start: 2027-03-28T10:00\nalarms: [1 day before at 22:00]",
    "start: 2027-01-04\nalarms: [1 day before at 18:00]",
    "start: 2027-01-04\nalarms: [0 days before at 08:00]",
    "start: 2027-01-04\nalarms: [1 week before]",
    "start: 2027-01-04\nend: 2027-01-08\nalarms: [2 hours before end]",
    "start: 2027-01-04\nalarms: [2026-12-01T09:00]",
)


def _alarms() -> str:
    """Tabulate when reminders ring."""
    rows = ["| In the file | In the feed | Rings |", "| --- | --- | --- |"]
    for text in ALARMS:
        calendar, event = _example(text)
        held = [line for line in _lines(calendar) if line.startswith("TRIGGER")]
        rings = _rings(event)
        told = f"{rings.day} {rings:%B %Y, %H:%M}"
        rows.append(f"| {_written(text)} | {_code(held)} | {told} |")
    return "\n".join(rows)


def _rings(event: Event) -> datetime:
    """Give when the one reminder of an event rings, on the clocks of the event."""
    (box,), (alarm,) = draw(event), event.alarms
    if isinstance(alarm.trigger, Instant):
        zone = event.when.start.zone if isinstance(event.when, Timed) else alarm.trigger.zone
        return in_zone(alarm.trigger.utc, zone)
    edge = box.dtend if alarm.related == "END" else box.dtstart
    assert edge is not None  # noqa: S101 - an end that is counted from is there
    wall = edge.wall if isinstance(edge, Instant) else datetime.combine(edge, time())
    return wall + alarm.trigger


def _example(text: str) -> tuple[Calendar, Event]:
    loaded = load(_one_event("summary: Training\n" + text))
    if loaded.diagnostics:
        raise Wrong(f"{loaded.diagnostics} in {text}")
    (event,) = loaded.calendar.events
    return loaded.calendar, event


def _lines(calendar: Calendar) -> list[str]:
    """Give the unfolded lines of the events of a feed."""
    options = Options(stamp=Ledger("20250101T120000Z").stamp)
    _, *blocks, _ = FORMATS["ics"].render(calendar, options)
    return unfold(b"".join(blocks)).decode().split("\r\n")


def _written(text: str) -> str:
    return _code(text.splitlines())


def _code(lines: list[str]) -> str:
    return "<br>".join(f"`{line}`" for line in lines)


def _rule_parts() -> str:
    """Tabulate the parts of a recurrence rule."""
    rows = ["| Part | What it holds |", "| --- | --- |"]
    rows += [f"| `{name}` | {_cell(told)} |" for name, told in models.RULE_PARTS.items()]
    return "\n".join(rows)


def _layers() -> str:
    """List the modules from the top of `.importlinter` to its bottom, and what each is."""
    settings = ConfigParser()
    settings.read(ROOT / ".importlinter", encoding="utf-8")
    rows = ["| Layer | What it is |", "| --- | --- |"]
    layers = settings["importlinter:contract:layers"]["layers"].split("\n")
    for layer in filter(None, layers):
        for name in re.split(r"\s*[|:]\s*", layer):
            path = ROOT / "src" / "timeline" / f"{name}.py"
            if not path.exists():
                path = path.with_suffix("") / "__init__.py"
            told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            link = f"[`{name}`](../{path.relative_to(ROOT).as_posix()})"
            rows.append(f"| {link} | {_cell(_sentence(told))} |")
        rows.append("| | |")
    return "\n".join(rows[:-1])


def _sentence(text: str) -> str:
    """Give the first sentence of a docstring, as Markdown and without its full stop."""
    first = re.split(r"(?<=\.)(?:\s|$)", _flat(text.partition("\n\n")[0]), maxsplit=1)[0]
    return first.removesuffix(".").replace("``", "`")


def _columns() -> str:
    from timeline.formats.csv.table import COLUMNS  # noqa: PLC0415 - with what it describes

    missing = [name for name in COLUMNS if name not in COLUMN_WORDS]
    if missing or len(COLUMN_WORDS) != len(COLUMNS):
        raise Wrong(f"COLUMN_WORDS is not what the CSV has: {missing}")
    rows = ["| Column | What it holds |", "| --- | --- |"]
    rows += [f"| `{name}` | {COLUMN_WORDS[name]} |" for name in COLUMNS]
    return "\n".join(rows)


COLUMN_WORDS = {
    "uid": "as in the feed",
    "id": "as in the file",
    "parent": "the `id` of the event it is nested in",
    "summary": "as in the file, without what a feed adds",
    "start": "as precisely as it is known: `2026`, `2026-03`; empty for `TBC`",
    "end": "the same, inclusive; `..` for an open end, empty where there is none",
    "all_day": "`true` for days, `false` for times, empty for `TBC`",
    "timezone": "of a time, the zone it is in",
    "earliest": "the first day it may lie on",
    "latest": "the last day it may lie on; empty where the end is open or not known",
    "precision": "of the start: `day`, `month`, `year`, `minute`, `between`, … or `unknown`",
    "end_precision": "the same of the end, or `open`",
    "certainty": "`certain`, `uncertain`, `approximate` or both; empty for `TBC`",
    "edtf": "the dates in EDTF; empty for times, and where EDTF has no words for it",
    "status": "the file's, else `tentative` where the dates are not certain",
    "was": "earlier dates, newest first",
    "rrule": "the rule as in the feed; with further or excepted dates, a line for each; empty for "
    "what happens once",
    "drawn": "`true` where the feed shows it, `false` where not",
    "categories": "joined by `; `",
    "location": "as in the file",
    "latitude": "degrees north",
    "longitude": "degrees east",
    "url": "as in the file",
    "description": "as in the file",
    "sources": "title, address, quote and day of reading, joined by `; `",
}


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


_LANGUAGES = {".md": "markdown", ".py": "python", ".rst": "rst", ".yaml": "yaml", ".yml": "yaml"}


def _project(*paths: str) -> str:
    """Show files of a project in `examples`, which the tests build."""
    shown = []
    for path in map(Path, paths):
        text = (ROOT / "docs" / "examples" / path).read_text(encoding="utf-8")
        fence = "````" if "```" in text else "```"
        skip = "<!-- fragment: skip -->\n" if path.suffix == ".yml" else ""
        name = path.relative_to(path.parts[0])
        shown.append(f"`{name}`:\n\n{skip}{fence}{_LANGUAGES[path.suffix]}\n{text}{fence}\n")
    return "\n".join(shown)


PIECES: dict[str, Any] = {
    "project": _project,
    "founding-file": _founding_file,
    "founding-export": _founding_export,
    "founding-feed": _founding_feed,
    "founding-markdown": _founding_markdown,
    "drawn": _drawn,
    "words": _words,
    "keys": _keys,
    "recurring": _recurring,
    "alarms": _alarms,
    "rule-parts": _rule_parts,
    "layers": _layers,
    "columns": _columns,
}


# --- commands -----------------------------------------------------------------------------------


def commands() -> str:
    """Make the page of the commands, from the command line itself."""
    import typer  # noqa: PLC0415 - with what it is for

    from timeline.cli.app import app  # noqa: PLC0415

    group: Any = typer.main.get_command(app)
    return "\n".join(_commands(group)).rstrip() + "\n"


def _commands(group: Any) -> Iterator[str]:
    yield "# Commands"
    yield ""
    yield "<!-- written by docs/generate.py from the command line itself -->"
    yield ""
    yield group.help
    yield ""
    yield "| Command | |"
    yield "| --- | --- |"
    for name, command in group.commands.items():
        yield f"| [`timeline {name}`](#timeline-{name}) | {_cell(_flat(command.help))} |"
    yield ""
    yield from COMMANDS_INTRODUCTION.strip().splitlines()
    for name, command in group.commands.items():
        yield ""
        yield f"## timeline {name}"
        yield ""
        yield _flat(command.help)
        yield ""
        arguments = [one for one in command.params if one.param_type_name == "argument"]
        options = [one for one in command.params if one.param_type_name == "option"]
        usage = ["timeline", name, *(["[OPTIONS]"] if options else [])]
        yield "```text"
        yield " ".join([*usage, *(one.metavar for one in arguments)])
        yield "```"
        yield ""
        for one in arguments + options:
            yield _parameter(one)


def _parameter(one: Any) -> str:
    if one.param_type_name == "argument":
        name = one.metavar.strip("[]")
    else:
        name = ", ".join([*one.opts, *one.secondary_opts])
        if not one.is_flag:
            name += f" {one.metavar}"
    told = f"- `{name}`: {_flat(one.help)}"
    has_default = one.default not in (None, False) and str(one.default) != "."
    return f"{told} `{one.default}` unless given." if has_default else told


def _flat(text: str) -> str:
    return " ".join(text.split())


COMMANDS_INTRODUCTION = """
`timeline --help` and `timeline COMMAND --help` say the same; `timeline --version` names the
versions of timeline and of its time zone data, tzdata. `timeline --install-completion` sets up
completion for the shell it is run in, and `timeline --show-completion` prints it. `python -m
timeline` and `timeline-as-code` are the same program.

**Streams.** Data goes to standard output: what `show`, `schema`, `explain`, `export --stdout` and
`export --diff` print, and the diagnostics of `validate`. What is said about it goes to standard
error.

| Exit code | |
| --- | --- |
| 0 | all is well; warnings do not change that, but with `--strict` |
| 1 | there are mistakes, or something would change (`--check`, `--diff`) or be lost |
| 2 | wrong use, or a file that cannot be read or written |

| Environment | |
| --- | --- |
| `SOURCE_DATE_EPOCH` | the moment to take for now in stamps, in seconds since 1970 |
| `NO_COLOR` | set to anything, no colour; without it there is colour on terminals only |
| `TIMELINE_OUTPUT_FORMAT` | [how `validate` and `export` report](ci.md#forms-of-the-report) |
| `COLUMNS` | the width to lay `show` and help out for; the terminal's unless given |
"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
