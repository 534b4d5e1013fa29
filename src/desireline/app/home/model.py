"""What Home shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from msgspec import Struct

from desireline.journeys.estimates import Untested

FigureKind = Literal["count", "share", "mean"]
Better = Literal["higher", "lower", "neither"]
Missing = Literal["nothing", "too_few", "too_early", "withheld"]
"""Why a figure has no value: nothing of the kind is in the data; too little to estimate it; what began is not over yet; it is of too few
customers to be told to whoever asks."""
Function = Literal["overview", "marketing", "sales", "service", "product", "finance"]
Mark = Literal["new", "seen", "dismissed"]
Freshness = Literal["fresh", "late", "silent", "ended", "unknown"]
TileSize = Literal["small", "large"]
FUNCTIONS: tuple[Function, ...] = get_args(Function)
MARKS: tuple[Mark, ...] = get_args(Mark)


@dataclass(frozen=True, slots=True)
class HomePeriod:
    """What the figures are of, all days included, by the clock of the workspace.

    Attributes
    ----------
    start, end
        The period.
    before_start, before_end
        The period before, as long.
    days
        How long each is.
    weeks
        The first day of each stretch of seven days that the sparklines show, the oldest first; the last one ends with the period.
    first_day, last_day
        Of the record.
    timezone
        By whose clock days begin.
    """

    start: date
    end: date
    before_start: date
    before_end: date
    days: int
    weeks: tuple[date, ...]
    first_day: date
    last_day: date
    timezone: str


@dataclass(frozen=True, slots=True)
class Ask:
    """The question that opens a number in Explore: its name, and its options by the names they have on the command line."""

    question: str
    parameters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FigurePoint:
    """One week of a figure; ``value`` is null where there was nothing to measure."""

    start: date
    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure in the period, beside the period before.

    Attributes
    ----------
    id
        What it measures; of a journey definition ``conversion:ID``.
    name
        Of the journey definition; null otherwise.
    unit
        Of a mean: "seconds", "points", "EUR" …; empty for shares and counts.
    value, low, high, n
        With its 95% interval, of so many units; null where there is none. A share is from 0 to 1.
    before, n_before
        In the period before.
    difference, difference_low, difference_high
        ``value - before`` with its 95% interval; of a count without one.
    is_sure
        Whether the difference is more than chance, with all figures in view.
    untested
        Why that cannot be said: see :class:`desireline.journeys.estimates.Difference`; null where it can, and of a count.
    within_seconds
        Of a conversion: so long every journey is followed; null otherwise.
    better
        Which way is good news.
    missing
        Why there is no value; null where there is one.
    start, end
        The days that it is of: earlier than the period where what began later is not over yet.
    points
        By week, the oldest first; empty where it is not measured by week.
    touchpoints
        Of a figure of e-mails the touchpoints that say they were sent, and then opened or clicked.
    ask
        Opens it in Explore.
    """

    id: str
    name: str | None
    kind: FigureKind
    unit: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    before: float | None
    n_before: int
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    is_sure: bool
    untested: Untested | None
    within_seconds: float | None
    better: Better
    missing: Missing | None
    start: date
    end: date
    points: tuple[FigurePoint, ...]
    touchpoints: tuple[str, ...]
    ask: Ask


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """One finding of the feed; what its parts mean: :class:`desireline.journeys.results.insights.Finding`.

    Attributes
    ----------
    id
        The same for as long as it is the same event.
    measure
        What changed; of a trend what it is of, else the kind.
    name
        Of the journey definition that a conversion is of; null otherwise.
    segment, segment_value
        Null: everybody.
    last_day
        Null while it goes on.
    unit
        Of before and after: empty for a share and an amount in a currency that nobody named, ``seconds``, a currency, else ``points``.
    slope, slope_low, slope_high
        By how much a trend rises in a week, with its 95% interval; null where it is none.
    functions
        Whom it concerns.
    mark
        What whoever asks did with it.
    """

    id: str
    kind: str
    measure: str
    subject: str
    name: str | None
    segment: str | None
    segment_value: str | None
    first_day: date
    last_day: date | None
    before: float
    after: float
    low: float
    high: float
    n: int
    confidence: float
    text: str
    also: tuple[str, ...]
    unit: str
    slope: float | None
    slope_low: float | None
    slope_high: float | None
    functions: tuple[Function, ...]
    ask: Ask
    mark: Mark = "new"


@dataclass(frozen=True, slots=True)
class SourceFreshness:
    """When a source was last heard of.

    Attributes
    ----------
    interactions
        How many the log has of it.
    last
        The time of the newest interaction.
    last_import
        When the newest file was read; null for what was logged by hand only.
    waiting
        Records in quarantine.
    silent_since
        The first day from which on interactions were to be expected, and none came.
    state
        ``silent``: other sources went on. ``ended``: they did not either. ``late``: the next import is overdue. ``unknown``: too little is
        known of its rhythm.
    """

    source: str
    interactions: int
    last: datetime | None
    last_import: datetime | None
    waiting: int
    silent_since: date | None
    state: Freshness


class Tile(Struct, frozen=True, forbid_unknown_fields=True):
    """One figure (``figure:ID``) or panel (``panel:findings``, ``panel:maps``, ``panel:freshness``) in its place.

    Attributes
    ----------
    size
        A small figure is one column wide, a large one two; a large panel stands in the main column, a small one beside it.
    """

    id: str
    size: TileSize = "small"
    hidden: bool = False
