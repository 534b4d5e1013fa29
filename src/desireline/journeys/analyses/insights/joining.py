"""Findings that are one event seen in several numbers are one finding: the strongest, with the others named under it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from desireline.base import Phrase, format_money, format_seconds, phrase
from desireline.journeys.analyses.insights.finding import Change
from desireline.journeys.analyses.insights.looking import JourneyWindow
from desireline.journeys.results.insights import KIND_TEXTS, SHARES, Finding, Trend
from desireline.journeys.wording import field_text, value_text

MOST_ALSO = 5
LEAST_OVERLAP = 0.5
CLOSE_DAYS = 5
SAME_DAYS = 2
LEAST_CONTAINED = 0.8
LEAST_STRENGTH = 0.5
MUCH_LARGER = 1.5
_EPOCH = date(1970, 1, 1)


def join_changes(
    changes: Sequence[Change], *, window: JourneyWindow | None = None, currency: str | None = None
) -> tuple[Finding, ...]:
    """One finding for each event, strongest first; ``window``: of journeys, how long each was looked at; ``currency``: of values.

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
    places = {id(each): place for place, each in enumerate(ordered)}
    about = {id(each): each.touchpoints for each in ordered}
    events: list[list[Change]] = []
    for change in ordered:
        touchpoints = about[id(change)]
        own = [
            event
            for event in events
            if any(not touchpoints.isdisjoint(about[id(other)]) and _share_time(change, other) for other in event)
        ]
        own = own or [event for event in events if _share_time_and_segment(change, event[0])][:1]
        events = [event for event in events if all(event is not each for each in own)]
        events.append([*(each for event in own for each in event), change])
    whole = [sorted(event, key=lambda each: places[id(each)]) for event in events]
    found = _coinciding(sorted(whole, key=lambda event: places[id(event[0])]))
    return tuple(_finding(sorted(event, key=lambda each: places[id(each)]), window, currency) for event in found)


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


def _share_time(one: Change, other: Change) -> bool:
    """Whether two changes that share a touchpoint are one event."""
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


def _finding(event: Sequence[Change], window: JourneyWindow | None, currency: str | None) -> Finding:
    first, *others = _told_first(event)
    also: list[str] = []
    told = {(first.kind, first.subjects)}
    for each in others:
        if (each.kind, each.subjects) not in told and len(also) < MOST_ALSO:
            told.add((each.kind, each.subjects))
            also.append(sentence(each, window, currency))
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
        text=sentence(first, window, currency),
        also=tuple(also),
        trend=first.trend,
        measure_of_trend=first.kind if first.is_trend else None,
    )


def sentence(change: Change, window: JourneyWindow | None = None, currency: str | None = None) -> Phrase:
    """What changed, for whom, since when and by how much, in one sentence."""
    if change.trend is not None:
        return _sentence_of_trend(change, change.trend, window, currency)
    if window is not None:
        return _sentence_of_journeys(change, window, currency)
    when, whom, subject = _when(change), _whom(change), change.subjects[0]
    if change.kind == "conversion":
        return phrase(
            "{when}, {after:.1%} of the journeys {subject}{whom} that began came to their goal within {within}; "
            "on other days {before:.1%}.",
            when=when,
            subject=subject,
            whom=whom,
            after=change.after,
            before=change.before,
            within=_within(change),
        )
    if change.kind == "level":
        return phrase(
            "{when}, {after:.1%} of the customers active on a day{whom} were at {subject}; on other days {before:.1%}.",
            when=when,
            subject=subject,
            whom=whom,
            after=change.after,
            before=change.before,
        )
    if change.kind == "transition":
        return phrase(
            "{when}, {after:.1%} of {subject}{whom} were directly followed by {target} within a day; "
            "on other days {before:.1%}.",
            when=when,
            subject=subject,
            whom=whom,
            target=change.subjects[1],
            after=change.after,
            before=change.before,
        )
    return phrase(
        "{when}, the mean {kind} at {subject}{whom} was {after}; on other days {before}.",
        when=when,
        kind=KIND_TEXTS[change.kind],
        subject=subject,
        whom=whom,
        after=_number(change.kind, change.after, currency),
        before=_number(change.kind, change.before, currency),
    )


def _when(change: Change) -> Phrase:
    start, end = (_EPOCH + timedelta(days=day) for day in (change.start, change.end - 1))
    if start == end:
        return phrase("On {day}", day=_day(start))
    if change.is_over:
        return phrase("From {start} to {end}", start=_day(start), end=_day(end))
    return phrase("Since {day}", day=_day(start))


