"""Whatever is typed, the editor shows what `timeline validate` reports; see `support.edits`."""

from __future__ import annotations

import pytest

pytest.importorskip("pygls", reason="needs pygls, as `timeline lsp` does")

from support import edits

COUNT = 60


def test_the_first_states_of_the_long_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert edits.run(1, COUNT) == 0, capsys.readouterr().err
