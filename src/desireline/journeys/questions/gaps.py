"""Where interactions may be missing."""

from __future__ import annotations

from datetime import timedelta
from typing import Unpack, get_args

from desireline.base import Progress
from desireline.journeys.analyses.gaps import DEFAULT_QUIET, DEFAULT_SETTLE, DEFAULT_WITHIN, GapsAnalysis
from desireline.journeys.engine import Engine
from desireline.journeys.model import Gaps, Whose
from desireline.journeys.naming import name_examples, without_examples
from desireline.journeys.questions.arguments import checked_top
from desireline.journeys.questions.ask import ask
from desireline.journeys.selection import (
    Selection,
    SelectionOptions,
    check_one_of,
    read_duration,
    read_duration_or_zero,
)
from desireline.store import Workspace


def gaps(
    workspace: Workspace,
    *,
    quiet: timedelta | str = DEFAULT_QUIET,
    within: timedelta | str = DEFAULT_WITHIN,
    settle: timedelta | str = DEFAULT_SETTLE,
    top: int | None = None,
    whose: Whose = "customer",
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
    whose
        "anybody": what the company did counts in switches too, such as invoices and e-mails it sent.
    examples
        Whether the latest customers of each gap are named.
    """
    check_one_of("whose", whose, get_args(Whose))
    analysis = GapsAnalysis(
        quiet=read_duration("quiet", quiet),
        within=read_duration("within", within),
        settle=read_duration_or_zero("settle", settle),
        top=checked_top(top),
        whose=whose,
    )
    found = ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)
    return name_examples(workspace, found) if examples else without_examples(found)
