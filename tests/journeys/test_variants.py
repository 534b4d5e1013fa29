from __future__ import annotations

from collections import defaultdict
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.journeys.analyses import VariantsAnalysis
from desireline.journeys.model import Variant
from desireline.kernels import variants as kernels

from .rows import NAMES, SECOND, Row, answer, some_rows, spans_of

pytestmark = pytest.mark.usefixtures("way_to_medians")
GAPS = st.sampled_from([None, 0, SECOND])


def expected(rows: list[Row], gap: int | None) -> list[Variant]:
    durations, customers = defaultdict(list), defaultdict(set)
    for customer, span in spans_of(rows, gap):
        path = tuple(NAMES.touchpoints[row.touchpoint] for row in span)
        durations[path].append((span[-1].time - span[0].time) / SECOND)
        customers[path].add(customer)
    total = len({row.customer for row in rows})
    variants = [
        Variant(path, len(customers[path]), len(found), len(customers[path]) / total, median(found))
        for path, found in durations.items()
    ]
    return sorted(variants, key=lambda each: (-each.customers, -each.spans, each.path))


@given(some_rows(), st.integers(1, 3), GAPS)
def test_variants_are_the_different_paths(rows: list[Row], parts: int, gap: int | None) -> None:
    result = answer(VariantsAnalysis(), rows, parts=parts, gap=gap)
    assert list(result.variants) == expected(rows, gap)
    assert result.total_customers == len({row.customer for row in rows})
    assert result.total_spans == len(spans_of(rows, gap))
    assert result.total_variants == len(result.variants)


@given(some_rows(customers=12), st.integers(0, 6), GAPS)
def test_top_keeps_the_first_ones_and_counts_all(rows: list[Row], top: int, gap: int | None) -> None:
    result = answer(VariantsAnalysis(top=top), rows, parts=2, gap=gap)
    assert list(result.variants) == expected(rows, gap)[:top]
    assert result.total_variants == len(expected(rows, gap))


SEQUENCES = st.lists(st.lists(st.integers(0, 2), max_size=4), max_size=20)


def make_sequences(sequences: list[list[int]]) -> kernels.Sequences:
    codes = np.array([code for sequence in sequences for code in sequence], np.uint16)
    ends = np.cumsum([len(sequence) for sequence in sequences], dtype=np.int64)
    return kernels.Sequences(codes, ends - np.array([len(sequence) for sequence in sequences], np.int64), ends)


@given(SEQUENCES)
def test_equal_sequences_and_no_others_are_counted_together(sequences: list[list[int]]) -> None:
    owners = np.arange(len(sequences)) // 3
    keys, counts, offsets = kernels.count_sequences(kernels.sequence_keys(*make_sequences(sequences)), owners)
    wanted = {
        tuple(each): (sequences.count(each), len({owners[place] for place, one in enumerate(sequences) if one == each}))
        for each in sequences
    }
    assert {tuple(sequences[first]): (spans, customers) for spans, customers, first in counts.tolist()} == wanted
    assert len(keys) == len(wanted) == offsets[-1]
    partitions = np.repeat(np.arange(kernels.PARTITIONS), np.diff(offsets))
    assert (keys[:, 0] >> np.uint64(58) == partitions.astype(np.uint64)).all()


@given(SEQUENCES, st.lists(st.lists(st.integers(0, 2), max_size=4), unique_by=tuple, max_size=10))
def test_known_sequences_are_found(sequences: list[list[int]], known: list[list[int]]) -> None:
    keys = kernels.sequence_keys(*make_sequences(known))
    lengths = np.bincount([len(each) for each in known], minlength=1).astype(bool)
    places, numbers = kernels.find_sequences(*make_sequences(sequences), keys, kernels.key_table(keys), lengths)
    wanted = [(place, known.index(each)) for place, each in enumerate(sequences) if each in known]
    assert list(zip(places.tolist(), numbers.tolist(), strict=True)) == wanted


@given(SEQUENCES, st.data())
def test_picked_sequences_are_copies(sequences: list[list[int]], data: st.DataObject) -> None:
    picked = data.draw(st.lists(st.sampled_from(range(len(sequences))))) if sequences else []
    codes, starts, ends = kernels.pick(make_sequences(sequences), np.array(picked, np.int64))
    assert [codes[low:high].tolist() for low, high in zip(starts, ends, strict=True)] == [
        sequences[each] for each in picked
    ]


def test_a_million_sequences_that_differ_little_are_all_told_apart() -> None:
    numbers = np.arange(1_000_000)
    codes = np.stack([numbers % 100, numbers // 100 % 100, numbers // 10_000], axis=1).astype(np.uint16).ravel()
    starts = numbers * 3
    keys = kernels.sequence_keys(codes, starts, starts + 3)
    for half in (0, 1):
        assert len(np.unique(keys[:, half])) == len(numbers)
