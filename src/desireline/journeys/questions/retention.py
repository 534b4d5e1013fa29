"""Cohorts of customers, and who comes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack, get_args

from desireline.base import Period, Progress
from desireline.journeys.analyses.retention import RetentionAnalysis
from desireline.journeys.engine import Engine
from desireline.journeys.model import Whose
from desireline.journeys.questions.arguments import names_of, record_end
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.retention import Retention, RetentionKind
from desireline.journeys.selection import Selection, SelectionOptions, check_one_of, read_period
from desireline.kernels.calendar import CalendarUnit
from desireline.store import Workspace


def retention(
    workspace: Workspace,
    *,
    starts: str | Sequence[str] = (),
    returns: str | Sequence[str] = (),
    by: CalendarUnit = "week",
    kind: RetentionKind = "in",
    patience: float = 3.0,
    begun: Period | str | None = None,
    whose: Whose = "customer",
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Retention:
    """Cohorts of customers, and how many of each come back. See :class:`RetentionAnalysis`.

    Parameters
    ----------
    begun
        Only customers who start in it, followed as far as the record goes; also as text, ``2026-01-01..2026-03-31``.
    whose
        "anybody": what the company did counts too, such as invoices and e-mails it sent.
    """
    check_one_of("by", by, get_args(CalendarUnit))
    check_one_of("kind", kind, get_args(RetentionKind))
    check_one_of("whose", whose, get_args(Whose))
    chosen = Selection(**selection)
    analysis = RetentionAnalysis(
        names_of(starts),
        names_of(returns),
        by=by,
        kind=kind,
        patience=patience,
        record_end=record_end(workspace, chosen),
        begun=read_period(workspace, begun),
        whose=whose,
        timezone=workspace.timezone,
    )
    return ask(workspace, analysis, chosen, engine=engine, progress=progress)
