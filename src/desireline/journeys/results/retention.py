"""Cohorts, and how many of each came back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from math import nan
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from desireline.base import Phrase, joined, phrase
from desireline.journeys.estimates import Estimate, journeys_of, share
from desireline.journeys.model import Result, Whose
from desireline.journeys.wording import any_of, field_text
from desireline.kernels.calendar import CalendarUnit
from desireline.kernels.proportions import wilson_intervals

if TYPE_CHECKING:
    import altair

RetentionKind = Literal["in", "on_or_after"]
_SHOWN_COHORTS, _SHOWN_PERIODS = 26, 26


@dataclass(frozen=True, slots=True)
class RetentionCell:
    """How many of ``customers`` came back so many periods after their start; the share with Wilson's 95% interval."""

    since: int
    returned: int
    customers: int
    share: float
    low: float
    high: float

    @classmethod
    def all_of(cls, returned: NDArray[np.int64], customers: NDArray[np.int64]) -> tuple[RetentionCell, ...]:
        """From the counts of period 0, 1, …: int64[periods] each."""
        low, high = wilson_intervals(returned, customers)
        columns = (returned, customers, returned / np.maximum(customers, 1), low, high)
        return tuple(map(cls, range(len(returned)), *(column.tolist() for column in columns)))

    def to_dict(self) -> dict[str, Any]:
        """``{"since", "returned", "customers", "share", "low", "high"}``."""
        return {
            "since": self.since,
            "returned": self.returned,
            "customers": self.customers,
            "share": self.share,
            "low": self.low,
            "high": self.high,
        }


@dataclass(frozen=True, slots=True)
class Cohort:
    """The customers who started in one period.

    Attributes
    ----------
    start
        First day of the period.
    cells
        From period 0 on, as far as the record reaches.
    inactive
        The share of those with a rhythm (``inactive.n`` of them) who are silent for too long, at the end of the record.
    """

    start: date
    customers: int
    cells: tuple[RetentionCell, ...]
    inactive: Estimate


