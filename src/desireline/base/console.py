"""How commands speak: data on standard output, everything else on standard error."""

from __future__ import annotations

import json
import math
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from desireline.base.progress import Progress, SilentProgress


def print_json(document: Any) -> None:
    """One JSON document on standard output; a number that is none is ``null``."""
    print(json.dumps(_finite(document), ensure_ascii=False, allow_nan=False))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], *, title: str | None = None) -> None:
    """Rows in aligned columns on standard output; numbers to the right, with separators, a Decimal with the places it has.

    On a terminal long texts are cut to fit; elsewhere nothing is cut.
    """
    cells = [[_text(cell) for cell in row] for row in rows]
    numeric = [_is_numeric([row[place] for row in rows]) for place in range(len(columns))]
    widths = [max(_width(line[place]) for line in [columns, *cells]) for place in range(len(columns))]
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
    if isinstance(cell, int | Decimal):
        return f"{cell:,}"
    if isinstance(cell, float):
        return "–" if cell != cell else f"{cell:,.1f}"
    return "" if cell is None else _plain(" ".join(str(cell).split()))


def _plain(text: str) -> str:
    """Without control characters: what stands in the data must not steer the terminal."""
    return "".join("\ufffd" if unicodedata.category(character) == "Cc" else character for character in text)


def _is_numeric(cells: Sequence[Any]) -> bool:
    known = [cell for cell in cells if cell is not None]
    return bool(known) and all(isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) for cell in known)


def _width(text: str) -> int:
    """The columns that a text takes on a terminal: Chinese characters take two, accents of their own none."""
    if text.isascii():
        return len(text)
    return sum(_columns_of(character) for character in text)


def _columns_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cut(text: str, width: int) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    if _width(text) <= width:
        return text
    kept = text
    while _width(kept) > width - 1:
        kept = kept[:-1]
    return kept + "…"


def _finite(document: Any) -> Any:
    if isinstance(document, dict):
        return {key: _finite(value) for key, value in document.items()}
    if isinstance(document, list | tuple):
        return [_finite(value) for value in document]
    return None if isinstance(document, float) and not math.isfinite(document) else document


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
    padded = []
    for cell, width, number in zip(cells, widths, numeric, strict=True):
        shown = _cut(cell, width)
        blanks = " " * (width - _width(shown))
        padded.append(blanks + shown if number else shown + blanks)
    return "  ".join(padded).rstrip()
