"""The answer of ``clusters``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct

from desireline.journeys.answers.shapes import DifferenceAnswer, EstimateAnswer


class ClusterJudged(Struct, frozen=True, kw_only=True):
    """An entry of ``judged``."""

    clusters: int
    explained: float | None
    by_chance: float | None
    deviation: float | None


class ClusterMark(Struct, frozen=True, kw_only=True):
    """An entry of ``marks``."""

    touchpoint: str
    share: float | None
    share_elsewhere: float | None


class Cluster(Struct, frozen=True, kw_only=True):
    """An entry of ``clusters``; ``title`` is its name for people."""

    name: str
    title: str
    is_rest: bool
    spans: int
    customers: int
    share: float | None
    share_low: float | None
    share_high: float | None
    share_of_customers: float | None
    median_interactions: float | None
    median_seconds: float | None
    path: list[str]
    marks: list[ClusterMark]
    outcome: EstimateAnswer | None
    difference: DifferenceAnswer | None


class ClustersAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    total_spans: int
    total_customers: int
    sampled: int
    outcome: list[str]
    judged: list[ClusterJudged]
    clusters: list[Cluster]
