"""Laws of the layout, over maps of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings

from desireline.base import InputError, Language, UnknownNameError, reading_in
from desireline.maps import Cell, Claim, JourneyMap, Lane, Metric, MetricPlacement, Opportunity, Phase, Step
from desireline.maps.drawing import LayoutOptions, lay_out
from desireline.maps.drawing.shapes import Box, Drawing, Group, Rectangle, Shape, Text, bounds, leaves, walk
from desireline.maps.drawing.themes import THEMES, Colour, contrast
from desireline.maps.drawing.wrapping import text_width
from desireline.maps.measured import Measured, PersonaMeasured, StepMeasures, Transition, Unplanned
from desireline.maps.model import MetricValue

from .measured_maps import made_up
from .random_maps import large_map, maps

NEARLY = 0.51
few = settings(max_examples=25, deadline=None)
SIZES = [
    pytest.param(0, 3, id="no steps"),
    pytest.param(1, 0, id="one step and no lane"),
    pytest.param(1, 18, id="one step and every lane"),
    pytest.param(60, 15, id="60 steps and 15 lanes"),
    pytest.param(500, 4, id="500 steps"),
]


def drawings(journey_map: JourneyMap) -> Iterator[Drawing]:
    yield lay_out(journey_map)
    yield lay_out(journey_map, measured=made_up(journey_map))


def groups(drawing: Drawing) -> dict[str, Group]:
    return {each.id: each for each in drawing.all_shapes() if isinstance(each, Group) and each.id is not None}


def cards(drawing: Drawing) -> list[Box]:
    """The cards of cells and steps: groups that begin with their frame."""
    found = [each for ident, each in groups(drawing).items() if ident.count("/") == 2 or ident.startswith("step/")]
    return [each.shapes[0].box for each in found if isinstance(each.shapes[0], Rectangle)]


def overlapping(boxes: list[Box]) -> list[tuple[Box, Box]]:
    ordered = sorted(boxes, key=lambda box: box.x)
    found = []
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.x >= one.right - NEARLY:
                break
            if one.y < other.bottom - NEARLY and other.y < one.bottom - NEARLY:
                found.append((one, other))
    return found


def within(inner: Box, outer: Box) -> bool:
    return (
        inner.x >= outer.x - NEARLY
        and inner.y >= outer.y - NEARLY
        and inner.right <= outer.right + NEARLY
        and inner.bottom <= outer.bottom + NEARLY
    )


def check(drawing: Drawing) -> None:
    assert overlapping(cards(drawing)) == []
    whole = Box(0, 0, drawing.width, drawing.height)
    for text in drawing.texts():
        assert within(text.box, whole), text
        for line in text.lines:
            assert text_width(line, size=text.size, bold=text.bold) <= text.width + NEARLY, text
    for group in groups(drawing).values():
        frame = group.shapes[0] if group.shapes else None
        if isinstance(frame, Rectangle):
            assert all(within(each.box, frame.box) for each in walk(group.shapes) if isinstance(each, Text)), group.id


@few
@given(maps())
def test_no_cards_overlap_and_every_text_lies_in_its_box(journey_map: JourneyMap) -> None:
    for drawing in drawings(journey_map):
        check(drawing)


def test_faces_of_one_step_stand_beside_each_other() -> None:
    cells = tuple(Cell(f"c{place}", "pay", emotion=0.0) for place in range(4))
    lanes = tuple(Lane(f"lane{place}", "emotion", "Emotion", cells=cells) for place in range(2))
    check(
        lay_out(
            JourneyMap("shop", title="I pay", phases=(Phase("buy", "Buy", steps=(Step("pay", "I pay"),)),), lanes=lanes)
        )
    )


@pytest.mark.parametrize(("steps", "lanes"), SIZES)
def test_maps_of_every_size_keep_the_laws(steps: int, lanes: int) -> None:
    check(lay_out(large_map(steps, lanes)))


@few
@given(maps())
def test_every_cell_that_says_something_is_drawn_once(journey_map: JourneyMap) -> None:
    drawn = [each.id for each in lay_out(journey_map).all_shapes() if isinstance(each, Group) and each.id]
    assert len(drawn) == len(set(drawn))
    expected = {
        f"{cell.step}/{cell.id}/{lane.id}"
        for lane in journey_map.lanes
        for cell in lane.cells
        if says_something(lane, cell)
    }
    assert expected <= set(drawn)
    assert {f"step/{each.id}" for each in journey_map.steps} <= set(drawn)


def says_something(lane: Lane, cell: Cell) -> bool:
    value = cell.emotion if lane.role == "emotion" else cell.tension if lane.role == "tension" else None
    curves = lane.role in ("emotion", "tension")
    on_the_card = not curves and (cell.emotion, cell.tension, cell.word) != (None, None, None)
    held = cell.claims or cell.touchpoints or cell.picture or cell.opportunities
    return bool(value is not None or on_the_card or held)


@few
@given(maps())
def test_a_layout_is_the_same_every_time_and_mirrored_twice_is_itself(journey_map: JourneyMap) -> None:
    drawing = lay_out(journey_map)
    assert drawing == lay_out(journey_map)
    back = drawing.mirrored().mirrored()
    pairs = zip(leaves(drawing.shapes), leaves(back.shapes), strict=True)
    assert all(bounds(one).x == pytest.approx(bounds(other).x, abs=1e-6) for one, other in pairs)


@few
@given(maps())
def test_every_text_stands_out_from_what_is_behind_it(journey_map: JourneyMap) -> None:
    """WCAG 2.2, 1.4.3: a ratio of 4.5, in both themes."""
    found = set(grounds(lay_out(journey_map, measured=made_up(journey_map))))
    for colours in THEMES.values():
        assert [pair for pair in found if contrast(colours[pair[0]], colours[pair[1]]) < 4.5] == []


def grounds(drawing: Drawing) -> Iterator[tuple[Colour, Colour]]:
    """The colour of every text, and that of the last filled shape under its middle."""
    filled: list[tuple[Box, Colour]] = []
    for shape in leaves(drawing.shapes):
        if isinstance(shape, Text):
            yield shape.colour, ground(shape, filled)
        elif fill_of(shape) is not None:
            filled.append((bounds(shape), fill_of(shape)))  # type: ignore[arg-type]


def ground(text: Text, filled: list[tuple[Box, Colour]]) -> Colour:
    x, y = text.x + text.width / 2, text.box.y + text.box.height / 2
    return next(colour for box, colour in reversed(filled) if box.x <= x <= box.right and box.y <= y <= box.bottom)


def fill_of(shape: Shape) -> Colour | None:
    if getattr(shape, "opacity", 1) < 1:
        return None
    found: Colour | None = getattr(shape, "fill", None)
    return found


def one_step(**fields: object) -> JourneyMap:
    return JourneyMap("m", "I pay", (Phase("p", "Pay", None, (Step("s", "I pay"),)),), **fields)  # type: ignore[arg-type]


def test_a_text_of_ten_thousand_characters_is_cut_and_keeps_all_of_it() -> None:
    said = "late " * 2_000
    drawing = lay_out(one_step(lanes=(Lane("l", "pains", "Pains", cells=(Cell("c", "s", claims=(Claim(said),)),)),)))
    cut = next(each for each in drawing.texts() if each.whole is not None)
    assert cut.lines[-1].endswith("…") and cut.whole == said and drawing.height < 2_000


def test_a_map_in_arabic_is_mirrored() -> None:
    journey_map = large_map(3, 1)
    heads = groups(lay_out(JourneyMap("m", "أشتري", journey_map.phases, journey_map.lanes, language="ar")))
    assert bounds(heads["step/s0"]).x > bounds(heads["step/s1"]).x > bounds(heads["step/s2"]).x


def test_arabic_in_a_map_from_left_to_right_stands_at_the_right() -> None:
    title = next(each for each in lay_out(JourneyMap("m", "أشتري هاتفا", ())).texts() if each.rtl)
    assert title.align == "right"


def test_only_the_lanes_asked_for_are_drawn_in_the_order_asked_for() -> None:
    drawn = groups(lay_out(large_map(2, 6), options=LayoutOptions(lanes=("l2", "actions"))))
    assert [ident for ident in drawn if ident.startswith("lane/")] == ["lane/l2", "lane/l1"]


def test_a_lane_that_is_not_there_is_named_with_near_ones() -> None:
    with pytest.raises(UnknownNameError, match="no lane with the id or role 'acton'") as caught:
        lay_out(large_map(2, 3), options=LayoutOptions(lanes=("acton",)))
    assert "actions" in (caught.value.hint or "")


def test_measures_of_another_map_are_refused() -> None:
    with pytest.raises(InputError, match="along the map 'm', got that of 'other'"):
        lay_out(one_step(), measured=Measured("other", 1, None, ()))


@pytest.mark.parametrize("width", [0, 119.9, 601, float("nan")])
def test_a_step_width_that_cannot_be_is_refused(width: float) -> None:
    with pytest.raises(InputError, match="step width from 120 to 600"):
        LayoutOptions(step_width=width)


def words(drawing: Drawing) -> str:
    return "\n".join(" ".join(each.lines) for each in drawing.texts())


def test_what_was_measured_is_said_with_its_numbers() -> None:
    measured = Measured("m", 200, 0.5, (StepMeasures("s", "bound", reached=150, left=20),), period="2026")
    said = words(lay_out(one_step(), measured=measured)).replace("\N{NO-BREAK SPACE}", " ")
    assert all(each in said for each in ("75 %", "150 reached it", "50 %", "200 journeys", "2026"))


def test_the_customers_of_a_persona_have_a_lane_of_their_own() -> None:
    steps = (
        StepMeasures("s", "bound", reached=30, median_seconds_from_previous=60, median_seconds_interval=(30, 120)),
    )
    anna = PersonaMeasured("anna", "Anna", 40, steps)
    measured = Measured("m", 200, 0.5, (StepMeasures("s", "bound", reached=150),), personas=(anna,))
    drawing = lay_out(one_step(), measured=measured)
    said = words(drawing).replace("\N{NO-BREAK SPACE}", " ")
    assert all(each in said for each in ("Anna", "40 journeys", "30 reached it", "(30 s to 2 min)"))
    ids = [each.id for each in drawing.all_shapes() if isinstance(each, Group)]
    assert {"measured/s", "measured-of/anna", "measured-of/anna/s"} <= set(ids)


def test_ways_that_customers_take_and_the_map_lacks_are_drawn() -> None:
    journey_map = large_map(3, 0)
    bound = tuple(StepMeasures(each.id, "bound", reached=100) for each in journey_map.steps)
    taken = (Transition("s0", "s2", 90), Transition("s0", "s1", 10))
    said = words(lay_out(journey_map, measured=Measured("large", 100, None, bound, transitions=taken)))
    assert "90\N{NO-BREAK SPACE}%" in said and "a way that the map does not have" in said


def test_ways_over_what_may_be_passed_over_are_drawn_as_the_map_s_own() -> None:
    journey_map = large_map(3, 0)
    bound = tuple(StepMeasures(each.id, "bound", reached=100) for each in journey_map.steps)
    taken = (Transition("s0", "s2", 90, allowed=True), Transition("s0", "s1", 10))
    said = words(lay_out(journey_map, measured=Measured("large", 100, None, bound, transitions=taken)))
    assert "90\N{NO-BREAK SPACE}%" in said and "a way that the map does not have" not in said


@pytest.mark.parametrize("after", [None, "s0"])
def test_names_of_unplanned_touchpoints_have_room_for_their_words(after: str | None) -> None:
    unplanned = (Unplanned("Appointment booked", after, 123_456),)
    bound = (StepMeasures("s0", "bound"),)
    said = words(lay_out(large_map(12, 0), measured=Measured("large", 1, None, bound, unplanned)))
    assert "Appointment booked" in said


@pytest.mark.parametrize("unit", ["%", "points", None])
def test_targets_of_shares_are_told_in_per_cent(unit: str | None) -> None:
    metric = Metric("m", "Conversion", "reach", unit=unit, target=0.3, values=(MetricValue(0.275, date(2026, 5, 1)),))
    step = Step("s", "s", metrics=(MetricPlacement("m"),))
    said = words(lay_out(JourneyMap("m", "m", (Phase("p", "p", None, (step,)),), metrics=(metric,))))
    assert "target at least 30\N{NO-BREAK SPACE}%" in said and "27.5\N{NO-BREAK SPACE}%, 1 May 2026" in said


@pytest.mark.parametrize("is_measured", [True, False])
def test_a_metric_is_called_not_measured_only_where_something_was_measured(is_measured: bool) -> None:
    step = Step("s", "s", metrics=(MetricPlacement("m"),))
    journey_map = JourneyMap("m", "m", (Phase("p", "p", None, (step,)),), metrics=(Metric("m", "Hours", "number"),))
    measured = Measured("m", 9, None, (StepMeasures("s", "bound"),)) if is_measured else None
    said = words(lay_out(journey_map, measured=measured))
    assert "Hours" in said
    assert ("not measured" in said) is is_measured


@pytest.mark.parametrize(
    ("language", "reviewed", "silent"),
    [("en", "Reviewed 31 May 2026", "silent since 2 March 2026"), ("de", "Geprüft am 31. Mai 2026", "2. März 2026")],
)
def test_days_are_written_as_their_reader_writes_them(language: Language, reviewed: str, silent: str) -> None:
    measured = Measured("m", 9, None, (StepMeasures("s", "silent", silent_since=date(2026, 3, 2)),))
    with reading_in(language):
        said = words(lay_out(one_step(reviewed=date(2026, 5, 31)), measured=measured)).replace("\n", " ")
    assert reviewed in said and silent in said


def test_an_opportunity_that_nobody_has_is_named_by_its_id() -> None:
    lane = Lane("l", "opportunities", "Ideas", cells=(Cell("c", "s", opportunities=("gone", "o")),))
    said = words(lay_out(one_step(lanes=(lane,), opportunities=(Opportunity("o", "How might we?"),))))
    assert "gone (not found)" in said and "How might we?" in said


@pytest.mark.parametrize(
    ("next_of", "kind"),
    [
        pytest.param({}, "Linear", id="one after the other"),
        pytest.param({"s0": ("s1", "s2")}, "Branching", id="two ways on"),
        pytest.param({"s2": ("s0",)}, "Cyclical", id="a way back"),
        pytest.param({"s1": ("s1", "s2")}, "Cyclical", id="a way to itself"),
    ],
)
def test_the_heading_says_how_the_journey_runs(next_of: dict[str, tuple[str, ...]], kind: str) -> None:
    steps = tuple(Step(ident, ident, next=next_of.get(ident)) for ident in ("s0", "s1", "s2"))
    assert kind in words(lay_out(JourneyMap("m", "m", (Phase("p", "p", None, steps),))))


def test_the_lines_of_a_service_blueprint_stand_above_their_lanes() -> None:
    lanes = tuple(Lane(role, role, role) for role in ("frontstage", "backstage", "support"))  # type: ignore[arg-type]
    found = {each.lines[0]: each.y for each in lay_out(one_step(lanes=lanes)).texts()}
    order = [
        "Line of interaction",
        "frontstage",
        "Line of visibility",
        "backstage",
        "Line of internal interaction",
        "support",
    ]
    heights = [found[name] for name in order]
    assert heights == sorted(heights)
