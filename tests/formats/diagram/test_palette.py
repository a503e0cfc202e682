"""Colours and shapes of categories."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.diagram import HEAD, SPACE, calendar_of
from timeline.formats.diagram import palette
from timeline.formats.diagram.build import build_diagram


@pytest.mark.parametrize("scheme", [palette.LIGHT, palette.DARK])
def test_text_and_marks_have_enough_contrast(scheme: dict[str, str]) -> None:
    for ground in ("paper", "wash"):
        for ink in ("ink", "soft", "now"):
            assert palette.contrast(scheme[ink], scheme[ground]) >= 4.5
        assert palette.contrast(scheme["edge"], scheme[ground]) >= 2.99
        for pair in (*palette.PALETTE, palette.NEUTRAL):
            assert palette.contrast(pair[scheme is palette.DARK], scheme[ground]) >= 5


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_any_colour_of_the_file_has_enough_contrast(rgb: tuple[int, int, int]) -> None:
    for scheme, towards in ((palette.LIGHT, (0, 0, 0)), (palette.DARK, (255, 255, 255))):
        color = palette.visible(rgb, scheme, towards)
        for ground in ("paper", "wash"):
            assert palette.contrast(color, scheme[ground]) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert palette.contrast("#ffffff", "#000000") == pytest.approx(21)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_categories_differ_in_more_than_colour() -> None:
    events = [f"id: e{n}, summary: E, start: 2025, categories: [c{n}]" for n in range(49)]
    made = palette.Tones(calendar_of(*events)).all
    assert len({tone.shape for tone in made[:7]}) == 7
    assert len(set(made)) == 49


DECLARED = "categories: {x: {}, y: {}, z: {}, w: {}}\n"


def test_colours_follow_the_order_of_the_file_and_not_of_the_events() -> None:
    first = "id: a, summary: A, start: 2025, categories: [z]"
    second = "id: b, summary: B, start: 2025, categories: [x]"
    third = "id: c, summary: C, start: 2025, categories: [w]"
    looks = []
    for events in ((first, second, third), (second, first, third), (first,)):
        calendar = calendar_of(*events, head=DECLARED + HEAD)
        tones = palette.Tones(calendar)
        looks.append({name: tones.all[number] for name, number in tones.legend.items()})
        expected = [name for name in ("x", "z", "w") if name in looks[-1]]
        assert list(tones.legend) == expected
    assert looks[0] == looks[1]
    assert looks[2]["z"] == looks[0]["z"]
    assert looks[0]["x"][:2] == palette.PALETTE[0]
    assert looks[0]["z"][:2] == palette.PALETTE[2]


def test_a_colour_of_the_file_is_used_and_its_category_is_in_the_legend() -> None:
    calendar = calendar_of(
        "id: a, summary: A, start: 2025, categories: [rally], color: darkgreen",
        "id: b, summary: B, start: 2025",
    )
    tones = palette.Tones(calendar)
    looks = [tones.all[tones.number(event)] for event in calendar.events]
    assert looks[0].light == "#006400"
    assert list(tones.legend) == ["rally"]
    assert looks[1][:2] == palette.NEUTRAL


COLORED = "categories: {a: {color: crimson}, b: {color: navy}, c: {}}\n" + HEAD
GOLD = "id: gold, summary: Y, start: 2025-01-02, categories: [b], color: gold"
BARE_GOLD = "id: own, summary: Z, start: 2025-01-03, categories: [c], color: gold"


@pytest.mark.parametrize(
    "events",
    [
        (GOLD, "id: plain, summary: Y, start: 2025-01-04, categories: [b]"),
        ("id: plain, summary: Y, start: 2025-01-04, categories: [b]", GOLD),
        (GOLD,),
    ],
)
def test_the_colour_of_an_event_does_not_change_that_of_its_category(
    events: tuple[str, ...],
) -> None:
    calendar = calendar_of(*events, BARE_GOLD, head=COLORED)
    tones = palette.Tones(calendar)
    looks = {event.id: tones.all[tones.number(event)] for event in calendar.events}
    b, c = (tones.all[tones.legend[name]] for name in ("b", "c"))
    assert b[:2] == palette.visible_pair("navy")
    assert c[:2] == palette.PALETTE[2]
    assert looks["gold"] == (*palette.visible_pair("gold"), b.shape)
    assert looks["own"] == (*palette.visible_pair("gold"), c.shape)
    assert looks.get("plain", b) == b


def test_the_colour_of_a_second_category_is_that_of_the_event_only() -> None:
    calendar = calendar_of("id: a, summary: A, start: 2025, categories: [c, a]", head=COLORED)
    tones = palette.Tones(calendar)
    assert tones.all[tones.number(calendar.events[0])][:2] == palette.visible_pair("crimson")
    assert {name: tones.all[at][:2] for name, at in tones.legend.items()} == {
        "c": palette.PALETTE[2]
    }


def test_a_lane_and_a_mark_of_several_have_the_colour_of_their_category() -> None:
    first = "id: e0, summary: E, start: 2025-01-01, categories: [b], color: gold"
    crowd = [f"id: e{n}, summary: E, start: 2025-01-0{n}, categories: [b]" for n in range(2, 8)]
    far = "id: far, summary: F, start: 2027-01-01, color: gold"
    calendar = calendar_of(first, *crowd, far, head=COLORED)
    drawn = build_diagram(calendar, SPACE, layout="lanes")
    navy, grey = palette.visible_pair("navy"), palette.NEUTRAL
    assert [(lane.category, drawn.tones[lane.tone][:2]) for lane in drawn.lanes] == [
        ("b", navy),
        (None, grey),
    ]
    tones = [
        drawn.tones[item.mark.tone][:2]
        for lane in drawn.lanes
        for item in lane.items
        if item.mark.tone is not None
    ]
    assert tones == [navy, palette.visible_pair("gold")]
    (inset,) = drawn.lane_insets
    first_mark = inset.lanes[0].items[0].mark
    assert first_mark.tone is not None
    assert drawn.tones[first_mark.tone][:2] == palette.visible_pair("gold")


def test_grey_has_no_meaning_without_categories() -> None:
    calendar = calendar_of("id: a, summary: A, start: 2025")
    assert palette.Tones(calendar).all[0][:2] == palette.PALETTE[0]
