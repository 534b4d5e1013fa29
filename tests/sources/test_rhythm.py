from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate, pairwise
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.sources.rhythm import Gap, RhythmKind, judge, usual_pause

MONDAY = date(2026, 1, 5)
DAY = timedelta(days=1)


def days(count: int, pattern: list[int], *, without: tuple[int, ...] = ()) -> dict[date, int]:
    """So many days from a Monday on, with the counts of a week again and again; some places are left out."""
    found = {MONDAY + place * DAY: pattern[place % len(pattern)] for place in range(count) if place not in without}
    return {day: number for day, number in found.items() if number}


def mailings(*places: int) -> dict[date, int]:
    """Large days, each with a tail, above a trickle of 126 days."""
    found = days(126, [4])
    for place in places:
        for later, count in enumerate((5_000, 600, 200, 60)):
            found[after(place + later)] = count
    return found


def after(count: int) -> date:
    return MONDAY + count * DAY


OFFICE = [20, 30, 30, 30, 10, 0, 0]


@pytest.mark.parametrize(
    ("filled", "kind", "usual"),
    [
        pytest.param({}, RhythmKind.TOO_LITTLE, "there are no interactions", id="nothing"),
        pytest.param(days(21, [5]), RhythmKind.TOO_LITTLE, "fewer than 4 weeks have interactions", id="three weeks"),
        pytest.param(days(56, [5]), RhythmKind.DAYS, "every day", id="every day"),
        pytest.param(days(56, OFFICE), RhythmKind.DAYS, "Monday to Friday", id="an office"),
        pytest.param(days(56, [0, 400, 0, 0, 0, 0, 0]), RhythmKind.DAYS, "every Tuesday", id="a weekly delivery"),
        pytest.param(days(56, [9, 0, 0, 9, 0, 0, 0]), RhythmKind.DAYS, "Monday and Thursday", id="two days a week"),
        pytest.param(days(90, [9, 0, 0, 0, 0]), RhythmKind.WEEKS, "every week", id="every fifth day"),
        pytest.param(days(300, [500] + [0] * 29), RhythmKind.DELIVERIES, "every month", id="every thirtieth day"),
        pytest.param(days(140, [500] + [0] * 13), RhythmKind.DELIVERIES, "every 14 days", id="every second Monday"),
        pytest.param(days(28 * 6, [9] + [0] * 27), RhythmKind.DELIVERIES, "every month", id="every fourth Monday"),
        pytest.param(mailings(0, 12, 50, 61, 110), RhythmKind.IRREGULAR, "no rhythm", id="mailings now and then"),
        pytest.param(mailings(0, 30), RhythmKind.DAYS, "every day", id="two large days are no rhythm"),
    ],
)
def test_the_rhythm_is_told_by_weekdays(filled: dict[date, int], kind: RhythmKind, usual: str) -> None:
    rhythm = judge(filled, today=max(filled, default=MONDAY) + DAY).rhythm
    assert (rhythm.kind, rhythm.usual) == (kind, usual)


@pytest.mark.parametrize(
    ("filled", "gaps"),
    [
        pytest.param(days(56, OFFICE), [], id="closed weekends are none"),
        pytest.param(days(70, OFFICE, without=(35,)), [Gap(after(35), after(35), 20)], id="one day"),
        pytest.param(
            days(70, OFFICE, without=(32, 35)), [Gap(after(32), after(35), 30)], id="a Friday and the Monday after"
        ),
        pytest.param(days(70, [3], without=(30, 31, 32)), [], id="too few to be expected"),
        pytest.param(days(70, [3], without=(30, 31, 32, 33)), [Gap(after(30), after(33), 12)], id="just enough"),
        pytest.param(
            days(200, OFFICE, without=tuple(range(70, 140))), [Gap(after(70), after(137), 1200)], id="ten weeks"
        ),
        pytest.param(
            days(140, [0, 400, 0, 0, 0, 0, 0], without=(71,)), [Gap(after(71), after(71), 400)], id="a missing delivery"
        ),
        pytest.param(
            days(140, [12, 0, 0, 0, 0], without=(65, 70, 75)),
            [Gap(after(63), after(76), 24)],
            id="two weeks of a sparse one",
        ),
    ],
)
def test_a_gap_is_a_stretch_that_should_have_had_some(filled: dict[date, int], gaps: list[Gap]) -> None:
    assert list(judge(filled, today=max(filled) + DAY).gaps) == gaps


