"""Proposed edits of a map, with the numbers that speak for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from desireline.base import phrase
from desireline.evidence.candidates import Candidate
from desireline.evidence.draft_document import period_text
from desireline.evidence.edits import Edit
from desireline.evidence.results import Fit
from desireline.journeys.estimates import Estimate, count, share
from desireline.journeys.model import Result


@dataclass(frozen=True, slots=True)
class Proposal:
    """One edit.

    Attributes
    ----------
    fit_before, fit_after
        How well the journeys follow the map without it and with it alone.
    """

    edit: Edit
    candidate: Candidate
    fit_before: float
    fit_after: float

    @property
    def id(self) -> str:
        """The same in every run on the same data."""
        return self.edit.id

    @property
    def count(self) -> int:
        """The journeys that speak for it."""
        return self.candidate.count

    @property
    def share(self) -> Estimate:
        """Of how many they are, with its interval."""
        return share(self.id, self.candidate.count, self.candidate.of)

    @property
    def why(self) -> str:
        """For people: what was counted, the share with its interval."""
        found = self.share
        return phrase(
            "{why}: {value:.1%}, 95% interval {low:.1%} to {high:.1%}",
            why=self.candidate.why,
            value=found.value,
            low=found.low,
            high=found.high,
        )

    def row(self) -> dict[str, Any]:
        """The proposal as a row."""
        estimate = self.share
        return {
            "id": self.id,
            "kind": self.edit.kind,
            "what": self.candidate.what,
            "why": self.why,
            "count": self.count,
            "of": self.candidate.of,
            "share": estimate.value,
            "low": estimate.low,
            "high": estimate.high,
            "fit_before": self.fit_before,
            "fit_after": self.fit_after,
        }


@dataclass(frozen=True, slots=True)
class Proposals(Result):
    """What should be changed in a map.

    Attributes
    ----------
    journeys
        Those on the map that were looked at.
    only_at_goal
        Whether those are the ones that reached the goal of their definition.
    fit
        How well they follow the map as it is.
    first, last
        The days, by the clock of the workspace, from the first interaction of these journeys to the last; ``None`` of none.
    proposals
        The strongest first: that most journeys speak for.
    rejected
        Those that were rejected before and are not proposed again.
    discarded
        Those that journeys speak for, and after which they would fit the map worse: of the places where each could go, the best.
    """

    map: str
    title: str
    journeys: int
    only_at_goal: bool
    fit: Fit
    first: date | None = None
    last: date | None = None
    proposals: tuple[Proposal, ...] = ()
    rejected: tuple[Proposal, ...] = ()
    discarded: tuple[Proposal, ...] = ()

    @property
    def source(self) -> str:
        """Where the numbers are from: ``desireline, 2026-01-01 to 2026-06-30``."""
        return period_text(self.first, self.last)

    def rows(self) -> list[dict[str, Any]]:
        """A row for each proposal."""
        return [each.row() for each in self.proposals]

    def to_dict(self) -> dict[str, Any]:
        """``{"map", "title", "journeys", "only_at_goal", "fit", "first", "last", "proposals": […], "rejected": […], "discarded": […]}``."""
        return {
            "map": self.map,
            "title": self.title,
            "journeys": self.journeys,
            "only_at_goal": self.only_at_goal,
            "fit": self.fit.value,
            "first": None if self.first is None else self.first.isoformat(),
            "last": None if self.last is None else self.last.isoformat(),
            "proposals": self.rows(),
            "rejected": [each.row() for each in self.rejected],
            "discarded": [each.row() for each in self.discarded],
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """The number of journeys, their fit, and the share that speaks for each proposal."""
        return (count("journeys", self.journeys), self.fit.estimate(), *(each.share for each in self.proposals))
