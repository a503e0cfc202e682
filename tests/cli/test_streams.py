"""Standard output and standard error: encodings, readers that leave, and who may write to them."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import msgspec
import pytest

from support.batch import Printed, run_batch
from support.build_log import controls
from support.formats import COMPARED
from support.paths import ROOT
from support.progress_bars import without_bar
from timeline.cli import streams
from timeline.cli.app import COMMANDS
from timeline.cli.progress import progress
from timeline.diagnostics.catalog import rule_page, rules_by_code

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = ROOT / "src" / "timeline"

FILE = """\
calendar: {id: x.org, name: "Zürich → 東京 😀", timezone: Europe/Berlin}
events:
  - {id: now, summary: "● Now — “quoted”", start: 2025-01-03, end: 2025-01-17, location: Köln}
  - {id: later, summary: 後で, start: 2026-05, location: Łódź}
  - {id: off, summary: Ω, start: 2024, status: cancelled}
  - {id: open, summary: Later, start: TBC}
"""
BAD = FILE.replace("start: 2024", "start: 2024-02-30, sumary: 東京")
FIXABLE = FILE.replace("start: 2024,", "start: 3 January 2024,")
README = "# Ü\n\n<!-- timeline:start -->\n<!-- timeline:end -->\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path)
    return tmp_path


def write_files(folder: Path) -> None:
    for name, content in {
        "events.yaml": FILE,
        "bad.yaml": BAD,
        "fixable.yaml": FIXABLE,
        "README.md": README,
    }.items():
        (folder / name).write_text(content, encoding="utf-8")


# Encodings.

REPORTS = [
    ["validate", file, "--output-format", form]
    for file in ("bad.yaml", "events.yaml")
    for form in ("full", "concise", "github", "json", "sarif")
]
TEXTS = [
    ["--help"],
    ["--version"],
    *([name, "--help"] for name in COMMANDS),
    ["--ü"],
    ["export", "ü.yaml"],
    ["show", "--id", "ü"],
    ["show", "--as-of", "2025-01-05"],
    ["show", "--next", "1", "--as-of", "2025-01-05"],
    ["explain"],
    *(["explain", code] for code in ("no-such-date", "circle", "ü")),
    ["validate", "fixable.yaml", "--fix", "--diff"],
    ["export", "bad.yaml", "--output-format", "github"],
    ["embed", "--check", "README.md", "ü.md"],
    ["embed", "--diff", "README.md"],
    ["init", "ü"],
    ["export"],
    ["export", "--check", "--name", "ü"],
    ["export", "--diff", "--name", "ü"],
]
DOCUMENTS = [
    ["schema"],
    *(["export", "--stdout", f"--{name}", "--no-previous"] for name in COMPARED),
]
SUITE = [*REPORTS, *TEXTS, *DOCUMENTS]


def run_suite(folder: Path, environment: dict[str, str]) -> list[Printed]:
    """Run all commands in a new folder."""
    folder.mkdir()
    write_files(folder)
    fixed = {"SOURCE_DATE_EPOCH": "1700000000", "COLUMNS": "80"}
    return run_batch(SUITE, folder, fixed | environment)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> list[Printed]:
    return run_suite(tmp_path_factory.mktemp("utf8") / "a", {"PYTHONIOENCODING": "utf-8"})


POSIX = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
ENVIRONMENTS = {
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "ascii": {"PYTHONIOENCODING": "ascii:strict"},
    "latin-1": {"PYTHONIOENCODING": "latin-1"},
    "shift-jis": {"PYTHONIOENCODING": "shift_jis"},
    "utf-16": {"PYTHONIOENCODING": "utf-16"},
    "posix": POSIX,
}
CODECS = {name: name for name in ENVIRONMENTS} | {"posix": "ascii"}


def is_document(arguments: list[str]) -> bool:
    machine = {"json", "sarif", "github"} & set(arguments) and arguments[0] == "validate"
    return arguments in DOCUMENTS or "--diff" in arguments or bool(machine)


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_every_command_prints_in_every_encoding(
    name: str, reference: list[Printed], tmp_path: Path
) -> None:
    streams.set_up_streams()  # for the error handler
    results = run_suite(tmp_path / "a", ENVIRONMENTS[name])
    for arguments, expected, result in zip(SUITE, reference, results, strict=True):
        if name == "posix" and "--name" in arguments:  # the name of an output is text
            assert (result[0], result[1]) == (2, b""), arguments
            continue
        assert result[0] == expected[0], arguments
        for stream in (1, 2):
            text, content = expected[stream].decode(), result[stream]
            if stream == 1 and is_document(arguments):
                assert content == text.encode(), arguments
            elif name == "posix" and "ü" in " ".join(arguments):  # its name is bytes, not text
                assert content.isascii(), arguments
            else:
                assert content == encoded(text, CODECS[name]), arguments


def encoded(text: str, codec: str) -> bytes:
    return text.encode(codec, "timeline") if text else b""


def test_the_reference_has_what_encodings_lack(
    reference: list[Printed],
) -> None:
    shown = {
        " ".join(arguments): out for arguments, (_, out, _) in zip(SUITE, reference, strict=True)
    }
    assert "● Fri 3 – Fri 17 January" in shown["show --as-of 2025-01-05"].decode()  # noqa: RUF001
    assert {code for code, _, _ in reference} == {0, 1, 2}
    assert all(
        "ü" in out.decode() for name, out in shown.items() if name.endswith("--diff --name ü")
    )


def test_our_own_signs_have_an_ascii_form() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "timeline", "show", "--as-of", "2025-01-05"],
        env=os.environ | {"PYTHONIOENCODING": "ascii", "COLUMNS": "80"},
        capture_output=True,
        check=True,
    )
    lines = done.stdout.decode("ascii").splitlines()
    assert lines[0] == r"Z\xfcrich -> \u6771\u4eac \U0001f600"
    assert '  * Fri 3 - Fri 17 January 2025  * Now - "quoted" - K\\xf6ln' in lines
    assert any(line.startswith("-- today, Sun 5 January 2025 --") for line in lines)
    assert any(line.startswith("  x 2024") for line in lines)


NOT_PRINTED = (
    "dates/corrections/",  # what authors type
    "source/syntax/",
    "formats/csv/",
    "formats/diagram/",
    "formats/ics/",
    "formats/markdown/",
    "formats/svg/",
)
"""Modules whose signs are read from files or written to files."""


def signs(tree: ast.Module) -> Iterator[str]:
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and node not in docstrings:
            yield from (character for character in node.value if character > "\xa0")


def test_every_sign_of_ours_has_an_ascii_form() -> None:
    printed = {
        character
        for module in PACKAGE.rglob("*.py")
        if not module.relative_to(PACKAGE).as_posix().startswith(NOT_PRINTED)
        for character in signs(ast.parse(module.read_text(encoding="utf-8")))
        if character.isprintable() and not character.isalpha()
    }
    pages = "".join(rule_page(rule).text for rule in rules_by_code().values())
    printed |= {character for character in pages if character > "~" and not character.isalpha()}
    # Only bounds of ranges, what is read in a translated title, and what is unsafe.
    symbols = {"␡", *"¡¬®˿҂\u2010‧←⇿◼", "\N{FULLWIDTH COLON}", "\ufffd"}
    assert printed - symbols <= set(streams.ASCII_FORMS)
    assert all(form.isascii() for form in streams.ASCII_FORMS.values())


@pytest.mark.parametrize(
    ("system", "variable", "encoding"),
    [("nt", "", "utf-8"), ("nt", "cp437", "cp1252"), ("posix", "", "cp1252")],
)
def test_a_pipe_on_windows_has_utf8_unless_a_user_chose(
    system: str, variable: str, encoding: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(streams.os, "name", system)
    monkeypatch.setenv("PYTHONIOENCODING", variable)
    with (tmp_path / "out").open("w", encoding="cp1252") as out:
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", None)
        streams.set_up_streams()
        streams.write_lines(["ü ●"], to_stdout=True)
        monkeypatch.undo()
    expected = "ü ●\n".encode(encoding, "timeline")
    assert (tmp_path / "out").read_bytes().replace(b"\r\n", b"\n") == expected


def test_a_decoding_error_is_not_handled() -> None:
    with pytest.raises(UnicodeDecodeError):
        streams._ascii_form(UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid"))


def test_a_stream_that_is_not_a_file_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    stream: Any = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", None)
    streams.set_up_streams()
    assert (sys.stdout, sys.stderr) == (stream, None)
    streams.write_lines(["lost"], to_stdout=False)
    streams.write_escaped("lost")


# File names that are not UTF-8.

needs_bytes = pytest.mark.skipif(sys.platform != "linux", reason="needs file names that are bytes")


def timeline(*arguments: str | bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "timeline", *arguments],
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )


@needs_bytes
@pytest.mark.parametrize("absolute", [False, True])
@pytest.mark.parametrize(
    "locale", [{}, POSIX, {"PYTHONIOENCODING": "cp1252"}], ids=["utf-8", "posix", "cp1252"]
)
def test_a_name_that_is_not_utf8_is_in_every_report(
    absolute: bool, locale: dict[str, str], folder: Path
) -> None:
    name = (os.fsencode(folder) + b"/" if absolute else b"") + b"f\xff \xc3\xbc.yaml"
    Path(os.fsdecode(name)).write_text(BAD, encoding="utf-8")
    forms = ("full", "concise", "github", "json", "sarif")
    others = {"show": 1, "export": 2, "embed": 1}
    commands = [
        *(("validate", name, "--output-format", form) for form in forms),
        *((command, name) for command in others),
        ("validate", b"\xff.yaml"),
    ]
    *printed, missing = run_batch(commands, environment=locale)
    done = dict(zip((*forms, *others), printed, strict=True))
    assert {done[form].code for form in forms} == {1}
    (run,) = json.loads(done["sarif"].out)["runs"]
    locations = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    uris = {location["artifactLocation"]["uri"] for location in locations}
    assert {unquote_to_bytes(uri.removeprefix("file://")) for uri in uris} == {name}
    assert all(uri.isascii() and "%FF%20%C3%BC" in uri for uri in uris)
    for form in ("json", "sarif"):
        assert done[form].out.isascii()
        # A strict reader rejects surrogates without a partner.
        msgspec.json.decode(done[form].out)
    for diagnostic in json.loads(done["json"].out)["diagnostics"]:
        assert "f\ufffd" in diagnostic["file"]
    assert b"f\xef\xbf\xbd" in done["github"].out
    codec = {"posix": "ascii"}.get("posix") if locale is POSIX else locale.get("PYTHONIOENCODING")
    for form in ("full", "concise"):
        shown = done[form].out.decode(codec or "utf-8")
        assert "f\ufffd" in shown.replace(r"\ufffd", "\ufffd")
    for command, code in others.items():
        assert (done[command].code, b"Traceback" in done[command].err) == (code, False)
    assert missing.err.endswith(b" no such file or directory\n")


@pytest.mark.parametrize("encoding", ["idna", "undefined"])
def test_an_encoding_that_lacks_plain_text_gives_way_to_utf8(encoding: str) -> None:
    name = f"a..{'ü' * 40}.yaml"  # what IDNA allows in no name
    done = timeline("validate", name, PYTHONIOENCODING=encoding, PYTHONUTF8="0", LC_ALL="C.UTF-8")
    expected = f"timeline: cannot read `{name}`: no such file or directory\n"
    assert (done.returncode, done.stdout, done.stderr.decode()) == (2, b"", expected)


@needs_bytes
def test_an_included_name_that_the_locale_lacks_is_reported() -> None:
    Path("events.yaml").write_text(FILE + "include: [ü.yaml]\n", encoding="utf-8")
    Path("ü.yaml").write_text("events: 1\n")
    assert timeline("validate", "--output-format", "sarif").returncode == 1
    for form in ("full", "json", "sarif"):
        done = timeline("validate", "--output-format", form, **POSIX)
        assert (done.returncode, b"Traceback" in done.stderr) == (1, False)


def test_a_name_in_a_document_that_the_locale_lacks_is_read() -> None:
    Path("ü.md").write_text(README.replace("start", "start file=東.yaml"), encoding="utf-8")
    missing = timeline("embed", "ü.md", **POSIX)
    assert (missing.returncode, b"Traceback" in missing.stderr) == (1, False)
    assert b"no such file or directory" in missing.stderr
    Path("東.yaml").write_text(FILE, encoding="utf-8")
    assert timeline("embed", "ü.md", **POSIX).returncode == 0
    assert "Köln" in Path("ü.md").read_text(encoding="utf-8")


# Readers that leave, and closed streams.


def endless(count: int) -> str:
    return "calendar: {id: x.org, name: X}\nevents:\n" + "".join(
        f"  - {{id: e{n}, summary: E {n}, start: {2000 + n % 90}}}\n" for n in range(count)
    )


PIPE = 2**16
"""How many bytes a pipe of Linux takes before its reader reads."""


def write_endless_files() -> None:
    """Write files with more to print than a pipe takes; of errors, a thousand are reported."""
    Path("long.yaml").write_text(endless(5000))
    Path("wrong.yaml").write_text(endless(1200).replace("start: 20", "start: x20"))


def first_line_of(shell: str) -> tuple[str, str, int]:
    """Run a command whose reader stops after a line; return the line, the messages and the code."""
    command = shell.replace("timeline", f"{sys.executable} -m timeline", 1)
    script = f"{{ {command}; echo $? >&3; }} | head -n 1; wait"
    done = subprocess.run(
        ["bash", "-c", f"exec 3>code; {script}"], capture_output=True, text=True, check=False
    )
    return done.stdout, done.stderr, int(Path("code").read_text())


@pytest.mark.parametrize(
    ("shell", "code"),
    [
        ("timeline export long.yaml --stdout --csv", 0),
        ("timeline export long.yaml --stdout --ics --no-verify", 0),
        ("timeline export long.yaml --csv --diff", 1),
        ("timeline show long.yaml", 0),
        ("timeline schema", 0),
        ("timeline explain circle", 0),
        ("timeline validate wrong.yaml", 1),
        ("timeline validate wrong.yaml --output-format sarif", 1),
        ("timeline validate --fix - <long.yaml", 0),
    ],
)
def test_a_reader_that_leaves_changes_no_exit_code(shell: str, code: int) -> None:
    write_endless_files()
    line, err, returned = first_line_of(shell)
    assert line.endswith("\n")
    assert returned == code
    assert "Traceback" not in err
    assert "Exception ignored" not in err


@pytest.mark.skipif(not hasattr(os, "eventfd"), reason="needs Linux: an invalid argument of write")
def test_a_closed_pipe_on_windows_is_an_invalid_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    descriptor = os.eventfd(0)  # accepts eight bytes only
    pipe = streams._Pipe(descriptor, "wb", closefd=False)
    with pytest.raises(OSError, match="Invalid argument"):
        pipe.write(b"abc")
    monkeypatch.setattr(streams.os, "name", "nt")
    assert pipe.write(b"abc") == 3
    os.close(descriptor)


@pytest.mark.parametrize(
    "arguments",
    [
        "show",
        "schema",
        "explain",
        "explain circle",
        "--version",
        "validate bad.yaml",
        "validate bad.yaml --output-format json",
        "validate - --fix <fixable.yaml",
        "export --stdout --md",
        "export --diff",
        "embed --diff README.md",
    ],
)
def test_output_without_a_stream_is_an_error(arguments: str) -> None:
    shell = f"{sys.executable} -m timeline {arguments} >&-"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "timeline: standard output is closed",
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "utf-16"])
@pytest.mark.parametrize(
    "arguments",
    ["show", "validate bad.yaml", "validate bad.yaml --output-format github", "export --diff"],
)
def test_output_that_cannot_be_written_is_an_error(arguments: str, encoding: str) -> None:
    shell = f"{sys.executable} -m timeline {arguments} >/dev/full"
    done = subprocess.run(
        ["bash", "-c", shell],
        env=os.environ | {"PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert "cannot write to standard output" in done.stderr.decode(encoding)


def test_a_file_of_the_installation_that_cannot_be_read_is_named() -> None:
    program = (
        "import timeline.cli.app, timeline.__main__ as main\n"
        "timeline.cli.app.run = lambda: open('nothing/there')\n"
        "main.interruptible()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    message = "timeline: cannot use nothing/there: No such file or directory\n"
    assert (done.returncode, done.stderr) == (2, message)


# Streams that do not block: a parent process that is written in Node.js has such pipes.


@pytest.mark.skipif(os.name == "nt", reason="needs pipes that do not block")
def test_a_reader_that_is_slow_gets_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    taken = bytearray()

    def take(_: object, waiting: list[Any], *__: object) -> None:
        assert [stream.fileno() for stream in waiting] == [writer]
        taken.extend(os.read(reader, 2**20))

    monkeypatch.setattr(select, "select", take)
    content = os.urandom(2**19)
    with io.BufferedWriter(streams._Pipe(writer, "wb")) as stream:
        stream.write(content)
        stream.flush()
    while piece := os.read(reader, 2**20):
        taken.extend(piece)
    os.close(reader)
    assert bytes(taken) == content


@pytest.mark.skipif(os.name == "nt", reason="needs pipes that do not block")
@pytest.mark.parametrize(
    ("arguments", "stream", "code"),
    [
        ("validate wrong.yaml", "stdout", 1),
        ("validate wrong.yaml --output-format json", "stdout", 1),
        ("export wrong.yaml", "stderr", 1),
        ("export long.yaml --stdout --csv", "stdout", 0),
        ("show long.yaml", "stdout", 0),
        ("schema", "stdout", 0),
    ],
)
def test_a_pipe_that_does_not_block_gets_everything(arguments: str, stream: str, code: int) -> None:
    write_endless_files()
    command = [sys.executable, "-m", "timeline", *arguments.split()]
    expected = subprocess.run(command, capture_output=True, check=False)
    assert len(getattr(expected, stream)) > PIPE
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    with subprocess.Popen(command, **{"stderr": subprocess.DEVNULL, stream: writer}) as running:  # type: ignore[call-overload]
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            assert pipe.read() == getattr(expected, stream)
    assert running.returncode == expected.returncode == code


@pytest.mark.skipif(os.name == "nt", reason="needs a shell")
@pytest.mark.parametrize(
    "arguments", ["validate -", "validate --fix -", "show -", "export - --stdout --csv"]
)
def test_standard_input_that_cannot_be_read_is_an_error(arguments: str) -> None:
    for redirection, why in (
        ("<&-", "standard input is closed"),
        ("0>/dev/null", "cannot read standard input: bad file descriptor"),
    ):
        shell = f"{sys.executable} -m timeline {arguments} {redirection}"
        done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"timeline: {why}\n")


# Who may write.

ALLOWED = {
    "cli/streams.py": {"sys.stdout", "sys.stderr", "typer.echo"},
    # It draws a bar that moves the cursor, on a terminal only; its title is a safe line.
    "cli/progress.py": {"sys.stderr"},
    # It writes errors of the server to standard error, which an editor keeps as a log.
    "editor/protocol.py": {"logging.StreamHandler"},
}
"""What writes to a stream, by the module that may use it."""

WRITERS = re.compile(
    r"(print|input|breakpoint|os\.write|sys\.(__)?(stdout|stderr)(__)?|sys\.\w*excepthook"
    r"|(typer|click)\.(echo|secho|echo_via_pager|prompt|confirm|launch)|typer\.rich_utils"
    r"|rich\.print|pprint\.pprint|traceback\.print_\w+|warnings\.warn|logging\.([a-z]+|basicConfig|StreamHandler))"
)


def writers_in(tree: ast.Module) -> Iterator[str]:
    """Yield what a module uses of what writes to a stream, also if it is imported by its name."""
    for node in ast.walk(tree):
        name = ""
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id
        elif isinstance(node, ast.ImportFrom):
            yield from (
                f"{node.module}.{alias.name}"
                for alias in node.names
                if WRITERS.fullmatch(f"{node.module}.{alias.name}")
            )
        if WRITERS.fullmatch(name):
            yield name


def test_only_one_module_writes_to_standard_streams() -> None:
    used: dict[str, set[str]] = {}
    for module in sorted(PACKAGE.rglob("*.py")):
        if writers := set(writers_in(ast.parse(module.read_text(encoding="utf-8")))):
            used[module.relative_to(PACKAGE).as_posix()] = writers
    assert used == ALLOWED


@pytest.mark.parametrize(
    "code",
    [
        "print('x')",
        "import sys; sys.stdout.write('x')",
        "import sys; out = sys.stderr",
        "from sys import stdout",
        "import typer; typer.echo('x')",
        "from typer import secho",
        "import os; os.write(1, b'x')",
    ],
)
def test_a_module_that_writes_is_noticed(code: str) -> None:
    assert list(writers_in(ast.parse(code)))


# Terminals.


def shown_on_a_terminal(*arguments: str, **environment: str) -> str:
    """Return what a command writes to a terminal, for both of its streams."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "timeline", *arguments],
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm", "NO_COLOR": ""} | environment,
    )
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 4096):
            shown += chunk
    except OSError:  # Linux reports the end of a terminal so
        pass
    running.wait()
    os.close(ours)
    return shown.decode()


