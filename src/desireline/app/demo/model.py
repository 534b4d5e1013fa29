"""What the generator hands back: which files it wrote and where the truth about them lies."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DemoFile:
    """One department's export: the file, the mapping that reads it, and its rows (duplicates included)."""

    path: Path
    mapping: Path
    rows: int


@dataclass(frozen=True)
class DemoFiles:
    """Everything one run wrote; `truth` is the folder that only tests and benchmarks may read."""

    folder: Path
    files: tuple[DemoFile, ...]
    truth: Path
