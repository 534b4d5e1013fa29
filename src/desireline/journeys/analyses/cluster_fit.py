"""From a sample of spans to a model that puts any span into a cluster."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.analyses.cluster_centres import (
    CHOOSING_SPANS,
    LEAST_ADVANTAGE,
    MANY_SPANS,
    NEARLY_AS_GOOD,
    TIMES_BY_CHANCE,
    TIMES_WITH_MANY,
    Different,
    Directions,
    count_places,
    explained_shares,
    k_means,
    main_directions,
    nearest,
    on_one_processor,
)
from desireline.journeys.analyses.cluster_names import EVERYTHING, REST, marks_of, name_clusters, representative
from desireline.journeys.analyses.cluster_sample import (
    EXTRA_WEIGHTS,
    Description,
    Sample,
    describe,
    feature_touchpoints,
)
from desireline.journeys.engine import concluding_step
from desireline.journeys.results.clusters import ClusterModel, ClusterShape, JudgedNumber
from desireline.kernels.clustering import EXTRAS

LEAST_SPANS = 20
SMALL = 0.01
_TRIES = 8


def fit_clusters(
    sample: Sample, names: tuple[str, ...], *, outcome: tuple[str, ...], clusters: int | None
) -> ClusterModel:
    """Find clusters in a sample; on one processor, so that sums of floats come in one order.

    Parameters
    ----------
    names
        Of all touchpoints, by code.
    outcome
        Touchpoints that are no features.
    clusters
        How many; ``None``: as many as the data have.
    """
    left_out = np.array([name in outcome for name in names], np.bool_)
    touchpoints = feature_touchpoints(sample, names, left_out)
    chosen = np.isin(np.arange(len(names)), touchpoints)
    whole, undescribed = sample.by_content(names).divided(chosen)
    described = whole.only(chosen)
    if len(described) == 0:
        return _nothing(undescribed, outcome, names)
    with on_one_processor():
        judged = judge_numbers(sample.only(chosen), touchpoints, names) if clusters is None else ()
        description = describe(described, touchpoints, len(names))
        found = _centres(description, wanted=best_number(judged) if clusters is None else clusters)
    groups = _groups(found, merge=clusters is None)
    moves = description.vocabulary.moves
    loads = found.directions.axes @ found.centres.T
    offsets = -(found.directions.middle @ loads) - (found.centres**2).sum(axis=1) / 2
    loads[-EXTRAS:] *= EXTRA_WEIGHTS[:, None]
    return ClusterModel(
        outcome=outcome,
        touchpoints=tuple(names[code] for code in touchpoints.tolist()),
        moves=np.argwhere(moves >= 0)[np.argsort(moves[moves >= 0])],
        weights=description.weights,
        loads=loads,
        offsets=offsets,
        group_of=groups,
        shapes=_shapes(description, found, groups, names, _Spans(described, whole, undescribed)),
        sampled=len(sample),
        judged=judged,
    )


def judge_numbers(sample: Sample, touchpoints: NDArray[np.int64], names: tuple[str, ...]) -> tuple[JudgedNumber, ...]:
    """How well 2 to :data:`MOST_CLUSTERS` clusters describe a sample, beside the same spans dealt by chance."""
    if len(sample) < LEAST_SPANS:
        return ()
    few = sample.first(CHOOSING_SPANS).by_content(names)
    explained = explained_shares(describe(few, touchpoints, len(names)).points)
    if np.isnan(explained).all():
        return ()
    times = TIMES_BY_CHANCE if len(few) < MANY_SPANS else TIMES_WITH_MANY
    by_chance = np.empty((times, len(explained)))
    for seed in range(times):
        concluding_step("comparing clusters with chance", done=seed, total=times)
        by_chance[seed] = explained_shares(describe(few.dealt_again(seed), touchpoints, len(names)).points)
    columns = (explained, by_chance.mean(axis=0), by_chance.std(axis=0))
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return tuple(JudgedNumber(place + 2, *row) for place, row in enumerate(rows))


def best_number(judged: Sequence[JudgedNumber]) -> int:
    """The smallest number of clusters after which one more brings nothing that chance would not bring.

    That is the rule of the gap statistic: the advantage over chance is at least that of one cluster more, less its standard error.
    It has to be most of the best advantage (:data:`NEARLY_AS_GOOD`), for clusters may themselves lie in groups. 1 where the
    best is not clearly above chance: by :data:`LEAST_ADVANTAGE` more than three standard deviations.
    """
    if not judged:
        return 1
    best = max(each.advantage for each in judged)
    noise = max(each.deviation for each in judged)
    if not best >= LEAST_ADVANTAGE + 3 * noise:
        return 1
    enough = [each for each in judged if each.advantage >= NEARLY_AS_GOOD * best]
    following = {each.clusters - 1: each.advantage - each.deviation for each in judged}
    return next(each.clusters for each in enough if each.advantage >= following.get(each.clusters, -math.inf))


@dataclass(frozen=True, slots=True)
class _Found:
    """Centres along directions, float64[k, m]; the centre of each span of the sample, and how far it is from it."""

    directions: Directions
    centres: NDArray[np.float64]
    labels: NDArray[np.int64]
    distances: NDArray[np.float64]


def _centres(description: Description, *, wanted: int) -> _Found:
    different = Different.of(description.points)
    directions = main_directions(different)
    placed = directions.place(different.points)
    centres = k_means(placed, different.counts, clusters=min(wanted, count_places(placed)), tries=_TRIES)
    labels = nearest(placed, centres)
    distances = np.sqrt(((placed - centres[labels]) ** 2).sum(axis=1))
    return _Found(directions, centres, labels[different.which], distances[different.which])


def _groups(found: _Found, *, merge: bool) -> NDArray[np.int64]:
    """The cluster of each centre, largest first; small ones and, last, spans that nothing describes are the rest."""
    sizes = np.bincount(found.labels, minlength=len(found.centres))
    kept = np.flatnonzero(sizes >= SMALL * sizes.sum()) if merge else np.flatnonzero(sizes)
    kept = kept[np.argsort(-sizes[kept], kind="stable")]
    groups = np.full(len(sizes) + 1, len(kept), np.int64)
    groups[kept] = np.arange(len(kept))
    return groups


@dataclass(frozen=True, slots=True)
class _Spans:
    """The spans of a sample as far as features describe them, the same ones whole, and those that nothing describes."""

    described: Sample
    whole: Sample
    undescribed: Sample


def _shapes(
    description: Description, found: _Found, groups: NDArray[np.int64], names: tuple[str, ...], spans: _Spans
) -> tuple[ClusterShape, ...]:
    rest = int(groups[-1])
    own = groups[found.labels]
    firsts = _first_places(spans.described, description)
    having = np.array([(firsts[own == group] >= 0).sum(axis=0) for group in range(rest + 1)], np.int64)
    touchpoints = [names[code] for code in description.touchpoints.tolist()]
    marks = marks_of(having, np.bincount(own, minlength=rest + 1), touchpoints)
    named = name_clusters(marks[:rest], [firsts[own == group] for group in range(rest)], having, touchpoints)
    if rest == 1 and not (own == rest).any():
        named = [EVERYTHING]
    shapes = []
    for group, name in enumerate([*named, REST]):
        members = np.flatnonzero(own == group)
        path = representative(spans.whole, members, found.distances[members], names)
        shapes.append(ClusterShape(name, path or _any_path(spans.undescribed, names), is_rest=group == rest))
    return tuple(shapes)


def _any_path(sample: Sample, names: tuple[str, ...]) -> tuple[str, ...]:
    """The most frequent folded path of spans that nothing tells apart."""
    return representative(sample, np.arange(len(sample)), np.zeros(len(sample)), names)


def _first_places(sample: Sample, description: Description) -> NDArray[np.int32]:
    """int32[s, t]: the place in its span of the first interaction of each touchpoint; -1 for none."""
    codes, starts, ends = sample.touchpoints
    size = len(description.touchpoints)
    numbers = np.repeat(np.arange(len(sample)), ends - starts)
    places = np.arange(len(codes)) - starts[numbers]
    cells, first = np.unique(numbers * size + description.vocabulary.feature_of[codes], return_index=True)
    firsts = np.full(len(sample) * size, -1, np.int32)
    firsts[cells] = places[first]
    return firsts.reshape(len(sample), size)


def _nothing(sample: Sample, outcome: tuple[str, ...], names: tuple[str, ...]) -> ClusterModel:
    """Where no touchpoint describes any span: all of them are the rest."""
    return ClusterModel(
        outcome=outcome,
        touchpoints=(),
        moves=np.zeros((0, 2), np.int64),
        weights=np.zeros(0),
        loads=np.zeros((EXTRAS, 0)),
        offsets=np.zeros(0),
        group_of=np.zeros(1, np.int64),
        shapes=(ClusterShape(EVERYTHING, _any_path(sample, names)),),
        sampled=len(sample),
        judged=(),
    )
