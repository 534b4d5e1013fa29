from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels import changes
from desireline.kernels.changes import (
    LEAST_DAYS,
    best_windows_of_means,
    best_windows_of_shares,
    count_days,
    last_known,
    prompted,
    steady_spans,
    sum_days,
    windows_of,
)

CODES = st.lists(st.lists(st.integers(-1, 2), min_size=1, max_size=5), max_size=4)
DAY = 10


def flat(runs: list[list[int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    ends = np.cumsum([len(run) for run in runs], dtype=np.int64)
    starts = ends - np.array([len(run) for run in runs], np.int64)
    return np.array([code for run in runs for code in run], np.int32), starts, ends


@given(CODES)
def test_missing_values_are_filled_with_the_last_one_of_the_customer(runs: list[list[int]]) -> None:
    wanted = []
    for run in runs:
        known = [code for code in run if code >= 0]
        wanted += [code if code >= 0 else (known[-1] if known else -1) for code in run]
    assert last_known(*flat(runs)).tolist() == wanted


@given(CODES)
def test_customers_who_keep_their_value_are_counted(runs: list[list[int]]) -> None:
    several = [[code for code in run if code >= 0] for run in runs]
    several = [known for known in several if len(known) > 1]
    assert steady_spans(*flat(runs)) == (len(several), sum(len(set(known)) == 1 for known in several))


STEPS = st.lists(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 2), st.integers(0, 1), st.integers(-1, 1), st.sampled_from("sa-")),
        min_size=1,
        max_size=6,
    ).map(lambda run: sorted(run, key=lambda step: step[0])),
    max_size=4,
)
"""Time, touchpoint, channel, segment, and whether it was sent, acted, or neither."""


@given(STEPS, st.integers(0, 12), st.integers(0, 5))
def test_what_answers_the_company_is_prompted(
    people: list[list[tuple[int, int, int, int, str]]], horizon: int, chain: int
) -> None:
    wanted = []
    for person in people:
        answered: list[int] = []
        for place, (time, _, channel, _, who) in enumerate(person):
            sent = [each[0] for each in person[:place] if each[4] == "s" and each[2] == channel]
            here = who == "a" and (
                bool(sent and time - sent[-1] <= horizon) or bool(answered and time - answered[-1] <= chain)
            )
            answered += [time] if here else []
            wanted.append(here)
    every = [step for person in people for step in person]
    _, starts, ends = flat([[0] * len(person) for person in people])
    found = prompted(
        np.array([step[0] for step in every], np.int64),
        np.array([step[2] for step in every], np.uint8),
        np.array([step[4] == "s" for step in every], np.bool_),
        np.array([step[4] == "a" for step in every], np.bool_),
        starts,
        ends,
        horizon,
        chain,
    )
    assert found.tolist() == wanted


@given(STEPS, st.data())
def test_days_are_counted_as_they_are_defined(
    people: list[list[tuple[int, int, int, int, str]]], data: st.DataObject
) -> None:
    kinds, pairs, groups, days, horizon = 3, 2, 3, 4, 5
    every = [step for person in people for step in person]
    pair_of = {(0, 1): 0, (2, 2): 1}
    answered = data.draw(st.lists(st.booleans(), min_size=len(every), max_size=len(every)))
    codes = [step[1] if step[4] == "a" else -1 for step in every]
    _, starts, ends = flat([[0] * len(person) for person in people])
    table = np.full((kinds, kinds), -1, np.int32)
    for pair, number in pair_of.items():
        table[pair] = number
    found = changes.DayCounts(
        *count_days(
            np.array([step[0] for step in every], np.int64),
            np.array([step[0] // DAY for step in every], np.int64),
            np.array(codes, np.int32),
            np.array(answered, np.bool_),
            np.array([[step[3] + 1 if step[3] >= 0 else -1] for step in every], np.int32).reshape(-1, 1),
            starts,
            ends,
            np.arange(len(people)),
            table,
            (kinds, pairs, groups, days),
            horizon,
        )
    )
    active, did, left = set(), set(), np.zeros((kinds, groups, days), int)
    followed, weeks, place = np.zeros((pairs, groups, days), int), set(), 0
    for customer, person in enumerate(people):
        for number, step in enumerate(person):
            code, day, here = codes[place], step[0] // DAY, answered[place]
            own = [0, *([step[3] + 1] if step[3] >= 0 else [])]
            if code >= 0:
                weeks.add((code, customer, day // 7))
                active |= {(group, day, customer) for group in own}
                if not here:
                    did |= {(code, group, day, customer) for group in own}
                    left[code, own, day] += 1
                    last = number + 1 == len(person)
                    after = -1 if last or answered[place + 1] else codes[place + 1]
                    if (code, after) in pair_of and person[number + 1][0] - step[0] <= horizon:
                        followed[pair_of[code, after], own, day] += 1
            place += 1
    assert found.active.tolist() == [[sum(a[:2] == (g, d) for a in active) for d in range(days)] for g in range(groups)]
    assert found.did.tolist() == [
        [[sum(a[:3] == (k, g, d) for a in did) for d in range(days)] for g in range(groups)] for k in range(kinds)
    ]
    assert found.left.tolist() == left.tolist()
    assert found.followed.tolist() == followed.tolist()
    assert found.weeks.tolist() == [sum(week[0] == kind for week in weeks) for kind in range(kinds)]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(-1, 1), st.integers(-5, 5), st.integers(-1, 1)), max_size=12))
def test_values_are_summed_by_day(rows: list[tuple[int, int, int, int]]) -> None:
    days, measures, values, groups = (np.array([row[column] for row in rows], np.int64) for column in range(4))
    segments = np.where(groups >= 0, groups + 1, -1).astype(np.int32).reshape(-1, 1)
    found = sum_days(days, measures.astype(np.int32), values, segments, (2, 3, 3))
    for measure in range(2):
        for group in range(3):
            for day in range(3):
                own = [v for d, m, v, g in rows if (d, m) == (day, measure) and group in (0, g + 1 if g >= 0 else 0)]
                assert found[:, measure, group, day].tolist() == [len(own), sum(own), sum(each * each for each in own)]


SERIES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=24, max_size=24)


