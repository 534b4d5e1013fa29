"""A sample of spans that is the same however the data is divided, and the numbers that describe its spans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.model import Spans
from desireline.kernels.arrays import read_only
from desireline.kernels.clustering import MOST_COUNTED, Columns, Vocabulary, contains, count_features, sample_keys
from desireline.kernels.variants import Sequences, pick, sequence_keys

MOST_SPANS = 30_000
MOST_TOUCHPOINTS = 128
MOST_MOVES = 64
RAREST = 1 / 500
"""Touchpoints and moves in a smaller share of the sampled spans are no features."""
MOVE_WEIGHT = 0.5
EXTRA_WEIGHTS = np.array([0.1, 0.1])
DAMPED = np.log2(1 + np.arange(MOST_COUNTED + 1))


@dataclass(frozen=True, slots=True)
class Sample:
    """Some spans, ascending by hash.

    Attributes
    ----------
    keys
        uint64[s]: the hash of each span, of its customer's key and its number among the spans of the customer.
    customers
        int64[s]: keys of the customers.
    touchpoints, channels
        The codes of the spans, uint16 both.
    """

    keys: NDArray[np.uint64]
    customers: NDArray[np.int64]
    touchpoints: Sequences
    channels: Sequences

    @classmethod
    def of(cls, spans: Spans) -> Sample:
        """The spans of one part with the lowest hashes, :data:`MOST_SPANS` at most."""
        part = spans.part
        keys, customers = sample_keys(part.customers, spans.owners), part.customers[spans.owners]
        channels = Sequences(part.channels.astype(np.uint16), spans.starts, spans.ends)
        return cls(keys, customers, Sequences(part.touchpoints, spans.starts, spans.ends), channels)._lowest()

    def __add__(self, other: Sample) -> Sample:
        """Of both the spans with the lowest hashes."""
        return Sample(
            np.concatenate([self.keys, other.keys]),
            np.concatenate([self.customers, other.customers]),
            _joined(self.touchpoints, other.touchpoints),
            _joined(self.channels, other.channels),
        )._lowest()

    def __len__(self) -> int:
        """How many spans."""
        return len(self.keys)

    def first(self, count: int) -> Sample:
        """Those with the lowest hashes: a sample of the sample."""
        return self._picked(np.arange(min(count, len(self))))

    def by_content(self, names: tuple[str, ...]) -> Sample:
        """The same spans in an order that does not depend on the keys of customers, which every import makes anew.

        Parameters
        ----------
        names
            Of all touchpoints, by code.
        """
        ranks = _ranks(names).astype(np.uint16)
        touchpoints = sequence_keys(read_only(ranks[self.touchpoints.codes]), *_bounds(self.touchpoints))
        channels = sequence_keys(read_only(self.channels.codes), *_bounds(self.channels))
        return self._picked(np.lexsort((*channels.T, *touchpoints.T)))

    def columns(self) -> Columns:
        """As kernels want them."""
        codes, starts, ends = self.touchpoints
        channels = self.channels.codes.astype(np.uint8)
        return Columns(read_only(codes), read_only(channels), read_only(starts), read_only(ends))

    def dealt_again(self, seed: int) -> Sample:
        """Spans as long as these, whose interactions are dealt out anew from all of them: what chance alone makes."""
        places = np.random.default_rng(seed).permutation(len(self.touchpoints.codes))
        return Sample(
            self.keys,
            self.customers,
            self.touchpoints._replace(codes=self.touchpoints.codes[places]),
            self.channels._replace(codes=self.channels.codes[places]),
        )

    def only(self, touchpoints: NDArray[np.bool_]) -> Sample:
        """The interactions of some touchpoints, bool[touchpoints]; spans without any are dropped."""
        codes, starts, ends = self.touchpoints
        kept = touchpoints[codes]
        before = np.concatenate([[0], np.cumsum(kept)])
        new_starts, new_ends = before[starts], before[ends]
        some = new_ends > new_starts
        return Sample(
            self.keys[some],
            self.customers[some],
            Sequences(codes[kept], new_starts[some], new_ends[some]),
            Sequences(self.channels.codes[kept], new_starts[some], new_ends[some]),
        )

    def divided(self, touchpoints: NDArray[np.bool_]) -> tuple[Sample, Sample]:
        """The spans that :meth:`only` keeps, whole, and those that it drops."""
        codes, starts, ends = self.touchpoints
        kept = contains(read_only(codes), read_only(starts), read_only(ends), read_only(touchpoints))
        return self._picked(np.flatnonzero(kept)), self._picked(np.flatnonzero(~kept))

    def _lowest(self) -> Sample:
        return self._picked(np.lexsort((self.customers, self.keys))[:MOST_SPANS])

    def _picked(self, places: NDArray[np.int64]) -> Sample:
        return Sample(
            self.keys[places], self.customers[places], pick(self.touchpoints, places), pick(self.channels, places)
        )


@dataclass(frozen=True, slots=True)
class Description:
    """What the spans of a sample are made of.

    Attributes
    ----------
    touchpoints
        Codes of the features that are touchpoints, int64[t]: those of most spans first, then by name.
    vocabulary
        For the kernels.
    weights
        float64[d]: of touchpoints and moves.
    points
        float64[s, d + EXTRAS]: the spans.
    """

    touchpoints: NDArray[np.int64]
    vocabulary: Vocabulary
    weights: NDArray[np.float64]
    points: NDArray[np.float64]


def feature_touchpoints(sample: Sample, names: tuple[str, ...], left_out: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The touchpoints that describe spans, those of most spans first, then by name.

    Parameters
    ----------
    left_out
        bool[touchpoints]: those that must not: the outcome.
    """
    codes, starts, ends = sample.touchpoints
    numbers = np.repeat(np.arange(len(sample)), ends - starts)
    reach = np.bincount(_distinct(numbers * len(names) + codes) % max(len(names), 1), minlength=len(names))
    reach[left_out] = 0
    ranks = _ranks(names)
    frequent = np.flatnonzero((reach > 0) & (reach >= RAREST * len(sample)))
    chosen: NDArray[np.int64] = frequent[np.lexsort((ranks[frequent], -reach[frequent]))][:MOST_TOUCHPOINTS]
    return chosen


