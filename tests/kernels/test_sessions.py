from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels import sessions
from desireline.kernels.medians import bin_of


@given(
    st.lists(st.lists(st.integers(0, 100), min_size=1).map(sorted)),
    st.lists(st.integers(1, 99), unique=True).map(sorted),
)
def test_spans_are_counted_by_length_and_duration(runs: list[list[int]], edges: list[int]) -> None:
    edges = [0, *edges]
    ends = np.cumsum([len(run) for run in runs], dtype=np.int64)
    starts = ends - np.array([len(run) for run in runs], np.int64)
    times = np.array([time for run in runs for time in run], np.int64)
    lengths, binned, cells, lasting = sessions.count_spans(times, starts, ends, np.array(edges, np.int64), 3)
    durations = [run[-1] - run[0] for run in runs]
    assert lasting.tolist() == durations
    assert lengths.tolist() == [sum(len(run) == each for run in runs) for each in range(len(lengths))]
    assert binned.tolist() == [
        sum(low <= value < high for value in durations) for low, high in zip(edges, [*edges[1:], 101], strict=True)
    ]
    assert lengths.sum() == cells.sum() == len(runs)
    assert {int(bin_of(value, 3)) for value in durations} == set(np.flatnonzero(cells).tolist())


@given(st.lists(st.integers(0, 4)).map(sorted))
def test_customers_are_counted_once(owners: list[int]) -> None:
    assert sessions.count_customers(np.array(owners, np.int64)) == len(set(owners))


def test_pauses_between_customers_and_around_spans_cut_nothing_more() -> None:
    times = np.array([2**62, 2**62, -(2**62), 0, 11, 12])
    starts, ends, owners = sessions.cut_at_pauses(
        times, *(np.array(each) for each in ([0, 2, 3], [2, 3, 6], [1, 3, 4])), 10
    )
    assert list(zip(starts.tolist(), ends.tolist(), owners.tolist(), strict=True)) == [
        (0, 2, 1),
        (2, 3, 3),
        (3, 4, 4),
        (4, 6, 4),
    ]
