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


@pytest.mark.parametrize("distinct_hashes", [1, 2])
def test_a_bad_hash_changes_nothing(distinct_hashes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(5)
    rows = [Row(*row) for row in random.integers(0, (60, 50, 3, 1), (400, 4)).tolist()]
    good = answer(VariantsAnalysis(), rows, parts=3, gap=4)

    def bad(codes: np.ndarray, offsets: np.ndarray) -> np.ndarray:
        return np.diff(offsets).astype(np.uint64) % np.uint64(distinct_hashes)

    monkeypatch.setattr(kernels, "sequence_hashes", bad)
    assert answer(VariantsAnalysis(), rows, parts=3, gap=4) == good
    assert good.total_variants > 40


@given(st.lists(st.lists(st.integers(0, 2), max_size=4), max_size=20))
def test_equal_sequences_and_no_others_have_the_same_number(sequences: list[list[int]]) -> None:
    made = make_sequences(sequences)
    members, firsts = kernels.number_sequences(made)
    assert [sequences[firsts[member]] for member in members] == sequences
    assert len({tuple(sequences[first]) for first in firsts}) == len(firsts)


@given(
    st.lists(st.lists(st.integers(0, 2), max_size=4), max_size=20),
    st.lists(st.lists(st.integers(0, 2), max_size=4), unique_by=tuple, max_size=10),
)
def test_known_sequences_are_found(sequences: list[list[int]], known: list[list[int]]) -> None:
    table = kernels.sequence_table(make_sequences(known).hashes)
    found = kernels.find_sequences(make_sequences(sequences), make_sequences(known), table)
    expected = [known.index(each) if each in known else len(known) for each in sequences]
    assert found.tolist() == expected


def make_sequences(sequences: list[list[int]]) -> kernels.Sequences:
    codes = np.array([code for sequence in sequences for code in sequence], np.uint16)
    offsets = np.cumsum([0, *(len(sequence) for sequence in sequences)], dtype=np.int64)
    return kernels.Sequences(kernels.sequence_hashes(codes, offsets), codes, offsets)