def describe(sample: Sample, touchpoints: NDArray[np.int64], vocabulary_size: int) -> Description:
    """The spans of a sample in numbers; every one has an interaction of the touchpoints, which are features.

    Parameters
    ----------
    vocabulary_size
        How many touchpoints there are in all.
    """
    feature_of = np.full(vocabulary_size, -1, np.int32)
    feature_of[touchpoints] = np.arange(len(touchpoints), dtype=np.int32)
    moves = _frequent_moves(sample, feature_of, len(touchpoints))
    size = len(touchpoints) + int((moves >= 0).sum())
    vocabulary = Vocabulary(read_only(feature_of), read_only(moves))
    counts, extras = count_features(sample.columns(), vocabulary, size)
    having = (counts > 0).sum(axis=0)
    weights = 1 + np.log((1 + len(sample)) / (1 + having))
    weights[len(touchpoints) :] *= MOVE_WEIGHT
    return Description(touchpoints, vocabulary, weights, _points(counts, extras, weights))


def _points(
    counts: NDArray[np.float64], extras: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    features = DAMPED[np.minimum(counts, MOST_COUNTED).astype(np.int64)] * weights
    features /= np.sqrt((features**2).sum(axis=1, keepdims=True))
    extras = np.stack([np.log2(extras[:, 0]), extras[:, 1]], axis=1) * EXTRA_WEIGHTS
    points: NDArray[np.float64] = np.concatenate([features, extras], axis=1)
    return points


def _frequent_moves(sample: Sample, feature_of: NDArray[np.int32], touchpoints: int) -> NDArray[np.int32]:
    """int32[t, t]: the number of each move that is a feature, from t on; those of most spans first, then by feature."""
    codes, starts, ends = sample.touchpoints
    numbers = np.repeat(np.arange(len(sample)), ends - starts)
    features = feature_of[codes]
    numbers, features = numbers[features >= 0], features[features >= 0].astype(np.int64)
    moved = (numbers[1:] == numbers[:-1]) & (features[1:] != features[:-1])
    cells = touchpoints * touchpoints
    pairs = (features[:-1] * touchpoints + features[1:])[moved]
    reach = np.bincount(_distinct(numbers[1:][moved] * cells + pairs) % max(cells, 1), minlength=cells)
    frequent = np.flatnonzero((reach > 0) & (reach >= RAREST * len(sample)))
    chosen = frequent[np.argsort(-reach[frequent], kind="stable")][:MOST_MOVES]
    moves = np.full(cells, -1, np.int32)
    moves[chosen] = touchpoints + np.arange(len(chosen), dtype=np.int32)
    return moves.reshape(touchpoints, touchpoints)


def _distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each value once, ascending, of whole numbers from 0 on; of numbers that nearly ascend by themselves sorting is much quicker than what NumPy does."""
    ascending = np.sort(values)
    distinct: NDArray[np.int64] = ascending[np.diff(ascending, prepend=-1) != 0]
    return distinct


def _ranks(names: tuple[str, ...]) -> NDArray[np.int64]:
    """int64[names]: the place of each among all by name."""
    ranks = np.empty(len(names), np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return ranks


def _bounds(sequences: Sequences) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return read_only(sequences.starts), read_only(sequences.ends)


def _joined(first: Sequences, second: Sequences) -> Sequences:
    shift = len(first.codes)
    return Sequences(
        np.concatenate([first.codes, second.codes]),
        np.concatenate([first.starts, second.starts + shift]),
        np.concatenate([first.ends, second.ends + shift]),
    )
