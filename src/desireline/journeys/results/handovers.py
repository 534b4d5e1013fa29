"""Handovers from one department to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desireline.base import Phrase, joined, phrase
from desireline.journeys.estimates import Estimate, journeys_of
from desireline.journeys.model import Result
from desireline.journeys.wording import field_text

if TYPE_CHECKING:
    import altair


@dataclass(frozen=True, slots=True)
class Handover:
    """From one department to another.

    Attributes
    ----------
    source, target
        The departments.
    count, customers
        How often, and of how many distinct customers.
    told
        How many of them an interaction only tells of: it was transferred, and nothing follows that shows it.
    median_seconds
        The dark time: from the last interaction with the one to the first with the other, exact median of those that are seen; NaN of
        none.
    repeats
        The share of handovers that are seen after which the customer is at a touchpoint where they were before in the span: they begin again.
    wait
        Mean wait for the first interaction with the other, in seconds; of those of which a wait is known.
    """

    source: str
    target: str
    count: int
    customers: int
    told: int
    median_seconds: float
    repeats: Estimate
    wait: Estimate


@dataclass(frozen=True, slots=True)
class Handovers(Result):
    """Handovers between departments, most frequent first, then by name.

    Attributes
    ----------
    by
        The field that says which department it was.
    within_seconds
        How soon the other department has to follow.
    transferred_to
        The field in which transfers are told; ``None``: none.
    spans, handed_over
        All spans in which a department is known, and the share of them with a handover.
    untraced
        The share of those spans that begin without a department: how the customer came there is not known by department.
    other_wait
        Mean wait where the interaction is no handover, to set the waits after handovers beside.
    """

    by: str
    within_seconds: float
    transferred_to: str | None
    spans: int
    handed_over: Estimate
    untraced: Estimate
    other_wait: Estimate
    handovers: tuple[Handover, ...]

    def rows(self) -> list[dict[str, Any]]:
        """A row for each pair of departments."""
        return [
            {
                "from": each.source,
                "to": each.target,
                "count": each.count,
                "customers": each.customers,
                "told": each.told,
                "median_seconds": each.median_seconds,
                "repeats": each.repeats.value,
                "repeats_low": each.repeats.low,
                "repeats_high": each.repeats.high,
                "repeats_n": each.repeats.n,
                "mean_wait_seconds": each.wait.value,
                "waits": each.wait.n,
            }
            for each in self.handovers
        ]

    def to_dict(self) -> dict[str, Any]:
        """``{"by", "within_seconds", "transferred_to", "spans", "handed_over", "untraced", "other_wait", "handovers": [...]}``."""
        return {
            "by": self.by,
            "within_seconds": self.within_seconds,
            "transferred_to": self.transferred_to,
            "spans": self.spans,
            "handed_over": self.handed_over.to_dict(),
            "untraced": self.untraced.to_dict(),
            "other_wait": self.other_wait.to_dict(),
            "handovers": self.rows(),
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """Shares of spans, and the waits without handover."""
        known = journeys_of("department")
        return (
            self.handed_over.opening(journeys_of("handover"), known),
            self.untraced.opening(journeys_of("department", untraced=True), known),
            self.other_wait,
        )

    def chart(self) -> altair.LayerChart:
        """How often, with the share that begins again, for the fifteen most frequent."""
        import altair as alt

        rows = [
            {
                **row,
                "handover": f"{row['from']} → {row['to']}",
                "behind": journeys_of("handover", source=row["from"], target=row["to"]),
            }
            for row in self.rows()[:15]
        ]
        base = alt.Chart(alt.Data(values=rows)).encode(
            y=alt.Y("handover:N", sort=[row["handover"] for row in rows], title=None, axis=alt.Axis(labelLimit=320))
        )
        bars = base.mark_bar(height=16).encode(x=alt.X("count:Q", title=phrase("handovers")))
        texts = base.mark_text(align="left", dx=5).encode(x="count:Q", text=alt.Text("label:N"))
        for row in rows:
            row["label"] = _label(row)
        title = alt.TitleParams(
            phrase("Handovers by {by}", by=field_text(self.by)),
            subtitle=phrase("{share:.1%} of {spans:,} spans have one", share=self.handed_over.value, spans=self.spans)
            if self.spans
            else phrase("none"),
        )
        return (bars + texts).properties(width=460, height=alt.Step(26), title=title)


def _label(row: dict[str, Any]) -> Phrase:
    """How many handovers there are, and how often the customer begins again after them."""
    counted = phrase("{count:,}", count=row["count"])
    if not row["repeats_n"]:
        return counted
    again = phrase("{share:.1%} begin again", share=row["repeats"])
    if row["told"]:
        again = phrase(
            "{part:,} of {seen:,} seen begin again",
            part=round(row["repeats"] * row["repeats_n"]),
            seen=row["repeats_n"],
        )
    return joined((counted, again), "; ")
