"""Measured numbers with how sure they are, and whether two of them differ by more than chance.

An :class:`Estimate` is a share, a mean or a count of one group. :func:`compare` puts those of two groups side by side that
have the same name. Methods: Wilson (1927) for a share; Newcombe (1998, method 10) for the difference of two shares, with the
pooled two-proportion z-test, or Fisher's exact test where few are expected (Cochran 1954); Student's t for a mean, Welch (1947)
for the difference of two, which for small groups has to agree with Student's; Benjamini and Hochberg (1995) for many differences
at once. Definitions and an example: docs/comparing.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode

import numpy as np

from desireline.base import Phrase, format_seconds, phrase
from desireline.journeys.model import Result
from desireline.kernels.proportions import wilson_intervals

if TYPE_CHECKING:
    import altair
    from numpy.typing import NDArray

EstimateKind = Literal["share", "mean", "count"]
CONFIDENCE = 0.95
FALSE_DISCOVERIES = 0.05
"""Of the differences that are called sure, so large a share may be chance on average."""
FEWEST_UNITS = 5
"""Where a group has fewer, nothing is said of a difference: no test can tell."""
SMALL_GROUP = 30
"""A group with fewer gives its own spread too badly to trust it alone, as Welch's test does."""
FEWEST_EXPECTED = 5.0
"""Where a group would have fewer on average with a property or without it, shares are compared by the exact test (Cochran 1954)."""
Untested = Literal["too_few", "no_spread", "by_segment"]
"""Why a difference is not tested: a group has fewer than :data:`FEWEST_UNITS`; all values of each group are equal, so that nobody knows
how much they vary; the segments that are compared make the difference by themselves."""
_EQUALLY_LIKELY = 1e-7
_ROUNDING = 1e-12
"""A sum of squares so much larger than what is left of it by a subtraction leaves only the rounding."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """One measured number.

    Attributes
    ----------
    name
        What it measures, the same in every group: "reached Order placed", "wait before a call".
    kind
        ``share``: of ``n`` independent units, such as customers. ``mean``: over ``n`` units. ``count``: just counted.
    value
        From 0 to 1 for a share; in ``unit`` for a mean; NaN where nothing was measured.
    n
        How many units it is of.
    low, high
        95% interval; NaN where there is none.
    unit
        Of a mean: "seconds", "points", "EUR" …, "of customers" of a share that is estimated as a mean; empty for shares and counts.
    deviation
        Standard deviation of a mean's values; NaN otherwise.
    whole
        What a share is one part of, such as "customers": a group that has other parts of it and not this one has 0 of it. Empty: of
        a group that does not have it nothing is known.
    behind, behind_n
        The journeys that the number counts, and those that it is of: see :func:`journeys_of`; empty where no journeys are just these.
    """

    name: str
    kind: EstimateKind
    value: float
    n: int
    low: float = math.nan
    high: float = math.nan
    unit: str = ""
    deviation: float = math.nan
    whole: str = ""
    behind: str = field(default="", compare=False)
    behind_n: str = field(default="", compare=False)

    def opening(self, behind: str = "", n: str = "") -> Estimate:
        """The same number with the journeys that it counts, and those that it is of."""
        return replace(self, behind=behind, behind_n=n)

    @property
    def is_in_per_cent(self) -> bool:
        """Whether it is told in per cent, and a difference of it in percentage points."""
        return self.kind == "share" or self.unit.startswith("of ")

    def to_dict(self) -> dict[str, Any]:
        """``{"name", "kind", "value", "n", "low", "high", "unit"}``."""
        return {
            "name": self.name,
            "kind": self.kind,
            "value": self.value,
            "n": self.n,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
        }


def journeys_of(kind: str, **said: str | int | bool | Sequence[str]) -> str:
    """The address of journeys behind a number: its kind, and what is said of it beside what the question was asked with.

    The kinds are those of :data:`desireline.journeys.routes.numbers.NUMBERS`.

    >>> journeys_of("variant", path=["Basket", "Paid"])
    'variant?path=Basket&path=Paid'
    """
    told = {name: str(value).lower() if isinstance(value, bool) else value for name, value in said.items()}
    return f"{kind}?{urlencode(told, doseq=True)}"


def share(name: str, count: int, n: int, *, whole: str = "") -> Estimate:
    """How many of ``n`` independent units, with Wilson's interval; NaN of none."""
    low, high = wilson_intervals(np.array([count]), np.array([n]))
    return Estimate(name, "share", count / n if n else math.nan, n, float(low[0]), float(high[0]), whole=whole)


