from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels.selecting import in_period, marked, pack_mask

MOMENTS = st.one_of(st.integers(-1, 9), st.sampled_from([-(2**63), 2**63 - 1]))
RUNS = st.lists(
    st.lists(st.one_of(st.integers(0, 8), st.just(2**63 - 1)), min_size=1, max_size=6).map(sorted), max_size=8
)


def flat(runs: list[list[int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    lengths = [len(run) for run in runs]
    ends = np.cumsum(lengths, dtype=np.int64)
    return np.array([time for run in runs for time in run], np.int64), ends - np.array(lengths, np.int64), ends


@given(RUNS, MOMENTS, MOMENTS)
def test_spans_are_shortened_to_the_period(runs: list[list[int]], start: int, end: int) -> None:
    times, starts, ends = flat(runs)
    low, high, owners = in_period(times, starts, ends, np.arange(len(runs)), start, end)
    wanted = {place: kept for place, run in enumerate(runs) if (kept := [time for time in run if start <= time <= end])}
    assert owners.tolist() == list(wanted)
    assert [times[first:last].tolist() for first, last in zip(low, high, strict=True)] == list(wanted.values())
    assert all(
        starts[owner] <= first and last <= ends[owner] for first, last, owner in zip(low, high, owners, strict=True)
    )


@given(RUNS, st.lists(st.booleans(), max_size=50))
def test_marked_rows_stay_in_their_spans(runs: list[list[int]], mask: list[bool]) -> None:
    times, starts, ends = flat(runs)
    arrivals = np.arange(len(times))[::-1].copy()
    rows, offsets, spans = marked(arrivals, starts, ends, pack_mask(np.array(mask, bool)))
    kept = {
        span: [row for row in range(first, last) if arrivals[row] < len(mask) and mask[arrivals[row]]]
        for span, (first, last) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True))
    }
    wanted = {span: own for span, own in kept.items() if own}
    assert spans.tolist() == list(wanted)
    assert [rows[low:high].tolist() for low, high in pairwise(offsets)] == list(wanted.values())
