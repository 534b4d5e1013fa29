"""Loops and rework, and the type of the process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from desireline.journeys.estimates import Estimate, journeys_of
from desireline.journeys.model import Result

if TYPE_CHECKING:
    import altair

Verdict = Literal["linear", "branching", "cyclical", "mixed", "unknown"]


@dataclass(frozen=True, slots=True)
class ProcessType:
    """Whether a process is linear, branching or cyclical, as measured.

    Attributes
    ----------
    verdict
        The type that at least half of the spans have; "mixed" where none has; "unknown" where there are no spans.
    spans
        Those with two or more steps; direct repeats are one step.
    single
        Spans of one step, which have no type.
    linear, branching, cyclical
        Shares of the spans; they add up to 1.
    ways
        How many touchpoints effectively come next after one (the exponential of the entropy); NaN where nothing follows.
    variety
        That entropy as a share of the largest that there could be, from 0 to 1; NaN where only one touchpoint ever follows.
    """

    verdict: Verdict
    spans: int
    single: int
    linear: Estimate
    branching: Estimate
    cyclical: Estimate
    ways: float
    variety: float

    def shares(self) -> tuple[Estimate, ...]:
        """The three shares."""
        return self.linear, self.branching, self.cyclical

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        shares = {
            name: {"share": each.value, "share_low": each.low, "share_high": each.high}
            for name, each in zip(("linear", "branching", "cyclical"), self.shares(), strict=True)
        }
        return {
            "verdict": self.verdict,
            "spans": self.spans,
            "single": self.single,
            **shares,
            "ways": self.ways,
            "variety": self.variety,
        }


@dataclass(frozen=True, slots=True)
class Repeats:
    """How often a touchpoint comes again in one way: directly, or after others.

    Attributes
    ----------
    count, customers
        How often, for how many distinct customers.
    median_seconds, total_seconds
        From the last interaction with the touchpoint to the one that comes again; the median is exact, NaN of none.
    """

    count: int
    customers: int
    median_seconds: float
    total_seconds: float

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "count": self.count,
            "customers": self.customers,
            "median_seconds": self.median_seconds,
            "total_seconds": self.total_seconds,
        }


@dataclass(frozen=True, slots=True)
class TouchpointLoops:
    """A touchpoint that comes again within a span.

    Attributes
    ----------
    touchpoint
        By name.
    customers
        Distinct customers who have it at all.
    repeating
        The share of them with a span in which it comes again, directly or later.
    repeating_customers, repeating_spans
        Those customers, and those spans.
    self_loops
        Directly after itself.
    repetitions
        After one or more other touchpoints.
    shortest_between
        How many other steps lie in its shortest loop; 0 where there is none.
    shortest
        That loop, the most frequent of several (then by name), from the touchpoint back to it; empty where there is none or it
        has more than three other steps.
    """

    touchpoint: str
    customers: int
    repeating: Estimate
    repeating_customers: int
    repeating_spans: int
    self_loops: Repeats
    repetitions: Repeats
    shortest_between: int
    shortest: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "touchpoint": self.touchpoint,
            "customers": self.customers,
            "repeating_customers": self.repeating_customers,
            "repeating_spans": self.repeating_spans,
            "share": self.repeating.value,
            "share_low": self.repeating.low,
            "share_high": self.repeating.high,
            "self_loops": self.self_loops.to_dict(),
            "repetitions": self.repetitions.to_dict(),
            "shortest_between": self.shortest_between,
            "shortest": list(self.shortest),
        }


@dataclass(frozen=True, slots=True)
class Loop:
    """From a touchpoint over one other back to it.

    Attributes
    ----------
    touchpoint, via
        By name.
    count, customers
        How often, for how many distinct customers.
    median_seconds
        From leaving the touchpoint to being back, exact.
    """

    touchpoint: str
    via: str
    count: int
    customers: int
    median_seconds: float

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "touchpoint": self.touchpoint,
            "via": self.via,
            "count": self.count,
            "customers": self.customers,
            "median_seconds": self.median_seconds,
        }


@dataclass(frozen=True, slots=True)
class Loops(Result):
    """What comes again within spans, and the type of the process.

    Attributes
    ----------
    spans, customers
        All that were looked at.
    spans_with_self_loop, spans_with_repetition
        Spans in which a touchpoint comes again directly, and after others.
    process
        Its type.
    touchpoints
        Those that come again, most repeating customers first, then by name.
    total_touchpoints
        How many come again, also those left out by ``top``.
    loops
        From a touchpoint over one other back to it, most frequent first, then by name.
    total_loops
        How many different ones there are, also those left out by ``top``.
    """

    spans: int
    customers: int
    spans_with_self_loop: int
    spans_with_repetition: int
    process: ProcessType
    touchpoints: tuple[TouchpointLoops, ...]
    total_touchpoints: int
    loops: tuple[Loop, ...]
    total_loops: int

    def rows(self) -> list[dict[str, Any]]:
        """A row for each touchpoint; what it says of self-loops and repetitions in columns of their own."""
        rows = []
        for each in self.touchpoints:
            row = each.to_dict()
            kinds = {name: row.pop(name) for name in ("self_loops", "repetitions")}
            row |= {f"{kind}_{name}": value for kind, values in kinds.items() for name, value in values.items()}
            rows.append(row)
        return rows

    def loop_rows(self) -> list[dict[str, Any]]:
        """A row for each loop over one other touchpoint."""
        return [each.to_dict() for each in self.loops]

    def to_dict(self) -> dict[str, Any]:
        """Counts, ``{"process", "touchpoints": [...], "total_touchpoints", "loops": [...], "total_loops"}``."""
        return {
            "spans": self.spans,
            "customers": self.customers,
            "spans_with_self_loop": self.spans_with_self_loop,
            "spans_with_repetition": self.spans_with_repetition,
            "process": self.process.to_dict(),
            "touchpoints": [each.to_dict() for each in self.touchpoints],
            "total_touchpoints": self.total_touchpoints,
            "loops": self.loop_rows(),
            "total_loops": self.total_loops,
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """The shares of the types of spans, and for each touchpoint the share of its customers who repeat it."""
        shapes = zip(("linear", "branching", "cyclical"), self.process.shares(), strict=True)
        return (
            *(
                each.opening(journeys_of("shape", shape=name), journeys_of("shape", shape="any"))
                for name, each in shapes
            ),
            *(
                each.repeating.opening(
                    journeys_of("again", name=each.touchpoint), journeys_of("touchpoint", name=each.touchpoint)
                )
                for each in self.touchpoints
            ),
        )

    def chart(self) -> altair.VConcatChart:
        """The type of the process, who repeats what, and the most frequent loops."""
        from desireline.journeys.pictures.loops import draw_loops

        return draw_loops(self)
