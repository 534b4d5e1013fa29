"""Starting and stopping Spark, and saying in a line or two what went wrong there.

What the Java side prints is kept in a temporary file: nobody reads it unless Spark cannot start.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import IO, TYPE_CHECKING, Any

from desireline.base import EngineError, Progress

if TYPE_CHECKING:
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

_NOT_INSTALLED = 'pip install "desireline[spark]"'
_NO_JAVA = "install a Java 17 runtime (Debian: apt-get install openjdk-17-jre-headless), or set JAVA_HOME"
_NO_EXECUTOR = "does it have workers, and have they memory and processors left? It gives one executor to each worker"
_NO_FOLDER = "the folder of the workspace has to be at the same path on every worker, or its log have a mirror"
_NO_MIRROR = "every worker has to reach the mirror of the log, with the keys of the machine that asks or with its own"
_CONNECT_SECONDS = 5.0
_END_SECONDS = 30.0
_TELLING = (
    "All masters are unresponsive",
    "JAVA_HOME",
    "UnsupportedClassVersionError",
    r"\w+(Error|Exception): ",
    "Error",
)
_LOG_PREFIX = re.compile(r"^\d\d/\d\d/\d\d \d\d:\d\d:\d\d [A-Z]+ ")
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.executorEnv.NUMBA_NUM_THREADS": "1",
}
_SESSION_SETTINGS = {
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.execution.arrow.maxBytesPerBatch": str(64 << 20),
}


def start(master: str, *, patience_seconds: float) -> SparkSession:
    """Start Spark.

    Parameters
    ----------
    master
        ``spark://host:port``, ``local[2]``.
    patience_seconds
        How long to wait for the first executor.

    Raises
    ------
    EngineError
        PySpark or Java is not installed, the master cannot be reached, or it gives no executor.
    """
    _check_installed()
    _check_master(master)
    _check_java()
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    if SparkContext._active_spark_context is not None:
        raise EngineError(
            "Spark is started in this process already", hint="give the open session: SparkEngine(session=…)"
        )
    with tempfile.TemporaryFile() as printed, _without_remarks_on_pandas():
        try:
            context = _start_context(_configuration(master), printed)
            session = configured(SparkSession(context))
            if master.startswith("spark://"):
                _wait_for_executors(context, master, patience_seconds)
        except Exception as error:
            _end_java()
            if isinstance(error, EngineError):
                raise
            raise EngineError(f"Spark cannot start with the master {master}: {_reason(printed, error)}") from error
    return session


def configured(session: SparkSession) -> SparkSession:
    """A session of the same Spark with the settings that analyses need; those of the given one stay as they are."""
    own = session.newSession()
    for name, value in _SESSION_SETTINGS.items():
        own.conf.set(name, value)
    return own


def stop(session: SparkSession) -> None:
    """Stop Spark, and the Java process with it."""
    session.stop()
    _end_java()


@contextmanager
def reporting(session: SparkSession, progress: Progress) -> Iterator[None]:
    """Tell how far Spark is while the block runs, and say in short what fails in it.

    Raises
    ------
    EngineError
        Spark or a task failed.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    with _without_remarks_on_pandas(), _watching(session.sparkContext, progress):
        try:
            yield
        except (PySparkException, Py4JError) as error:
            raise _failure(str(error)) from error


def _check_installed() -> None:
    try:
        with _without_remarks_on_pandas():
            import pandas  # noqa: F401  (PySpark asks for it)
            import pyspark.sql  # noqa: F401
    except ImportError as error:
        raise EngineError(f"the engine spark needs {error.name}", hint=_NOT_INSTALLED) from error


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=None if home is None else str(Path(home) / "bin"))
    if java is None:
        where = "on the path" if home is None else f"in JAVA_HOME ({home})"
        raise EngineError(f"the engine spark needs Java, and there is none {where}", hint=_NO_JAVA)


def _check_master(master: str) -> None:
    """Spark itself would try for a minute and then say something else."""
    if not master.startswith("spark://"):
        return
    failed = []
    for address in master.removeprefix("spark://").split(","):
        host, _, port = address.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=_CONNECT_SECONDS).close()
        except OSError as error:
            failed.append(f"{address}: {error.strerror or error}")
        else:
            return
    raise EngineError(
        f"the Spark master {master} cannot be reached ({'; '.join(failed)})",
        hint="is it running, and is this the address that it shows on its page?",
    )


