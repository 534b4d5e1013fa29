from __future__ import annotations

from math import isnan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels.proportions import wilson_intervals

Z = 1.959963984540054


@given(st.integers(0, 2_000), st.integers(1, 2_000))
def test_at_each_end_the_share_is_as_far_as_chance_goes(count: int, total: int) -> None:
    """The definition: the shares from which the one that was seen is at most z standard errors away."""
    count = min(count, total)
    low, high = (float(end[0]) for end in wilson_intervals(np.array([count]), np.array([total])))
    assert 0 <= low <= count / total <= high <= 1
    for end in (low, high):
        if 0 < end < 1:
            assert abs(count / total - end) == pytest.approx(Z * sqrt(end * (1 - end) / total), abs=1e-9)


def test_nothing_seen_has_no_interval() -> None:
    low, high = wilson_intervals(np.array([0, 0]), np.array([0, 10]))
    assert isnan(low[0]) and isnan(high[0])
    assert low[1] == 0
    assert high[1] == pytest.approx(0.2775, abs=1e-4)
