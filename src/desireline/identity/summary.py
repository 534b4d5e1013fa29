"""How well customers are known: identifiers by customer and by type, and what was not joined."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.identity import tables
from desireline.identity.evidence import read_evidence
from desireline.identity.policy import Policy
from desireline.identity.resolve import resolve
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
        How many there are.
    by_count
        Customers by their number of identifiers.
    types
        Every type in use.
    refusals
        Joins that were not made, by reason.
    """

    customers: int
    by_count: dict[int, int]
    types: tuple[TypeSummary, ...]
    refusals: dict[str, int]


def summarise(workspace: Workspace) -> IdentitySummary:
    """Count the customers; an identifier without evidence is a customer of its own."""
    policy = Policy.read(workspace.section("identity"))
    evidence = read_evidence(workspace)
    with workspace.database.reading() as connection:
        totals = dict(interaction_tables.types_in_use(connection))
        cuts = tables.all_cuts(connection)
    found = resolve(evidence, policy, cuts=cuts)
    keys, sizes = np.unique(found.customers, return_counts=True)
    alone = {name: total - _count(evidence.type_codes, evidence.types, name) for name, total in totals.items()}
    counted, customers = np.unique(sizes, return_counts=True)
    by_count = dict(zip(counted.tolist(), customers.tolist(), strict=True))
    by_count[1] = by_count.get(1, 0) + sum(alone.values())
    if not by_count[1]:
        del by_count[1]
    types = []
    for name, total in sorted(totals.items()):
        code = evidence.types.index(name) if name in evidence.types else -1
        connected = len(np.unique(found.customers[evidence.type_codes == code])) if code >= 0 else 0
        types.append(TypeSummary(name, total, connected + alone[name]))
    refusals = {reason: count for reason, count in sorted(found.refusals.items()) if count}
    return IdentitySummary(len(keys) + sum(alone.values()), by_count, tuple(types), refusals)


def _count(codes: NDArray[np.int64], types: tuple[str, ...], name: str) -> int:
    return int((codes == types.index(name)).sum()) if name in types else 0
