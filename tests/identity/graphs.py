"""Small graphs of identifiers, and customers found in them with nothing but dicts and sets: what the tests compare with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from hypothesis import strategies as st

from desireline.identity import Evidence, Policy, TypePolicy, resolve

TYPES = ("customer", "user", "email", "phone", "session", "device")
Cuts = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Graph:
    """``types``: type of each identifier by number; ``seen``: when each pair (smaller first) was first seen together."""

    types: Mapping[int, str]
    seen: Mapping[tuple[int, int], int] = field(default_factory=dict)

    def evidence(self, *, order: Sequence[int] | None = None, flipped: bool = False) -> Evidence:
        """As arrays; the pairs in this order, and the other way round."""
        numbers = np.array(sorted({end for pair in self.seen for end in pair}), np.int64)
        names = tuple(sorted({self.types[number] for number in numbers.tolist()}))
        pairs = list(self.seen.items())
        pairs = pairs if order is None else [pairs[place] for place in order]
        ends = np.array([pair for pair, _ in pairs], np.int64).reshape(-1, 2)
        return Evidence(
            identifiers=numbers,
            types=names,
            type_codes=np.array([names.index(self.types[number]) for number in numbers.tolist()], np.int64),
            pairs=np.ascontiguousarray(np.searchsorted(numbers, ends)[:, :: -1 if flipped else 1]),
            first_at=np.array([moment for _, moment in pairs], np.int64),
            observations=np.ones(len(pairs), np.int64),
        )


def graphs(*, numbers: range = range(1, 10), types: Sequence[str] = TYPES) -> st.SearchStrategy[Graph]:
    """Few identifiers, much evidence, many ties in time."""
    pair = st.tuples(st.sampled_from(numbers), st.sampled_from(numbers)).filter(lambda ends: ends[0] < ends[1])
    kinds = st.lists(st.sampled_from(types), min_size=len(numbers), max_size=len(numbers))
    return st.builds(
        lambda names, seen: Graph(dict(zip(numbers, names, strict=True)), seen),
        kinds,
        st.dictionaries(pair, st.integers(0, 3), max_size=16),
    )


def policies() -> st.SearchStrategy[Policy]:
    """Limits of one to three; sometimes another way of joining than the usual one."""
    usual = {"phone": "unless_contested", "session": "unless_contested", "device": "never"}
    joins = st.sampled_from(["freely", "unless_contested", "never"])
    one = {
        name: st.builds(TypePolicy, st.integers(1, 3), st.one_of(st.just(usual.get(name, "freely")), joins))
        for name in TYPES
    }
    return st.fixed_dictionaries(one).map(Policy)


def some_cuts() -> st.SearchStrategy[list[tuple[int, int]]]:
    """Pairs to be kept apart; some of identifiers without evidence."""
    number = st.integers(1, 10)
    return st.lists(st.tuples(number, number).filter(lambda ends: ends[0] < ends[1]), max_size=3)


def found(graph: Graph, policy: Policy, cuts: Cuts = ()) -> set[frozenset[int]]:
    """What the product finds."""
    return groups(
        resolve(graph.evidence(), policy, cuts=cuts).identifiers, resolve(graph.evidence(), policy, cuts=cuts)
    )


def groups(numbers: Iterable[int], customers: object) -> set[frozenset[int]]:
    """The customers as sets of identifiers."""
    by_key: dict[int, set[int]] = {}
    for number in numbers:
        by_key.setdefault(customers.customer_of(int(number)), set()).add(int(number))  # type: ignore[attr-defined]
    return {frozenset(members) for members in by_key.values()}


class Reference:
    """The five steps of ``desireline.identity.resolve``, written from its description."""

    def __init__(self, graph: Graph, policy: Policy, cuts: Cuts) -> None:
        self.graph, self.policy, self.cuts = graph, policy, cuts
        self.owner = {end: {end} for pair in graph.seen for end in pair}
        self.settled: set[int] = set()
        self.contested: set[int] = set()
        ranks = {name: place for place, name in enumerate(sorted(TYPES, key=policy.rank))}
        self.rank = {number: ranks[graph.types[number]] for number in self.owner}
        self.pairs = sorted(graph.seen, key=self.strength)

    def strength(self, pair: tuple[int, int]) -> tuple[int, ...]:
        ranks = sorted(self.rank[end] for end in pair)
        return (ranks[1], ranks[0], self.graph.seen[pair], *pair)

    def joins(self, number: int) -> str:
        return self.policy.of(self.graph.types[number]).joins

    def in_turn(self, joins: str) -> list[int]:
        waiting = [
            number
            for number in self.owner
            if self.joins(number) == joins and number not in self.settled | self.contested
        ]
        first = {number: min(self.strength(pair) for pair in self.pairs if number in pair) for number in waiting}
        return sorted(waiting, key=lambda number: (self.rank[number], first[number], number))

    def beside(self, number: int) -> list[int]:
        return [end for pair in self.pairs if number in pair for end in pair if end != number]

    def join(self, parts: Sequence[set[int]]) -> bool:
        whole = set().union(*parts)
        held = Counter(self.graph.types[number] for number in whole)
        too_many = any(count > self.policy.of(kind).limit for kind, count in held.items())
        if too_many or any(first in whole and second in whole for first, second in self.cuts):
            return False
        for number in whole:
            self.owner[number] = whole
        return True

    def settle(self, number: int, customers: list[set[int]]) -> None:
        (self.settled if self.join([{number}, *customers]) else self.contested).add(number)

    def attach(self, joins: str) -> bool:
        waiting = self.in_turn(joins)
        touched = {}
        for number in waiting:
            owners = {frozenset(self.owner[end]) for end in self.beside(number) if end in self.settled}
            touched[number] = [set(owner) for owner in owners]
        for number, owners in touched.items():
            if len(owners) == 1:
                self.settle(number, [self.owner[next(iter(owners[0]))]])
            elif owners:
                self.contested.add(number)
        return any(touched.values())

    def customers(self) -> set[frozenset[int]]:
        free = {number for number in self.owner if self.joins(number) == "freely"}
        for first, second in self.pairs:
            if {first, second} <= free:
                self.join([self.owner[first], self.owner[second]])
        self.settled |= free
        for number in self.in_turn("unless_contested"):
            customers = [self.owner[end] for end in self.beside(number) if end in free]
            if customers:
                self.settle(number, customers)
        while any([self.attach("never"), self.attach("unless_contested")]):
            pass
        left = set(self.owner) - self.settled - self.contested
        for first, second in self.pairs:
            if {first, second} <= left:
                self.join([self.owner[first], self.owner[second]])
        return {frozenset(members) for members in self.owner.values()}
