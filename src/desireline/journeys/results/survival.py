"""How long customers stay, with those who have not been watched to the end."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, Phrase, format_seconds, joined, phrase, written
from desireline.journeys.estimates import Estimate, journeys_of
from desireline.journeys.model import Result, Whose
from desireline.journeys.wording import any_of
from desireline.kernels.survival import log_rank

if TYPE_CHECKING:
    import altair

SurvivalUnit = Literal["minute", "hour", "day"]
UNITS: dict[SurvivalUnit, timedelta] = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}
LANDMARKS: dict[SurvivalUnit, tuple[int, ...]] = {
    "minute": (5, 15, 60, 240, 1440),
    "hour": (1, 6, 24, 72, 168),
    "day": (7, 30, 90, 180, 365),
}
"""The times at which two answers are compared, in units."""
_MOST_POINTS = 800
_NUMBERS_AT_RISK = 7


@dataclass(frozen=True, slots=True)
class SurvivalStep:
    """One time at which an event came, or at which somebody was watched no longer.

    Attributes
    ----------
    time
        In whole units since the start.
    at_risk
        Customers watched until then to whom the event had not come before.
    events, censored
        To how many it came at this time; how many were watched no longer.
    survival
        The share to whom it has not come by this time.
    error
        Greenwood's standard error of the share.
    low, high
        Its 95% interval; NaN before the first event, and where nobody is left.
    """

    time: int
    at_risk: int
    events: int
    censored: int
    survival: float
    error: float
    low: float
    high: float

    def to_dict(self) -> dict[str, Any]:
        """Its attributes."""
        return {
            "time": self.time,
            "at_risk": self.at_risk,
            "events": self.events,
            "censored": self.censored,
            "survival": self.survival,
            "low": self.low,
            "high": self.high,
        }


@dataclass(frozen=True, slots=True)
class Survival(Result):
    """The share of customers to whom an event has not come, by time since their start.

    Attributes
    ----------
    events
        Touchpoints; empty where the event is a silence of ``churn_seconds``.
    starts
        Touchpoints; empty: any.
    record_end
        Until when customers are watched; ``None`` where nobody started.
    median, median_low, median_high
        After how many units the event has come to half of the customers, with its 95% interval; NaN where that is not reached.
    whose
        Where no touchpoint is named, interactions of the "customer" count, or those of "anybody".
    left_out
        How many interactions do not count for that reason.
    """

    events: tuple[str, ...]
    churn_seconds: float | None
    starts: tuple[str, ...]
    unit: SurvivalUnit
    record_end: datetime | None
    median: float
    median_low: float
    median_high: float
    steps: tuple[SurvivalStep, ...]
    whose: Whose = "customer"
    left_out: int = 0

    @property
    def customers(self) -> int:
        """Customers who started."""
        return self.steps[0].at_risk if self.steps else 0

    @property
    def happened(self) -> int:
        """To how many of them the event has come."""
        return sum(step.events for step in self.steps)

    def rows(self) -> list[dict[str, Any]]:
        """A row for each time."""
        return [step.to_dict() for step in self.steps]

    def to_dict(self) -> dict[str, Any]:
        """``{"events", …, "customers", "happened", "median", "median_low", "median_high", "steps": [...]}``."""
        return {
            "events": list(self.events),
            "churn_seconds": self.churn_seconds,
            "starts": list(self.starts),
            "unit": self.unit,
            "whose": self.whose,
            "left_out": self.left_out,
            "record_end": self.record_end and self.record_end.isoformat(),
            "customers": self.customers,
            "happened": self.happened,
            "median": self.median,
            "median_low": self.median_low,
            "median_high": self.median_high,
            "steps": self.rows(),
        }

    def at(self, time: int) -> Estimate:
        """The share to whom the event has not come after so many units; no number beyond the last customer watched."""
        name = phrase("without {what} {after}", what=self.what, after=_after(time, self.unit))
        reached = [step for step in self.steps if step.time <= time]
        if not self.steps or (len(reached) == len(self.steps) and time > reached[-1].time and reached[-1].survival > 0):
            return Estimate(name, "mean", math.nan, 0, unit="of customers")
        share = reached[-1].survival if reached else 1.0
        if share in (0.0, 1.0):
            return Estimate(name, "mean", share, self.customers, unit="of customers", deviation=0.0)
        step = reached[-1]
        deviation = step.error * math.sqrt(self.customers)
        return Estimate(name, "mean", share, self.customers, step.low, step.high, "of customers", deviation)

    def estimates(self) -> tuple[Estimate, ...]:
        """The shares at :data:`LANDMARKS`, as far as anybody was watched."""
        started = journeys_of("event", that="started")
        return tuple(each.opening(n=started) for each in map(self.at, LANDMARKS[self.unit]) if each.n)

    def against(self, other: Survival, *, name: str = "first", other_name: str = "second") -> SurvivalComparison:
        """Two groups side by side, with the log-rank test.

        Raises
        ------
        InputError
            The two are not about the same event in the same unit, or count other interactions.
        """
        first, second = ((each.events, each.churn_seconds, each.unit, each.whose) for each in (self, other))
        if first != second:
            raise InputError(
                phrase("expected two groups with the same event and unit, that count the same interactions")
            )
        return SurvivalComparison(name, self, other_name, other)

    @property
    def what(self) -> Phrase:
        """The event in words."""
        if self.churn_seconds is None:
            return any_of(self.events)
        return phrase("a silence of {time}", time=format_seconds(self.churn_seconds))

    def chart(self) -> altair.VConcatChart:
        """The curve in steps with its band, and the numbers at risk below."""
        return _chart(
            [("all", self)], phrase("Customers without {what}", what=self.what), [_told(self), *_explained(self)]
        )


@dataclass(frozen=True, slots=True)
class SurvivalComparison(Result):
    """Two groups of customers and the same event."""

    first_name: str
    first: Survival
    second_name: str
    second: Survival

    @property
    def expected(self) -> float:
        """Events to be expected in the first group if the groups did not differ."""
        return log_rank(*_aligned(self.first, self.second)).expected

    @property
    def chi_squared(self) -> float:
        """Of the log-rank test (Mantel 1966), one degree of freedom; NaN where nothing can be compared."""
        return log_rank(*_aligned(self.first, self.second)).chi_squared

    @property
    def p(self) -> float:
        """How often a difference as large comes by chance; NaN where nothing can be compared."""
        return log_rank(*_aligned(self.first, self.second)).p

    def rows(self) -> list[dict[str, Any]]:
        """A row for each group and time."""
        groups = ((self.first_name, self.first), (self.second_name, self.second))
        return [{"group": name, **row} for name, group in groups for row in group.rows()]

    def to_dict(self) -> dict[str, Any]:
        """``{"groups": [{"name", …}, {"name", …}], "expected", "chi_squared", "p"}``."""
        groups = ((self.first_name, self.first), (self.second_name, self.second))
        return {
            "groups": [{"name": name, **group.to_dict()} for name, group in groups],
            "expected": self.expected,
            "chi_squared": self.chi_squared,
            "p": self.p,
        }

    def chart(self) -> altair.VConcatChart:
        """Both curves."""
        groups = [(self.first_name, self.first), (self.second_name, self.second)]
        told = [joined((name, _told(group)), ": ") for name, group in groups]
        test = phrase("Log-rank test: {p}. Two groups differ in more than what names them.", p=p_text(self.p))
        return _chart(
            groups, phrase("Customers without {what}", what=self.first.what), [*told, test, *_explained(self.first)]
        )


_SINCE = {
    "day": phrase("days since the start"),
    "week": phrase("weeks since the start"),
    "month": phrase("months since the start"),
}


def p_text(p: float) -> Phrase:
    """A chance in words."""
    if math.isnan(p):
        return phrase("nothing can be compared")
    return phrase("p < {p:.3f}" if p < 0.001 else "p = {p:.3f}", p=max(p, 0.001))


def _aligned(first: Survival, second: Survival) -> tuple[NDArray[np.int64], ...]:
    """At every time of an event in either: at risk and events of the first, and of both."""
    times = np.array(sorted({step.time for each in (first, second) for step in each.steps if step.events}), np.int64)
    at_risk, events = np.zeros((2, len(times)), np.int64), np.zeros((2, len(times)), np.int64)
    for row, each in enumerate((first, second)):
        own, watched, came = (
            np.array([(step.time, step.at_risk, step.events) for step in each.steps], np.int64).reshape(-1, 3).T
        )
        places = np.searchsorted(own, times)
        at_risk[row] = np.append(watched, 0)[places]
        is_own = np.append(own, -1)[places] == times
        events[row, is_own] = came[places[is_own]]
    return at_risk[0], events[0], at_risk.sum(axis=0), events.sum(axis=0)


def _told(group: Survival) -> Phrase:
    counted = phrase(
        "{customers:,} customers, {happened:,} with the event", customers=group.customers, happened=group.happened
    )
    if math.isnan(group.median):
        return phrase("{counted}; it has not come to half of them.", counted=counted)
    low, high = ("?" if math.isnan(each) else written(f"{each:,.0f}") for each in (group.median_low, group.median_high))
    return phrase(
        "{counted}; to half of them within {median} (95% interval {low} to {high}).",
        counted=counted,
        median=_units_text(group.unit, group.median),
        low=low,
        high=high,
    )


def _units_text(unit: str, count: float) -> Phrase:
    return {
        "day": phrase("{count:,.0f} days", count=count),
        "week": phrase("{count:,.0f} weeks", count=count),
        "month": phrase("{count:,.0f} months", count=count),
    }[unit]


def _explained(group: Survival) -> list[Phrase]:
    unnamed = phrase("the first interaction" if group.whose == "anybody" else "the first thing that the customer did")
    since = phrase("Since {start}.", start=any_of(group.starts) or unnamed)
    if group.record_end:
        since = phrase(
            "Since {start}, until the record ends on {day}.",
            start=any_of(group.starts) or unnamed,
            day=group.record_end.date(),
        )
    return [since, phrase("Band: 95% interval. Below: customers still watched.")]


def _chart(groups: list[tuple[str, Survival]], title: Phrase, subtitle: list[Phrase]) -> altair.VConcatChart:
    import altair

    points = [{"group": name, **point} for name, group in groups for point in _points(group)]
    last = max((step.time for _, group in groups for step in group.steps), default=1)
    names = [name for name, _ in groups]
    unit = groups[0][1].unit
    scale = altair.Scale(domain=[0, max(last, 1)], nice=False)
    colour = altair.Color(
        "group:N",
        sort=names,
        title=None,
        legend=None
        if len(groups) == 1
        else altair.Legend(orient="top", symbolType="stroke", symbolOpacity=1, symbolStrokeWidth=3),
    )
    base = altair.Chart(altair.InlineData(values=points)).encode(
        x=altair.X("time:Q", title=_SINCE[unit], scale=scale), color=colour
    )
    line = base.mark_line(interpolate="step-after").encode(
        y=altair.Y(
            "survival:Q",
            title=phrase("still without it"),
            scale=altair.Scale(domain=[0, 1]),
            axis=altair.Axis(format="%"),
        ),
        strokeDash=altair.StrokeDash("group:N", sort=names, title=None, legend=None),
    )
    band = base.mark_area(interpolate="step-after", opacity=0.2, strokeWidth=0).encode(y="low:Q", y2="high:Q")
    # A line is one mark: the points on it, which nobody sees, are what is pointed at.
    points_on = base.mark_point(filled=True, opacity=0, size=140).encode(y="survival:Q")
    curves = altair.LayerChart(layer=[band, line, points_on]).properties(width=640, height=300)
    numbers = (
        altair.Chart(
            altair.InlineData(values=_numbers_at_risk(groups, last)),
            title=altair.Title(phrase("still watched"), fontSize=11, offset=6, frame="group"),
        )
        .mark_text(fontSize=11)
        .encode(
            x=altair.X("time:Q", title=None, scale=scale, axis=None),
            y=altair.Y(
                "group:N",
                sort=names,
                title=None,
                axis=altair.Axis(ticks=False, domain=False, labels=len(groups) > 1, labelPadding=24),
            ),
            text=altair.Text("at_risk:Q", format=","),
            color=colour,
        )
        .properties(width=640, height=altair.Step(16))
    )
    return altair.vconcat(curves, numbers, spacing=6).properties(title=altair.Title(title, subtitle=subtitle))


def _after(time: int, unit: SurvivalUnit) -> Phrase:
    if unit == "minute":
        return phrase("after {time} minute" if time == 1 else "after {time} minutes", time=time)
    if unit == "hour":
        return phrase("after {time} hour" if time == 1 else "after {time} hours", time=time)
    return phrase("after {time} day" if time == 1 else "after {time} days", time=time)


def _points(group: Survival) -> list[dict[str, Any]]:
    """The curve from its start on, thinned where it has more steps than a picture shows."""
    stride = -(-len(group.steps) // _MOST_POINTS) or 1
    kept = [step for place, step in enumerate(group.steps) if place % stride == 0 or place == len(group.steps) - 1]
    started = {"behind": journeys_of("event", that="started")}
    values = [{"time": 0, "survival": 1.0, "low": 1.0, "high": 1.0, **started}] if kept else []
    for step in kept:
        low, high = (step.survival if math.isnan(each) else each for each in (step.low, step.high))
        values.append(
            {"time": step.time, "survival": step.survival, "low": low, "high": high, "behind": _at_risk(step)}
        )
    return values


def _at_risk(step: SurvivalStep) -> str:
    """Those who are still waited for."""
    return journeys_of("event", that="at risk", time=step.time)


def _numbers_at_risk(groups: list[tuple[str, Survival]], last: int) -> list[dict[str, Any]]:
    moments = sorted({round(last * place / _NUMBERS_AT_RISK) for place in range(_NUMBERS_AT_RISK)})
    found = []
    for name, group in groups:
        for moment in moments:
            step = next((step for step in group.steps if step.time >= moment), None)
            known = {"at_risk": 0} if step is None else {"at_risk": step.at_risk, "behind": _at_risk(step)}
            found.append({"group": name, "time": moment, **known})
    return found
