"""How journeys ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desireline.base import phrase
from desireline.journeys.estimates import Estimate, journeys_of, share
from desireline.journeys.model import Result
from desireline.journeys.wording import OUTCOME_TEXTS

if TYPE_CHECKING:
    import altair

IN_TIME, FOLLOWED = "in time", "followed"
"""Of journeys behind a number, beside their outcomes: see :attr:`Outcomes.in_time`."""


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """One way to end.

    Attributes
    ----------
    outcome
        One of :data:`desireline.journeys.model.OUTCOMES`.
    journeys, customers
        How many journeys, of how many distinct customers.
    share
        Of all journeys that are over; of an unfinished one NaN, for it is not known yet.
    median_seconds
        From the first interaction to the last; NaN of none.
    """

    outcome: str
    journeys: int
    customers: int
    share: Estimate
    median_seconds: float


@dataclass(frozen=True, slots=True)
class Outcomes(Result):
    """How the journeys of a definition ended.

    Attributes
    ----------
    journeys, customers
        All of them, with those that are not finished yet.
    outcomes
        In the order of :data:`desireline.journeys.model.OUTCOMES`.
    within_seconds
        So long every journey is followed for ``in_time``; NaN where that was not asked.
    in_time
        The share that reached the goal so soon after they began, of all that began as long before the end of the record or longer, however
        they went on: unlike the shares of those that are over it does not lean towards fast journeys near the end of the record.
    """

    journeys: int
    customers: int
    outcomes: tuple[OutcomeCount, ...]
    within_seconds: float
    in_time: Estimate

    def rows(self) -> list[dict[str, Any]]:
        """A row for each outcome."""
        return [
            {
                "outcome": each.outcome,
                "journeys": each.journeys,
                "customers": each.customers,
                "share": each.share.value,
                "low": each.share.low,
                "high": each.share.high,
                "n": each.share.n,
                "median_seconds": each.median_seconds,
            }
            for each in self.outcomes
        ]

    def to_dict(self) -> dict[str, Any]:
        """``{"journeys", "customers", "within_seconds", "in_time": {"value", "low", "high", "n"}, "outcomes": [...]}``."""
        return {
            "journeys": self.journeys,
            "customers": self.customers,
            "within_seconds": self.within_seconds,
            "in_time": {
                "value": self.in_time.value,
                "low": self.in_time.low,
                "high": self.in_time.high,
                "n": self.in_time.n,
            },
            "outcomes": self.rows(),
        }

    @property
    def undecided(self) -> int:
        """How many journeys are not over."""
        return sum(each.journeys for each in self.outcomes if each.outcome == "unfinished")

    def estimates(self) -> tuple[Estimate, ...]:
        """The share that reached the goal in time, where it is known, and the shares of those that are over."""
        over = [each for each in self.outcomes if each.outcome != "unfinished"]
        in_time = self.in_time.opening(
            journeys_of("outcome", outcome=IN_TIME), journeys_of("outcome", outcome=FOLLOWED)
        )
        known = () if self.within_seconds != self.within_seconds else (in_time,)
        return (
            *known,
            *(
                share(each.outcome, each.journeys, each.share.n).opening(
                    journeys_of("outcome", outcome=each.outcome), journeys_of("outcome", outcome="over")
                )
                for each in over
            ),
        )

    def chart(self) -> altair.LayerChart:
        """Bars with intervals."""
        import altair as alt

        over = [
            {
                **row,
                "outcome": OUTCOME_TEXTS[row["outcome"]],
                "behind": journeys_of("outcome", outcome=row["outcome"]),
            }
            for row in self.rows()
            if row["outcome"] != "unfinished" and row["n"]
        ]
        base = alt.Chart(alt.Data(values=over)).encode(
            y=alt.Y("outcome:N", sort=[OUTCOME_TEXTS[each.outcome] for each in self.outcomes], title=None)
        )
        bars = base.mark_bar(height=18).encode(
            x=alt.X("share:Q", title=phrase("share of the journeys that are over"), axis=alt.Axis(format=".0%"))
        )
        intervals = base.mark_rule(color="#1c2733").encode(x=alt.X("low:Q", title=""), x2="high:Q")
        unfinished = self.undecided
        title = alt.TitleParams(
            phrase("How the journeys ended"),
            subtitle=phrase(
                "{over:,} are over, {unfinished:,} unfinished; lines are 95% intervals",
                over=self.journeys - unfinished,
                unfinished=unfinished,
            ),
        )
        return (bars + intervals).properties(width=460, height=110, title=title)
