from __future__ import annotations

from itertools import pairwise
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels.counting import count_rows
from desireline.kernels.gaps import first_of_stages, latest_rows, moves_between_channels, skipped_stages

STAGE_OF = [0, 1, 2, -1]
STAGES = 3


def spans_with_holes(lengths: list[tuple[int, int]]) -> tuple[list[int], list[int], int]:
    """Starts, ends and size of spans of at least one interaction, with some before each that are in none."""
    starts, ends, place = [], [], 0
    for hole, length in lengths:
        starts.append(place + hole)
        place += hole + length
        ends.append(place)
    return starts, ends, place


SPANS = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 6)), max_size=5).map(spans_with_holes)


def codes(draw: st.DataObject, size: int, below: int) -> list[int]:
    return draw.draw(st.lists(st.integers(0, below - 1), min_size=size, max_size=size))


@given(SPANS, st.data())
def test_the_first_interaction_of_each_stage_is_found(
    spans: tuple[list[int], list[int], int], draw: st.DataObject
) -> None:
    starts, ends, size = spans
    touchpoints = codes(draw, size, len(STAGE_OF))
    found = first_of_stages(
        np.array(touchpoints, np.uint16),
        np.array(starts, np.int64),
        np.array(ends, np.int64),
        np.array(STAGE_OF, np.int16),
        STAGES,
    )
    assert found.tolist() == [
        [
            next((place for place in range(start, end) if STAGE_OF[touchpoints[place]] == stage), -1)
            for stage in range(STAGES)
        ]
        for start, end in zip(starts, ends, strict=True)
    ]


@given(st.lists(st.lists(st.integers(-1, 4), min_size=STAGES, max_size=STAGES), max_size=6), st.data())
def test_a_stage_is_skipped_without_an_earlier_one_by_then(firsts: list[list[int]], draw: st.DataObject) -> None:
    times = sorted(codes(draw, 5, 3))
    spans, pairs = skipped_stages(np.array(firsts, np.int64).reshape(-1, STAGES), np.array(times, np.int64))

    def by(places: list[int], stage: int, moment: int) -> bool:
        return places[stage] >= 0 and times[places[stage]] <= moment

    expected = [
        (span, missing * STAGES + reached)
        for span, places in enumerate(firsts)
        for reached in range(STAGES)
        for missing in range(reached)
        if places[reached] >= 0 and not by(places, missing, times[places[reached]])
    ]
    assert list(zip(spans.tolist(), pairs.tolist(), strict=True)) == expected


@given(SPANS, st.data())
def test_moves_are_neighbours_of_a_span_in_different_channels(
    spans: tuple[list[int], list[int], int], draw: st.DataObject
) -> None:
    starts, ends, size = spans
    channels = codes(draw, size, 3)
    places, numbers = moves_between_channels(
        np.array(channels, np.uint8), np.array(starts, np.int64), np.array(ends, np.int64)
    )
    assert list(zip(places.tolist(), numbers.tolist(), strict=True)) == [
        (first, span)
        for span, (start, end) in enumerate(zip(starts, ends, strict=True))
        for first, second in pairwise(range(start, end))
        if channels[first] != channels[second]
    ]


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6), st.integers(0, 2)), unique=True).map(sorted),
    st.integers(1, 4),
    st.randoms(use_true_random=False),
)
def test_the_latest_rows_are_of_distinct_owners(rows: list[tuple[int, int, int]], most: int, random: Random) -> None:
    """A row: owner, time, group. Times of one owner and group differ, as they do in the analyses."""
    arrivals = list(range(len(rows)))
    random.shuffle(arrivals)
    owners, times, groups = (list(column) for column in zip(*rows, strict=True)) if rows else ([], [], [])
    found = latest_rows(
        np.array(groups, np.int32),
        np.array(times, np.int64),
        np.array(arrivals, np.int64),
        np.array(owners, np.int64),
        3,
        most,
    )
    for group in range(3):
        last = {owners[row]: row for row in range(len(rows)) if groups[row] == group}
        expected = sorted(last.values(), key=lambda row: (-times[row], arrivals[row]))[:most]
        assert [row for row in found[group].tolist() if row >= 0] == expected


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2))).map(sorted))
def test_rows_and_their_distinct_owners_are_counted(rows: list[tuple[int, int]]) -> None:
    """A row: owner, group."""
    owners, groups = np.array(rows, np.int64).reshape(-1, 2).T
    counts, customers = count_rows(groups.astype(np.int32), np.ascontiguousarray(owners), 3)
    assert counts.tolist() == [sum(group == each for _, group in rows) for each in range(3)]
    assert customers.tolist() == [len({owner for owner, group in rows if group == each}) for each in range(3)]
