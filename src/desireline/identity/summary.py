"""How well customers are known: identifiers by customer and by type, and what was not joined."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.identity import tables
from desireline.identity.evidence import read_evidence
from desireline.identity.model import Customers
from desireline.identity.policy import Policy
from desireline.identity.resolve import resolve
from desireline.interactions import anchors
from desireline.interactions import tables as interaction_tables
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class TypeSummary:
    """A type of identifier: its values, and the customers that have at least one."""

    type: str
    identifiers: int
    customers: int


@dataclass(frozen=True, slots=True)
class IdentitySummary:
    """The customers of a workspace by what is known of them.

    Attributes
    ----------
    customers
        How many there are: those that an interaction belongs to.
    by_count
        Customers by their number of identifiers.
    types
        Every type in use; identifiers that were only seen beside a customer they do not belong to count too.
    refusals
        Joins that were not made, by reason.
    """

    customers: int
    by_count: dict[int, int]
    types: tuple[TypeSummary, ...]
    refusals: dict[str, int]


def summarise(workspace: Workspace) -> IdentitySummary:
    """Count the customers that interactions belong to; an identifier without evidence is a customer of its own."""
    policy = Policy.read(workspace.section("identity"))
    with workspace.database.reading() as connection:
        known = interaction_tables.types_of_identifiers(connection)
        cuts = tables.all_cuts(connection)
    found = resolve(read_evidence(workspace), policy, cuts=cuts)
    keys = _customers_of(known.identifiers, found)
    seen = np.isin(keys, _customers_of(anchors(workspace), found))
    counted, customers = np.unique(np.unique(keys[seen], return_counts=True)[1], return_counts=True)
    types = [
        TypeSummary(name, int((known.codes == code).sum()), len(np.unique(keys[seen & (known.codes == code)])))
        for code, name in enumerate(known.names)
    ]
    refusals = {reason: count for reason, count in sorted(found.refusals.items()) if count}
    by_count = dict(zip(counted.tolist(), customers.tolist(), strict=True))
    return IdentitySummary(sum(by_count.values()), by_count, tuple(types), refusals)


def _customers_of(identifiers: NDArray[np.int64], found: Customers) -> NDArray[np.int64]:
    """The key of the customer of each identifier."""
    keys = identifiers.copy()
    if len(found.identifiers):
        places = np.minimum(np.searchsorted(found.identifiers, identifiers), len(found.identifiers) - 1)
        joined = found.identifiers[places] == identifiers
        keys[joined] = found.customers[places[joined]]
    return keys
