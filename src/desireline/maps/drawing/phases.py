"""A map in pictures of one shape, 16 wide and 9 high: what it is about, an overview, then each phase in type that can be read.

A phase whose lanes do not fit into one picture has several; each of them has its steps at the top.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desireline.base import joined, phrase
from desireline.maps.drawing.blocks import Block, stack, text
from desireline.maps.drawing.grid import GUTTER, RAIL
from desireline.maps.drawing.heading import heading
from desireline.maps.drawing.layout import MARGIN, lay_out
from desireline.maps.drawing.options import LayoutOptions, chosen_lanes
from desireline.maps.drawing.shapes import Drawing, Rectangle, Shape
from desireline.maps.drawing.wrapping import clean
from desireline.maps.excerpt import measured_in, one_phase, some_phases
from desireline.maps.measured import Measured
from desireline.maps.model import JourneyMap, Lane, Phase

WIDTH, HEIGHT = 1480.0, 832.5
"""Pixels of a picture in which nothing had to be made smaller: on a slide of 13.33 inches text of 12 pixels is 7.8 points."""
_TITLE, _UNDER, _TOP, _BELOW = 22.0, 12.5, 26.0, 16.0
_NARROWEST, _WIDEST = 120.0, 460.0
_OVERVIEW = ("emotion",)
_MOST_STEPS = 14
"""Side by side in an overview."""


@dataclass(frozen=True, slots=True)
class PhasePictures:
    """A map in pictures of one shape.

    Attributes
    ----------
    about
        What the map is about, its personas, and how well journeys follow it.
    overview
        All steps with the emotion; several of a map with many steps.
    phases
        Those that have steps, in order; of one phase there may be several.
    """

    about: Drawing
    overview: tuple[Drawing, ...]
    phases: tuple[Drawing, ...]

    @property
    def all(self) -> tuple[Drawing, ...]:
        """One after the other."""
        return (self.about, *self.overview, *self.phases)

    @property
    def once(self) -> Drawing:
        """All that is shown, each thing once: the overview says nothing that the phases do not."""
        shapes = tuple(shape for each in (self.about, *self.phases) for shape in each.shapes)
        return replace(self.about, shapes=shapes)


def lay_out_phases(
    journey_map: JourneyMap, *, measured: Measured | None = None, options: LayoutOptions = LayoutOptions()
) -> PhasePictures:
    """What the map is about, an overview of its steps with the emotion, then the phases that have steps, one after the other.

    Raises
    ------
    InputError
        See :func:`~desireline.maps.drawing.lay_out`.
    """
    lanes = chosen_lanes(journey_map, options.lanes)
    overview = tuple(_overviews(journey_map, options))
    about = _about(journey_map, measured, options, rtl=overview[0].rtl)
    found: list[Drawing] = []
    for phase in journey_map.phases:
        if not phase.steps:
            continue
        shown = one_phase(replace(journey_map, lanes=lanes), phase.id)
        own = None if measured is None else measured_in(measured, shown)
        parts = list(_parts(shown, own, replace(options, lanes=())))
        for number, part in enumerate(parts, start=1):
            place = phrase("{number} of {parts}", number=number, parts=len(parts)) if len(parts) > 1 else None
            found.append(_framed(part, phase.name, journey_map.title, place))
    return PhasePictures(about, overview, tuple(found))


def _about(journey_map: JourneyMap, measured: Measured | None, options: LayoutOptions, *, rtl: bool) -> Drawing:
    """What the map is about, its personas, and how well journeys follow it."""
    head = heading(journey_map, width=WIDTH - 2 * MARGIN, options=options, measured=measured, rtl=rtl)
    bare = Drawing(WIDTH, MARGIN, (Rectangle(0, 0, WIDTH, MARGIN, "paper"),), "", "", journey_map.language, rtl)
    return _on_paper(bare, head, journey_map.title)


def _overviews(journey_map: JourneyMap, options: LayoutOptions) -> Iterator[Drawing]:
    """All phases and steps, and the emotion as people wrote it, in as many pictures as its steps need."""
    groups: list[list[Phase]] = []
    for phase in journey_map.phases:
        if groups and sum(len(each.steps) for each in (*groups[-1], phase)) <= _MOST_STEPS:
            groups[-1].append(phase)
        else:
            groups.append([phase])
    if len(groups) < 2:
        yield _overview(journey_map, options, None)
        return
    for number, group in enumerate(groups, start=1):
        place = phrase("{number} of {parts}", number=number, parts=len(groups))
        yield _overview(some_phases(journey_map, [each.id for each in group]), options, place)


def _overview(journey_map: JourneyMap, options: LayoutOptions, place: str | None) -> Drawing:
    """Steps as wide as shows them largest."""
    bare = replace(options, lanes=_OVERVIEW, legend=False, heading=False)
    tried = (lay_out(journey_map, options=replace(bare, step_width=width)) for width in (_NARROWEST, 160.0, 196.0))
    best = min(tried, key=lambda each: max(each.width / WIDTH, each.height / HEIGHT))
    return _framed(best, phrase("Overview"), journey_map.title, place)


def _parts(phase: JourneyMap, measured: Measured | None, options: LayoutOptions) -> Iterator[Drawing]:
    """The lanes of a phase in as many pictures as they need; with measured values the emotion comes first."""
    wide = replace(options, step_width=_step_width(len(phase.steps)), heading=False, legend=False)
    left = list(phase.lanes)
    if measured is not None:
        left.sort(key=lambda lane: lane.role != "emotion")
    fewest = 0 if measured is not None else 1
    while True:
        count = len(left)
        drawn = _drawn(phase, left, measured, wide, is_last=True)
        while not _fits(drawn) and count > fewest:
            count -= 1
            drawn = _drawn(phase, left[:count], measured, wide, is_last=False)
        if count == len(left):
            explained = _drawn(phase, left, measured, replace(wide, legend=True), is_last=True)
            yield explained if _fits(explained) else drawn
            return
        yield drawn
        left, fewest, wide = left[count:], 1, replace(wide, measured_rows=False)


def _drawn(
    phase: JourneyMap, lanes: Sequence[Lane], measured: Measured | None, options: LayoutOptions, *, is_last: bool
) -> Drawing:
    """Some of the lanes; metrics that no lane has stand under the last ones, a measured emotion that none has over the first."""
    if is_last and len(lanes) == len(phase.lanes):
        return lay_out(replace(phase, lanes=tuple(lanes)), measured=measured, options=options)
    roles = {lane.role for lane in phase.lanes}
    named = [lane.id for lane in lanes] or ["emotion"]
    if is_last and "metrics" not in roles:
        named.append("metrics")
    is_felt_alone = "emotion" not in roles and options.measured_rows
    shown = replace(phase, lanes=tuple(lanes))
    return lay_out(shown, measured=measured, options=replace(options, lanes=() if is_felt_alone else tuple(named)))


def _step_width(steps: int) -> float:
    room = WIDTH - 2 * MARGIN - RAIL - 18
    return min(max((room + GUTTER) / steps - GUTTER, _NARROWEST), _WIDEST)


def _fits(drawing: Drawing) -> bool:
    return drawing.height - MARGIN + _head_height() <= HEIGHT


def _head_height() -> float:
    return _TOP + 1.36 * (_TITLE + _UNDER) + 4 + _BELOW


def _framed(drawing: Drawing, name: str, title: str, place: str | None) -> Drawing:
    """A picture of a phase under its name."""
    under = joined([clean(title), *([] if place is None else [place])], " · ")
    room = WIDTH - 2 * MARGIN
    head = stack(
        (
            text(name, width=room, size=_TITLE, bold=True, most=1, rtl_map=drawing.rtl),
            text(under, width=room, size=_UNDER, colour="ink-soft", most=1, rtl_map=drawing.rtl),
        ),
        gap=4,
    )
    return _on_paper(drawing, head, name)


def _on_paper(drawing: Drawing, head: Block, title: str) -> Drawing:
    """The drawing under a head, on paper that is 16 wide and 9 high; where it is larger, so is the paper."""
    top = _TOP + head.height + _BELOW - MARGIN
    scale = max(1.0, drawing.width / WIDTH, (top + drawing.height) / HEIGHT)
    width, height = WIDTH * scale, HEIGHT * scale
    left = max(0.0, width - drawing.width) if drawing.rtl else 0.0
    head_left = width - MARGIN - head.width if drawing.rtl else MARGIN
    shapes: tuple[Shape, ...] = (
        Rectangle(0, 0, width, height, "paper"),
        *(each.moved(left, top) for each in drawing.shapes[1:]),
        *head.at(head_left, _TOP),
    )
    return replace(drawing, width=width, height=height, shapes=shapes, title=clean(title), columns=(), rows=())
