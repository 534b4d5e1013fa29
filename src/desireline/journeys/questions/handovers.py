"""Handovers from one department to another."""

from __future__ import annotations

from datetime import timedelta
from typing import Unpack

from desireline.base import Progress, phrase
from desireline.journeys.analyses.handovers import DEFAULT_HANDOVER_WINDOW, HandoversAnalysis
from desireline.journeys.engine import Engine
from desireline.journeys.fields import check_texts
from desireline.journeys.noticing import check_filled
from desireline.journeys.questions.arguments import checked_top, note_filter, transfer_field
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.handovers import Handovers
from desireline.journeys.selection import Selection, SelectionOptions, read_duration
from desireline.store import Workspace


def handovers(
    workspace: Workspace,
    *,
    by: str = "team",
    within: timedelta | str = DEFAULT_HANDOVER_WINDOW,
    transferred_to: str | None = None,
    top: int | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Handovers:
    """Handovers from one department to another. See :class:`HandoversAnalysis`.

    Parameters
    ----------
    within
        Also as text, ``7d``.
    transferred_to
        ``None``: between teams as the section ``[contacts]`` of the settings says, otherwise none.
    """
    if transferred_to is not None or by == "team":
        transferred_to = transfer_field(workspace, transferred_to)
    analysis = HandoversAnalysis(
        by=by, within=read_duration("within", within), transferred_to=transferred_to, top=checked_top(top)
    )
    check_filled(workspace, (by,), role="by")
    check_texts((by,), role="by")
    note_filter(progress, selection, phrase("nobody is handed over to or from what it leaves out"))
    return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)
