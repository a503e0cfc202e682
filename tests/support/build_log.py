"""What terminals and build servers read in a line of a log, for tests of what is safe to print."""

from __future__ import annotations

import re

_GITHUB = {"add-mask", "debug", "echo", "endgroup", "error", "group", "notice", "set-output"}
_GITHUB |= {"stop-commands", "warning"}
# White space for `String.TrimStart` of .NET, which GitHub's runner uses.
_TRIMMED = "\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_NEWER = re.compile(rf"[{_TRIMMED}]*::(?P<name>[^ ]*?)(?: .*?)?::", re.DOTALL)
_OLDER = re.compile(r"##\[(?P<name>[^ \]]*)[^\]]*\]")
_OTHERS = re.compile(r"##vso\[|##teamcity\[")

_CONTROLS = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def has_command(line: str) -> bool:
    """Return whether a build server runs a command that is in a line.

    GitHub's runner looks for ``::name …::`` after white space, then for ``##[name …]`` anywhere
    (``ActionCommand.cs`` of actions/runner); the others look anywhere.
    """
    newer, older = _NEWER.match(line), _OLDER.search(line)
    names = {match["name"].lower() for match in (newer, older) if match}
    return bool(names & _GITHUB) or _OTHERS.search(line) is not None


def controls(line: str) -> list[str]:
    """Return the characters that control a terminal, end a line or reverse a text."""
    return _CONTROLS.findall(line)


def workflow_command(line: str) -> tuple[str, dict[str, str], str]:
    """Return the name, the properties and the data of a workflow command, as the runner does."""
    about, _, data = line.removeprefix("::").partition("::")
    name, _, written = about.partition(" ")
    pairs = [pair.partition("=") for pair in written.split(",")]
    properties = {key: _unescape(value, "\r\n:,%") for key, _, value in pairs if value}
    return name, properties, _unescape(data, "\r\n%")


def _unescape(text: str, characters: str) -> str:
    for character in characters:
        text = text.replace(f"%{ord(character):02X}", character)
    return text
