"""The exact paths that spans take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from os import cpu_count
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.medians import Medians, Middles, medians_of
from desireline.journeys.engine import KeyedPass, Pass
from desireline.journeys.model import Names, Spans, Variant, Variants
from desireline.kernels import variants as kernels
from desireline.kernels.medians import Measures
from desireline.kernels.sessions import count_customers

R = TypeVar("R")
Reader = Callable[[Spans], kernels.Sequences]
"""Gives the sequence of each span, in the order of the spans; can be pickled."""


@dataclass(frozen=True, slots=True)
class VariantsAnalysis:
    """The exact sequences of touchpoints of spans.

    For each: distinct customers, spans, the share of all customers, and the exact median of the seconds from
    first to last interaction. Sequences are told apart by 128 bits of all their touchpoints. Most customers
    first, then most spans, then by the names along the path.

    Parameters
    ----------
    top
        Only so many. ``None``: all; millions of customers have millions of paths.
    """

    top: int | None = None

    def begin(self, names: Names) -> Pass[Any, Variants]:
        """Count the paths first; medians follow for those that are kept."""
        return PathsPass(names.touchpoints, self.top, touchpoints_of, _median_durations)


def touchpoints_of(spans: Spans) -> kernels.Sequences:
    """The touchpoints of each span: nothing is copied."""
    return kernels.Sequences(spans.part.touchpoints, spans.starts, spans.ends)


@dataclass(frozen=True, slots=True)
class Paths:
    """The different paths of one part.

    Attributes
    ----------
    counted
        Keys and counts by partition; the last count is the number of the span where a path was first seen.
    sequences
        The touchpoints of the spans: a view of the part, nothing is copied. Pickled, it is only the first spans.
    """

    counted: kernels.SequenceCounts
    sequences: kernels.Sequences

    def __reduce__(self) -> tuple[Any, ...]:
        """Only the different paths travel, not the part."""
        counts = self.counted.counts.copy()
        own = kernels.pick(self.sequences, counts[:, 2])
        counts[:, 2] = np.arange(len(counts))
        return Paths, (self.counted._replace(counts=counts), own)

    def only(self, partitions: NDArray[np.bool_]) -> Paths:
        """The paths of some partitions."""
        sizes = np.diff(self.counted.offsets)
        kept = np.repeat(partitions, sizes)
        offsets = np.concatenate([[0], np.cumsum(sizes * partitions)])
        counted = kernels.SequenceCounts(self.counted.keys[kept], self.counted.counts[kept], offsets)
        return Paths(counted, self.sequences)


@dataclass(frozen=True, slots=True)
class PathCounts:
    """All customers, and the paths of some parts; the same path may be in several of ``paths``.

    ``other_spans`` and ``other_variants`` are of paths that are left out, for they cannot be among the first.
    """

    customers: int
    paths: tuple[Paths, ...]
    other_spans: int = 0
    other_variants: int = 0


@dataclass(frozen=True, slots=True)
class PathsPass(KeyedPass[PathCounts, R], Generic[R]):
    """Counts paths, and picks those to keep.

    Attributes
    ----------
    names
        By code, as ``read`` gives them.
    top
        Only so many; ``None``: all.
    read
        The path of each span.
    go_on
        What follows for the paths that are kept.
    """

    names: tuple[str, ...]
    top: int | None
    read: Reader
    go_on: Callable[[KeptPaths], Pass[Any, R]]

    def partial(self, spans: Spans) -> PathCounts:
        """The different paths of one part."""
        sequences = self.read(spans)
        counted = kernels.count_sequences(kernels.sequence_keys(*sequences), spans.owners)
        return PathCounts(count_customers(spans.owners), (Paths(counted, sequences),))

    def combine(self, first: PathCounts, second: PathCounts) -> PathCounts:
        """Both, not yet joined: each path is looked up once, at the end."""
        return PathCounts(
            first.customers + second.customers,
            first.paths + second.paths,
            first.other_spans + second.other_spans,
            first.other_variants + second.other_variants,
        )

    def split(self, state: PathCounts, pieces: int) -> list[PathCounts]:
        """By partition, which is by the hash of each path; the first piece has the customers."""
        piece_of = np.arange(kernels.PARTITIONS) % pieces
        own = [tuple(each.only(piece_of == piece) for each in state.paths) for piece in range(pieces)]
        return [
            PathCounts(state.customers, own[0], state.other_spans, state.other_variants),
            *(PathCounts(0, paths) for paths in own[1:]),
        ]

    def settle(self, state: PathCounts) -> PathCounts:
        """Each path once, and only those that may be among the first."""
        totals, found = _joined(state, self.top)
        counts = np.stack([found.spans, found.customers, np.arange(len(found.spans))], axis=1)
        return PathCounts(
            totals.customers,
            (Paths(kernels.by_partition(found.keys, counts), found.sequences),),
            totals.spans - int(found.spans.sum()),
            totals.variants - len(found.spans),
        )

    def conclude(self, state: PathCounts) -> Pass[Any, R]:
        """Go on with the paths that are kept."""
        totals, found = _joined(state, self.top)
        kept = _most_common(found, self.names, self.top)
        known = KnownPaths(
            found.keys[kept], found.spans[kept], found.customers[kept], kernels.pick(found.sequences, kept)
        )
        return self.go_on(KeptPaths(self.names, totals, known, Finder.of(known, self.read)))


@dataclass(frozen=True, slots=True)
class Totals:
    """Of all paths, also those that are left out."""

    customers: int
    spans: int
    variants: int


@dataclass(frozen=True, slots=True)
class KnownPaths:
    """Different paths over all parts: uint64[v, 2], the spans and distinct customers of each (int64[v])."""

    keys: NDArray[np.uint64]
    spans: NDArray[np.int64]
    customers: NDArray[np.int64]
    sequences: kernels.Sequences


@dataclass(frozen=True, slots=True)
class Finder:
    """The paths that are kept, the hash table over them, which lengths they have, and what reads paths."""

    known: NDArray[np.uint64]
    table: NDArray[np.int32]
    lengths: NDArray[np.bool_]
    read: Reader

    @classmethod
    def of(cls, paths: KnownPaths, read: Reader) -> Finder:
        """What finds these paths."""
        lengths = np.bincount(paths.sequences.ends - paths.sequences.starts).astype(bool)
        return cls(paths.keys, kernels.key_table(paths.keys), lengths, read)

    def find(self, spans: Spans) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The places of the spans of kept paths, ascending, and which path each is."""
        return kernels.find_sequences(*self.read(spans), self.known, self.table, self.lengths)

    def measure(self, spans: Spans) -> Measures:
        """The duration of each span of a kept path, in the group of its path."""
        times = spans.part.times
        places, groups = self.find(spans)
        return Measures(groups, times[spans.ends[places] - 1] - times[spans.starts[places]])


