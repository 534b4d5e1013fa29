"""Customers out of evidence, under the policy.

The evidence is a graph of identifiers. Customers are found in five steps; within a step the strongest evidence comes first:
evidence is as strong as the weaker of its two types, then as the other one; then older evidence comes first, then smaller
numbers. So the answer does not depend on the order of imports, nor on evidence about other people.

1. Evidence between types that join *freely* joins customers, strongest first, unless the whole would hold more of a type
   than its limit, or a cut forbids it.
2. An identifier that joins *unless contested* (phone, visit, order) joins all customers of step 1 it was seen with, if
   together they can be one. Otherwise it joins nobody.
3. An identifier that *never* joins two (device) belongs to the one customer it was seen with, directly or through an
   identifier of step 2. Seen with several, it joins nobody.
4. What of steps 2 and 3 touched no customer yet, looks again: an anonymous visit belongs to the owner of its device.
   Steps 3 and 4 repeat until nothing changes.
5. What is left is anonymous: it is joined among itself, as far as the limits allow.

In steps 2 to 4 identifiers take their turn by priority of their type, then by their strongest evidence, then by number. Steps 3
and 4 look at all of theirs before they join the first. One that would break a limit or a cut joins nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.identity.model import Customers, Evidence
from desireline.identity.policy import Policy
from desireline.kernels import components as kernels


@dataclass(slots=True)
class _State:
    parents: NDArray[np.int64]
    counts: NDArray[np.int32]
    sizes: NDArray[np.int64]
    limits: NDArray[np.int32]
    marked: NDArray[np.bool_]
    cuts: NDArray[np.int64]
    status: NDArray[np.int8]
    refusals: Counter[str]

    def note(self, outcome: NDArray[np.int64], types: Sequence[str]) -> None:
        """Count what was refused."""
        codes, counts = np.unique(outcome, return_counts=True)
        for code, count in zip(codes.tolist(), counts.tolist(), strict=True):
            if code == kernels.REFUSED_BY_CUT:
                self.refusals["cut"] += count
            elif code >= kernels.REFUSED_BY_LIMIT:
                self.refusals[f"limit of {types[code - kernels.REFUSED_BY_LIMIT]}"] += count


def resolve(evidence: Evidence, policy: Policy, *, cuts: Sequence[tuple[int, int]] = ()) -> Customers:
    """Find the customers.

    Parameters
    ----------
    cuts
        Pairs of identifier numbers that must not be one customer.

    Returns
    -------
    A customer for every identifier of the evidence.
    """
    count = len(evidence.identifiers)
    if count == 0:
        nothing = np.empty(0, np.int64)
        return Customers(nothing, nothing, {}, nothing)
    state = _new_state(evidence, policy, cuts)
    joins = np.array([_JOINS[policy.of(name).joins] for name in evidence.types], np.int8)[evidence.type_codes]
    pairs = _in_order(evidence, policy)
    starts, neighbours = _adjacency(pairs, count)
    ordered = _nodes_in_order(evidence, policy, pairs)
    _join_freely(state, evidence, pairs, joins)
    _join_unless_contested(state, evidence, ordered[joins[ordered] == 1], starts, neighbours, joins)
    _attach_until_stable(state, evidence, ordered, joins, starts, neighbours)
    _join_anonymous(state, evidence, pairs)
    roots = kernels.roots_of(state.parents)
    keys = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(keys, roots, evidence.identifiers)
    contested = evidence.identifiers[state.status == kernels.CONTESTED]
    return Customers(evidence.identifiers, keys[roots], dict(state.refusals), contested)


_JOINS = {"freely": 0, "unless_contested": 1, "never": 2}


def _new_state(evidence: Evidence, policy: Policy, cuts: Sequence[tuple[int, int]]) -> _State:
    count = len(evidence.identifiers)
    counts = np.zeros((count, len(evidence.types)), np.int32)
    counts[np.arange(count), evidence.type_codes] = 1
    known_cuts = _known_cuts(evidence, cuts)
    limits = np.array([policy.of(name).limit for name in evidence.types], np.int32)
    return _State(
        parents=np.arange(count),
        counts=counts,
        sizes=np.ones(count, np.int64),
        limits=limits,
        marked=kernels.mark_cut(known_cuts, count),
        cuts=known_cuts,
        status=np.zeros(count, np.int8),
        refusals=Counter(),
    )


def _known_cuts(evidence: Evidence, cuts: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """Cuts as positions; a cut of identifiers without evidence changes nothing."""
    if not cuts:
        return np.empty((0, 2), np.int64)
    numbers = np.array(cuts, np.int64)
    places = np.minimum(np.searchsorted(evidence.identifiers, numbers), len(evidence.identifiers) - 1)
    known = (evidence.identifiers[places] == numbers).all(axis=1)
    return np.ascontiguousarray(places[known])


def _in_order(evidence: Evidence, policy: Policy) -> NDArray[np.int64]:
    """The pairs, strongest evidence first."""
    ranks = _ranks(evidence, policy)
    first, second = evidence.pairs[:, 0], evidence.pairs[:, 1]
    weaker, stronger = np.maximum(ranks[first], ranks[second]), np.minimum(ranks[first], ranks[second])
    order = np.lexsort((np.maximum(first, second), np.minimum(first, second), evidence.first_at, stronger, weaker))
    return np.ascontiguousarray(evidence.pairs[order])


def _ranks(evidence: Evidence, policy: Policy) -> NDArray[np.int64]:
    order = {name: place for place, name in enumerate(sorted(evidence.types, key=policy.rank))}
    return np.array([order[name] for name in evidence.types], np.int64)[evidence.type_codes]


def _nodes_in_order(evidence: Evidence, policy: Policy, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """All identifiers: higher priority first, then as they come in the order of the evidence."""
    count = len(evidence.identifiers)
    seen = np.full(count, len(pairs), np.int64)
    np.minimum.at(seen, pairs[:, 0], np.arange(len(pairs)))
    np.minimum.at(seen, pairs[:, 1], np.arange(len(pairs)))
    return np.lexsort((np.arange(count), seen, _ranks(evidence, policy)))


def _adjacency(pairs: NDArray[np.int64], count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    both = np.concatenate([pairs, pairs[:, ::-1]])
    order = np.argsort(both[:, 0], kind="stable")
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(both[:, 0], minlength=count), out=starts[1:])
    return starts, np.ascontiguousarray(both[order, 1])


def _join_freely(state: _State, evidence: Evidence, pairs: NDArray[np.int64], joins: NDArray[np.int8]) -> None:
    state.status[joins == 0] = kernels.SETTLED
    free = np.ascontiguousarray(pairs[(joins[pairs] == 0).all(axis=1)])
    outcome = kernels.join_edges(state.parents, state.counts, state.sizes, state.limits, state.marked, state.cuts, free)
    state.note(outcome, evidence.types)


def _join_unless_contested(
    state: _State,
    evidence: Evidence,
    nodes: NDArray[np.int64],
    starts: NDArray[np.int64],
    neighbours: NDArray[np.int64],
    joins: NDArray[np.int8],
) -> None:
    outcome = kernels.join_through(
        state.parents,
        state.counts,
        state.sizes,
        state.limits,
        state.marked,
        state.cuts,
        joins == 0,
        state.status,
        nodes,
        starts,
        neighbours,
    )
    state.note(outcome, evidence.types)


def _attach_until_stable(
    state: _State,
    evidence: Evidence,
    ordered: NDArray[np.int64],
    joins: NDArray[np.int8],
    starts: NDArray[np.int64],
    neighbours: NDArray[np.int64],
) -> None:
    while True:
        changed = False
        for kind in (2, 1):
            waiting = ordered[(joins[ordered] == kind) & (state.status[ordered] == kernels.PENDING)]
            targets = kernels.touched_components(state.parents, state.status, waiting, starts, neighbours)
            outcome = kernels.attach(
                state.parents,
                state.counts,
                state.sizes,
                state.limits,
                state.marked,
                state.cuts,
                state.status,
                waiting,
                targets,
            )
            state.refusals["seen with several customers"] += int((outcome == kernels.SAME).sum())
            state.note(outcome, evidence.types)
            changed = changed or bool((outcome != 0).any())
        if not changed:
            return


def _join_anonymous(state: _State, evidence: Evidence, pairs: NDArray[np.int64]) -> None:
    left = np.ascontiguousarray(pairs[(state.status[pairs] == kernels.PENDING).all(axis=1)])
    outcome = kernels.join_edges(state.parents, state.counts, state.sizes, state.limits, state.marked, state.cuts, left)
    state.note(outcome, evidence.types)
