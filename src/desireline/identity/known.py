"""Customers that were found before: a later import looks again only at those that it touches.

Whether two identifiers are one customer depends on nothing but the evidence that leads, over however many steps, from one to
the other. So the evidence falls into *groups* without a tie between them, and new evidence, or another cut, changes only the
groups that it names.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from desireline.identity import tables
from desireline.identity.evidence import grouped, read_evidence
from desireline.identity.model import Evidence
from desireline.identity.policy import Policy
from desireline.identity.resolve import resolve
from desireline.interactions import tables as interaction_tables
from desireline.kernels.arrays import different
from desireline.kernels.components import connected
from desireline.store import Workspace

if TYPE_CHECKING:
    import pyarrow

Cut = tuple[int, int]


@dataclass(frozen=True, slots=True)
class KnownCustomers:
    """The customers after a batch, and what they were found from.

    Attributes
    ----------
    batch
        Number of the last batch whose evidence is in.
    cuts
        The cuts that were obeyed.
    evidence
        All of it, also pairs whose observations were all taken back.
    customers
        int64[n]: the customer of each identifier of the evidence.
    groups
        int64[n]: identifiers that evidence ties together, over however many steps, have the same number.
    """

    batch: int
    cuts: tuple[Cut, ...]
    evidence: Evidence
    customers: NDArray[np.int64]
    groups: NDArray[np.int64]

    def customers_of(self, identifiers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The customer of each identifier: int64[m] -> int64[m]; one without evidence is a customer of its own."""
        places, known = _places(self.evidence.identifiers, identifiers)
        found = identifiers.copy()
        found[known] = self.customers[places[known]]
        return found


def know_customers(workspace: Workspace) -> KnownCustomers:
    """Find the customers from all evidence."""
    batch, cuts = _state(workspace)
    return _known(workspace, batch, cuts, read_evidence(workspace, batches=range(1, batch + 1)))


def know_more(workspace: Workspace, known: KnownCustomers) -> tuple[KnownCustomers, NDArray[np.int64]]:
    """Find the customers that later batches and cuts change; policy and settings must be those of ``known``.

    Returns
    -------
    tuple
        All customers as of now, and the identifiers whose customer is another one (int64, ascending).
    """
    batch, cuts = _state(workspace)
    news = read_evidence(workspace, batches=range(known.batch + 1, batch + 1))
    decided = np.array(sorted(set(cuts) ^ set(known.cuts)), np.int64).ravel()
    touched = _groups_with(known, np.concatenate([news.identifiers, decided]))
    if not len(news.identifiers) and not touched.any():
        return KnownCustomers(batch, cuts, known.evidence, known.customers, known.groups), np.empty(0, np.int64)
    again = _known(workspace, batch, cuts, _merged(_part(known.evidence, touched), news))
    rest = KnownCustomers(
        batch, cuts, _part(known.evidence, ~touched), known.customers[~touched], known.groups[~touched]
    )
    before = different(again.evidence.identifiers, known.evidence.identifiers[touched])
    moved = before[known.customers_of(before) != again.customers_of(before)]
    return _together(rest, again), moved


def _state(workspace: Workspace) -> tuple[int, tuple[Cut, ...]]:
    with workspace.database.reading() as connection:
        return interaction_tables.last_committed(connection), tuple(tables.all_cuts(connection))


def _known(workspace: Workspace, batch: int, cuts: tuple[Cut, ...], evidence: Evidence) -> KnownCustomers:
    found = resolve(_observed(evidence), Policy.read(workspace.section("identity")), cuts=cuts)
    customers = evidence.identifiers.copy()
    places, known = _places(found.identifiers, customers)
    customers[known] = found.customers[places[known]]
    return KnownCustomers(batch, cuts, evidence, customers, _groups(evidence))


def _observed(evidence: Evidence) -> Evidence:
    """Without the pairs whose observations were all taken back, and identifiers that only they speak of."""
    seen = evidence.observations > 0
    if seen.all():
        return evidence
    pairs = evidence.pairs[seen]
    named = np.unique(pairs)
    return Evidence(
        evidence.identifiers[named],
        evidence.types,
        evidence.type_codes[named],
        np.searchsorted(named, pairs),
        evidence.first_at[seen],
        evidence.observations[seen],
    )


def _groups(evidence: Evidence) -> NDArray[np.int64]:
    """By identifier: the smallest identifier of its group."""
    groups: NDArray[np.int64] = evidence.identifiers[connected(evidence.pairs, len(evidence.identifiers))]
    return groups


def _groups_with(known: KnownCustomers, identifiers: NDArray[np.int64]) -> NDArray[np.bool_]:
    """A mask over the known identifiers: those in a group with one of these."""
    places, seen = _places(known.evidence.identifiers, identifiers)
    return np.isin(known.groups, known.groups[places[seen]])