@dataclass(frozen=True, slots=True)
class KeptPaths:
    """The paths that are kept, in the order in which they are shown, and what finds them again."""

    names: tuple[str, ...]
    totals: Totals
    paths: KnownPaths
    finder: Finder


def _median_durations(kept: KeptPaths) -> Pass[Any, Variants]:
    answer = partial(_variants, kept.names, kept.totals, kept.paths)
    return medians_of(Middles(kept.finder.measure, answer, kept.paths.spans))


def _joined(state: PathCounts, top: int | None) -> tuple[Totals, KnownPaths]:
    """Each path once, with the sums of its counts; of each partition only those that may be among the first."""
    pieces = [each.counted for each in state.paths]
    before = np.concatenate([[0], np.cumsum([len(each.keys) for each in pieces])])
    with ThreadPoolExecutor(cpu_count() or 1) as pool:
        keys, counts = pool.map(np.concatenate, ([each.keys for each in pieces], [each.counts for each in pieces]))
        bounds = np.array([each.offsets for each in pieces]) + before[:-1, None]
        work = partial(_join_partition, keys, counts, before, bounds, top)
        partitions = list(pool.map(work, range(kernels.PARTITIONS)))
    totals = Totals(
        state.customers,
        state.other_spans + sum(each.spans for each in partitions),
        state.other_variants + sum(each.variants for each in partitions),
    )
    found = np.concatenate([each.keys for each in partitions])
    sums = np.concatenate([each.sums for each in partitions])
    parts = np.concatenate([each.parts for each in partitions])
    places = np.concatenate([each.places for each in partitions])
    order = np.argsort(parts, kind="stable")
    sequences = _gathered(state.paths, parts[order], places[order])
    return totals, KnownPaths(found[order], sums[order, 0], sums[order, 1], sequences)


