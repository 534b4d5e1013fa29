"""Groups of similar spans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from desireline.base import Progress
from desireline.journeys.analyses.clusters import ClustersAnalysis
from desireline.journeys.engine import Engine
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.clusters import Clusters
from desireline.journeys.selection import Selection, SelectionOptions
from desireline.store import Workspace


def clusters(
    workspace: Workspace,
    *,
    outcome: str | Sequence[str] = (),
    clusters: int | None = None,
    like: Clusters | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Clusters:
    """Groups of similar spans. See :class:`ClustersAnalysis`.

    Parameters
    ----------
    outcome
        One touchpoint, or several of which any counts.
    like
        An answer whose clusters, and outcome, are to be used again.
    """
    wanted = (outcome,) if isinstance(outcome, str) else tuple(outcome)
    analysis = ClustersAnalysis(outcome=wanted, clusters=clusters, like=None if like is None else like.model)
    return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)
