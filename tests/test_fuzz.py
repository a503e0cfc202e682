"""Whatever a file contains, reading, reporting and rendering end without an exception.

Files are made from the schema and then damaged, or are the golden cases with damage to their
text. ``HYPOTHESIS_PROFILE=long`` runs a hundred times as many; ``python -m support.fuzz``, any
number.
"""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import fuzz
from support.strategies import files
from timeline.source.document import parse_document

_JUNK = st.recursive(
    st.one_of(st.sampled_from(fuzz.NASTY), st.text(max_size=10)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(fuzz.KEYS), inner, max_size=3),
    ),
    max_leaves=8,
)


@given(files(), st.data())
def test_a_file_with_damage_to_its_data_raises_nothing(
    tree: dict[str, Any], data: st.DataObject
) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        holder = data.draw(st.sampled_from([holder for holder in fuzz.containers(tree) if holder]))
        places = list(holder) if isinstance(holder, dict) else range(len(holder))
        place = data.draw(st.sampled_from(places))
        match data.draw(st.sampled_from(["drop", "misspell", "add", "swap", "move"])):
            case "drop" if len(holder) > 1:
                del holder[place]
            case "misspell" if isinstance(holder, dict):
                name = data.draw(st.permutations(place).map("".join))
                holder[name] = holder.pop(place)
            case "add" if isinstance(holder, dict):
                holder[data.draw(st.sampled_from(fuzz.KEYS))] = data.draw(_JUNK)
            case "move":
                holder[place] = json.loads(json.dumps(tree))
            case _:
                holder[place] = data.draw(_JUNK)
    text = json.dumps(tree, ensure_ascii=data.draw(st.booleans()))
    fuzz.compile_and_export(text.encode(errors="surrogatepass"))


@given(st.sampled_from(fuzz.texts()), st.data())
def test_a_file_with_damage_to_its_text_raises_nothing(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(start + 40, len(text))))
        piece = st.one_of(st.sampled_from(fuzz.PIECES + fuzz.NASTY), st.text(max_size=4))
        text = text[:start] + data.draw(piece) + text[end:]
    fuzz.compile_and_export(text.encode(errors="surrogatepass"))


def test_the_first_inputs_of_the_long_run_raise_nothing() -> None:
    summary = fuzz.run(1, range(150))
    assert (summary.count, summary.failed) == (150, 0)
    assert summary.sound > 0


def test_a_fix_of_a_key_may_replace_the_errors_of_its_value() -> None:
    """The keys `MO` and `WE` without a value become one rule without quotes."""
    events = "[{id: a, summary: A, start: 2025-01-03, rrul@e: FREQ=WEEKLY;BYDAY=FR,MO,WE}]"
    text = f"calendar: {{id: x.org, name: X}}\nevents: {events}\n"
    fuzz.compile_and_export(text.encode())


def test_an_input_can_be_made_again() -> None:
    assert [fuzz.make(7, n) for n in range(20)] == [fuzz.make(7, n) for n in range(20)]
    assert len({fuzz.make(7, n) for n in range(20)}) > 15


def test_a_failure_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: bytes) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(fuzz, "compile_and_export", broken)
    assert fuzz.run(1, range(2)).failed == 2
    assert "seed 1, number 1:" in capsys.readouterr().err


@pytest.mark.parametrize("seed", [1, 2])
def test_damage_to_bytes_raises_nothing(seed: int) -> None:
    chance = random.Random(seed)
    for text in fuzz.texts()[:10]:
        content = fuzz.with_bytes(text.encode(errors="surrogateescape"), chance)
        parse_document(content, "x.yaml")
        fuzz.compile_and_export(content)
