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
    """

    journeys: int
    customers: int
    outcomes: tuple[OutcomeCount, ...]

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
        """``{"journeys", "customers", "outcomes": [...]}``."""
        return {"journeys": self.journeys, "customers": self.customers, "outcomes": self.rows()}

    def estimates(self) -> tuple[Estimate, ...]:
        """The shares of those that are over."""
        over = [each for each in self.outcomes if each.outcome != "unfinished"]
        return tuple(
            share(each.outcome, each.journeys, each.share.n).opening(
                journeys_of("outcome", outcome=each.outcome), journeys_of("outcome", outcome="over")
            )
            for each in over
        )

    def chart(self) -> altair.LayerChart:
        """Bars with intervals."""
        import altair as alt

        over = [
            {**row, "outcome": OUTCOME_TEXTS[row["outcome"]]}
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
        unfinished = next((each.journeys for each in self.outcomes if each.outcome == "unfinished"), 0)
        title = alt.TitleParams(
            phrase("How the journeys ended"),
            subtitle=phrase(
                "{over:,} are over, {unfinished:,} unfinished; lines are 95% intervals",
                over=self.journeys - unfinished,
                unfinished=unfinished,
            ),
        )
        return (bars + intervals).properties(width=460, height=110, title=title)
