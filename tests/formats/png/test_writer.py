"""The PNG: its size, its colours, its mark, and what it does not load."""

from __future__ import annotations

import pytest

from support.loading import calendar_of, calendar_of_file
from support.paths import ROOT
from support.pixels import START, Pixels, chunks, header_of
from timeline.formats import FORMATS
from timeline.formats.diagram.palette import LIGHT, PALETTE
from timeline.formats.png.options import MAX_PIXELS, PngOptions

pytest.importorskip("resvg_py", reason="needs the extra `png`: pip install 'timeline-as-code[png]'")

HEAD = "calendar: {id: x.org, name: X}\nevents:\n"
EVENTS = HEAD + "  - {id: a, summary: A, start: 2027-01-03, end: 2027-01-17}\n"


def image_of(text: str, **options: object) -> bytes:
    return b"".join(FORMATS["png"].render_file(calendar_of(text), PngOptions(**options)))  # type: ignore[arg-type]


def rgba(color: str) -> tuple[int, ...]:
    return (*bytes.fromhex(color[1:]), 255)


def svg_height(text: str, **options: object) -> int:
    svg = b"".join(FORMATS["svg"].render(calendar_of(text), PngOptions(**options)))  # type: ignore[arg-type]
    return int(svg.split(b'height="', 1)[1].split(b'"', 1)[0])


@pytest.mark.parametrize("options", [{}, {"scale": 1, "width": 360}, {"width": 320, "scale": 4}])
def test_it_has_the_pixels_of_the_diagram_times_the_scale(options: dict[str, int]) -> None:
    image = image_of(EVENTS, **options)
    width, scale = options.get("width", 840), options.get("scale", 2)
    assert image.startswith(START)
    size = width * scale, svg_height(EVENTS, width=width) * scale
    assert header_of(image) == size


def test_it_is_drawn_in_the_light_scheme_with_the_bar_of_the_event() -> None:
    pixels = Pixels(image_of(EVENTS, scale=1))
    colors = pixels.colors()
    assert pixels.at(pixels.width // 2, 4) == rgba(LIGHT["paper"])
    blue = rgba(PALETTE[0][0])
    assert colors[blue] > 1000  # type: ignore[index] - the bar is about 250 by 12 pixels
    assert colors.most_common(1)[0][0] == rgba(LIGHT["paper"])
    assert sum(colors.values()) == pixels.width * pixels.height


def test_text_is_drawn() -> None:
    longer = EVENTS.replace("summary: A", "summary: Anna and Otto drive through the desert")
    ink = rgba(LIGHT["ink"])
    small = {"scale": 1, "width": 320}
    drawn = [Pixels(image_of(text, **small)).colors()[ink] for text in (EVENTS, longer)]  # type: ignore[index]
    assert drawn[1] > drawn[0] + 200


def test_the_same_file_makes_the_same_bytes() -> None:
    assert image_of(EVENTS, scale=1) == image_of(EVENTS, scale=1)


def test_it_states_what_has_written_it() -> None:
    assert (b"tEXt", b"Software\0timeline") in chunks(image_of(EVENTS, scale=1))


def test_text_from_right_to_left_ends_at_its_place() -> None:
    arabic = EVENTS.replace("name: X", "name: رالي داكار, language: ar")
    pixels = Pixels(image_of(arabic, scale=1, width=320))
    paper = rgba(LIGHT["paper"])
    # Right of the words, there is nothing; the title begins at the margin.
    edge = range(pixels.width - 12, pixels.width - 2)
    assert all(pixels.at(x, y) == paper for x in edge for y in range(10, 60))
    title = [pixels.at(x, y) for x in range(200, pixels.width - 14) for y in range(10, 38)]
    assert rgba(LIGHT["ink"]) in title


def test_an_author_cannot_make_it_read_a_file() -> None:
    name = "<image href='file:///etc/hostname' width='9' height='9'/>"
    text = HEAD + f'  - {{id: a, summary: "{name}", start: 2027, description: "&x; ]]>"}}\n'
    svg = b"".join(FORMATS["svg"].render(calendar_of(text), PngOptions()))
    assert b"<image" not in svg
    assert b"href=" not in svg.replace(b"href=&#39;", b"")
    assert header_of(image_of(text, scale=1))[0] == 840


def test_a_calendar_without_events_is_an_image_too() -> None:
    image = image_of("calendar: {id: x.org, name: X}\nevents: []\n", scale=1)
    assert header_of(image)[1] > 40


def test_an_image_that_is_too_large_is_refused() -> None:
    events = "".join(
        f"  - {{id: e{number}, summary: E, start: {2000 + number}}}\n" for number in range(400)
    )
    calendar = calendar_of(HEAD + events)
    refusal = PngOptions(layout="rows", width=1920, scale=4).refusal(calendar)
    assert refusal is not None
    assert refusal.startswith("the PNG would have 7,680 by ")
    assert f"expected at most {MAX_PIXELS:,} in all: lower --png-scale" in refusal
    assert PngOptions(layout="lanes").refusal(calendar) is None


def test_the_diagram_of_this_project_has_room_for_its_letters() -> None:
    calendar = calendar_of_file(ROOT / "events.yaml")
    assert PngOptions().refusal(calendar) is None
