"""When a source usually has interactions, and when it had none although it should have: judged by itself alone.

What comes in bulk is judged by its deliveries; otherwise only whole days and whole weeks are judged, by the same
weekdays just before and just after. The method is written out, with examples, in docs/measures.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import groupby, pairwise
from statistics import median

from desireline.base import Phrase, joined, phrase
from desireline.sources.deliveries import Deliveries, Missing, find_deliveries

FEWEST_WEEKS = 4
"""Weeks with interactions that a source must have before it is judged."""
COMPARED = 4
"""How many days (or weeks) before an empty stretch, and as many after it, say what was to be expected."""
FEWEST_EXPECTED = 10
"""Interactions that must have been expected in an empty stretch before it is called a gap."""
MONTH = range(26, 36)
"""Days between deliveries that are called a month: one may come some days early or late, at a weekend or a holiday."""
_DAY = timedelta(days=1)
_WEEKDAYS = (
    phrase("Monday"),
    phrase("Tuesday"),
    phrase("Wednesday"),
    phrase("Thursday"),
    phrase("Friday"),
    phrase("Saturday"),
    phrase("Sunday"),
)


class RhythmKind(Enum):
    """How a source can be judged."""

    DAYS = "days"
    WEEKS = "weeks"
    DELIVERIES = "deliveries"
    IRREGULAR = "irregular"
    TOO_LITTLE = "too little data"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a source usually has interactions.

    Attributes
    ----------
    kind
        By days, by weeks, by deliveries, or not at all.
    usual
        In words: "every day", "Monday to Friday", "every week", "every month"; why not, where it cannot be said.
    """

    kind: RhythmKind
    usual: str


NO_RHYTHM = Rhythm(RhythmKind.TOO_LITTLE, phrase("there are no interactions"))


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without interactions, or without deliveries, that should have had some.

    Attributes
    ----------
    first, last
        The first and the last day on which some were to be expected.
    expected
        About how many.
    """

    first: date
    last: date
    expected: float

    @property
    def days(self) -> int:
        """How long it is, in days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Regularity:
    """The rhythm of a source, and where it was broken; ``silence`` is the gap that lasts until now."""

    rhythm: Rhythm
    gaps: tuple[Gap, ...] = ()
    silence: Gap | None = None


def judge(days: Mapping[date, int], *, today: date) -> Regularity:
    """Find the rhythm of a source and its gaps.

    Parameters
    ----------
    days
        Interactions by day; days without any may be left out.
    today
        The day that is not over yet: it is not expected to have interactions.
    """
    filled = {day: count for day, count in days.items() if count}
    if not filled:
        return Regularity(NO_RHYTHM)
    deliveries = find_deliveries(filled)
    rhythm = _rhythm(filled, deliveries)
    if deliveries is not None and rhythm.kind is RhythmKind.DELIVERIES:
        return _by_deliveries(rhythm, deliveries, today)
    if rhythm.kind is RhythmKind.DAYS:
        gaps = _gaps(filled, today=today, step=1, season=7)
    elif rhythm.kind is RhythmKind.WEEKS:
        gaps = _gaps(_by_week(filled), today=today, step=7, season=1)
    else:
        return Regularity(rhythm)
    last = max(filled)
    return Regularity(
        rhythm,
        gaps=tuple(gap for gap in gaps if gap.first <= last),
        silence=next((gap for gap in gaps if gap.first > last), None),
    )


def usual_pause(moments: Sequence[date]) -> timedelta | None:
    """The median pause between days on which something was delivered; ``None`` for fewer than four days.

    >>> usual_pause([date(2026, 3, day) for day in (2, 9, 16, 24)])
    datetime.timedelta(days=7)
    """
    days = sorted(set(moments))
    if len(days) < FEWEST_WEEKS:
        return None
    return timedelta(days=median((later - earlier).days for earlier, later in pairwise(days)))


def _by_deliveries(rhythm: Rhythm, deliveries: Deliveries, today: date) -> Regularity:
    def as_gap(missing: Missing) -> Gap:
        return Gap(missing.first, missing.last, missing.deliveries * deliveries.usual_interactions)

    gaps = [as_gap(missing) for missing in deliveries.missing()]
    overdue = deliveries.overdue(today)
    silence = None if overdue is None else as_gap(overdue)
    return Regularity(
        rhythm,
        gaps=tuple(gap for gap in gaps if gap.expected >= FEWEST_EXPECTED),
        silence=silence if silence is not None and silence.expected >= FEWEST_EXPECTED else None,
    )


