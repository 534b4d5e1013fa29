"""What goes with an outcome."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from desireline.base import Phrase, phrase, written
from desireline.journeys.estimates import Estimate, journeys_of, mean
from desireline.journeys.model import Result

if TYPE_CHECKING:
    import altair

DriverKind = Literal["touchpoint", "channel", "move", "repeat", "wait", "attribute"]
ASSOCIATION = phrase("Association, not cause: what goes with an outcome need not bring it about.")


@dataclass(frozen=True, slots=True)
class Driver:
    """One feature of spans, and how the outcome of those with it differs from those without.

    Attributes
    ----------
    kind, name
        What it is: "Call", "channel = web", "Visit → Call", "Call, more than once", "wait longer than 5 min", "plan = gold".
    of
        What it is made of: touchpoints; a channel; so many seconds; a field and its value.
    among
        Compared are only spans with this; ``None``: all.
    having, lacking
        The share with the outcome of the spans with the feature and of those without, as they are.
    reach
        The share of all spans that have it.
    comparable
        How many of those with it can be compared: some that are alike otherwise lack it.
    odds_ratio, low, high
        Of the outcome, with against without it, among spans that are alike otherwise, and its 95% interval. Infinite: all of those
        without it lack the outcome, or all with it have it; the interval is NaN then, and where the ratio is 0.
        NaN: no spans are alike.
    difference, difference_low, difference_high
        Of the shares, among spans that are alike, from -1 to 1, and its 95% interval.
    p
        How often odds differ as much by chance; NaN where there are too few spans to say.
    is_sure
        Whether it is more than chance, with all features in view.
    """

    kind: DriverKind
    name: str
    of: tuple[str, ...]
    among: str | None
    having: Estimate
    lacking: Estimate
    reach: Estimate
    comparable: int
    odds_ratio: float
    low: float
    high: float
    difference: float
    difference_low: float
    difference_high: float
    p: float
    is_sure: bool = False

    @property
    def turns(self) -> bool:
        """Whether the outcome is more frequent with it as spans are, and less among those that are alike, or the other way round.

        Simpson's paradox (1951): spans with it differ from those without in what is held fixed, and that goes with the outcome more.
        """
        raw = self.having.value - self.lacking.value
        return (raw > 0 and self.odds_ratio < 1) or (raw < 0 and self.odds_ratio > 1)

    def to_dict(self) -> dict[str, Any]:
        """A flat row."""
        return {
            "kind": self.kind,
            "feature": self.name,
            "among": self.among,
            "n_with": self.having.n,
            "n_without": self.lacking.n,
            "share_with": self.having.value,
            "share_with_low": self.having.low,
            "share_with_high": self.having.high,
            "share_without": self.lacking.value,
            "share_without_low": self.lacking.low,
            "share_without_high": self.lacking.high,
            "n_comparable": self.comparable,
            "reach": self.reach.value,
            "odds_ratio": self.odds_ratio,
            "low": self.low,
            "high": self.high,
            "difference": self.difference,
            "difference_low": self.difference_low,
            "difference_high": self.difference_high,
            "p": self.p,
            "is_sure": self.is_sure,
            "turns": self.turns,
        }


@dataclass(frozen=True, slots=True)
class Moment:
    """A touchpoint, and how many outcomes are at stake at it.

    Attributes
    ----------
    reach
        The share of all spans that pass it before the outcome.
    comparable
        How many of these spans can be compared, as in :class:`Driver`.
    difference, difference_low, difference_high
        As in :class:`Driver`.
    points, low, high
        ``difference`` times the comparable share of all spans, with its 95% interval: so much less would the share of all spans with
        the outcome be if those had it as often as spans that are alike and do not pass the touchpoint. 0.01 is one in a
        hundred spans.
    is_sure
        As in :class:`Driver`.
    """

    touchpoint: str
    reach: Estimate
    comparable: int
    difference: float
    difference_low: float
    difference_high: float
    points: float
    low: float
    high: float
    is_sure: bool

    def to_dict(self) -> dict[str, Any]:
        """A flat row."""
        return {
            "touchpoint": self.touchpoint,
            "n": round(self.reach.value * self.reach.n),
            "n_comparable": self.comparable,
            "reach": self.reach.value,
            "reach_low": self.reach.low,
            "reach_high": self.reach.high,
            "difference": self.difference,
            "difference_low": self.difference_low,
            "difference_high": self.difference_high,
            "points": self.points,
            "low": self.low,
            "high": self.high,
            "is_sure": self.is_sure,
        }


@dataclass(frozen=True, slots=True)
class Drivers(Result):
    """What goes with an outcome: association, not cause.

    Attributes
    ----------
    outcome, is_negative
        In words, and whether it is one to be avoided; ``None`` where nobody says.
    adjusted_for
        What is held fixed.
    reached
        The share with the outcome of the spans that are compared, with something before it.
    customers
        Whose spans these are.
    at_once
        Spans in which nothing came before the outcome, or that have nothing that counts.
    left_out
        Spans of which it is not known whether the outcome comes: unfinished journeys, spans without an answer.
    compared, tested, sure
        How many features some spans have and some have not; of how many there are enough to test; how many are more than chance.
    drivers
        Sure ones first, strongest first.
    moments
        Of touchpoints of which there is enough to test; sure ones first, most at stake first.
    """

    outcome: str
    is_negative: bool | None
    adjusted_for: tuple[str, ...]
    reached: Estimate
    customers: int
    at_once: int
    left_out: int
    compared: int
    tested: int
    sure: int
    drivers: tuple[Driver, ...]
    moments: tuple[Moment, ...]

    @property
    def spans(self) -> int:
        """How many spans are compared."""
        return self.reached.n

    def goes_with(self, driver: Driver) -> Phrase:
        """``more`` or ``less`` of the outcome, ``good`` or ``bad`` where that is known; else ``not sure`` or ``too few``."""
        if not driver.is_sure:
            return phrase("too few" if math.isnan(driver.p) else "not sure")
        is_more = driver.odds_ratio > 1
        if self.is_negative is None:
            return phrase("more" if is_more else "less")
        if is_more == self.is_negative:
            return phrase("more (bad)" if is_more else "less (bad)")
        return phrase("more (good)" if is_more else "less (good)")

    def alike(self, drivers: Sequence[Driver]) -> tuple[tuple[Driver, ...], ...]:
        """Those of some drivers that are sure and have equal numbers, so that most likely the same spans have them."""
        groups: dict[tuple[int, float, float, str | None], list[Driver]] = {}
        for each in drivers:
            if each.is_sure:
                key = (each.having.n, each.having.value, each.lacking.value, each.among)
                groups.setdefault(key, []).append(each)
        return tuple(tuple(group) for group in groups.values() if len(group) > 1)

    def rows(self) -> list[dict[str, Any]]:
        """A row for each driver."""
        return [each.to_dict() for each in self.drivers]

    def to_dict(self) -> dict[str, Any]:
        """``{"outcome", …, "says", "drivers": [...], "moments": [...]}``."""
        return {
            "outcome": self.outcome,
            "is_negative": self.is_negative,
            "says": ASSOCIATION,
            "adjusted_for": list(self.adjusted_for),
            "spans": self.spans,
            "customers": self.customers,
            "share": self.reached.value,
            "share_low": self.reached.low,
            "share_high": self.reached.high,
            "at_once": self.at_once,
            "left_out": self.left_out,
            "compared": self.compared,
            "tested": self.tested,
            "sure": self.sure,
            "drivers": [{**each.to_dict(), "of": list(each.of)} for each in self.drivers],
            "moments": [each.to_dict() for each in self.moments],
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """The share with the outcome, of all spans and of those with each feature; and how many spans have each.

        Where a feature is missing its outcomes are not 0 but unknown: they are given as means.
        """
        if not self.spans:
            return ()
        outcomes = []
        for each in self.drivers:
            count = round(each.having.value * each.having.n)
            share = mean(each.having.name, each.having.n, count, count, unit="of spans")
            outcomes.append(share.opening(_journeys(each, with_outcome=True), _journeys(each)))
        every = journeys_of("driver")
        return (
            self.reached.opening(journeys_of("driver", with_outcome=True), every),
            *outcomes,
            *(each.reach.opening(_journeys(each), every) for each in self.drivers),
        )

    def chart(self) -> altair.VConcatChart:
        """Odds ratios with their intervals, and what is at stake at touchpoints."""
        from desireline.journeys.pictures.drivers_chart import chart_drivers

        return chart_drivers(self)


def _journeys(driver: Driver, *, with_outcome: bool = False) -> str:
    """The journeys with a feature, or those of them with the outcome."""
    return journeys_of("driver", feature=driver.kind, of=driver.of, with_outcome=with_outcome)


def ratio_text(ratio: float) -> Phrase:
    """An odds ratio as it is written; a dash where there is none."""
    if math.isnan(ratio):
        return phrase("–")
    if math.isinf(ratio):
        return phrase("∞")
    return written(f"{ratio:.2f}" if 0 < ratio < 100 else f"{ratio:.0f}")
