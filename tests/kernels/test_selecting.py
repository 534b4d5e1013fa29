from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels.selecting import in_period, keep_marked, marks_of_arrivals, pack_mask, spans_with_marks

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
    marks = marks_of_arrivals(arrivals, pack_mask(np.array(mask, bool)))
    assert marks.tolist() == [arrival < len(mask) and mask[arrival] for arrival in arrivals.tolist()]
    touchpoints, channels = (arrivals % 7).astype(np.uint16), (arrivals % 5).astype(np.uint8)
    kept = keep_marked((times, touchpoints, channels, arrivals), starts, ends, marks)
    rows = {
        span: [row for row in range(first, last) if marks[row]]
        for span, (first, last) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True))
    }
    wanted = {span: own for span, own in rows.items() if own}
    assert kept.spans.tolist() == list(wanted)
    assert spans_with_marks(starts, ends, marks).tolist() == [span in wanted for span in range(len(runs))]
    every = [row for own in wanted.values() for row in own]
    for column, of in zip((times, touchpoints, channels, arrivals), kept[:4], strict=True):
        assert of.tolist() == column[every].tolist()
    assert [kept.arrivals[low:high].tolist() for low, high in pairwise(kept.offsets)] == [
        arrivals[own].tolist() for own in wanted.values()
    ]
