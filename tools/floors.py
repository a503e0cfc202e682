"""Run the tests with the lowest versions that pyproject.toml accepts, so that these are true.

``python -m tools.floors [ARGUMENT…]`` makes an environment in a temporary folder, with the lowest
version of every direct dependency and the newest of all others, and runs pytest there with the
arguments. Where a dependency excludes the lowest version of another, pip reports it.

It runs on the lowest Python that the project supports, because older versions of dependencies have
no wheels for newer ones. It runs no linter and not the test that asks mypy: what mypy infers
depends on the types that the newest libraries have.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from tools.docs import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EXTRA = "dev"
"""The extra that has all the others that the tests need."""

TYPED = "tests/test_moves.py::test_no_other_module_adds_to_a_date"
"""The test that reads the types of the whole program."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tests with the lowest versions; return the exit code of what failed, or 0."""
    pytest_arguments = sys.argv[1:] if arguments is None else arguments
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = configuration["project"]
    running = "{}.{}".format(*sys.version_info)
    if (lowest := _lowest(SpecifierSet(project["requires-python"]))) != running:
        print(f"this is Python {running}, expected {lowest}, the lowest that is supported")
        return 2
    dependencies = [*project["dependencies"], *project["optional-dependencies"][EXTRA]]
    with tempfile.TemporaryDirectory() as folder:
        constraints = Path(folder, "lowest.txt")
        constraints.write_text("\n".join(pins(dependencies)), encoding="utf-8")
        build = configuration["tool"]["hatch"]["build"]["hooks"]["custom"]["dependencies"]
        builders = ["editables", *pins([*configuration["build-system"]["requires"], *build])]
        python = str(Path(folder, "Scripts" if os.name == "nt" else "bin", "python"))
        install = [python, "-m", "pip", "install", "-q"]
        for command in (
            [sys.executable, "-m", "venv", folder],
            [*install, *builders],
            [*install, "--no-build-isolation", "-c", str(constraints), "-e", f".[{EXTRA}]"],
            [python, "-m", "pytest", "-q", "-n", "auto", f"--deselect={TYPED}", *pytest_arguments],
        ):
            result = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603 - the four above
            if result.returncode:
                return result.returncode
    return 0


def pins(requirements: Iterable[str]) -> list[str]:
    """Return a requirement ``name==version`` for the lowest version that each one accepts."""
    parsed = map(Requirement, requirements)
    return [f"{requirement.name}=={_lowest(requirement.specifier)}" for requirement in parsed]


def _lowest(specifier: SpecifierSet) -> str:
    """Return the version of the one ``>=``.

    Raises: ``ValueError`` if there is none, or several.
    """
    (version,) = (part.version for part in specifier if part.operator == ">=")
    return version


if __name__ == "__main__":
    sys.exit(main())
