"""Survey scores: their scales, what is made of the answers on one, and how they compare with a feeling.

- NPS, 0 to 10: percentage of promoters (9 and 10) less percentage of detractors (0 to 6) (Reichheld 2003).
- CSAT: the share of answers in the two highest boxes, and the mean.
- CES: the mean, with what a high score means (Dixon, Freeman, Toman 2010; since 2013 on a scale of 1 to 7 where high is easy).

Definitions and an example: docs/scores.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from desireline.base import InputError, Phrase, phrase
from desireline.journeys.estimates import CONFIDENCE, Estimate, mean, share

ScoreKind = Literal["NPS", "CSAT", "CES"]
HighMeans = Literal["good", "effort"]
SCORE_KINDS: tuple[ScoreKind, ...] = get_args(ScoreKind)
MOST_LEVELS = 101
LOWEST_PROMOTER, HIGHEST_DETRACTOR = 9, 6
_DEFAULTS = {"NPS": (0, 10), "CSAT": (1, 5), "CES": (1, 7)}
TOP_BOXES = 2
"""CSAT is the share of answers in so many highest levels of the scale."""
_ADDED, _ADDED_TO_EACH = 3.0, 0.75


@dataclass(frozen=True, slots=True)
class ScoreScale:
    """A scale of whole numbers.

    Attributes
    ----------
    kind
        Which survey.
    low, high
        The lowest and the highest answer.
    high_means
        ``good``; of CES also ``effort``.
    """

    kind: ScoreKind
    low: int
    high: int
    high_means: HighMeans = "good"

    @property
    def levels(self) -> int:
        """How many different answers there are."""
        return self.high - self.low + 1

    @property
    def text(self) -> Phrase:
        """In words, with the direction."""
        if self.kind == "NPS":
            meaning = phrase("{score} is extremely likely to recommend", score=self.high)
        elif self.kind == "CSAT":
            meaning = phrase("{score} is very satisfied", score=self.high)
        else:
            easy = self.high_means == "good"
            meaning = phrase("{score} is very easy" if easy else "{score} is much effort", score=self.high)
        return phrase("{low} to {high}, {meaning}", low=self.low, high=self.high, meaning=meaning)

    def feelings(self) -> tuple[float, float]:
        """``a`` and ``b``, with which ``a + b * score`` is a feeling from -2 to +2: the ends of the scale are its ends."""
        slope = 4 / (self.high - self.low)
        return (-2 - slope * self.low, slope) if self.high_means == "good" else (2 + slope * self.low, -slope)


def score_scale(kind: str, scale: tuple[int, int] | None = None, high_means: HighMeans | None = None) -> ScoreScale:
    """A scale as it is asked for; by default NPS 0 to 10, CSAT 1 to 5, CES 1 to 7, high is good.

    Raises
    ------
    InputError
        There is no such kind, or no such scale.
    """
    if kind not in SCORE_KINDS:
        raise InputError(phrase("kind: expected one of {known}, got {kind!r}", known=", ".join(SCORE_KINDS), kind=kind))
    known: ScoreKind = SCORE_KINDS[SCORE_KINDS.index(kind)]
    low, high = _DEFAULTS[known] if scale is None else scale
    if known == "NPS" and (low, high) != _DEFAULTS["NPS"]:
        raise InputError(phrase("scale: NPS is on 0 to 10 by definition, got {low} to {high}", low=low, high=high))
    if not 1 <= high - low < MOST_LEVELS:
        raise InputError(
            phrase(
                "scale: expected two whole numbers, the lower first, at most 100 apart, got {low} to {high}",
                low=low,
                high=high,
            )
        )
    if high_means == "effort" and known != "CES":
        raise InputError(phrase("high_means: only CES may be on a scale where high means effort"))
    if high_means is not None and high_means not in get_args(HighMeans):
        raise InputError(phrase("high_means: expected good or effort, got {high_means!r}", high_means=high_means))
    return ScoreScale(known, low, high, high_means or "good")


def main_estimate(name: str, scale: ScoreScale, counts: Sequence[int]) -> Estimate:
    """The number of the kind: NPS, share in the top two boxes, or mean of CES.

    Parameters
    ----------
    counts
        How many answers there are of each level of the scale, the lowest first.
    """
    if scale.kind == "NPS":
        promoters = sum(counts[LOWEST_PROMOTER:])
        detractors = sum(counts[: HIGHEST_DETRACTOR + 1])
        return net_promoter(name, promoters, detractors, sum(counts))
    if scale.kind == "CSAT":
        return share(name, sum(counts[-TOP_BOXES:]), sum(counts))
    return mean_score(name, scale, counts)


def mean_score(name: str, scale: ScoreScale, counts: Sequence[int]) -> Estimate:
    """The mean of the answers, in points of the scale, within it."""
    scores = range(scale.low, scale.high + 1)
    total = sum(score * count for score, count in zip(scores, counts, strict=True))
    squares = sum(score * score * count for score, count in zip(scores, counts, strict=True))
    found = mean(name, sum(counts), total, squares, unit="points")
    return clipped(found, scale.low, scale.high)


def net_promoter(name: str, promoters: int, detractors: int, n: int) -> Estimate:
    """NPS from -100 to 100, with an adjusted Wald interval.

    The variance of a difference of two shares of one sample is ``(p + d - (p - d)²) / n``. The interval takes it after three
    quarters of an answer are added to promoters and to detractors and three answers in all: without that, the interval of few
    answers is too narrow, and of equal ones has no width (Rocks 2016, The American Statistician 70, 365-372). It is cut off at
    the ends of the scale, and reaches to the value.

    >>> found = net_promoter("NPS", 4, 3, 10)
    >>> found.value, round(found.low, 1), round(found.high, 1)
    (10.0, -36.1, 51.4)
    """
    if n == 0:
        return Estimate(name, "mean", math.nan, 0, unit="points")
    value = 100 * (promoters - detractors) / n
    p, d = (promoters + _ADDED_TO_EACH) / (n + _ADDED), (detractors + _ADDED_TO_EACH) / (n + _ADDED)
    half = _normal_quantile() * math.sqrt((p + d - (p - d) ** 2) / (n + _ADDED))
    low, high = max(min(100 * (p - d - half), value), -100.0), min(max(100 * (p - d + half), value), 100.0)
    spread = max((promoters + detractors) / n - (value / 100) ** 2, 0.0)
    deviation = math.nan if n == 1 else 100 * math.sqrt(spread * n / (n - 1))
    return Estimate(name, "mean", value, n, low, high, "points", deviation)


def clipped(estimate: Estimate, low: float, high: float) -> Estimate:
    """With the interval cut off at the ends of a scale."""
    return Estimate(
        estimate.name,
        estimate.kind,
        estimate.value,
        estimate.n,
        max(estimate.low, low) if estimate.low == estimate.low else estimate.low,
        min(estimate.high, high) if estimate.high == estimate.high else estimate.high,
        estimate.unit,
        estimate.deviation,
    )


def _normal_quantile() -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)


def read_scale(name: str, value: tuple[int, int] | str | None) -> tuple[int, int] | None:
    """A scale that may be given as text, ``1..5``.

    Raises
    ------
    InputError
        It is neither; ``name`` says of what.
    """
    if not isinstance(value, str):
        return value
    low, separator, high = value.partition("..")
    try:
        if not separator:
            raise ValueError
        return int(low), int(high)
    except ValueError:
        raise InputError(
            phrase("{name}: expected a scale of whole numbers such as 1..5, got {value!r}", name=name, value=value)
        ) from None
