from __future__ import annotations

import numpy as np
import pytest

from desireline.journeys.analyses import medians
from desireline.journeys.analyses.medians import HistogramPass, Middles, medians_of
from desireline.journeys.model import Spans
from desireline.kernels.medians import Measures, bin_count


def nothing_measured(spans: Spans) -> Measures:
    return Measures(np.zeros(0, np.int32), np.zeros(0, np.int64))


@pytest.mark.parametrize("rows", [1, 32, 1_600, 3_000, 100_000])
def test_histograms_are_as_fine_as_their_memory_allows(rows: int) -> None:
    bits = medians.bits_for(rows)
    assert bits == 1 or rows * bin_count(bits) <= medians.MOST_CELLS
    assert bits == medians.FINEST_BITS or rows * bin_count(bits + 1) > medians.MOST_CELLS


def test_only_the_largest_groups_get_a_histogram_where_there_are_many() -> None:
    sizes = np.arange(100_000, dtype=np.int64)
    first = medians_of(Middles(nothing_measured, lambda found: found, sizes))
    assert isinstance(first, HistogramPass)
    assert first.height * bin_count(first.bits) <= medians.MOST_CELLS
    assert np.flatnonzero(first.rows < first.height).tolist() == list(range(100_000 - first.height, 100_000))
