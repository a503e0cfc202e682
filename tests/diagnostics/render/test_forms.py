"""The forms of a report: ``reports/<bad file>.<form>``, and what each form guarantees."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_sarif import model as pydantic_sarif

from support.build_log import workflow_command
from support.diagnostics import error, warning
from support.loading import document_of
from support.paths import BAD
from timeline.compiler.pipeline import load_file
from timeline.compiler.report_edits import with_edits
from timeline.diagnostics import rules
from timeline.diagnostics.catalog import rule_page
from timeline.diagnostics.model import STDIN, At, Diagnostic, Edit, Note, Span
from timeline.diagnostics.placement import locate_all
from timeline.diagnostics.render import ReportForm, render_report
from timeline.diagnostics.render.cells import terminal_safe

if TYPE_CHECKING:
    from timeline.source.document import Document

HERE = Path(__file__).resolve().parent
SHOWN = ("duplicate-id", "everything", "no-such-date-wide", "overlap")
TEXT_FORMS = ("concise", "github", "json")

A = At(("a",))


def document(text: str = "a: b\n", name: str = "events.yaml") -> Document:
    return document_of(text, name)


def made(
    form: str, diagnostics: list[Diagnostic], text: str = "a: b\n", name: str = "events.yaml"
) -> str:
    return render_report(ReportForm(form), diagnostics, document(text, name), color=False)


# All of them


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("form", TEXT_FORMS)
def test_a_form_is_the_text_in_its_file(
    name: str, form: str, monkeypatch: pytest.MonkeyPatch, update: bool
) -> None:
    monkeypatch.chdir(BAD)
    loaded = with_edits(load_file(f"{name}.yaml"))
    shown = render_report(ReportForm(form), loaded.diagnostics, loaded.document, color=False)
    golden = HERE / "expected" / f"{name}.{form}"
    if update:
        golden.write_text(shown, encoding="utf-8", newline="\n")
    assert golden.read_text(encoding="utf-8") == shown


@pytest.mark.parametrize("form", ReportForm)
def test_the_same_diagnostic_is_reported_once(form: str) -> None:
    once = made(form, [error("interval", "y", A)])
    assert made(form, [error("interval", "y", A)] * 2) == once


@pytest.mark.parametrize("form", [form for form in ReportForm if not form.is_document])
def test_no_diagnostics_are_no_lines(form: str) -> None:
    assert made(form, []) == ""


@pytest.mark.parametrize("form", [form for form in ReportForm if form.is_document])
def test_no_diagnostics_are_a_document_all_the_same(form: str) -> None:
    assert json.loads(made(form, []))


@pytest.mark.parametrize("form", ReportForm)
@given(message=st.text(max_size=60), column=st.integers(1, 80), width=st.integers(0, 40))
def test_no_form_prints_what_steers_a_terminal(
    form: str, message: str, column: int, width: int
) -> None:
    diagnostic = error("interval", message, Span("events.yaml", 1, column, 1, column + width))
    shown = made(
        form, [diagnostic, warning("overlap", "x", A, help=message, notes=(Note(message),))]
    )
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", shown
    )


def test_colour_is_for_the_full_form() -> None:
    diagnostics = [error("interval", "y", A)]
    for form in ReportForm:
        shown = render_report(ReportForm(form), diagnostics, document(), color=True)
        assert ("\x1b" in shown) == (form == "full")


# json


def test_json_has_every_part_of_a_diagnostic() -> None:
    edit = Edit(Span("events.yaml", 1, 4, 1, 5), "e")
    notes = (Note("there", At(("c",))), Note("so"))
    diagnostic = warning("x", "y", A, help="z", notes=notes, edits=(edit,))
    assert json.loads(made("json", [diagnostic], "a: 😀\nc: d\n")) == {
        "version": 1,
        "diagnostics": [
            {
                "code": "x",
                "severity": "warning",
                "message": "y",
                "help": "z",
                "file": "events.yaml",
                "start": {"line": 1, "column": 4},
                "end": {"line": 1, "column": 5},
                "notes": [
                    {
                        "message": "there",
                        "file": "events.yaml",
                        "start": {"line": 2, "column": 4},
                        "end": {"line": 2, "column": 5},
                    },
                    {"message": "so", "file": None, "start": None, "end": None},
                ],
                "edits": [
                    {
                        "file": "events.yaml",
                        "start": {"line": 1, "column": 4},
                        "end": {"line": 1, "column": 5},
                        "text": "e",
                    }
                ],
            }
        ],
    }


# github


def test_github_gets_one_line_with_everything_escaped() -> None:
    diagnostic = error("x", "50%\r\nmore", A, help="a: b", notes=(Note("see", A),))
    assert made("github", [diagnostic], name="a,b:100%.yaml") == (
        "::error file=a%2Cb%3A100%25.yaml,line=1,endLine=1,col=4,endColumn=5,title=timeline%3A x"
        "::50%25␍␊more%0Ahelp: a: b%0Anote: see: a,b:100%25.yaml:1:4\n"
    )


@given(
    name=st.text(max_size=40),
    texts=st.lists(
        st.text(max_size=20)
        | st.sampled_from(["::error::x", "\n::error::x", "%0A::", "%25", "##[x]"]),
        min_size=2,
        max_size=2,
    ),
)
def test_github_reads_one_command_with_the_texts(name: str, texts: list[str]) -> None:
    diagnostic = error("x", texts[0], Span(name, 1, 2, 1, 3), help=texts[1])
    (line, end) = made("github", [diagnostic]).split("\n")
    command, properties, data = workflow_command(line)
    assert (command, end) == ("error", "")
    assert properties["title"] == "timeline: x"
    assert terminal_safe(properties.get("file", "")) == terminal_safe(name)
    assert data == f"{terminal_safe(texts[0])}\nhelp: {terminal_safe(texts[1])}"


def test_github_gets_no_columns_over_several_lines_and_no_place_of_standard_input() -> None:
    several = made("github", [warning("x", "y", Span("e.yaml", 1, 2, 3, 4))])
    assert several == "::warning file=e.yaml,line=1,endLine=3,title=timeline%3A x::y\n"
    assert made("github", [error("x", "y", A)], name=STDIN) == "::error title=timeline%3A x::y\n"


# sarif


SARIF = pydantic_sarif.StaticAnalysisResultsFormatSarifVersion210JsonSchema
"""The schema of SARIF 2.1.0 as models: they are generated from it, and reject what it rejects.

