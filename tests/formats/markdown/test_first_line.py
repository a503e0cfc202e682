"""No first line of our Markdown is read as metadata of the page."""

from __future__ import annotations

import re

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.utils import meta

from support.markdown import AUTHORS, SIGNS, event, rendered, written
from support.rendered import Page
from timeline.formats.markdown.options import STYLES
from timeline.model.events import Calendar

pytestmark = pytest.mark.engines

KEY_AND_VALUE = re.compile(r"(?!#+ )[^:]*:")
"""Wider than any reader of metadata; no key begins as a heading does."""

KEYS = st.sampled_from(
    ["template", "title", "Author", "x-y", "a_b", " t", "1", "a b", "é", "---", "..."]
)
DESCRIPTIONS = st.builds(
    "{}{}{}{}".format,
    KEYS,
    st.sampled_from([":", ": ", " :", ":\n", "::", "\n", ":\t", "\n---\n"]),
    st.sampled_from(["x", "", "main.html", "x: y", "a:b:c:"]),
    st.sampled_from(["", "\n    more", "\ntitle: y", "\n\nsecond: z"]),
)
EVENTS = {
    "empty": (),
    "dated": (event("a", "hide: x", "2025"),),
    "undated": (event("a", "hide: x", "TBC"),),
}


def assert_no_metadata(text: str) -> None:
    assert not KEY_AND_VALUE.match(text.partition("\n")[0])
    body, data = meta.get_data(text)
    assert (body, data) == (text, {})
    reader = markdown.Markdown(extensions=["meta"])
    html = reader.convert(text)
    assert reader.Meta == {}  # type: ignore[attr-defined]
    assert html == markdown.markdown(text)


@pytest.mark.parametrize("title", [True, False])
@pytest.mark.parametrize("level", [1, 2, 6])
@pytest.mark.parametrize("style", STYLES)
@given(DESCRIPTIONS, st.sampled_from(sorted(EVENTS)))
@example("template: x", "empty")
@example("template: x", "dated")
@example("template:\n    x", "undated")
def test_no_first_line_is_metadata(
    style: str, level: int, title: bool, description: str, events: str
) -> None:
    calendar = Calendar("x.org", description, EVENTS[events], description=description)
    assert_no_metadata(rendered(calendar, style=style, heading_level=level, title=title))


@given(AUTHORS)
@example(SIGNS)
def test_no_first_line_of_any_author_is_metadata(authors: dict[str, str]) -> None:
    for style in STYLES:
        assert_no_metadata(rendered(written(authors), style=style, heading_level=1))


def test_the_description_is_shown_as_it_is_written() -> None:
    calendar = Calendar("x.org", "X", (), description="template: x\ntitle: y\n\nhttps://x.org: z")
    text = rendered(calendar, heading_level=1)
    assert text.startswith("template&#58; x\ntitle: y\n\n")
    page = Page(markdown.markdown(text, extensions=["meta"]))
    assert page.text == "template:xtitle:yhttps://x.org:zNoevents."