def _configuration(master: str) -> SparkConf:
    from pyspark import SparkConf

    configuration = SparkConf().setMaster(master).setAppName("desireline").setAll(list(_SETTINGS.items()))
    configuration.set("spark.sql.warehouse.dir", str(Path(tempfile.gettempdir()) / "desireline-spark-warehouse"))
    if not master.startswith("spark://") or re.match(r"spark://(127\.|localhost|\[::1\])", master):
        for name in ("spark.driver.host", "spark.driver.bindAddress"):
            configuration.setIfMissing(name, "127.0.0.1")
    return configuration


def _start_context(configuration: SparkConf, printed: IO[bytes]) -> SparkContext:
    from pyspark import SparkContext
    from pyspark.java_gateway import launch_gateway

    launch: Any = launch_gateway
    gateway = launch(configuration, {"stdout": printed, "stderr": printed})
    context = SparkContext(conf=configuration, gateway=gateway)
    context.pythonExec = os.environ.get("PYSPARK_PYTHON", sys.executable)
    return context


def _wait_for_executors(context: SparkContext, master: str, patience_seconds: float) -> None:
    """A master without free workers lets its applications wait for ever."""
    scala: Any = context._jsc.sc()
    end = time.monotonic() + patience_seconds
    while len(scala.statusTracker().getExecutorInfos()) < 2:  # the first one is the driver
        if scala.isStopped():
            raise EngineError(f"the Spark master {master} did not accept the application")
        if time.monotonic() > end:
            raise EngineError(
                f"the Spark master {master} gave no executor within {patience_seconds:g} seconds", hint=_NO_EXECUTOR
            )
        time.sleep(0.1)


def _end_java() -> None:
    """End the Java process that a context leaves behind for the next one, which may want other settings."""
    from pyspark import SparkContext

    if SparkContext._active_spark_context is not None:
        SparkContext._active_spark_context.stop()
    gateway: Any = SparkContext._gateway
    SparkContext._gateway = SparkContext._jvm = None
    if gateway is None or gateway.proc is None:
        return
    gateway.shutdown()
    gateway.proc.stdin.close()
    try:
        gateway.proc.wait(timeout=_END_SECONDS)
    except subprocess.TimeoutExpired:
        gateway.proc.kill()
        gateway.proc.wait()


def _reason(printed: IO[bytes], error: Exception) -> str:
    """The line that says why: the most telling one that Spark printed, else what Python knows."""
    printed.seek(0)
    lines = [_LOG_PREFIX.sub("", line.strip()) for line in printed.read().decode(errors="replace").splitlines()]
    telling = (line for pattern in _TELLING for line in lines if re.search(pattern, line))
    return next(telling, str(error).splitlines()[0])


def _failure(message: str) -> EngineError:
    """What a task raised, as its last line says it; of what Java raised, the first."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    raised = [line for line in lines if re.match(r"[\w.]+(Error|Exception|Interrupt)\b", line)]
    told = (raised or lines or ["no reason given"])[-1 if "Traceback" in message else 0]
    told = re.sub(r"^desireline[\w.]*Error: ", "", told)
    hint = None
    if "No module named" in told:
        hint = (
            "install desireline with the extra spark for the Python of every worker; PYSPARK_PYTHON names that Python"
        )
    elif "FileNotFoundError" in told or "No such file" in told:
        hint = _NO_FOLDER
    elif "AWS Error" in told:
        hint = _NO_MIRROR
    return EngineError(f"Spark could not finish: {told}", hint=hint)


@contextmanager
def _without_remarks_on_pandas() -> Iterator[None]:
    """PySpark remarks on every pandas that is newer than itself; nothing here goes through pandas."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
        yield


@contextmanager
def _watching(context: SparkContext, progress: Progress) -> Iterator[None]:
    """Tell twice a second how many tasks of the running stage are done."""
    over = Event()

    def watch() -> None:
        while not over.wait(0.5):
            with suppress(Exception):
                _tell(context, progress)

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _tell(context: SparkContext, progress: Progress) -> None:
    tracker = context.statusTracker()
    for number in tracker.getActiveStageIds():
        stage = tracker.getStageInfo(number)
        if stage is not None:
            progress.step(f"Spark, stage {number + 1}", done=stage.numCompletedTasks, total=stage.numTasks)