@given(SERIES)
def test_the_stretch_that_differs_most_is_found(days: list[tuple[int, int]]) -> None:
    hits, totals = np.array([a for a, _ in days]), np.array([a + b for a, b in days])
    windows = windows_of(24, lengths=(3, 7), least_before=4)
    best, score = best_windows_of_shares(hits[None], totals[None], windows.starts, windows.ends, 2)
    wanted = 0.0
    for start, end in zip(windows.starts.tolist(), windows.ends.tolist(), strict=True):
        inside = np.zeros(24, bool)
        inside[start:end] = True
        n, m = totals[inside].sum(), totals[~inside].sum()
        pooled = hits.sum() / max(totals.sum(), 1)
        if min(n, m) < 2 or (totals[inside] > 0).sum() < LEAST_DAYS or not 0 < pooled < 1:
            continue
        z = (hits[inside].sum() / n - hits[~inside].sum() / m) / math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
        wanted = max(wanted, abs(z))
    assert abs(score[0]) == pytest.approx(wanted)
    assert (best[0] >= 0) == (wanted > 0)


@given(st.lists(st.lists(st.integers(1, 9), max_size=3), min_size=24, max_size=24))
def test_the_stretch_in_which_a_mean_differs_most_is_found(days: list[list[int]]) -> None:
    sums = np.array([[len(d), sum(d), sum(v * v for v in d)] for d in days], np.int64).T[:, None, :].copy()
    windows = windows_of(24, lengths=(3, 7), least_before=4)
    _, score = best_windows_of_means(sums, windows.starts, windows.ends, 2)
    wanted = 0.0
    for start, end in zip(windows.starts.tolist(), windows.ends.tolist(), strict=True):
        inside = [v for d in days[start:end] for v in d]
        outside = [v for d in (*days[:start], *days[end:]) for v in d]
        if min(len(inside), len(outside)) < 2 or len(inside) + len(outside) < 3:
            continue
        within = np.var(inside) * len(inside) + np.var(outside) * len(outside)
        variance = max(within / (len(inside) + len(outside) - 2), (0.01 * np.mean(inside + outside)) ** 2)
        z = (np.mean(inside) - np.mean(outside)) / math.sqrt(variance * (1 / len(inside) + 1 / len(outside)))
        wanted = max(wanted, abs(float(z)))
    assert abs(score[0]) == pytest.approx(wanted)


def test_stretches_leave_days_before_and_run_to_the_end() -> None:
    windows = windows_of(10, lengths=(3, 5), least_before=4)
    assert list(zip(windows.starts.tolist(), windows.ends.tolist(), strict=True)) == [
        (4, 7),
        (4, 9),
        (4, 10),
        (5, 8),
        (5, 10),
        (6, 9),
        (6, 10),
        (7, 10),
    ]
    assert not len(windows_of(3, lengths=(3,), least_before=4).starts)
