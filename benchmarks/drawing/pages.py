"""The pictures of docs/benchmarks.md, drawn from what was measured."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.drawing.dots import Row, draw_dots
from benchmarks.drawing.lines import Points, draw_lines
from benchmarks.questions import QUESTIONS, TITLES
from benchmarks.results import Answered, Measured
from benchmarks.sizes import size_name

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
NAMES = {
    "desireline": "Desireline",
    "duckdb": "DuckDB",
    "polars": "Polars",
    "chdb": "ClickHouse (chdb)",
    "pandas": "pandas",
    "pm4py": "pm4py",
    "retentioneering": "retentioneering",
}


def draw_full(measured: Sequence[Measured], folder: Path = FOLDER) -> list[Path]:
    """A picture for each size; gives their files."""
    drawn = []
    for size in sorted({each.interactions for each in measured}):
        here = sorted(
            (each for each in measured if each.interactions == size), key=lambda each: [*NAMES].index(each.peer)
        )
        groups = {TITLES[question]: [_row(each, question, here) for each in here] for question in QUESTIONS}
        groups["Reading the Parquet file"] = [_load_row(each) for each in here]
        title = f"{size_name(size)} interactions"
        drawn.append(_write(folder / f"full-{size_name(size)}.svg", draw_dots(title, _subtitle(here), groups)))
    return drawn


def draw_growth(curves: Mapping[str, Points], machine: Mapping[str, object], folder: Path = FOLDER) -> Path:
    """Time against size."""
    drawn = draw_lines("Time against size", f"Slope 1 is linear. {_machine(machine)}", curves)
    return _write(folder / "growth.svg", drawn)


def _subtitle(measured: Sequence[Measured]) -> str:
    hollow = "Hollow: answers another question. " if any(_answers_another(each) for each in measured) else ""
    return f"Warm, medians; × = times Desireline. {hollow}{_machine(measured[0].machine)}"


def _answers_another(measured: Measured) -> bool:
    return any(each.median is not None and _is_another(each) for each in measured.questions.values())


def _is_another(answered: Answered) -> bool:
    return answered.differs is not None or answered.equal is False


def _machine(machine: Mapping[str, object]) -> str:
    return f"{machine['processor']}, {machine['cores']} cores, {machine['date']}"


def _row(measured: Measured, question: str, all_measured: Sequence[Measured]) -> Row:
    name, ours = NAMES[measured.peer], measured.peer == "desireline"
    if measured.load_failed:
        return Row(name, None, f"loading {measured.load_failed}")
    answered = measured.questions[question]
    if answered.median is None:
        return Row(name, None, answered.failed or "", ours=ours)
    if ours:
        return Row(name, statistics.median(_own_runs(all_measured, question)), ours=True)
    note = "" if answered.ratio is None else f"{_ratio(answered.ratio)}×"
    return Row(name, answered.median, note, differs=_is_another(answered))


def _own_runs(measured: Sequence[Measured], question: str) -> list[float]:
    """All runs of Desireline, those beside the others too: ratios are to the runs of one session."""
    asked = [(each.peer, each.questions[question]) for each in measured if question in each.questions]
    return [run for peer, answered in asked for run in (answered.seconds if peer == "desireline" else answered.ours)]


def _load_row(measured: Measured) -> Row:
    name, ours = NAMES[measured.peer], measured.peer == "desireline"
    if measured.load_seconds is None:
        return Row(name, None, str(measured.load_failed), ours=ours)
    return Row(name, measured.load_seconds, f"at most {measured.load_peak_bytes / 1e9:.1f} GB", ours=ours)


def _ratio(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 9.95 else f"{ratio:.1f}"


def _write(path: Path, said: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(said, encoding="utf-8")
    return path
