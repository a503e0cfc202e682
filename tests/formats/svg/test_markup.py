"""The markup: well-formed, self-contained and safe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from support.loading import calendar_of
from support.paths import TESTS
from support.svg import SVG, calendar_with, event_with, rendered, tree
from timeline.formats import FORMATS
from timeline.formats.png.options import PngOptions
from timeline.formats.svg import markup
from timeline.formats.svg.options import SvgOptions
from timeline.formats.svg.writer import write_calendar
from timeline.model.events import Calendar, Event

if TYPE_CHECKING:
    from pathlib import Path

CASES = sorted(TESTS.glob("cases/*/expected.svg"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_diagrams_are_well_formed_and_self_contained(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    root = ET.fromstring(text)
    assert (root.tag, root.get("role")) == (f"{SVG}svg", "img")
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "style", "defs", "linearGradient", "stop", "mask", "pattern"),
        *("g", "rect", "path", "text"),
    }
    ids = [element.get("id", "") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    own = root.get("id", "")
    assert own.startswith("timeline-")
    assert all(id_ == own or id_.startswith(f"{own}-") for id_ in ids)
    assert set(re.findall(r"url\(([^)]*)\)", text)) <= {f"#{id_}" for id_ in ids}
    assert "href" not in text
    title, description = root[0], root[1]
    assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
    # The description is not a part of the name, which is read whenever a reader moves past it.
    assert root.get("aria-labelledby") == title.get("id") == f"{own}-title"
    assert root.get("aria-describedby") == description.get("id") == f"{own}-desc"
    assert title.text
    assert description.text


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_a_style_sheet_applies_only_to_its_diagram(path: Path) -> None:
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    (style,) = root.findall(f"{SVG}style")
    assert style.text is not None
    rules = re.findall(r"([^{}]+)\{[^{}]*\}", re.sub(r"@media[^{]*\{", "", style.text))
    for selector in ",".join(rules).split(","):
        assert selector.strip("} \n").split(" ")[0] == f"#{root.get('id')}"


ATTACKS = (
    "<script>alert(1)</script>",
    "</text><script>alert(1)</script>",
    "]]><script/>",
    '" onload="alert(1)',
    "' onload='alert(1)",
    "&lt;b&gt; &amp; &#x3c;",
    "</style><style>*{display:none}",
    "<!-- --> <![CDATA[ <?xml ?>",
    "url(#x) javascript:alert(1)",
    "\u202e reversed \u2066",
    "tab\tand\u00a0blank",
    "\u2028 separators \u2029",
    "{{ 7 * 7 }} {% raw %}",
)


@pytest.mark.parametrize("attack", [*ATTACKS, "bell\a nul\0 \ufffe \ud800"])
def test_text_of_an_author_stays_text(attack: str) -> None:
    event = event_with(start="2025-01-03")
    changed = Event(
        "a",
        "a@x",
        attack,
        event.when,
        (),
        location=attack,
        categories=(attack,),
        description=attack,
    )
    calendar = Calendar("x.org", attack, (changed,), description=attack, language="en")
    text = b"".join(FORMATS["svg"].render(calendar, SvgOptions())).decode()
    root = ET.fromstring(text)
    safe = re.sub("[\0\a\ufffe\ud800]", "\ufffd", attack)
    assert root[0].text == safe
    assert any((element.text or "").startswith(f"{safe}\n") for element in root.iter(f"{SVG}title"))
    clean = tree(calendar_with(start="2025-01-03", location="x", categories="[x]"))
    tags = {element.tag for element in root.iter()}
    assert tags == {element.tag for element in clean.iter()}
    names = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on")}


@given(
    st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,20}[A-Za-z0-9])?", fullmatch=True),
    st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,20}[A-Za-z0-9])?", fullmatch=True),
)
def test_two_calendars_have_two_prefixes_that_are_names(one_id: str, other: str) -> None:
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", markup.id_prefix(one_id))
    assert (markup.id_prefix(one_id) == markup.id_prefix(other)) == (one_id == other)


def test_a_drawing_with_links_is_hidden_from_screen_readers() -> None:
    calendar = calendar_with(start="2025-01-03", location="x")
    root = ET.fromstring(rendered(calendar, link_prefix="#event-"))
    (link,) = root.iter(f"{SVG}a")
    assert (link.get("href"), link.get("tabindex")) == ("#event-a", "-1")
    assert root.get("aria-hidden") == "true"
    assert root.get("role") is None
    assert root.find(f"{SVG}desc") is None


@pytest.mark.parametrize("prefix", ["'\"><script>", "javascript:", "#"])
def test_a_link_is_escaped(prefix: str) -> None:
    root = ET.fromstring(rendered(calendar_with(start="2025-01-03"), link_prefix=prefix))
    (link,) = root.iter(f"{SVG}a")
    assert link.get("href") == f"{prefix}a"
    assert not list(root.iter(f"{SVG}script"))


def test_a_word_of_ten_thousand_characters_is_cut() -> None:
    calendar = calendar_with(start="2025-01-03")
    (event,) = calendar.events
    long = "W" * 10_000
    changed = replace(calendar, name=long, events=(replace(event, summary=long),))
    for options in ({}, {"layout": "lanes"}, {"width": 360}):
        shown = [
            element.text or ""
            for element in ET.fromstring(rendered(changed, **options)).iter(f"{SVG}text")
        ]
        assert max(map(len, shown)) < 120


def test_private_events_are_left_out_and_counted() -> None:
    calendar = calendar_of(
        """calendar: {id: x.org, name: X}
events:
  - {id: a, summary: Shown, start: 2027-01-03}
  - {id: b, summary: Hidden, start: 2027-01-04, class: private}
  - {id: c, summary: Secret, start: 2027-01-05, class: confidential}
"""
    )
    for options in (SvgOptions, PngOptions):
        text = "".join(write_calendar(calendar, options()))
        assert "Shown" in text
        assert "Hidden" not in text
        assert "Secret" not in text
        (notice,) = options().notices(calendar)
        assert notice == (
            "2 events are not in the diagram, by the class `private` or `confidential`: "
            "--all-classes shows them; the feed, the CSV and the Markdown have them"
        )
        assert "Secret" in "".join(write_calendar(calendar, options(all_classes=True)))
        assert options(all_classes=True).notices(calendar) == []
