"""Opportunities and tasks as ``/api/improve`` answers them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desireline.improve.changing import TaskStatus
from desireline.improve.gathering import gather, holders
from desireline.improve.ranking import Quadrant, Ranked, rank_opportunities
from desireline.improve.scoring import Formula, ScoreSettings
from desireline.improve.tasks import TaskAtHand, tasks_at_hand
from desireline.maps import JourneyMap, Metric, Opportunity
from desireline.maps.document import Kind
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
class NamedStep:
    """A step of a map at which an opportunity is named, by a cell or a pain."""

    map: str
    map_title: str
    step: str
    step_name: str


@dataclass(frozen=True, slots=True)
class NamedMetric:
    """A metric by its name.

    Attributes
    ----------
    is_share
        Its numbers are shares, from 0 to 1.
    """

    id: str
    name: str
    unit: str | None
    target: float | None
    is_share: bool


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
    steps
        Where the maps name it.
    version
        The number of the version of the document that holds it: what a change is based on.
    is_document
        It is a document of its own, not a part of a map.
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
    steps: tuple[NamedStep, ...]
    metrics: tuple[NamedMetric, ...]
    solutions: tuple[SolutionAnswer, ...]
    version: int
    is_document: bool


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
    kpi, kpi_metric
        What its success is seen by: the id of a metric, or a text; the metric where it is one.
    late
        It was due before today and is not done.
    map, step
        The map that holds its opportunity, else the first that names it, and the step with the first pain that leads to it, else the first
        that names it.
    version
        The number of the version of the document that holds it: what a change is based on.
    """

    id: str
    title: str
    department: str | None
    owner: str | None
    due: date | None
    kpi: str | None
    kpi_metric: NamedMetric | None
    status: TaskStatus
    late: bool
    solution: str
    solution_title: str
    opportunity: str
    opportunity_title: str
    map: str | None
    map_title: str | None
    step: str | None
    version: int


@dataclass(frozen=True, slots=True)
class BoardAnswer:
    """All tasks, by department, then by day."""

    today: date
    tasks: tuple[TaskAnswer, ...]


