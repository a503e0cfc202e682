"""Debian's Neovim, with the configuration of docs/editors.md, is an editor of events files."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from support import foreign
from support.command import Done
from support.paths import ROOT, TESTS
from timeline import loads
from timeline.diagnostics import Span

pytest.importorskip("pygls", reason="needs pygls, as `timeline lsp` does")

_MISSING = foreign.missing_neovim()
pytestmark = [pytest.mark.foreign, pytest.mark.skipif(bool(_MISSING), reason=_MISSING)]

PAGE = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
FOUNDING = (ROOT / "events.yaml").read_text(encoding="utf-8")
PATIENCE = 240.0
"""Seconds after which the editor is ended, so that a test fails."""


def configuration() -> str:
    """Return the configuration that the page shows, literally."""
    match = re.search(
        r"<!-- editor: neovim -->\n```lua\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE
    )
    assert match
    return match[1]


def run_neovim(folder: Path, script: str, init: str) -> dict[str, Any]:
    """Run a script in Neovim with `events.yaml` open, and return the results that it writes."""
    (folder / "init.lua").write_text(init, encoding="utf-8")
    home = folder / "home"
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "VIMINIT"}
    environment |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        **{f"XDG_{kind}_HOME": str(home) for kind in ("CONFIG", "DATA", "STATE", "CACHE")},
    }
    done = subprocess.run(
        [
            *(foreign.NEOVIM, "--headless", "-n", "-i", "NONE", "-u", "init.lua"),
            *("events.yaml", "-S", str(TESTS / "editor" / script)),
        ],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    file = folder / "results.json"
    assert file.exists(), done.stderr
    results: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    assert "problem" not in results, results
    return results


def test_an_author_fixes_a_date_reads_another_and_renames_an_event(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "events.yaml").write_text(FOUNDING, encoding="utf-8")
    (tmp_path / "dist").mkdir()
    shutil.copy(ROOT / "dist" / "events.ics", tmp_path / "dist")
    results = run_neovim(tmp_path, "session.lua", configuration())
    assert results["code"] == "date-syntax"
    assert results["message"].startswith("dates are not written like `3 January 2025`")
    assert results["after_action"] == FOUNDING.splitlines()
    assert "about 15 January" in results["hover"]
    line, column = results["definition"]
    assert FOUNDING.splitlines()[line - 1][column:] == "dakar-2025"
    assert (tmp_path / "events.yaml").read_text(encoding="utf-8") == FOUNDING.replace(
        "dakar-2025", "rally-2025"
    ).replace("- id: rally-2025\n", "- id: rally-2025\n    renamed-from: [dakar-2025]\n")
    monkeypatch.chdir(tmp_path)
    exported = Done("export", "--ics")
    assert exported.code == 0
    assert "unchanged" in exported.err


BESIDE = f"""\
# yaml-language-server: $schema={(ROOT / "dist" / "events.schema.json").as_uri()}
calendar:
  id: example.org
  name: Example
  timezone: Mars/Base
  colr: red
categories:
  sport: {{color: bleu}}
events:
  - id: rally
    summary: Rally
    start: 3 January 2025
    end: 2025-02-30
    status: canceled
    color: dark
  - id: Rally
    summary: Other
    start: nobody.end + 1 day
    duration: 3 dayz
    categories: [sport, sp]
    related-to: [ghost]
    priority: 12
    location: [a]
  - summary: No id
  - id: rally
    summary: Twice
    start: second.end - 2 days~
  - id: second
    summary: Second
    start: 2026-01-05
    end: 2026-02-30
    timezone: Europe/P
    timezone: Europe/Paris
"""
PLACES = [
    *[
        ("timezone: Mars", 12),
        ("colr: red", 1),
        ("color: bleu", 9),
        ("id: rally\n    summary: Ra", 5),
    ],
    *[("3 January", 3), ("2025-02-30", 3), ("canceled", 3), ("color: dark", 11), ("id: Rally", 5)],
    *[
        ("nobody.end", 2),
        ("nobody.end + 1 day", 18),
        ("3 dayz", 5),
        ("sport, sp]", 9),
        ("ghost", 3),
    ],
    *[("priority: 12", 11), ("location: [a]", 11), ("- summary: No id", 5), ("second.end - 2", 3)],
    *[("2026-01-05", 4), ("Europe/P\n", 8), ("timezone: Europe/Paris", 3)],
]
"""Twenty places, each as a text that is in the file once, and a number of characters into it."""

_MISSING_YAML = foreign.missing_language_server()


@pytest.mark.skipif(bool(_MISSING_YAML), reason=_MISSING_YAML)
def test_nothing_is_said_twice_beside_the_server_of_yaml(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "events.yaml").write_text(BESIDE, encoding="utf-8")
    server = foreign.node_modules("TIMELINE_YAML_SERVER") / "yaml-language-server"
    places = []
    for text, offset in PLACES:
        assert BESIDE.count(text) == 1, text
        before = BESIDE[: BESIDE.index(text) + offset]
        places.append((before.count("\n"), len(before.rpartition("\n")[2])))
    command = [foreign.NODE, str(server / "bin" / "yaml-language-server"), "--stdio"]
    monkeypatch.setenv("TIMELINE_TEST", json.dumps({"command": command, "places": places}))
    init = configuration().replace(
        'cmd = { "timeline", "lsp" },',
        'cmd = { "timeline", "lsp" }, init_options = { schemaServer = true },',
    )
    assert init != configuration()
    results = run_neovim(tmp_path, "beside_yaml.lua", init)

    lines: dict[str, set[int]] = {"timeline": set(), "yaml": set()}
    for source, line, _ in results["diagnostics"]:
        lines[source].add(line)
    both = [of for of in results["diagnostics"] if of[1] in lines["timeline"] & lines["yaml"]]
    assert both == [], "a line is reported twice"
    expected = {of.at.line for of in loads(BESIDE).diagnostics if isinstance(of.at, Span)}
    assert lines["timeline"] | lines["yaml"] >= expected, "a line is not reported"

    counts = dict.fromkeys(("hover", "completion", "codeAction", "definition"), 0)
    for answers in results["places"]:
        for method in counts:
            ours, theirs = (answers.get(f"{method} {name}") for name in ("timeline", "yaml"))
            counts[method] += bool(ours)
            assert not _texts(ours) & _texts(theirs), (method, ours, theirs)
    assert all(counts.values()), counts


def _texts(answer: Any) -> set[str]:
    """Return what an answer says: labels, titles, lines of a hover, and places."""
    if not answer:
        return set()
    if isinstance(answer, dict) and "contents" in answer:
        contents = answer["contents"]
        text = contents["value"] if isinstance(contents, dict) else str(contents)
        return {line for line in text.splitlines() if line.strip()}
    items = answer["items"] if isinstance(answer, dict) and "items" in answer else answer
    items = items if isinstance(items, list) else [items]
    return {str(of.get("label") or of.get("title") or of.get("range")) for of in items}
