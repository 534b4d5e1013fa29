"""The parts of the log on the workers of Spark, and the passes over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from desireline.journeys.engine import KeyedPass, Pass, combined
from desireline.journeys.engines.log_reading import LogReader
from desireline.journeys.index.layers import bucket_count
from desireline.journeys.model import Part, Spans
from desireline.journeys.spans import nothing
from desireline.kernels.grouping import MOST_BUCKETS

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame, SparkSession

    from desireline.journeys.engines.spark_tasks import ReadTask

_BUCKETS_PER_TASK = 8
_BUCKETS_PER_WORKER = 4
_ROW_GROUPS_PER_TASK = 8
_MOST_STATES = 16
_MOST_PIECES = 64


@dataclass(frozen=True, slots=True)
class SparkParts:
    """The chosen interactions of a log by customer, kept by the workers: the log is read once, however many passes come.

    Attributes
    ----------
    frame
        A part in each row, see :mod:`desireline.journeys.engines.spark_tasks`.
    tasks
        How many tasks a pass takes.
    reader
        What the frame is made from; needed again where a worker is lost.
    """

    frame: DataFrame
    tasks: int
    reader: Broadcast[ReadTask]

    def state(self, reading: Pass[Any, Any], cut: Callable[[Part], Spans]) -> Any:
        """The state of all parts. Tasks combine states before they come here, so that they are never many."""
        from desireline.journeys.engines import spark_tasks

        keyed = isinstance(reading, KeyedPass)
        pieces = min(self.tasks, _MOST_PIECES if keyed else _MOST_STATES)
        task = self.frame.sparkSession.sparkContext.broadcast(spark_tasks.WorkTask(reading, cut, pieces))
        try:
            states = self.frame.mapInArrow(partial(spark_tasks.work, task=task), spark_tasks.STATES)
            if keyed or self.tasks > pieces:
                by_piece = states.repartitionById(pieces, states.piece)
                states = by_piece.mapInArrow(partial(spark_tasks.reduce, task=task), spark_tasks.STATES)
            found = [state for _, state in spark_tasks.unpacked(states.toArrow().to_batches())]
        finally:
            task.destroy()
        return combined(reading, found or [reading.partial(nothing())])

    def release(self) -> None:
        """Let the workers forget them."""
        self.frame.unpersist()
        self.reader.destroy()


def distribute(session: SparkSession, reader: LogReader) -> SparkParts:
    """Let the workers read the log and group it by customer, as soon as the first pass asks for it."""
    from pyspark import StorageLevel

    from desireline.journeys.engines import spark_tasks

    parallel = session.sparkContext.defaultParallelism
    buckets = bucket_count(reader.interactions)
    while buckets < min(_BUCKETS_PER_WORKER * parallel, MOST_BUCKETS):
        buckets *= 2
    tasks = max(buckets // _BUCKETS_PER_TASK, min(parallel, buckets))
    groups = len(reader.groups)
    readers = max(-(-groups // _ROW_GROUPS_PER_TASK), min(parallel, groups), 1)
    shared = session.sparkContext.broadcast(spark_tasks.ReadTask(spark_tasks.VERSION, reader, buckets))
    numbers = session.range(0, groups, 1, readers)
    blocks = numbers.mapInArrow(partial(spark_tasks.read, task=shared), spark_tasks.BLOCKS)
    parts = blocks.repartitionById(tasks, blocks.bucket).mapInArrow(spark_tasks.group, spark_tasks.PARTS)
    return SparkParts(parts.persist(StorageLevel.MEMORY_AND_DISK), tasks, shared)
