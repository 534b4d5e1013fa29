"""Asking an analysis of a workspace: which interactions, cut into which spans, by which engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from desireline.base import Progress, SilentProgress
from desireline.interactions import Condition
from desireline.journeys.engine import Analysis, Engine
from desireline.journeys.engines.choosing import engine_for
from desireline.journeys.noticing import notes_on, notes_on_condition
from desireline.journeys.selection import Selection
from desireline.store import Workspace

R = TypeVar("R")


def ask(
    workspace: Workspace,
    analysis: Analysis[R],
    selection: Selection | None = None,
    *,
    conditions: Sequence[Condition | None] = (),
    engine: Engine | str | None = None,
    progress: Progress | None = None,
) -> R:
    """Run an analysis.

    Parameters
    ----------
    selection
        Everything, as whole life cycles, by default.
    conditions
        Those of the analysis itself, to be looked through for names that no interaction has.
    engine
        Also as text, ``spark://host:port``. By default the one of :func:`~desireline.journeys.engines.using`, or threads
        of this process.
    progress
        Is told, beside how far the work is, what the selection and the conditions name that no interaction has.

    Raises
    ------
    InputError
        The selection or the analysis names something that is not there.
    """
    asked = selection or Selection()
    if progress is not None and not isinstance(progress, SilentProgress):
        of_analysis = [note for each in conditions for note in notes_on_condition(workspace, each)]
        for note in dict.fromkeys([*notes_on(workspace, asked), *of_analysis]):
            progress.note(note)
    with engine_for(engine) as chosen:
        return chosen.ask(workspace, analysis, asked, progress=progress)