def test_what_grows_is_judged_by_its_neighbours() -> None:
    growing = {MONDAY + place * DAY: 10 + place // 7 for place in range(365)}
    missing = growing.pop(after(300))
    assert judge(growing, today=after(365)).gaps == (Gap(after(300), after(300), missing),)


def invoices(*, without: tuple[int, ...] = (), count: int = 8) -> dict[date, int]:
    """A run every thirty days; a few interactions between."""
    return {
        **days(30 * count - 20, [0, 0, 0, 1, 0, 0, 0, 0, 2]),
        **{after(30 * place): 400 + place for place in range(count) if place not in without},
    }


@pytest.mark.parametrize(
    ("filled", "gaps"),
    [
        pytest.param(invoices(), [], id="none is missing"),
        pytest.param(invoices(without=(4,)), [Gap(after(120), after(149), 403)], id="one"),
        pytest.param(invoices(count=14, without=(4, 5)), [Gap(after(120), after(179), 2 * 407.5)], id="two in a row"),
        pytest.param({**invoices(without=(4,)), after(127): 404}, [], id="a week late"),
        pytest.param(mailings(0, 14, 28, 42, 56, 70, 112), [Gap(after(84), after(111), 10_000)], id="two mailings"),
        pytest.param(mailings(0, 21, 47, 90), [], id="no rhythm"),
    ],
)
def test_of_what_comes_in_bulk_deliveries_are_missing(filled: dict[date, int], gaps: list[Gap]) -> None:
    assert list(judge(filled, today=max(filled) + DAY).gaps) == gaps


@pytest.mark.parametrize(
    ("today", "silence"),
    [
        pytest.param(247, None, id="it may be a week late"),
        pytest.param(248, Gap(after(240), after(247), 403.5), id="it is missing"),
        pytest.param(277, Gap(after(240), after(276), 403.5), id="the next may be late"),
        pytest.param(278, Gap(after(240), after(277), 2 * 403.5), id="two are missing"),
    ],
)
def test_a_delivery_is_missing_after_a_quarter_of_the_pause(today: int, silence: Gap | None) -> None:
    assert judge(invoices(), today=after(today)).silence == silence


def reference_of_deliveries(places: list[int], sizes: list[int], today: int) -> list[tuple[int, int, float]]:
    """First day, last day and what was expected, by trying every number; as docs/measures.md says it."""
    pauses = [later - earlier for earlier, later in pairwise(places)]
    usual = sorted(pauses)[(len(pauses) - 1) // 2]
    if sum(abs(pause - usual) <= usual / 4 for pause in pauses) < 3 / 4 * len(pauses):
        return []
    found = []
    for before, after_it in pairwise(places):
        nearest = min(range(1, 50), key=lambda times: (abs(after_it - before - times * usual), times))
        found.append((before + usual, after_it - 1, nearest - 1))
    overdue = max(times for times in range(50) if not times or today - places[-1] > (times + 1 / 4) * usual)
    found.append((places[-1] + usual, today - 1, overdue))
    return [(first, last, missing * median(sizes)) for first, last, missing in found if missing]


@given(
    st.lists(st.one_of(st.integers(10, 45), st.integers(28, 32)), min_size=4, max_size=12),
    st.lists(st.integers(200, 400), min_size=13, max_size=13),
    st.integers(1, 120),
)
def test_missing_deliveries_are_those_of_the_reference(pauses: list[int], sizes: list[int], until: int) -> None:
    places = [0, *accumulate(pauses)]
    filled = {after(place): size for place, size in zip(places, sizes, strict=False)}
    today = places[-1] + until
    judged = judge(filled, today=after(today))
    expected = reference_of_deliveries(places, list(filled.values()), today)
    found = [*judged.gaps, *([judged.silence] if judged.silence else [])]
    assert [((gap.first - MONDAY).days, (gap.last - MONDAY).days, gap.expected) for gap in found] == expected


@pytest.mark.parametrize(
    ("today", "silence"),
    [
        pytest.param(56, None, id="the weekend is not over"),
        pytest.param(57, Gap(after(56), after(56), 20), id="Monday is missing"),
        pytest.param(61, Gap(after(56), after(60), 120), id="a week is missing"),
        pytest.param(63, Gap(after(56), after(60), 120), id="and its weekend is not counted"),
    ],
)
def test_silence_lasts_until_yesterday(today: int, silence: Gap | None) -> None:
    judged = judge(days(54, OFFICE), today=after(today))
    assert judged.silence == silence
    assert judged.gaps == ()


def reference(filled: dict[date, int], today: date) -> list[Gap]:
    """Every day by itself: slow, and as docs/measures.md says it, for a source that is judged by days."""
    first, last = min(filled), max(filled)
    empty = [first + place * DAY for place in range((max(today, last) - first).days)]
    empty = [day for day in empty if day not in filled]
    expected = {}
    for day in empty:
        start = stop = day
        while start - DAY in empty:
            start -= DAY
        while stop + DAY in empty:
            stop += DAY
        weekday = [first + place * DAY for place in range((last - first).days + 1)]
        weekday = [each for each in weekday if each.weekday() == day.weekday()]
        near = [each for each in weekday if each < start][-4:] + [each for each in weekday if each > stop][:4]
        counts = [filled.get(each, 0) for each in near]
        judged = len(counts) >= 4 and counts.count(0) <= len(counts) / 4
        expected.setdefault(start, {})[day] = median(counts) if judged else 0
    gaps = []
    for run in expected.values():
        some = [day for day, number in run.items() if number]
        if sum(run.values()) >= 10:
            gaps.append(Gap(some[0], some[-1], sum(run.values())))
    return gaps


@given(
    st.lists(st.integers(0, 6), min_size=7, max_size=7).filter(any),
    st.integers(28, 120),
    st.sets(st.integers(0, 120)),
    st.integers(0, 20),
)
def test_the_gaps_are_those_of_the_reference(pattern: list[int], count: int, without: set[int], until: int) -> None:
    filled = days(count, pattern, without=tuple(without))
    if not filled:
        return
    today = max(filled) + until * DAY
    judged = judge(filled, today=today)
    if judged.rhythm.kind is RhythmKind.DAYS:
        found = [*judged.gaps, *([judged.silence] if judged.silence else [])]
        assert found == reference(filled, today)


@pytest.mark.parametrize(
    ("delivered", "pause"),
    [
        pytest.param([1, 8, 15], None, id="too few"),
        pytest.param([1, 1, 8, 15, 22], 7, id="weekly, twice on one day"),
        pytest.param([1, 2, 3, 20, 21], 1, id="daily with a pause"),
    ],
)
def test_the_usual_pause_between_deliveries_is_the_median(delivered: list[int], pause: int | None) -> None:
    found = usual_pause([date(2026, 3, day) for day in delivered])
    assert found == (None if pause is None else timedelta(days=pause))
