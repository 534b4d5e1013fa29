"""Clusters: groups of similar journeys, with what sets each apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import phrase
from desireline.journeys.estimates import Difference, Estimate, journeys_of, share
from desireline.journeys.model import Result
from desireline.journeys.wording import any_of

if TYPE_CHECKING:
    import altair


@dataclass(frozen=True, slots=True)
class ClusterShape:
    """A cluster as it was found in the sample: its name, and a path that stands for it."""

    name: str
    path: tuple[str, ...]
    is_rest: bool = False


SHARE_OF = "share of "


def share_name(shape: ClusterShape) -> str:
    """What the estimate of the share of a cluster is called."""
    return phrase("share of {text}", text=shape.name)


def outcome_name(shape: ClusterShape, outcome: Sequence[str]) -> str:
    """What the estimate of the outcome of a cluster is called."""
    return phrase("{outcome} in {name}", outcome=any_of(outcome), name=shape.name)


@dataclass(frozen=True, slots=True)
class ClusterModel:
    """What puts any span into a cluster; by names, so that it serves other workspaces too.

    Attributes
    ----------
    outcome
        Touchpoints that were left out, for they are the outcome.
    touchpoints
        Those that describe spans; they are the first features.
    moves
        The features after them: source and target as places in ``touchpoints``.
    weights
        float64[d]: of each feature.
    loads, offsets
        float64[d + 2, k], float64[k]: see :class:`desireline.kernels.clustering.Scoring`.
    group_of
        int64[k + 1]: the cluster of each centre, as a place in ``shapes``; last that of spans without any of the touchpoints.
    shapes
        The clusters.
    sampled
        How many spans the clusters were found in.
    judged
        How well different numbers of clusters did.
    """

    outcome: tuple[str, ...]
    touchpoints: tuple[str, ...]
    moves: NDArray[np.int64]
    weights: NDArray[np.float64]
    loads: NDArray[np.float64]
    offsets: NDArray[np.float64]
    group_of: NDArray[np.int64]
    shapes: tuple[ClusterShape, ...]
    sampled: int
    judged: tuple[JudgedNumber, ...]


@dataclass(frozen=True, slots=True)
class JudgedNumber:
    """How well so many clusters describe the sample.

    Attributes
    ----------
    clusters
        How many.
    explained
        The share of the differences between spans (of the variance) that goes away where each is taken for its cluster.
    by_chance
        The same for spans as long as these, whose interactions are dealt out at random; the mean of several times.
    deviation
        Standard deviation of these several times.
    """

    clusters: int
    explained: float
    by_chance: float
    deviation: float

    @property
    def advantage(self) -> float:
        """How much more than by chance."""
        return self.explained - self.by_chance

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "clusters": self.clusters,
            "explained": self.explained,
            "by_chance": self.by_chance,
            "deviation": self.deviation,
        }


@dataclass(frozen=True, slots=True)
class ClusterMark:
    """A touchpoint that a cluster has more often than the other journeys: the share of spans with it, here and there."""

    touchpoint: str
    share: float
    share_elsewhere: float

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"touchpoint": self.touchpoint, "share": self.share, "share_elsewhere": self.share_elsewhere}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A group of similar spans.

    Attributes
    ----------
    name
        Proposed from what sets it apart.
    is_rest
        Whether it takes together what belongs to no cluster of its own.
    spans, customers
        Spans in it, and their distinct customers, who may be in several clusters.
    share, share_of_customers
        Of all spans, and of all customers.
    median_interactions, median_seconds
        Exact medians over its spans; from the first interaction to the last.
    path
        A folded path that somebody really took and that stands for the cluster.
    marks
        What sets it apart, strongest first; five at most.
    outcome
        The share of its spans with the outcome; ``None`` where none was asked for.
    difference
        Of the outcome between all other spans (``before``) and this cluster (``after``); ``None`` where there is
        no other but the rest.
    """

    name: str
    is_rest: bool
    spans: int
    customers: int
    share: Estimate
    share_of_customers: Estimate
    median_interactions: float
    median_seconds: float
    path: tuple[str, ...]
    marks: tuple[ClusterMark, ...]
    outcome: Estimate | None = None
    difference: Difference | None = None

    def to_dict(self) -> dict[str, Any]:
        """For JSON; ``name`` is the same in every language, for other questions to name it, ``title`` is told."""
        return {
            "name": str(self.name),
            "title": self.name,
            "is_rest": self.is_rest,
            "spans": self.spans,
            "customers": self.customers,
            "share": self.share.value,
            "share_low": self.share.low,
            "share_high": self.share.high,
            "share_of_customers": self.share_of_customers.value,
            "median_interactions": self.median_interactions,
            "median_seconds": self.median_seconds,
            "path": list(self.path),
            "marks": [each.to_dict() for each in self.marks],
            "outcome": None if self.outcome is None else self.outcome.to_dict(),
            "difference": None if self.difference is None else self.difference.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Clusters(Result):
    """Groups of similar spans, most spans first; the rest last.

    Attributes
    ----------
    total_spans, total_customers
        Everybody: each span is in exactly one cluster.
    sampled
        How many spans the clusters were found in.
    outcome
        The touchpoints of the outcome; empty where none was asked for.
    judged
        How well different numbers of clusters did; empty where the number was given, or too little was there to judge.
    clusters
        One alone where nothing separates the journeys.
    model
        What puts spans into these clusters: for the same clusters in another period or segment.
    """

    total_spans: int
    total_customers: int
    sampled: int
    outcome: tuple[str, ...]
    judged: tuple[JudgedNumber, ...]
    clusters: tuple[Cluster, ...]
    model: ClusterModel = field(compare=False, repr=False)

    def rows(self) -> list[dict[str, Any]]:
        """A row for each cluster."""
        return [each.to_dict() for each in self.clusters]

    def to_dict(self) -> dict[str, Any]:
        """``{"total_spans", "total_customers", "sampled", "outcome", "judged": [...], "clusters": [...]}``."""
        return {
            "total_spans": self.total_spans,
            "total_customers": self.total_customers,
            "sampled": self.sampled,
            "outcome": list(self.outcome),
            "judged": [each.to_dict() for each in self.judged],
            "clusters": self.rows(),
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """Share and outcome of each cluster, also of those that are empty here.

        To be compared with an answer that has the same clusters (``like``).
        """
        own = {each.name: each for each in self.clusters}
        found = []
        for shape in self.model.shapes:
            cluster = own.get(shape.name)
            of_all = share(share_name(shape), 0, self.total_spans) if cluster is None else cluster.share
            journeys = journeys_of("shared_cluster", cluster=shape.name)
            found.append(of_all.opening(journeys, "every?"))
            if self.outcome:
                outcome = None if cluster is None else cluster.outcome
                reached = journeys_of("shared_cluster", cluster=shape.name, reached=True)
                found.append((outcome or share(outcome_name(shape, self.outcome), 0, 0)).opening(reached, journeys))
        return tuple(found)

    def chart(self) -> altair.HConcatChart:
        """The share of each cluster beside its outcome and the path that stands for it."""
        from desireline.journeys.pictures.clusters_chart import chart_clusters

        return chart_clusters(self)
