"""How long it takes until an event, or until silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Unpack, get_args

from desireline.base import Period, Progress
from desireline.journeys.analyses.survival import SurvivalAnalysis
from desireline.journeys.engine import Engine
from desireline.journeys.model import Whose
from desireline.journeys.questions.arguments import names_of, record_end
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.survival import Survival, SurvivalUnit
from desireline.journeys.selection import Selection, SelectionOptions, check_one_of, read_duration, read_period
from desireline.store import Workspace


def survival(
    workspace: Workspace,
    *,
    events: str | Sequence[str] = (),
    churn: timedelta | str | None = None,
    starts: str | Sequence[str] = (),
    unit: SurvivalUnit = "day",
    begun: Period | str | None = None,
    whose: Whose = "customer",
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Survival:
    """How long it takes until an event, or until customers fall silent. See :class:`SurvivalAnalysis`.

    Parameters
    ----------
    churn
        Also as text, ``90d``.
    begun
        Only customers who start in it, watched as far as the record goes; also as text, ``2026-01-01..2026-03-31``.
    whose
        "anybody": what the company did counts too, such as invoices and e-mails it sent.
    """
    check_one_of("unit", unit, get_args(SurvivalUnit))
    silence = None if churn is None else read_duration("churn", churn)
    check_one_of("whose", whose, get_args(Whose))
    chosen = Selection(**selection)
    analysis = SurvivalAnalysis(
        names_of(events),
        silence,
        names_of(starts),
        unit=unit,
        record_end=record_end(workspace, chosen),
        begun=read_period(workspace, begun),
        whose=whose,
    )
    return ask(workspace, analysis, chosen, engine=engine, progress=progress)
