"""What Spark's workers do, without Spark: blocks and states may come in any order and in any batches."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.base import EngineError, Period
from desireline.journeys.analyses import FlowAnalysis, VariantsAnalysis
from desireline.journeys.engine import Analysis, Answer, combined
from desireline.journeys.engines import spark_tasks as tasks
from desireline.journeys.fields import PartFields
from desireline.journeys.model import Result
from desireline.journeys.selection import Cutter
from desireline.journeys.spans import nothing
from desireline.kernels import grouping

from ..rows import NAMES, SECOND, Row, answer, some_rows

ALL = Cutter(Period(), gap_us=SECOND)


@dataclass
class Given:
    """Stands for a broadcast."""

    value: Any


@dataclass
class Rows:
    """Stands for the log: row groups of so many rows."""

    rows: list[Row]
    size: int
    with_fields: bool = False

    def read(self, number: int) -> grouping.Columns:
        own = range(len(self.rows))[number * self.size : (number + 1) * self.size]
        columns = list(zip(*(self.rows[place] for place in own), strict=True))
        kinds = (np.int64, np.int64, np.uint16, np.uint8)
        return grouping.Columns(
            *(np.array(column, kind) for column, kind in zip(columns, kinds, strict=True)), np.array(own, np.int64)
        )

    def read_fields(self, number: int) -> PartFields:
        """One field: minus the arrival number."""
        arrivals = self.read(number).arrivals
        return PartFields(arrivals, {"wait": -arrivals.astype(float)} if self.with_fields else {})

    def groups(self) -> int:
        return -(-len(self.rows) // self.size)


def shuffled(batches: list[pa.RecordBatch], key: str, *, tasks: int, random: Random) -> list[list[pa.RecordBatch]]:
    """Rows go to the task of their key, in any order, one or a few in a batch."""
    rows = [batch.slice(place, 1) for batch in batches for place in range(batch.num_rows)]
    random.shuffle(rows)
    own = [[row for row in rows if row.column(key)[0].as_py() % tasks == task] for task in range(tasks)]
    return [[some for row in each for some in (row.slice(0, 0), row)] for each in own]


def asked(analysis: Analysis[Result], log: Rows, random: Random, *, workers: int) -> Result:
    numbers = pa.record_batch({"id": pa.array(range(log.groups()), pa.int64())})
    blocks = list(tasks.read([numbers], Given(tasks.ReadTask(tasks.VERSION, log, 4))))  # type: ignore[arg-type]
    parts = [list(tasks.group(own)) for own in shuffled(blocks, "bucket", tasks=workers, random=random)]
    outcome: Any = analysis.begin(NAMES)
    while not isinstance(outcome, Answer):
        task: Any = Given(tasks.WorkTask(outcome, ALL, workers))
        states = [state for own in parts for state in tasks.work(own, task)]
        pieces = shuffled(states, "piece", tasks=workers, random=random)
        found = [state for own in pieces for _, state in tasks.unpacked(tasks.reduce(own, task))]
        outcome = outcome.conclude(combined(outcome, found or [outcome.partial(nothing())]))
    return outcome.result


@pytest.mark.parametrize("analysis", [FlowAnalysis(), VariantsAnalysis(), VariantsAnalysis(top=2)], ids=repr)
@given(
    rows=some_rows(customers=9),
    size=st.integers(1, 8),
    workers=st.integers(1, 3),
    random=st.randoms(use_true_random=False),
)
def test_batches_may_be_cut_anywhere_and_come_in_any_order(
    analysis: Analysis[Result], rows: list[Row], size: int, workers: int, random: Random
) -> None:
    found = asked(analysis, Rows(rows, size), random, workers=workers)
    assert repr(found) == repr(answer(analysis, rows, gap=SECOND))


@given(rows=some_rows(customers=9), size=st.integers(1, 8), random=st.randoms(use_true_random=False))
def test_fields_stay_with_their_interactions(rows: list[Row], size: int, random: Random) -> None:
    log = Rows(rows, size, with_fields=True)
    numbers = pa.record_batch({"id": pa.array(range(log.groups()), pa.int64())})
    blocks = list(tasks.read([numbers], Given(tasks.ReadTask(tasks.VERSION, log, 4))))  # type: ignore[arg-type]
    parts = [list(tasks.group(own)) for own in shuffled(blocks, "bucket", tasks=2, random=random)]
    seen = 0
    for part in (part for own in parts for part in tasks._parts(own)):
        assert part.field("wait").tolist() == [-float(arrival) for arrival in part.arrivals]
        seen += len(part.arrivals)
    assert seen == len(rows)


def test_a_worker_of_another_version_says_so() -> None:
    task: Any = Given(tasks.ReadTask("0.0.1", Rows([], 1), 1))  # type: ignore[arg-type]
    with pytest.raises(EngineError, match=r"expected desireline 0\.0\.1 on every Spark worker"):
        list(tasks.read([], task))
