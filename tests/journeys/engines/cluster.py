"""A standalone Spark cluster on this machine: a master and two workers of one core, on the loopback interface."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

PATIENCE_SECONDS = 60
JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Little runs in each of the Java processes: let them not compile it for speed."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where its master is reached, and the folder with what it and its workers print."""

    address: str
    folder: Path

    def logs(self) -> set[Path]:
        """Of the master, of the workers, and of every executor so far."""
        return {*self.folder.glob("*.log"), *self.folder.rglob("stderr")}


def missing() -> str | None:
    """Why there can be no cluster here."""
    if find_spec("pyspark") is None:
        return "PySpark is not installed"
    return "there is no Java" if shutil.which("java") is None else None


@contextmanager
def running_cluster(folder: Path, *, workers: int = 2) -> Iterator[Cluster]:
    """A cluster as long as the block lasts."""
    port = free_port()
    with ExitStack() as processes:
        processes.enter_context(_process(folder, "master", ["--host", "127.0.0.1", "--port", str(port)]))
        _wait_for(port)
        for number in range(workers):
            options = ["--host", "127.0.0.1", "--cores", "1", "--memory", "2g", "--work-dir", str(folder / "work")]
            processes.enter_context(_process(folder, f"worker {number}", [*options, f"spark://127.0.0.1:{port}"]))
        yield Cluster(f"spark://127.0.0.1:{port}", folder)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _process(folder: Path, name: str, options: list[str]) -> Iterator[None]:
    import pyspark

    home = Path(pyspark.__file__).parent
    part = name.split()[0]
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{part}.{part.title()}", "--webui-port", "0"]
    environment = {
        **os.environ,
        "JAVA_TOOL_OPTIONS": JAVA_OPTIONS,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder / "scratch"),
        "PYSPARK_PYTHON": sys.executable,
    }
    with (folder / f"{name}.log").open("wb") as log:
        running = subprocess.Popen([*command, *options], env=environment, stdout=log, stderr=log)
        try:
            yield
        finally:
            running.terminate()
            running.wait(timeout=PATIENCE_SECONDS)


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return
