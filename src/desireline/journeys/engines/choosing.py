"""Which engine answers: named in the question, chosen for a block of code, or the local one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from desireline.base import InputError
from desireline.journeys.engine import Engine
from desireline.journeys.engines.local import LocalEngine

_chosen: ContextVar[Engine | None] = ContextVar("engine", default=None)
_SPARK_HERE = re.compile(r"spark-local(?:\[([1-9]\d*)\])?")


@contextmanager
def using(engine: Engine | str) -> Iterator[Engine]:
    """Let an engine answer all questions of a block that name none.

    Parameters
    ----------
    engine
        As text: ``local``; ``spark://host:port``, a standalone Spark master; ``spark-local[2]``, Spark with two threads
        in this machine, to try it. What is given as text is started at the first question and ended with the block.

    Raises
    ------
    InputError
        There is no such engine.
    """
    with engine_for(engine) as chosen:
        before = _chosen.set(chosen)
        try:
            yield chosen
        finally:
            _chosen.reset(before)


@contextmanager
def engine_for(engine: Engine | str | None) -> Iterator[Engine]:
    """The engine that is meant; one that is named as text is closed at the end of the block.

    Raises
    ------
    InputError
        There is no such engine.
    """
    if not isinstance(engine, str):
        yield engine or _chosen.get() or LocalEngine()
        return
    opened = _named(engine)
    try:
        yield opened
    finally:
        opened.close()


def _named(text: str) -> Engine:
    if text == "local":
        return LocalEngine()
    from desireline.journeys.engines.spark import SparkEngine

    here = _SPARK_HERE.fullmatch(text)
    if here:
        return SparkEngine(f"local[{here[1] or '*'}]")
    if re.fullmatch(r"spark://[^\s/,]+:\d+(,[^\s/,]+:\d+)*", text):
        return SparkEngine(text)
    raise InputError(
        f"expected an engine, got {text!r}",
        hint="local, spark://host:port for a standalone Spark master, or spark-local[2] to try Spark on this machine",
    )