def mean(name: str, n: int, total: float, squares: float, *, unit: str) -> Estimate:
    """The mean of ``n`` values from their sum and the sum of their squares, with Student's interval; none where all are equal."""
    if n == 0:
        return Estimate(name, "mean", math.nan, 0, unit=unit)
    value = total / n
    if n == 1:
        return Estimate(name, "mean", value, 1, unit=unit)
    rest = squares - n * value * value
    if rest <= _ROUNDING * squares:
        return Estimate(name, "mean", value, n, unit=unit, deviation=0.0)
    deviation = math.sqrt(rest / (n - 1))
    half = _t_quantile(n - 1) * deviation / math.sqrt(n)
    return Estimate(name, "mean", value, n, value - half, value + half, unit, deviation)


def count(name: str, number: int) -> Estimate:
    """Something that is only counted."""
    return Estimate(name, "count", float(number), number)


UNTESTED_TEXTS: Mapping[Untested, Phrase] = {
    "too_few": phrase("too few to say"),
    "no_spread": phrase("all equal, cannot say"),
    "by_segment": phrase("made so by the segment"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One number in two groups.

    Attributes
    ----------
    before, after
        Of the first group and the second.
    difference
        ``after - before``, in points of the share (0.05 is five percentage points) or in the unit of the mean.
    low, high
        95% interval of the difference; NaN where there is none.
    p
        How often a difference as large comes by chance where there is none; NaN where that cannot be said.
    is_sure
        Whether it is more than chance, with all differences of the comparison in view.
    untested
        Why that cannot be said; ``None`` where it can, and of a count.
    """

    before: Estimate
    after: Estimate
    difference: float
    low: float
    high: float
    p: float
    is_sure: bool = False
    untested: Untested | None = None

    def verdict_text(self) -> Phrase:
        """Whether it is more than chance, for people."""
        if self.is_sure:
            return phrase("yes")
        return phrase("–") if self.untested is None else UNTESTED_TEXTS[self.untested]

    def value_text(self, side: Literal["before", "after"]) -> str:
        """One of the two numbers for people."""
        told = self.before if side == "before" else self.after
        return _text(told, told.value)

    def difference_text(self) -> str:
        """The difference with its interval for people; nothing of a count."""
        if self.before.kind == "count" or math.isnan(self.difference):
            return "–"
        if self.before.is_in_per_cent:
            low, high = (f"{100 * each:+.1f}" for each in (self.low, self.high))
            told = f"{100 * self.difference:+.1f} points"
        else:
            low, high = (_signed(self.before, each) for each in (self.low, self.high))
            told = _signed(self.before, self.difference)
        return told if math.isnan(self.low) else f"{told} ({low} to {high})"

    def opened(self) -> Mapping[str, str]:
        """``{"behind", "behind_n"}``: the journeys that are counted, the same for both groups."""
        return {
            "behind": self.before.behind or self.after.behind,
            "behind_n": self.before.behind_n or self.after.behind_n,
        }

    def to_dict(self) -> dict[str, Any]:
        """``{"name", "kind", "unit", "before", "after", "n_before", "n_after", "difference", "low", "high", "p", "is_sure",
        "untested"}``."""
        return {
            "name": self.before.name,
            "kind": self.before.kind,
            "unit": self.before.unit,
            "before": self.before.value,
            "after": self.after.value,
            "n_before": self.before.n,
            "n_after": self.after.n,
            "difference": self.difference,
            "low": self.low,
            "high": self.high,
            "p": self.p,
            "is_sure": self.is_sure,
            "untested": self.untested,
        }


@dataclass(frozen=True, slots=True)
class GroupAsked:
    """What a group was asked with, without the customers that are left out of it: texts that choose it again.

    ``begun``: who starts in it, where a question follows customers from their start on.
    """

    period: str | None = None
    begun: str | None = None
    where: str | None = None
    segment: str | None = None
    not_segment: str | None = None
    journey: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Its attributes."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class GroupSizes:
    """The customers of two groups.

    Attributes
    ----------
    first, second
        How many are compared.
    in_both
        How many are in both groups as they were asked for.
    note
        What was done about them, in a sentence; empty where there are none.
    left_out
        Whether the groups that are compared are without them, or one of the two is.
    """

    first: int
    second: int
    in_both: int
    note: str = ""
    left_out: bool = False

    def to_dict(self) -> dict[str, Any]:
        """``{"first", "second", "in_both", "left_out", "note"}``."""
        return {
            "first": self.first,
            "second": self.second,
            "in_both": self.in_both,
            "left_out": self.left_out,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class GroupTest:
    """One test of whether two groups differ at all; ``p``: how often they would as much by chance, NaN where that cannot be said."""

    name: str
    chi_squared: float
    p: float

    def to_dict(self) -> dict[str, Any]:
        """``{"name", "chi_squared", "p"}``."""
        return {"name": self.name, "chi_squared": self.chi_squared, "p": self.p}


@dataclass(frozen=True, slots=True)
class Comparison(Result):
    """The numbers of two groups side by side: the sure differences first, largest (in standard errors) first.

    Attributes
    ----------
    sizes
        The customers of the groups; ``None`` where nobody counted them.
    test
        Of all numbers together; ``None`` where there is none.
    left_out
        How many numbers are so rare in both groups that they were not compared.
    of_company
        How many interactions of the groups do not count because the company did them.
    groups
        What both were asked with; ``None`` where that is no text.
    """

    differences: tuple[Difference, ...]
    sizes: GroupSizes | None = None
    test: GroupTest | None = None
    left_out: int = 0
    of_company: int = 0
    groups: tuple[GroupAsked, GroupAsked] | None = None

    def rows(self) -> list[dict[str, Any]]:
        """A row for each number."""
        return [each.to_dict() for each in self.differences]

    def to_dict(self) -> dict[str, Any]:
        """``{"differences": [...], "customers": {...} or null, "test": {...} or null, "left_out", "of_company", "groups"}``.

        Differences say here which journeys their numbers count too: ``behind`` and ``behind_n``, see :class:`Estimate`.
        """
        return {
            "differences": [{**each.to_dict(), **each.opened()} for each in self.differences],
            "customers": None if self.sizes is None else self.sizes.to_dict(),
            "test": None if self.test is None else self.test.to_dict(),
            "left_out": self.left_out,
            "of_company": self.of_company,
            "groups": None if self.groups is None else [each.to_dict() for each in self.groups],
        }

    def chart(self) -> altair.VConcatChart:
        """The differences with their intervals, the first thirty that have one."""
        from desireline.journeys.pictures.differences import chart_differences

        return chart_differences(self)


def _text(estimate: Estimate, value: float) -> str:
    if math.isnan(value):
        return "–"
    if estimate.is_in_per_cent:
        return f"{value:.1%}"
    if estimate.kind == "count":
        return f"{value:,.0f}"
    if estimate.unit == "seconds":
        return format_seconds(value)
    return f"{value:,.2f} {estimate.unit}".rstrip()


def _signed(estimate: Estimate, value: float) -> str:
    return ("−" if value < 0 else "+") + _text(estimate, abs(value))


def compare(
    before: Sequence[Estimate], after: Sequence[Estimate], *, by_segment: frozenset[str] = frozenset()
) -> Comparison:
    """Put numbers of the same name side by side.

    ``by_segment``: the names of those that differ because of how the groups were chosen; they are not tested, and come last.

    A number that one group lacks, for nothing of the kind happened there, is left out; but a share that is one part of a
    ``whole`` of which the group has other parts counts as 0 of it, and a count as 0.
    """
    known_before, known_after = ({each.name: each for each in group} for group in (before, after))
    found = []
    for name in dict.fromkeys([*known_before, *known_after]):
        first = known_before.get(name) or _nothing(known_after[name], before)
        second = known_after.get(name) or _nothing(known_before[name], after)
        if first is not None and second is not None:
            found.append(_difference(first, second, is_made=name in by_segment))
    sure = sure_ones([each.p for each in found])
    marked = [replace(each, is_sure=is_sure) for each, is_sure in zip(found, sure, strict=True)]
    return Comparison(tuple(sorted(marked, key=_order)))


def _order(each: Difference) -> tuple[bool, bool, float, float]:
    chance = each.p if each.p == each.p else 2.0
    return not each.is_sure, each.untested == "by_segment", chance, -abs(each.difference)


def sure_ones(chances: Sequence[float]) -> list[bool]:
    """Which of many tests are more than chance (Benjamini and Hochberg 1995, at :data:`FALSE_DISCOVERIES`); NaN never is.

    >>> sure_ones([0.01, 0.04, 0.5, math.nan])
    [True, False, False, False]
    """
    tested = sorted((p, place) for place, p in enumerate(chances) if p == p)
    passed = 0
    for rank, (p, _) in enumerate(tested, start=1):
        if p <= FALSE_DISCOVERIES * rank / len(tested):
            passed = rank
    sure = [False] * len(chances)
    for _, place in tested[:passed]:
        sure[place] = True
    return sure


def _nothing(other: Estimate, group: Sequence[Estimate]) -> Estimate | None:
    """What a group has of a number that did not occur in it; ``None`` where nothing is known."""
    if other.kind == "count":
        return count(other.name, 0)
    sizes = [each.n for each in group if each.whole and each.whole == other.whole]
    return share(other.name, 0, sizes[0], whole=other.whole) if sizes else None


def _difference(before: Estimate, after: Estimate, *, is_made: bool) -> Difference:
    change = after.value - before.value
    if before.kind == "count":
        return Difference(before, after, change, math.nan, math.nan, math.nan)
    untested = "by_segment" if is_made else _why_untested(before, after)
    if untested is not None:
        return Difference(before, after, change, math.nan, math.nan, math.nan, untested=untested)
    low, high, p = _of_shares(before, after) if before.kind == "share" else _of_means(before, after)
    return Difference(before, after, change, low, high, p)


def _why_untested(before: Estimate, after: Estimate) -> Untested | None:
    if min(before.n, after.n) < FEWEST_UNITS:
        return "too_few"
    if before.kind == "mean" and not before.deviation + after.deviation > 0:
        return "no_spread"
    return None


def _of_shares(before: Estimate, after: Estimate) -> tuple[float, float, float]:
    change = after.value - before.value
    low = change - math.hypot(after.value - after.low, before.high - before.value)
    high = change + math.hypot(after.high - after.value, before.value - before.low)
    return low, high, _share_chance(before, after)


def _share_chance(before: Estimate, after: Estimate) -> float:
    with_it = [round(each.value * each.n) for each in (before, after)]
    of = before.n + after.n
    pooled = sum(with_it) / of
    if min(before.n, after.n) * min(pooled, 1 - pooled) < FEWEST_EXPECTED:
        return _exact_chance(with_it[0], before.n, with_it[1], after.n)
    error = math.sqrt(pooled * (1 - pooled) * (1 / before.n + 1 / after.n))
    return math.erfc(abs(after.value - before.value) / error / math.sqrt(2))


def _exact_chance(first: int, n: int, second: int, m: int) -> float:
    """Fisher's exact test on two sides: how likely all tables are together that are as likely as this one or less.

    Grows with the smaller of a group and of those with the property.
    """
    from scipy.special import gammaln

    def choose(of: int, some: NDArray[np.int64]) -> NDArray[np.float64]:
        found: NDArray[np.float64] = gammaln(of + 1) - gammaln(some + 1) - gammaln(of - some + 1)
        return found

    total = first + second
    tables = np.arange(max(0, total - m), min(n, total) + 1)
    likely = choose(n, tables) + choose(m, total - tables)
    chances = np.exp(likely - likely.max())
    as_rare = chances <= chances[first - tables[0]] * (1 + _EQUALLY_LIKELY)
    return float(chances[as_rare].sum() / chances.sum())


def _of_means(before: Estimate, after: Estimate) -> tuple[float, float, float]:
    """By Welch; where a group is small or has no spread by Student too, and what says less counts.

    Of a small group that is skewed, or that knows few values, the own spread is by chance often too small, and Welch's test goes by it:
    of two samples of one exponential distribution with 5 and 50 values, it finds 12% to differ instead of 5%.
    """
    change = after.value - before.value
    judged = [_welch(before, after)]
    if min(before.n, after.n) < SMALL_GROUP or not min(before.deviation, after.deviation) > 0:
        judged.append(_student(before, after))
    half = max(_t_quantile(freedom) * error for error, freedom in judged)
    p = max(_t_chance(abs(change) / error, freedom) for error, freedom in judged)
    return change - half, change + half, p


def _welch(before: Estimate, after: Estimate) -> tuple[float, float]:
    """The standard error of the difference and its degrees of freedom (Satterthwaite)."""
    first, second = before.deviation**2 / before.n, after.deviation**2 / after.n
    freedom = (first + second) ** 2 / (first**2 / (before.n - 1) + second**2 / (after.n - 1))
    return math.sqrt(first + second), freedom


def _student(before: Estimate, after: Estimate) -> tuple[float, float]:
    """The same with the spread of both groups taken together."""
    freedom = before.n + after.n - 2
    squares = (before.n - 1) * before.deviation**2 + (after.n - 1) * after.deviation**2
    return math.sqrt(squares / freedom * (1 / before.n + 1 / after.n)), freedom


def _t_quantile(freedom: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + CONFIDENCE / 2))


def _t_chance(t: float, freedom: float) -> float:
    from scipy.special import stdtr

    return float(2 * stdtr(freedom, -t))
