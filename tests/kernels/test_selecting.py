from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels.grouping import Columns, Grouped, group
from desireline.kernels.selecting import pack_mask, select

SIDES = st.one_of(st.none(), st.integers(-1, 9), st.sampled_from([-(2**63), 2**63 - 1]))


def make_grouped(rows: list[tuple[int, int]]) -> Grouped:
    numbers = np.arange(len(rows))
    return group(
        Columns(
            np.array([customer for customer, _ in rows], np.int64),
            np.array([time for _, time in rows], np.int64),
            numbers.astype(np.uint16),
            numbers.astype(np.uint8),
            numbers,
        )
    )


@given(
    st.lists(st.tuples(st.integers(0, 4), st.one_of(st.integers(0, 8), st.just(2**63 - 1))), max_size=40),
    SIDES,
    SIDES,
    st.one_of(st.none(), st.lists(st.booleans(), max_size=50)),
)
def test_selected_is_what_leaving_rows_out_gives(
    rows: list[tuple[int, int]], start: int | None, end: int | None, mask: list[bool] | None
) -> None:
    grouped = make_grouped(rows)
    bitmap = None if mask is None else pack_mask(np.array(mask, bool))
    selected = select(grouped, start=start, end=end, arrivals=bitmap)
    owners = grouped.keys.repeat(np.diff(grouped.offsets)).tolist()
    kept = [
        place
        for place, (time, arrival) in enumerate(zip(grouped.times, grouped.arrivals, strict=True))
        if (start is None or time >= start)
        and (end is None or time < end)
        and (mask is None or (arrival < len(mask) and mask[arrival]))
    ]
    assert selected.arrivals.tolist() == grouped.arrivals[kept].tolist()
    assert selected.times.tolist() == grouped.times[kept].tolist()
    assert selected.touchpoints.tolist() == grouped.touchpoints[kept].tolist()
    assert selected.channels.tolist() == grouped.channels[kept].tolist()
    assert selected.keys.repeat(np.diff(selected.offsets)).tolist() == [owners[place] for place in kept]
    assert len(set(selected.keys.tolist())) == len(selected.keys)
    assert (np.diff(selected.offsets) > 0).all()