No package has the schema itself, and to fetch it a test would need the network.
"""


def log(diagnostics: list[Diagnostic], text: str = "a: b\n", name: str = "events.yaml") -> Any:
    return json.loads(made("sarif", diagnostics, text, name))["runs"][0]


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml")), ids=lambda path: path.stem)
def test_sarif_is_as_its_standard_says(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD)
    loaded = load_file(path.name)
    whole = json.loads(
        render_report(ReportForm.SARIF, loaded.diagnostics, loaded.document, color=False)
    )
    SARIF.model_validate(whole)
    run = whole["runs"][0]
    rules_there = run["tool"]["driver"]["rules"]
    all_located = locate_all(loaded.diagnostics, loaded.document)
    assert [rules_there[result["ruleIndex"]]["id"] for result in run["results"]] == [
        located.diagnostic.code for located in all_located
    ]
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        start, end = (
            (region["startLine"], region["startColumn"]),
            (
                region["endLine"],
                region["endColumn"],
            ),
        )
        assert start <= end


def test_what_the_schema_of_sarif_does_not_have_is_refused() -> None:
    whole = json.loads(made("sarif", [error("interval", "y", A)]))
    whole["runs"][0]["results"][0]["helpText"] = "z"
    with pytest.raises(ValidationError):
        SARIF.model_validate(whole)


def test_sarif_explains_a_code_with_its_page() -> None:
    (rule,) = log([error("interval", "y", A)])["tool"]["driver"]["rules"]
    page = rule_page(rules.INTERVAL)
    assert rule["shortDescription"]["text"] == f"{page.rule.title}."
    assert rule["help"]["markdown"] == page.text
    assert rule["fullDescription"]["text"] in page.text
    assert "Wrong:" not in rule["fullDescription"]["text"]
    assert rule["defaultConfiguration"] == {"level": "error"}


def test_sarif_counts_columns_in_utf_16() -> None:
    text = "a: é😀東x\n"
    diagnostic = error("interval", "y", Span("events.yaml", 1, 6, 1, 7))  # the 東 behind the 😀
    run = log([diagnostic], text)
    assert run["columnKind"] == "utf16CodeUnits"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    before = text.encode("utf-16-le")[: (region["startColumn"] - 1) * 2].decode("utf-16-le")
    assert before == "a: é😀"
    assert region["endColumn"] == region["startColumn"] + 1


def test_sarif_relates_the_places_of_notes_and_adds_the_others_to_the_message() -> None:
    notes = (Note("first", At(("c",))), Note("so"), Note("second", A))
    (result,) = log([error("interval", "y", A, help="z", notes=notes)], "a: b\nc: d\n")["results"]
    assert result["message"]["text"] == "y\nhelp: z\nnote: so"
    related = result["relatedLocations"]
    assert [(place["id"], place["message"]["text"]) for place in related] == [
        (1, "first"),
        (2, "second"),
    ]
    assert related[0]["physicalLocation"]["region"]["startLine"] == 2


def test_sarif_makes_no_link_of_what_an_author_wrote() -> None:
    (result,) = log([error("interval", "no `[a](b)`, `[c]`", A)])["results"]
    assert result["message"]["text"] == "no `\\[a](b)`, `[c]`"


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("events.yaml", {"uri": "events.yaml"}),
        ("../a b/é.yaml", {"uri": "../a%20b/%C3%A9.yaml"}),
        ("c:d.yaml", {"uri": "c%3Ad.yaml"}),
        ("/tmp/e.yaml", {"uri": "file:///tmp/e.yaml"}),
        (STDIN, {"description": {"text": "standard input"}}),
    ],
)
def test_sarif_names_files_by_uris(name: str, uri: dict[str, Any]) -> None:
    (result,) = log([error("interval", "y", A)], name=name)["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == uri
