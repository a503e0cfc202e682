"""Only a few modules open, write, rename or remove files: all others go through them.

`source.paths` decides where a path may lead, and `publishing.folders` opens it. A module that calls
the system itself would go round both.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = ROOT / "src" / "timeline"

SYSTEM_CALLS = set(
    """
    chflags chmod chown fchmod fchown fdopen ftruncate fwalk lchmod lchown link listdir makedirs
    mkdir mkfifo mknod open popen remove removedirs rename renames replace rmdir scandir setxattr
    symlink system truncate unlink utime walk
    """.split()  # noqa: SIM905 - words are easier to read than a list of texts
)
"""Functions of ``os`` that open, list or change files."""

PATH_METHODS = set(
    """
    chmod glob hardlink_to iterdir lchmod mkdir open read_bytes read_text rename rglob rmdir
    symlink_to touch unlink walk write_bytes write_text
    """.split()  # noqa: SIM905 - as above
)
"""Methods of ``Path``, and of other classes that have the same names."""

MODULES = {"fileinput", "glob", "mmap", "shutil", "tempfile"}

ALLOWED = {
    # These act on the descriptor of a folder that was checked, or on an open file.
    "publishing.folders": {"os.open", "os.fdopen", "os.replace", "os.unlink", "os.listdir"}
    | {"os.mkdir", "os.rmdir", "os.rename", "os.scandir", ".open"},
    "publishing.temporary": {"os.fdopen", ".open", ".unlink"},  # methods of `Folder`
    "publishing.atomic": {"os.utime", ".unlink"},
    "publishing.permissions": {"os.fchown", "os.fchmod", "os.setxattr"},
    # These read what was checked, or names alone.
    # events files, what they include, and names to compare with patterns
    "source.files": {"os.open", "os.fdopen", "open", "os.listdir"},
    "source.walking": {"os.walk"},  # names of documents and of events files
    "source.discovery": {"os.listdir"},  # names of events files
    "publishing.siblings": {".glob"},  # names of feeds, each of which is read through its place
    # These read no file that a user has.
    "publishing.chunks": {"tempfile"},  # files without names
    "publishing.download": {".open"},  # an address
    "cli.init": {".read_bytes"},  # a resource of the package
    "diagnostics.catalog": {".read_text"},  # as above
    "formats.html.stylesheet": {".read_text"},  # as above
    "cli.show": {"shutil"},  # the size of the terminal
    "history.process": {"shutil"},  # where git is
    "cli.watch": {".iterdir"},  # names of files, to see which are new
    "cli.streams": {"io.FileIO"},  # the standard streams
    "embed.markers": {".open"},  # an attribute
    "formats.json.documents": {"open"},  # a key
    "model.words.catalogues": {".open"},  # as below
    "model.words.catalogue_files": {".iterdir", ".open"},  # the catalogues of the package
    "embed.markdown_page": {".read_text"},  # the page that the engine renders
}


def calls_of(tree: ast.Module) -> Iterator[str]:
    """Yield the calls, and the imports, that reach files."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        if isinstance(node, ast.ImportFrom):
            if node.module in MODULES:
                yield str(node.module)
            if node.module in {"os", "builtins", "posix"}:
                names = {alias.name for alias in node.names} & (SYSTEM_CALLS | {"*"})
                yield from (f"from {node.module} import {name}" for name in names)
        if isinstance(node, ast.Name) and node.id == "open":
            yield "open"
        if not isinstance(node, ast.Attribute):
            continue
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        if owner == "io" and node.attr in {"open", "open_code", "FileIO"}:
            yield f"io.{node.attr}"
        elif owner == "os" and node.attr in SYSTEM_CALLS:
            yield f"os.{node.attr}"
        elif owner not in {"os", "re", "regex"} and node.attr in PATH_METHODS:
            yield f".{node.attr}"


def renames_of(tree: ast.Module) -> Iterator[str]:
    """Yield calls of ``Path.replace``: that of a text has two arguments, that of a date names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_own = isinstance(node.func.value, ast.Name) and node.func.value.id == "os"
            if node.func.attr == "replace" and len(node.args) == 1 and not is_own:
                yield f"{ast.unparse(node)}"


def test_only_some_modules_reach_files() -> None:
    reached: defaultdict[str, set[str]] = defaultdict(set)
    for path in PACKAGE.rglob("*.py"):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        if calls := {*calls_of(ast.parse(path.read_text(encoding="utf-8")))}:
            reached[name] |= calls
    beyond = {name: calls - ALLOWED.get(name, set()) for name, calls in reached.items()}
    assert {name: calls for name, calls in beyond.items() if calls} == {}
    assert all(calls == reached[name] for name, calls in ALLOWED.items()), "not needed any more"


def test_no_path_is_renamed_by_its_name() -> None:
    for path in PACKAGE.rglob("*.py"):
        renames = [
            call
            for call in renames_of(ast.parse(path.read_text(encoding="utf-8")))
            if not call.startswith(("replace(", "dataclasses.", "structs.", "msgspec."))
        ]
        assert renames == [], path


@pytest.mark.parametrize(
    "code",
    [
        "open(path)",
        "Path(path).open()",
        "path.write_text('')",
        "os.open(path, 0)",
        "os.rename(a, b)",
        "os.chmod(a, 0)",
        "os.chown(a, 0, 0)",
        "from os import open",
        "import shutil",
        "from tempfile import NamedTemporaryFile",
        "read = path.read_bytes",
        "io.open(path)",
    ],
)
def test_a_caller_that_goes_round_is_noticed(code: str) -> None:
    assert [*calls_of(ast.parse(code))]


def test_a_rename_that_goes_round_is_noticed() -> None:
    assert [*renames_of(ast.parse("path.replace(target)"))]
    assert not [*renames_of(ast.parse("text.replace('a', 'b'); day.replace(year=1)"))]


def test_a_place_is_made_by_its_boundary_alone() -> None:
    """So there is none that the rule does not apply to."""
    makers = {
        (path.relative_to(PACKAGE).as_posix(), called.id)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(called := node.func, ast.Name)
        and called.id in {"FilePlace", "Boundary"}
    }
    assert makers == {("source/paths.py", "FilePlace"), ("source/paths.py", "Boundary")}
