"""What files contain while they are fixed in memory."""

from __future__ import annotations

import codecs
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from timeline.compiler.draft import Draft
from timeline.compiler.fix import fix_file
from timeline.compiler.splices import Splice
from timeline.diagnostics.model import STDIN
from timeline.source.includes import read_text

HEAD = "calendar: {id: example.org, name: Example, timezone: Europe/Riga}\n"


@given(st.text("aé東😀\n", max_size=12), st.sampled_from([b"", codecs.BOM_UTF8]), st.data())
def test_changes_are_those_of_the_text_and_can_be_undone(
    text: str, mark: bytes, data: st.DataObject
) -> None:
    draft = Draft(read_text(mark + f"#{text}".encode(), "a.yaml"))
    texts = [f"#{text}"]
    for _ in range(data.draw(st.integers(0, 3))):
        cuts = sorted(data.draw(st.sets(st.integers(1, len(texts[-1])), max_size=4)))
        pairs = zip(cuts[::2], cuts[1::2], strict=False)
        splices = [Splice(*pair, data.draw(st.text("bß\n", max_size=3))) for pair in pairs]
        draft.splice({"a.yaml": splices})
        changed = texts[-1]
        for start, end, new in reversed(splices):
            changed = changed[:start] + new + changed[end:]
        texts.append(changed)
        assert draft.after == {"a.yaml": mark + changed.encode()}
        assert draft.before == {"a.yaml": mark + texts[0].encode()}
        assert draft.document.text("a.yaml").raw == changed
    if len(texts) > 2:
        draft.undo(steps=1)
        assert draft.after == {"a.yaml": mark + texts[-2].encode()}
    draft.undo()
    assert (draft.count, draft.after, draft.before) == (0, {}, {})
    assert draft.contents == {"a.yaml": mark + texts[0].encode()}


def test_what_was_read_from_a_pipe_is_not_read_again() -> None:
    text = f"{HEAD}events:\n  - {{id: a, summary: A, start: 2027-1-3, alarms: [3 January 2027]}}\n"
    fixed = fix_file("-", BytesIO(text.encode()))
    assert fixed.before[STDIN] == text.encode()
    assert fixed.after[STDIN] == text.replace("2027-1-3", "2027-01-03").encode()