def _rhythm(filled: Mapping[date, int], deliveries: Deliveries | None) -> Rhythm:
    weeks = sorted({_monday(day) for day in filled})
    if len(weeks) < FEWEST_WEEKS:
        return Rhythm(RhythmKind.TOO_LITTLE, phrase("fewer than {weeks} weeks have interactions", weeks=FEWEST_WEEKS))
    if deliveries is not None and deliveries.is_regular:
        return Rhythm(RhythmKind.DELIVERIES, _pause_text(deliveries.pause))
    if deliveries is not None or median((later - earlier).days for earlier, later in pairwise(weeks)) > 7:
        return Rhythm(RhythmKind.IRREGULAR, phrase("no rhythm"))
    regular = [weekday for weekday in range(7) if _is_regular(filled, weeks, weekday)]
    on_them = sum(count for day, count in filled.items() if day.weekday() in regular)
    if 4 * on_them < 3 * sum(filled.values()):
        return Rhythm(RhythmKind.WEEKS, phrase("every week"))
    return Rhythm(RhythmKind.DAYS, _weekdays_text(regular))


def _is_regular(filled: Mapping[date, int], weeks: Sequence[date], weekday: int) -> bool:
    """Whether at least three quarters of the weeks that have interactions have some on this weekday."""
    first, last = min(filled), max(filled)
    days = [monday + weekday * _DAY for monday in weeks]
    present = [day in filled for day in days if first <= day <= last]
    return len(present) >= FEWEST_WEEKS - 1 and 4 * sum(present) >= 3 * len(present)


def _weekdays_text(weekdays: Sequence[int]) -> Phrase:
    names = [_WEEKDAYS[weekday] for weekday in weekdays]
    if len(names) == 7:
        return phrase("every day")
    if len(names) == 1:
        return phrase("every {day}", day=names[0])
    if len(names) > 2 and weekdays[-1] - weekdays[0] == len(names) - 1:
        return phrase("{first} to {last}", first=names[0], last=names[-1])
    return phrase("{days} and {last}", days=joined(names[:-1], ", "), last=names[-1])


def _pause_text(days: int) -> Phrase:
    return phrase("every month" if days in MONTH else "every {days} days", days=days)


def _by_week(filled: Mapping[date, int]) -> dict[date, int]:
    counts: dict[date, int] = {}
    for day, count in filled.items():
        counts[_monday(day)] = counts.get(_monday(day), 0) + count
    return counts


def _gaps(filled: Mapping[date, int], *, today: date, step: int, season: int) -> list[Gap]:
    """The gaps, the one that lasts until now included.

    Parameters
    ----------
    filled
        Interactions by the first day of each unit.
    step
        Days of a unit: 1 for days, 7 for weeks.
    season
        Units after which the pattern comes again.
    """
    first = min(filled)
    recorded = (max(filled) - first).days // step + 1
    counts = [filled.get(first + place * step * _DAY, 0) for place in range(recorded)]
    until_now = (recorded, max(recorded, (today - first).days // step))
    found = (_gap(counts, run, season) for run in [*_empty_runs(counts), until_now])
    return [
        Gap(first + start * step * _DAY, first + (stop * step - 1) * _DAY, expected)
        for start, stop, expected in found
        if expected >= FEWEST_EXPECTED
    ]


def _empty_runs(counts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The stretches without interactions: first place, and the place after the last."""
    for empty, run in groupby(range(len(counts)), key=lambda place: counts[place] == 0):
        if empty:
            places = list(run)
            yield places[0], places[-1] + 1


def _gap(counts: Sequence[int], run: tuple[int, int], season: int) -> tuple[int, int, float]:
    """The part of an empty stretch in which some were to be expected, and how many in all."""
    expected = {place: _expected(counts, run, place, season) for place in range(*run)}
    places = [place for place, number in expected.items() if number]
    return (places[0], places[-1] + 1, sum(expected.values())) if places else (*run, 0.0)


def _expected(counts: Sequence[int], run: tuple[int, int], place: int, season: int) -> float:
    """The median of the same weekday just before and just after the stretch; 0 where it is often empty, or too few are known."""
    start, stop = run
    before = place - season * ((place - start) // season + 1)
    after = place + season * ((stop - 1 - place) // season + 1)
    places = [before - season * further for further in range(COMPARED)]
    places += [after + season * further for further in range(COMPARED)]
    known = [counts[each] for each in places if 0 <= each < len(counts)]
    if len(known) < COMPARED or 4 * known.count(0) > len(known):
        return 0.0
    return float(median(known))


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY
