"""`outputs` of the events file: what it says, and what the command line says instead."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.cli.format_options import FormatOptions
from timeline.cli.schema import schema_text
from timeline.diagnostics import At
from timeline.formats import FORMATS
from timeline.publishing import EVENTS_FILE, load_events_file, read_settings
from timeline.publishing.output_settings import OutputSetting

if TYPE_CHECKING:
    from timeline.compiler.pipeline import Loaded
    from timeline.formats import Format, Option

URL = "https://example.org/"
CALENDAR = {"id": "a.org", "name": "A"}
EVENTS = [{"id": "a", "summary": "A", "start": "2027-01-03"}]
VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema_text()))


@pytest.fixture(autouse=True, scope="module")
def _in_a_folder(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("outputs"))
        yield


def file_with(outputs: object, **more: object) -> dict[str, object]:
    return {"calendar": CALENDAR, "outputs": outputs, "events": EVENTS, **more}


def load(outputs: object, **more: object) -> Loaded:
    """Compile a file with these outputs; JSON is YAML."""
    Path("events.yaml").write_text(json.dumps(file_with(outputs, **more)), encoding="utf-8")
    return load_events_file("events.yaml")


def codes(outputs: object, **more: object) -> list[str]:
    return [diagnostic.code for diagnostic in load(outputs, **more).diagnostics]


# --- what is written ------------------------------------------------------------------------------


def test_without_outputs_the_default_formats_are_written() -> None:
    for outputs in (None, load({}).outputs, load({"directory": "public"}).outputs):
        assert read_settings(outputs).names() == ["ics", "csv", "md"]


def test_the_formats_of_the_file_are_in_the_order_of_the_table() -> None:
    settings = read_settings(load({"svg": True, "md": {}, "ics": "true"}).outputs)
    assert settings.names() == ["ics", "md", "svg"]
    assert settings.of("csv") == (OutputSetting(),)


def test_a_format_may_be_written_several_times() -> None:
    written = [
        {"path": "docs/timeline.md", "style": "table", "weekdays": True},
        {"heading-level": 3},
    ]
    settings = read_settings(load({"md": written}).outputs)
    assert settings.of("md") == [
        OutputSetting({"style": "table", "weekdays": True}, "docs/timeline.md", 0),
        OutputSetting({"heading_level": 3}, None, 1),
    ]


def test_dates_are_those_of_the_command_line() -> None:
    outputs = {"csv": {"dialect": "google", "until": "2027-02"}, "svg": {"as-of": "2027-01-03"}}
    settings = read_settings(load(outputs).outputs)
    assert settings.of("csv")[0].options["until"] == date(2027, 2, 28)
    assert settings.of("svg")[0].options["as_of"] == date(2027, 1, 3)


def test_every_format_and_option_of_the_table_is_a_key() -> None:
    keys = EVENTS_FILE.root.declaration.keys["outputs"].reader.declared.declaration.keys  # type: ignore[attr-defined]
    assert [*keys] == ["directory", *FORMATS]
    for name, form in FORMATS.items():
        if not form.is_for_each_feed:
            options = [field.replace("_", "-") for field in form.options.declared]
            assert [*keys[name].reader.declared.declaration.keys] == ["path", *options]  # type: ignore[attr-defined]


# --- the command line, the file, the default ------------------------------------------------------


def _texts(option: Option) -> st.SearchStrategy[str]:
    """Return values of an option, as they are typed after its flag."""
    if option.choices:
        return st.sampled_from(option.choices)
    if option.bounds:
        return st.integers(*option.bounds).map(str)
    if option.text == "url":
        return st.sampled_from(["https://example.org/", "https://example.org/a.html"])
    if option.text == "language":
        return st.sampled_from(["en", "de", "pt-BR"])
    return st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(str)


def _typed(form: Format, texts: dict[str, str]) -> FormatOptions:
    declared = form.options.declared
    names = {field: declared[field].flag.removeprefix("--").replace("-", "_") for field in texts}
    return FormatOptions(values={names[field]: text or True for field, text in texts.items()})


@pytest.mark.parametrize(
    "name", [name for name, form in FORMATS.items() if not form.is_for_each_feed]
)
@given(data=st.data())
def test_the_command_line_is_before_the_file_and_that_before_the_default(
    name: str, data: st.DataObject
) -> None:
    form = FORMATS[name]
    declared = form.options.declared
    drawn: dict[str, dict[str, str]] = {"typed": {}, "written": {}}
    for field, option in declared.items():
        if option.text == "file":  # each has its own base, and the tests of pages read them
            continue
        for where, texts in drawn.items():
            if data.draw(st.booleans(), label=f"{field} is {where}"):
                texts[field] = "" if option.default is False else data.draw(_texts(option))
    typed, written = drawn.values()
    both = {**written, **typed}
    if form.options.objection(both):
        return
    values = {field.replace("_", "-"): text or True for field, text in written.items()}
    loaded = load({name: values})
    if loaded.diagnostics:  # one that has an effect only with what is typed
        assert form.options.objection(written)
        return
    (setting,) = read_settings(loaded.outputs).of(name)
    made = _typed(form, typed).of(form, setting.options)
    expected = form.options(**{**_values(declared, written), **_values(declared, typed)})
    for field in declared:
        assert getattr(made, field) == getattr(expected, field)


def _values(declared: dict[str, Option], texts: dict[str, str]) -> dict[str, Any]:
    def value(option: Option, text: str) -> Any:
        if option.default is False:
            return True
        if option.date:
            return date.fromisoformat(text)
        return int(text) if option.bounds else text

    return {field: value(declared[field], text) for field, text in texts.items()}


def test_a_written_option_that_does_not_go_with_a_typed_one_is_not_used() -> None:
    form = FORMATS["csv"]
    typed = _typed(form, {"dialect": "timeline"})
    options: Any = typed.of(form, {"dialect": "google", "until": date(2027, 1, 1)})
    assert (options.dialect, options.until) == ("timeline", None)


# --- what is wrong --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outputs", "code"),
    [
        ("dist", "wrong-type"),
        ([], "wrong-type"),
        ({"directory": ["a"]}, "wrong-type"),
        ({"directory": {}}, "wrong-type"),
        ({"directory": " "}, "empty-value"),
        ({"directory": "a\nb"}, "several-lines"),
        ({"directory": "/srv"}, "output-path"),
        ({"directory": "~/x"}, "output-path"),
        ({"directory": "C:/x"}, "output-path"),
        ({"directory": "C:x"}, "output-path"),
        ({"directory": "a\\b"}, "output-path"),
        ({"directory": "https://example.org"}, "output-path"),
        ({"directory": ".."}, "output-path"),
        ({"directory": "a/../../b"}, "output-path"),
        ({"directory": ".git"}, "output-path"),
        ({"directory": "a/.x/b"}, "output-path"),
        ({"directory": "a:b"}, "output-path"),
        ({"directory": "public "}, "output-path"),
        ({"directory": "public./x"}, "output-path"),
        ({"directory": "docs/NUL"}, "output-path"),
        ({"csv": {"path": "docs/con.csv"}}, "output-path"),
        ({"csv": {"path": "aux.d/a.csv"}}, "output-path"),
        ({"csv": {"path": "a?.csv"}}, "output-path"),
        ({"csv": {"path": "Com1.x.csv"}}, "output-path"),
        ({"ics": {"path": "x.ics"}}, "unknown-key"),
        ({"ics": {}}, "wrong-type"),
        ({"ics": [True]}, "wrong-type"),
        ({"ics": False}, "wrong-value"),
        ({"csv": False}, "wrong-value"),
        ({"csv": "yes"}, "wrong-value"),
        ({"csv": None}, "empty-value"),
        ({"csv": []}, "wrong-value"),
        ({"csv": [True]}, "wrong-type"),
        ({"csv": {"style": "table"}}, "unknown-key"),
        ({"csv": {"until": "2027"}}, "wrong-value"),
        ({"csv": {"dialect": "google", "until": "2027-13"}}, "no-such-date"),
        ({"csv": {"dialect": "google", "until": "b.start"}}, "literal-date"),
        ({"csv": {"dialect": "google", "until": "2027-01-03T10:00"}}, "wrong-value"),
        ({"csv": {"bom": "yes"}}, "wrong-value"),
        ({"csv": {"path": "a.ics"}}, "output-path"),
        ({"csv": {"path": "a.csv/"}}, "output-path"),
        ({"csv": {"path": ".csv"}}, "output-path"),
        ({"csv": {"path": "a/.csv"}}, "output-path"),
        ({"csv": {"path": ".a.csv"}}, "output-path"),
        ({"md": {"style": "tabel"}}, "wrong-value"),
        ({"md": {"heading-level": "7"}}, "wrong-value"),
        ({"md": {"heading-level": "two"}}, "wrong-value"),
        ({"md": {"as-of": "2027"}}, "wrong-value"),
        ({"md": {"md-style": "table"}}, "unknown-key"),
        ({"markdown": True}, "unknown-key"),
        ({"pdf": True}, "unknown-key"),
        ({"html": {"language": "deutsch-"}}, "language-syntax"),
        ({"html": {"url": "example.org"}}, "wrong-value"),
        ({"html": {"css": "../style.css"}}, "output-file"),
        ({"html": {"css": ".git/config"}}, "output-file"),
        ({"html": {"css": "."}}, "output-file"),
        ({"html": {"css": "/etc/passwd"}}, "output-path"),
        ({"html": [{"path": "a.html", "url": URL}, {"url": URL}]}, "duplicate-output"),
        ({"md": [{"path": "a.md"}, {"path": "./b/../a.md"}]}, "duplicate-output"),
        ({"md": [{"path": "a.md"}, {"path": "A.md"}]}, "duplicate-output"),
        ({"md": [{"path": "é.md"}, {"path": "É.md"}]}, "duplicate-output"),
        ({"md": [{}, {"style": "table"}]}, "duplicate-output"),
        ({"md": [{}, {"path": "dist/EVENTS.md"}]}, "duplicate-output"),
        ({"directory": "x", "md": [{}, {"path": "x/events.md"}]}, "duplicate-output"),
    ],
)
def test_each_wrong_setting_is_reported_with_a_code_and_a_help(outputs: object, code: str) -> None:
    loaded = load(outputs)
    assert [diagnostic.code for diagnostic in loaded.diagnostics] == [code]
    (diagnostic,) = loaded.diagnostics
    assert diagnostic.help
    if isinstance(diagnostic.at, At):  # else the reader of YAML has reported it
        assert diagnostic.at.path[0] == "outputs"
    if code in ("wrong-type", "unknown-key"):
        assert [*VALIDATOR.iter_errors(file_with(outputs))]


@pytest.mark.parametrize(
    "outputs",
    [
        {"directory": "."},
        {"directory": "a/../b"},
        {"directory": "public/"},
        {"ics": True, "csv": "True", "md": {}, "svg": [{}]},
        {"csv": {"path": "a/b.CSV", "bom": "FALSE"}},
        {"csv": {"dialect": "google", "until": 2030}},
        {"md": [{"path": "x y.md", "heading-level": 6}, {"path": "z.md", "as-of": "2027-01-03"}]},
        {"svg": {"path": "~a.svg"}},
        {"csv": {"path": "contacts.csv"}, "directory": "a.b/./con-1/com10"},
    ],
)
def test_what_is_valid_is_also_valid_to_an_editor(outputs: object) -> None:
    assert codes(outputs) == []
    assert [*VALIDATOR.iter_errors(file_with(outputs))] == []


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("docs/con.csv", "docs/con-file.csv"),
        ("2027: b/x.csv", "2027- b/x.csv"),
        ("what?.csv", "what-.csv"),
        ("a /b./nul/x.csv", "a/b/nul-file/x.csv"),
        ("C:/a/x.csv", "x.csv"),
    ],
)
def test_the_help_for_a_name_has_one_that_every_system_allows(written: str, better: str) -> None:
    (diagnostic,) = load({"csv": {"path": written}}).diagnostics
    assert diagnostic.help == f"write the path from that folder, such as `{better}`"
    assert codes({"csv": {"path": better}}) == []


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("file:x.csv", "x.csv"),
        ("file:///srv/x.csv", "x.csv"),
        ("https://example.org/data/x.csv", "x.csv"),
        ("https://example.org", "events.csv"),
        ("https://example.org/x.md", "events.csv"),
        ("C:/data/aux.csv", "aux-file.csv"),
        ("/srv/.csv", "events.csv"),
        ("~/x.csv", "x.csv"),
        ("~", "events.csv"),
    ],
)
def test_the_help_for_a_path_from_elsewhere_has_one_that_is_valid(
    written: str, better: str
) -> None:
    (diagnostic,) = load({"csv": {"path": written}}).diagnostics
    assert diagnostic.help == f"write the path from that folder, such as `{better}`"
    assert codes({"csv": {"path": better}}) == []


@pytest.mark.parametrize(
    ("outputs", "message"),
    [
        (
            {"md": {"path": "d/a.md"}, "csv": {"path": "d/a.md/x.csv"}},
            "the CSV would be in",
        ),
        ({"csv": {"path": "d/A.md/b/x.csv"}, "md": {"path": "d/a.md"}}, "the CSV would be in"),
        (
            {"ics": True, "directory": "d/a.md", "md": {"path": "d/a.md"}},
            "the main feed would be in",
        ),
    ],
)
def test_an_output_is_not_the_folder_of_another(outputs: object, message: str) -> None:
    (diagnostic,) = load(outputs).diagnostics
    assert diagnostic.code == "duplicate-output"
    assert diagnostic.message.startswith(message)
    assert diagnostic.message.endswith("which is the Markdown")
    assert diagnostic.notes[0].at == At(("outputs", "md", "path"))


@pytest.mark.parametrize(
    ("outputs", "at", "message"),
    [
        ({"md": {"path": "is-folder.md"}}, "path", "`is-folder.md` is a folder, expected a file"),
        ({"csv": {"path": "is-file/x.csv"}}, "path", "`is-file` is a file, expected a folder"),
        ({"csv": {"path": "is-file/a/b/x.csv"}}, "path", "`is-file` is a file, expected a folder"),
        ({"directory": "is-file"}, "directory", "`is-file` is a file, expected a folder"),
        ({"html": {"css": "file:a.css"}}, "css", "`file:a.css` is an address"),
    ],
)
def test_what_an_export_could_not_write_or_read_is_reported(
    outputs: object, at: str, message: str
) -> None:
    Path("is-folder.md").mkdir(exist_ok=True)
    Path("is-file").touch()
    (diagnostic,) = load(outputs).diagnostics
    assert diagnostic.code == "output-path"
    assert isinstance(diagnostic.at, At)
    assert diagnostic.at.path[-1] == at
    assert message in diagnostic.message


def test_a_number_of_the_schema_has_bounds() -> None:
    for value, is_valid in ((320, True), (1920, True), (319, False), (1921, False), (99, False)):
        outputs = {"svg": {"width": value}}
        assert ([*VALIDATOR.iter_errors(file_with(outputs))] == []) is is_valid
        assert (codes(outputs) == []) is is_valid
    assert [*VALIDATOR.iter_errors(file_with({"svg": {"width": "12345"}}))]
    assert max(map(len, re.findall('"pattern": "([^"]+)"', schema_text()))) < 1_000


def test_a_feed_at_the_path_of_the_main_feed_is_reported_with_both_places() -> None:
    feeds = [{"id": "x"}, {"id": "events"}]
    loaded = load({"ics": True}, feeds=feeds)
    (diagnostic,) = loaded.diagnostics
    assert diagnostic.code == "duplicate-output"
    assert diagnostic.at.path == ("feeds", 1, "id")  # type: ignore[union-attr]
    assert diagnostic.notes[0].at.path == ("outputs", "ics")  # type: ignore[union-attr]
    assert codes({"csv": True}, feeds=feeds) == []  # no feed is written


def test_an_output_does_not_replace_what_is_read() -> None:
    Path("parts").mkdir(exist_ok=True)
    Path("parts/a.md").write_text("events: []\n")
    for written in ("parts/a.md", "Parts/A.md", "parts/../parts/a.md"):
        loaded = load({"md": {"path": written}}, include=["parts/a.md"])
        (diagnostic,) = loaded.diagnostics
        assert diagnostic.code == "duplicate-output"
        assert loaded.document.locate(diagnostic.notes[0].at).file == str(Path("parts/a.md"))  # type: ignore[arg-type]


def test_an_error_in_outputs_is_fixed_like_any_other() -> None:
    from io import BytesIO

    from timeline.compiler import fix_file

    text = json.dumps(file_with({"md": [{"styel": "table"}, {"path": "a.md", "wekdays": True}]}))
    fixed = fix_file("-", BytesIO(text.encode()), kind=EVENTS_FILE)
    assert fixed.count == 2
    assert fixed.loaded.diagnostics == []


def test_the_compiler_alone_does_not_know_the_formats() -> None:
    from timeline.compiler import load_file

    load({"md": {"style": "tabel"}})
    assert load_file("events.yaml").diagnostics == []
    assert load_file("events.yaml").outputs == {"md": {"style": "tabel"}}
