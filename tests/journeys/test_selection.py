"""Choosing interactions before they are grouped gives the same as choosing them among those of a part."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desireline.base import Period
from desireline.journeys.selection import Cutter
from desireline.journeys.spans import rows_of
from desireline.kernels.selecting import pack_mask

from .rows import Row, make_part, some_rows

moments = st.one_of(
    st.none(), st.integers(-1, 9).map(lambda second: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second))
)


@given(some_rows(), moments, moments, st.one_of(st.none(), st.lists(st.booleans(), max_size=40)))
def test_rows_are_chosen_alike_before_and_after_grouping(
    rows: list[Row], start: datetime | None, end: datetime | None, mask: list[bool] | None
) -> None:
    cutter = Cutter(Period(start, end), None if mask is None else pack_mask(np.array(mask, np.bool_)), None)
    spans = cutter(make_part(rows))
    before = cutter.chooses(np.array([row.time for row in rows], np.int64), np.arange(len(rows)))
    assert sorted(spans.part.arrivals[rows_of(spans)].tolist()) == np.flatnonzero(before).tolist()
