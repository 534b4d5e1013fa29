"""``/api/improve``: opportunities ranked, and the tasks of their solutions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import msgspec
from litestar import Router, get, patch

from desireline.accounts import Right, SignedIn, needs
from desireline.base import InputError
from desireline.improve.changing import TaskChange, TaskPlace, TaskStatus, change_task
from desireline.improve.gathering import Gathered, gather
from desireline.improve.ranking import Quadrant, Ranked, rank_opportunities
from desireline.improve.scoring import Formula, ScoreSettings, formula_named
from desireline.improve.tasks import TaskAtHand, tasks_at_hand
from desireline.maps.storing import WorkspaceLibrary
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class PainAnswer:
    """A claim that leads to an opportunity, and the step of the map that it belongs to."""

    map: str
    map_title: str
    step: str
    step_name: str
    cell: str
    text: str
    evidence: int


@dataclass(frozen=True, slots=True)
class SolutionAnswer:
    """A solution and how many tasks it has, and how many of them are done."""

    id: str
    title: str
    status: str
    tasks: int
    tasks_done: int


@dataclass(frozen=True, slots=True)
class OpportunityAnswer:
    """An opportunity in its place; see :class:`desireline.improve.ranking.Ranked`.

    Attributes
    ----------
    score
        Null where ``missing`` names figures that nobody gave.
    value
        The mean of both values, from 1 to 5: the matrix draws it against the effort.
    """

    rank: int | None
    id: str
    title: str
    summary: str | None
    score: float | None
    missing: tuple[str, ...]
    customer_value: float | None
    business_value: float | None
    value: float | None
    effort: float | None
    reach: float | None
    impact: float | None
    confidence: float | None
    ease: float | None
    person_months: float | None
    quadrant: Quadrant | None
    status: str
    owner: str | None
    evidence: int
    kinds_of_evidence: int
    maps: tuple[str, ...]
    pains: tuple[PainAnswer, ...]
    metrics: tuple[str, ...]
    solutions: tuple[SolutionAnswer, ...]


@dataclass(frozen=True, slots=True)
class OpportunitiesAnswer:
    """The opportunities of all maps, the strongest first.

    Attributes
    ----------
    score
        The formula by which they are scored.
    customer_weight
        What the value for customers counts beside that for the business, from 0 to 1; of value and effort.
    """

    score: Formula
    customer_weight: float
    opportunities: tuple[OpportunityAnswer, ...]


@dataclass(frozen=True, slots=True)
class TaskAnswer:
    """A task, what it is for, and where it belongs on a map.

    Attributes
    ----------
    department
        Its own, else that of its owner; null where nobody has it.
    late
        It was due before today and is not done.
    map, step
        The first map that names its opportunity, and the step with the first pain that leads to it.
    """

    id: str
    title: str
    department: str | None
    owner: str | None
    due: date | None
    kpi: str | None
    status: TaskStatus
    late: bool
    solution: str
    solution_title: str
    opportunity: str
    opportunity_title: str
    map: str | None
    map_title: str | None
    step: str | None


@dataclass(frozen=True, slots=True)
class BoardAnswer:
    """All tasks, by department, then by day."""

    today: date
    tasks: tuple[TaskAnswer, ...]


class TaskChangeBody(msgspec.Struct, frozen=True):
    """What is to be another one of a task; a field that is left out stays, one that is null is taken away.

    ``due`` is a day such as 2026-11-22.
    """

    status: TaskStatus | msgspec.UnsetType = msgspec.UNSET
    department: str | msgspec.UnsetType | None = msgspec.UNSET
    owner: str | msgspec.UnsetType | None = msgspec.UNSET
    due: str | msgspec.UnsetType | None = msgspec.UNSET


@dataclass(frozen=True, slots=True)
class ChangedTask:
    """The task as it is now, and the number of the version that its document has."""

    task: TaskAnswer
    version: int
    merged: bool


@get("/opportunities", sync_to_thread=True)
def get_opportunities(workspace: Workspace, score: str | None = None) -> OpportunitiesAnswer:
    """All opportunities by ``score``: value-effort, rice or ice; as the settings say where none is named."""
    settings = ScoreSettings.read(workspace.section("improve"))
    if score is not None:
        settings = replace(settings, formula=formula_named(score))
    gathered = gather(WorkspaceLibrary(workspace))
    ranked = rank_opportunities(gathered.maps, gathered.further, settings=settings)
    answers = tuple(_opportunity(each, gathered) for each in ranked)
    return OpportunitiesAnswer(settings.formula, settings.customer_weight, answers)


@get("/tasks", sync_to_thread=True)
def get_tasks(workspace: Workspace) -> BoardAnswer:
    """The tasks of all solutions."""
    today = _today(workspace)
    return BoardAnswer(today, tuple(_tasks(gather(WorkspaceLibrary(workspace)), today)))


@patch(
    "/tasks/{opportunity:str}/{solution:str}/{task:str}",
    sync_to_thread=True,
    guards=[needs(Right.DRAW)],
)
def patch_task(
    workspace: Workspace, user: SignedIn, opportunity: str, solution: str, task: str, data: TaskChangeBody
) -> ChangedTask:
    """Change the state, department, owner or due day of a task: the next version of its map, or of its opportunity."""
    place = TaskPlace(opportunity, solution, task)
    given = {name: getattr(data, name) for name in data.__struct_fields__}
    fields = {name: value for name, value in given.items() if value is not msgspec.UNSET}
    saved = change_task(workspace, place, TaskChange(fields), author=user.name)
    for each in _tasks(gather(WorkspaceLibrary(workspace)), _today(workspace)):
        if (each.opportunity, each.solution, each.id) == (opportunity, solution, task):
            return ChangedTask(each, saved.version.number, saved.outcome == "merged")
    raise InputError(f"the task {task!r} was taken away meanwhile")


router = Router(
    path="/improve",
    route_handlers=[get_opportunities, get_tasks, patch_task],
    guards=[needs(Right.LOOK)],
    tags=["improve"],
)


def _opportunity(ranked: Ranked, gathered: Gathered) -> OpportunityAnswer:
    opportunity = ranked.opportunity
    titles = {each.id: each.title for each in gathered.maps}
    steps = {(each.id, step.id): step.name for each in gathered.maps for step in each.steps}
    customer, business = opportunity.customer_value, opportunity.business_value
    return OpportunityAnswer(
        rank=ranked.rank,
        id=opportunity.id,
        title=opportunity.title,
        summary=opportunity.summary,
        score=ranked.score.value,
        missing=ranked.score.missing,
        customer_value=customer,
        business_value=business,
        value=None if customer is None or business is None else (customer + business) / 2,
        effort=opportunity.effort,
        reach=opportunity.reach,
        impact=opportunity.impact,
        confidence=opportunity.confidence,
        ease=opportunity.ease,
        person_months=opportunity.person_months,
        quadrant=ranked.quadrant,
        status=opportunity.status,
        owner=opportunity.owner.name if opportunity.owner else None,
        evidence=ranked.evidence,
        kinds_of_evidence=ranked.sources,
        maps=ranked.maps,
        pains=tuple(
            PainAnswer(
                each.map,
                titles[each.map],
                each.step,
                steps.get((each.map, each.step), each.step),
                each.cell,
                each.text,
                each.evidence,
            )
            for each in ranked.pains
        ),
        metrics=opportunity.metrics,
        solutions=tuple(
            SolutionAnswer(each.id, each.title, each.status, len(each.tasks), _done(each.tasks))
            for each in opportunity.solutions
        ),
    )


def _done(tasks: Sequence[object]) -> int:
    return sum(getattr(each, "status", None) == "done" for each in tasks)


def _tasks(gathered: Gathered, today: date) -> Iterator[TaskAnswer]:
    ranked = {each.opportunity.id: each for each in rank_opportunities(gathered.maps, gathered.further)}
    titles = {each.id: each.title for each in gathered.maps}
    for each in tasks_at_hand([one.opportunity for one in ranked.values()], today=today):
        yield _task(each, ranked[each.opportunity.id], titles)


def _task(at_hand: TaskAtHand, ranked: Ranked, titles: dict[str, str]) -> TaskAnswer:
    task, owner = at_hand.task, at_hand.task.owner
    pain = ranked.pains[0] if ranked.pains else None
    named = pain.map if pain is not None else ranked.maps[0] if ranked.maps else None
    return TaskAnswer(
        id=task.id,
        title=task.title,
        department=task.department or (owner.department if owner else None),
        owner=owner.name if owner else None,
        due=task.due,
        kpi=task.kpi,
        status=task.status,  # type: ignore[arg-type]
        late=at_hand.late,
        solution=at_hand.solution.id,
        solution_title=at_hand.solution.title,
        opportunity=at_hand.opportunity.id,
        opportunity_title=at_hand.opportunity.title,
        map=named,
        map_title=None if named is None else titles[named],
        step=None if pain is None else pain.step,
    )


def _today(workspace: Workspace) -> date:
    return datetime.now(UTC).astimezone(workspace.zone).date()
