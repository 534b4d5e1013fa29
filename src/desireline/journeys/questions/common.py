"""The paths without direct repeats."""

from __future__ import annotations

from typing import Unpack, get_args

from desireline.base import Progress
from desireline.journeys.analyses.common import CommonAnalysis, CommonBy, CommonOrder
from desireline.journeys.engine import Engine
from desireline.journeys.questions.arguments import checked_top
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.common import CommonJourneys
from desireline.journeys.selection import DEFAULT_GAP, Selection, SelectionOptions, check_one_of, read_duration
from desireline.store import Workspace


def common(
    workspace: Workspace,
    *,
    by: CommonBy = "touchpoint",
    order: CommonOrder = "kept",
    top: int | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> CommonJourneys:
    """The paths without direct repeats, most customers first. See :class:`CommonAnalysis`.

    Parameters
    ----------
    order
        ``ignored``: that of the touchpoints within a session, which ends at a pause longer than ``gap``.
    """
    check_one_of("by", by, get_args(CommonBy))
    check_one_of("order", order, get_args(CommonOrder))
    gap = read_duration("gap", selection.get("gap", DEFAULT_GAP)) if order == "ignored" else None
    analysis = CommonAnalysis(by=by, session_gap=gap, top=checked_top(top))
    return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)
