"""An environment for each peer, from its pinned requirements; made once, made again when the requirements change."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

PEERS = Path(__file__).parent / "peers"
FOLDER = PEERS / ".environments"


def python_of(peer: str) -> Path:
    """The interpreter of a peer's environment, which is made where it is missing."""
    if peer == "desireline":
        return Path(sys.executable)
    environment = FOLDER / peer
    requirements = PEERS / f"{peer}.txt"
    installed = environment / "installed.txt"
    if not installed.exists() or installed.read_text() != requirements.read_text():
        print(f"making the environment of {peer}", file=sys.stderr, flush=True)
        _make(environment, requirements)
        shutil.copy(requirements, installed)
    return environment / "bin" / "python"


def _make(environment: Path, requirements: Path) -> None:
    python = environment / "bin" / "python"
    if find_spec("uv") is not None:
        uv = [sys.executable, "-m", "uv"]
        _run([*uv, "venv", "--clear", "--python", sys.executable, str(environment)])
        _run([*uv, "pip", "install", "--python", str(python), "--requirement", str(requirements)])
        return
    _run([sys.executable, "-m", "venv", "--clear", str(environment)])
    _run([str(python), "-m", "pip", "install", "--disable-pip-version-check", "--requirement", str(requirements)])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
