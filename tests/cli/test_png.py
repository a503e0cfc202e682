"""``timeline export --png``: the extra that it needs, and that its bytes are never compared."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from support.command import Done
from support.pixels import START
from timeline.formats.png import writer

FILE = """
calendar: {id: x.org, name: The rally}
events:
  - {id: a, summary: Start, start: 2027-01-03}
"""
FONTS = "its bytes depend on the fonts of the machine"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("events.yaml").write_text(FILE)


def with_outputs(outputs: str) -> None:
    Path("events.yaml").write_text(f"{FILE}outputs: {outputs}\n")


def test_it_is_not_written_without_being_asked_for() -> None:
    assert Done("export").code == 0
    assert not Path("dist/events.png").exists()


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_it_cannot_be_compared(option: str) -> None:
    done = Done("export", "--png", "--csv", option)
    assert done.code == 2
    assert done.err == f"timeline: --png cannot be used with {option}: {FONTS}\n"


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_a_comparison_leaves_out_that_of_the_file_and_names_it(
    option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)  # so that CI does not need it
    with_outputs("{csv: true, png: {scale: 3}}")
    Done("export", "--csv")
    done = Done("export", option)
    assert done.code == 0, done.err
    assert f"not compared: the PNG; {FONTS}\n" in done.err
    assert "events.csv" in done.err
    assert "events.png" not in done.err


def test_a_file_with_nothing_else_has_nothing_to_compare() -> None:
    with_outputs("{png: true}")
    done = Done("export", "--check")
    assert done.code == 2
    assert done.err == (
        f"timeline: there is nothing to compare: `outputs` has only `png`, and {FONTS}\n"
    )


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    done = Done("export", "--png", "--csv")
    assert done.code == 2
    assert done.err == "timeline: --png needs resvg-py: `pip install 'timeline-as-code[png]'`\n"
    assert not Path("dist").exists()


@pytest.mark.parametrize("scale", ["0", "5", "x"])
def test_the_scale_has_bounds(scale: str) -> None:
    done = Done("export", "--png", "--png-scale", scale)
    assert done.code == 2
    assert "--png-scale must be a number from 1 to 4" in done.err


def test_the_scale_alone_has_no_effect() -> None:
    done = Done("export", "--csv", "--png-scale=1")
    assert done.code == 2
    assert "--png-scale has no effect without --png" in done.err


def test_the_layout_of_the_diagram_applies_to_it_alone() -> None:
    done = Done("export", "--csv", "--svg-width=360")
    assert done.code == 2
    assert "--svg-width has no effect without --svg: add --svg" in done.err


class TestWithResvg:
    """What needs the library."""

    @pytest.fixture(autouse=True)
    def _library(self) -> None:
        pytest.importorskip(
            "resvg_py", reason="needs the extra `png`: pip install 'timeline-as-code[png]'"
        )

    def test_it_is_written_like_any_output(self) -> None:
        options = ("--png", "--png-scale=1", "--svg-width=360")
        assert Done("export", *options).err == "wrote dist/events.png\n"
        image = Path("dist/events.png").read_bytes()
        assert image.startswith(START)
        assert int.from_bytes(image[16:20], "big") == 360
        assert Done("export", *options).err == "unchanged dist/events.png\n"
        assert Done("export", *options, "--stdout").out_bytes == image
        Path("dist/events.png").write_bytes(image.replace(b"timeline", b"somebody"))
        done = Done("export", *options)
        assert done.code == 2
        assert "`dist/events.png` was not written by timeline, so it is not replaced" in done.err
        assert Done("export", *options, "--force").code == 0

    def test_the_file_says_how(self) -> None:
        with_outputs("{png: [{path: a.png, scale: 1, width: 400}, {path: b.png, scale: 1}]}")
        assert Done("export").err == "wrote a.png\nwrote b.png\n"
        widths = [
            int.from_bytes(Path(name).read_bytes()[16:20], "big") for name in ("a.png", "b.png")
        ]
        assert widths == [400, 840]

    def test_a_machine_without_fonts_is_an_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(writer, "has_fonts", lambda: False)
        done = Done("export", "--png")
        assert done.code == 2
        assert done.err.startswith("timeline: --png needs a font, and none is installed")

    def test_a_font_is_noticed(self) -> None:
        assert writer.has_fonts()
