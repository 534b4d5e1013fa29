"""``make bench-full``: Desireline beside what people use, at 1, 10 and 100 million interactions.

    python -m benchmarks.full --sizes 1M,10M --peers duckdb,polars --runs 5

Each peer has a process and an environment of its own and reads the same Parquet file into its best form. Then each
question is asked: Desireline, the peer, Desireline again, so that both have the same machine. What was measured is kept in
``benchmarks/results/full.json`` after each peer and size, and not measured again unless ``--again`` is said.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.answers import difference
from benchmarks.data import FOLDER, interaction_file
from benchmarks.drawing.pages import draw_full
from benchmarks.environments import python_of
from benchmarks.machine import describe_machine, load_average
from benchmarks.processes import PeerFailed, PeerProcess
from benchmarks.questions import QUESTIONS, TITLES
from benchmarks.results import FULL, Answered, Measured, keep_result, read_results
from benchmarks.sizes import read_sizes, size_name
from desireline.base.console import print_table

PEERS = ("desireline", "duckdb", "polars", "chdb", "pandas", "pm4py", "retentioneering")
ENOUGH_SECONDS = 120.0
_FILE_SECONDS = 1.5
_SECONDS_PER_MILLION = {
    "desireline": (2.0, 0.05),
    "duckdb": (0.8, 0.5),
    "polars": (0.6, 0.3),
    "chdb": (1.6, 0.3),
    "pandas": (1.6, 0.8),
    "pm4py": (1.5, 6.0),
    "retentioneering": (3.5, 18.0),
}


def main() -> None:
    """Measure what is not known yet, print and draw everything that is."""
    arguments = _arguments()
    known = {} if arguments.again else read_results()
    plan = [(size, peer) for size in arguments.sizes for peer in arguments.peers if (peer, size) not in known]
    minutes = sum(estimate(peer, size, runs=arguments.runs) for size, peer in plan) / 60
    minutes += sum(size for size in {size for size, _ in plan} if not _file(size).exists()) / 1e6 * _FILE_SECONDS / 60
    _say(f"{len(plan)} of {len(arguments.sizes) * len(arguments.peers)} to measure, {minutes:.0f} minutes")
    if arguments.estimate:
        return
    for size, peer in plan:
        python_of(peer)
        keep_result(measure(peer, size, runs=arguments.runs))
    measured = list(read_results().values())
    for size in arguments.sizes:
        _print(size, [each for each in measured if each.interactions == size])
    for path in draw_full(measured):
        _say(f"drawn: {path}")
    _say(f"kept: {FULL}")


def estimate(peer: str, size: int, *, runs: int) -> float:
    """About how many seconds a peer takes, its load and everything it is asked included."""
    load, once = (size / 1e6 * seconds for seconds in _SECONDS_PER_MILLION[peer])
    each = once / len(QUESTIONS)
    own = size / 1e6 * _SECONDS_PER_MILLION["desireline"][1] * (runs + 2)
    return load + own + len(QUESTIONS) * min(each * (runs + 1), max(ENOUGH_SECONDS, each))


def measure(peer: str, size: int, *, runs: int) -> Measured:
    """Load and ask one peer at one size."""
    path = interaction_file(size)
    about: dict[str, Any] = {
        "peer": peer,
        "interactions": size,
        "version": peer,
        "date": datetime.now(UTC).date().isoformat(),
        "machine": describe_machine(),
        "load_average": load_average(),
    }
    _say(f"\n{peer}, {size_name(size)} interactions")
    if peer == "desireline":
        return Measured(**{**about, **_measure_ourselves(path, size, runs)})
    with Desireline(path, size) as ours, TemporaryDirectory(dir=FOLDER) as folder:
        theirs = Peer(peer, path, Path(folder))
        try:
            return Measured(**{**about, **theirs.loaded(), "questions": dict(_asked(ours, theirs, runs))})
        except PeerFailed as failure:
            _say(f"  load: {failure}")
            return Measured(**{**about, "version": theirs.version, "load_failed": str(failure)})
        finally:
            theirs.end()


def workspace_folder(size: int) -> Path:
    """Where Desireline's workspace of a size is kept for the next peer."""
    return FOLDER / "workspaces" / size_name(size)


class Desireline:
    """Desireline's process over the workspace of a size; a context manager."""

    def __init__(self, path: Path, size: int) -> None:
        self._order = {"path": str(path), "folder": str(workspace_folder(size))}
        workspace_folder(size).mkdir(parents=True, exist_ok=True)
        self._process = PeerProcess("desireline")
        self._answers: dict[str, Any] = {}

    def __enter__(self) -> Desireline:
        self._process.ask("load", **self._order)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.__exit__()

    def answer(self, question: str) -> Any:
        """The answer; the first one also warms up."""
        if question not in self._answers:
            self._answers[question] = self._process.ask(question).result
        return self._answers[question]

    def seconds(self, question: str, runs: int) -> tuple[float, ...]:
        """Warm runs."""
        return tuple(self._process.ask(question).seconds for _ in range(runs))


