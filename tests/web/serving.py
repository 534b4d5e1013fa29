"""A real server in a process of its own, on loopback."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

PATIENCE_SECONDS = 90


@dataclass(slots=True)
class Server:
    """``desireline serve``, and what it printed so far."""

    process: subprocess.Popen[str]
    address: str
    lines: list[str] = field(default_factory=list)
    reading: Thread = field(init=False)

    def __post_init__(self) -> None:
        self.reading = Thread(target=self._read, daemon=True)
        self.reading.start()

    def stop(self) -> None:
        """Ask it to stop, as Ctrl+C does, and wait until it has."""
        self.process.terminate()
        self._finish()

    def kill(self) -> None:
        """End it without a chance to finish anything."""
        self.process.kill()
        self._finish()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It does nothing meanwhile, as where the network is gone: what is sent to it is neither answered nor refused."""
        os.killpg(self.process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.process.pid, signal.SIGCONT)

    def first_link(self) -> str:
        """The one-time link that it prints where nobody can sign in yet."""
        return self.wait_for(r"http://\S+/link\S*")

    def wait_for(self, pattern: str) -> str:
        """What it printed that fits the pattern, as soon as it is there."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            found = re.search(pattern, "".join(self.lines))
            if found is not None:
                return found.group()
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"the server did not print {pattern}, but:\n{''.join(self.lines)}")

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)

    def _finish(self) -> None:
        self.process.wait(PATIENCE_SECONDS)
        self.reading.join(PATIENCE_SECONDS)
        assert self.process.stdout is not None
        self.process.stdout.close()


def start(workspace: Path, *options: str, port: int | None = None) -> Server:
    """Serve a workspace; returns when it answers."""
    port = port or free_port()
    command = [sys.executable, "-m", "desireline", "serve", "-w", str(workspace), "--port", str(port), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, process_group=0)
    server = Server(process, f"http://127.0.0.1:{port}")
    server.wait_for("Desireline serves")
    _wait_until_it_listens(port)
    return server


@contextmanager
def serving(workspace: Path, *options: str) -> Iterator[Server]:
    """Serve a workspace until the end of the block."""
    server = start(workspace, *options)
    try:
        yield server
    finally:
        server.stop()


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        assert isinstance(port, int)
        return port


def _wait_until_it_listens(port: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            assert time.monotonic() < until, "the server does not listen"
            time.sleep(0.05)
        else:
            return
