"""The same clusters for two groups: found in both together, so that their shares can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desireline.base import InputError, Progress, phrase
from desireline.journeys.analyses.cluster_fit import fit_clusters
from desireline.journeys.analyses.cluster_sample import Sample
from desireline.journeys.analyses.clusters import ClustersAnalysis
from desireline.journeys.analyses.touchpoints import marks_of_touchpoints
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.model import Names, Spans
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.clusters import ClusterModel, Clusters
from desireline.journeys.selection import Selection, SelectionOptions
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class NamedSample:
    """Sampled spans, and the touchpoints that their codes mean."""

    sample: Sample
    touchpoints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampleAnalysis:
    """The spans in which clusters are looked for.

    Parameters
    ----------
    outcome
        Touchpoints that are no features; they only have to be there.
    """

    outcome: tuple[str, ...] = ()

    def begin(self, names: Names) -> DrawPass:
        """One reading.

        Raises
        ------
        UnknownNameError
            Outcomes that are no touchpoints; all of them are listed.
        """
        marks_of_touchpoints(self.outcome, names.touchpoints, role=phrase("the outcome"))
        return DrawPass(names.touchpoints)


@dataclass(frozen=True, slots=True)
class DrawPass(Pass[Sample, NamedSample]):
    """Takes the spans with the lowest hashes."""

    touchpoints: tuple[str, ...]

    def partial(self, spans: Spans) -> Sample:
        """Those of one part."""
        return Sample.of(spans)

    def combine(self, first: Sample, second: Sample) -> Sample:
        """Of both those with the lowest hashes."""
        return first + second

    def conclude(self, state: Sample) -> Answer[NamedSample]:
        """The sample."""
        return Answer(NamedSample(state, self.touchpoints))


def shared_clusters(
    workspace: Workspace,
    first: SelectionOptions,
    second: SelectionOptions,
    *,
    outcome: str | Sequence[str] = (),
    clusters: int | None = None,
    progress: Progress | None = None,
) -> tuple[Clusters, Clusters]:
    """The clusters of two groups, found in a sample of both; each group weighs as much as it has spans.

    Parameters
    ----------
    outcome, clusters
        As of :func:`desireline.journeys.clusters`.

    Raises
    ------
    InputError
        The number of clusters is impossible.
    UnknownNameError
        Outcomes that are no touchpoints.
    """
    model = shared_model(workspace, first, second, outcome=outcome, clusters=clusters, progress=progress)
    one, other = (_assigned(workspace, model, Selection(**group), progress) for group in (first, second))
    return one, other


def shared_model(
    workspace: Workspace,
    first: SelectionOptions,
    second: SelectionOptions,
    *,
    outcome: str | Sequence[str] = (),
    clusters: int | None = None,
    progress: Progress | None = None,
) -> ClusterModel:
    """What puts the spans of both groups into the same clusters. Parameters and errors are those of :func:`shared_clusters`."""
    wanted = tuple(dict.fromkeys((outcome,) if isinstance(outcome, str) else outcome))
    ClustersAnalysis(outcome=wanted, clusters=clusters).check()
    groups = (Selection(**first), Selection(**second))
    drawn = [ask(workspace, SampleAnalysis(wanted), group, progress=progress) for group in groups]
    if drawn[0].touchpoints != drawn[1].touchpoints:
        raise InputError(phrase("the touchpoints changed while the groups were compared"), hint=phrase("ask again"))
    return fit_clusters(drawn[0].sample + drawn[1].sample, drawn[0].touchpoints, outcome=wanted, clusters=clusters)


def _assigned(workspace: Workspace, model: ClusterModel, group: Selection, progress: Progress | None) -> Clusters:
    return ask(workspace, ClustersAnalysis(like=model), group, progress=progress)
