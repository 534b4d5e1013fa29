"""Common journeys: folded paths, who takes them, and how many customers the first so many cover."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from desireline.base import phrase
from desireline.journeys.estimates import Estimate, count, journeys_of
from desireline.journeys.model import Result


@dataclass(frozen=True, slots=True)
class CommonJourney:
    """A folded path.

    Attributes
    ----------
    path
        Its steps, no two equal ones in a row; where the order within a session is ignored, a step is a session: its touchpoints
        by name, with " + " between them. Empty where no interaction of the span has a stage.
    customers, spans
        Distinct customers with such a span, and such spans.
    share
        Of all customers.
    covered_customers
        Distinct customers with a span of this path or of one before it in the list.
    covered
        Their share of all customers.
    median_seconds
        From the first interaction to the last of such a span, exact.
    """

    path: tuple[str, ...]
    customers: int
    spans: int
    share: Estimate
    covered_customers: int
    covered: float
    median_seconds: float

    @property
    def text(self) -> str:
        """The path in a line."""
        return " → ".join(self.path) or "(no stage)"

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "path": list(self.path),
            "customers": self.customers,
            "spans": self.spans,
            "share": self.share.value,
            "share_low": self.share.low,
            "share_high": self.share.high,
            "covered_customers": self.covered_customers,
            "covered": self.covered,
            "median_seconds": self.median_seconds,
        }


@dataclass(frozen=True, slots=True)
class CommonJourneys(Result):
    """The folded paths, most customers first (then most spans, then by path).

    ``total_paths`` counts them all, also those left out by ``top``.
    """

    total_customers: int
    total_spans: int
    total_paths: int
    journeys: tuple[CommonJourney, ...]

    def rows(self) -> list[dict[str, Any]]:
        """A row for each path."""
        return [each.to_dict() for each in self.journeys]

    def to_dict(self) -> dict[str, Any]:
        """``{"total_customers", "total_spans", "total_paths", "journeys": [...]}``."""
        return {
            "total_customers": self.total_customers,
            "total_spans": self.total_spans,
            "total_paths": self.total_paths,
            "journeys": self.rows(),
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """The share of each path, and how many customers and different paths there are."""
        return (
            *(
                replace(each.share, whole="customers").opening(journeys_of("common", path=each.path), "every?")
                for each in self.journeys
            ),
            count(phrase("customers"), self.total_customers).opening("every?", "every?"),
            count(phrase("different paths"), self.total_paths),
        )

    def svg(self) -> str:
        """The paths as rows of boxes, with the customers of each."""
        from desireline.journeys.pictures.path_rows import draw_common_journeys

        return draw_common_journeys(self)
