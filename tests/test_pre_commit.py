"""The hooks in pre-commit itself: in a repository of a user, with the configuration of docs/ci.md.

All tests have one environment of pre-commit, which takes longer to make than all hooks to run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml

from support import foreign
from support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_MISSING = foreign.missing_pre_commit()

pytestmark = [
    pytest.mark.foreign,
    pytest.mark.slow,
    pytest.mark.skipif(bool(_MISSING), reason=_MISSING),
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs a clone: pre-commit reads git"),
]

SNIPPET = "# .pre-commit-config.yaml\n"
HOOKS = ["timeline-validate", "timeline-export", "timeline-embed"]
PASSED = dict.fromkeys(HOOKS, "Passed")


class Repository:
    """A repository with the events file of this project and a page that has markers."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        people = {f"GIT_{role}_NAME": "A" for role in ("AUTHOR", "COMMITTER")}
        people |= {f"GIT_{role}_EMAIL": "a@example.org" for role in ("AUTHOR", "COMMITTER")}
        self._environment = {"PRE_COMMIT_HOME": str(cache)} | os.environ | people
        self._configure()
        shutil.copy(ROOT / "events.yaml", folder)
        (folder / "page.md").write_text("<!-- timeline:start -->\n<!-- timeline:end -->\n")
        self.run("git", "init", "-q")
        self.run("git", "add", ".")
        self.run("pre-commit", "install")

    def _configure(self) -> None:
        """Write the configuration of docs/ci.md, with this clone and its last commit."""
        page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
        snippets = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
        (snippet,) = (text for text in snippets if text.startswith(SNIPPET))
        config = yaml.safe_load(snippet)
        (repository,) = config["repos"]
        assert [hook["id"] for hook in repository["hooks"]] == HOOKS
        head = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        repository |= {"repo": str(ROOT), "rev": head.stdout.strip()}
        (self.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def hook(self, name: str) -> tuple[int, str]:
        """Run a hook as in a build; return its exit code and what it printed."""
        done = self.run("pre-commit", "run", name, "--all-files")
        return done.returncode, done.stdout + done.stderr

    def commit(self, *paths: str) -> tuple[bool, dict[str, str]]:
        """Commit some paths; return whether that is done, and the state of each hook."""
        self.run("git", "add", *paths)
        done = self.run("git", "commit", "-q", "-m", "Change")
        printed = done.stdout + done.stderr
        states = re.findall(r"^timeline (\w+)\.+(\w+)$", printed, re.MULTILINE)
        assert len(states) == len(HOOKS), printed
        return done.returncode == 0, {f"timeline-{name}": state for name, state in states}

    def replace(self, old: str, new: str) -> None:
        """Change the events file."""
        events = self.folder / "events.yaml"
        text = events.read_text(encoding="utf-8")
        assert old in text
        events.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    base = tmp_path_factory.getbasetemp()
    session = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return Repository(tmp_path, session / "pre-commit")


def test_each_hook_fails_until_its_part_is_right(repository: Repository) -> None:
    code, printed = repository.hook("timeline-validate")
    assert code == 0, printed
    code, printed = repository.hook("timeline-export")
    assert code == 1
    assert (repository.folder / "dist" / "events.ics").exists(), printed
    drawings = ("events.svg", "events-360.svg")
    names = ("events.ics", "events.csv", "events.md", *drawings, "index.html")
    assert f"type `git add {' '.join(f'dist/{name}' for name in names)}`" in printed
    assert repository.hook("timeline-export")[0] == 1  # also when it writes nothing
    repository.run("git", "add", "dist")
    code, printed = repository.hook("timeline-export")
    assert code == 0, printed
    assert repository.hook("timeline-embed")[0] == 1
    repository.run("git", "add", ".")
    code, printed = repository.hook("timeline-embed")
    assert code == 0, printed
    assert "## 2025" in (repository.folder / "page.md").read_text(encoding="utf-8")
    repository.replace("2025-01-17", "2025-01-32")
    repository.run("git", "add", ".")
    code, printed = repository.hook("timeline-validate")
    assert code == 1
    assert "error[no-such-date]" in printed


def test_a_commit_has_the_outputs_of_its_events_file(repository: Repository) -> None:
    failed = PASSED | {"timeline-export": "Failed", "timeline-embed": "Failed"}
    assert repository.commit(".") == (False, failed)  # the first feed and the page were written
    assert repository.commit("page.md") == (False, PASSED | {"timeline-export": "Failed"})
    assert repository.commit("dist") == (True, PASSED)
    repository.replace("2025-01-17", "2025-01-16")
    assert repository.commit("events.yaml") == (False, failed)
    assert repository.commit("dist", "page.md") == (True, PASSED)
    tracked = repository.run("git", "ls-files").stdout.split()
    assert {"dist/events.ics", "dist/events.csv", "dist/events.md"} <= set(tracked)
    repository.replace("2025-01-16", "2025-01-32")
    assert repository.commit("events.yaml") == (False, dict.fromkeys(HOOKS, "Failed"))
    done = repository.run("git", "status", "--porcelain")
    assert done.stdout == "M  events.yaml\n"  # a file with an error changes no output
    repository.replace("2025-01-32", "2025-01-16")
    repository.run("git", "add", ".")
    done = repository.run("pre-commit", "run", "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Passed") == len(HOOKS)
