"""Where interactions may be missing."""

from __future__ import annotations

from datetime import timedelta
from typing import Unpack

from desireline.base import Progress
from desireline.journeys.analyses.gaps import DEFAULT_QUIET, DEFAULT_SETTLE, DEFAULT_WITHIN, GapsAnalysis
from desireline.journeys.engine import Engine
from desireline.journeys.model import Gaps
from desireline.journeys.naming import name_examples, without_examples
from desireline.journeys.questions.arguments import checked_top
from desireline.journeys.questions.ask import ask
from desireline.journeys.selection import Selection, SelectionOptions, read_duration
from desireline.store import Workspace


def gaps(
    workspace: Workspace,
    *,
    quiet: timedelta | str = DEFAULT_QUIET,
    within: timedelta | str = DEFAULT_WITHIN,
    settle: timedelta | str = DEFAULT_SETTLE,
    top: int | None = None,
    examples: bool = True,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Gaps:
    """Where interactions may be missing. See :class:`GapsAnalysis`.

    Parameters
    ----------
    quiet, within
        A silence is longer than ``quiet`` and at most ``within``; also as text, ``1h`` and ``14d``.
    settle
        Spans that begin so soon after the first interaction of all are counted apart; also as text, ``30d``, or
        ``0`` for none.
    examples
        Whether the latest customers of each gap are named.
    """
    settling = timedelta() if settle == "0" else read_duration("settle", settle)
    analysis = GapsAnalysis(
        quiet=read_duration("quiet", quiet),
        within=read_duration("within", within),
        settle=settling,
        top=checked_top(top),
    )
    found = ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)
    return name_examples(workspace, found) if examples else without_examples(found)
