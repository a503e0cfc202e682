"""Regular expressions that are compiled with their first use behave as those of `re`."""

from __future__ import annotations

import copy
import pickle
import re
import subprocess
import sys
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest

import timeline
from support.paths import ROOT
from timeline._lazy import regex

MODULES = sorted(
    module.name
    for module in walk_packages(timeline.__path__, "timeline.")
    if not module.name.endswith("__main__")
)


def test_an_expression_is_compiled_when_it_is_used() -> None:
    expression: Any = regex(r"(\d+)-(\w+)", re.ASCII)
    assert "fullmatch" not in vars(expression)
    assert expression.fullmatch("12-ab").groups() == ("12", "ab")
    assert "fullmatch" in vars(expression)
    assert (expression.pattern, expression.groups, expression.flags) == (
        r"(\d+)-(\w+)",
        2,
        re.ASCII,
    )
    assert regex(b"a").sub(b"b", b"aa") == b"bb"
    with pytest.raises(AttributeError):
        _ = expression.fullmatches


def test_an_expression_can_be_copied_and_pickled() -> None:
    for copied in (copy.copy(regex("a+")), pickle.loads(pickle.dumps(regex("a+")))):
        assert copied.fullmatch("aa")


@pytest.mark.parametrize("name", MODULES)
def test_every_expression_of_a_module_can_be_compiled(name: str) -> None:
    for value in vars(import_module(name)).values():
        if type(value) is regex:
            assert value.pattern


def test_a_command_compiles_no_expression_of_pyyaml() -> None:
    code = """
import re, sys
from timeline.cli.app import run
sys.argv[1:] = ["validate"]
run()
import yaml
from timeline._lazy import regex
expressions = [yaml.reader.Reader.NON_PRINTABLE, yaml.constructor.SafeConstructor.timestamp_regexp]
resolvers = yaml.resolver.Resolver.yaml_implicit_resolvers.values()
expressions += [expression for resolver in resolvers for _, expression in resolver]
print(all(type(each) is regex and "match" not in vars(each) for each in expressions))
print(type(re.compile("a")).__name__, yaml.safe_load("[1, 2025-01-03, a]")[::2])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-2:] == ["True", "Pattern [1, 'a']"]


def test_only_the_language_server_imports_its_protocol() -> None:
    code = "import sys; from timeline.cli.app import run; sys.argv[1:] = ['validate']; run()"
    code += "; print(sorted({'pygls', 'lsprotocol', 'timeline.editor'} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
