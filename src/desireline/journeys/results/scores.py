"""Survey scores: what was answered, about what, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from desireline.base import phrase
from desireline.journeys.estimates import Estimate, journeys_of
from desireline.journeys.model import Result
from desireline.journeys.scoring import HIGHEST_DETRACTOR, LOWEST_PROMOTER, TOP_BOXES, ScoreScale

if TYPE_CHECKING:
    import altair

ScoresLevel = Literal["transaction", "journey", "relationship"]
ScoresBy = Literal["touchpoint", "channel", "team", "month", "stage", "outcome"]
_SHOWN = 25
NOTHING_BEFORE = phrase("(none)")


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """The answers about one touchpoint, channel, team or stage, of one month, or of journeys that ended in one way.

    Attributes
    ----------
    name
        ``None``: what they are about has none, or they are about nothing that is known.
    counts
        How many answers there are of each level of the scale, the lowest first.
    score
        NPS: -100 to 100. CSAT: the share of the two highest boxes. CES: the mean.
    mean
        Of the answers, in points of the scale.
    """

    name: str | None
    counts: tuple[int, ...]
    score: Estimate
    mean: Estimate

    @property
    def answers(self) -> int:
        """How many there are."""
        return sum(self.counts)

    @property
    def label(self) -> str:
        """The name, or that there is none."""
        return NOTHING_BEFORE if self.name is None else self.name

    def to_dict(self, kind: str) -> dict[str, Any]:
        """For JSON."""
        parts = {}
        if kind == "NPS":
            parts = {
                "promoters": sum(self.counts[LOWEST_PROMOTER:]),
                "passives": sum(self.counts[HIGHEST_DETRACTOR + 1 : LOWEST_PROMOTER]),
                "detractors": sum(self.counts[: HIGHEST_DETRACTOR + 1]),
            }
        return {
            "n": self.answers,
            **parts,
            "score": self.score.value,
            "low": self.score.low,
            "high": self.score.high,
            "mean": self.mean.value,
            "mean_low": self.mean.low,
            "mean_high": self.mean.high,
        }


@dataclass(frozen=True, slots=True)
class ChannelAnswering:
    """Customers with an interaction in a channel that an answer may be about, and how many of them have answered."""

    channel: str
    customers: int
    answered: Estimate

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        share = self.answered
        return {
            "channel": self.channel,
            "customers": self.customers,
            "answered": round(share.value * share.n) if share.n else 0,
            "share": share.value,
            "low": share.low,
            "high": share.high,
        }


@dataclass(frozen=True, slots=True)
class Scores(Result):
    """The answers to one kind of survey.

    Attributes
    ----------
    scale
        On what scale they are.
    level
        transaction: all answers. journey: the last one of each journey. relationship: the last one of each customer.
    by
        What the groups are; ``None``: there are none.
    within_seconds
        How long before an answer that may lie which it is about; of journeys, how long after their end an answer may come.
    total
        All answers.
    groups
        Months, stages and outcomes in their order; others by how many answers they have, most first.
    unattributed
        Answers that are about nothing that is known.
    off_scale
        Scores of this kind that are no whole number of the scale; in no other number here.
    without_kind
        Scores of which nobody says what they answer; in no other number here.
    surveys
        Touchpoints that count as surveys.
    response
        Of the surveys that were sent, how many were answered; ``None`` where it was not asked.
    journeys_answered
        Of the journeys, how many have an answer; ``None`` on other levels.
    customers_answered
        Of the customers, how many have answered.
    answering
        The same by channel, most customers first.
    teams, channels
        Those whose answers are told of; ``None``: all. Shares of who answered are of those with an interaction there.
    """

    scale: ScoreScale
    level: ScoresLevel
    by: ScoresBy | None
    within_seconds: float
    total: ScoreGroup
    groups: tuple[ScoreGroup, ...]
    unattributed: int
    off_scale: int
    without_kind: int
    surveys: tuple[str, ...]
    response: Estimate | None
    journeys_answered: Estimate | None
    customers_answered: Estimate
    answering: tuple[ChannelAnswering, ...]
    teams: tuple[str, ...] | None = None
    channels: tuple[str, ...] | None = None

    def rows(self) -> list[dict[str, Any]]:
        """A row for each group; one of all answers where there are none."""
        kind = self.scale.kind
        if self.by is None:
            return [self.total.to_dict(kind)]
        return [{self.by: each.name, **each.to_dict(kind)} for each in self.groups]

    def to_dict(self) -> dict[str, Any]:
        """See docs/scores.md."""
        kind = self.scale.kind
        scores = range(self.scale.low, self.scale.high + 1)
        return {
            "kind": kind,
            "scale": {"low": self.scale.low, "high": self.scale.high, "high_means": self.scale.high_means},
            "level": self.level,
            "by": self.by,
            "teams": None if self.teams is None else list(self.teams),
            "channels": None if self.channels is None else list(self.channels),
            "within_seconds": self.within_seconds,
            "total": self.total.to_dict(kind),
            "distribution": [{"score": score, "n": n} for score, n in zip(scores, self.total.counts, strict=True)],
            "groups": self.rows() if self.by else [],
            "unattributed": self.unattributed,
            "off_scale": self.off_scale,
            "without_kind": self.without_kind,
            "surveys": list(self.surveys),
            "response": _share(self.response),
            "journeys_answered": _share(self.journeys_answered),
            "customers_answered": _share(self.customers_answered),
            "answering": [each.to_dict() for each in self.answering],
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """The score and mean of all and of each group, and the shares of those who answered."""
        shares = (self.response, self.journeys_answered, self.customers_answered)
        groups = [
            each.opening(*self._journeys(each, None if group is self.total else group.name or ""))
            for group in (self.total, *self.groups)
            for each in (group.score, group.mean)
        ]
        named = {each.name: each for each in (*groups, *(share for share in shares if share is not None))}
        answering = (
            each.answered.opening(
                journeys_of("answering", channel=each.channel, answered=True),
                journeys_of("answering", channel=each.channel),
            )
            for each in self.answering
        )
        return (*named.values(), *answering)

    def _journeys(self, estimate: Estimate, value: str | None) -> tuple[str, str]:
        """The journeys with the answers that a number counts, and those that it is of."""
        group = {} if value is None or self.by is None else {"by": self.by, "value": value}
        answers = journeys_of("answers", **group)
        boxes = estimate.kind == "share"
        return (journeys_of("answers", boxes=TOP_BOXES, **group) if boxes else answers), answers

    def chart(self) -> altair.LayerChart | altair.VConcatChart:
        """Groups as points with intervals beside that of all; without groups how often each score was given, and who answers."""
        from desireline.journeys.pictures.scores_chart import draw_groups, draw_scores

        return draw_scores(self) if self.by is None else draw_groups(self, most=_SHOWN)


def _share(estimate: Estimate | None) -> dict[str, Any] | None:
    """``{"share", "n", "low", "high"}``."""
    if estimate is None:
        return None
    return {"share": estimate.value, "n": estimate.n, "low": estimate.low, "high": estimate.high}
