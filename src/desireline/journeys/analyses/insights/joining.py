"""Findings that are one event seen in several numbers are one finding: the strongest, with the others named under it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from desireline.base import format_seconds
from desireline.journeys.analyses.insights.finding import Change
from desireline.journeys.analyses.insights.looking import JourneyWindow
from desireline.journeys.results.insights import Finding, Trend

MOST_ALSO = 5
LEAST_OVERLAP = 0.5
CLOSE_DAYS = 5
SAME_DAYS = 2
LEAST_CONTAINED = 0.8
LEAST_STRENGTH = 0.5
MUCH_LARGER = 1.5
_EPOCH = date(1970, 1, 1)


def join_changes(changes: Sequence[Change], *, window: JourneyWindow | None = None) -> tuple[Finding, ...]:
    """One finding for each event, strongest first; ``window``: of journeys, how long each was looked at.

    A change belongs to an event where it shares a touchpoint with any change of it, or its segment with the strongest one, and their
    stretches have half of their days in common or begin within :data:`CLOSE_DAYS` of each other; for a shared segment both. The same
    number in another segment belongs to it also where the one stretch lies in the other.
    Then an event is part of a stronger one, whatever both are about, where their strongest changes begin within :data:`SAME_DAYS` of each
    other and have half of their days in common; or where the strongest change of the stronger one is in the segment of a change of the
    other, begins within :data:`CLOSE_DAYS` of it, and the one stretch lies in the other: what has values on few days has short stretches.
    Told is the strongest change of an event; where it is seen in a segment in which it is much larger, and that is at
    least half as strong, that one.
    """
    ordered = sorted(changes, key=_order)
    events: list[list[Change]] = []
    for change in ordered:
        own = [event for event in events if any(_share_touchpoint(change, other) for other in event)]
        own = own or [event for event in events if _share_time_and_segment(change, event[0])][:1]
        events = [event for event in events if all(event is not each for each in own)]
        events.append([*(each for event in own for each in event), change])
    whole = [sorted(event, key=ordered.index) for event in events]
    found = _coinciding(sorted(whole, key=lambda event: ordered.index(event[0])))
    return tuple(_finding(sorted(event, key=ordered.index), window) for event in found)


def _coinciding(events: Sequence[list[Change]]) -> list[list[Change]]:
    """Events, strongest first, with those that are part of a stronger one among its changes, after its own."""
    found: list[list[Change]] = []
    for event in events:
        stronger = next((other for other in found if _is_part(event, of=other[0])), None)
        if stronger is None:
            found.append(list(event))
        else:
            stronger.extend(event)
    return found


def _is_part(event: Sequence[Change], *, of: Change) -> bool:
    """Trends have all days in common, which says nothing."""
    if event[0].is_trend or of.is_trend:
        return False
    if abs(event[0].start - of.start) <= SAME_DAYS and _overlap(event[0], of) >= LEAST_OVERLAP:
        return True
    return any(
        _share_segment(each, of)
        and abs(each.start - of.start) <= CLOSE_DAYS
        and _contained(each, of) >= LEAST_CONTAINED
        for each in event
    )


def _order(change: Change) -> tuple[object, ...]:
    """Strongest first; of equal ones, by what they are."""
    return (-change.strength, change.kind, change.subjects, change.segment or ("", ""), change.start, change.end)


def _told_first(event: Sequence[Change]) -> list[Change]:
    strongest = event[0]
    same = [
        each
        for each in event
        if (each.kind, each.subjects) == (strongest.kind, strongest.subjects)
        and each.strength >= LEAST_STRENGTH * strongest.strength
        and _overlap(each, strongest) >= LEAST_OVERLAP
    ]
    largest = max(same, key=lambda each: abs(each.after - each.before))
    is_much = abs(largest.after - largest.before) >= MUCH_LARGER * abs(strongest.after - strongest.before)
    first = largest if is_much else strongest
    return [first, *(each for each in event if each is not first)]


def _share_touchpoint(one: Change, other: Change) -> bool:
    if one.touchpoints.isdisjoint(other.touchpoints):
        return False
    overlap = _overlap(one, other)
    if (one.kind, one.subjects) == (other.kind, other.subjects) and _contained(one, other) >= LEAST_CONTAINED:
        return True
    return overlap >= LEAST_OVERLAP or (overlap > 0 and abs(one.start - other.start) <= CLOSE_DAYS)


def _share_time_and_segment(one: Change, other: Change) -> bool:
    same = one.segment is not None and one.segment == other.segment and not (one.is_trend or other.is_trend)
    return same and _overlap(one, other) >= LEAST_OVERLAP and abs(one.start - other.start) <= CLOSE_DAYS


def _share_segment(one: Change, other: Change) -> bool:
    """Of the same customers: a weekday is of days."""
    return one.segment is not None and one.segment == other.segment and one.segment[0] != "weekday"


def _overlap(one: Change, other: Change) -> float:
    """The days that both have in common, as a share of those that either has."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(shared, 0) / (max(one.end, other.end) - min(one.start, other.start))


