"""What sets a cluster apart: the touchpoints that mark it, a name made of them, and a path that stands for it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from desireline.base import phrase
from desireline.journeys.analyses.cluster_sample import Sample
from desireline.journeys.results.clusters import ClusterMark
from desireline.kernels.arrays import read_only
from desireline.kernels.folding import fold_repeats
from desireline.kernels.variants import sequence_keys

MOST_MARKS = 5
REST = phrase("Others")
EVERYTHING = phrase("All journeys")
_LEAST_SHARE = 0.25
_NAMING_SHARE = 0.5
MIXED_NAMES = 3
_LEAST_LIFT = 1.25
_SECOND_BEST = 0.4
_CLEAR_ORDER = 2 / 3


def marks_of(
    having: NDArray[np.int64], sizes: NDArray[np.int64], names: Sequence[str]
) -> list[tuple[ClusterMark, ...]]:
    """The touchpoints that each cluster has more often than the others, strongest first.

    What counts is both how many of its spans have a touchpoint and how much rarer it is elsewhere: ``share * log(share /
    share_elsewhere)``, where half a span more with it and half a span more without it keep rare ones from looking strong. At least
    a quarter of the spans have it, a quarter more often than elsewhere.

    Parameters
    ----------
    having
        int64[groups, t]: spans with each touchpoint.
    sizes
        int64[groups]: all spans of each.
    names
        Of the touchpoints.
    """
    marks = []
    for group, size in enumerate(sizes.tolist()):
        others = int(sizes.sum()) - size
        elsewhere = having.sum(axis=0) - having[group]
        inside, outside = having[group] / max(size, 1), elsewhere / max(others, 1)
        lifts = (having[group] + 0.5) / (size + 1) / ((elsewhere + 0.5) / (others + 1))
        strengths = inside * np.log(lifts)
        chosen = np.flatnonzero((inside >= _LEAST_SHARE) & (lifts >= _LEAST_LIFT)) if others else np.arange(0)
        order = sorted(chosen.tolist(), key=lambda place: (-strengths[place], names[place]))
        strongest = strengths[order[0]] if order else 0.0
        marks.append(
            tuple(
                ClusterMark(names[place], float(inside[place]), float(outside[place]))
                for place in order[:MOST_MARKS]
                if strengths[place] >= _SECOND_BEST * strongest
            )
        )
    return marks


def name_clusters(
    marks: Sequence[tuple[ClusterMark, ...]],
    firsts: Sequence[NDArray[np.int32]],
    having: NDArray[np.int64],
    names: Sequence[str],
) -> list[str]:
    """A name for each cluster, all different: its two strongest marks, in the order in which they come where that is clear.

    A touchpoint that fewer than half of the spans have names nothing alone; such a cluster is called mixed.

    Parameters
    ----------
    marks
        Of each cluster.
    firsts
        Of each cluster, int32[s, t]: the place of the first interaction of each touchpoint in each span; -1 for none.
    having
        int64[groups, t]: spans with each touchpoint.
    names
        Of the touchpoints.
    """
    proposed: list[str] = []
    for group, every in enumerate(marks):
        own = [mark for mark in every if mark.share >= _NAMING_SHARE]
        for count in range(2, MOST_MARKS + 1):
            chosen = [names.index(mark.touchpoint) for mark in own[:count]]
            name = (
                _in_order(chosen, firsts[group], names) if chosen else _mixed(having[group], len(firsts[group]), names)
            )
            if name not in proposed or count >= len(own):
                break
        taken = sum(each == name or each.startswith(f"{name} (") for each in proposed)
        proposed.append(phrase("{name} ({number})", name=name, number=taken + 1) if taken else name)
    return proposed


def representative(
    sample: Sample, members: NDArray[np.int64], distances: NDArray[np.float64], names: tuple[str, ...]
) -> tuple[str, ...]:
    """Of the half of a cluster that lies nearest to its centre, the most frequent folded path; of several the nearest.

    Parameters
    ----------
    members
        Places of its spans in the sample; none give an empty path.
    distances
        Of these spans from their centre.
    names
        Of all touchpoints, by code.
    """
    order = np.lexsort((members, distances))[: -(-len(members) // 2)]
    if not len(order):
        return ()
    near = members[order]
    codes, starts, ends = sample.touchpoints
    recode = read_only(np.arange(len(names), dtype=np.int32))
    folded = fold_repeats(read_only(codes), read_only(starts[near]), read_only(ends[near]), recode)
    keys = sequence_keys(read_only(folded.codes), read_only(folded.starts), read_only(folded.ends))
    _, first, counts = np.unique(keys, axis=0, return_index=True, return_counts=True)
    best = int(first[np.lexsort((first, -counts))[0]])
    return tuple(names[code] for code in folded.codes[folded.starts[best] : folded.ends[best]].tolist())


def _in_order(chosen: Sequence[int], firsts: NDArray[np.int32], names: Sequence[str]) -> str:
    """Touchpoints joined by arrows where they clearly come in that order, by plus signs elsewhere."""
    middles = {place: float(np.median(firsts[firsts[:, place] >= 0, place])) for place in chosen}
    ordered = sorted(chosen, key=lambda place: (middles[place], names[place]))
    text = names[ordered[0]]
    for before, after in pairwise(ordered):
        text += f" {_sign(firsts[:, before], firsts[:, after])} {names[after]}"
    return text


def _sign(before: NDArray[np.int32], after: NDArray[np.int32]) -> str:
    both = (before >= 0) & (after >= 0)
    is_clear = both.any() and (before[both] < after[both]).mean() >= _CLEAR_ORDER
    return "→" if is_clear else "+"


def _mixed(having: NDArray[np.int64], size: int, names: Sequence[str]) -> str:
    """Where no touchpoint sets a cluster apart: what most of its spans have."""
    most = sorted(range(len(names)), key=lambda place: (-having[place], names[place]))
    if 2 * having[most[0]] >= size:
        return phrase("Mostly {name}", name=names[most[0]])
    return phrase("Mixed: {names}", names=", ".join(names[place] for place in most[:MIXED_NAMES]))
