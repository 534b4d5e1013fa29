"""Building the whole index from the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path

from desireline.base import Progress
from desireline.identity import know_customers
from desireline.identity.known import save_known
from desireline.journeys.index.layers import Superseded, bucket_count, write_layer, write_superseded
from desireline.journeys.index.manifest import Layer, Manifest, Revision
from desireline.journeys.index.reading import RowGroup, read_columns, read_names, row_groups
from desireline.journeys.index.scattering import Scattered
from desireline.journeys.index.settings import memory_for_building
from desireline.kernels import grouping
from desireline.store import Workspace

_ROWS_OF_A_BLOCK = 1 << 21
_BYTES_OF_A_ROW_IN_WORK = 128


def build(workspace: Workspace, revision: Revision, layer: Path, identity: Path, progress: Progress) -> Manifest:
    """Write the log as one layer, and the customers as they are; gives the manifest, not yet current.

    Parameters
    ----------
    layer, identity
        New folders for them.
    """
    progress.step("finding customers")
    known = know_customers(workspace)
    save_known(known, identity)
    table = grouping.customer_table(known.evidence.identifiers, known.customers)
    memory = memory_for_building(workspace.section("index"))
    groups = row_groups(workspace)
    names, codes = read_names(workspace)
    total = sum(group.rows for group in groups)
    scattered = Scattered(buckets=bucket_count(total), folder=layer / "spilled", memory=memory)
    blocks = list(_blocks(groups, memory))

    def scatter(block: tuple[int, list[RowGroup]]) -> int:
        number, own = block
        scattered.add(number, read_columns(own, codes, table))
        return sum(group.rows for group in own)

    done = 0
    with ThreadPoolExecutor(cpu_count() or 1) as pool:
        for rows in pool.map(scatter, enumerate(blocks)):
            done += rows
            progress.step("sorting interactions by customer", done=done, total=total)
    customers = write_layer(layer, scattered, progress)
    scattered.remove()
    write_superseded(layer, Superseded.joined(()))
    return Manifest(
        revision=revision,
        names=names,
        interactions=total,
        customers=customers,
        last_arrival=max((group.last for group in groups), default=-1),
        batch=known.batch,
        identity=identity.name,
        layers=(Layer.of(layer, buckets=scattered.buckets, interactions=total),),
    )


def _blocks(groups: Sequence[RowGroup], memory: int) -> Iterator[list[RowGroup]]:
    """Neighbouring row groups of one file, together at most so large that one block a thread fits into the memory."""
    most = min(_ROWS_OF_A_BLOCK, memory // (_BYTES_OF_A_ROW_IN_WORK * (cpu_count() or 1)))
    block: list[RowGroup] = []
    for group in groups:
        if block and (group.path != block[0].path or sum(each.rows for each in block) + group.rows > most):
            yield block
            block = []
        block.append(group)
    if block:
        yield block