def _sentence_of_journeys(change: Change, window: JourneyWindow, currency: str | None) -> Phrase:
    """The same of journeys: the days are those on which they begin."""
    journeys, subject = _journeys_of(change, window), change.subjects[0]
    if change.kind == "level":
        return phrase(
            "Of {journeys}, {after:.1%} came to {subject} within {within}; of the others {before:.1%}.",
            journeys=journeys,
            subject=subject,
            within=format_seconds(window.length_us / 1_000_000),
            after=change.after,
            before=change.before,
        )
    if change.kind == "transition":
        return phrase(
            "In {journeys}, {after:.1%} of {subject} were directly followed by {target} within a day; "
            "in the others {before:.1%}.",
            journeys=journeys,
            subject=subject,
            target=change.subjects[1],
            after=change.after,
            before=change.before,
        )
    return phrase(
        "In {journeys}, the mean {kind} at {subject} was {after}; in the others {before}.",
        journeys=journeys,
        kind=KIND_TEXTS[change.kind],
        subject=subject,
        after=_number(change.kind, change.after, currency),
        before=_number(change.kind, change.before, currency),
    )


def _journeys_of(change: Change, window: JourneyWindow) -> Phrase:
    start, end = (_EPOCH + timedelta(days=day) for day in (change.start, change.end - 1))
    named = {"journey": window.journey, "whom": _whom(change), "start": _day(start), "end": _day(end)}
    if start == end:
        return phrase("the journeys {journey}{whom} that began on {start}", **named)
    if change.is_over:
        return phrase("the journeys {journey}{whom} that began from {start} to {end}", **named)
    return phrase("the journeys {journey}{whom} that began since {start}", **named)


def _sentence_of_trend(change: Change, trend: Trend, window: JourneyWindow | None, currency: str | None) -> Phrase:
    start, end = (_EPOCH + timedelta(days=day) for day in (change.start, change.end - 1))
    told = (change.before, change.after, abs(trend.slope))
    before, after, slope = (_value_text(change.kind, each, currency) for each in told)
    if change.is_share:
        slope = phrase("{points:.2f} points", points=100 * abs(trend.slope))
    return phrase(
        "From {start} to {end}, {what} rose slowly from {before} to {after}, by {slope} a week."
        if trend.slope > 0
        else "From {start} to {end}, {what} fell slowly from {before} to {after}, by {slope} a week.",
        start=_day(start),
        end=_day(end),
        what=_what(change, window),
        before=before,
        after=after,
        slope=slope,
    )


def _what(change: Change, window: JourneyWindow | None) -> Phrase:
    """What a trend is of."""
    whom, subject = _whom(change), change.subjects[0]
    among = whom
    if window is not None:
        among = phrase(" in the journeys {journey}{whom} that began", journey=window.journey, whom=whom)
    if change.kind == "conversion":
        return phrase(
            "the share of the journeys {subject}{whom} that come to their goal within {within}",
            subject=subject,
            whom=whom,
            within=_within(change),
        )
    if change.kind == "transition":
        return phrase(
            "the share of {subject}{among} that {target} directly follows within a day",
            subject=subject,
            among=among,
            target=change.subjects[1],
        )
    if change.kind == "level" and window is not None:
        return phrase(
            "the share of the journeys {journey}{whom} that come to {subject} within {within}",
            journey=window.journey,
            whom=whom,
            subject=subject,
            within=format_seconds(window.length_us / 1_000_000),
        )
    if change.kind == "level":
        return phrase(
            "the share of the customers active on a day{whom} who were at {subject}", whom=whom, subject=subject
        )
    return phrase("the mean {kind} at {subject}{among}", kind=KIND_TEXTS[change.kind], subject=subject, among=among)


def _whom(change: Change) -> str:
    if change.segment is None:
        return ""
    field, value = change.segment
    return phrase(" ({field} {value})", field=field_text(field), value=value_text(field, value))


def _within(change: Change) -> Phrase:
    return format_seconds(change.within_us / 1_000_000)


def _value_text(kind: str, value: float, currency: str | None) -> Phrase:
    return phrase("{share:.1%}", share=value) if kind in SHARES else _number(kind, value, currency)


def _day(day: date) -> Phrase:
    return phrase("{day.day} {day:%B %Y}", day=day)


def _number(kind: str, value: float, currency: str | None) -> Phrase:
    if kind == "wait":
        return format_seconds(value)
    if kind == "value" and currency is not None:
        return format_money(value, currency)
    return phrase("{value:,.2f}", value=value)
