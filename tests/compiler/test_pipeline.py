"""What the compiler reports of a file of which only the beginning was read."""

import pytest

from support.loading import load_text

CIRCLE = """\
calendar: {id: x.org, name: X}
events:
  - {id: a, summary: A, start: b.start}
  - {id: b, summary: B, start: a.start}
"""


@pytest.mark.parametrize(
    ("rest", "codes"),
    [
        pytest.param("", ["circle"], id="whole"),
        # The rest of the file may give one of them another start.
        pytest.param("  - {id: c\n", ["unclosed-bracket"], id="cut"),
    ],
)
def test_a_circle_is_reported_of_a_whole_file_only(rest: str, codes: list[str]) -> None:
    loaded = load_text(CIRCLE + rest)
    assert [diagnostic.code for diagnostic in loaded.diagnostics] == codes
