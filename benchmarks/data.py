"""The file that the benchmarks read: interactions of a made-up company, shuffled, as Parquet."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from benchmarks.kernels import CHANNELS, TOUCHPOINTS, make_interactions

FOLDER = Path(__file__).parent / "data"
TOUCHPOINT_NAMES = [f"Touchpoint {code:02}" for code in range(TOUCHPOINTS)]
CHANNEL_NAMES = ["web", "app", "phone", "chat", "email", "store", "survey", "billing"][:CHANNELS]
MAPPING = """\
source: benchmark
channel: {column: channel}
touchpoint: {column: event}
occurred_at: {column: occurred, timezone: UTC}
identifiers: {user: {column: user_id}}
"""
STEPS = [TOUCHPOINT_NAMES[code] for code in (3, 7, 11, 19)]


def interaction_file(interactions: int, *, seed: int = 1) -> Path:
    """The file with so many interactions; it is made once and kept."""
    path = FOLDER / f"interactions-{interactions}-{seed}.parquet"
    if path.exists():
        return path
    FOLDER.mkdir(exist_ok=True)
    columns = make_interactions(interactions, seed)
    start = 1_700_000_000_000_000
    table = pa.table(
        {
            "user_id": pa.compute.binary_join_element_wise("user-", pa.array(columns.customers).cast(pa.string()), ""),
            "occurred": pa.array(columns.times + start, pa.timestamp("us")),
            "event": pa.DictionaryArray.from_arrays(pa.array(columns.touchpoints), TOUCHPOINT_NAMES).cast(pa.string()),
            "channel": pa.DictionaryArray.from_arrays(pa.array(columns.channels), CHANNEL_NAMES).cast(pa.string()),
        }
    )
    temporary = path.with_suffix(".new")
    pq.write_table(table, temporary, row_group_size=1_000_000)
    temporary.replace(path)
    return path
