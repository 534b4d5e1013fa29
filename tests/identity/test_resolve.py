from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.identity import Policy, resolve
from desireline.identity.policy import DEFAULT_TYPES

from .graphs import TYPES, Graph, Reference, found, graphs, policies, some_cuts

DEFAULT = Policy(DEFAULT_TYPES)


@given(graph=graphs(), policy=policies(), cuts=some_cuts())
def test_customers_are_those_of_the_slow_reference(graph: Graph, policy: Policy, cuts: list[tuple[int, int]]) -> None:
    assert found(graph, policy, cuts) == Reference(graph, policy, cuts).customers()


@given(graph=graphs(), policy=policies(), cuts=some_cuts(), flipped=st.booleans(), data=st.data())
def test_the_order_of_the_evidence_does_not_matter(
    graph: Graph, policy: Policy, cuts: list[tuple[int, int]], flipped: bool, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(graph.seen))))
    shuffled = resolve(graph.evidence(order=order, flipped=flipped), policy, cuts=cuts)
    assert shuffled.customers.tolist() == resolve(graph.evidence(), policy, cuts=cuts).customers.tolist()


@given(graph=graphs(), policy=policies(), cuts=some_cuts())
def test_no_customer_exceeds_a_limit_or_crosses_a_cut(
    graph: Graph, policy: Policy, cuts: list[tuple[int, int]]
) -> None:
    for customer in found(graph, policy, cuts):
        held = Counter(graph.types[number] for number in customer)
        assert all(count <= policy.of(kind).limit for kind, count in held.items())
        assert not any({first, second} <= customer for first, second in cuts)


@given(graph=graphs())
def test_what_was_seen_with_two_accounts_joins_nobody(graph: Graph) -> None:
    beside: dict[int, set[int]] = {}
    for first, second in graph.seen:
        beside.setdefault(first, set()).add(second)
        beside.setdefault(second, set()).add(first)
    for customer in found(graph, DEFAULT):
        for number in customer:
            accounts = [other for other in beside[number] if graph.types[other] == "customer"]
            shared = graph.types[number] in ("phone", "session", "device") and len(accounts) > 1
            assert not shared or customer == {number}


@given(graph=graphs(), more=graphs(), policy=policies())
def test_evidence_that_is_added_and_taken_away_leaves_no_trace(graph: Graph, more: Graph, policy: Policy) -> None:
    before = found(graph, policy)
    found(Graph(graph.types, {**more.seen, **graph.seen}), policy)
    assert found(graph, policy) == before


@given(one=graphs(numbers=range(1, 8)), other=graphs(numbers=range(101, 106), types=[*TYPES, "account"]))
def test_evidence_about_other_people_changes_nothing(one: Graph, other: Graph) -> None:
    together = Graph({**one.types, **other.types}, {**one.seen, **other.seen})
    assert found(together, DEFAULT) == found(one, DEFAULT) | found(other, DEFAULT)


def seen(*pairs: str) -> Graph:
    """``a-b`` with the types after the letters: c customer, u user, e email, p phone, s session, d device."""
    kinds = {"c": "customer", "u": "user", "e": "email", "p": "phone", "s": "session", "d": "device", "o": "order"}
    names = sorted({name for pair in pairs for name in pair.split("-")})
    numbers = {name: place + 1 for place, name in enumerate(names)}
    ends = [sorted(numbers[name] for name in pair.split("-")) for pair in pairs]
    types = {number: kinds[name[0]] for name, number in numbers.items()}
    return Graph(types, {(first, second): place for place, (first, second) in enumerate(ends)})


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (["c1-e1", "e1-p1", "u1-d1", "u1-e1"], ["c1 d1 e1 p1 u1"]),
        (["c1-d1", "c2-d1"], ["c1", "c2", "d1"]),
        (["c1-p1", "c2-p1"], ["c1", "c2", "p1"]),
        (["c1-s1", "s1-d1", "c2-s2", "s2-d1"], ["c1 s1", "c2 s2", "d1"]),
        (["s1-d1", "u1-d1"], ["d1 s1 u1"]),
        (["s1-d1", "s2-d1"], ["d1 s1 s2"]),
        (["e1-u1", "e1-u2"], ["e1 u1", "u2"]),
        (["e1-p1", "u1-p1"], ["e1 p1 u1"]),
        (["e1-d1", "u1-d1"], ["d1", "e1", "u1"]),
    ],
    ids=[
        "a chain of departments is one customer",
        "a device of two people joins nobody",
        "a switchboard joins nobody",
        "visits keep their people on a shared device",
        "an anonymous visit belongs to the owner of its device",
        "visits of an unknown device are one customer",
        "the older evidence wins where one e-mail has two users",
        "a phone joins what can be one",
        "a device does not even join what can be one",
    ],
)
def test_customers_of_a_picture(pairs: list[str], expected: list[str]) -> None:
    graph = seen(*pairs)
    names = sorted({name for pair in pairs for name in pair.split("-")})
    customers = {" ".join(names[number - 1] for number in sorted(members)) for members in found(graph, DEFAULT)}
    assert customers == set(expected)


def test_refusals_are_counted_by_reason() -> None:
    graph = seen("c1-d1", "c2-d1", "e1-u1", "e1-u2")
    customers = resolve(graph.evidence(), DEFAULT)
    assert customers.refusals == {"seen with several customers": 1, "limit of user": 1}
    assert customers.contested.tolist() == [number for number, kind in graph.types.items() if kind == "device"]


def test_no_evidence_gives_no_customers_and_everybody_is_alone() -> None:
    customers = resolve(Graph({}).evidence(), DEFAULT)
    assert customers.customers.tolist() == []
    assert customers.customer_of(7) == 7


def test_a_thousand_cuts_among_many_people_separate_only_theirs() -> None:
    people = 200_000
    numbers = np.arange(2 * people, dtype=np.int64)
    graph = Graph({}, {}).evidence()
    evidence = type(graph)(
        identifiers=numbers,
        types=("customer", "email"),
        type_codes=numbers % 2,
        pairs=numbers.reshape(-1, 2),
        first_at=np.zeros(people, np.int64),
        observations=np.ones(people, np.int64),
    )
    cuts = [(2 * place, 2 * place + 1) for place in range(1_000)]
    customers = resolve(evidence, DEFAULT, cuts=cuts)
    assert len(np.unique(customers.customers)) == people + 1_000
