"""Write events files from excerpts of real schedules: a function for each source.

``tests/real/LICENSES.md`` names the sources. A converter copies what its source states, as
precisely as the source states it, and nothing else.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from timeline.dates import MONTH_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOURCES = Path(__file__).parents[1] / "real" / "sources"

MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, start=1)}


def events_file(head: str, events: Iterator[str]) -> str:
    """Return an events file; ``head`` is the inside of ``calendar``."""
    return f"calendar: {{{head}}}\nevents:\n" + "".join(f"- {event}\n" for event in events)


def event(id_: str, summary: str, **keys: object) -> str:
    """Return an event in flow style; a key has dashes where it has underscores here."""
    fields = {"id": id_, "summary": quoted(summary)}
    fields |= {name.replace("_", "-"): str(value) for name, value in keys.items() if value}
    return "{" + ", ".join(f"{name}: {value}" for name, value in fields.items()) + "}"


def quoted(text: str) -> str:
    """Return a text in double quotes where flow style needs them."""
    return (
        json.dumps(text, ensure_ascii=False) if re.search(r"[\[\]{},:#&*!|>'\"%@`]", text) else text
    )


def children(*events: str) -> str:
    """Return the value of ``events`` in flow style."""
    return f"[{', '.join(events)}]"


def read_yaml(name: str) -> Any:
    """Return a source with every scalar as text, as a reader of the file sees it."""
    return yaml.load(read(name), Loader=yaml.BaseLoader)


def read(name: str) -> str:
    return (SOURCES / name).read_text(encoding="utf-8")


def node() -> str:
    def events() -> Iterator[str]:
        for version, dates in json.loads(read("node.json")).items():
            phases = [("lts", "long-term support"), ("maintenance", "maintenance")]
            yield event(
                version,
                f"Node.js {version[1:]} {dates.get('codename', '')}".rstrip(),
                start=dates["start"],
                end=dates["end"],
                events=children(
                    *(
                        event(f"{version}-{key}", name, start=dates[key])
                        for key, name in phases
                        if key in dates
                    )
                ),
            )

    return events_file("id: node.x, name: Node.js", events())


def endoflife() -> str:
    def events() -> Iterator[str]:
        for release in read_yaml("endoflife.yaml")["releases"]:
            cycle, last = release["releaseCycle"], release["latestReleaseDate"]
            id_ = "py" + cycle.replace(".", "")
            latest = event(
                f"{id_}-latest",
                release["latest"],
                start=last,
                # A version may be released after the end of life.
                within_parent="false" if last > release["eol"] else "",
            )
            support = release.get("support")
            inside = [event(f"{id_}-fixes", "last fixes", start=support)] if support else []
            yield event(
                id_,
                f"Python {cycle}",
                start=release["releaseDate"],
                end=release["eol"],
                events=children(*inside, latest),
            )

    return events_file("id: eol.x, name: Python", events())


def f1() -> str:
    def events() -> Iterator[str]:
        for race in json.loads(read("f1.json"))["races"]:
            id_, sessions = race["name"].lower(), race["sessions"]
            first, *_, last = sessions
            yield event(
                id_,
                race["name"],
                location=race["location"],
                # From the day of the first session to that of the last one.
                start=f"{id_}-{first.lower()}.start.day",
                end=f"{id_}-{last.lower()}.start.day",
                events=children(
                    *(
                        event(f"{id_}-{name.lower()}", name, start=f"'{time[:16]}Z'")
                        for name, time in sessions.items()
                    )
                ),
            )

    return events_file("id: f1.x, name: F1, timezone: UTC", events())


def ai_deadlines() -> str:
    def events() -> Iterator[str]:
        for entry in read_yaml("ai-deadlines.yaml"):
            yield conference(entry, entry["name"], [("deadline", "papers")])

    return events_file("id: ai.x, name: AI, timezone: AoE", events())


def ccf_deadlines() -> str:
    def events() -> Iterator[str]:
        for entry in read_yaml("ccf-deadlines.yaml"):
            deadlines = [("abstract_deadline", "abstracts"), ("deadline", "papers")]
            yield conference(entry, entry["title"], deadlines)

    return events_file("id: ccf.x, name: CCF, timezone: UTC", events())


def conference(entry: dict[str, str], name: str, deadlines: list[tuple[str, str]]) -> str:
    """Return a conference with its deadlines, which are before it."""
    zones = {"Etc/GMT+12": "AoE", "US/Pacific": "America/Los_Angeles", "UTC+0": "UTC"}
    zone = zones.get(entry["timezone"], entry["timezone"])
    first, last = english_days(entry["date"])
    place = "" if entry["place"] == "TBD" else quoted(entry["place"])
    return event(
        entry["id"],
        name,
        start=first,
        end=last,
        location=place,
        url=entry["link"],
        events=children(
            *(
                event(
                    f"{entry['id']}-{what}",
                    what,
                    start=f"'{entry[key].replace(' ', 'T')}[{zone}]'",
                    within_parent="false" if last else "",
                )
                for key, what in deadlines
            )
        ),
    )


def english_days(text: str) -> tuple[str, str]:
    """Return the first and the last day of ``July 13-19, 2018``; TBC for ``TBD``."""
    match = re.fullmatch(r"(\w+) (\d+) ?- ?(?:(\w+) )?(\d+), (\d{4})", text)
    if not match:
        return "TBC", ""
    month, first, last_month, last, year = match.groups()
    end = MONTHS[last_month or month]
    return f"{year}-{MONTHS[month]:02}-{int(first):02}", f"{year}-{end:02}-{int(last):02}"


def kubernetes() -> str:
    def events() -> Iterator[str]:
        for schedule in read_yaml("kubernetes.yaml")["schedules"]:
            id_ = "k" + schedule["release"].replace(".", "")
            released, end = schedule["releaseDate"], schedule["endOfLifeDate"]
            patches = [schedule["next"], *schedule["previousPatches"]]
            yield event(
                id_,
                schedule["release"],
                start=released,
                end=end,
                events=children(
                    event(
                        f"{id_}-maintenance",
                        "maintenance",
                        start=schedule["maintenanceModeStartDate"],
                    ),
                    *(
                        event(
                            "p" + patch["release"].replace(".", ""),
                            patch["release"],
                            start=patch["targetDate"],
                            within_parent="" if released <= patch["targetDate"] <= end else "false",
                        )
                        for patch in patches
                    ),
                ),
            )

    return events_file("id: k8s.x, name: Kubernetes", events())


def pep_0719() -> str:
    text = read("pep-0719.rst")

    def events() -> Iterator[str]:
        for name, day in re.findall(
            r"^- (3\.13[^:]*): \w+, (\d{4}-\d\d-\d\d)$", text, re.MULTILINE
        ):
            yield event("py-" + re.sub(r"[ .]", "-", name), name, start=day)
        assert "until 5 years after the\nrelease of 3.13.0 final" in text
        final = "py-3-13-0-final.start"
        yield event("security", "security updates", start=final, end=f"{final} + 5 years~")

    return events_file("id: pep.x, name: Python 3.13", events())


def python_deadlines() -> str:
    def events() -> Iterator[str]:
        for entry in read_yaml("python-deadlines.yaml"):
            id_ = entry["conference"].lower().replace(" ", "-")
            cfp, zone = entry["cfp"], entry.get("timezone")
            if cfp == "TBA":
                deadline = "TBC"
            elif zone:
                deadline = f"'{cfp[:16].replace(' ', 'T')}[{zone}]'"
            else:
                deadline = cfp[:10]  # the source does not state on whose clock
            yield event(
                id_,
                entry["conference"],
                start=entry["start"],
                end=entry["end"] if entry["end"] != entry["start"] else "",
                location=quoted(entry["place"]),
                url=entry["link"],
                events=children(
                    event(
                        f"{id_}-cfp",
                        "proposals",
                        start=deadline,
                        within_parent="" if deadline == "TBC" else "false",
                    )
                ),
            )

    return events_file("id: py.x, name: PyCons", events())


def rust() -> str:
    text = read("rust.md")

    def events() -> Iterator[str]:
        for version, day in re.findall(r"^Version (\S+) \((\S+)\)$", text, re.MULTILINE):
            yield event("r" + version.replace(".", ""), f"Rust {version}", start=day)
        ((month, year),) = re.findall(r"enable removing `wasm32-wasi` in (\w+) (\d{4})", text)
        yield event(
            "wasi", "wasm32-wasi may be removed", start=f"not before {year}-{MONTHS[month]:02}"
        )

    return events_file("id: rust.x, name: Rust", events())


def holidays() -> str:
    (division,) = json.loads(read("holidays.json")).values()
    days = [entry["date"] for entry in division["events"]]

    def events() -> Iterator[str]:
        for entry in division["events"]:
            id_ = re.sub(r"\W+", "-", entry["title"].lower())
            yield event(id_, entry["title"], start=entry["date"])

    week = "week: [mon, tue, wed, thu, fri]"
    head = f"id: gov.x, name: Holidays, working-days: {{{week}, off: [{', '.join(days)}]}}"
    return events_file(head, events())


CONVERTERS: dict[str, Callable[[], str]] = {
    "node.json": node,
    "endoflife.yaml": endoflife,
    "f1.json": f1,
    "ai-deadlines.yaml": ai_deadlines,
    "ccf-deadlines.yaml": ccf_deadlines,
    "kubernetes.yaml": kubernetes,
    "pep-0719.rst": pep_0719,
    "python-deadlines.yaml": python_deadlines,
    "rust.md": rust,
    "holidays.json": holidays,
}
"""The converter of each source, by its file."""
