"""The exact paths that spans take."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.medians import Medians, Middles, medians_of
from desireline.journeys.engine import Pass
from desireline.journeys.model import Names, Spans, Variant, Variants
from desireline.kernels import variants as kernels
from desireline.kernels.medians import Measures
from desireline.kernels.sessions import count_customers, durations


@dataclass(frozen=True, slots=True)
class VariantsAnalysis:
    """The exact sequences of touchpoints of spans.

    For each: distinct customers, spans, the share of all customers, and the exact median of the seconds from
    first to last interaction. Sequences are told apart by all their touchpoints, not by a hash. Most
    customers first, then most spans, then by the names along the path.

    Parameters
    ----------
    top
        Only so many. ``None``: all; millions of customers have millions of paths.
    """

    top: int | None = None

    def begin(self, names: Names) -> Pass[Any, Variants]:
        """Count the paths first; medians follow for those that are kept."""
        return PathsPass(names.touchpoints, self.top)


@dataclass(frozen=True, slots=True)
class Paths:
    """Different paths, with the number of spans and of distinct customers of each (int64[v])."""

    sequences: kernels.Sequences
    spans: NDArray[np.int64]
    customers: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PathCounts:
    """All customers, and the paths of some parts; the same path may be in several of ``paths``."""

    customers: int
    paths: tuple[Paths, ...]


@dataclass(frozen=True, slots=True)
class PathsPass(Pass[PathCounts, Variants]):
    """Counts paths, and picks those to keep."""

    names: tuple[str, ...]
    top: int | None

    def partial(self, spans: Spans) -> PathCounts:
        """The different paths of one part."""
        sequences = sequences_of(spans)
        members, firsts = kernels.number_sequences(sequences)
        counts = kernels.count_members(members, spans.owners, len(firsts))
        paths = Paths(kernels.pick_sequences(sequences, firsts), *counts)
        return PathCounts(count_customers(spans.owners), (paths,))

    def combine(self, first: PathCounts, second: PathCounts) -> PathCounts:
        """Both, not yet joined: each path is looked up once, at the end."""
        return PathCounts(first.customers + second.customers, first.paths + second.paths)

    def conclude(self, state: PathCounts) -> Pass[Any, Variants]:
        """Go on to the median durations of the paths that are kept."""
        paths = _joined(state.paths)
        kept = _most_common(paths, self.names, self.top)
        known = Paths(kernels.pick_sequences(paths.sequences, kept), paths.spans[kept], paths.customers[kept])
        totals = Totals(state.customers, int(paths.spans.sum()), len(paths.spans))
        finder = Finder(known.sequences, kernels.sequence_table(known.sequences.hashes))
        answer = partial(_variants, self.names, totals, known)
        return medians_of(Middles(finder.measure, answer, known.spans))


@dataclass(frozen=True, slots=True)
class Totals:
    """Of all paths, also those that are left out."""

    customers: int
    spans: int
    variants: int


@dataclass(frozen=True, slots=True)
class Finder:
    """The paths that are kept, and the hash table over them."""

    known: kernels.Sequences
    table: NDArray[np.int32]

    def measure(self, spans: Spans) -> Measures:
        """The duration of each span, in the group of its path."""
        groups = kernels.find_sequences(sequences_of(spans), self.known, self.table)
        return Measures(groups, durations(spans.part.times, spans.offsets))


def sequences_of(spans: Spans) -> kernels.Sequences:
    """The touchpoints of each span, with their hash."""
    codes = spans.part.touchpoints
    return kernels.Sequences(kernels.sequence_hashes(codes, spans.offsets), codes, spans.offsets)


def _joined(parts: tuple[Paths, ...]) -> Paths:
    """Each path once, with the sums of its counts."""
    lengths = np.concatenate([np.diff(part.sequences.offsets) for part in parts])
    every = kernels.Sequences(
        np.concatenate([part.sequences.hashes for part in parts]),
        np.concatenate([part.sequences.codes for part in parts]),
        np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]),
    )
    members, firsts = kernels.number_sequences(every)
    spans = np.concatenate([part.spans for part in parts])
    customers = np.concatenate([part.customers for part in parts])
    return Paths(
        kernels.pick_sequences(every, firsts),
        kernels.add_up(members, spans, len(firsts)),
        kernels.add_up(members, customers, len(firsts)),
    )


def _most_common(paths: Paths, names: tuple[str, ...], top: int | None) -> NDArray[np.int64]:
    """The places of the paths to keep, in the order in which they are shown."""
    order = np.lexsort((-paths.spans, -paths.customers))
    if top is not None and 0 < top < len(order):
        last = order[top - 1]
        tied = (paths.customers == paths.customers[last]) & (paths.spans == paths.spans[last])
        better = order[:top][~tied[order[:top]]]
        first_tied = _first_by_name(np.flatnonzero(tied), paths.sequences, names, top - len(better))
        order = np.concatenate([better, first_tied])
    kept = order[:top].tolist()
    kept.sort(
        key=lambda place: (
            -paths.customers[place],
            -paths.spans[place],
            path_of(paths.sequences, place, names),
        )
    )
    return np.array(kept, np.int64)


def _first_by_name(
    places: NDArray[np.int64], sequences: kernels.Sequences, names: tuple[str, ...], count: int
) -> NDArray[np.int64]:
    """The ``count`` paths that come first by name, in any order: radix selection by touchpoint."""
    ranks = np.empty(len(names), np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    chosen: list[NDArray[np.int64]] = []
    depth = 0
    while len(places) > count:
        here = sequences.offsets[places] + depth
        ended = here >= sequences.offsets[places + 1]
        step = np.where(ended, -1, ranks[sequences.codes[np.where(ended, 0, here)]])
        boundary = np.partition(step, count - 1)[count - 1]
        chosen.append(places[step < boundary])
        count -= len(chosen[-1])
        places = places[step == boundary]
        depth += 1
    return np.concatenate([*chosen, places])


def path_of(sequences: kernels.Sequences, place: int, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names along a path."""
    codes = sequences.codes[sequences.offsets[place] : sequences.offsets[place + 1]]
    return tuple(names[code] for code in codes.tolist())


def _variants(names: tuple[str, ...], totals: Totals, kept: Paths, medians: Medians) -> Variants:
    columns = (kept.customers, kept.spans, kept.customers / max(totals.customers, 1), medians)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    variants = (
        Variant(path_of(kept.sequences, place, names), customers, spans, share, median)
        for place, (customers, spans, share, median) in enumerate(rows)
    )
    return Variants(totals.customers, totals.spans, totals.variants, tuple(variants))
