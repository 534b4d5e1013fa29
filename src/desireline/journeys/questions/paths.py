"""What follows a touchpoint, or leads to it."""

from __future__ import annotations

from typing import Unpack, get_args

from desireline.base import Progress, UnknownNameError
from desireline.journeys.analyses.paths import DEFAULT_STEPS, DEFAULT_TOP, PathsAnalysis
from desireline.journeys.engine import Engine
from desireline.journeys.questions.arguments import joined_by_taxonomy
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.paths import PathAnchor, PathDirection, PathRepeats, Paths
from desireline.journeys.selection import Selection, SelectionOptions, check_one_of
from desireline.store import Workspace


def paths(
    workspace: Workspace,
    touchpoint: str,
    *,
    direction: PathDirection = "after",
    steps: int = DEFAULT_STEPS,
    top: int = DEFAULT_TOP,
    anchor: PathAnchor = "first",
    repeats: PathRepeats = "folded",
    weekday: str | None = None,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Paths:
    """What follows a touchpoint, or leads to it, step by step. See :class:`PathsAnalysis`."""
    check_one_of("direction", direction, get_args(PathDirection))
    check_one_of("anchor", anchor, get_args(PathAnchor))
    check_one_of("repeats", repeats, get_args(PathRepeats))
    analysis = PathsAnalysis(
        touchpoint,
        direction=direction,
        steps=steps,
        top=top,
        anchor=anchor,
        repeats=repeats,
        weekday=weekday,
        timezone=workspace.timezone,
    )
    try:
        return ask(workspace, analysis, Selection(**selection), engine=engine, progress=progress)
    except UnknownNameError as error:
        raise UnknownNameError(error.message, hint=joined_by_taxonomy(workspace, [touchpoint]) or error.hint) from None
