"""The process of a peer: takes orders as lines of JSON, answers each with a line of JSON.

    python -m benchmarks.peers.serve polars

Runs under the peer's interpreter; imports nothing but the peer's module.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any


def main() -> None:
    """Serve until the input ends. What the peer prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    peer = importlib.import_module(f"benchmarks.peers.{sys.argv[1]}")
    log: Any = None
    for line in sys.stdin:
        order = json.loads(line)
        said: dict[str, Any] = {}
        try:
            if order["do"] == "about":
                said["result"] = {"questions": [name for name in order["of"] if hasattr(peer, name)], **_words(peer)}
            elif order["do"] == "load":
                said["seconds"], log = _timed(partial(peer.load, Path(order["path"]), Path(order["folder"])))
            else:
                said["seconds"], said["result"] = _timed(partial(getattr(peer, order["do"]), log))
        except Exception as error:  # noqa: BLE001 whatever a peer raises is its answer
            traceback.print_exc()
            said["error"] = f"{type(error).__name__}: {error}"
        answers.write(json.dumps(said) + "\n")
        answers.flush()


def _words(peer: Any) -> dict[str, Any]:
    return {
        "version": peer.version(),
        "differs": getattr(peer, "DIFFERS", {}),
        "tolerances": getattr(peer, "TOLERANCES", {}),
    }


def _timed(run: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = run()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    main()
