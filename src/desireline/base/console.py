"""How commands speak: data on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from desireline.base.progress import Progress, SilentProgress


def print_json(document: Any) -> None:
    """One JSON document on standard output."""
    print(json.dumps(document, ensure_ascii=False))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], *, title: str | None = None) -> None:
    """Rows in aligned columns on standard output; numbers to the right, whole numbers with separators.

    On a terminal long texts are cut to fit; elsewhere nothing is cut.
    """
    cells = [[_text(cell) for cell in row] for row in rows]
    numeric = [bool(rows) and all(isinstance(row[place], int | float) for row in rows) for place in range(len(columns))]
    widths = [
        max(len(name), *(len(line[place]) for line in cells)) if cells else len(name)
        for place, name in enumerate(columns)
    ]
    _fit(widths, numeric)
    if title:
        print(title)
    print(_line(columns, widths, numeric))
    print("  ".join("─" * width for width in widths))
    for line in cells:
        print(_line(line, widths, numeric))


def say(message: str) -> None:
    """A remark on standard error."""
    print(message, file=sys.stderr)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Progress on standard error while the block runs; nothing where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield SilentProgress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _Bars(bars)


class _Bars:
    """One bar that is used for one step after the other."""

    def __init__(self, bars: Any) -> None:
        self._bars = bars
        self._task = bars.add_task("", total=None)

    def step(self, what: str, *, done: int | None = None, total: int | None = None) -> None:
        self._bars.update(self._task, description=what, completed=done or 0, total=total if done is not None else None)


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int):
        return f"{cell:,}"
    if isinstance(cell, float):
        return "–" if cell != cell else f"{cell:,.1f}"
    return "" if cell is None else " ".join(str(cell).split())


def _fit(widths: list[int], numeric: Sequence[bool]) -> None:
    """Narrow the widest text columns until a line fits the terminal."""
    if not sys.stdout.isatty():
        return
    import shutil

    room = shutil.get_terminal_size().columns - 2 * (len(widths) - 1)
    texts = [place for place, number in enumerate(numeric) if not number]
    while texts and sum(widths) > room and max(widths[place] for place in texts) > 12:
        widest = max(texts, key=lambda place: widths[place])
        widths[widest] -= 1


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    shown = [cell if len(cell) <= width else cell[: width - 1] + "…" for cell, width in zip(cells, widths, strict=True)]
    padded = [
        cell.rjust(width) if number else cell.ljust(width)
        for cell, width, number in zip(shown, widths, numeric, strict=True)
    ]
    return "  ".join(padded).rstrip()
