"""How much effort customers have, what makes it, and where."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from desireline.base import phrase
from desireline.journeys.estimates import Estimate, journeys_of
from desireline.journeys.model import Result

if TYPE_CHECKING:
    import altair

EffortBy = Literal["channel", "touchpoint", "team", "stage"]
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class EffortWeight:
    """What one of a component weighs, in points; with its 95% interval where it was fitted and can be told, else NaN."""

    component: str
    weight: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class EffortFit:
    """How well effort goes with the answers to CES.

    Attributes
    ----------
    answers, left_out
        How many weights are fitted to; further ones, of which something before them is not known.
    is_used
        Whether the weights are fitted: there are enough answers, and some component goes with them.
    base
        The effort that customers tell of where nothing of it is seen, in points of CES.
    r_squared
        Share of the variance that weights fitted to one half of the answers explain in the other half; below zero they are worse
        than a mean. NaN where they are not fitted.
    drawn_to
        As how many answers the weights that were given count, scaled to CES: cross-validation chooses it. NaN where they are not fitted.
    reason
        Why the weights are not fitted; empty where they are.
    """

    answers: int
    left_out: int
    is_used: bool
    base: float
    r_squared: float
    drawn_to: float
    reason: str


@dataclass(frozen=True, slots=True)
class EffortComponent:
    """One part of effort.

    Attributes
    ----------
    component
        Its name.
    contacts, spans
        Of how many contacts, and of how many spans with effort (of all their contacts) it is known. 0: it is not known, and no part of
        the points.
    amount
        How many there are; of waiting, minutes. NaN where it is not known.
    points, share
        What that makes, and of all points; NaN where it is not known, or there are none.
    """

    component: str
    contacts: int
    spans: int
    amount: float
    points: float
    share: float


@dataclass(frozen=True, slots=True)
class EffortGroup:
    """Where effort is added.

    Attributes
    ----------
    name
        Of the channel, touchpoint, team or stage; ``None`` for events that have none.
    contacts
        Service contacts that begin there.
    points, share
        What is added there, and of all points.
    per_contact
        Mean points of the contacts of which all is known that their source records, without identifications outside of contacts.
    components
        Points by component; NaN where it is known of no contact.
    """

    name: str | None
    contacts: int
    points: float
    share: float
    per_contact: Estimate
    components: Mapping[str, float]

    @property
    def label(self) -> str:
        """The name, or that there is none."""
        return phrase("(none)") if self.name is None else self.name


@dataclass(frozen=True, slots=True)
class Effort(Result):
    """Effort in points.

    Attributes
    ----------
    weights
        Of one point's worth of each component.
    fit
        ``None`` where it was not asked for.
    transferred_to
        The field in which transfers are told; ``None``: none.
    teams
        Those whose effort is told of; ``None``: all.
    customers, spans
        All that were looked at.
    contacts
        All service contacts.
    with_effort
        Spans with at least one event of effort, as a share of all.
    incomplete
        Those of them that are left out of what follows, for something is not known of a contact that its source records of others.
    mean, lower_quartile, median, upper_quartile, p90
        Points of the other spans with effort; NaN where there are none.
    threshold, above
        The share of them that have more points than the threshold.
    components
        What makes the effort, in the order of the weights.
    by, groups
        Where it is added, most points first; stages in their order.
    """

    weights: tuple[EffortWeight, ...]
    fit: EffortFit | None
    transferred_to: str | None
    customers: int
    spans: int
    contacts: int
    with_effort: Estimate
    incomplete: int
    mean: Estimate
    lower_quartile: float
    median: float
    upper_quartile: float
    p90: float
    threshold: float
    above: Estimate
    components: tuple[EffortComponent, ...]
    by: EffortBy
    groups: tuple[EffortGroup, ...]
    teams: tuple[str, ...] | None = None

    def without(self, group: EffortGroup) -> tuple[str, ...]:
        """The components that are known of some contacts, and of none of this group."""
        return tuple(
            each.component for each in self.components if each.contacts and math.isnan(group.components[each.component])
        )

    def rows(self) -> list[dict[str, Any]]:
        """A row for each group."""
        return [
            {
                self.by: each.name,
                "contacts": each.contacts,
                "points": each.points,
                "share": each.share,
                "per_contact": each.per_contact.value,
                "low": each.per_contact.low,
                "high": each.per_contact.high,
                **dict(each.components),
            }
            for each in self.groups
        ]

    def to_dict(self) -> dict[str, Any]:
        """See docs/effort.md."""
        fit = self.fit
        return {
            "weights": [
                {"component": each.component, "weight": each.weight, "low": each.low, "high": each.high}
                for each in self.weights
            ],
            "fit": None
            if fit is None
            else {
                "answers": fit.answers,
                "left_out": fit.left_out,
                "is_used": fit.is_used,
                "base": fit.base,
                "r_squared": fit.r_squared,
                "drawn_to": fit.drawn_to,
                "reason": fit.reason,
            },
            "transferred_to": self.transferred_to,
            "teams": None if self.teams is None else list(self.teams),
            "customers": self.customers,
            "spans": self.spans,
            "contacts": self.contacts,
            "with_effort": self.with_effort.to_dict(),
            "incomplete": self.incomplete,
            "mean": self.mean.to_dict(),
            "lower_quartile": self.lower_quartile,
            "median": self.median,
            "upper_quartile": self.upper_quartile,
            "p90": self.p90,
            "threshold": self.threshold,
            "above": self.above.to_dict(),
            "components": [
                {
                    "component": each.component,
                    "contacts": each.contacts,
                    "spans": each.spans,
                    "amount": each.amount,
                    "points": each.points,
                    "share": each.share,
                }
                for each in self.components
            ],
            "by": self.by,
            "groups": self.rows(),
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """The shares, the mean of all, and the mean of a contact in each group."""
        known = journeys_of("effort", known="journeys")
        return (
            self.with_effort.opening(journeys_of("effort"), "every?"),
            self.mean.opening(known, known),
            self.above.opening(n=known),
            *(each.per_contact for each in self.groups),
        )

    def chart(self) -> altair.Chart:
        """Bars of the points that are added in each group, cut by what makes them."""
        from desireline.journeys.pictures.effort_chart import draw_effort

        return draw_effort(self, most=_SHOWN)
