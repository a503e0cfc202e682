"""LibreOffice opens our CSV, and computes nothing that an author wrote."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from support.attacked_cells import ATTACKS, attacked
from support.foreign import SPREADSHEET, missing_spreadsheet
from timeline.formats.csv.options import CsvOptions
from timeline.formats.csv.table import render

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.engines,
    pytest.mark.skipif(bool(missing_spreadsheet()), reason=missing_spreadsheet()),
]


@pytest.mark.parametrize("separators", ["44", "44/59"])
def test_no_text_becomes_a_formula(separators: str, tmp_path: Path) -> None:
    for number, attack in enumerate(ATTACKS):
        content = b"".join(render(attacked(attack), CsvOptions()))
        (tmp_path / f"{number}.csv").write_bytes(content)
    (tmp_path / "control.csv").write_bytes(b"a,=1+1\r\n")
    sources = sorted(tmp_path.glob("*.csv"))
    subprocess.run(
        [
            SPREADSHEET,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            f"--infilter=CSV:{separators},34,76,1",
            *("--convert-to", "fods", "--outdir", str(tmp_path)),
            *map(str, sources),
        ],
        capture_output=True,
        check=True,
    )
    sheets = {path.stem: path.with_suffix(".fods").read_text("utf-8") for path in sources}
    assert {name for name, sheet in sheets.items() if "table:formula" in sheet} == {"control"}
