"""How many customers reach each step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Unpack, get_args

from desireline.base import InputError, Progress, UnknownNameError, phrase
from desireline.journeys.analyses.funnel import Exclusion, FunnelAnalysis, parse_exclusion
from desireline.journeys.engine import Engine
from desireline.journeys.noticing import check_filled
from desireline.journeys.questions.arguments import joined_by_taxonomy
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.funnel import Funnel, FunnelOrder
from desireline.journeys.selection import Selection, SelectionOptions, check_one_of, read_duration_or_zero
from desireline.store import Workspace


def funnel(
    workspace: Workspace,
    steps: Sequence[str | tuple[str, ...]],
    *,
    within: timedelta | str | None = None,
    order: FunnelOrder = "loose",
    exclude: Sequence[str | Exclusion] = (),
    same: str | None = None,
    by: str | None = None,
    dropped: bool = False,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Funnel:
    """How many customers reach each step. See :class:`FunnelAnalysis`.

    Parameters
    ----------
    within
        From the first step to the last; also as text, ``7d``, or ``0`` for the same moment.
    exclude
        Also as text, ``Call`` or ``Call between 2 and 3``.
    """
    for name, texts in (("steps", steps), ("exclude", exclude)):
        if isinstance(texts, str):
            raise InputError(
                phrase("{name}: expected a list of touchpoints, got the text {texts!r}", name=name, texts=texts)
            )
    check_one_of("order", order, get_args(FunnelOrder))
    window = None if within is None else read_duration_or_zero("within", within)
    excluded = tuple(parse_exclusion(each) if isinstance(each, str) else each for each in exclude)
    analysis = FunnelAnalysis(
        tuple(steps), window=window, order=order, exclude=excluded, same=same, by=by, dropped=dropped
    )
    for option, field in (("same", same), ("by", by)):
        check_filled(workspace, () if field is None else (field,), role=option)
    try:
        return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)
    except UnknownNameError as error:
        raise UnknownNameError(error.message, hint=joined_by_taxonomy(workspace, steps) or error.hint) from None
