from __future__ import annotations

import math
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.journeys.analyses import SessionsAnalysis
from desireline.journeys.model import DistributionBin
from desireline.journeys.spans import life, sessions

from .rows import SECOND, Row, answer, make_part, some_rows, spans_of

GAPS = st.sampled_from([0, SECOND, 3 * SECOND])


@given(some_rows(), GAPS)
def test_sessions_are_cut_where_the_pause_is_longer_than_the_gap(rows: list[Row], gap: int) -> None:
    part = make_part(rows)
    spans = sessions(life(part), gap)
    wanted = spans_of(rows, gap)
    assert part.customers[spans.owners].tolist() == [customer for customer, _ in wanted]
    assert (spans.ends - spans.starts).tolist() == [len(span) for _, span in wanted]


@given(some_rows())
def test_a_life_is_everything_of_a_customer(rows: list[Row]) -> None:
    part = make_part(rows)
    spans = life(part)
    assert part.customers[spans.owners].tolist() == [customer for customer, _ in spans_of(rows, None)]
    assert (spans.ends - spans.starts).tolist() == [len(span) for _, span in spans_of(rows, None)]


@given(some_rows(most=80), st.integers(1, 3), GAPS)
def test_measures_are_those_of_the_list_of_sessions(rows: list[Row], parts: int, gap: int) -> None:
    result = answer(SessionsAnalysis(), rows, parts=parts, gap=gap)
    spans = [span for _, span in spans_of(rows, gap)]
    seconds = [(span[-1].time - span[0].time) / SECOND for span in spans]
    assert result.sessions == len(spans)
    assert result.customers == len({row.customer for row in rows})
    lengths = [len(span) for span in spans]
    np.testing.assert_equal(result.median_interactions, float(median(lengths)) if spans else math.nan)
    np.testing.assert_equal(result.median_seconds, median(seconds) if spans else math.nan)
    assert_bins(result.interactions_distribution, lengths)
    assert_bins(result.seconds_distribution, seconds)


def assert_bins(bins: tuple[DistributionBin, ...], values: list[float]) -> None:
    for each in bins:
        assert each.sessions == sum(each.low <= value < each.high for value in values)
    assert sum(each.sessions for each in bins) == len(values)


@pytest.mark.parametrize(
    ("seconds", "low"),
    [
        (0, 0),
        (0.000001, 0.000001),
        (9.999999, 0.000001),
        (10, 10),
        (59, 10),
        (60, 60),
        (86_400, 86_400),
        (1e9, 86_400),
    ],
)
def test_a_duration_is_in_its_bin(seconds: float, low: float) -> None:
    rows = [Row(1, 0, 0, 0), Row(1, round(seconds * SECOND), 0, 0)]
    bins = answer(SessionsAnalysis(), rows).seconds_distribution
    assert [each.low for each in bins if each.sessions] == [low]


@pytest.mark.parametrize(
    ("interactions", "low"), [(1, 1), (2, 2), (5, 3), (6, 6), (20, 11), (50, 21), (51, 51), (400, 51)]
)
def test_a_length_is_in_its_bin(interactions: int, low: float) -> None:
    rows = [Row(1, moment, 0, 0) for moment in range(interactions)]
    bins = answer(SessionsAnalysis(), rows).interactions_distribution
    assert [each.low for each in bins if each.sessions] == [low]
