"""The Python API: its names, and that it returns what the commands write."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from inspect import Signature, signature
from typing import TYPE_CHECKING, Any, get_type_hints

import pytest

import timeline
from support.clock import STAMP
from support.command import Done
from support.paths import BAD, CASE_FILES, ROOT
from support.readback import feed_of
from timeline import Selection, UserError, api, export, fix, load, loads
from timeline.compiler.fix import fix_file
from timeline.compiler.pipeline import load_file
from timeline.diagnostics.model import MOST
from timeline.model import Calendar, calendar_of_feed

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime.strptime(STAMP, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
HEAD = "calendar: {id: example.org, name: Example}\n"
SOUND = f"{HEAD}events:\n  - {{id: a, summary: A, start: 2025-01-03}}\n"


def test_importing_the_package_imports_nothing_else() -> None:
    probe = (
        "import sys; before = set(sys.modules); import timeline; print(*set(sys.modules) - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == ["timeline"]


def test_a_name_is_loaded_when_it_is_used() -> None:
    for name in timeline.__all__:
        assert getattr(timeline, name).__name__ == name
        assert name in dir(timeline)
    with pytest.raises(AttributeError, match="has no attribute 'loud'"):
        _ = timeline.loud


def test_the_type_checker_knows_the_same_names() -> None:
    tree = ast.parse((ROOT / "src/timeline/__init__.py").read_text(encoding="utf-8"))
    names = {
        (str(node.module).removeprefix("timeline."), alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("timeline.")
        for alias in node.names
    }
    listed = {(module, name) for module, all_ in timeline._NAMES.items() for name in all_.split()}
    assert names == listed
    assert sorted(name for _, name in names) == timeline.__all__


def test_every_function_has_a_docstring_with_its_errors_and_types() -> None:
    for function in (api.load, api.loads, api.fix, api.export):
        assert function.__doc__
        for error in ("UserError", "TypeError", "ValueError"):
            assert error in function.__doc__
        for parameter in signature(function).parameters:
            assert f"``{parameter}``" in function.__doc__ or parameter in {
                "path",
                "result",
                "content",
            }
        assert "return" in function.__annotations__


@pytest.mark.parametrize("name", timeline.__all__)
def test_every_name_has_a_docstring(name: str) -> None:
    assert getattr(timeline, name).__doc__.strip()


@pytest.mark.parametrize("case", CASE_FILES, ids=lambda path: path.parent.name)
def test_exports_are_the_bytes_of_the_golden_files(case: Path) -> None:
    result = load(case)
    for form, suffix in (("csv", "csv"), ("md", "md"), ("svg", "svg")):
        expected = (case.parent / f"expected.{suffix}").read_bytes()
        assert export(result, form) == expected
    assert export(result, "ics", now=NOW) == (case.parent / "expected.ics").read_bytes()


def test_a_feed_keeps_the_timestamps_of_the_previous_one(tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    path.write_text(SOUND)
    later = NOW + timedelta(days=3)
    feed = export(load(path), "ics", now=NOW)
    assert export(load(path), "ics", now=later, previous=feed) == feed
    path.write_text(SOUND.replace("2025-01-03", "2025-01-04"))
    changed = export(load(path), "ics", now=later, previous=feed)
    assert b"SEQUENCE:1" in changed
    assert f"CREATED:{STAMP}".encode() in changed
    assert changed == feed_of(calendar(load(path)), f"{later:%Y%m%dT%H%M%SZ}", feed)


def test_a_list_of_changes_is_that_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "events.yaml"
    feed = changes = feed_of_a = changes_of_a = None
    for day in (3, 4, 5):
        dated = SOUND.replace("2025-01-03", f"2025-01-{day:02}")
        path.write_text(f"{dated}feeds: [{{id: f, ids: [a]}}]\n")
        now = NOW + timedelta(days=day)
        done = Done("export", "--atom", env={"SOURCE_DATE_EPOCH": str(int(now.timestamp()))})
        assert done.code == 0, done.err
        result = load(path)
        changes = export(result, "atom", now=now, previous=feed, changes=changes)
        feed = export(result, "ics", now=now, previous=feed)
        assert changes == (tmp_path / "dist/events.changes.atom").read_bytes()
        changes_of_a = export(
            result, "atom", feed="f", now=now, previous=feed_of_a, changes=changes_of_a
        )
        feed_of_a = export(result, "ics", feed="f", now=now, previous=feed_of_a)
        assert changes_of_a == (tmp_path / "dist/f.changes.atom").read_bytes()
    assert changes is not None
    assert changes.count(b"<entry>") == 2
    assert b"<id>tag:example.org,2025:changes</id>" in changes
    assert changes_of_a is not None
    assert b"<id>tag:example.org,2025:changes/f</id>" in changes_of_a
    with pytest.raises(UserError, match="`changes` cannot be continued"):
        export(result, "atom", now=now, previous=feed, changes=b"<a/>")


def test_a_page_has_its_address_and_css(tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    path.write_text(SOUND)
    page = export(load(path), "html", url="https://x.org/cup", css=b"h1 { color: teal }")
    assert b'<link rel="canonical" href="https://x.org/cup">' in page
    assert b"h1 { color: teal }" in page


def calendar(result: timeline.Result) -> Calendar:
    return result.calendar


def test_a_feed_of_the_file_and_a_selection_are_exported(tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    events = "  - {id: b, summary: B, start: 2026, categories: [x]}\nfeeds: [{id: f, ids: [b]}]\n"
    path.write_text(SOUND + events)
    result = load(path)
    rows = export(result, "csv", feed="f").decode().splitlines()
    assert [row.split(",")[1] for row in rows] == ["id", '"b"']
    assert len(calendar_of_feed(result.calendar, result.calendar.feeds[0]).events) == 1
    assert export(result, "csv", selection=Selection(last=date(2025, 12, 31))).count(b"\n") == 2
    with pytest.raises(ValueError, match="there is no feed `g`; there is only `f`"):
        export(result, "csv", feed="g")


@pytest.mark.parametrize(
    ("form", "options", "error", "message"),
    [
        ("pdf", {}, ValueError, "there is no format `pdf`"),
        ("csv", {"dialekt": "excel"}, TypeError, "CSV has no option `dialekt`"),
        ("csv", {"dialect": "word"}, ValueError, "expected timeline|google|excel"),
        ("csv", {"bom": 1}, TypeError, "`bom` is of type `int`, expected True or False"),
        ("csv", {"dialect": 3}, TypeError, "expected timeline|google|excel"),
        ("csv", {"dialect": []}, TypeError, "`dialect` is of type `list`"),
        ("csv", {"dialect": None}, TypeError, "`dialect` is of type `NoneType`"),
        ("csv", {"until": date(2026, 1, 1)}, ValueError, "`until` needs `dialect` google"),
        ("md", {"heading_level": 7}, ValueError, "`heading_level` is 7, expected a number in 1..6"),
        ("md", {"heading_level": "2"}, TypeError, "`heading_level` is of type `str`"),
        ("md", {"heading_level": True}, TypeError, "`heading_level` is of type `bool`"),
        ("md", {"as_of": "2025-01-03"}, TypeError, "is of type `str`, expected a date or None"),
        ("md", {"as_of": NOW}, TypeError, "is of type `datetime`, expected a date or None"),
        ("html", {"url": "ftp://x.org"}, ValueError, "expected the address of a web page or None"),
        ("html", {"url": 3}, TypeError, "`url` is of type `int`"),
        ("html", {"language": 3}, TypeError, "`language` is of type `int`"),
        ("html", {"language": "d_e"}, ValueError, "`language` is 'd_e', expected a language tag"),
        ("html", {"css": "a {}"}, TypeError, "`css` is of type `str`, expected bytes or None"),
        ("html", {"css": b"@import 'x.css';"}, UserError, "`@import`"),
        ("ics", {}, TypeError, "now"),
        ("ics", {"now": datetime(2025, 1, 3)}, ValueError, "has no time zone"),  # noqa: DTZ001
        ("atom", {}, TypeError, "now"),
        ("ics", {"now": NOW, "previous": b"x"}, UserError, "`previous`"),
        ("ics", {}, TypeError, "iCalendar needs `now`, a datetime with a time zone"),
        ("ics", {"now": date(2025, 1, 3)}, TypeError, "`now` is of type `date`, expected"),
        ("ics", {"now": NOW, "previous": "x"}, TypeError, "is of type `str`, expected bytes"),
        ("atom", {"now": NOW, "changes": "x"}, TypeError, "is of type `str`, expected bytes"),
        ("ics", {"now": NOW, "changes": b""}, TypeError, "iCalendar has no option `changes`"),
        ("atom", {"now": NOW, "style": "list"}, TypeError, "has no option `style`"),
        ("csv", {"feed": 1}, TypeError, "`feed` is of type `int`, expected the id of a feed"),
        ("csv", {"selection": {}}, TypeError, "is of type `dict`, expected a Selection"),
        (None, {}, TypeError, "`form` is of type `NoneType`, expected the name of a format"),
    ],
)
def test_a_wrong_option_is_an_exception(
    form: str, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as raised:
        export(loads(SOUND), form, **options)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("criteria", "error", "message"),
    [
        ({"ids": frozenset({"b"})}, ValueError, "`ids`: there is no `b` in the file; there is"),
        ({"ids": ["a", "b"]}, ValueError, "`ids`: there is no `b` in the file"),
        ({"categories": {"zz"}}, ValueError, "`categories`: there is no `zz` in the file"),
        ({"ids": "a"}, TypeError, "`ids` is or has a `str`, expected a list or set of texts"),
        ({"categories": None}, TypeError, "`categories` is or has a `NoneType`"),
        ({"ids": [1]}, TypeError, "`ids` is or has a `int`"),
        ({"first": "2027"}, TypeError, "`first` is of type `str`, expected a date or None"),
        ({"last": NOW}, TypeError, "`last` is of type `datetime`, expected a date or None"),
        (
            {"first": date(2028, 1, 1), "last": date(2027, 1, 1)},
            ValueError,
            "`first`, 2028-01-01, is after `last`, 2027-01-01",
        ),
    ],
)
@pytest.mark.parametrize("form", ["csv", "ics"])
def test_a_selection_that_the_command_refuses_is_an_exception(
    form: str, criteria: dict[str, Any], error: type[Exception], message: str
) -> None:
    options: dict[str, Any] = {"now": NOW} if form == "ics" else {}
    with pytest.raises(error) as raised:
        export(loads(SOUND), form, selection=Selection(**criteria), **options)
    assert message in str(raised.value)


def test_a_selection_may_have_its_names_in_any_collection() -> None:
    text = SOUND.replace("start:", "categories: [x], start:")
    expected = export(loads(text), "csv")
    for names in (("a",), ["a"], {"a"}, {"a": 1}.keys()):
        assert export(loads(text), "csv", selection=Selection(ids=names)) == expected  # type: ignore[arg-type]
    chosen = Selection(categories=["x"])  # type: ignore[arg-type]
    assert export(loads(text), "csv", selection=chosen) == expected
    declared = f"{SOUND}categories: {{y: {{}}}}\n"
    unused = export(loads(declared), "csv", selection=Selection(categories=frozenset({"y"})))
    assert unused.count(b"\n") == 1


@pytest.mark.parametrize(
    ("select", "error", "message"),
    [
        (["nope"], ValueError, "`select`: there is no diagnostic `nope`"),
        (["date-sintax"], ValueError, "did you mean `date-syntax`?"),
        (["date-syntax"], ValueError, "`select`: `date-syntax` is an error"),
        ("nope", TypeError, "`select` is or has a `str`, expected a list or set of texts"),
        (None, TypeError, "`select` is or has a `NoneType`"),
        ([b"a"], TypeError, "`select` is or has a `bytes`"),
    ],
)
def test_a_code_that_cannot_be_selected_is_an_exception(
    select: Any, error: type[Exception], message: str, tmp_path: Path
) -> None:
    path = tmp_path / "events.yaml"
    path.write_text(SOUND)
    for call in (
        lambda: load(path, select=select),
        lambda: loads(SOUND, select=select),
        lambda: fix(path, select=select),
    ):
        with pytest.raises(error) as raised:
            call()
        assert message in str(raised.value)


class PathOfBytes:
    """A path that is not one of text."""

    def __fspath__(self) -> bytes:
        return b"events.yaml"


def test_a_path_that_no_system_can_have_is_an_exception() -> None:
    for call in (lambda: load("a\0"), lambda: fix("a\0"), lambda: loads(SOUND, folder="a\0")):
        with pytest.raises(UserError, match="contains a NUL character"):
            call()


@pytest.mark.skipif(os.name == "nt", reason="Windows has such paths")
@pytest.mark.parametrize("path", ["\ud800", "a/\ud800.yaml"])
def test_a_path_that_cannot_be_encoded_is_an_exception(path: str) -> None:
    for call in (lambda: load(path), lambda: fix(path), lambda: loads(SOUND, folder=path)):
        with pytest.raises(UserError, match=r"contains U\+D800, which no path has"):
            call()


def test_a_path_may_have_a_byte_that_is_not_utf_8() -> None:
    with pytest.raises(UserError, match="cannot read"):
        load("\udcff")


def test_a_time_beyond_the_years_of_utc_is_an_exception() -> None:
    zone = timezone(timedelta(hours=5))
    with pytest.raises(ValueError, match="`now` is before the year 1 or after the year 9999"):
        export(loads(SOUND), "ics", now=datetime(1, 1, 1, tzinfo=zone))
    feed = export(loads(SOUND), "ics", now=datetime(1, 1, 1, tzinfo=UTC))
    assert b"\r\nDTSTAMP:00010101T000000Z\r\n" in feed


def test_an_argument_of_a_wrong_type_is_named() -> None:
    untyped: Any = loads(SOUND)
    with pytest.raises(TypeError, match="`result` is of type `Calendar`, expected a Result, as"):
        export(untyped.calendar, "csv")
    untyped = None
    for call, message in (
        (lambda: load(untyped), "`path` is of type `NoneType`, expected a path"),
        (lambda: fix(untyped), "`path` is of type `NoneType`, expected a path"),
        (lambda: loads(untyped), "`content` is of type `NoneType`, expected a text or bytes"),
        (lambda: loads(SOUND, folder=1), "`folder` is of type `int`, expected a path"),  # type: ignore[arg-type]
        (lambda: load(b"events.yaml"), "`path` is of type `bytes`, expected a path"),  # type: ignore[arg-type]
        (lambda: load(PathOfBytes()), "`path` is of type `bytes`, expected a path of text"),  # type: ignore[arg-type]
        (lambda: load(3), "`path` is of type `int`, expected a path"),  # type: ignore[arg-type]
        (lambda: load("x", places=1), "`places` is of type `int`, expected True or False"),  # type: ignore[arg-type]
        (lambda: loads(SOUND, places=untyped), "`places` is of type `NoneType`"),
        (lambda: loads(bytearray(b"")), "`content` is of type `bytearray`"),  # type: ignore[arg-type]
        (lambda: export("events.yaml", "csv"), "`result` is of type `str`, expected a Result"),  # type: ignore[arg-type]
    ):
        with pytest.raises(TypeError, match=message):
            call()


@pytest.mark.parametrize("name", timeline.__all__)
def test_the_annotations_of_every_name_can_be_read_at_run_time(name: str) -> None:
    value = getattr(timeline, name)
    assert get_type_hints(value) or issubclass(value, Enum | Exception)
    assert isinstance(signature(value), Signature)


def test_a_file_with_an_error_is_not_exported() -> None:
    result = loads(SOUND.replace("2025-01-03", "soon"))
    assert not result.is_sound
    with pytest.raises(UserError, match="the file has errors"):
        export(result, "csv")


def test_a_result_has_the_diagnostics_of_the_file_with_spans(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(BAD)
    result, loaded = load("everything.yaml"), load_file("everything.yaml")
    spans = [diagnostic.at for diagnostic in result.diagnostics]
    assert spans == sorted(
        loaded.document.locate(diagnostic.at) for diagnostic in loaded.diagnostics
    )
    assert result.document is None
    assert not any(diagnostic.edits for diagnostic in result.diagnostics)
    with_places = load("everything.yaml", places=True)
    assert with_places.document is not None
    assert any(diagnostic.edits for diagnostic in with_places.diagnostics)


@pytest.mark.parametrize("name", ["date-syntax.yaml", "unknown-key.yaml", "circle.yaml"])
def test_fixed_contents_are_those_of_the_command(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(BAD)
    before = (BAD / name).read_bytes()
    fixed, expected = fix(name), fix_file(name)
    assert (fixed.contents, fixed.count) == (expected.after, expected.count)
    assert (BAD / name).read_bytes() == before


def test_a_text_reads_no_file_unless_it_has_a_folder(tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text("events:\n  - {id: b, summary: B, start: 2026}\n")
    for pattern in ("more.yaml", "*.yaml"):
        text = f"{HEAD}include: ['{pattern}']\n"
        (diagnostic,) = loads(text).diagnostics
        assert diagnostic.code == "include-file"
        assert [event.id for event in loads(text, folder=tmp_path).calendar.events] == ["b"]
    outside = f"{HEAD}include: [../secret.yaml]\n"
    assert [d.code for d in loads(outside, folder=tmp_path).diagnostics] == ["include-path"]


def test_a_text_may_be_bytes_or_have_what_utf_8_has_not() -> None:
    assert loads(SOUND.encode()).is_sound
    assert [d.code for d in loads(SOUND.replace("A,", "\ud800,")).diagnostics] == ["encoding"]
    assert len(loads(HEAD + "x: 1\n" * (2 * MOST)).diagnostics) <= MOST + 1


def test_a_file_that_cannot_be_read_is_an_exception(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        load(tmp_path / "missing.yaml")
    with pytest.raises(UserError, match="no such file"):
        load("-")  # not standard input
