"""Paths as rows of boxes, each with a bar that says how many customers take it; the most frequent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desireline.base import Phrase, format_seconds, joined, phrase, tell
from desireline.drawing.markup import Markup, element, number, printable
from desireline.drawing.text import ELLIPSIS, clusters, text_width
from desireline.journeys.pictures.charts import COLOURS, FAINT, FONT, INK, LINES
from desireline.journeys.pictures.figures import and_more, count_text, customers_text, share_text

if TYPE_CHECKING:
    from desireline.journeys.results.common import CommonJourney, CommonJourneys

MOST_ROWS = 20
_MOST_LINES = 3
_SIZE, _SMALL = 12.0, 11.0
_MARGIN = 20.0
_RANK = 30.0
_MOST_FOR_PATHS, _LEAST_FOR_PATHS = 700.0, 300.0
_WIDEST_STEP = 300.0
_STEP_HEIGHT, _LINE, _PADDING, _ARROW = 24.0, 31.0, 9.0, 20.0
_BAR, _BAR_HEIGHT = 150.0, 12.0
_NUMBERS, _COVERED = 215.0, 90.0
_GAP = 28.0
_HEAD = 96.0
_BOX, _BOX_LINE = "#eef3f9", "#bccbdd"


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """A box with its text: ``line`` counts from 0 in its row; ``follows`` says whether an arrow leads to it."""

    text: str
    line: int
    x: float
    width: float
    follows: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of the picture are, in pixels."""

    steps: float
    bar: float
    numbers: float
    right: float

    @property
    def width(self) -> float:
        """Of the whole picture."""
        return self.right + _MARGIN


def draw_common_journeys(common: CommonJourneys) -> str:
    """The first :data:`MOST_ROWS` paths as a whole SVG document."""
    rows = [
        (each, place_steps(each.path or (phrase("(no stage)"),), room=_MOST_FOR_PATHS))
        for each in common.journeys[:MOST_ROWS]
    ]
    columns = _columns([step for _, steps in rows for step in steps])
    heights = [max(step.line for step in steps) * _LINE + _STEP_HEIGHT + 14 for _, steps in rows]
    most = max((each.share.value for each, _ in rows), default=1.0)
    tops = [_HEAD + sum(heights[:place]) for place in range(len(rows))]
    height = _HEAD + sum(heights) + (_MARGIN if rows else 40.0)
    summary = _summary(common, len(rows))
    drawn = [
        _row(place + 1, each, steps, columns, y=top, most=most)
        for place, ((each, steps), top) in enumerate(zip(rows, tops, strict=True))
    ]
    return element(
        "svg",
        element("title", phrase("Common journeys")),
        element("desc", summary),
        element("rect", width=columns.width, height=height, fill="white"),
        _text(phrase("Common journeys"), _MARGIN, 32, size=15.0, weight="bold"),
        _text(summary, _MARGIN, 53, fill=FAINT),
        _heads(columns) if rows else _text(phrase("No interaction fits."), _MARGIN, _HEAD, fill=FAINT),
        *drawn,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(columns.width)} {number(height)}",
        width=round(columns.width),
        height=round(height),
        role="img",
        font_family=FONT,
        font_size=_SIZE,
    )


def place_steps(path: Sequence[str], *, room: float) -> tuple[PlacedStep, ...]:
    """The steps of a path in at most three lines of ``room`` pixels; what does not fit is counted in a last box.

    >>> [(step.text, step.line) for step in place_steps(["Visit", "Order"], room=500)]
    [('Visit', 0), ('Order', 0)]
    """
    placed: list[PlacedStep] = []
    line, x = 0, 0.0
    for place, name in enumerate(path):
        text = _shortened(
            printable(name) or tell(phrase("(no name)")), room=min(_WIDEST_STEP, room - _ARROW) - 2 * _PADDING
        )
        width = text_width(text, size=_SIZE) + 2 * _PADDING
        arrow = _ARROW if placed else 0.0
        if x + arrow + width > room and placed:
            line, x = line + 1, 0.0
        if line == _MOST_LINES:
            return _with_rest(placed, left=len(path) - place, room=room)
        placed.append(PlacedStep(text, line, x + arrow, width, follows=bool(placed)))
        x += arrow + width
    return tuple(placed)


def _with_rest(placed: list[PlacedStep], *, left: int, room: float) -> tuple[PlacedStep, ...]:
    """The last line gives way, step by step, until there is room for how many are left out."""
    while True:
        text = tell(and_more(left))
        width = text_width(text, size=_SIZE) + 2 * _PADDING
        x = placed[-1].x + placed[-1].width + _ARROW if placed else 0.0
        if x + width <= room or not placed:
            line = placed[-1].line if placed else 0
            return (*placed, PlacedStep(text, line, x, width, follows=bool(placed)))
        placed = placed[:-1]
        left += 1


