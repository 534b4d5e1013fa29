"""Sources along one line of time: how many interactions each had, and where it should have had some and has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desireline.app.report.words import counted, date_text
from desireline.journeys.pictures import Markup, element, printable
from desireline.sources import SourceQuality
from desireline.sources.quality import newest_day
from desireline.sources.rhythm import Gap

_DAY = timedelta(days=1)
_MOST_COLUMNS = 240
_WIDTH, _HEIGHT = 1000.0, 40.0
_NARROWEST = 5.0
_MOST_TICKS = 4


@dataclass(frozen=True, slots=True)
class TimeLine:
    """The days that all strips show, how many of them make one column, and the day on which the record ends."""

    first: date
    last: date
    step: int
    ends: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def place(self, day: date) -> float:
        """Where a day begins, in units of the picture."""
        return _WIDTH * min(self.days, max(0, (day - self.first).days)) / self.days


def time_line(sources: Sequence[SourceQuality]) -> TimeLine | None:
    """From the first to the last day on which any source has interactions; ``None`` where none has."""
    days = [each.day for source in sources for each in (*source.days[:1], *source.days[-1:])]
    if not days:
        return None
    first, last = min(days), max(days)
    return TimeLine(first, last, -(-((last - first).days + 1) // _MOST_COLUMNS), newest_day(sources) or last)


def strip(source: SourceQuality, line: TimeLine, *, ident: str) -> Markup:
    """The interactions of a source by day, on a scale of its own; gaps are marked.

    Parameters
    ----------
    ident
        An id for the title, unique on the page.
    """
    silence = [source.silence] if source.silence is not None and source.fell_silent(line.ends) else []
    gaps = [*source.gaps, *silence]
    return element(
        "svg",
        element("title", _title(source, gaps), id=ident),
        *(_gap(gap, line) for gap in gaps),
        element("path", d=_outline(source, line), class_="days"),
        element("path", d=f"M0,{_HEIGHT}H{_WIDTH}", class_="base"),
        viewBox=f"0 0 {_WIDTH:.0f} {_HEIGHT:.0f}",
        preserveAspectRatio="none",
        role="img",
        aria_labelledby=ident,
        class_="strip",
    )


def axis(line: TimeLine) -> Markup:
    """The dates below the strips."""
    count = min(_MOST_TICKS, line.days)
    places = [round(step * (line.days - 1) / max(1, count - 1)) for step in range(count)]
    ticks = [
        element(
            "span",
            date_text(line.first + place * _DAY),
            style=f"left:{100 * place / max(1, line.days - 1):.2f}%",
            class_="first" if place == 0 else "last" if place == places[-1] else "between",
        )
        for place in places
    ]
    return element("div", *ticks, class_="axis", aria_hidden="true")


def _outline(source: SourceQuality, line: TimeLine) -> str:
    """Columns as one path: days without interactions stay empty."""
    columns: dict[int, int] = {}
    for each in source.days:
        place = (each.day - line.first).days // line.step
        columns[place] = columns.get(place, 0) + each.interactions
    most = max(columns.values(), default=1)
    pieces = []
    for place, count in sorted(columns.items()):
        left = line.place(line.first + place * line.step * _DAY)
        right = line.place(line.first + (place + 1) * line.step * _DAY)
        pieces.append(f"M{left:.1f},{_HEIGHT:.0f}V{_HEIGHT - _HEIGHT * count / most:.1f}H{right:.1f}V{_HEIGHT:.0f}Z")
    return "".join(pieces)


def _gap(gap: Gap, line: TimeLine) -> Markup:
    left, right = line.place(gap.first), line.place(gap.last + _DAY)
    missing = max(0.0, _NARROWEST - (right - left))
    left = min(max(0.0, left - missing / 2), _WIDTH - _NARROWEST)
    return element("rect", x=left, y=0, width=max(_NARROWEST, right - left), height=_HEIGHT, class_="gap")


def _title(source: SourceQuality, gaps: Sequence[Gap]) -> str:
    if not source.days:
        return f"{printable(source.source)}: no interactions"
    span = " – ".join(dict.fromkeys(date_text(source.days[place].day) for place in (0, -1)))
    return f"{printable(source.source)}: interactions by day, {span}; {counted(len(gaps), 'gap')}"