@dataclass(frozen=True, slots=True)
class Retention(Result):
    """Cohorts in order of time, and all of them together.

    Attributes
    ----------
    starts, returns
        Touchpoints; empty: any.
    patience
        Inactive is who is silent for longer than so many times the own rhythm.
    record_end
        The last interaction of all; ``None`` where nobody started.
    curve
        Of each period the cohorts whose record reaches it, together; so its later ends are of fewer and older customers.
    value_at_stake, value_of_judged
        What the inactive brought (field ``value``), and what all customers with a rhythm did, in the currency of the workspace; NaN
        where no interaction has a value.
    timezone
        By whose clock days, weeks and months begin.
    whose
        Where no touchpoint is named, interactions of the "customer" count, or those of "anybody".
    left_out
        How many interactions do not count for that reason.
    """

    starts: tuple[str, ...]
    returns: tuple[str, ...]
    by: CalendarUnit
    kind: RetentionKind
    patience: float
    record_end: datetime | None
    cohorts: tuple[Cohort, ...]
    curve: tuple[RetentionCell, ...]
    value_at_stake: float = nan
    value_of_judged: float = nan
    timezone: str = "UTC"
    whose: Whose = "customer"
    left_out: int = 0

    @property
    def customers(self) -> int:
        """Customers who started."""
        return sum(cohort.customers for cohort in self.cohorts)

    @property
    def inactive(self) -> Estimate:
        """The share of inactive customers among those with a rhythm, of all cohorts."""
        found = [cohort.inactive for cohort in self.cohorts if cohort.inactive.n]
        silent = sum(round(each.value * each.n) for each in found)
        return share(phrase("inactive against their own rhythm"), silent, sum(each.n for each in found))

    def rows(self) -> list[dict[str, Any]]:
        """A row for each cohort and period that the record reaches."""
        return [
            {"cohort": cohort.start.isoformat(), **cell.to_dict()} for cohort in self.cohorts for cell in cohort.cells
        ]

    def to_dict(self) -> dict[str, Any]:
        """``{…, "cohorts": [{"start", "customers", "cells": […], "inactive": {…}}], "curve": […], "inactive": {…}, "value_at_stake", "value_of_judged"}``."""
        return {
            "starts": list(self.starts),
            "returns": list(self.returns),
            "by": self.by,
            "kind": self.kind,
            "patience": self.patience,
            "timezone": self.timezone,
            "whose": self.whose,
            "left_out": self.left_out,
            "record_end": self.record_end and self.record_end.isoformat(),
            "customers": self.customers,
            "cohorts": [
                {
                    "start": cohort.start.isoformat(),
                    "customers": cohort.customers,
                    "cells": [cell.to_dict() for cell in cohort.cells],
                    "inactive": cohort.inactive.to_dict(),
                }
                for cohort in self.cohorts
            ],
            "curve": [cell.to_dict() for cell in self.curve],
            "inactive": self.inactive.to_dict(),
            "value_at_stake": self.value_at_stake,
            "value_of_judged": self.value_of_judged,
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """The curve of all cohorts, and who is inactive."""
        cells = [
            replace(
                share("", cell.returned, cell.customers),
                name=phrase(
                    "came back in {by} {since}" if self.kind == "in" else "came back on or after {by} {since}",
                    by=field_text(self.by),
                    since=cell.since,
                ),
            ).opening(
                journeys_of("cohort", that="returned", since=cell.since),
                journeys_of("cohort", that="started", since=cell.since),
            )
            for cell in self.curve
        ]
        silent = self.inactive.opening(journeys_of("cohort", that="inactive"), journeys_of("cohort", that="judged"))
        return (*cells, silent)

    def chart(self) -> altair.VConcatChart:
        """The cohorts as a map of numbers, the newest at the bottom, over the curve of all of them."""
        import altair

        return altair.vconcat(self._map(), self._curve(), spacing=26).properties(
            title=altair.Title(phrase("Who comes back, by {by}", by=field_text(self.by)), subtitle=self._subtitle())
        )

    def _map(self) -> altair.LayerChart:
        import altair

        cells: list[dict[str, Any]] = [
            {
                "cohort": phrase("{day}  (n = {n:,})", day=cohort.start, n=cohort.customers),
                "since": cell.since,
                "share": cell.share,
                "returned": cell.returned,
            }
            for cohort in self.cohorts[-_SHOWN_COHORTS:]
            for cell in cohort.cells[:_SHOWN_PERIODS]
        ]
        highest = max((cell["share"] for cell in cells), default=1.0)
        base = altair.Chart(altair.InlineData(values=cells)).encode(
            x=self._periods(),
            y=altair.Y("cohort:O", title=None, sort=None),
        )
        boxes = base.mark_rect(stroke="white").encode(
            color=altair.Color(
                "share:Q",
                title=phrase("came back"),
                legend=altair.Legend(format="%"),
                scale=altair.Scale(scheme="teals", domainMin=0),
            )
        )
        numbers = base.mark_text(fontSize=10).encode(
            text=altair.Text("share:Q", format=".0%"),
            color=altair.condition(altair.datum.share > 0.6 * highest, altair.value("white"), altair.value("black")),
        )
        return altair.LayerChart(layer=[boxes, numbers]).properties(width=altair.Step(36), height=altair.Step(20))

    def _periods(self) -> altair.X:
        import altair

        periods = list(range(min(len(self.curve), _SHOWN_PERIODS)))
        title = {
            "day": phrase("days since the day of the start"),
            "week": phrase("weeks since the week of the start"),
            "month": phrase("months since the month of the start"),
        }[self.by]
        return altair.X("since:O", title=title, axis=altair.Axis(labelAngle=0), scale=altair.Scale(domain=periods))

    def _curve(self) -> altair.LayerChart:
        import altair

        cells = [cell.to_dict() for cell in self.curve[:_SHOWN_PERIODS]]
        base = altair.Chart(
            altair.InlineData(values=cells),
            title=altair.Title(phrase("All cohorts that reach the period"), fontSize=12, frame="group", offset=18),
        ).encode(x=self._periods())
        line = base.mark_line(point=True).encode(
            y=altair.Y(
                "share:Q", title=phrase("came back"), axis=altair.Axis(format="%"), scale=altair.Scale(domain=[0, 1])
            )
        )
        band = base.mark_area(opacity=0.2).encode(y="low:Q", y2="high:Q")
        numbers = base.mark_text(dy=-11, fontSize=9).encode(y="share:Q", text=altair.Text("customers:Q", format=","))
        return altair.LayerChart(layer=[band, line, numbers]).properties(width=altair.Step(36), height=170)

    def _subtitle(self) -> list[Phrase]:
        unnamed = phrase("any interaction" if self.whose == "anybody" else "anything the customer did")
        start, back = (any_of(names) or unnamed for names in (self.starts, self.returns))
        until = [phrase("The record ends on {day}.", day=self.record_end.date())] if self.record_end else []
        told = phrase(
            "{customers:,} customers from their first start ({start}); came back in that period ({back})."
            if self.kind == "in"
            else "{customers:,} customers from their first start ({start}); came back in that period or later ({back}).",
            customers=self.customers,
            start=start,
            back=back,
        )
        lines = [
            joined((told, *until)),
            phrase(
                "Periods that the record has not reached to the end are empty. Band: 95% interval; numbers over the line: customers."
            ),
        ]
        if len(self.cohorts) > _SHOWN_COHORTS or len(self.curve) > _SHOWN_PERIODS:
            lines.append(
                phrase(
                    "The last {cohorts} cohorts and the first {periods} periods are shown.",
                    cohorts=_SHOWN_COHORTS,
                    periods=_SHOWN_PERIODS,
                )
            )
        return lines
