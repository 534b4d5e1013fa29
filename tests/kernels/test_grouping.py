from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels import grouping
from desireline.kernels.grouping import Columns

KEYS = st.one_of(st.integers(-3, 3), st.sampled_from([-(2**63), 2**63 - 1, 2**32]), st.integers(-(2**63), 2**63 - 1))


@st.composite
def columns(draw: st.DrawFn, most: int = 80) -> Columns:
    rows = draw(st.lists(st.tuples(KEYS, st.one_of(st.integers(0, 4), KEYS)), max_size=most))
    arrivals = draw(st.permutations(range(len(rows))))
    return make_columns([key for key, _ in rows], [time for _, time in rows], arrivals)


def make_columns(customers: list[int], times: list[int], arrivals: list[int]) -> Columns:
    numbers = np.arange(len(customers))
    return Columns(
        np.array(customers, np.int64),
        np.array(times, np.int64),
        (numbers * 7 % 65_536).astype(np.uint16),
        (numbers * 5 % 256).astype(np.uint8),
        np.array(arrivals, np.int64),
    )


def rows_of(columns: Columns) -> list[tuple[int, ...]]:
    return list(zip(*(column.tolist() for column in columns), strict=True))


def expected_groups(columns: Columns) -> dict[int, list[tuple[int, ...]]]:
    groups = defaultdict(list)
    for customer, *row in rows_of(columns):
        groups[customer].append(tuple(row))
    return {key: sorted(rows, key=lambda row: (row[0], row[3])) for key, rows in groups.items()}


def found_groups(grouped: grouping.Grouped) -> dict[int, list[tuple[int, ...]]]:
    rows = list(zip(*(column.tolist() for column in grouped[2:]), strict=True))
    ends = zip(grouped.offsets[:-1], grouped.offsets[1:], strict=True)
    return {key: rows[low:high] for key, (low, high) in zip(grouped.keys.tolist(), ends, strict=True)}


@given(columns())
def test_a_bucket_is_sorted_by_first_appearance_then_time_then_arrival(given_columns: Columns) -> None:
    grouped = grouping.group(given_columns)
    assert list(found_groups(grouped).items()) == list(expected_groups(given_columns).items())


@pytest.mark.parametrize("moments", [3, 50, 10**9], ids=["many ties", "some ties", "no ties"])
@pytest.mark.parametrize("interactions", [48, 49, 96, 97, 1_000])
def test_long_runs_are_merged(moments: int, interactions: int) -> None:
    random = np.random.default_rng(interactions)
    made = make_columns(
        (random.integers(0, 5, 3 * interactions) // 4).tolist(),
        random.integers(0, moments, 3 * interactions).tolist(),
        random.permutation(3 * interactions).tolist(),
    )
    assert found_groups(grouping.group(made)) == expected_groups(made)


def test_more_customers_than_the_first_hash_table_holds() -> None:
    random = np.random.default_rng(1)
    customers = random.integers(-(2**62), 2**62, 3_000).repeat(3)
    random.shuffle(customers)
    made = make_columns(customers.tolist(), [0] * 9_000, list(range(9_000)))
    assert list(found_groups(grouping.group(made)).items()) == list(expected_groups(made).items())


@given(columns(), st.sampled_from([1, 2, 8, 4096]))
def test_partition_keeps_customers_together_and_rows_in_their_order(made: Columns, buckets: int) -> None:
    parted = grouping.partition(made, buckets=buckets)
    wanted = grouping.buckets_of(made.customers, buckets).tolist()
    by_bucket = sorted(range(len(wanted)), key=wanted.__getitem__)
    rows = rows_of(made)
    assert rows_of(parted.columns) == [rows[place] for place in by_bucket]
    assert np.diff(parted.offsets).tolist() == np.bincount(np.array(wanted, int), minlength=buckets).tolist()


@pytest.mark.parametrize("buckets", [0, 3, 8192, -2])
def test_an_impossible_number_of_buckets_is_refused(buckets: int) -> None:
    with pytest.raises(ValueError, match="expected a power of two"):
        grouping.partition(make_columns([], [], []), buckets=buckets)


def test_buckets_never_change() -> None:
    """Indexes on disk depend on them."""
    customers = np.array([0, 1, 2, -1, 10**12, -(2**63)], np.int64)
    assert grouping.buckets_of(customers, 4096).tolist() == [bucket(key, 4096) for key in customers.tolist()]


def bucket(key: int, buckets: int) -> int:
    mixed = key % 2**64
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB % 2**64
    mixed ^= mixed >> 31
    return mixed * buckets >> 64


def test_buckets_are_evenly_filled() -> None:
    filled = np.bincount(grouping.buckets_of(np.arange(100_000), 64), minlength=64)
    assert 1_300 < filled.min() < filled.max() < 1_850


@given(st.lists(KEYS, max_size=30), st.dictionaries(KEYS, KEYS, max_size=30))
def test_anchors_get_the_customer_that_is_known(anchors: list[int], known: dict[int, int]) -> None:
    customers = grouping.assign_customers(
        np.array(anchors, np.int64), np.array(list(known), np.int64), np.array(list(known.values()), np.int64)
    )
    assert customers.tolist() == [known.get(anchor, anchor) for anchor in anchors]


def test_of_equal_identifiers_the_last_counts() -> None:
    known, customers = np.array([5, -(2**63), 5, -(2**63)]), np.array([1, 2, 3, 4])
    assert grouping.assign_customers(np.array([5, -(2**63)]), known, customers).tolist() == [3, 4]
