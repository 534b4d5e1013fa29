from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise
from statistics import fmean, median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.journeys.analyses import FlowAnalysis
from desireline.journeys.model import FlowBy, FlowEdge, FlowNode, Names
from desireline.kernels import flow as kernels

from .rows import NAMES, SECOND, Row, answer, some_rows, spans_of

pytestmark = pytest.mark.usefixtures("way_to_medians")
GAPS = st.sampled_from([None, 0, SECOND, 3 * SECOND])


def expected_edges(rows: list[Row], by: FlowBy, gap: int | None) -> list[FlowEdge]:
    names = getattr(NAMES, f"{by}s")
    gaps, customers = defaultdict(list), defaultdict(set)
    for customer, span in spans_of(rows, gap):
        for first, second in pairwise(span):
            edge = names[getattr(first, by)], names[getattr(second, by)]
            gaps[edge].append((second.time - first.time) / SECOND)
            customers[edge].add(customer)
    edges = [
        FlowEdge(*edge, len(found), len(customers[edge]), median(found), pytest.approx(fmean(found)))
        for edge, found in gaps.items()
    ]
    return sorted(edges, key=lambda edge: (-edge.count, edge.source, edge.target))


def expected_nodes(rows: list[Row], by: FlowBy) -> list[FlowNode]:
    names = getattr(NAMES, f"{by}s")
    counts = Counter(names[getattr(row, by)] for row in rows)
    visitors = Counter(name for _, name in {(row.customer, names[getattr(row, by)]) for row in rows})
    nodes = [FlowNode(name, count, visitors[name]) for name, count in counts.items()]
    return sorted(nodes, key=lambda node: (-node.interactions, node.name))


@given(some_rows(), st.sampled_from(["touchpoint", "channel"]), st.integers(1, 3), GAPS)
def test_flow_is_what_counting_neighbours_gives(rows: list[Row], by: FlowBy, parts: int, gap: int | None) -> None:
    flow = answer(FlowAnalysis(by=by), rows, parts=parts, gap=gap)
    assert list(flow.edges) == expected_edges(rows, by, gap)
    assert list(flow.nodes) == expected_nodes(rows, by)


@given(some_rows(), st.integers(0, 5))
def test_top_keeps_the_most_frequent_edges_and_every_node(rows: list[Row], top: int) -> None:
    flow = answer(FlowAnalysis(top=top), rows, parts=2)
    assert list(flow.edges) == expected_edges(rows, "touchpoint", None)[:top]
    assert list(flow.nodes) == expected_nodes(rows, "touchpoint")


@given(some_rows())
def test_a_large_vocabulary_gives_the_same_flow(rows: list[Row]) -> None:
    more = Names(NAMES.touchpoints + tuple(f"unused {number}" for number in range(300)), NAMES.channels)
    assert answer(FlowAnalysis(), rows, parts=2, names=more) == answer(FlowAnalysis(), rows, parts=2)


@pytest.mark.parametrize("far", [2**61, 2**55 + 1])
def test_gaps_of_many_thousand_years_do_not_overflow(far: int) -> None:
    rows = [Row(customer, time, 0, 0) for customer in range(40) for time in (-far, far)]
    (edge,) = answer(FlowAnalysis(), rows).edges
    assert edge.median_seconds == edge.mean_seconds == pytest.approx(2 * far / SECOND)


@given(st.lists(st.integers(0, 299), max_size=60), st.lists(st.integers(0, 60), max_size=5), st.booleans())
def test_pairs_lie_within_spans(codes: list[int], cuts: list[int], dense: bool) -> None:
    vocabulary = 256 if dense else 300
    codes = [code % vocabulary for code in codes]
    bounds = sorted({0, len(codes), *(cut for cut in cuts if cut < len(codes))})
    starts, ends = np.array(bounds[:-1], np.int64), np.array(bounds[1:], np.int64)
    times = np.arange(len(codes)) ** 2
    wanted = [
        (codes[place] * vocabulary + codes[place + 1], 2 * place + 1)
        for place in range(len(codes) - 1)
        if place + 1 not in bounds
    ]
    pairs = kernels.occurring_pairs(np.array(codes, np.uint16), starts, ends, vocabulary=vocabulary)
    assert dense or pairs.tolist() == sorted({pair for pair, _ in wanted})
    some = pairs[::2]
    groups, gaps = kernels.gaps_of_pairs(
        np.array(codes, np.uint16),
        times,
        starts,
        ends,
        some,
        np.arange(len(some), dtype=np.int32),
        vocabulary=vocabulary,
    )
    assert list(zip(some[groups].tolist(), gaps.tolist(), strict=True)) == [
        (pair, gap) for pair, gap in wanted if pair in some
    ]


def test_many_different_pairs_outgrow_the_first_hash_table() -> None:
    codes = np.random.default_rng(3).integers(0, 65_535, 20_000).astype(np.uint16)
    pairs = kernels.occurring_pairs(codes, np.array([0]), np.array([len(codes)]), vocabulary=65_535)
    assert pairs.tolist() == np.unique(codes[:-1].astype(np.int64) * 65_535 + codes[1:]).tolist()
    assert len(pairs) > 10_000


@pytest.mark.usefixtures("way_to_medians")
@given(some_rows(most=60, times=500), st.integers(1, 3))
def test_approximate_medians_are_near_the_exact_ones_and_all_else_is_equal(rows: list[Row], parts: int) -> None:
    exact = answer(FlowAnalysis(), rows, parts=parts)
    near = answer(FlowAnalysis(medians="approximate"), rows, parts=parts)
    assert near.nodes == exact.nodes
    for one, other in zip(exact.edges, near.edges, strict=True):
        assert replace(one, median_seconds=0) == replace(other, median_seconds=0)
        assert other.median_seconds == pytest.approx(one.median_seconds, rel=0.0625)


@given(some_rows())
def test_without_medians_all_else_is_equal(rows: list[Row]) -> None:
    exact, none = answer(FlowAnalysis(), rows), answer(FlowAnalysis(medians="none"), rows)
    assert none.nodes == exact.nodes
    assert all(math.isnan(edge.median_seconds) for edge in none.edges)
    without = [replace(edge, median_seconds=0) for edge in exact.edges]
    assert [replace(edge, median_seconds=0) for edge in none.edges] == without
