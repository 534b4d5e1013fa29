"""How well customers are found on the demo company, whose truth is known; and how fast.

    python benchmarks/identity.py --customers 20000

A pair is two identifiers of one person that both stand in the workspace. Precision: of the pairs that were joined, how many
are of one person. Recall: of the pairs of one person, how many were joined. A pair is *reachable* where a chain of evidence
leads from one to the other over nothing but that person's own identifiers: no policy can join the others, as no department saw
the two together. Shared identifiers (kiosks, switchboards, a family's tablet) belong to nobody's pairs; who is joined with
another through one is counted as a false join.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import pyarrow.parquet as pq

import desireline
from desireline.app.demo import write_files
from desireline.base.console import print_table
from desireline.identity import Evidence, Policy, TypePolicy, read_evidence, resolve
from desireline.identity.policy import DEFAULT_TYPES
from desireline.interactions import IdentifierSettings, identifier_number, normalise
from desireline.interactions import tables as interaction_tables
from desireline.sources import import_files
from desireline.store import Workspace


@dataclass(frozen=True)
class Truth:
    """Who is who, for the identifiers that stand in the workspace.

    Attributes
    ----------
    people
        The people behind each identifier; several behind a shared one.
    kinds
        The type of each.
    """

    people: Mapping[int, frozenset[int]]
    kinds: Mapping[int, str]


@dataclass(frozen=True)
class Row:
    """One line of the table: a policy, and how well it does.

    Attributes
    ----------
    pairs, joined_pairs, reachable_pairs
        Pairs of one person, those of them that were joined, those that a chain of own evidence connects.
    false_pairs
        Joined pairs of two people.
    false_customers
        Customers that hold identifiers of two people.
    false_through_shared
        Those of them that a shared identifier is part of.
    false_through
        How many false customers hold a shared identifier of each type; "own" for those without any.
    missed
        Reachable pairs that were not joined, by the two types, most first.
    unreachable
        Pairs that no chain of own evidence connects, by the two types, most first.
    seconds
        To resolve, without reading the evidence.
    """

    policy: str
    identifiers: int
    evidence: int
    pairs: int
    joined_pairs: int
    reachable_pairs: int
    false_pairs: int
    false_customers: int
    false_through_shared: int
    false_through: Mapping[str, int]
    missed: Mapping[str, int]
    unreachable: Mapping[str, int]
    seconds: float

    @property
    def precision(self) -> float:
        return self.joined_pairs / max(1, self.joined_pairs + self.false_pairs)

    @property
    def recall(self) -> float:
        return self.joined_pairs / max(1, self.pairs)

    @property
    def recall_of_reachable(self) -> float:
        return self.joined_pairs / max(1, self.reachable_pairs)


def run(*, customers: int = 20_000, seed: int = 2026) -> list[Row]:
    """Make the demo company, import all its files, find the customers under some policies, compare with the truth."""
    with tempfile.TemporaryDirectory() as folder:
        workspace, truth = _import(Path(folder), customers, seed)
        evidence = read_evidence(workspace)
    reachable = _reachable(evidence, truth)
    return [_measured(name, policy, evidence, truth, reachable) for name, policy in _policies().items()]


def _policies() -> dict[str, Policy]:
    """The usual policy, and what it would be to trust devices as much as phones or as much as e-mails."""
    device = DEFAULT_TYPES["device"]
    return {
        "as delivered": Policy(DEFAULT_TYPES),
        "devices join unless contested": Policy({**DEFAULT_TYPES, "device": replace(device, joins="unless_contested")}),
        "devices join freely": Policy({**DEFAULT_TYPES, "device": replace(device, joins="freely")}),
        "everything joins, no limits": Policy({name: TypePolicy(10**9, "freely") for name in DEFAULT_TYPES}),
    }


def _import(folder: Path, customers: int, seed: int) -> tuple[Workspace, Truth]:
    written = write_files(folder / "files", customers=customers, seed=seed)
    workspace = desireline.create(folder / "workspace")
    for file in written.files:
        import_files(workspace, [file.path], mapping=file.mapping)
    return workspace, _truth(workspace, written.truth / "people.parquet")


def _truth(workspace: Workspace, path: Path) -> Truth:
    settings = IdentifierSettings.read(workspace.section("identifiers"))
    people: dict[int, set[int]] = {}
    kinds: dict[int, str] = {}
    for row in pq.read_table(path).to_pylist():
        normal = normalise(row["type"], row["value"], settings)
        if normal is not None:
            number = identifier_number(workspace.key, row["type"], normal)
            people.setdefault(number, set()).add(row["person"])
            kinds[number] = row["type"]
    with workspace.database.reading() as connection:
        there = interaction_tables.identifiers_with(connection, list(people))
    return Truth({number: frozenset(people[number]) for number in there}, kinds)


def _measured(name: str, policy: Policy, evidence: Evidence, truth: Truth, reachable: Mapping[int, int]) -> Row:
    resolve(evidence, policy)
    started = time.perf_counter()
    found = resolve(evidence, policy)
    seconds = time.perf_counter() - started
    keys = {number: found.customer_of(number) for number in truth.people}
    by_person = _grouped((next(iter(people)), number) for number, people in truth.people.items() if len(people) == 1)
    by_customer = _grouped((key, number) for number, key in keys.items())
    false = [members for members in by_customer.values() if _is_false(members, truth)]
    pairs = [pair for numbers in by_person.values() for pair in combinations(numbers, 2)]
    apart = [pair for pair in pairs if keys[pair[0]] != keys[pair[1]]]
    connected = {pair: reachable.get(pair[0], -1) == reachable.get(pair[1], -2) for pair in apart}
    missed = [pair for pair in apart if connected[pair]]
    through = Counter(kind for members in false for kind in _shared_kinds(members, truth))
    return Row(
        policy=name,
        identifiers=len(truth.people),
        evidence=len(evidence.pairs),
        pairs=len(pairs),
        joined_pairs=len(pairs) - len(apart),
        reachable_pairs=len(pairs) - len(apart) + len(missed),
        false_pairs=sum(_false_pairs(members, truth) for members in false),
        false_customers=len(false),
        false_through_shared=sum(_shared_kinds(members, truth) != {"own"} for members in false),
        false_through=dict(through),
        missed=_by_types(missed, truth),
        unreachable=_by_types([pair for pair in apart if not connected[pair]], truth),
        seconds=seconds,
    )


def _is_false(members: list[int], truth: Truth) -> bool:
    """Whether no one person has all of them."""
    return not frozenset.intersection(*(truth.people[number] for number in members))


def _shared_kinds(members: list[int], truth: Truth) -> set[str]:
    return {truth.kinds[number] for number in members if len(truth.people[number]) > 1} or {"own"}


def _by_types(pairs: Iterable[tuple[int, int]], truth: Truth) -> dict[str, int]:
    return dict(Counter(" + ".join(sorted(truth.kinds[number] for number in pair)) for pair in pairs).most_common())


def _false_pairs(members: list[int], truth: Truth) -> int:
    """Pairs of identifiers that no person has both of."""
    held = Counter(truth.people[number] for number in members)
    false = sum(count * held[other] for people, count in held.items() for other in held if not people & other)
    return false // 2


def _reachable(evidence: Evidence, truth: Truth) -> dict[int, int]:
    """For each identifier of one person: a name of the set that the person's own evidence connects it with."""
    parents: dict[int, int] = {}

    def root(number: int) -> int:
        while parents.setdefault(number, number) != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    for first, second in evidence.identifiers[evidence.pairs].tolist():
        people = truth.people.get(first)
        if people is not None and len(people) == 1 and people == truth.people.get(second):
            parents[root(first)] = root(second)
    return {number: root(number) for number in list(parents)}


def _grouped(entries: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = {}
    for key, number in entries:
        groups.setdefault(key, []).append(number)
    return groups


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="How well customers are found on the demo company.")
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=2026)
    arguments = parser.parse_args()
    rows = run(customers=arguments.customers, seed=arguments.seed)
    first = rows[0]
    print(f"{arguments.customers:,} people, {first.identifiers:,} identifiers, {first.evidence:,} pairs seen together")
    print_table(
        ["policy", "precision", "recall", "of reachable", "false customers", "through shared", "seconds"],
        [
            [
                row.policy,
                f"{row.precision:.6f}",
                f"{row.recall:.4f}",
                f"{row.recall_of_reachable:.4f}",
                row.false_customers,
                row.false_through_shared,
                f"{row.seconds:.2f}",
            ]
            for row in rows
        ],
    )
    for row in rows:
        if row.false_through:
            print(f"false customers, {row.policy}: {_listed(row.false_through)}")
    print(f"missed, {first.policy}: {_listed(first.missed) or 'none'}")
    print(
        f"out of reach of any policy: {first.pairs - first.reachable_pairs:,} of {first.pairs:,} pairs: {_listed(first.unreachable)}"
    )


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())


if __name__ == "__main__":
    main()
