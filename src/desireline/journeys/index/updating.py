"""Bringing the index up to date with what came since: one more layer, with the customers that it touches.

A customer who is touched by new interactions, by evidence, by a cut or by a replaced record is taken out of the layers and
written, whole, into a new one; all others stay where they are. Small layers at the top are taken into the new one, so that
there are never many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from desireline.base import Progress
from desireline.identity import know_more
from desireline.identity.known import KnownCustomers, load_known, save_known
from desireline.interactions import tables as interaction_tables
from desireline.journeys.index.layers import (
    Superseded,
    bucket_count,
    current_parts,
    read_superseded,
    write_layer,
    write_superseded,
)
from desireline.journeys.index.manifest import Layer, Manifest, Revision
from desireline.journeys.index.reading import NO_ANCHOR, Codes, read_anchors, read_columns, read_names, row_groups
from desireline.journeys.index.scattering import Scattered
from desireline.journeys.index.settings import memory_for_building
from desireline.journeys.marks import ArrivalMarks
from desireline.journeys.model import Part, Spans
from desireline.journeys.spans import life, marked, rows_of
from desireline.kernels import grouping
from desireline.kernels.arrays import different, different_pairs
from desireline.kernels.selecting import pack_mask
from desireline.store import Workspace

T = TypeVar("T")
R = TypeVar("R")
_LARGEST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class _Place:
    """A bucket of a layer that stays or is taken in; its part shows only current customers."""

    layer: int
    bucket: int
    part: Part


@dataclass(frozen=True, slots=True)
class _Taken:
    """What is taken out of one bucket: customers, each a span over all of their interactions."""

    place: _Place
    spans: Spans

    @property
    def positions(self) -> NDArray[np.int64]:
        """Which customers of the bucket."""
        return self.spans.owners

    @property
    def interactions(self) -> int:
        """How many interactions they have."""
        return int((self.spans.ends - self.spans.starts).sum())

    def copy_to(self, columns: grouping.Columns) -> None:
        """Write the interactions into columns of that length."""
        part, rows = self.spans.part, rows_of(self.spans)
        columns.customers[:] = np.repeat(part.customers[self.spans.owners], self.spans.ends - self.spans.starts)
        columns.times[:] = part.times[rows]
        columns.touchpoints[:] = part.touchpoints[rows]
        columns.channels[:] = part.channels[rows]
        columns.arrivals[:] = part.arrivals[rows]


def update(
    workspace: Workspace, before: Manifest, revision: Revision, layer: Path, identity: Path, progress: Progress
) -> Manifest | None:
    """Write a layer with the touched customers; gives the manifest, not yet current.

    Parameters
    ----------
    layer, identity
        New folders.

    Returns
    -------
    The manifest, or ``None`` where so much is touched that building everything is the better way.
    """
    try:
        old = load_known(workspace.index_folder / before.identity)
    except (OSError, ValueError, KeyError):
        return None
    known, moved = know_more(workspace, old)
    names, codes = read_names(workspace, known=before.names, after_arrival=before.last_arrival)
    new = _new_interactions(workspace, before.last_arrival, codes, known)
    with workspace.database.reading() as connection:
        gone = interaction_tables.replaced_since(connection, before.batch)
    gone = gone[gone <= before.last_arrival]
    if len(new.times) + sum(each.interactions for each in before.layers[1:]) > _LARGEST_SHARE * before.interactions:
        return None
    progress.step("finding touched customers")
    places = list(_places(workspace, before))
    touched = different(new.customers, old.customers_of(moved), known.customers_of(moved), _owners_of(places, gone))
    stay = _layers_that_stay(before, len(touched))
    taken = _take(places, touched, stay)
    had = _interactions_of(taken)
    kept = _without(had, gone)
    kept = _of_customers_now(workspace, kept, old, known, moved)
    interactions = len(kept.times) + len(new.times)
    scattered = Scattered(
        buckets=bucket_count(interactions),
        folder=layer / "spilled",
        memory=memory_for_building(workspace.section("index")),
    )
    scattered.add(0, kept)
    scattered.add(1, new)
    customers = write_layer(layer, scattered, progress)
    scattered.remove()
    write_superseded(layer, _superseded(workspace, before, taken, stay))
    save_known(known, identity)
    left_out = sum(len(each.positions) for each in taken)
    return Manifest(
        revision=revision,
        names=names,
        interactions=before.interactions + len(new.times) - len(had.times) + len(kept.times),
        customers=before.customers - left_out + customers,
        last_arrival=int(new.arrivals.max(initial=before.last_arrival)),
        batch=known.batch,
        identity=identity.name,
        layers=(
            *before.layers[:stay],
            Layer.of(layer, buckets=scattered.buckets, interactions=interactions),
        ),
    )


def _new_interactions(workspace: Workspace, last_arrival: int, codes: Codes, known: KnownCustomers) -> grouping.Columns:
    table = grouping.customer_table(known.evidence.identifiers, known.customers)
    groups = row_groups(workspace, after_arrival=last_arrival)
    found = _joined([read_columns([group], codes, table) for group in groups])
    return _chosen(found, found.arrivals > last_arrival)


def _layers_that_stay(before: Manifest, touched: int) -> int:
    """How many layers stay: those at the top that are not much larger than the new one are taken in. The lowest stays."""
    stay = len(before.layers)
    above = touched * before.interactions / max(before.customers, 1)
    while stay > 1 and before.layers[stay - 1].interactions <= 2 * above:
        stay -= 1
        above += before.layers[stay].interactions
    return stay


def _places(workspace: Workspace, manifest: Manifest) -> Iterator[_Place]:
    folders = tuple((workspace.index_folder / layer.folder, layer.buckets) for layer in manifest.layers)
    for number, parts in enumerate(current_parts(folders)):
        for bucket, part in enumerate(parts):
            yield _Place(number, bucket, part)


def _owners_of(places: Sequence[_Place], arrivals: NDArray[np.int64]) -> NDArray[np.int64]:
    """The customers under whom interactions with these arrival numbers are."""
    if not len(arrivals):
        return arrivals
    mask = np.zeros(int(arrivals[-1]) + 1, np.bool_)
    mask[arrivals] = True
    marks = ArrivalMarks(pack_mask(mask))

    def look(place: _Place) -> NDArray[np.int64]:
        found = marked(life(place.part), marks)
        return place.part.customers[found.owners]

    return np.concatenate(list(_in_threads(look, places)))


def _take(places: Sequence[_Place], touched: NDArray[np.int64], stay: int) -> list[_Taken]:
    """The touched customers of layers that stay, and everybody of those that do not."""
    table = grouping.customer_table(touched, touched)

    def take(place: _Place) -> _Taken:
        spans = life(place.part)
        if place.layer < stay:
            here = grouping.is_known(place.part.customers[spans.owners], table)
            spans = Spans(spans.part, spans.starts[here], spans.ends[here], spans.owners[here])
        return _Taken(place, spans)

    return list(_in_threads(take, places))


def _interactions_of(taken: Sequence[_Taken]) -> grouping.Columns:
    """The interactions of what was taken, one bucket after the other: copied once, by all processors."""
    ends = np.cumsum([each.interactions for each in taken], dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    columns = grouping.Columns._make(np.empty(total, column.dtype) for column in grouping.NO_ROWS)

    def copy(number: int) -> None:
        own = slice(ends[number] - taken[number].interactions, ends[number])
        taken[number].copy_to(grouping.Columns._make(column[own] for column in columns))

    for _ in _in_threads(copy, range(len(taken))):
        pass
    return columns


def _in_threads(work: Callable[[T], R], several: Iterable[T]) -> Iterator[R]:
    with ThreadPoolExecutor(cpu_count() or 1) as pool:
        yield from pool.map(work, several)


def _joined(several: Sequence[grouping.Columns]) -> grouping.Columns:
    if len(several) < 2:
        return several[0] if several else grouping.NO_ROWS
    return grouping.Columns._make(np.concatenate(columns) for columns in zip(*several, strict=True))


def _without(columns: grouping.Columns, gone: NDArray[np.int64]) -> grouping.Columns:
    if not len(gone):
        return columns
    return _chosen(columns, ~np.isin(columns.arrivals, gone))


def _chosen(columns: grouping.Columns, chosen: NDArray[np.bool_]) -> grouping.Columns:
    return columns if chosen.all() else grouping.Columns._make(column[chosen] for column in columns)


def _of_customers_now(
    workspace: Workspace,
    columns: grouping.Columns,
    old: KnownCustomers,
    known: KnownCustomers,
    moved: NDArray[np.int64],
) -> grouping.Columns:
    """The interactions under whom they are now. Where a customer became several, the log says under whom each was seen.

    What another process has taken out of the log meanwhile is left out; the next update would take it out anyway.
    """
    if not len(moved):
        return columns
    before, after = _customers_that_changed(old, known, moved)
    first = np.ones(len(before), np.bool_)
    first[1:] = before[1:] != before[:-1]
    alone = first & np.append(first[1:], True)
    now = grouping.find_customers(columns.customers, grouping.customer_table(before[alone], after[alone]))
    several = before[~alone]
    split = np.flatnonzero(grouping.is_known(columns.customers, grouping.customer_table(several, several)))
    if len(split):
        split = split[np.argsort(columns.arrivals[split], kind="stable")]
        anchors = read_anchors(workspace, columns.arrivals[split])
        now[split] = np.where(anchors == NO_ANCHOR, NO_ANCHOR, known.customers_of(anchors))
    return _chosen(columns._replace(customers=now), now != NO_ANCHOR)


def _customers_that_changed(
    old: KnownCustomers, known: KnownCustomers, moved: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Customers that lost an identifier, and whose their identifiers are now: every different pair, ascending."""
    lost = different(old.customers_of(moved))
    members = old.evidence.identifiers[grouping.is_known(old.customers, grouping.customer_table(lost, lost))]
    members = different(members, moved)
    return different_pairs(old.customers_of(members), known.customers_of(members))


def _superseded(workspace: Workspace, before: Manifest, taken: Sequence[_Taken], stay: int) -> Superseded:
    """What the new layer says of the layers that stay: what it took, and what those said that it took in."""
    said = [read_superseded(workspace.index_folder / layer.folder).below(stay) for layer in before.layers[stay:]]
    own = [
        Superseded(
            np.full(len(each.positions), each.place.layer, np.int64),
            np.full(len(each.positions), each.place.bucket, np.int64),
            each.positions,
        )
        for each in taken
        if each.place.layer < stay
    ]
    return Superseded.joined([*said, *own])
