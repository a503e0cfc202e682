"""Compile damaged files, any number of them, each made from a seed and its number.

In ``tests``: ``python -m support.fuzz --seed 1 --count 100000``. A file is read, compiled, fixed
and reported, and exported if it has no error. One that raises an exception or takes longer than
five seconds is reported with its number; ``--only NUMBER`` runs it again. ``test_fuzz.py`` runs
the first of them.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import signal
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from support.clock import STAMP
from support.formats import COMPARED
from support.loading import load_text
from support.paths import CASE_FILES, ROOT, TESTS
from timeline.compiler.fixes import find_fixes
from timeline.diagnostics.model import At, On
from timeline.diagnostics.render import terminal
from timeline.formats.ics.options import FeedOptions
from timeline.model.projection import project_event
from timeline.model.words.wording import PLAIN_ENGLISH
from timeline.publishing.ledger import Ledger
from timeline.source.document import parse_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.pipeline import Loaded
    from timeline.diagnostics.model import Diagnostic

SECONDS = 5.0

KEYS = tuple(
    """
    format calendar events feeds categories include id name summary start end duration uid timezone
    description location geo latitude longitude url status was transparency color priority class
    organizer contact email image attach conference related-to rrule rdate exdate overrides
    recurrence-id alarms sources title quote accessed renamed-from imprecise long-spans cancelled
    properties x-a language refresh source no-overlap ids parent exclude type note freq interval
    count until byday bysetpos sumary strat Start loction Timezone - << ~ {a:b}
    """.split()  # noqa: SIM905 - a list of them would be a page
)
NASTY = (
    *("", "~", "null", "no", "true", "0", "-1", "1e999", "NaN", ".inf", "9" * 400, "0x10", "1_000"),
    *("2025", "2025-02-30", "0000", "0001-01-01", "9998-12-31", "9999", "99999", "-2025", "202X"),
    *("2025-W53", "2026-W53", "2025-21", "2025-Q5", "XXXX", "2025-XX-XX", "2025?~%", "TBC", ".."),
    *("between 2025 and 2024", "between a and b", "between between 1 and 2 and 3", "2025/2026"),
    *("a.start", "a.end - 1 day", "a.end + 99999999999 years", "a.start - P1M at 25:00", "[a, b]"),
    *("2025-03-30T02:30", "2025-10-26T02:30", "2025-01-03T24:00", "2025-06-30T23:59:60"),
    *("2025-01-03T09:00[Mars/Base]", "2025-01-03T09:00+99:99", "2025-01-03T09:00Z", "2024-02-29"),
    *("2025-1-3", "17.01.2025", "2025-01-03 9:00 [Asia/Riyadh]", "circa 2025", "3d before at 9am"),
    *("3 January 2025", "03/01/2025", "Q1 2025", "tomorrow", "9am", "1 day", "1 day before"),
    *("FREQ=DAILY", "FREQ=SECONDLY;COUNT=1000000", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    *("FREQ=MONTHLY;BYDAY=5MO;BYSETPOS=-366", "FREQ=WEEKLY;UNTIL=99991231", "RRULE:FREQ=DAILY"),
    *("FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=1;UNTIL=2025", "FREQ=HOURLY;BYHOUR=1,2,3"),
    *("../../etc/passwd", "/dev/zero", "http://[", "javascript:alert(1)", "mailto:x@y", "a@b@c"),
    *("a\nb", "a\r\nEND:VEVENT\r\nBEGIN:VEVENT", "\x00", "\x1b[2J", "\u2028", "\ufeff", "\u202e"),
    *(
        "=1+1",
        "|",
        "<b>",
        "[x](y)",
        "\\",
        '"',
        "'",
        "`",
        "#",
        " #x",
        "👩‍👩‍👧",
        "é",
        "e\u0301",
        "Ǆ" * 50,
    ),
    *(
        "Europe/Berlin",
        "europe/berlin",
        "UTC",
        "+03:00",
        "red",
        "rebeccapurple",
        "#fff",
        "cancelled",
    ),
    *("(" * 60, "a" * 5_000, "-" * 200, "1" * 119 + " x", " " * 200, "2025 " * 30, "0-" * 60),
)
PIECES = (
    *("\n", "\r", "\r\n", "\t", " ", "  ", ":", ": ", "- ", "-", "---\n", "...\n", "#", " #", "? "),
    *(
        "{",
        "}",
        "[",
        "]",
        ",",
        "&a ",
        "*a",
        "!",
        "!!str ",
        "!<",
        "|",
        ">",
        "|+\n",
        ">2-\n",
        "'",
        '"',
    ),
    *("<<: *a", "%YAML 1.1\n", "%", "@", "`", "\\", '"\\x', "\\u", "\0", "\x07", "\x85", "\u2028"),
    *("\ufeff", "\ufffe", "\ud800", "\U0001f3c1", "é", "~", "null", "..", "é" * 40, "[" * 120),
)


@cache
def texts() -> tuple[str, ...]:
    """Return the texts to damage: the golden cases, mostly, and the bad files."""
    sound = [ROOT / "events.yaml", *CASE_FILES]
    files = [*sound * 30, *sorted(TESTS.glob("bad/*.yaml"))]
    read_all = [path.read_bytes().decode(errors="surrogateescape") for path in files]
    return tuple(text for text in read_all if len(text) < 20_000)


@cache
def trees() -> tuple[dict[str, Any], ...]:
    """Return the data of the texts that have any."""
    read_all = (
        parse_document(text.encode(errors="surrogateescape"), "x.yaml").data for text in texts()
    )
    return tuple(data for data in read_all if data)


def make(seed: int, number: int) -> bytes:
    """Return the input of a seed and a number, always the same."""
    chance = random.Random(f"{seed}-{number}")
    if chance.random() < 0.5:
        text = chance.choice(texts())
        for _ in range(chance.choice((1, 1, 2, 3, 8))):
            text = damaged(text, chance)
        content = text.encode(errors="surrogatepass")
    else:
        tree = json.loads(json.dumps(chance.choice(trees())))
        for _ in range(chance.choice((1, 1, 2, 3, 5, 20))):
            change_one_place(tree, chance)
        content = written(tree, chance).encode(errors="surrogatepass")
    if chance.random() < 0.03:
        content = with_bytes(content, chance)
    return content


def damaged(text: str, chance: random.Random) -> str:
    """Return a text with something cut, repeated, moved or inserted."""
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.choice((0, 1, 2, 5, 20, 200)))
    lines = text.splitlines(keepends=True)
    line = chance.randrange(len(lines)) if lines else 0
    match chance.randrange(9):
        case 0:
            return text[:start] + text[end:]
        case 1:
            return text[:start] + chance.choice(PIECES) + text[start:]
        case 2:
            return text[:start] + chance.choice(PIECES) + text[end:]
        case 3:
            return text[:start] + text[start:end] * chance.choice((2, 3, 50)) + text[end:]
        case 4:
            return "".join(lines[:line] + lines[line + 1 :])
        case 5:
            return "".join(lines[: line + 1] + lines[line:])
        case 6:
            return "".join(lines[:line] + [chance.choice("  \t") + x for x in lines[line:]])
        case 7:
            return text[:start] + chance.choice(NASTY) + text[end:]
    return text[:start]


def with_bytes(content: bytes, chance: random.Random) -> bytes:
    """Return the content in another encoding, or with some bytes changed."""
    match chance.randrange(4):
        case 0:
            return content.decode(errors="replace").encode(chance.choice(("utf-16", "utf-32-le")))
        case 1:
            return content[: chance.randrange(len(content) + 1)]
        case 2:
            return b"\xef\xbb\xbf" * chance.choice((1, 2)) + content
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.randbytes(chance.choice((1, 2, 8))) + content[place + 1 :]


def change_one_place(tree: Any, chance: random.Random) -> None:
    """Change one place of a tree."""
    holders = [holder for holder in containers(tree) if holder]
    if not holders:
        return
    holder = chance.choice(holders)
    place: Any = chance.choice(list(holder)) if isinstance(holder, dict) else None
    place = chance.randrange(len(holder)) if place is None else place
    value = holder[place]
    match chance.randrange(7):
        case 0:
            del holder[place]
        case 1 if isinstance(holder, dict):
            holder[chance.choice(KEYS)] = holder.pop(place)
        case 2 if isinstance(holder, dict):
            holder[chance.choice(KEYS)] = chance.choice(NASTY)
        case 3:
            holder[place] = chance.choice(
                ([], {}, [value], {"a": value}, [[value] * 3], [value, value])
            )
        case 4:
            other = chance.choice(list(containers(chance.choice(trees()))))
            holder[place] = json.loads(json.dumps(other))
        case 5 if isinstance(value, str) and value:
            cut = chance.randrange(len(value))
            holder[place] = value[:cut] + chance.choice(NASTY) + value[cut + chance.randrange(3) :]
        case _:
            holder[place] = chance.choice(NASTY)


def containers(tree: Any) -> Iterator[Any]:
    """Yield every mapping and list of a tree."""
    waiting = [tree]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict | list):
            yield value
            waiting += value.values() if isinstance(value, dict) else value


def written(tree: dict[str, Any], chance: random.Random) -> str:
    """Return a tree as JSON, in one of two layouts, sometimes with a duplicate key."""
    text = json.dumps(tree, ensure_ascii=chance.random() < 0.3, indent=chance.choice((None, 1)))
    if chance.random() < 0.1:
        text = text.replace('"id":', '"id": "twice", "id":', 1)
    return text


def compile_and_export(content: bytes) -> Loaded:
    """Compile, fix and report an input, and export it if it has no error."""
    loaded = load_text(content, "fuzz.yaml")
    document = loaded.document
    check_fixes(loaded, content)
    text = terminal.render(loaded.diagnostics, document, color=False)
    assert bool(text) == bool(loaded.diagnostics)
    assert loaded.diagnostics or loaded.is_sound
    if loaded.is_sound:
        feed_options = FeedOptions(stamp=Ledger(STAMP).stamp)
        for event in loaded.calendar.events:
            list(project_event(event, PLAIN_ENGLISH))
        for form in COMPARED.values():
            options = feed_options if form.is_feed else form.options()
            content = b"".join(form.render(loaded.calendar, options))
            if not form.is_binary:
                content.decode()
    return loaded


def check_fixes(loaded: Loaded, content: bytes) -> None:
    """Apply all fixes, and assert that they replace the reported values and nothing else."""
    fixes = find_fixes(loaded.diagnostics, loaded.document)
    if not fixes:
        return
    places = {(fix.start, fix.end) for fix in fixes}
    before = parse_document(content, "fuzz.yaml")
    expected = own(before.data)
    replacements = {
        (diagnostic.at.path, diagnostic.at.on): diagnostic.replacement
        for diagnostic in loaded.diagnostics
        if diagnostic.replacement is not None and isinstance(diagnostic.at, At)
        if (scalar := loaded.document.scalar(diagnostic.at))
        and (scalar.start, scalar.end) in places
    }
    # The deepest first, and a value before its key: no path has a key that has been renamed.
    by_depth = sorted(
        replacements.items(), key=lambda item: (-len(item[0][0]), item[0][1] is On.KEY)
    )
    for (path, on), text in by_depth:
        holder = expected
        for step in path[:-1]:
            if isinstance(holder[step], str):
                break  # `was: [2025-1-3]` is short for a mapping with `start`
            holder = holder[step]
        else:
            step = path[-1]
        holder[text if on is On.KEY else step] = holder.pop(step) if on is On.KEY else text
    text = content.decode("utf-8-sig")
    for fix in sorted(fixes, reverse=True):
        text = text[: fix.start] + fix.text + text[fix.end :]
    after = parse_document(text.encode(), "fuzz.yaml")
    # With its key corrected, a text is checked by the rules of that key, and has other errors:
    # `"C:\new"` in a title, a rule without quotes in brackets.
    has_other = Counter(map(_shown, after.diagnostics)) - Counter(map(_shown, before.diagnostics))
    assert own(after.data) == expected or has_other, fixes


def _shown(diagnostic: Diagnostic) -> tuple[str, str]:
    return diagnostic.code, diagnostic.message


def own(data: Any) -> Any:
    """Return a copy of data in which nothing is shared, without keys that start with ``x-``."""
    if isinstance(data, dict):
        return {key: own(value) for key, value in data.items() if not key.startswith("x-")}
    return [own(value) for value in data] if isinstance(data, list) else data


@dataclass
class Summary:
    """How many inputs there were, and which took longest."""

    count: int = 0
    sound: int = 0
    failed: int = 0
    seconds: float = 0.0
    number: int = 0


def run(seed: int, numbers: range) -> Summary:
    """Run the inputs of these numbers, and report on standard error what fails."""
    summary = Summary()
    for number in numbers:
        content = make(seed, number)
        before = time.process_time()
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            summary.sound += compile_and_export(content).is_sound
        except Exception:  # noqa: BLE001 - none may be raised
            summary.failed += 1
            sys.stderr.write(f"seed {seed}, number {number}:\n")
            traceback.print_exc(limit=-3)
        seconds = time.process_time() - before
        summary.count += 1
        if seconds > summary.seconds:
            summary.seconds, summary.number = seconds, number
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return summary


def _too_slow(*_: object) -> None:
    raise TimeoutError(f"took more than {SECONDS:g} seconds")


def main() -> None:
    """Run the command line; exit with 1 if an input failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--only", type=int, help="print this input and run it alone")
    given = parser.parse_args()
    if given.only is not None:
        content = make(given.seed, given.only)
        sys.stdout.buffer.write(content + b"\n")
        sys.stdout.flush()
        compile_and_export(content)
        return
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGVTALRM, _too_slow)
    summary = run(given.seed, range(given.first, given.first + given.count))
    memory = ""
    with contextlib.suppress(ImportError):
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        memory = f", at most {peak // (2**20 if sys.platform == 'darwin' else 2**10)} MiB"
    sys.stdout.write(
        f"seed {given.seed}: {summary.count:,} inputs, {summary.sound:,} of them sound, "
        f"{summary.failed:,} failed; at most {summary.seconds:.2f} s "
        f"(number {summary.number}){memory}\n"
    )
    sys.exit(summary.failed > 0)


if __name__ == "__main__":
    main()
