"""The files of a layer: whole customers in buckets, uncompressed, so that they can be mapped into memory.

    LAYER/0000.customers.arrow, 0000.interactions.arrow, …   one pair for each bucket
    LAYER/superseded.arrow                                   customers of the layers below who are here now

A layer never changes once it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import Progress
from desireline.journeys.index.scattering import Scattered
from desireline.journeys.model import Part
from desireline.kernels import grouping

if TYPE_CHECKING:
    import pyarrow

SUPERSEDED = "superseded.arrow"
PER_BUCKET = 262_144


@dataclass(frozen=True, slots=True)
class Superseded:
    """Customers of lower layers who are not to be looked at there: three int64 arrays of one length."""

    layers: NDArray[np.int64]
    buckets: NDArray[np.int64]
    positions: NDArray[np.int64]

    @staticmethod
    def joined(several: Sequence[Superseded]) -> Superseded:
        """All of them; none give none."""
        nothing = np.empty(0, np.int64)
        return Superseded(
            np.concatenate([nothing, *(each.layers for each in several)]),
            np.concatenate([nothing, *(each.buckets for each in several)]),
            np.concatenate([nothing, *(each.positions for each in several)]),
        )

    def of(self, layer: int) -> Superseded:
        """Only those of this layer."""
        own = self.layers == layer
        return Superseded(self.layers[own], self.buckets[own], self.positions[own])

    def below(self, layer: int) -> Superseded:
        """Only those of layers below this one."""
        kept = self.layers < layer
        return Superseded(self.layers[kept], self.buckets[kept], self.positions[kept])


def bucket_count(interactions: int) -> int:
    """A power of two, so that a bucket has some hundred thousand interactions."""
    buckets = 1
    while buckets * PER_BUCKET < interactions and buckets < grouping.MOST_BUCKETS:
        buckets *= 2
    return buckets


def write_layer(folder: Path, scattered: Scattered, progress: Progress) -> int:
    """Sort and write every bucket; gives the number of customers."""

    def work(bucket: int) -> int:
        grouped = grouping.group(scattered.bucket(bucket))
        _write_part(folder, bucket, grouped)
        return len(grouped.keys)

    customers = 0
    with ThreadPoolExecutor(cpu_count() or 1) as pool:
        for done, count in enumerate(pool.map(work, range(scattered.buckets)), start=1):
            customers += count
            progress.step("writing the journey index", done=done, total=scattered.buckets)
    return customers


def write_superseded(folder: Path, superseded: Superseded) -> None:
    """Note which customers of the layers below are not to be looked at there."""
    columns = {"layer": superseded.layers, "bucket": superseded.buckets, "position": superseded.positions}
    _write_arrays(folder / SUPERSEDED, columns)


def read_superseded(folder: Path) -> Superseded:
    """What :func:`write_superseded` wrote."""
    columns = _read_arrays(folder / SUPERSEDED)
    return Superseded(columns["layer"], columns["bucket"], columns["position"])


@lru_cache(maxsize=2)
def current_parts(layers: tuple[tuple[Path, int], ...]) -> tuple[tuple[Part, ...], ...]:
    """The parts of every layer, from the lowest up, without customers that a higher layer has; mapped, not read.

    Parameters
    ----------
    layers
        Folder and number of buckets of each. Layers never change, so the next question finds the same parts open.
    """
    superseded = Superseded.joined([read_superseded(folder) for folder, _ in layers])
    return tuple(
        tuple(_with_current(_read_layer(folder, buckets), superseded.of(number)))
        for number, (folder, buckets) in enumerate(layers)
    )


@lru_cache(maxsize=16)
def _read_layer(folder: Path, buckets: int) -> tuple[Part, ...]:
    return tuple(_read_part(folder, bucket) for bucket in range(buckets))


def _with_current(parts: Sequence[Part], superseded: Superseded) -> Iterator[Part]:
    """The parts of a layer without the customers that higher layers have; ``superseded`` is of this layer."""
    order = np.argsort(superseded.buckets, kind="stable")
    bounds = np.searchsorted(superseded.buckets[order], np.arange(len(parts) + 1))
    for part, low, high in zip(parts, bounds[:-1], bounds[1:], strict=True):
        if low == high:
            yield part
            continue
        current = np.ones(len(part.customers), np.bool_)
        current[superseded.positions[order[low:high]]] = False
        yield replace(part, current=np.flatnonzero(current))


def _write_part(folder: Path, bucket: int, grouped: grouping.Grouped) -> None:
    _write_arrays(folder / f"{bucket:04}.customers.arrow", {"customer": grouped.keys, "start": grouped.offsets[:-1]})
    _write_arrays(
        folder / f"{bucket:04}.interactions.arrow",
        {
            "time": grouped.times,
            "touchpoint": grouped.touchpoints,
            "channel": grouped.channels,
            "arrival": grouped.arrivals,
        },
    )


def _read_part(folder: Path, bucket: int) -> Part:
    customers = _read_arrays(folder / f"{bucket:04}.customers.arrow")
    interactions = _read_arrays(folder / f"{bucket:04}.interactions.arrow")
    return Part(
        customers=customers["customer"],
        offsets=np.append(customers["start"], np.int64(len(interactions["time"]))),
        times=interactions["time"],
        touchpoints=interactions["touchpoint"],
        channels=interactions["channel"],
        arrivals=interactions["arrival"],
    )


def _write_arrays(path: Path, columns: dict[str, NDArray[Any]]) -> None:
    """One uncompressed record batch, so that it can be mapped into memory."""
    import pyarrow as pa

    batch = pa.record_batch({name: pa.array(values) for name, values in columns.items()})
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)


def _read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    import pyarrow as pa

    with pa.memory_map(str(path)) as source:
        table = pa.ipc.open_file(source).get_batch(0)
    return {name: _mapped(column) for name, column in zip(table.schema.names, table.columns, strict=True)}


def _mapped(column: pyarrow.Array) -> NDArray[Any]:
    """A column of integers as it lies in the file. Arrow's own ``to_numpy`` imports pandas first, where it is installed."""
    return np.frombuffer(column.buffers()[1], str(column.type), count=len(column))
