"""How much there is, and when."""

from __future__ import annotations

from typing import Unpack

from desireline.base import Progress
from desireline.journeys.analyses.overview import OverviewAnalysis
from desireline.journeys.engine import Engine
from desireline.journeys.model import Overview
from desireline.journeys.questions.ask import ask
from desireline.journeys.selection import Selection, SelectionOptions
from desireline.store import Workspace


def overview(
    workspace: Workspace,
    *,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Overview:
    """How much there is, when, and where spans end. See :class:`OverviewAnalysis`."""
    return ask(
        workspace, OverviewAnalysis(workspace.timezone), Selection(**selection), engine=engine, progress=progress
    )
