"""Small random maps over the touchpoints of ``tests.journeys.rows``, and analyses of them without a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from hypothesis import strategies as st

from desireline.evidence.alignment import AlignmentAnalysis, OpenRule
from desireline.evidence.graph import graph_of
from desireline.evidence.signatures import MarksOf, marks_in
from desireline.interactions import parse_condition
from desireline.journeys.marks import ArrivalMarks
from desireline.journeys.model import Names
from desireline.kernels.selecting import pack_mask
from desireline.maps import Binding, JourneyMap, Phase, Step

from ..journeys.rows import NAMES, Row

ANYTHING = parse_condition("touchpoint exists")
MOST_ROWS = 1_000


@dataclass(frozen=True)
class Meets:
    """What meets a step's condition: pairs of touchpoint and channel, or arrival numbers that a number divides."""

    pairs: frozenset[tuple[int, int]] = frozenset()
    divisor: int | None = None

    def of(self, row: Row, arrival: int) -> bool:
        return arrival % self.divisor == 0 if self.divisor else (row.touchpoint, row.channel) in self.pairs

    def marks(self) -> MarksOf:
        if self.divisor:
            bitmap = ArrivalMarks(pack_mask(np.arange(MOST_ROWS) % self.divisor == 0))
            return partial(_always, bitmap)
        texts = [
            f"(touchpoint = {NAMES.touchpoints[t]} and channel = {NAMES.channels[c]})" for t, c in sorted(self.pairs)
        ]
        return marks_in(None, parse_condition(" or ".join(texts)))  # type: ignore[arg-type]


def _always(marks: ArrivalMarks, names: Names) -> ArrivalMarks:
    return marks


@dataclass(frozen=True)
class MeasuredMap:
    """A map, and what meets the conditions of its bound steps."""

    journey_map: JourneyMap
    meets: dict[str, Meets]

    def analysis(self, open_rule: OpenRule | None = None) -> AlignmentAnalysis:
        graph = graph_of(self.journey_map, tuple(self.meets))
        return AlignmentAnalysis(
            graph, tuple(self.meets[step.id].marks() for step in graph.steps), open_rule or OpenRule()
        )


def touchpoint(*codes: int) -> Meets:
    return Meets(frozenset((code, channel) for code in codes for channel in range(len(NAMES.channels))))


def a_map(*steps: Step) -> JourneyMap:
    return JourneyMap("map", "Map", (Phase("phase", "Phase", steps=steps),))


def line(*codes: int, optional: Sequence[int] = (), once: Sequence[int] = ()) -> MeasuredMap:
    """One step after the other, each bound to a touchpoint."""
    steps = [
        Step(
            f"s{place}",
            f"Step {place}",
            optional=place in optional,
            binding=Binding(ANYTHING, "once" if place in once else "each"),
        )
        for place in range(len(codes))
    ]
    return MeasuredMap(a_map(*steps), {f"s{place}": touchpoint(code) for place, code in enumerate(codes)})


@st.composite
def random_maps(draw: st.DrawFn, most: int = 5) -> MeasuredMap:
    """Branches, loops, optional and unbound steps, steps that share interactions, steps that ask for more than codes."""
    ids = [f"s{place}" for place in range(draw(st.integers(1, most)))]
    following = st.one_of(st.none(), st.none(), st.lists(st.sampled_from(ids), max_size=3, unique=True).map(tuple))
    what = st.one_of(
        st.integers(0, 3).map(touchpoint),
        st.frozensets(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=4).map(Meets),
        st.integers(2, 4).map(lambda divisor: Meets(divisor=divisor)),
    )
    bound = [draw(st.integers(0, 4)) > 0 for _ in ids]
    bound[draw(st.integers(0, len(ids) - 1))] = True
    steps = [
        Step(
            ident,
            ident,
            optional=draw(st.integers(0, 3)) == 0,
            next=draw(following),
            binding=Binding(ANYTHING, draw(st.sampled_from(["each", "each", "once"]))) if is_bound else None,
        )
        for ident, is_bound in zip(ids, bound, strict=True)
    ]
    meets = {ident: draw(what) for ident, is_bound in zip(ids, bound, strict=True) if is_bound}
    return MeasuredMap(a_map(*steps), meets)