def _contained(one: Change, other: Change) -> float:
    """The days that both have in common, as a share of those of the shorter one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(shared, 0) / min(one.end - one.start, other.end - other.start)


def _finding(event: Sequence[Change], window: JourneyWindow | None) -> Finding:
    first, *others = _told_first(event)
    also: list[str] = []
    told = {(first.kind, first.subjects)}
    for each in others:
        if (each.kind, each.subjects) not in told and len(also) < MOST_ALSO:
            told.add((each.kind, each.subjects))
            also.append(sentence(each, window))
    return Finding(
        kind="trend" if first.is_trend else first.kind,
        subject=" → ".join(first.subjects),
        segment=first.segment,
        first_day=_EPOCH + timedelta(days=first.start),
        last_day=_EPOCH + timedelta(days=first.end - 1),
        is_over=first.is_over,
        before=first.before,
        after=first.after,
        low=first.low,
        high=first.high,
        n=first.n,
        confidence=1 - first.chance,
        text=sentence(first, window),
        also=tuple(also),
        trend=first.trend,
        measure_of_trend=first.kind if first.is_trend else None,
    )


def sentence(change: Change, window: JourneyWindow | None = None) -> str:
    """What changed, for whom, since when and by how much, in one sentence."""
    if change.trend is not None:
        return _sentence_of_trend(change, change.trend, window)
    if window is not None:
        return _sentence_of_journeys(change, window)
    start, end = (_EPOCH + timedelta(days=day) for day in (change.start, change.end - 1))
    when = f"From {_day(start)} to {_day(end)}" if change.is_over else f"Since {_day(start)}"
    if start == end:
        when = f"On {_day(start)}"
    whom, subject = _whom(change), change.subjects[0]
    if change.kind == "conversion":
        what = (
            f"{change.after:.0%} of the journeys {subject}{whom} that began came to their goal within {_within(change)}"
        )
        return f"{when}, {what}; on other days {change.before:.0%}."
    if change.kind == "level":
        what = f"{change.after:.1%} of the customers active on a day{whom} were at {subject}"
        return f"{when}, {what}; on other days {change.before:.1%}."
    if change.kind == "transition":
        what = f"{change.after:.0%} of {subject}{whom} were directly followed by {change.subjects[1]} within a day"
        return f"{when}, {what}; on other days {change.before:.0%}."
    after, before = _number(change.kind, change.after), _number(change.kind, change.before)
    return f"{when}, the mean {change.kind} at {subject}{whom} was {after}; on other days {before}."


def _sentence_of_journeys(change: Change, window: JourneyWindow) -> str:
    """The same of journeys: the days are those on which they begin."""
    start, end = (_EPOCH + timedelta(days=day) for day in (change.start, change.end - 1))
    when = f"from {_day(start)} to {_day(end)}" if change.is_over else f"since {_day(start)}"
    when = f"on {_day(start)}" if start == end else when
    whom = _whom(change)
    journeys = f"the journeys {window.journey}{whom} that began {when}"
    subject, within = change.subjects[0], format_seconds(window.length_us / 1_000_000)
    if change.kind == "level":
        return (
            f"Of {journeys}, {change.after:.1%} came to {subject} within {within}; of the others {change.before:.1%}."
        )
    if change.kind == "transition":
        what = f"{change.after:.0%} of {subject} were directly followed by {change.subjects[1]} within a day"
        return f"In {journeys}, {what}; in the others {change.before:.0%}."
    after, before = _number(change.kind, change.after), _number(change.kind, change.before)
    return f"In {journeys}, the mean {change.kind} at {subject} was {after}; in the others {before}."


def _sentence_of_trend(change: Change, trend: Trend, window: JourneyWindow | None) -> str:
    start, end = (_EPOCH + timedelta(days=day) for day in (change.start, change.end - 1))
    way = "rose" if trend.slope > 0 else "fell"
    before, after, slope = (_value_text(change.kind, each) for each in (change.before, change.after, abs(trend.slope)))
    if change.is_share:
        slope = f"{100 * abs(trend.slope):.2f} points"
    when = f"From {_day(start)} to {_day(end)}"
    return f"{when}, {_what(change, window)} {way} slowly from {before} to {after}, by {slope} a week."


def _what(change: Change, window: JourneyWindow | None) -> str:
    """What a trend is of."""
    whom, subject = _whom(change), change.subjects[0]
    journeys = "" if window is None else f" in the journeys {window.journey}{whom} that began"
    if change.kind == "conversion":
        return f"the share of the journeys {subject}{whom} that come to their goal within {_within(change)}"
    if change.kind == "transition":
        return f"the share of {subject}{journeys or whom} that {change.subjects[1]} directly follows within a day"
    if change.kind == "level" and window is not None:
        within = format_seconds(window.length_us / 1_000_000)
        return f"the share of the journeys {window.journey}{whom} that come to {subject} within {within}"
    if change.kind == "level":
        return f"the share of the customers active on a day{whom} who were at {subject}"
    return f"the mean {change.kind} at {subject}{journeys or whom}"


def _whom(change: Change) -> str:
    return "" if change.segment is None else f" ({change.segment[0].removeprefix('attributes.')} {change.segment[1]})"


def _within(change: Change) -> str:
    return format_seconds(change.within_us / 1_000_000)


def _value_text(kind: str, value: float) -> str:
    if kind == "level":
        return f"{value:.1%}"
    return f"{value:.0%}" if kind in ("transition", "conversion") else _number(kind, value)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _number(kind: str, value: float) -> str:
    return format_seconds(value) if kind == "wait" else f"{value:,.2f}"