@dataclass(frozen=True, slots=True)
class StepToChoose:
    """A step that an opportunity may be named at."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class MapToChoose:
    """A map that an opportunity may be added to."""

    id: str
    title: str
    steps: tuple[StepToChoose, ...]


@dataclass(frozen=True, slots=True)
class ChoicesAnswer:
    """What a new opportunity or task may name."""

    maps: tuple[MapToChoose, ...]
    metrics: tuple[NamedMetric, ...]


class Answering:
    """Makes answers of what a workspace has."""

    def __init__(self, workspace: Workspace) -> None:
        library = WorkspaceLibrary(workspace)
        heads = {(each.kind, each.ident): each.number for each in library.newest()}
        self._gathered = gather(library)
        self._titles = {each.id: each.title for each in self._gathered.maps}
        self._steps = {(each.id, step.id): step.name for each in self._gathered.maps for step in each.steps}
        self._places = _places(self._gathered.maps)
        self._held = _held(library, heads)

    def opportunities(self, settings: ScoreSettings) -> Iterator[OpportunityAnswer]:
        """All opportunities, the strongest first."""
        for each in rank_opportunities(self._gathered.maps, self._gathered.further, settings=settings):
            yield self._opportunity(each)

    def opportunity(self, ident: str, settings: ScoreSettings) -> OpportunityAnswer | None:
        """The opportunity with an id; ``None`` where there is none."""
        return next((each for each in self.opportunities(settings) if each.id == ident), None)

    def tasks(self, today: date) -> Iterator[TaskAnswer]:
        """All tasks, by department, then by day."""
        ranked = {each.opportunity.id: each for each in rank_opportunities(self._gathered.maps, self._gathered.further)}
        for each in tasks_at_hand([one.opportunity for one in ranked.values()], today=today):
            yield self._task(each, ranked[each.opportunity.id])

    def choices(self) -> ChoicesAnswer:
        """The maps with their steps, and the metrics by name."""
        maps = (
            MapToChoose(each.id, each.title, tuple(StepToChoose(step.id, step.name) for step in each.steps))
            for each in self._gathered.maps
        )
        metrics = sorted(self._gathered.metrics.values(), key=lambda each: (each.name.casefold(), each.id))
        return ChoicesAnswer(
            tuple(sorted(maps, key=lambda each: (each.title.casefold(), each.id))), tuple(map(_metric, metrics))
        )

    def _opportunity(self, ranked: Ranked) -> OpportunityAnswer:
        opportunity = ranked.opportunity
        customer, business = opportunity.customer_value, opportunity.business_value
        held = self._held[opportunity.id]
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
            pains=tuple(self._pains(ranked)),
            steps=tuple(self._named(opportunity)),
            metrics=tuple(self._metric(each) for each in opportunity.metrics),
            solutions=tuple(
                SolutionAnswer(
                    each.id, each.title, each.status, len(each.tasks), sum(task.status == "done" for task in each.tasks)
                )
                for each in opportunity.solutions
            ),
            version=held.version,
            is_document=held.kind == "opportunity",
        )

    def _pains(self, ranked: Ranked) -> Iterator[PainAnswer]:
        for each in ranked.pains:
            name = self._steps.get((each.map, each.step), each.step)
            yield PainAnswer(each.map, self._titles[each.map], each.step, name, each.cell, each.text, each.evidence)

    def _named(self, opportunity: Opportunity) -> Iterator[NamedStep]:
        for ident, step in self._places.get(opportunity.id, ()):
            yield NamedStep(ident, self._titles[ident], step, self._steps.get((ident, step), step))

    def _metric(self, ident: str) -> NamedMetric:
        known = self._gathered.metrics.get(ident)
        return NamedMetric(ident, ident, None, None, False) if known is None else _metric(known)

    def _task(self, at_hand: TaskAtHand, ranked: Ranked) -> TaskAnswer:
        task, owner = at_hand.task, at_hand.task.owner
        first = self._first_place(ranked)
        kpi = self._gathered.metrics.get(task.kpi or "")
        named = first[0] if first is not None else self._first_map(ranked)
        return TaskAnswer(
            id=task.id,
            title=task.title,
            department=task.department or (owner.department if owner else None),
            owner=owner.name if owner else None,
            due=task.due,
            kpi=task.kpi,
            kpi_metric=None if kpi is None else _metric(kpi),
            status=task.status,  # type: ignore[arg-type]
            late=at_hand.late,
            solution=at_hand.solution.id,
            solution_title=at_hand.solution.title,
            opportunity=at_hand.opportunity.id,
            opportunity_title=at_hand.opportunity.title,
            map=named,
            map_title=None if named is None else self._titles[named],
            step=None if first is None else first[1],
            version=self._held[at_hand.opportunity.id].version,
        )

    def _first_place(self, ranked: Ranked) -> tuple[str, str] | None:
        """Where an opportunity is met first: in the map that holds it, else in the first that names it; by a pain, else by a cell."""
        ident = ranked.opportunity.id
        places = [*((each.map, each.step) for each in ranked.pains), *self._places.get(ident, ())]
        return min(places, key=lambda place: place[0] != self._held[ident].document, default=None)

    def _first_map(self, ranked: Ranked) -> str | None:
        held = self._held[ranked.opportunity.id].document
        return min(ranked.maps, key=lambda each: each != held, default=None)


@dataclass(frozen=True, slots=True)
class _Held:
    """The document that says what an opportunity is: its kind, its id, the number of its version."""

    kind: Kind
    document: str
    version: int


def _metric(metric: Metric) -> NamedMetric:
    return NamedMetric(metric.id, metric.name, metric.unit, metric.target, metric.is_share)


def _places(maps: tuple[JourneyMap, ...]) -> Mapping[str, list[tuple[str, str]]]:
    """By opportunity: the maps and their steps that name it, each once."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in maps:
        for cell in [each for lane in one.lanes for each in lane.cells]:
            for ident in (*cell.opportunities, *(each for claim in cell.claims for each in claim.opportunities)):
                known = found.setdefault(ident, [])
                if (one.id, cell.step) not in known:
                    known.append((one.id, cell.step))
    return found


def _held(library: WorkspaceLibrary, heads: Mapping[tuple[Kind, str], int]) -> Mapping[str, _Held]:
    found = holders(library)
    return {
        ident: _Held(each.kind, each.document.id, heads.get((each.kind, each.document.id), 1))
        for ident, each in found.items()
    }
