"""What goes with an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from desireline.base import InputError, Progress, UnknownNameError, phrase
from desireline.interactions.log import segment_fields
from desireline.journeys.analyses.drivers import DriversAnalysis
from desireline.journeys.engine import Engine
from desireline.journeys.noticing import check_filled
from desireline.journeys.questions.arguments import checked_top, joined_by_taxonomy, names_of
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.drivers import Drivers
from desireline.journeys.scoring import ScoreKind
from desireline.journeys.selection import Selection, SelectionOptions
from desireline.store import Workspace


def drivers(
    workspace: Workspace,
    outcomes: str | Sequence[str] = (),
    *,
    score_below: float | None = None,
    kind: ScoreKind = "NPS",
    negative: bool | None = None,
    attributes: Sequence[str] | None = None,
    adjust: str | None = None,
    top: int | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Drivers:
    """What goes with an outcome, and the moments of truth: association, not cause. See :class:`DriversAnalysis`.

    Parameters
    ----------
    attributes
        Fields whose values are compared, such as ``attributes.plan``; ``None``: team, source and every attribute with few values.
    """
    wanted = names_of(outcomes)
    if not wanted and score_below is None and selection.get("journey") is None:
        raise InputError(
            phrase("expected an outcome: touchpoints, a low score or the goal of a journey"),
            hint=phrase("name touchpoints, or say --score-below 7, or --journey ID"),
        )
    check_filled(workspace, attributes or (), role="attributes")
    fields = segment_fields(workspace) if attributes is None else tuple(attributes)
    analysis = DriversAnalysis(wanted, score_below, kind, negative, fields, adjust, checked_top(top))
    try:
        return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)
    except UnknownNameError as error:
        raise UnknownNameError(error.message, hint=joined_by_taxonomy(workspace, wanted) or error.hint) from None
