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

from desireline.base.progress import Progress

_READABLE, _NARROWEST = 20, 12
"""So wide names stay where columns may follow below, and in any case."""


def print_json(document: Any) -> None:
    """One JSON document on standard output; a number that is none is ``null``."""
    print(json.dumps(_finite(document), ensure_ascii=False, allow_nan=False))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], *, title: str | None = None) -> None:
    """Rows in aligned columns on standard output; numbers to the right, with separators, a Decimal with the places it has.

    On a terminal names are cut to fit, figures never: columns that do not fit follow below, with the first one again, or two that
    tell rows apart. Elsewhere nothing is cut.
    """
    cells = [[_text(cell) for cell in row] for row in rows]
    numeric = [_is_numeric([row[place] for row in rows]) for place in range(len(columns))]
    widths = [max(_width(line[place]) for line in [columns, *cells]) for place in range(len(columns))]
    if title:
        print(title)
    for number, places in enumerate(_blocks(widths, _are_names(cells, len(columns)), _keys(cells))):
        if number:
            print()
        shown = [widths[place] for place in places], [numeric[place] for place in places]
        print(_line([columns[place] for place in places], *shown))
        print("  ".join("─" * width for width in shown[0]))
        for line in cells:
            print(_line([line[place] for place in places], *shown))


def one_line(text: object) -> str:
    """A text on one line and without control characters: what stands in the data must not steer the terminal."""
    return _plain(" ".join(str(text).split()))


def say(message: str) -> None:
    """A remark on standard error."""
    print(message, file=sys.stderr)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Progress on standard error while the block runs, and notes; only notes where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield _Notes()
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


class _Notes:
    """Says every note once."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def step(self, what: str, *, done: int | None = None, total: int | None = None) -> None:
        """Do nothing."""

    def note(self, what: str) -> None:
        """Say it, unless it has been said."""
        if what not in self._said:
            self._said.add(what)
            say(f"note: {_plain(what)}")


class _Bars(_Notes):
    """One bar that is used for one step after the other."""

    def __init__(self, bars: Any) -> None:
        super().__init__()
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


def _are_names(cells: Sequence[Sequence[str]], columns: int) -> list[bool]:
    """Which columns hold names, and no figures such as ``12.5% of 8``."""
    return [any(line[place] and line[place][0].isalpha() for line in cells) for place in range(columns)]


def _keys(cells: Sequence[Sequence[str]]) -> int:
    """How many of the first columns tell rows apart: one, or two where one does not."""
    firsts = {line[0] for line in cells}
    return 2 if len(firsts) < len(cells) == len({tuple(line[:2]) for line in cells}) else 1


def _blocks(widths: list[int], names: Sequence[bool], keys: int) -> list[list[int]]:
    """The columns that stand side by side: all, unless standard output is a terminal that is too narrow. Names are narrowed first."""
    everything = list(range(len(widths)))
    if not sys.stdout.isatty():
        return [everything]
    import shutil

    room = shutil.get_terminal_size().columns
    cut = [place for place in everything if names[place]]
    _narrow(widths, cut, everything, room, least=_READABLE)
    first = everything[:keys]
    for place in everything[keys:]:
        _narrow(widths, cut, [*first, place], room, least=_NARROWEST)
    blocks = [first]
    for place in everything[keys:]:
        if len(blocks[-1]) > keys and _needed(widths, [*blocks[-1], place]) > room:
            blocks.append(first)
        blocks[-1] = [*blocks[-1], place]
    return blocks


def _narrow(widths: list[int], cut: Sequence[int], places: Sequence[int], room: int, *, least: int) -> None:
    """Narrow columns that may be cut until those at some places fit, the widest first."""
    while _needed(widths, places) > room:
        widest = max((place for place in places if place in cut), key=lambda place: widths[place], default=None)
        if widest is None or widths[widest] <= least:
            return
        widths[widest] -= 1


def _needed(widths: Sequence[int], places: Sequence[int]) -> int:
    return sum(widths[place] for place in places) + 2 * (len(places) - 1)


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = []
    for cell, width, number in zip(cells, widths, numeric, strict=True):
        shown = _cut(cell, width)
        blanks = " " * (width - _width(shown))
        padded.append(blanks + shown if number else shown + blanks)
    return "  ".join(padded).rstrip()
