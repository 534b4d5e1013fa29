"""``/api/improve``: opportunities ranked, the tasks of their solutions, what new ones may name."""

from __future__ import annotations

from dataclasses import replace

from litestar import get

from desireline.improve.answers import Answering, BoardAnswer, ChoicesAnswer, OpportunitiesAnswer
from desireline.improve.routes.shared import today_of
from desireline.improve.scoring import ScoreSettings, formula_named
from desireline.store import Workspace


@get("/opportunities", sync_to_thread=True)
def get_opportunities(workspace: Workspace, score: str | None = None) -> OpportunitiesAnswer:
    """All opportunities by ``score``: value-effort, rice or ice; as the settings say where none is named."""
    settings = ScoreSettings.read(workspace.section("improve"))
    if score is not None:
        settings = replace(settings, formula=formula_named(score))
    answers = tuple(Answering(workspace).opportunities(settings))
    return OpportunitiesAnswer(settings.formula, settings.customer_weight, answers)


@get("/tasks", sync_to_thread=True)
def get_tasks(workspace: Workspace) -> BoardAnswer:
    """The tasks of all solutions."""
    today = today_of(workspace)
    return BoardAnswer(today, tuple(Answering(workspace).tasks(today)))


@get("/choices", sync_to_thread=True)
def get_choices(workspace: Workspace) -> ChoicesAnswer:
    """The maps and steps that an opportunity may be added to, and the metrics that it or a task may name."""
    return Answering(workspace).choices()


handlers = [get_opportunities, get_tasks, get_choices]
