"""What directly follows what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.medians import Medians, Middles, approximate_medians_of, medians_of
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Flow, FlowBy, FlowEdge, FlowMedians, FlowNode, Names, Spans
from desireline.kernels.arrays import read_only
from desireline.kernels.flow import count_flow, gaps_of_pairs, occurring_pairs
from desireline.kernels.medians import Measures


@dataclass(frozen=True, slots=True)
class FlowAnalysis:
    """Pairs of directly following interactions within a span: a directly-follows graph.

    For each pair: how often, for how many distinct customers (each counted once), and the exact median and
    the mean of the seconds between the two. The median of an even number of gaps is the mean of the two in
    the middle. For each touchpoint or channel: interactions and distinct customers.

    Parameters
    ----------
    by
        "touchpoint" or "channel"; pairs within one channel are kept.
    medians
        "exact"; "approximate": within 6.25 % for up to some thousand pairs, with one reading less; "none".
    top
        Only so many edges, the most frequent ones (ties by name). All nodes stay. ``None``: all.
    """

    by: FlowBy = "touchpoint"
    top: int | None = None
    medians: FlowMedians = "exact"

    def begin(self, names: Names) -> Pass[Any, Flow]:
        """Count first; medians follow for the edges that are kept."""
        known = names.touchpoints if self.by == "touchpoint" else names.channels
        return CountPass(self.by, known, self.top, self.medians)


@dataclass(frozen=True, slots=True)
class FlowCounts:
    """By code: interactions and customers. By pair (sorted): count, customers, gaps in sum, see the kernel."""

    interactions: NDArray[np.int64]
    visitors: NDArray[np.int64]
    pairs: NDArray[np.int64]
    counts: NDArray[np.int64]
    customers: NDArray[np.int64]
    gaps: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CountPass(Pass[FlowCounts, Flow]):
    """Counts nodes and edges, and picks the edges to keep."""

    by: FlowBy
    names: tuple[str, ...]
    top: int | None
    medians: FlowMedians

    def partial(self, spans: Spans) -> FlowCounts:
        """The counts of one part."""
        codes = _codes(spans, self.by)
        vocabulary = len(self.names)
        pairs = occurring_pairs(codes, spans.starts, spans.ends, vocabulary=vocabulary)
        counted = count_flow(
            codes, spans.part.times, spans.starts, spans.ends, spans.owners, pairs, vocabulary=vocabulary
        )
        return FlowCounts(*counted.codes, pairs, *counted.pairs)

    def combine(self, first: FlowCounts, second: FlowCounts) -> FlowCounts:
        """The sums, by code and by pair."""
        pairs, here, there = _aligned(first.pairs, second.pairs)

        def added(column: str) -> NDArray[Any]:
            amounts = getattr(first, column)
            total: NDArray[Any] = np.zeros((*amounts.shape[:-1], len(pairs)), amounts.dtype)
            total[..., here] += amounts
            total[..., there] += getattr(second, column)
            return total

        return FlowCounts(
            first.interactions + second.interactions,
            first.visitors + second.visitors,
            pairs,
            added("counts"),
            added("customers"),
            added("gaps"),
        )

    def conclude(self, state: FlowCounts) -> Answer[Flow] | Pass[Any, Flow]:
        """Go on to the medians of the edges that are kept, if they are wanted."""
        kept = _most_frequent(state, self.names, self.top)
        order = np.argsort(state.pairs[kept], kind="stable")
        edges = Edges(self.by, len(self.names), state.pairs[kept][order], order.astype(np.int32))
        answer = partial(_flow, self.names, state, kept)
        if self.medians == "none":
            return Answer(answer(np.full(len(kept), np.nan)))
        way = medians_of if self.medians == "exact" else approximate_medians_of
        return way(Middles(edges.measure, answer, state.counts[kept]))


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges that are kept: ``pairs`` sorted, and the place of each in the result."""

    by: FlowBy
    vocabulary: int
    pairs: NDArray[np.int64]
    places: NDArray[np.int32]

    def measure(self, spans: Spans) -> Measures:
        """The gap between the two interactions of each pair, in the group of its edge."""
        codes = _codes(spans, self.by)
        times, starts, ends = spans.part.times, spans.starts, spans.ends
        return Measures(*gaps_of_pairs(codes, times, starts, ends, self.pairs, self.places, vocabulary=self.vocabulary))


def _codes(spans: Spans, by: FlowBy) -> NDArray[np.uint16]:
    return spans.part.touchpoints if by == "touchpoint" else read_only(spans.part.channels.astype(np.uint16))


def _aligned(
    first: NDArray[np.int64], second: NDArray[np.int64]
) -> tuple[NDArray[np.int64], slice | NDArray[np.intp], slice | NDArray[np.intp]]:
    """All pairs, sorted, and the places of both among them."""
    if np.array_equal(first, second):
        return first, slice(None), slice(None)
    pairs = np.union1d(first, second)
    return pairs, np.searchsorted(pairs, first), np.searchsorted(pairs, second)


def _most_frequent(state: FlowCounts, names: tuple[str, ...], top: int | None) -> NDArray[np.int64]:
    """The places of the edges to keep in the order in which they are shown."""
    ranks = np.empty(len(names), np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    found = np.flatnonzero(state.counts)
    sources, targets = np.divmod(state.pairs[found], max(len(names), 1))
    order = np.lexsort((ranks[targets], ranks[sources], -state.counts[found]))
    return found[order][:top]


def _flow(names: tuple[str, ...], state: FlowCounts, kept: NDArray[np.int64], medians: Medians) -> Flow:
    sources, targets = np.divmod(state.pairs[kept], max(len(names), 1))
    gaps = [(high << 32) + low for high, low in state.gaps[:, kept].T.tolist()]
    means = np.array([gap / count / 1e6 for gap, count in zip(gaps, state.counts[kept].tolist(), strict=True)])
    columns = (sources, targets, state.counts[kept], state.customers[kept], medians, means)
    edges = (
        FlowEdge(names[source], names[target], count, customers, median, mean)
        for source, target, count, customers, median, mean in zip(*(column.tolist() for column in columns), strict=True)
    )
    nodes = (
        FlowNode(name, interactions, customers)
        for name, interactions, customers in zip(
            names, state.interactions.tolist(), state.visitors.tolist(), strict=True
        )
        if interactions
    )
    return Flow(tuple(sorted(nodes, key=lambda node: (-node.interactions, node.name))), tuple(edges))
