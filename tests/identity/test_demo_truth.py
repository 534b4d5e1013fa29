"""On the demo company, whose truth is known: nobody is joined with somebody else, least of all through a shared thing."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

import desireline
from desireline.app.demo import write_files
from desireline.identity import Customers, find_customers
from desireline.interactions import IdentifierSettings, identifier_number, normalise
from desireline.sources import import_files

Truth = dict[int, set[int]]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Customers, Truth]:
    folder = tmp_path_factory.mktemp("demo")
    written = write_files(folder / "files", customers=600)
    workspace = desireline.create(folder / "workspace")
    for file in written.files:
        import_files(workspace, [file.path], mapping=file.mapping)
    people: Truth = {}
    for row in pq.read_table(written.truth / "people.parquet").to_pylist():
        normal = normalise(row["type"], row["value"], IdentifierSettings())
        assert normal is not None
        people.setdefault(identifier_number(workspace.key, row["type"], normal), set()).add(row["person"])
    return find_customers(workspace), people


def by_customer(customers: Customers, people: Truth) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    for number in people:
        groups.setdefault(customers.customer_of(number), []).append(number)
    return list(groups.values())


def test_every_customer_is_one_person(found: tuple[Customers, Truth]) -> None:
    customers, people = found
    assert all(set.intersection(*(people[number] for number in members)) for members in by_customer(customers, people))


def test_shared_things_join_nobody(found: tuple[Customers, Truth]) -> None:
    customers, people = found
    shared = {number for number, persons in people.items() if len(persons) > 1}
    assert len(shared) > 5
    for members in by_customer(customers, people):
        assert len(set.union(*(people[number] for number in members if number not in shared), set())) <= 1


def test_most_of_what_belongs_together_is_joined(found: tuple[Customers, Truth]) -> None:
    customers, people = found
    own: dict[int, list[int]] = {}
    for number, persons in people.items():
        if len(persons) == 1:
            own.setdefault(next(iter(persons)), []).append(number)
    pairs = joined = 0
    for numbers in own.values():
        keys = [customers.customer_of(number) for number in numbers]
        pairs += len(keys) * (len(keys) - 1)
        joined += sum(keys.count(key) - 1 for key in keys)
    assert joined / pairs > 0.8
