"""README.md and docs/ are right: examples are run, tables are generated, links lead somewhere."""

from __future__ import annotations

import re
import shlex
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from timeline.embed.document import embed_timelines
from timeline.publishing.output_settings import load_events_file
from tools.docs import ROOT, pages
from tools.docs.__main__ import main
from tools.docs.command_reference import command_reference
from tools.docs.errors import PageError
from tools.docs.examples import run_examples
from tools.docs.sections import fill_sections

if TYPE_CHECKING:
    from pathlib import Path

EVERY_PAGE = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "benchmarks" / "README.md",
]
FENCE = re.compile(r"^(`{3,})([^`\n]*)\n(.*?)^\1$", re.DOTALL | re.MULTILINE)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# Examples and generated sections.


@pytest.mark.parametrize("path", pages.page_paths(), ids=name)
def test_page_is_what_the_program_prints(path: Path, update: bool) -> None:
    text = pages.render_page(path)
    if update:
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, "run `python -m tools.docs`"


def page(tmp_path: Path, text: str) -> str:
    return run_examples(text, "page", tmp_path)


CALENDAR = "calendar: {id: example.org, name: Example}\n"
WHOLE = CALENDAR + "events:\n  - {id: a, summary: A, start: 2025}\n"


def test_output_is_written_below_its_command(tmp_path: Path) -> None:
    file = f"<!-- file: a.yaml -->\n```yaml\n{WHOLE}```\n"
    text = file + "```console\n$ timeline validate a.yaml\nstale\n```\n"
    assert page(tmp_path, text).endswith(
        "validate a.yaml\na.yaml: 1 event, no errors or warnings\n```\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        f"```yaml\n{CALENDAR}events:\n  - {{id: a, summary: A}}\n```\n",
        "<!-- fragment: event -->\n```yaml\nstart: tomorrow\n```\n",
        "<!-- fragment: event, refused: circle -->\n```yaml\nstart: tomorrow\n```\n",
        "<!-- fragment: event, refused: date-syntax -->\n```yaml\nstart: 2025\n```\n",
        "```console\n$ timeline validate missing.yaml\n```\n",
        "<!-- exit: 1 -->\n```console\n$ timeline --help\n```\n",
        "```console\n$ rm -rf .\n```\n",
        "<!-- exit: 1 -->\nwords\n",
        "```yaml\nnot closed\n",
        "```{note}\nnot closed\n",
    ],
)
def test_wrong_example_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(PageError):
        page(tmp_path, text)


def test_replaced_text_must_occur_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: b\n", encoding="utf-8")
    page(tmp_path, "<!-- replace: a.yaml: b => c -->\n")
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == "a: c\n"
    with pytest.raises(PageError, match="occurs 0 times"):
        page(tmp_path, "<!-- replace: a.yaml: b => c -->\n")


def test_unknown_section_is_an_error() -> None:
    with pytest.raises(PageError, match="unknown section `none`"):
        fill_sections("<!-- generated: none -->\n<!-- /generated -->\n", "page")


def test_check_reports_a_stale_page_and_leaves_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = ROOT / "README.md"
    before = readme.read_bytes()
    monkeypatch.setattr(pages, "page_paths", lambda: [readme])
    monkeypatch.setattr(pages, "render_page", lambda path: path.read_text("utf-8"))
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(pages, "render_page", lambda path: path.read_text("utf-8") + "stale\n")
    assert main(["--check"]) == 1
    assert capsys.readouterr().out == "would change README.md\n"
    assert readme.read_bytes() == before


def test_pages_do_not_depend_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    reference = command_reference()
    monkeypatch.setenv("COLUMNS", "40")
    assert command_reference() == reference


def test_every_page_is_listed_on_the_first_page_and_in_the_readme() -> None:
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")} - {"index"}
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    blocks = [body for _, info, body in FENCE.findall(index) if info == "{toctree}"]
    captions = [re.findall(r"(?m)^:caption: (.+)$", block) for block in blocks]
    assert captions == [["Tutorial"], ["How-to guides"], ["Reference"], ["Explanation"]]
    listed = [name for block in blocks for name in re.findall(r"(?m)^[a-z-]+$", block)]
    assert sorted(listed) == sorted(pages)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    documentation = readme.partition("\n## Documentation\n")[2].partition("\n## ")[0]
    assert pages <= set(re.findall(r"\(docs/([a-z-]+)\.md\)", documentation))


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    table = text.partition("## Dependencies")[2].partition("\n## ")[0]
    rows = [row for row in table.splitlines() if row.startswith("| ")]
    libraries = {re.split("[ ,]", row)[1].lower() for row in rows}
    assert {re.split("[^a-z0-9-]", name)[0] for name in project["dependencies"]} <= libraries


