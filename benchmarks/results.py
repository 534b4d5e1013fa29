"""What was measured, kept as JSON: one entry for each peer and size, replaced when it is measured again."""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "results"
FULL = FOLDER / "full.json"


@dataclass(frozen=True, slots=True)
class Answered:
    """One question to one peer.

    Attributes
    ----------
    seconds
        Every warm run.
    ours
        Every run of Desireline, before and after the peer's.
    first_seconds
        The first run, which is not among the others unless it took so long that it is the only one.
    peak_bytes
        The most memory the peer's process held meanwhile.
    differs
        What the peer answers differently, in words.
    equal
        Whether the answers are the same in all that the peer answers.
    failed
        Why there is no answer.
    """

    seconds: tuple[float, ...] = ()
    ours: tuple[float, ...] = ()
    first_seconds: float | None = None
    peak_bytes: int = 0
    differs: str | None = None
    equal: bool | None = None
    failed: str | None = None

    @property
    def median(self) -> float | None:
        """Seconds of the peer."""
        return statistics.median(self.seconds) if self.seconds else None

    @property
    def ratio(self) -> float | None:
        """How many times as long as Desireline the peer takes, in the same session."""
        return statistics.median(self.seconds) / statistics.median(self.ours) if self.seconds and self.ours else None


@dataclass(frozen=True, slots=True)
class Measured:
    """One peer at one size.

    Attributes
    ----------
    load_seconds, load_peak_bytes
        Reading the Parquet file into the peer's own form.
    load_failed
        Why it could not be read.
    load_average
        Of the machine at the start: what else it had to do.
    """

    peer: str
    interactions: int
    version: str
    date: str
    machine: dict[str, Any]
    load_average: float
    load_seconds: float | None = None
    load_peak_bytes: int = 0
    load_failed: str | None = None
    questions: dict[str, Answered] = field(default_factory=dict)


def read_results(path: Path = FULL) -> dict[tuple[str, int], Measured]:
    """All entries by peer and size; none where nothing was measured yet."""
    if not path.exists():
        return {}
    found = {}
    for entry in json.loads(path.read_text(encoding="utf-8"))["measured"]:
        questions = {name: _answered(said) for name, said in entry.pop("questions").items()}
        measured = Measured(**entry, questions=questions)
        found[measured.peer, measured.interactions] = measured
    return found


def keep_result(measured: Measured, path: Path = FULL) -> None:
    """Put an entry in the place of the one for the same peer and size."""
    entries = {**read_results(path), (measured.peer, measured.interactions): measured}
    ordered = [asdict(entries[key]) for key in sorted(entries, key=lambda key: (key[1], key[0]))]
    write_json({"measured": ordered}, path)


def write_json(said: dict[str, Any], path: Path) -> None:
    """Write a file of results; what was there before stays until the new one is whole."""
    path.parent.mkdir(exist_ok=True)
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    temporary.replace(path)


def _answered(said: dict[str, Any]) -> Answered:
    return Answered(**{**said, "seconds": tuple(said["seconds"]), "ours": tuple(said["ours"])})
