"""How customers come through steps: how many, how fast, who, and what those do who do not go on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from desireline.base import phrase
from desireline.journeys.estimates import Difference, Estimate, count, journeys_of, share
from desireline.journeys.model import Result

if TYPE_CHECKING:
    import altair

FunnelOrder = Literal["loose", "strict", "any"]


@dataclass(frozen=True, slots=True)
class FunnelTimeBin:
    """How many customers took from ``low`` seconds (included) to ``high`` (excluded; infinite in the last bin)."""

    low: float
    high: float
    customers: int


@dataclass(frozen=True, slots=True)
class FunnelTimes:
    """How long customers took: NaN and no bins where nobody did it.

    Attributes
    ----------
    customers
        How many the times are of.
    lower_seconds, median_seconds, upper_seconds
        Quartiles, exact; read between two values in proportion.
    distribution
        From no time at all to more than a year.
    """

    customers: int = 0
    median_seconds: float = math.nan
    lower_seconds: float = math.nan
    upper_seconds: float = math.nan
    distribution: tuple[FunnelTimeBin, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """``{"customers", "median_seconds", "lower_seconds", "upper_seconds", "distribution": [...]}``."""
        return {
            "customers": self.customers,
            "median_seconds": self.median_seconds,
            "lower_seconds": self.lower_seconds,
            "upper_seconds": self.upper_seconds,
            "distribution": [
                {"low": each.low, "high": each.high, "customers": each.customers} for each in self.distribution
            ],
        }


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """A step of a funnel.

    Attributes
    ----------
    name
        Its touchpoints, joined by " | "; of a funnel in any order "any 2" (steps) and so on.
    customers
        Who reached it.
    entered, before
        Who reached the first step, and the step before; at the first step the same as ``customers``.
    times
        Since the step before; none at the first step.
    """

    name: str
    customers: int
    entered: int
    before: int
    times: FunnelTimes = FunnelTimes()

    @property
    def conversion(self) -> float:
        """The share of those who entered; NaN of none."""
        return self.overall.value

    @property
    def overall(self) -> Estimate:
        """The share of those who entered, with its interval; NaN of none."""
        return share(phrase("reached {name}", name=self.name), self.customers, self.entered)

    @property
    def from_previous(self) -> Estimate:
        """The share of those who reached the step before, with its interval; NaN of none."""
        return share(phrase("went on to {name}", name=self.name), self.customers, self.before)

    @property
    def median_seconds(self) -> float:
        """The median time since the step before; NaN at the first step, and where nobody reached it."""
        return self.times.median_seconds

    def row(self) -> dict[str, Any]:
        """The step without the distribution of its times."""
        overall, previous = self.overall, self.from_previous
        return {
            "name": self.name,
            "customers": self.customers,
            "conversion": self.conversion,
            "low": overall.low,
            "high": overall.high,
            "n": overall.n,
            "from_previous": previous.value,
            "from_previous_low": previous.low,
            "from_previous_high": previous.high,
            "from_previous_n": previous.n,
            "median_seconds": self.times.median_seconds,
            "lower_seconds": self.times.lower_seconds,
            "upper_seconds": self.times.upper_seconds,
        }


@dataclass(frozen=True, slots=True)
class FunnelGroup:
    """Customers by the value at the first step of the attempt that came farthest.

    Attributes
    ----------
    value
        There, or the last one known before; ``None``: there is none. "others" where ``values`` is more than 1.
    values
        How many different values these are.
    customers
        Who reached each step; the first number is who entered.
    difference
        The share who reached the last step: of all the rest before, of this group after; ``is_sure`` with all groups in
        view.
    """

    value: str | None
    values: int
    customers: tuple[int, ...]
    difference: Difference

    @property
    def name(self) -> str:
        """For people."""
        if self.values > 1:
            return f"{self.values:,} others"
        return "no value" if self.value is None else self.value

    def shares(self) -> tuple[Estimate, ...]:
        """Of those who entered, who reached each step."""
        return tuple(share(self.name, each, self.customers[0]) for each in self.customers)

    def to_dict(self) -> dict[str, Any]:
        """``{"value", "values", "n", "steps": [{"customers", "conversion", …}], "rest", …, "is_sure", "untested"}``."""
        return {
            "value": self.value,
            "values": self.values,
            "n": self.customers[0],
            "steps": [
                {"customers": number, "conversion": each.value, "low": each.low, "high": each.high}
                for number, each in zip(self.customers, self.shares(), strict=True)
            ],
            "rest": self.difference.before.value,
            "rest_n": self.difference.before.n,
            "difference": self.difference.difference,
            "difference_low": self.difference.low,
            "difference_high": self.difference.high,
            "p": self.difference.p,
            "is_sure": self.difference.is_sure,
            "untested": self.difference.untested,
        }


@dataclass(frozen=True, slots=True)
class NextTouchpoint:
    """What came directly after, in the same span, as a share of those who dropped; ``None``: nothing more."""

    touchpoint: str | None
    customers: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class FunnelDrop:
    """Those who reached a step, but not the next one.

    Attributes
    ----------
    step
        The name of the last step that they reached.
    customers
        How many.
    next
        What they did instead, most customers first, then by name.
    returned_customers
        How many of them did the next step later after all.
    median_return_seconds
        After how long, from the last step that they reached; NaN where nobody did.
    """

    step: str
    customers: int
    next: tuple[NextTouchpoint, ...]
    returned_customers: int
    median_return_seconds: float

    @property
    def returned(self) -> Estimate:
        """The share of them who did the next step later after all, with its interval; NaN of none."""
        return share(phrase("came back after {step}", step=self.step), self.returned_customers, self.customers)

    def to_dict(self) -> dict[str, Any]:
        """``{"step", "customers", "returned": {"customers", "share", …, "median_seconds"}, "next": [...]}``."""
        return {
            "step": self.step,
            "customers": self.customers,
            "returned": {
                "customers": self.returned_customers,
                **_share_dict(self.returned),
                "median_seconds": self.median_return_seconds,
            },
            "next": [
                {"touchpoint": each.touchpoint, "customers": each.customers, **_share_dict(each.share)}
                for each in self.next
            ],
        }


@dataclass(frozen=True, slots=True)
class Funnel(Result):
    """How many customers come through steps.

    Attributes
    ----------
    steps
        In their order.
    order
        Whether anything may lie between two steps ("loose"), nothing ("strict"), or they come in any order ("any").
    time_to_convert
        From the first step to the last.
    by
        What the groups are values of; ``None`` without groups.
    groups
        Most customers who entered first, then by name; what is no value after those that are, all others at the end.
    drops
        For every step but the last; empty where it was not asked for.
    same
        The field that all steps have the same value of; ``None``: none.
    without_same
        Customers who have the first step, but never with a value of that field: they do not enter.
    """

    steps: tuple[FunnelStep, ...]
    order: FunnelOrder = "loose"
    time_to_convert: FunnelTimes = FunnelTimes()
    by: str | None = None
    groups: tuple[FunnelGroup, ...] = ()
    drops: tuple[FunnelDrop, ...] = ()
    same: str | None = None
    without_same: int = 0

    def rows(self) -> list[dict[str, Any]]:
        """A row for each step."""
        return [step.row() for step in self.steps]

    def group_rows(self) -> list[dict[str, Any]]:
        """A row for each group and step."""
        return [
            {"value": group.name, "step": step.name, "n": group.customers[0], **each}
            for group in self.groups
            for step, each in zip(self.steps, group.to_dict()["steps"], strict=True)
        ]

    def drop_rows(self) -> list[dict[str, Any]]:
        """A row for each step and what came next."""
        return [
            {"step": drop.step, "touchpoint": each.touchpoint, "customers": each.customers, **_share_dict(each.share)}
            for drop in self.drops
            for each in drop.next
        ]

    def to_dict(self) -> dict[str, Any]:
        """``{"order", "same", "without_same", "steps": [{…, "distribution"}], "time_to_convert", "by", "groups", "dropped"}``."""
        return {
            "order": self.order,
            "same": self.same,
            "without_same": self.without_same,
            "steps": [{**step.row(), "distribution": step.times.to_dict()["distribution"]} for step in self.steps],
            "time_to_convert": self.time_to_convert.to_dict(),
            "by": self.by,
            "groups": [each.to_dict() for each in self.groups],
            "dropped": [each.to_dict() for each in self.drops],
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """Who entered; for each later step who reached it and who went on to it; who came back, where asked for."""
        first = journeys_of("funnel", step=1)
        found = [count(phrase("entered the funnel"), self.steps[0].customers).opening(first, first)]
        for number, step in enumerate(self.steps[1:], start=2):
            place = phrase("step {number}: {step}", number=number, step=step.name)
            reached = journeys_of("funnel", step=number)
            found += [
                share(phrase("reached {place}", place=place), step.customers, step.entered).opening(reached, first),
                share(phrase("went on to {place}", place=place), step.customers, step.before).opening(
                    reached, journeys_of("funnel", step=number - 1)
                ),
            ]
        for number, drop in enumerate(self.drops, start=1):
            name = phrase("came back after dropping at step {number}: {step}", number=number, step=drop.step)
            stopped = journeys_of("funnel", step=number, stopped=True)
            found.append(share(name, drop.returned_customers, drop.customers).opening(n=stopped))
        return tuple(found)

    def chart(self) -> altair.LayerChart | altair.VConcatChart:
        """Bars with what drops off and with intervals; below them the groups, where there are some."""
        from desireline.journeys.pictures.funnel_chart import funnel_chart

        return funnel_chart(self)


def _share_dict(estimate: Estimate) -> dict[str, Any]:
    return {"share": estimate.value, "low": estimate.low, "high": estimate.high, "n": estimate.n}
