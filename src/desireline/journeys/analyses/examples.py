"""The latest few customers of each group, as a state that adds up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.model import GapExample, Part
from desireline.kernels.gaps import latest_rows

MOST_EXAMPLES = 3
NOTHING_BEFORE = -1


class Examples(NamedTuple):
    """int64[m] each: group, times after and before (microseconds), whether there is one before, customer, arrival."""

    groups: NDArray[np.int64]
    times: NDArray[np.int64]
    before: NDArray[np.int64]
    has_before: NDArray[np.bool_]
    customers: NDArray[np.int64]
    arrivals: NDArray[np.int64]


class Candidates(NamedTuple):
    """Rows of one part: number of the group (int32), places of the interactions after and before, owner (int64)."""

    groups: NDArray[np.int32]
    places: NDArray[np.int64]
    places_before: NDArray[np.int64]
    owners: NDArray[np.int64]


def latest_of_part(part: Part, rows: Candidates, groups: NDArray[np.int64]) -> Examples:
    """The latest examples of each group in one part.

    Parameters
    ----------
    part
        Where the interactions are.
    rows
        Every occurrence; ``places_before`` is :data:`NOTHING_BEFORE` where nothing comes before.
    groups
        int64[k]: what the numbers of the groups mean in all parts.
    """
    times, arrivals = part.times[rows.places], part.arrivals[rows.places]
    latest = latest_rows(rows.groups, times, arrivals, rows.owners, len(groups), MOST_EXAMPLES).ravel()
    kept = latest[latest >= 0]
    before = rows.places_before[kept]
    return Examples(
        groups=groups[rows.groups[kept]],
        times=times[kept],
        before=np.where(before >= 0, part.times[before], 0),
        has_before=before >= 0,
        customers=part.customers[rows.owners[kept]],
        arrivals=arrivals[kept],
    )


def latest_of_both(first: Examples, second: Examples) -> Examples:
    """The latest of two sets of customers."""
    both = Examples._make(np.concatenate(columns) for columns in zip(first, second, strict=True))
    order = np.lexsort((both.arrivals, -both.times, both.groups))
    groups = both.groups[order]
    ranks = np.arange(len(groups)) - np.searchsorted(groups, groups)
    kept = order[ranks < MOST_EXAMPLES]
    return Examples._make(column[kept] for column in both)


def by_group(examples: Examples) -> dict[int, tuple[GapExample, ...]]:
    """The examples of each group, the latest first."""
    found: dict[int, list[GapExample]] = {}
    order = np.lexsort((examples.arrivals, -examples.times, examples.groups))
    for group, at, before, has_before, customer, arrival in zip(
        *(column[order].tolist() for column in examples), strict=True
    ):
        since = moment(before) if has_before else None
        found.setdefault(group, []).append(GapExample(customer, since, moment(at), arrival))
    return {group: tuple(each) for group, each in found.items()}


def moment(microseconds: int) -> datetime:
    """A time of the index as an aware one."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