class Peer:
    """A peer's process; it is started and loaded again after it went over a limit."""

    def __init__(self, name: str, path: Path, folder: Path) -> None:
        self.name = name
        self.version = name
        self._path = path
        self._folder = folder
        self._process: PeerProcess | None = None

    def loaded(self) -> dict[str, Any]:
        """Start it and let it read the file; what it said about itself and how long it took.

        Raises
        ------
        PeerFailed
            It cannot.
        """
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        self._process = PeerProcess(self.name)
        about = self._process.ask("about", of=QUESTIONS).result
        self.version, self.questions = about["version"], about["questions"]
        self.differs, self.tolerances = about["differs"], about["tolerances"]
        reply = self._process.ask("load", path=str(self._path), folder=str(self._folder))
        _say(f"  load: {reply.seconds:.2f} s, {reply.peak_bytes / 1e9:.2f} GB")
        return {"version": self.version, "load_seconds": reply.seconds, "load_peak_bytes": reply.peak_bytes}

    def process(self) -> PeerProcess:
        """The process, loaded."""
        if self._process is None:
            self.loaded()
        assert self._process is not None
        return self._process

    def end(self) -> None:
        """End the process; the next question starts another."""
        if self._process is not None:
            self._process.__exit__()
            self._process = None


@dataclass(slots=True)
class _Runs:
    """The first run and the warm ones of a question."""

    first: float
    seconds: list[float]
    peak: int
    result: Any


def _asked(ours: Desireline, theirs: Peer, runs: int) -> Iterator[tuple[str, Answered]]:
    for question in QUESTIONS:
        answered = _ask(ours, theirs, question, runs)
        _say(f"  {TITLES[question]}: {_summary(answered)}")
        yield question, answered


def _ask(ours: Desireline, theirs: Peer, question: str, runs: int) -> Answered:
    differs = theirs.differs.get(question)
    if question not in theirs.questions:
        return Answered(failed="has no such question")
    expected = ours.answer(question)
    before = ours.seconds(question, -(-runs // 2))
    try:
        found = _run(theirs.process(), question, runs)
    except PeerFailed as failure:
        theirs.end()
        return Answered(differs=differs, failed=str(failure))
    after = ours.seconds(question, -(-runs // 2))
    wrong = difference(question, expected, found.result, tolerance=theirs.tolerances.get(question, 0.0))
    if wrong:
        differs = f"{differs}; {wrong}" if differs else wrong
    return Answered(tuple(found.seconds), before + after, found.first, found.peak, differs, wrong is None)


def _run(process: PeerProcess, question: str, runs: int) -> _Runs:
    """Ask once, then again so often, or until it was enough."""
    reply = process.ask(question)
    found = _Runs(reply.seconds, [], reply.peak_bytes, reply.result)
    while len(found.seconds) < runs and found.first + sum(found.seconds) < ENOUGH_SECONDS:
        reply = process.ask(question)
        found.seconds.append(reply.seconds)
        found.peak = max(found.peak, reply.peak_bytes)
    found.seconds = found.seconds or [found.first]
    return found


def _measure_ourselves(path: Path, size: int, runs: int) -> dict[str, Any]:
    """Import into a new workspace, which stays for the peers, then ask in a process that only asks."""
    shutil.rmtree(workspace_folder(size), ignore_errors=True)
    workspace_folder(size).mkdir(parents=True)
    order = {"path": str(path), "folder": str(workspace_folder(size))}
    with PeerProcess("desireline") as importing:
        version = importing.ask("about", of=QUESTIONS).result["version"]
        load = importing.ask("load", **order)
    _say(f"  import and index: {load.seconds:.2f} s, {load.peak_bytes / 1e9:.2f} GB")
    questions = {}
    with PeerProcess("desireline") as asking:
        asking.ask("load", **order)
        for question in QUESTIONS:
            found = _run(asking, question, runs)
            questions[question] = Answered(tuple(found.seconds), (), found.first, found.peak, None, True)
            _say(f"  {TITLES[question]}: {_summary(questions[question])}")
    return {
        "version": version,
        "load_seconds": load.seconds,
        "load_peak_bytes": load.peak_bytes,
        "questions": questions,
    }


def _file(size: int) -> Path:
    return FOLDER / f"interactions-{size}-1.parquet"


def _summary(answered: Answered) -> str:
    if answered.median is None:
        return str(answered.failed)
    text = f"{answered.median:.3f} s"
    if answered.ratio is not None:
        text += f", {answered.ratio:.1f} times Desireline's {statistics.median(answered.ours):.3f} s"
    if answered.equal is False:
        text += f"; DIFFERS: {answered.differs}"
    return text


def _print(size: int, measured: list[Measured]) -> None:
    order = sorted(measured, key=lambda each: PEERS.index(each.peer))
    rows = [
        [each.version, _load(each), *(_cell(each.questions.get(question)) for question in QUESTIONS)] for each in order
    ]
    print()
    print_table(
        ["seconds (and times Desireline)", "load", *QUESTIONS],
        rows,
        title=f"{size_name(size)} interactions, warm, medians",
    )


def _load(measured: Measured) -> str:
    return "–" if measured.load_seconds is None else f"{measured.load_seconds:.1f}"


def _cell(answered: Answered | None) -> str:
    if answered is None or answered.median is None:
        return "–"
    ratio = "" if answered.ratio is None else f" ({answered.ratio:.1f})"
    return f"{answered.median:.3f}{ratio}{'' if answered.equal and not answered.differs else ' *'}"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=read_sizes, default=read_sizes("1M,10M,100M"))
    parser.add_argument("--peers", type=_read_peers, default=list(PEERS))
    parser.add_argument("--runs", type=int, default=5, help="warm runs of each question")
    parser.add_argument("--again", action="store_true", help="measure also what is known")
    parser.add_argument("--estimate", action="store_true", help="only say how long it would take")
    return parser.parse_args()


def _read_peers(text: str) -> list[str]:
    chosen = [each.strip() for each in text.split(",")]
    unknown = [each for each in chosen if each not in PEERS]
    if unknown:
        raise SystemExit(f"expected peers of {', '.join(PEERS)}; got {', '.join(unknown)}")
    return [peer for peer in PEERS if peer in chosen]


if __name__ == "__main__":
    main()
