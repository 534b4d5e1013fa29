"""Groups of similar journeys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, phrase
from desireline.journeys.analyses.cluster_fit import fit_clusters
from desireline.journeys.analyses.cluster_names import marks_of
from desireline.journeys.analyses.cluster_sample import DAMPED, Sample
from desireline.journeys.analyses.medians import Medians, Values
from desireline.journeys.analyses.touchpoints import marks_of_touchpoints
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.estimates import Difference, Estimate, compare, share
from desireline.journeys.model import Names, Spans
from desireline.journeys.results.clusters import Cluster, ClusterModel, Clusters, outcome_name, share_name
from desireline.kernels.arrays import read_only
from desireline.kernels.clustering import Columns, Scoring, Vocabulary, assign, contains
from desireline.kernels.counting import count_rows
from desireline.kernels.medians import Measures
from desireline.kernels.sessions import count_customers, durations

MOST_WANTED = 30
_ONE = 1_000_000
"""Medians are of microseconds, given in seconds: numbers of interactions are given in millionths."""


@dataclass(frozen=True, slots=True)
class ClustersAnalysis:
    """Similar spans in groups: how many there are of each, what sets them apart, how often they have an outcome.

    Spans are alike that have the same touchpoints and direct moves between touchpoints in the same proportions, and about as many
    interactions and channels. The groups are found by k-means in a sample of 30,000 spans; how many they are follows from how much
    better they describe the sample than spans of which chance alone dealt out the interactions. Then every span is put into the
    group whose centre is nearest.

    Parameters
    ----------
    outcome
        Touchpoints; a span with any of them has the outcome. They do not count for how alike spans are.
    clusters
        How many groups, 1 to 30. ``None``: as many as the data have, from 1 to 12; groups of less than 1 % are then taken together.
    like
        Puts spans into the groups of another answer: ``clusters`` and ``outcome`` are those of it.
    """

    outcome: Sequence[str] = ()
    clusters: int | None = None
    like: ClusterModel | None = None

    def begin(self, names: Names) -> Pass[Any, Clusters]:
        """Take a sample, or put spans into known groups.

        Raises
        ------
        InputError
            The number of clusters is impossible.
        UnknownNameError
            Outcomes that are no touchpoints; all of them are listed.
        """
        self.check()
        if self.like is not None:
            return assigning(self.like, names)
        marks_of_touchpoints(self.outcome, names.touchpoints, role=phrase("the outcome"))
        return SamplePass(names, tuple(dict.fromkeys(self.outcome)), self.clusters)

    def check(self) -> None:
        """Refuse a number of clusters that is impossible.

        Raises
        ------
        InputError
            It is not from 1 to 30.
        """
        if self.clusters is not None and not 1 <= self.clusters <= MOST_WANTED:
            raise InputError(
                phrase("expected 1 to {most} clusters, got {clusters}", most=MOST_WANTED, clusters=self.clusters)
            )


@dataclass(frozen=True, slots=True)
class SamplePass(Pass[Sample, Clusters]):
    """Takes the spans in which the groups are found."""

    names: Names
    outcome: tuple[str, ...]
    clusters: int | None

    def partial(self, spans: Spans) -> Sample:
        """The spans of one part with the lowest hashes."""
        return Sample.of(spans)

    def combine(self, first: Sample, second: Sample) -> Sample:
        """Of both those with the lowest hashes."""
        return first + second

    def conclude(self, state: Sample) -> Pass[Any, Clusters]:
        """Find the groups, then put every span into one."""
        model = fit_clusters(state, self.names.touchpoints, outcome=self.outcome, clusters=self.clusters)
        return assigning(model, self.names)


@dataclass(frozen=True, slots=True)
class ClusterCounts:
    """What is counted by group.

    Attributes
    ----------
    all_customers
        In any group.
    spans, customers, outcomes
        int64[g] each: spans, distinct customers, spans with the outcome.
    having
        int64[g, t]: spans with each touchpoint that is a feature.
    measures
        Of each group the durations in microseconds; then, g groups on, the numbers of interactions in millionths.
    """

    all_customers: int
    spans: NDArray[np.int64]
    customers: NDArray[np.int64]
    outcomes: NDArray[np.int64]
    having: NDArray[np.int64]
    measures: Values


@dataclass(frozen=True, slots=True)
class AssignPass(Pass[ClusterCounts, Clusters]):
    """Puts every span into the group whose centre is nearest.

    ``outcomes``: bool[touchpoints], those of the outcome.
    """

    model: ClusterModel
    vocabulary: Vocabulary
    scoring: Scoring
    outcomes: NDArray[np.bool_]

    def partial(self, spans: Spans) -> ClusterCounts:
        """The counts of one part."""
        groups, by_centre = self.groups_of(spans)
        count = len(self.model.shapes)
        having = np.zeros((count, by_centre.shape[1]), np.int64)
        np.add.at(having, self.model.group_of, by_centre)
        found = self.have_outcome(spans)
        return ClusterCounts(
            count_customers(spans.owners),
            *count_rows(groups, spans.owners, count),
            np.bincount(groups[found], minlength=count).astype(np.int64),
            having[:, : len(self.model.touchpoints)],
            Values.of(_measures(spans, groups, count), 2 * count),
        )

    def combine(self, first: ClusterCounts, second: ClusterCounts) -> ClusterCounts:
        """The sums."""
        return ClusterCounts(
            first.all_customers + second.all_customers,
            first.spans + second.spans,
            first.customers + second.customers,
            first.outcomes + second.outcomes,
            first.having + second.having,
            first.measures + second.measures,
        )

    def conclude(self, state: ClusterCounts) -> Answer[Clusters] | Pass[Any, Clusters]:
        """The answer, or a second reading for the medians."""
        return state.measures.conclude(self.measure, ClustersAnswer(self.model, state))

    def measure(self, spans: Spans) -> Measures:
        """Duration and number of interactions of each span, as :class:`ClusterCounts` has them."""
        return _measures(spans, self.groups_of(spans)[0], len(self.model.shapes))

    def have_outcome(self, spans: Spans) -> NDArray[np.bool_]:
        """Which spans have the outcome: bool[s]."""
        found: NDArray[np.bool_] = contains(spans.part.touchpoints, spans.starts, spans.ends, self.outcomes)
        return found

    def groups_of(self, spans: Spans) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """int32[s], the group of each span; int64[k + 1, features], by centre how many spans have each feature."""
        part = spans.part
        columns = Columns(part.touchpoints, part.channels, spans.starts, spans.ends)
        centres, having = assign(columns, self.vocabulary, self.scoring)
        return self.model.group_of[centres].astype(np.int32), having


@dataclass(frozen=True, slots=True)
class ClustersAnswer:
    """Makes the result when the medians are known."""

    model: ClusterModel
    counts: ClusterCounts

    def __call__(self, medians: Medians) -> Clusters:
        """The result; ``medians`` are seconds, then interactions."""
        model, counts = self.model, self.counts
        spans, everybody = int(counts.spans.sum()), counts.all_customers
        marks = marks_of(counts.having, counts.spans, model.touchpoints)
        rates, differences = self._outcomes()
        found = [
            Cluster(
                name=shape.name,
                is_rest=shape.is_rest,
                spans=int(counts.spans[group]),
                customers=int(counts.customers[group]),
                share=share(share_name(shape), int(counts.spans[group]), spans),
                share_of_customers=share(
                    phrase("customers with {name}", name=shape.name), int(counts.customers[group]), everybody
                ),
                median_interactions=float(medians[len(model.shapes) + group]),
                median_seconds=float(medians[group]),
                path=shape.path,
                marks=marks[group],
                outcome=rates.get(group),
                difference=differences.get(group),
            )
            for group, shape in enumerate(model.shapes)
            if counts.spans[group]
        ]
        found.sort(key=lambda each: (each.is_rest, -each.spans, each.name))
        return Clusters(spans, everybody, model.sampled, model.outcome, model.judged, tuple(found), model)

    def _outcomes(self) -> tuple[dict[int, Estimate], dict[int, Difference]]:
        """By group: the share of spans with the outcome, and how it differs from that of all other spans."""
        if not self.model.outcome:
            return {}, {}
        spans, reached = self.counts.spans, self.counts.outcomes
        names = [outcome_name(shape, self.model.outcome) for shape in self.model.shapes]
        some = [group for group in range(len(names)) if spans[group]]
        rates = {group: share(names[group], int(reached[group]), int(spans[group])) for group in some}
        others = [
            share(names[group], int(reached.sum() - reached[group]), int(spans.sum() - spans[group])) for group in some
        ]
        if sum(not self.model.shapes[group].is_rest for group in some) < 2:
            return rates, {}
        compared = {each.after.name: each for each in compare(others, list(rates.values())).differences}
        return rates, {group: compared[names[group]] for group in some}


def assigning(model: ClusterModel, names: Names) -> AssignPass:
    """The pass that puts spans of these touchpoints into the groups of a model."""
    feature = {name: place for place, name in enumerate(model.touchpoints)}
    feature_of = np.array([feature.get(name, -1) for name in names.touchpoints], np.int32)
    moves = np.full((len(feature), len(feature)), -1, np.int32)
    moves[model.moves[:, 0], model.moves[:, 1]] = len(feature) + np.arange(len(model.moves), dtype=np.int32)
    scoring = Scoring(*(read_only(each) for each in (DAMPED, model.weights, model.loads, model.offsets)))
    outcomes = np.array([name in model.outcome for name in names.touchpoints], np.bool_)
    return AssignPass(model, Vocabulary(read_only(feature_of), read_only(moves)), scoring, read_only(outcomes))


def _measures(spans: Spans, groups: NDArray[np.int32], count: int) -> Measures:
    lasting = durations(spans.part.times, spans.starts, spans.ends)
    return Measures(
        np.concatenate([groups, groups + np.int32(count)]),
        np.concatenate([lasting, (spans.ends - spans.starts) * _ONE]),
    )
