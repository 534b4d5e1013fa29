"""Compiling what questions need beside a server that has just started, so that the first questions need not wait for it."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from litestar import Litestar

from desireline.journeys.warming import is_warm

COMMAND = (sys.executable, "-m", "desireline.app.warming")
_LOOK_SECONDS = 0.5
_PATIENCE_SECONDS = 2
_log = logging.getLogger("desireline.server")


class CompilingBeside:
    """Compiles the kernels in a process of its own, which takes only what nobody else wants of the processors.

    Where everything is compiled already, which is noted beside the machine code, it does nothing.
    """

    def __init__(self, *, command: Sequence[str] = COMMAND, is_done: Callable[[], bool] = is_warm) -> None:
        self._command = tuple(command)
        self._is_done = is_done
        self._over = asyncio.Event()

    async def wait(self) -> None:
        """Until everything is compiled, or cannot be."""
        await self._over.wait()

    @asynccontextmanager
    async def lifespan(self, application: Litestar) -> AsyncIterator[None]:
        """From the start of the application; what is not compiled at its end is left for the next time."""
        if self._is_done():
            self._over.set()
            yield
            return
        process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        watching = asyncio.create_task(self._watch(process))
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.to_thread(_end, process)

    async def _watch(self, process: subprocess.Popen[bytes]) -> None:
        began = time.monotonic()
        _log.info("Compiling what questions need, beside the server; the first ones take longer until it is done")
        while process.poll() is None:
            await asyncio.sleep(_LOOK_SECONDS)
        if process.returncode == 0:
            _log.info("Compiled what questions need, in %.0f s", time.monotonic() - began)
        else:
            _log.warning("What questions need was not compiled: each takes longer the first time it is asked")
        self._over.set()


def _end(process: subprocess.Popen[bytes]) -> None:
    """It ends by itself when its input is closed, and removes what it made."""
    assert process.stdin is not None
    with suppress(OSError):
        process.stdin.close()
    try:
        process.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
