"""The feed of changes: written before the feed, continued from its own file, and valid Atom."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import feedparser
import pytest

from support.clock import MOMENT
from support.command import Done
from support.paths import ROOT
from timeline.publishing import change_list, continued_list, feed_changes
from timeline.publishing.folders import Folder

if TYPE_CHECKING:
    from typing import Any

GRAMMAR = ROOT / "tests/support/atom.rnc"
EXPECTED = Path(__file__).with_name("expected.changes.atom")
LIST = Path("dist/events.changes.atom")
FEED = Path("dist/events.ics")
HEAD = """\
calendar: {id: Cup.Example.org, name: "Cup <&> ]]>", source: "https://example.org/cup/events.ics"}
outputs: {atom: true}
events:
"""
HOSTILE = "F | <b> ]]> &amp; \\u2067x\\u2069"
FINALE = f'  - {{id: finale, summary: "{HOSTILE}", start: 2025-06-15}}\n'
MOVED = (
    f'  - {{id: finale, summary: "{HOSTILE}", start: 2025-06-16, url: "https://example.org/a?b&c", '
    'was: [{start: 2025-06-15, note: "Wind & <rain>"}, {start: 2025-06-01, note: Older}]}\n'
)
DEBUT = "  - {id: debut, summary: Debut, start: 2026}\n"
PARTY = "  - {id: party, summary: Party, start: 2025-07-01}\n"
WEEKLY = "  - {id: w, summary: W, start: 2025-01-06, rrule: FREQ=WEEKLY;COUNT=4%s}\n"
OVERRIDE = ", overrides: [{recurrence-id: 2025-01-13, start: 2025-01-14}]"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(*events: str, head: str = HEAD) -> None:
    Path("events.yaml").write_text(head + "".join(events) or "[]", encoding="utf-8")


def at(day: int) -> dict[str, str]:
    """Return the time of a day of the tests."""
    return {"SOURCE_DATE_EPOCH": str(int(MOMENT) + day * 86400)}


def export(day: int, *options: str) -> Done:
    done = Done("export", *options, env=at(day))
    assert done.code == 0, done.err
    return done


def entries(content: bytes | None = None) -> list[tuple[str, str]]:
    """Return the id and the title of each entry, without what all ids begin with."""
    root = ET.fromstring(LIST.read_bytes() if content is None else content)
    return [
        (
            (entry.findtext("{*}id") or "").removeprefix("tag:cup.example.org,2025:"),
            entry.findtext("{*}title") or "",
        )
        for entry in root.iterfind("{*}entry")
    ]


def test_each_export_adds_its_changes(update: bool) -> None:
    write(FINALE, DEBUT, WEEKLY % OVERRIDE)
    export(0)
    assert entries() == []
    write(MOVED, WEEKLY % "", PARTY)
    export(1, "--allow-removal")
    assert [id_ for id_, _ in entries()] == [
        "w%40Cup.Example.org/0-20250102T120000Z",
        "finale%40Cup.Example.org/1-20250102T120000Z",
        "party%40Cup.Example.org/0-20250102T120000Z",
        "debut%40Cup.Example.org/removed-20250102T120000Z",
    ]
    write(MOVED, PARTY.replace("07-01", "07-02"))
    export(2, "--allow-removal")
    assert entries()[:2] == [
        ("w%40Cup.Example.org/removed-20250103T120000Z", entries()[0][1]),
        ("party%40Cup.Example.org/1-20250103T120000Z", "Moved: Party, 1 → 2 July 2025"),
    ]
    content = LIST.read_bytes()
    if update:
        EXPECTED.write_bytes(content)
    assert content == EXPECTED.read_bytes()
    for day, zone in ((2, "UTC"), (9, "UTC"), (9, "Pacific/Apia")):
        done = Done("export", env=at(day) | {"TZ": zone})
        assert (done.code, LIST.read_bytes()) == (0, content)
    assert "unchanged" in done.err


def test_feedparser_reads_it() -> None:
    feed: Any = feedparser.parse(EXPECTED.read_bytes())
    assert (feed.bozo, feed.version) == (False, "atom10")
    assert feed.feed.id == "tag:cup.example.org,2025:changes"
    assert feed.feed.title == "Changes: Cup <&> ]]>"
    assert feed.feed.links[0].href == "https://example.org/cup/events.changes.atom"
    assert feed.feed.updated == "2025-01-03T12:00:00Z"
    finale = next(entry for entry in feed.entries if "/1-20250102" in entry.id)
    assert finale.title.startswith("Moved: F | <b> ]]> &amp; \ufffdx\ufffd, 15 → 16 June 2025")
    assert finale.summary == "Moved: 15 → 16 June 2025\nDetails: page\nWind & <rain>"
    assert finale.link == "https://example.org/a?b&c"
    text = re.sub("<[^>]*>", " ", finale.content[0].value).split()
    assert " ".join(text) == "Moved: 15 → 16 June 2025 Details: page Wind &amp; &lt;rain&gt;"


@pytest.mark.skipif(shutil.which("jing") is None, reason="needs jing")
def test_it_is_valid_by_the_grammar_of_rfc_4287() -> None:
    write(PARTY)
    export(0)
    Path("wrong.atom").write_bytes(EXPECTED.read_bytes().replace(b"<id>", b"<uid>", 1))
    for path, code in ((EXPECTED, 0), (LIST, 0), (Path("wrong.atom"), 1)):
        command = ["jing", "-c", str(GRAMMAR), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout


def test_the_text_is_in_the_language_of_the_calendar() -> None:
    head = HEAD.replace("name:", "language: ar, name:")
    write(PARTY, head=head)
    export(0)
    write(PARTY.replace("07-01", "07-02"), head=head)
    assert "moved: Party, 1 → 2 July 2025\n" in export(1).err
    assert 'xml:lang="ar"' in LIST.read_text(encoding="utf-8")
    assert 'dir="auto"' in LIST.read_text(encoding="utf-8")
    assert "Party" in entries()[0][1]
    assert "July" not in entries()[0][1]


# Two files


def killed_between_two_files(day: int, *options: str) -> None:
    """Export in another process, which ends after the first of its files has replaced the old."""
    process = os.fork()
    if process == 0:
        replace = Folder.replace

        def replace_and_end(folder: Folder, *names: str) -> None:
            replace(folder, *names)
            os._exit(9)

        Folder.replace = replace_and_end  # type: ignore[method-assign]
        try:
            Done("export", *options, env=at(day))
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 9


@pytest.mark.skipif(os.name == "nt", reason="needs processes that are forked")
def test_a_kill_between_the_two_files_adds_each_entry_once() -> None:
    write(FINALE, DEBUT, WEEKLY % OVERRIDE)
    export(0)
    before = FEED.read_bytes()
    write(MOVED, WEEKLY % "", PARTY)
    killed_between_two_files(1, "--allow-removal")
    content = LIST.read_bytes()
    assert FEED.read_bytes() == before
    assert len(entries()) == 4
    killed_between_two_files(2, "--allow-removal", "--csv", "--atom")
    export(3, "--allow-removal")
    assert FEED.read_bytes() != before
    assert LIST.read_bytes() == content
    write(MOVED, WEEKLY % "", PARTY.replace("07-01", "07-02"))
    export(4)
    assert [id_ for id_, _ in entries()][:1] == ["party%40Cup.Example.org/1-20250105T120000Z"]
    assert len(entries()) == 5


@pytest.mark.skipif(os.name == "nt", reason="needs processes that are forked")
def test_another_change_after_a_kill_replaces_what_was_not_published() -> None:
    write(PARTY, DEBUT)
    export(0)
    write(PARTY.replace("07-01", "07-02"))
    killed_between_two_files(1, "--allow-removal")
    assert entries()[0][1] == "Moved: Party, 1 → 2 July 2025"
    write(PARTY.replace("07-01", "07-03"), DEBUT.replace("2026", "2027"))
    export(2)
    assert entries() == [
        ("party%40Cup.Example.org/1-20250103T120000Z", "Moved: Party, 1 → 3 July 2025"),
        ("debut%40Cup.Example.org/1-20250103T120000Z", "Moved: Debut, 2026 → 2027"),
    ]


def test_an_instance_that_differs_again_has_an_entry_each_time() -> None:
    for day, text in enumerate(("", OVERRIDE, "", OVERRIDE, OVERRIDE)):
        write(WEEKLY % text)
        export(day)
    assert [id_.rpartition("/")[2] for id_, _ in entries()] == [
        "0-20250104T120000Z",
        "0-20250103T120000Z",
        "0-20250102T120000Z",
    ]


def test_check_looks_at_it_only_where_the_feed_would_change() -> None:
    write(PARTY)
    export(0)
    LIST.unlink()
    done = Done("export", "--check", env=at(1))
    assert (done.code, done.err) == (0, f"up to date {FEED}\n")
    write(PARTY.replace("07-01", "07-02"))
    done = Done("export", "--check", env=at(1))
    assert done.code == 1
    assert f"would change {LIST}" in done.err
    assert not LIST.exists()


def test_a_feed_without_the_list_is_not_lost() -> None:
    write(PARTY, head=HEAD.replace("outputs: {atom: true}\n", ""))
    export(0)
    write(PARTY.replace("07-01", "07-02"))
    export(1)
    assert [title for _, title in entries()] == ["Moved: Party, 1 → 2 July 2025"]


def test_the_feed_is_always_written_with_it() -> None:
    write(PARTY, head=HEAD.replace("outputs: {atom: true}\n", ""))
    assert "wrote dist/events.ics" in export(0, "--atom").err.replace("\\", "/")
    assert sorted(path.name for path in Path("dist").iterdir()) == [LIST.name, FEED.name]


def test_it_can_be_printed() -> None:
    write(PARTY)
    export(0)
    content = LIST.read_bytes()
    write(PARTY.replace("07-01", "07-02"))
    done = export(1, "--stdout", "--atom")
    assert [title for _, title in entries(done.out_bytes)] == ["Moved: Party, 1 → 2 July 2025"]
    assert LIST.read_bytes() == content


def test_each_feed_has_its_own() -> None:
    head = HEAD + ""
    feeds = "feeds: [{id: parties, categories: [fun]}]\n"
    party = PARTY.replace("}", ", categories: [fun]}")
    write(party, DEBUT, head=feeds + head)
    export(0, "--new-feed", "parties")
    write(party.replace("07-01", "07-02"), DEBUT.replace("2026", "2027"), head=feeds + head)
    done = export(1)
    assert done.err.count("moved: Party") == 1
    of_parties = Path("dist/parties.changes.atom").read_bytes()
    assert [title for _, title in entries(of_parties)] == ["Moved: Party, 1 → 2 July 2025"]
    assert b"<id>tag:cup.example.org,2025:changes/parties</id>" in of_parties
    assert len(entries()) == 2
    write(party.replace("07-01", "07-03"), DEBUT.replace("2026", "2028"), head=feeds + head)
    export(2, "--feed", "parties")
    assert len(entries(Path("dist/parties.changes.atom").read_bytes())) == 2
    assert len(entries()) == 2


def test_previous_is_the_folder_of_both() -> None:
    write(PARTY)
    export(0)
    write(PARTY.replace("07-01", "07-02"))
    export(1)
    shutil.copytree("dist", "published")
    shutil.rmtree("dist")
    write(PARTY.replace("07-01", "07-03"))
    export(2, "--previous", "published/")
    assert len(entries()) == 2
    Path("published", LIST.name).unlink()
    shutil.rmtree("dist")
    export(2, "--previous", "published/")
    assert [title for _, title in entries()] == ["Moved: Party, 2 → 3 July 2025"]
    done = Done("export", "--previous", "published/events.ics")
    assert done.code == 2
    assert "--previous must be the folder of both, ending in `/`" in done.err


def test_it_has_at_most_500_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(continued_list, "MOST_ENTRIES", 3)
    write(*(PARTY.replace("party", f"p{number}") for number in range(4)))
    export(0)
    changed = [PARTY.replace("party", f"p{number}").replace("07-01", "08-01") for number in (0, 1)]
    write(*changed, *(PARTY.replace("party", f"p{number}") for number in (2, 3)))
    export(1)
    write(*(PARTY.replace("party", f"p{number}").replace("07-01", "08-01") for number in range(4)))
    export(2)
    assert [id_.rpartition("-")[2] for id_, _ in entries()] == [
        "20250103T120000Z",
        "20250103T120000Z",
        "20250102T120000Z",
    ]


# What is there


BOMB = """<?xml version="1.0"?><!DOCTYPE f [<!ENTITY a "aaaaaaaaaa">%s]>
<feed xmlns="http://www.w3.org/2005/Atom"><id>&z;</id></feed>""" % "".join(  # noqa: UP031
    f'<!ENTITY {name} "{10 * f"&{before};"}">'
    for before, name in zip("abcdefghijklmnopqrstuvwxy", "bcdefghijklmnopqrstuvwxyz", strict=True)
)
FRAME = '<feed xmlns="http://www.w3.org/2005/Atom"><id>%s</id><updated>%s</updated>%s</feed>'
OURS, NOON = "tag:cup.example.org,2025:changes", "2025-01-01T12:00:00Z"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "it is not XML"),
        ("mine", "it is not XML in line 1"),
        ("<feed>\n<<<<<<< ours", "it is not XML in line 2"),
        (BOMB, "it has a document type"),
        (
            '<!DOCTYPE feed SYSTEM "file:///etc/passwd"><feed xmlns="http://www.w3.org/2005/Atom"/>',
            "it has a document type",
        ),
        ("<?xml version='1.0' encoding='nothing'?><feed/>", "it"),
        ("<html/>", "its root is `html`, expected an Atom feed"),
        ('<rss version="2.0"/>', "expected an Atom feed"),
        (FRAME % ("urn:uuid:1", NOON, ""), "another program has written it"),
        (FRAME % ("tag:other.org,2025:changes", NOON, ""), "another calendar, `other.org`"),
        (FRAME % (OURS, "now", ""), "it has the time `now`"),
        (FRAME % (OURS, "2025-13-01T12:00:00Z", ""), "it has the time"),
        (FRAME % (OURS, NOON, "<entry/>"), "an entry has no id or no title"),
        (FRAME % (OURS, NOON, "<a/>" * 100_001), "more than 100,000 elements"),
        (FRAME % (OURS, NOON, "<a>" * 60_000 + "</a>" * 60_000), None),
        (FRAME % (OURS, NOON, " " * 9_000_000), "more than 8,388,608 bytes"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_another_file_is_not_replaced(content: str, message: str | None) -> None:
    write(PARTY)
    export(0)
    feed = FEED.read_bytes()
    LIST.write_text(content, encoding="utf-8")
    write(PARTY.replace("07-01", "07-02"))
    done = Done("export", env=at(1))
    if message is None:
        assert done.code == 0, done.err
        return
    assert done.code == 2
    assert f"`{LIST}` cannot be continued: " in done.err
    assert message in done.err
    assert LIST.read_text(encoding="utf-8") == content
    assert FEED.read_bytes() == feed


def test_entries_of_others_are_kept() -> None:
    write(PARTY)
    export(0)
    entry = (
        f"<entry><id>x</id><title>By \u202e hand</title><updated>{NOON}</updated>"
        '<link href="javascript:alert(1)"/></entry>'
    )
    LIST.write_text(FRAME % (OURS, NOON, entry), encoding="utf-8")
    write(PARTY.replace("07-01", "07-02"))
    export(1)
    assert entries()[1] == ("x", "By \ufffd hand")
    assert "javascript" not in LIST.read_text(encoding="utf-8")


def test_a_new_history_is_a_new_list() -> None:
    write(PARTY)
    export(0)
    write(PARTY.replace("07-01", "07-02"))
    export(1)
    export(2, "--no-previous")
    assert entries() == []
    LIST.write_text("mine")
    assert Done("export", "--no-previous").code == 2
    assert LIST.read_text() == "mine"


def test_a_longer_list_than_can_be_read_is_never_written(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (change_list, continued_list):
        monkeypatch.setattr(module, "LIMIT", 2**18)
    for day in range(40):
        write(PARTY.replace("summary: Party", f'summary: "{"&" * 200} {day}"'))
        export(day)
    assert 1 < len(entries()) < 39
    assert LIST.stat().st_size <= 2**18


# What the command says


def test_each_changed_event_has_a_line() -> None:
    write(FINALE, DEBUT, PARTY, head=HEAD.replace("atom: true", "ics: true"))
    export(0)
    write(MOVED, DEBUT.replace("2026", "2026-01-03"), head=HEAD.replace("atom: true", "ics: true"))
    lines = export(1, "--allow-removal").err.splitlines()
    assert lines[-3:] == [
        f"wrote {FEED}",
        "moved: F | <b> ]]> &amp; \ufffdx\ufffd, 15 → 16 June 2025; details: page",
        "narrowed: Debut, 2026 → 3 January 2026",
    ]
    assert "is now removed: Party" in lines[0]
    assert export(2).err == f"unchanged {FEED}\n"


def test_the_first_page_of_an_event_is_a_change() -> None:
    write(PARTY)
    export(0)
    write(PARTY.replace("}", ", url: 'https://example.org/'}"))
    done = export(1)
    assert "details: Party, page" in done.err.splitlines()
    assert "gained" not in done.err
    assert entries()[0][1] == "Details: Party, page"


def test_an_event_without_a_date_for_some_time_is_neither_removed_nor_added() -> None:
    write(PARTY, DEBUT)
    export(0)
    write(PARTY.replace("2025-07-01}", "TBC, was: [{start: 2025-07-01, note: Storm}]}"), DEBUT)
    line = "widened: Party, 1 July 2025 → date to be confirmed"
    assert line in export(1, "--allow-removal").err.splitlines()
    write(PARTY.replace("07-01", "07-02"), DEBUT)
    line = "narrowed: Party, date to be confirmed → 2 July 2025"
    assert line in export(2).err.splitlines()
    assert [title for _, title in entries()] == [
        "Narrowed: Party, date to be confirmed → 2 July 2025",
        "Widened: Party, 1 July 2025 → date to be confirmed",
    ]
    assert "Storm" in LIST.read_text(encoding="utf-8")


def test_the_lines_are_bounded_and_can_be_silenced(monkeypatch: pytest.MonkeyPatch) -> None:
    parties = [PARTY.replace("arty", f"arty{number}") for number in range(60)]
    write(*parties)
    export(0)
    write(*(party.replace("07-01", "07-02") for party in parties))
    lines = Done("export", "--check", env=at(1)).err.splitlines()[-23:]
    assert [line[:6] for line in lines] == [*20 * ["moved:"], "and 40", "would ", "would "]
    assert lines[20] == "and 40 more"
    monkeypatch.setattr(feed_changes, "MOST_COMPARED", 50)
    assert "\nand 40 more\n" in Done("export", "--check", env=at(1)).err
    assert export(1, "-q").err == ""
    assert len(entries()) == 50


def test_a_published_event_of_any_length_costs_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_changes, "_MOST_BYTES", 2**16)
    write(PARTY, DEBUT)
    export(0)
    long = b"SUMMARY:" + b"x" * 2**16
    FEED.write_bytes(FEED.read_bytes().replace(b"SUMMARY:Party", long))
    write(PARTY, DEBUT.replace("2026", "2027"))
    done = export(1)
    assert "moved: Debut, 2026 → 2027\nand 1 more\n" in done.err
    assert [title for _, title in entries()] == ["Moved: Debut, 2026 → 2027"]


def test_a_change_that_is_not_compared_is_counted_also_if_it_is_the_only_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feed_changes, "_MOST_BYTES", 2**16)
    write(PARTY, DEBUT)
    export(0)
    long = b"SUMMARY:" + b"x" * 2**16
    FEED.write_bytes(FEED.read_bytes().replace(b"SUMMARY:Party", long))
    assert "and 1 more" in export(1).err.splitlines()


def test_a_published_title_of_any_length_is_shortened() -> None:
    write(PARTY)
    export(0)
    FEED.write_bytes(FEED.read_bytes().replace(b"SUMMARY:Party", b"SUMMARY:" + b"x" * 99_999))
    assert max(map(len, export(1).err.splitlines())) == 1000
    assert max(len(title) for _, title in entries()) == 1000
