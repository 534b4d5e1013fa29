"""Which touchpoint or channel directly follows which."""

from __future__ import annotations

from typing import Unpack, get_args

from desireline.base import Progress
from desireline.journeys.analyses.flow import FlowAnalysis
from desireline.journeys.engine import Engine
from desireline.journeys.model import Flow, FlowBy, FlowMedians
from desireline.journeys.questions.arguments import checked_top
from desireline.journeys.questions.ask import ask
from desireline.journeys.selection import Selection, SelectionOptions, check_one_of
from desireline.store import Workspace


def flow(
    workspace: Workspace,
    *,
    by: FlowBy = "touchpoint",
    top: int | None = None,
    medians: FlowMedians = "exact",
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Flow:
    """Which touchpoint (or channel) directly follows which. See :class:`FlowAnalysis`."""
    check_one_of("by", by, get_args(FlowBy))
    check_one_of("medians", medians, get_args(FlowMedians))
    analysis = FlowAnalysis(by=by, top=checked_top(top), medians=medians)
    return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)
