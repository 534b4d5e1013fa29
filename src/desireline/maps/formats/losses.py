"""What of a map another format cannot hold: counted, so that nobody finds out later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from desireline.maps.model import Cell, JourneyMap, Lane, LaneRole, Metric, Opportunity, Persona, Step

_FEW = 3
"""Goals of a persona that a picture shows."""


@dataclass(frozen=True, slots=True)
class Loss:
    """``count`` things of a kind ("evidence", "bindings") that the file does not hold, or holds less exactly."""

    what: str
    count: int

    def __str__(self) -> str:
        return f"{self.count:,} {self.what}"


@dataclass(frozen=True, slots=True)
class Written:
    """A map in another format, and what that format could not hold."""

    content: bytes
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What a file of another format says, as the tree of a document, and what of the file a map cannot hold."""

    tree: dict[str, object]
    losses: tuple[Loss, ...] = ()


PARTS: dict[str, str] = {
    "condition of the scope": "scope",
    "descriptions of personas": "personas",
    "needs and further goals of personas": "personas",
    "segments of personas": "personas",
    "limits, owners and further values of metrics": "metrics",
    "evidence and owners of opportunities": "opportunities with their solutions",
    "tasks of solutions": "opportunities with their solutions",
    "conditions of bindings": "bindings",
    "sources, quotes and days of evidence": "evidence",
    "addresses of evidence": "evidence",
}
"""Kinds that are parts of another: where that is lost, they are not counted by themselves."""


def losses(subject: JourneyMap, *, held: Collection[str]) -> tuple[Loss, ...]:
    """What a format loses of a map.

    Parameters
    ----------
    held
        The kinds of :func:`census` that the format holds.
    """
    return tuple(
        Loss(what, count)
        for what, count in census(subject).items()
        if what not in held and (what not in PARTS or PARTS[what] in held)
    )


def census(subject: JourneyMap) -> dict[str, int]:
    """How many things of each kind a map has, but for its phases and steps, which every format holds."""
    found: Counter[str] = Counter()
    found["title and id"] += 1
    found["summary"] += bool(subject.summary)
    found["goal"] += bool(subject.goal)
    found["level, state, language"] += (subject.level, subject.state, subject.language) != ("journey", "current", None)
    found["owner"] += subject.owner is not None
    found["review dates"] += (subject.review_date is not None) + (subject.reviewed is not None)
    found["tags"] += len(subject.tags)
    scope = subject.scope
    found["scope"] += any((scope.segment, scope.product, scope.market, scope.employees, scope.where))
    found["condition of the scope"] += scope.where is not None
    found["links to other maps"] += subject.parent is not None
    found["link to the future state"] += subject.future is not None
    found["journey definition"] += subject.journey is not None
    for persona in subject.personas:
        found.update(_of_persona(persona))
    for metric in subject.metrics:
        found.update(_of_metric(metric))
    for opportunity in subject.opportunities:
        found.update(_of_opportunity(opportunity))
    found["goals of phases"] += sum(phase.goal is not None for phase in subject.phases)
    for step in subject.steps:
        found.update(_of_step(step))
    for lane in subject.lanes:
        found["lanes for one persona"] += lane.persona is not None
        found["emotion lines of the future"] += lane.role == "emotion" and lane.line == "future"
        for cell in lane.cells:
            found.update(_of_cell(cell, lane))
    return {what: count for what, count in found.items() if count}


def claims_in(role: LaneRole) -> str:
    """The kind under which :func:`census` counts the claims of lanes with a role."""
    return f"claims ({role})"


def _of_persona(persona: Persona) -> Counter[str]:
    described = (persona.summary, persona.quote, persona.picture, persona.goals, persona.behaviour, persona.share)
    return Counter(
        {
            "personas": 1,
            "descriptions of personas": any(each is not None and each != () for each in described),
            "needs and further goals of personas": bool(persona.needs) or len(persona.goals) > _FEW,
            "segments of personas": persona.segment is not None,
        }
    )


def _of_metric(metric: Metric) -> Counter[str]:
    further = (metric.summary, metric.attention, metric.owner)
    return Counter(
        {
            "metrics": 1,
            "limits, owners and further values of metrics": any(each is not None for each in further)
            or len(metric.values) > 1,
        }
    )


def _of_opportunity(opportunity: Opportunity) -> Counter[str]:
    return Counter(
        {
            "opportunities with their solutions": 1,
            "evidence and owners of opportunities": bool(opportunity.evidence) or opportunity.owner is not None,
            "tasks of solutions": sum(len(solution.tasks) for solution in opportunity.solutions),
        }
    )


def _of_step(step: Step) -> Counter[str]:
    return Counter(
        {
            "summaries of steps": step.summary is not None,
            "optional steps": step.optional,
            "branches and loops": step.next is not None,
            "moments of truth": step.moment_of_truth is not None,
            "bindings": step.binding is not None,
            "conditions of bindings": step.binding is not None,
            "metric placements": len(step.metrics),
            "links to other maps": step.map is not None,
        }
    )


def _of_cell(cell: Cell, lane: Lane) -> Counter[str]:
    evidence = [each for claim in cell.claims for each in claim.evidence]
    return Counter(
        {
            claims_in(lane.role): len(cell.claims),
            "evidence": len(evidence),
            "sources, quotes and days of evidence": sum(any((each.source, each.quote, each.date)) for each in evidence),
            "addresses of evidence": sum(each.address is not None for each in evidence),
            "confidence of claims": sum(claim.confidence is not None for claim in cell.claims),
            "reviews of claims": sum(claim.reviewed is not None for claim in cell.claims),
            "links to opportunities": len(cell.opportunities) + sum(len(claim.opportunities) for claim in cell.claims),
            "cells over several steps": cell.until is not None,
            "emotion values": cell.emotion is not None,
            "emotion words": cell.word is not None,
            "tension values": cell.tension is not None,
            "touchpoints": len(cell.touchpoints),
            "channels": sum(each.channel is not None for each in cell.touchpoints),
            "pictures": cell.picture is not None,
        }
    )
