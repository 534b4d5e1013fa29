"""The exact paths."""

from __future__ import annotations

from typing import Unpack

from desireline.base import Progress
from desireline.journeys.analyses.variants import VariantsAnalysis
from desireline.journeys.engine import Engine
from desireline.journeys.model import Variants
from desireline.journeys.questions.arguments import checked_top
from desireline.journeys.questions.ask import ask
from desireline.journeys.selection import Selection, SelectionOptions
from desireline.store import Workspace


def variants(
    workspace: Workspace,
    *,
    top: int | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Variants:
    """The exact paths, most customers first. See :class:`VariantsAnalysis`."""
    return ask(
        workspace, VariantsAnalysis(top=checked_top(top)), Selection(**selection), engine=engine, progress=progress
    )
