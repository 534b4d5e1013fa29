"""The file that the benchmarks read: interactions of a made-up company, shuffled, as Parquet."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from benchmarks.kernels import CHANNELS, TOUCHPOINTS, make_interactions
from desireline.kernels.grouping import Columns

FOLDER = Path(__file__).parent / "data"
TOUCHPOINT_NAMES = [f"Touchpoint {code:02}" for code in range(TOUCHPOINTS)]
CHANNEL_NAMES = ["web", "app", "phone", "chat", "email", "store", "survey", "billing"][:CHANNELS]
CHUNK = 10_000_000
BLOCK = 1_000_000
_SCHEMA = pa.schema(
    [("user_id", pa.string()), ("occurred", pa.timestamp("us")), ("event", pa.string()), ("channel", pa.string())]
)
_START = 1_700_000_000_000_000
_KEYS_APART = 10**12


def interaction_file(interactions: int, *, seed: int = 1) -> Path:
    """The file with so many interactions; it is made once and kept.

    Up to :data:`CHUNK` it is made at once. A larger one is made chunk by chunk, each with customers of its own, and the
    chunks are dealt out over the whole file, so that memory does not grow with the size.
    """
    path = FOLDER / f"interactions-{interactions}-{seed}.parquet"
    if path.exists():
        return path
    FOLDER.mkdir(exist_ok=True)
    temporary = path.with_suffix(".new")
    if interactions <= CHUNK:
        pq.write_table(_table(make_interactions(interactions, seed)), temporary, row_group_size=BLOCK)
    else:
        with TemporaryDirectory(dir=FOLDER) as folder:
            _write_dealt(_made_in_chunks(interactions, seed, Path(folder)), temporary, seed)
    temporary.replace(path)
    return path


def _made_in_chunks(interactions: int, seed: int, folder: Path) -> list[Columns]:
    """The chunks as files that are mapped into memory; each is in a random order."""
    chunks = []
    for number, start in enumerate(range(0, interactions, CHUNK)):
        made = make_interactions(min(CHUNK, interactions - start), seed + number, walk_seed=seed)
        made = made._replace(customers=made.customers + number * _KEYS_APART)
        for name, column in made._asdict().items():
            np.save(folder / f"{number}-{name}.npy", column)
        chunks.append(
            Columns._make(np.load(folder / f"{number}-{name}.npy", mmap_mode="r") for name in Columns._fields)
        )
    return chunks


def _write_dealt(chunks: list[Columns], path: Path, seed: int) -> None:
    """Write blocks that have the same share of every chunk, in a random order."""
    random = np.random.default_rng(seed)
    blocks = -(-sum(len(chunk.times) for chunk in chunks) // BLOCK)
    with pq.ParquetWriter(path, _SCHEMA) as writer:
        for block in range(blocks):
            shares = [_share(chunk, block, blocks) for chunk in chunks]
            joined = Columns._make(np.concatenate(columns) for columns in zip(*shares, strict=True))
            order = random.permutation(len(joined.times))
            writer.write_table(_table(Columns._make(column[order] for column in joined)))


def _share(chunk: Columns, block: int, blocks: int) -> Columns:
    rows = len(chunk.times)
    return Columns._make(column[rows * block // blocks : rows * (block + 1) // blocks] for column in chunk)


def _table(columns: Columns) -> pa.Table:
    users = pa.compute.binary_join_element_wise("user-", pa.array(columns.customers).cast(pa.string()), "")
    touchpoints = pa.DictionaryArray.from_arrays(pa.array(columns.touchpoints), TOUCHPOINT_NAMES)
    channels = pa.DictionaryArray.from_arrays(pa.array(columns.channels), CHANNEL_NAMES)
    times = pa.array(columns.times + _START, pa.timestamp("us"))
    return pa.table([users, times, touchpoints.cast(pa.string()), channels.cast(pa.string())], schema=_SCHEMA)
