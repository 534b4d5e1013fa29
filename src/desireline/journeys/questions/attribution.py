"""Which touchpoints contribute to outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Unpack, get_args

from desireline.base import Progress
from desireline.journeys.analyses.attribution import DEFAULT_HALF_LIFE, DEFAULT_LOOKBACK, AttributionAnalysis
from desireline.journeys.engine import Engine
from desireline.journeys.model import FlowBy
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.attribution import Attribution
from desireline.journeys.selection import Selection, SelectionOptions, check_one_of, read_duration
from desireline.store import Workspace


def attribution(
    workspace: Workspace,
    outcomes: Sequence[str],
    *,
    by: FlowBy = "touchpoint",
    lookback: timedelta | str = DEFAULT_LOOKBACK,
    half_life: timedelta | str = DEFAULT_HALF_LIFE,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Attribution:
    """Conversions credited to the touchpoints (or channels) before them. See :class:`AttributionAnalysis`.

    Parameters
    ----------
    lookback, half_life
        Also as text, ``30d`` and ``7d``.
    """
    check_one_of("by", by, get_args(FlowBy))
    analysis = AttributionAnalysis(
        outcomes if isinstance(outcomes, str) else tuple(outcomes),
        by=by,
        lookback=read_duration("lookback", lookback),
        half_life=read_duration("half_life", half_life),
    )
    return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)
