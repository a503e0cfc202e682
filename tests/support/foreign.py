"""Find the programs that tests run and that no Python package brings, or say what to install.

``python -m support.foreign`` lists them, for the log of ``.ci/run``.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from support import readers

NODE = shutil.which("node") or ""
SPREADSHEET = shutil.which("soffice") or ""
NEOVIM = shutil.which("nvim") or ""
PDF_TO_TEXT = shutil.which("pdftotext") or ""
BROWSER = os.environ.get("TIMELINE_CHROMIUM", "")


def node_modules(variable: str) -> Path:
    """Return the folder of the packages of Node below the folder that a variable names."""
    return Path(os.environ.get(variable, ""), "node_modules")


def missing_package(variable: str, *packages: str) -> str:
    """Return what to install so that a test has some packages of Node; nothing where they are."""
    has_all = all((node_modules(variable) / package).is_dir() for package in packages)
    if NODE and os.environ.get(variable) and has_all:
        return ""
    return (
        f"needs Node and `npm install --prefix FOLDER {' '.join(packages)}`, with {variable}=FOLDER"
    )


VNU = str(node_modules("TIMELINE_VNU") / "vnu-jar" / "build" / "dist" / "vnu.jar")


def missing_pages() -> str:
    """Return what to install so that a browser opens pages for axe; nothing where it is."""
    return missing_package("TIMELINE_PAGES", "playwright-core", "axe-core") or missing_browser()


def missing_vnu() -> str:
    """Return what to install so that the W3C's checker reads our page; nothing where it is."""
    if why := missing_package("TIMELINE_VNU", "vnu-jar"):
        return why
    return "" if shutil.which("java") else "needs Java, with `java` on the PATH"


def missing_mermaid() -> str:
    """Return what to install so that mermaid draws our diagrams; nothing where it is."""
    return missing_package("TIMELINE_MERMAID", "mermaid", "jsdom")


def missing_mdx() -> str:
    """Return what to install so that MDX compiles our Markdown; nothing where it is."""
    return missing_package("TIMELINE_MDX", "@mdx-js/mdx")


def missing_ajv() -> str:
    """Return what to install so that ajv applies our JSON Schema; nothing where it is."""
    return missing_package("TIMELINE_AJV", "ajv")


def missing_language_server() -> str:
    """Return what to install so that an editor's server reads our schema; nothing where it is."""
    return missing_package("TIMELINE_YAML_SERVER", "yaml-language-server")


def missing_neovim() -> str:
    """Return what to install so that Neovim asks our language server; nothing where it is."""
    return "" if NEOVIM else "needs Neovim, with `nvim` on the PATH"


def missing_pre_commit() -> str:
    """Return what to install so that pre-commit runs our hooks; nothing where it is."""
    return "" if shutil.which("pre-commit") else "needs pre-commit: pip install pre-commit"


def missing_browser() -> str:
    """Return what to set so that a browser draws our diagram; nothing where it is set."""
    return "" if BROWSER else "needs Chromium: TIMELINE_CHROMIUM is its program"


def missing_spreadsheet() -> str:
    """Return what to install so that a spreadsheet opens our CSV; nothing where it is."""
    return "" if SPREADSHEET else "needs LibreOffice Calc, with `soffice` on the PATH"


def node_version(variable: str, package: str) -> str:
    """Return the version of a package of Node."""
    description = node_modules(variable) / package / "package.json"
    return str(json.loads(description.read_text(encoding="utf-8"))["version"])


def describe_programs() -> dict[str, str]:
    """Return, by program, its version or what to install."""
    programs = {
        "mermaid": missing_mermaid() or node_version("TIMELINE_MERMAID", "mermaid"),
        "MDX": missing_mdx() or node_version("TIMELINE_MDX", "@mdx-js/mdx"),
        "ajv": missing_ajv() or node_version("TIMELINE_AJV", "ajv"),
        "yaml-language-server": missing_language_server()
        or node_version("TIMELINE_YAML_SERVER", "yaml-language-server"),
        "Neovim": missing_neovim() or _program_version(NEOVIM),
        "pre-commit": missing_pre_commit() or _program_version("pre-commit"),
        "playwright-core": missing_pages() or node_version("TIMELINE_PAGES", "playwright-core"),
        "axe-core": missing_pages() or node_version("TIMELINE_PAGES", "axe-core"),
        "vnu-jar": missing_vnu() or node_version("TIMELINE_VNU", "vnu-jar"),
        "pdftotext": _program_version("pdftotext", "-v") if PDF_TO_TEXT else "needs poppler-utils",
        "Chromium": missing_browser() or _program_version(BROWSER),
        "LibreOffice": missing_spreadsheet() or _program_version(SPREADSHEET),
        "recurring-ical-events": version("recurring-ical-events"),
    }
    for name, reason in readers.missing().items():
        programs[name] = reason or readers.versions()[name]
    return programs


def _program_version(program: str, option: str = "--version") -> str:
    done = subprocess.run([program, option], capture_output=True, text=True, check=False)
    lines = (done.stdout or done.stderr).strip().splitlines()
    return lines[0] if lines else "of an unknown version"


if __name__ == "__main__":
    for name, state in describe_programs().items():
        print(f"{name}: {state}")  # noqa: T201 - what `.ci/run` asks for
    readers.clean_up()
