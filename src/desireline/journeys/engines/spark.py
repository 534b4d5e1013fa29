"""The engine of many machines: Apache Spark reads the log, and runs the same passes in its tasks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from desireline.base import Progress, SilentProgress
from desireline.journeys.engine import Analysis, Answer, Engine, Pass
from desireline.journeys.engines.log_reading import OpenLog, chosen_now, open_log, read_before_grouping
from desireline.journeys.engines.spark_parts import SparkParts, distribute
from desireline.journeys.fields import fields_of_analysis
from desireline.journeys.selection import Selection, make_cutter
from desireline.store import Workspace

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

R = TypeVar("R")


class SparkEngine(Engine):
    """Runs analyses in the tasks of a Spark cluster, for logs that one machine does not take.

    The cluster reads the files of the log where they are, so the folder of the workspace has to have the same path on
    every machine; or it reads the mirror of the log in object storage that the settings name. The journey index is neither
    needed nor made. The workers keep what they read until a question is about other interactions, or the engine is closed.

    Parameters
    ----------
    master
        ``spark://host:port``, or ``local[2]`` for Spark in this machine. Spark is started with the first question, and
        stopped by :meth:`close`, or at the end of a ``with`` block.
    session
        A session that is open already; it is left open.
    patience_seconds
        How long to wait for the cluster to give the first executor.
    """

    def __init__(
        self,
        master: str | None = None,
        *,
        session: SparkSession | None = None,
        patience_seconds: float = 60,
    ) -> None:
        """See the class."""
        if (master is None) == (session is None):
            raise TypeError("expected either a master or a session")
        self._master = master
        self._session = None if session is None else _configured(session)
        self._patience_seconds = patience_seconds
        self._log: OpenLog | None = None
        self._parts: SparkParts | None = None

    def __enter__(self) -> SparkEngine:
        """The engine itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop Spark."""
        self.close()

    def ask(
        self,
        workspace: Workspace,
        analysis: Analysis[R],
        selection: Selection,
        *,
        progress: Progress | None = None,
    ) -> R:
        """See :meth:`Engine.ask`."""
        from desireline.journeys.engines.spark_session import reporting

        listener = progress or SilentProgress()
        log = self._opened(workspace, selection, fields_of_analysis(analysis), listener)
        read = read_before_grouping(selection)
        left = replace(selection, period=None, where=None) if read != Selection() else selection
        cut = make_cutter(workspace, left, log.names)
        outcome: Answer[R] | Pass[Any, R] = analysis.begin(log.names)
        session = self._started(listener)
        with reporting(session, listener):
            parts = self._distributed(session, log)
            while not isinstance(outcome, Answer):
                outcome = outcome.conclude(parts.state(outcome, cut))
        return outcome.result

    def close(self) -> None:
        """Let the workers forget the log, and stop Spark where this engine started it; the next question starts again."""
        if self._master is None:
            self._release()
        elif self._session is not None:
            from desireline.journeys.engines.spark_session import stop

            stop(self._session)
            self._session = self._log = self._parts = None

    def _opened(
        self, workspace: Workspace, selection: Selection, fields: tuple[str, ...], progress: Progress
    ) -> OpenLog:
        if self._log is None or self._log.chosen != chosen_now(workspace, selection, fields):
            self._release()
            progress.step("finding customers")
            self._log = open_log(workspace, selection, fields, progress=progress)
        return self._log

    def _started(self, progress: Progress) -> SparkSession:
        if self._session is None:
            from desireline.journeys.engines.spark_session import start

            progress.step("starting Spark")
            self._session = start(str(self._master), patience_seconds=self._patience_seconds)
        return self._session

    def _distributed(self, session: SparkSession, log: OpenLog) -> SparkParts:
        if self._parts is None:
            self._parts = distribute(session, log.reader)
        return self._parts

    def _release(self) -> None:
        if self._parts is not None:
            self._parts.release()
        self._log = self._parts = None


def _configured(session: SparkSession) -> SparkSession:
    from desireline.journeys.engines.spark_session import configured

    return configured(session)