def _places(ascending: NDArray[np.int64], wanted: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Where each wanted number is, and whether it is there at all."""
    if not len(ascending):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
    places = np.minimum(np.searchsorted(ascending, wanted), len(ascending) - 1)
    return places, ascending[places] == wanted


def _part(evidence: Evidence, chosen: NDArray[np.bool_]) -> Evidence:
    """The evidence of whole groups."""
    pairs = chosen[evidence.pairs[:, 0]]
    moved_to = np.cumsum(chosen) - 1
    return Evidence(
        evidence.identifiers[chosen],
        evidence.types,
        evidence.type_codes[chosen],
        moved_to[evidence.pairs[pairs]],
        evidence.first_at[pairs],
        evidence.observations[pairs],
    )


def _merged(first: Evidence, second: Evidence) -> Evidence:
    """All evidence of two, the same pair once."""
    named = np.concatenate([first.identifiers[first.pairs], second.identifiers[second.pairs]])
    found, first_at, observations = grouped(
        named[:, 0],
        named[:, 1],
        np.concatenate([first.first_at, second.first_at]),
        np.concatenate([first.observations, second.observations]),
    )
    identifiers = different(found.ravel())
    types, codes = _types((first, second), identifiers)
    return Evidence(identifiers, types, codes, np.searchsorted(identifiers, found), first_at, observations)


def _types(parts: tuple[Evidence, ...], identifiers: NDArray[np.int64]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The types of identifiers that parts of the evidence know."""
    names = tuple(sorted({name for part in parts for name in part.types}))
    codes = np.zeros(len(identifiers), np.int64)
    for part in parts:
        own = np.array([names.index(name) for name in part.types], np.int64)
        places, known = _places(part.identifiers, identifiers)
        codes[known] = own[part.type_codes[places[known]]]
    return names, codes


def _together(rest: KnownCustomers, again: KnownCustomers) -> KnownCustomers:
    """Two sets of whole groups as one."""
    identifiers = np.concatenate([rest.evidence.identifiers, again.evidence.identifiers])
    order = np.argsort(identifiers, kind="stable")
    moved_to = np.empty(len(order), np.int64)
    moved_to[order] = np.arange(len(order))
    ascending = identifiers[order]
    types, codes = _types((rest.evidence, again.evidence), ascending)
    split = len(rest.evidence.identifiers)
    pairs = np.concatenate([rest.evidence.pairs, again.evidence.pairs + split])
    evidence = Evidence(
        ascending,
        types,
        codes,
        moved_to[pairs],
        np.concatenate([rest.evidence.first_at, again.evidence.first_at]),
        np.concatenate([rest.evidence.observations, again.evidence.observations]),
    )
    customers = np.concatenate([rest.customers, again.customers])[order]
    groups = np.concatenate([rest.groups, again.groups])[order]
    return KnownCustomers(again.batch, again.cuts, evidence, customers, groups)


def save_known(known: KnownCustomers, folder: Path) -> None:
    """Write to ``identifiers.arrow`` and ``evidence.arrow`` in a folder."""
    evidence = known.evidence
    described = {"batch": known.batch, "cuts": known.cuts, "types": evidence.types}
    identifiers = {
        "identifier": evidence.identifiers,
        "type": evidence.type_codes,
        "customer": known.customers,
        "group": known.groups,
    }
    pairs = {
        "first": evidence.pairs[:, 0],
        "second": evidence.pairs[:, 1],
        "first_at": evidence.first_at,
        "observations": evidence.observations,
    }
    _write(folder / "identifiers.arrow", identifiers, json.dumps(described))
    _write(folder / "evidence.arrow", pairs, "{}")


def load_known(folder: Path) -> KnownCustomers:
    """Read what :func:`save_known` wrote.

    Raises
    ------
    OSError, ValueError, KeyError
        The files are not there, or damaged.
    """
    identifiers, pairs = _read(folder / "identifiers.arrow"), _read(folder / "evidence.arrow")
    described: dict[str, Any] = json.loads(identifiers.schema.metadata[b"described"])
    column = {name: identifiers.column(name).to_numpy() for name in identifiers.column_names}
    of_pair = {name: pairs.column(name).to_numpy() for name in pairs.column_names}
    evidence = Evidence(
        column["identifier"],
        tuple(described["types"]),
        column["type"],
        np.stack([of_pair["first"], of_pair["second"]], axis=1),
        of_pair["first_at"],
        of_pair["observations"],
    )
    cuts = tuple((int(first), int(second)) for first, second in described["cuts"])
    return KnownCustomers(int(described["batch"]), cuts, evidence, column["customer"], column["group"])


def _write(path: Path, columns: dict[str, NDArray[np.int64]], described: str) -> None:
    import pyarrow as pa
    import pyarrow.feather as feather

    table = pa.table({name: pa.array(np.ascontiguousarray(values)) for name, values in columns.items()})
    feather.write_feather(
        table.replace_schema_metadata({"described": described}), str(path), compression="uncompressed"
    )


def _read(path: Path) -> pyarrow.Table:
    import pyarrow.feather as feather

    return feather.read_table(str(path), memory_map=False)