@pytest.mark.parametrize("path", EVERY_PAGE, ids=name)
def test_timelines_in_pages_are_those_of_the_file(path: Path) -> None:
    embedded = embed_timelines(
        path.read_bytes(), name(path), lambda path: load_events_file(str(ROOT / path))
    )
    assert embedded.diagnostics == []
    # A marker in a fence is only shown.
    assert embedded.places == TIMELINES_IN_PAGES.get(name(path), 0)
    assert embedded.content == path.read_bytes(), f"run `timeline embed {name(path)}`"


TIMELINES_IN_PAGES = {"README.md": 2, "docs/embedding.md": 1}
"""The pages that `.ci/run` checks with `timeline embed --check`."""


# The commands that CI takes from the README.


def command(label: str) -> str:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (line,) = re.findall(
        rf"^<!-- command: {label} -->\n```sh\n(.*?)\n```$", text, re.MULTILINE | re.DOTALL
    )
    return str(line)


@pytest.mark.parametrize("label", ["run", "test"])
def test_set_up_command_is_one_line_for_a_fresh_machine(label: str) -> None:
    line = command(label)
    assert "\n" not in line
    steps = [shlex.split(step) for step in line.split("&&")]
    assert steps[0] == ["python3", "-m", "venv", ".venv"]
    assert all(step[0].startswith(".venv/bin/") for step in steps[1:])


# Named commands and options exist.


@cache
def command_line() -> dict[str, set[str]]:
    import typer

    from timeline.cli.app import app

    group: Any = typer.main.get_command(app)
    known = {"": {option for parameter in group.params for option in parameter.opts} | {"--help"}}
    for key, subcommand in group.commands.items():
        options = {option for parameter in subcommand.params for option in parameter.opts}
        known[key] = options | {"--help"}
    return known


@pytest.mark.parametrize("path", EVERY_PAGE, ids=name)
def test_commands_and_options_that_are_named_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    spans = re.findall(r"`timeline ([^`]+)`", FENCE.sub("", text))
    spans += [
        line.partition("timeline ")[2]
        for _, language, block in FENCE.findall(text)
        if language in ("sh", "console")
        for line in block.splitlines()
        if re.match(r"(\$ )?timeline ", line)
    ]
    known = command_line()
    every = set().union(*known.values())
    for span in spans:
        first, *rest = shlex.split(span, comments=True)
        if first in ("COMMAND", "…"):
            continue
        options = known[""] if first.startswith("-") else known[first]
        named = {word.partition("=")[0] for word in [first, *rest] if word.startswith("--")}
        assert named <= options, span
    for option in re.findall(r"`(--[a-z][a-z-]*)[^`]*`", FENCE.sub("", text)):
        assert option in every | OTHER_OPTIONS, option


OTHER_OPTIONS = {"--check", "--events", "--node", "--only", "--python", "--text"}
"""Options of other programs that the pages name."""


# Links.


def slug(heading: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
    return re.sub(r"[^\w\- ]", "", plain.lower()).strip().replace(" ", "-")


@cache
def anchors(path: Path) -> set[str]:
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    names: set[str] = set(re.findall(r'<a (?:id|name)="([^"]+)"', text))
    for heading in re.findall(r"^#{1,6} +(.+?)\s*$", text, re.MULTILINE):
        base, number = slug(heading), 0
        while (made := f"{base}-{number}" if number else base) in names:
            number += 1
        names.add(made)
    return names


@pytest.mark.parametrize("path", EVERY_PAGE, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"`[^`\n]*`", "``", FENCE.sub("", path.read_text(encoding="utf-8")))
    for target in re.findall(r"\]\(<?([^)\s>]+)", text):
        if re.match(r"[a-z]+:", target):
            assert target.startswith(("https://", "mailto:")), target
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), target
        assert there.is_relative_to(ROOT), target
        if anchor:
            assert anchor in anchors(there), target


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached or path.suffix != ".md":
            continue
        reached.add(path)
        for target in re.findall(r"\]\(<?([^)\s>#]+)", path.read_text(encoding="utf-8")):
            there = (path.parent / target).resolve()
            if there.exists():
                waiting.append(there)
    assert set(EVERY_PAGE) <= reached
