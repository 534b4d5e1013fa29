"""Opportunities of many maps in one list: where they come from, their score, how strong the evidence is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from desireline.improve.gathering import standing
from desireline.improve.scoring import Score, ScoreSettings, score
from desireline.maps import Evidence, JourneyMap, Opportunity

Quadrant = Literal["quick win", "big bet", "fill-in", "think twice"]
_MIDDLE = 3.0


@dataclass(frozen=True, slots=True)
class Pain:
    """A claim that leads to an opportunity: the map, its step and cell, what it says, and how much evidence it has."""

    map: str
    step: str
    cell: str
    text: str
    evidence: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """An opportunity in its place.

    Attributes
    ----------
    rank
        From 1; ``None`` where it has no score.
    maps
        Ids of the maps that name it, sorted.
    evidence, sources
        Pieces of evidence, its own and that of its pains, and how many kinds they are of: evidence of several kinds is stronger. What a map
        and its copy both say counts once.
    """

    opportunity: Opportunity
    rank: int | None
    score: Score
    maps: tuple[str, ...]
    pains: tuple[Pain, ...]
    evidence: int
    sources: int

    @property
    def quadrant(self) -> Quadrant | None:
        """Its field in the matrix of value (the mean of both) and effort, parted at 3; ``None`` where a figure is missing."""
        return quadrant(self.opportunity)


def quadrant(opportunity: Opportunity) -> Quadrant | None:
    """The field of the matrix; what lies on the line counts as more value, or as less effort."""
    customer, business, effort = opportunity.customer_value, opportunity.business_value, opportunity.effort
    if customer is None or business is None or effort is None:
        return None
    if (customer + business) / 2 >= _MIDDLE:
        return "quick win" if effort <= _MIDDLE else "big bet"
    return "fill-in" if effort <= _MIDDLE else "think twice"


def rank_opportunities(
    maps: Iterable[JourneyMap], further: Iterable[Opportunity] = (), *, settings: ScoreSettings = ScoreSettings()
) -> tuple[Ranked, ...]:
    """All opportunities of maps, and further ones that no map names: by score, those without one at the end, by id.

    An opportunity that several maps hold is one where the id is the same; :func:`desireline.improve.gathering.standing` says which
    counts.
    """
    maps = list(maps)
    held = [(one, each) for one in maps for each in one.opportunities]
    held.sort(key=lambda pair: standing(pair[0].state, [each.tasks for each in pair[1].solutions]))
    known: dict[str, Opportunity] = {}
    for opportunity in (*(each for _, each in held), *further):
        known.setdefault(opportunity.id, opportunity)
    scored = [(each, score(each, settings)) for each in known.values()]
    scored.sort(key=lambda pair: (pair[1].value is None, -(pair[1].value or 0), pair[0].id))
    return tuple(_ranked(each, found, maps, place) for place, (each, found) in enumerate(scored, start=1))


def _ranked(opportunity: Opportunity, found: Score, maps: list[JourneyMap], place: int) -> Ranked:
    naming = tuple(sorted({one.id for one in maps if opportunity.id in {each.id for each in one.opportunities}}))
    pains = tuple(_pains(opportunity.id, maps))
    told = dict.fromkeys((pain.text, found_for) for pain, found_for in pains)
    evidence = [*opportunity.evidence, *(each for _, found_for in told for each in found_for)]
    return Ranked(
        opportunity,
        rank=None if found.value is None else place,
        score=found,
        maps=naming,
        pains=tuple(pain for pain, _ in pains),
        evidence=len(evidence),
        sources=len({each.kind for each in evidence}),
    )


def _pains(ident: str, maps: list[JourneyMap]) -> Iterator[tuple[Pain, tuple[Evidence, ...]]]:
    """The claims that lead to an opportunity: those that name it, and those of a cell of pains that does."""
    for one in maps:
        for role, cell in [(lane.role, each) for lane in one.lanes for each in lane.cells]:
            linked = role == "pains" and ident in cell.opportunities
            for claim in cell.claims:
                if linked or ident in claim.opportunities:
                    yield Pain(one.id, cell.step, cell.id, claim.text, len(claim.evidence)), claim.evidence
