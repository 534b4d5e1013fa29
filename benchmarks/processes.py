"""A peer's process: started with its own interpreter, asked by lines of JSON, watched for time and memory.

Reads ``/proc``, so it needs Linux.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from benchmarks.environments import python_of

ROOT = Path(__file__).parents[1]
SECONDS = 600
MEMORY = 16 * 10**9
_PAUSE = 0.1


class PeerFailed(Exception):
    """A peer could not answer; the text says why."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a peer answered, how long it took by its own clock, and the most memory it held meanwhile, in bytes."""

    seconds: float
    result: Any
    peak_bytes: int


class PeerProcess:
    """A peer that waits for questions; a context manager that ends it."""

    def __init__(self, peer: str, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        if not sys.platform.startswith("linux"):
            raise SystemExit("measuring the memory of another process reads /proc: expected Linux")
        self.peer = peer
        self._seconds = seconds
        self._memory = memory
        self._errors = TemporaryFile("w+", errors="replace")  # noqa: SIM115 open as long as the process
        command = [str(python_of(peer)), "-m", "benchmarks.peers.serve", peer]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, text=True
        )

    def __enter__(self) -> PeerProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self._kill()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()

    def ask(self, what: str, **more: Any) -> Reply:
        """Give an order and wait for the answer.

        Raises
        ------
        PeerFailed
            The peer raised, or it ended, or went over the limit of time or memory and was ended.
        """
        assert self._process.stdin is not None
        if self._process.poll() is not None:
            raise PeerFailed(self._last_words())
        self._forget_peak()
        try:
            self._process.stdin.write(json.dumps({"do": what, **more}) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise PeerFailed(self._last_words()) from error
        line, peak = self._wait()
        said = json.loads(line)
        if "error" in said:
            raise PeerFailed(said["error"])
        return Reply(said.get("seconds", 0.0), said.get("result"), peak)

    def _wait(self) -> tuple[str, int]:
        lines: list[str] = []
        answers = self._process.stdout
        assert answers is not None
        reader = threading.Thread(target=lambda: lines.append(answers.readline()), daemon=True)
        reader.start()
        start = time.monotonic()
        peak = 0
        while reader.is_alive():
            reader.join(_PAUSE)
            peak = max(peak, self._peak())
            if peak > self._memory:
                self._kill()
                raise PeerFailed(f"took more than {self._memory / 1e9:.0f} GB of memory")
            if time.monotonic() - start > self._seconds:
                self._kill()
                raise PeerFailed(f"took more than {self._seconds / 60:.0f} minutes")
        if not lines or not lines[0]:
            raise PeerFailed(self._last_words())
        return lines[0], max(peak, self._peak())

    def _kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def _last_words(self) -> str:
        self._process.wait()
        self._errors.seek(0)
        said = self._errors.read().strip().splitlines()
        return f"ended with status {self._process.returncode}: {said[-1] if said else 'nothing was said'}"

    def _forget_peak(self) -> None:
        """Let the kernel count the most memory held anew."""
        try:
            Path(f"/proc/{self._process.pid}/clear_refs").write_text("5")
        except OSError:
            return

    def _peak(self) -> int:
        try:
            status = Path(f"/proc/{self._process.pid}/status").read_text()
        except OSError:
            return 0
        found = [line for line in status.splitlines() if line.startswith("VmHWM:")]
        return int(found[0].split()[1]) * 1024 if found else 0