@dataclass(frozen=True, slots=True)
class _Partition:
    """The paths of one partition that may be among the first, and where the codes of each are: part and place in it."""

    spans: int
    variants: int
    keys: NDArray[np.uint64]
    sums: NDArray[np.int64]
    parts: NDArray[np.int64]
    places: NDArray[np.int64]


def _join_partition(
    keys: NDArray[np.uint64],
    counts: NDArray[np.int64],
    before: NDArray[np.int64],
    bounds: NDArray[np.int64],
    top: int | None,
    number: int,
) -> _Partition:
    """``before``, int64[p + 1], and ``bounds``, int64[p, PARTITIONS + 1]: where each part and each of its partitions begins."""
    firsts, sums = kernels.add_up(keys, counts, bounds[:, number : number + 2])
    kept = _may_be_first(sums, top)
    firsts_kept = firsts[kept]
    parts = np.searchsorted(before, firsts_kept, side="right") - 1
    return _Partition(int(sums[:, 0].sum()), len(firsts), keys[firsts_kept], sums[kept], parts, counts[firsts_kept, 2])


def _may_be_first(sums: NDArray[np.int64], top: int | None) -> NDArray[np.int64]:
    """The places of the ``top`` paths with most customers, and of those with as many."""
    if top is None or len(sums) <= top:
        return np.arange(len(sums))
    if top == 0:
        return np.arange(0)
    several = np.flatnonzero(sums[:, 1] > 1)
    if len(several) < top:
        return np.arange(len(sums))
    customers = sums[several, 1]
    kept: NDArray[np.int64] = several[customers >= np.partition(customers, -top)[-top]]
    return kept


def _gathered(paths: Sequence[Paths], parts: NDArray[np.int64], places: NDArray[np.int64]) -> kernels.Sequences:
    """The codes of paths that lie in several parts, one after the other; ``parts`` ascend."""
    codes, starts, ends, first = [], [], [], 0
    for part in np.unique(parts).tolist():
        picked = kernels.pick(paths[part].sequences, places[parts == part])
        codes.append(picked.codes)
        starts.append(picked.starts + first)
        ends.append(picked.ends + first)
        first += len(picked.codes)
    if not codes:
        return kernels.Sequences(np.empty(0, np.uint16), np.empty(0, np.int64), np.empty(0, np.int64))
    return kernels.Sequences(np.concatenate(codes), np.concatenate(starts), np.concatenate(ends))


def _most_common(paths: KnownPaths, names: tuple[str, ...], top: int | None) -> NDArray[np.int64]:
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
        here = sequences.starts[places] + depth
        ended = here >= sequences.ends[places]
        step = np.where(ended, -1, ranks[sequences.codes[np.where(ended, 0, here)]])
        boundary = np.partition(step, count - 1)[count - 1]
        chosen.append(places[step < boundary])
        count -= len(chosen[-1])
        places = places[step == boundary]
        depth += 1
    return np.concatenate([*chosen, places])


def path_of(sequences: kernels.Sequences, place: int, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names along a path."""
    codes = sequences.codes[sequences.starts[place] : sequences.ends[place]]
    return tuple(names[code] for code in codes.tolist())


def _variants(names: tuple[str, ...], totals: Totals, kept: KnownPaths, medians: Medians) -> Variants:
    columns = (kept.customers, kept.spans, kept.customers / max(totals.customers, 1), medians)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    variants = (
        Variant(path_of(kept.sequences, place, names), customers, spans, share, median)
        for place, (customers, spans, share, median) in enumerate(rows)
    )
    return Variants(totals.customers, totals.spans, totals.variants, tuple(variants))