@pytest.mark.parametrize(
    "text", ["\\e]0;owned\\a", "\\e[8mowned", "\\N\\e[2Jowned", "\\u202eowned"]
)
def test_a_terminal_gets_only_our_styles(text: str) -> None:
    Path("events.yaml").write_text(FILE.replace("Now", text), encoding="utf-8")
    Path("\x1b[8mowned.yaml").write_text(FILE.replace("id: off", "id: now"), encoding="utf-8")
    for arguments in (
        ["show"],
        ["validate"],
        ["show", "\x1b[8mowned.yaml"],
        ["validate", "\x1b[8mowned.yaml"],
        ["validate", "\x1b[8mowned.json"],
        ["explain", "\x1b[8mowned"],
    ):
        shown = without_bar(shown_on_a_terminal(*arguments))
        plain = re.sub(r"\x1b\[(0|1|2|33|36|1;3[1236]|2;31)m", "", shown).replace("\r\n", "\n")
        assert "own" in plain or "Now" not in plain
        for line in plain.split("\n"):
            assert not controls(line), ascii(shown)


def test_a_terminal_gets_colour_in_any_encoding() -> None:
    shown = shown_on_a_terminal("show", "--as-of", "2025-01-05", PYTHONIOENCODING="ascii")
    assert "\x1b[1;32m* " in shown
    assert r"Z\xfcrich -> \u6771" in shown


def test_a_progress_bar_has_a_safe_title() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with progress("reading \x1b]0;owned\x07", stream=stream, after=0):
        time.sleep(0.3)
    assert "owned" in stream.getvalue()
    assert "\x1b]0" not in stream.getvalue()