def _shortened(name: str, *, room: float) -> str:
    if text_width(name, size=_SIZE) <= room:
        return name
    kept = clusters(name)
    while kept and text_width("".join(kept) + ELLIPSIS, size=_SIZE) > room:
        kept.pop()
    return "".join(kept).rstrip() + ELLIPSIS


def _summary(common: CommonJourneys, shown: int) -> Phrase:
    paths = phrase(
        "{count} different path" if common.total_paths == 1 else "{count} different paths",
        count=count_text(common.total_paths),
    )
    counted = joined((customers_text(common.total_customers), paths), ", ")
    if not shown:
        return counted
    return phrase(
        "{counted}; the one shown covers {share} of the customers. Direct repeats count once."
        if shown == 1
        else "{counted}; the {shown} shown cover {share} of the customers. Direct repeats count once.",
        counted=counted,
        shown=shown,
        share=share_text(common.journeys[shown - 1].covered),
    )


def _columns(steps: Sequence[PlacedStep]) -> Columns:
    """The paths get as much room as the longest line needs."""
    used = max((step.x + step.width for step in steps), default=0.0)
    bar = _MARGIN + _RANK + max(used, _LEAST_FOR_PATHS) + _GAP
    numbers = bar + _BAR + 10
    return Columns(_MARGIN + _RANK, bar, numbers, numbers + _NUMBERS + _COVERED)


def _heads(columns: Columns) -> Markup:
    y = _HEAD - 14
    return element(
        "g",
        _text(phrase("path"), columns.steps, y, fill=FAINT, size=_SMALL),
        _text(
            phrase("customers, their share with 95 % interval; median time"), columns.bar, y, fill=FAINT, size=_SMALL
        ),
        _text(phrase("covered so far"), columns.right, y, fill=FAINT, size=_SMALL, anchor="end"),
    )


def _row(
    rank: int, each: CommonJourney, steps: Sequence[PlacedStep], columns: Columns, *, y: float, most: float
) -> Markup:
    middle = y + _STEP_HEIGHT / 2
    share = each.share
    counts = joined((count_text(each.customers), share_text(share.value)), " · ")
    interval = phrase(
        "{low} to {high}; {time}",
        low=share_text(share.low),
        high=share_text(share.high),
        time=format_seconds(each.median_seconds),
    )
    return element(
        "g",
        element(
            "title",
            phrase("{path}: {counts} of customers ({interval})", path=each.text, counts=counts, interval=interval),
        ),
        element("path", d=f"M{number(_MARGIN)},{number(y - 7)}H{number(columns.right)}", stroke=LINES),
        _text(f"{rank}", columns.steps - 10, middle + 4, fill=FAINT, anchor="end"),
        *(_step(step, x=columns.steps, y=y) for step in steps),
        element(
            "rect",
            x=columns.bar,
            y=middle - _BAR_HEIGHT / 2,
            width=max(1.0, _BAR * share.value / most),
            height=_BAR_HEIGHT,
            fill=COLOURS[0],
        ),
        _text(counts, columns.numbers, middle - 3, weight="600"),
        _text(interval, columns.numbers, middle + 12, fill=FAINT, size=_SMALL),
        _text(share_text(each.covered), columns.right, middle + 4, anchor="end"),
    )


def _step(step: PlacedStep, *, x: float, y: float) -> Markup:
    left, top = x + step.x, y + step.line * _LINE
    middle = top + _STEP_HEIGHT / 2
    tip = left - 4
    arrow = f"M{number(tip - 11)},{number(middle)}H{number(tip)}m-4,-3.5l4,3.5l-4,3.5"
    return element(
        "g",
        element("path", d=arrow, stroke=FAINT, fill="none", stroke_width=1.3) if step.follows else None,
        element("rect", x=left, y=top, width=step.width, height=_STEP_HEIGHT, rx=6.0, fill=_BOX, stroke=_BOX_LINE),
        _text(step.text, left + step.width / 2, middle + 4, anchor="middle"),
    )


def _text(
    text: str,
    x: float,
    y: float,
    *,
    fill: str = INK,
    size: float | None = None,
    weight: str | None = None,
    anchor: str | None = None,
) -> Markup:
    return element("text", text, x=x, y=y, fill=fill, font_size=size, font_weight=weight, text_anchor=anchor)
