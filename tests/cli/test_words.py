"""The words of each language on the sample dates, as its reviewers read them.

``pytest --update`` writes them; a changed line is a changed title in calendars.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.command import Done

EXPECTED = Path(__file__).parent / "words"
LANGUAGES = ["ar", "de", "en", "es", "fr", "ja", "pt-BR"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_sample_dates(language: str, update: bool) -> None:
    done = Done("words", "--language", language)
    assert (done.code, done.err) == (0, "")
    golden = EXPECTED / f"{language}.txt"
    if update:
        golden.write_text(done.out, encoding="utf-8", newline="\n")
    assert golden.read_text(encoding="utf-8") == done.out
    assert len(re.findall(r"(?m)^start: ", done.out)) == 12


def test_a_new_process_prints_them_too() -> None:
    command = [sys.executable, "-m", "timeline", "words", "--language", "de"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout.decode() == (EXPECTED / "de.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("language", "code"), [("de", 2), ("xx", 2), ("en", 0)])
def test_without_compiled_catalogues_the_command_says_so(language: str, code: int) -> None:
    program = (
        "from pathlib import Path\n"
        "from timeline.model.words import catalogue_files\n"
        "catalogue_files._folder = lambda: Path('nothing')\n"
        "from timeline.cli.app import app\n"
        f"app(['words', '--language', '{language}'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, text=True
    )
    assert done.returncode == code, done.stderr
    if code:
        assert f"there are no words in `{language}`: no catalogue is compiled" in done.stderr
        assert "`python -m tools.catalogues`" in done.stderr


def export(folder: Path, language: str) -> dict[str, str]:
    path = folder / "events.yaml"
    path.write_text(
        f"calendar: {{id: x.org, name: X, timezone: Europe/Berlin, language: {language}}}\n"
        "events:\n"
        "- {id: vague, summary: A, start: 2027-03}\n"
        "- {id: known, summary: B, start: 2027-03-03}\n"
        "- {id: off, summary: C, start: 2027-03-04, status: cancelled}\n"
        "- {id: series, summary: D, start: 2027-03-05~, rrule: FREQ=DAILY;COUNT=3}\n"
        "- {id: long, summary: E, start: 2027-01-01, end: 2027-12-30, long-spans: endpoints}\n",
        encoding="utf-8",
    )
    done = Done("export", str(path), "--ics", "--output-dir", str(folder / "dist"))
    assert done.code == 0, done.err
    feed = (folder / "dist" / "events.ics").read_text(encoding="utf-8")
    blocks = re.findall(r"(?s)BEGIN:VEVENT\n.*?END:VEVENT\n", feed.replace("\r", ""))
    return {re.findall("(?m)^UID:(.*)$", block)[0]: block for block in blocks}


def properties(block: str, name: str) -> list[str]:
    return re.findall(rf"(?m)^{name}[:;](.*)$", block)


def test_another_language_moves_timestamps_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 2026-01-01
    english = export(tmp_path, "en")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    german = export(tmp_path, "de")
    assert english.keys() == german.keys()
    for uid, before in english.items():
        after = german[uid]
        has_words = properties(before, "SUMMARY") != properties(after, "SUMMARY")
        assert has_words == (not uid.startswith("known@")), uid
        assert properties(before, "SEQUENCE") == properties(after, "SEQUENCE")
        for name in ("DTSTART", "DTEND", "STATUS", "RRULE", "CREATED"):
            assert properties(before, name) == properties(after, name)
        for name in ("DTSTAMP", "LAST-MODIFIED"):
            moved = properties(before, name) != properties(after, name)
            assert moved == has_words, (uid, name)
        if not has_words:
            assert before == after
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772323200")  # 2026-03-01
    assert export(tmp_path, "de") == german  # and nothing moves again


@pytest.mark.parametrize("language", ["en", "en-GB", "en-XA"])
def test_an_english_export_imports_no_babel(tmp_path: Path, language: str) -> None:
    (tmp_path / "events.yaml").write_text(
        f"calendar: {{id: x.org, name: X, timezone: Europe/Berlin, language: {language}}}\n"
        "feeds: [{id: team, language: en-US}]\n"
        "events: [{id: a, summary: A, start: 2027-03, end: 2029, status: tentative}]\n",
        encoding="utf-8",
    )
    program = (
        "import sys\n"
        "from timeline.cli.app import app\n"
        "try: app(['export', '--ics', '--csv', '--md', '--svg'])\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "assert 'babel' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr
