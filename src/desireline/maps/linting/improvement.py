"""Rules about what follows from the map: pains, opportunities, solutions."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.base import phrase
from desireline.maps.linting.finding import Rule, Spot
from desireline.maps.linting.given import Given
from desireline.maps.model import Opportunity

_UNDER_WAY = frozenset({"planned", "building", "shipped"})


def _pain_without_opportunity(given: Given) -> Iterator[Spot]:
    for lane, cell in given.cells:
        if lane.role != "pains" or cell.opportunities:
            continue
        bare = [claim.text for claim in cell.claims if not claim.opportunities]
        if bare:
            message = phrase(
                "{bare} leads to no opportunity, and {more} more"
                if len(bare) > 1
                else "{bare} leads to no opportunity",
                bare=_short(bare[0]),
                more=len(bare) - 1,
            )
            yield Spot(message, cell.id, given.path("cell", cell.id))


def _opportunity_without_metric(given: Given) -> Iterator[Spot]:
    for each in _alive(given):
        if not each.metrics:
            yield _spot(given, each, phrase("no metric would show that it has helped"))


def _opportunity_without_solution(given: Given) -> Iterator[Spot]:
    for each in _alive(given):
        if each.status != "done" and all(solution.status == "dropped" for solution in each.solutions):
            yield _spot(given, each, phrase("nobody has an idea what could be done"))


def _opportunity_without_owner(given: Given) -> Iterator[Spot]:
    for each in _alive(given):
        begun = each.status == "chosen" or any(solution.status in _UNDER_WAY for solution in each.solutions)
        if begun and each.status != "done" and not _is_answered_for(each):
            yield _spot(given, each, phrase("it is begun, and nobody answers for it"))


def _alive(given: Given) -> Iterator[Opportunity]:
    return (each for each in given.map.opportunities if each.status != "dropped")


def _is_answered_for(opportunity: Opportunity) -> bool:
    tasks = [task for solution in opportunity.solutions for task in solution.tasks]
    return opportunity.owner is not None or any(task.owner or task.department for task in tasks)


def _spot(given: Given, opportunity: Opportunity, message: str) -> Spot:
    path = given.path("opportunity", opportunity.id)
    return Spot(phrase("{title}: {message}", title=_short(opportunity.title), message=message), opportunity.id, path)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f'"{line if len(line) <= 60 else line[:59] + "…"}"'


RULES = (
    Rule(
        "pain-without-opportunity",
        "warning",
        "A pain leads to no opportunity",
        phrase("name one at the claim: opportunities: [say-the-price], or at the cell for all its claims"),
        _pain_without_opportunity,
    ),
    Rule(
        "opportunity-without-metric",
        "warning",
        "An opportunity names no metric that shall change",
        phrase("name one of the map's metrics: metrics: [conversion]"),
        _opportunity_without_metric,
    ),
    Rule(
        "opportunity-without-solution",
        "warning",
        "An opportunity that is not done has no solution, or only dropped ones",
        phrase("write down an idea: solutions: [{{id: price-first, title: The price on the first page}}], or drop it"),
        _opportunity_without_solution,
    ),
    Rule(
        "opportunity-without-owner",
        "warning",
        "An opportunity is chosen or under way, and neither it nor a task of it has an owner or a department",
        phrase("owner: {{name: Ada Lovelace}}, or a department at its tasks"),
        _opportunity_without_owner,
    ),
)
