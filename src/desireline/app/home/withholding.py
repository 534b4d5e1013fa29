"""The key figures and findings as they are told to somebody who may not see customers. See docs/privacy.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from desireline.app.home.model import Figure, FigurePoint, FindingEntry
from desireline.journeys.smallest_group import EVERYBODY, is_small, small_group

CUSTOMERS = "customers"
"""The figure that says of how many customers a period, the one before and each week are."""


def withheld_figures(figures: Sequence[Figure], fewest: int) -> tuple[Figure, ...]:
    """The figures, without a value where it is of too few: customers in the period or week, or of what the figure counts.

    Parameters
    ----------
    fewest
        See :func:`desireline.journeys.smallest_group.fewest_shown`.

    Raises
    ------
    SmallGroupError
        The period is of fewer customers.
    """
    if fewest <= EVERYBODY:
        return tuple(figures)
    customers = next((each for each in figures if each.id == CUSTOMERS), None)
    if customers is not None and is_small(customers.n, fewest):
        raise small_group(fewest)
    has_few_before = customers is not None and is_small(customers.n_before, fewest)
    few_weeks = {
        each.start for each in (customers.points if customers else ()) if is_small(round(each.value or 0), fewest)
    }
    return tuple(
        _figure(_before(each) if has_few_before or is_small(each.n_before, fewest) else each, few_weeks, fewest)
        for each in figures
    )


def withheld_findings(findings: Sequence[FindingEntry], fewest: int) -> tuple[FindingEntry, ...]:
    """Findings of enough customers, contacts or journeys."""
    return tuple(each for each in findings if not is_small(each.n, fewest))


def _figure(figure: Figure, few_weeks: set[date], fewest: int) -> Figure:
    points = tuple(
        FigurePoint(each.start, None, 0) if each.start in few_weeks or is_small(each.n, fewest) else each
        for each in figure.points
    )
    if not is_small(figure.n, fewest):
        return replace(figure, points=points)
    compared = _before(figure)
    return replace(compared, points=points, value=None, low=None, high=None, n=0, missing="withheld")


def _before(figure: Figure) -> Figure:
    """Without the period before, and what differs from it."""
    return replace(
        figure,
        before=None,
        n_before=0,
        difference=None,
        difference_low=None,
        difference_high=None,
        is_sure=False,
        untested=None,
    )
