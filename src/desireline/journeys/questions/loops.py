"""What comes again within spans."""

from __future__ import annotations

from typing import Unpack

from desireline.base import Progress
from desireline.journeys.analyses.loops import LoopsAnalysis
from desireline.journeys.engine import Engine
from desireline.journeys.questions.arguments import checked_top
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.loops import Loops
from desireline.journeys.selection import Selection, SelectionOptions
from desireline.store import Workspace


def loops(
    workspace: Workspace,
    *,
    top: int | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Loops:
    """What comes again within spans, and whether the process is linear, branching or cyclical. See :class:`LoopsAnalysis`."""
    return ask(workspace, LoopsAnalysis(top=checked_top(top)), Selection(**selection), engine=engine, progress=progress)
