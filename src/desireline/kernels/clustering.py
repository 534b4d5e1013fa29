"""What a span is made of as numbers, and which of several centres lies nearest.

A span is described by how often each of some touchpoints and of some direct moves between them occurs, how long it is and how
many channels it uses (profiles of traces: Song, Günther, van der Aalst 2009, "Trace clustering in process mining"). Counts are
damped and rare features weigh more (tf-idf: Salton and Buckley 1988), and every span has the same length in the space of
touchpoints and moves, so that long and short spans of the same composition lie together.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.hashing import mix

EXTRAS = 2
"""Features beside touchpoints and moves: the length, and the number of channels."""
MOST_COUNTED = 255
CHANNELS = 256


class Vocabulary(NamedTuple):
    """Which touchpoints and moves are features.

    ``feature_of``, int32[touchpoints]: from 0 to t - 1; -1 for a touchpoint that is passed over as if it had not occurred.
    ``moves``, int32[t, t]: from t to d - 1, by source and target; -1 for a move that is none.
    """

    feature_of: NDArray[np.int32]
    moves: NDArray[np.int32]


class Scoring(NamedTuple):
    """Centres in a form in which the nearest one has the highest score.

    Attributes
    ----------
    damped
        float64[MOST_COUNTED + 1]: what a count is worth; more often counts as ``MOST_COUNTED``.
    weights
        float64[d]: of each touchpoint and move.
    loads
        float64[d + EXTRAS, k]: what a unit of each feature adds to the score of each centre.
    offsets
        float64[k]: what is added to the score of each centre.
    """

    damped: NDArray[np.float64]
    weights: NDArray[np.float64]
    loads: NDArray[np.float64]
    offsets: NDArray[np.float64]


class Columns(NamedTuple):
    """Interactions and the spans they lie in: uint16[n], uint8[n], int64[s], int64[s]."""

    touchpoints: NDArray[np.uint16]
    channels: NDArray[np.uint8]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


@kernel
def _gather(
    columns: Any,
    span: int,
    vocabulary: Any,
    counts: NDArray[np.int64],
    touched: NDArray[np.int64],
    seen: NDArray[np.int64],
) -> tuple[int, int, int]:
    """Count the features of one span into ``counts``, which is all zeros before.

    Gives how many features there are, listed in ``touched`` in the order in which they first occur; how many interactions are of
    them; and of how many channels. ``seen``, int64[CHANNELS]: the last span with each channel.
    """
    touchpoints, channels, starts, ends = columns
    feature_of, moves = vocabulary
    found, length, different = 0, 0, 0
    before = np.int32(-1)
    for place in range(starts[span], ends[span]):
        feature = feature_of[touchpoints[place]]
        if feature < 0:
            continue
        length += 1
        channel = channels[place]
        different += seen[channel] != span
        seen[channel] = span
        touched[found] = feature
        found += counts[feature] == 0
        counts[feature] += 1
        if before >= 0:
            move = moves[before, feature]
            if move >= 0:
                touched[found] = move
                found += counts[move] == 0
                counts[move] += 1
        before = feature
    return found, length, different


@kernel
def count_features(columns: Any, vocabulary: Any, size: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How often each feature occurs in each span, and its extras: :class:`Columns` -> float64[s, d], float64[s, EXTRAS].

    The extras are the number of interactions that are features, and of how many channels they are. O(n + s * d).

    Parameters
    ----------
    size
        d.
    """
    spans = len(columns[2])
    features = np.zeros((spans, size), np.float64)
    extras = np.zeros((spans, EXTRAS), np.float64)
    counts = np.zeros(size, np.int64)
    touched = np.empty(size + 1, np.int64)
    seen = np.full(CHANNELS, -1, np.int64)
    for span in range(spans):
        found, length, different = _gather(columns, span, vocabulary, counts, touched, seen)
        for place in range(found):
            feature = touched[place]
            features[span, feature] = counts[feature]
            counts[feature] = 0
        extras[span, 0] = length
        extras[span, 1] = different
    return features, extras


@kernel
def assign(columns: Any, vocabulary: Any, scoring: Any) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The nearest centre of each span.

    Parameters
    ----------
    columns, vocabulary, scoring
        See :class:`Columns`, :class:`Vocabulary`, :class:`Scoring`.

    Returns
    -------
    tuple
        int32[s]: the centre, of several equally near ones the first; k for a span without any feature. And int64[k + 1, d]: how
        many spans of each have each feature.

    The score of a centre is ``(sum of damped count * weight * load) / norm + extras * loads + offset``, added up in the order in
    which the features first occur in the span: the same in whatever part a span lies. O(n + (features of spans) * k).
    """
    damped, weights, loads, offsets = scoring
    size, centres = len(weights), len(offsets)
    spans = len(columns[2])
    groups = np.empty(spans, np.int32)
    having = np.zeros((centres + 1, size), np.int64)
    counts = np.zeros(size, np.int64)
    touched = np.empty(size + 1, np.int64)
    seen = np.full(CHANNELS, -1, np.int64)
    scores = np.empty(centres, np.float64)
    for span in range(spans):
        found, length, different = _gather(columns, span, vocabulary, counts, touched, seen)
        square = 0.0
        scores[:] = 0.0
        for place in range(found):
            feature = touched[place]
            value = damped[min(counts[feature], MOST_COUNTED)] * weights[feature]
            counts[feature] = 0
            square += value * value
            for centre in range(centres):
                scores[centre] += value * loads[feature, centre]
        group = centres
        if found:
            norm = np.sqrt(square)
            by_length, by_channels = np.log2(np.float64(length)), np.float64(different)
            group, best = 0, -np.inf
            for centre in range(centres):
                score = scores[centre] / norm + offsets[centre]
                score += by_length * loads[size, centre] + by_channels * loads[size + 1, centre]
                if score > best:
                    group, best = centre, score
        groups[span] = group
        for place in range(found):
            having[group, touched[place]] += 1
    return groups, having


@kernel
def contains(
    touchpoints: NDArray[np.uint16], starts: NDArray[np.int64], ends: NDArray[np.int64], wanted: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which spans have a wanted touchpoint: uint16[n], int64[s] twice, bool[touchpoints] -> bool[s]. O(n)."""
    found = np.zeros(len(starts), np.bool_)
    for span in range(len(starts)):
        any_ = False
        for place in range(starts[span], ends[span]):
            any_ |= wanted[touchpoints[place]]
        found[span] = any_
    return found


@kernel
def sample_keys(customers: NDArray[np.int64], owners: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A hash of each span: of its customer's key, and how many spans the customer had before. O(s).

    int64[k], int64[s] (never decreasing) -> uint64[s].
    """
    keys = np.empty(len(owners), np.uint64)
    before = np.uint64(0)
    last = np.int64(-1)
    for span in range(len(owners)):
        owner = owners[span]
        before = before + np.uint64(1) if owner == last else np.uint64(0)
        last = owner
        key = mix(customers[owner]) + before * np.uint64(0x9E3779B97F4A7C15)
        keys[span] = mix(np.int64(key ^ np.uint64(0xD1B54A32D192ED03)))
    return keys
