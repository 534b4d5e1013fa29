"""NPS, CSAT and CES: what customers answered, about what, and who answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, UnknownNameError, closest_names, phrase
from desireline.interactions.local_time import local_times
from desireline.journeys.analyses.about import About, told_about
from desireline.journeys.analyses.surveys import (
    SURVEY_FIELDS,
    FoundScores,
    Surveys,
    SurveysPass,
    code_of,
    find_scores,
    names_of_surveys,
    surveys_among,
    without_kind,
)
from desireline.journeys.analyses.touchpoints import marks_of_touchpoints
from desireline.journeys.engine import Answer, Pass
from desireline.journeys.estimates import share
from desireline.journeys.model import OUTCOMES, Names, Part, Spans
from desireline.journeys.results.scores import ChannelAnswering, ScoreGroup, Scores, ScoresBy, ScoresLevel
from desireline.journeys.scoring import HighMeans, ScoreKind, ScoreScale, main_estimate, mean_score, score_scale
from desireline.journeys.spans import rows_of
from desireline.journeys.wording import field_text
from desireline.kernels import scores as kernels
from desireline.kernels.arrays import read_only
from desireline.kernels.sessions import count_customers
from desireline.kernels.tallies import Tally, add, tally

DEFAULT_SCORES_WITHIN = timedelta(days=7)
_NOTHING = -1
_LARGEST_GROUP = 1 << 20
_ORDERED = ("month", "stage", "outcome")


@dataclass(frozen=True, slots=True)
class ScoresAnalysis:
    """The answers to one kind of survey, by what they are about.

    An answer is a score of the kind, a whole number on its scale. It is about the last interaction of the customer, up to its own,
    that is no survey, not internal and not of a system, at most ``within`` before it: an answer on a chat is about that chat.

    - transaction: every answer in a span.
    - journey: of each span the last answer in it, or at most ``within`` after its last interaction and before the customer's next
      span; it is about the last such interaction of the span up to it.
    - relationship: the latest answer of each customer; by month, of each customer in each month.

    Definitions and an example: docs/scores.md.

    Parameters
    ----------
    kind
        NPS, CSAT or CES.
    level
        See above.
    by
        What answers are grouped by: the touchpoint, channel, team or stage of what they are about, the month of the
        answer, or the outcome of the journey. ``None``: not at all.
    within
        Not negative.
    scale, high_means
        See :func:`desireline.journeys.scoring.score_scale`.
    surveys
        Touchpoints that are surveys. ``None``: those of which more than nine in ten interactions have a score.
    sent
        Touchpoints with which surveys are sent; they are surveys too. Each such interaction is a survey that was sent; answered
        if it has a score itself, or if the first later answer, before the next one is sent, comes within ``within``.
    teams, channels
        Only answers about interactions of these teams, and in these channels, are told of; and of the customers and journeys with such an
        interaction those who answered about one. They are chosen after all else is done, so that these are the answers of their groups. ``None``: all.
    timezone
        By whose clock months begin.
    """

    kind: ScoreKind = "NPS"
    level: ScoresLevel = "transaction"
    by: ScoresBy | None = None
    within: timedelta = DEFAULT_SCORES_WITHIN
    scale: tuple[int, int] | None = None
    high_means: HighMeans | None = None
    surveys: tuple[str, ...] | None = None
    sent: tuple[str, ...] = ()
    teams: tuple[str, ...] | None = None
    channels: tuple[str, ...] | None = None
    timezone: str = "UTC"

    @property
    def fields(self) -> tuple[str, ...]:
        """What it looks at."""
        return (*SURVEY_FIELDS, "team") if self.by == "team" or self.teams is not None else SURVEY_FIELDS

    def begin(self, names: Names) -> Pass[Any, Scores]:
        """Find the surveys first, unless they are named; then the answers.

        Raises
        ------
        InputError
            A setting has no such value, stages are asked for and the taxonomy names none, or surveys that are sent are asked for of teams or
            channels.
        UnknownNameError
            A survey is no touchpoint, or there is no such team or channel.
        """
        scale = score_scale(self.kind, self.scale, self.high_means)
        _check_setting("level", self.level, get_args(ScoresLevel))
        if self.by is not None:
            _check_setting("by", self.by, get_args(ScoresBy))
        if self.by == "outcome" and self.level != "journey":
            raise InputError(phrase("by: only journeys have an outcome"), hint=phrase("ask for the level journey"))
        if self.by == "stage" and not names.stages:
            raise InputError(
                phrase("expected a taxonomy with stages, to group answers by stage"),
                hint=phrase("say in taxonomy.yaml of the workspace which touchpoint belongs to which stage"),
            )
        if self.within < timedelta():
            raise InputError(
                phrase("within: expected a duration that is not negative, got {within}", within=self.within)
            )
        subject = told_about(names, self.teams, self.channels)
        if self.sent and not subject.is_everything:
            raise InputError(
                phrase("sent: surveys that are sent are about no team and no channel"),
                hint=phrase("leave out either --sent or --teams and --channels"),
            )
        sent = marks_of_touchpoints(self.sent, names.touchpoints, role=phrase("surveys that are sent"))
        within = self.within // timedelta(microseconds=1)
        asked = _Asked(
            scale, self.level, self.by, within, sent, bool(self.sent), self.timezone, subject, self.teams, self.channels
        )
        go_on = partial(_scores_pass, names, asked)
        if self.surveys is None:
            return SurveysPass(names, sent, go_on)
        named = marks_of_touchpoints(self.surveys, names.touchpoints, role=phrase("surveys"))
        return go_on(surveys_among(names, sent | named))


@dataclass(frozen=True, slots=True)
class _Asked:
    """The settings, checked; ``sent``: bool[touchpoints], ``within``: microseconds."""

    scale: ScoreScale
    level: ScoresLevel
    by: ScoresBy | None
    within: int
    sent: NDArray[np.bool_]
    has_sent: bool
    timezone: str
    subject: About
    teams: tuple[str, ...] | None
    channels: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ScoreCounts:
    """The state: all of it counts.

    Attributes
    ----------
    answers
        By ``(group + 2**20) * levels + level``.
    numbers
        int64[9]: unattributed, off the scale, without kind, spans, spans with an answer, customers, those who answered, surveys
        sent, those answered.
    channels
        int64[2, channels]: customers, and those who answered.
    """

    answers: Tally
    numbers: NDArray[np.int64]
    channels: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Answers:
    """Places of answers in a part, their customers, what they are about, and numbers of journeys (else 0); int64[m] each."""

    places: NDArray[np.int64]
    customers: NDArray[np.int64]
    about: NDArray[np.int64]
    spans: NDArray[np.int64]

    def only(self, chosen: NDArray[np.int64]) -> _Answers:
        """Some of them."""
        return _Answers(self.places[chosen], self.customers[chosen], self.about[chosen], self.spans[chosen])


@dataclass(frozen=True, slots=True)
class _Read:
    """What is read of a part: its scores, what an answer can be about, what is told of, all answers, and those that count."""

    found: FoundScores
    candidates: NDArray[np.bool_]
    subject: NDArray[np.bool_]
    answers: _Answers
    counted: _Answers

    def answering(self, part: Part) -> Answering:
        """Who has answered."""
        customers = np.zeros(len(part.customers), np.bool_)
        customers[self.answers.customers] = True
        return Answering(read_only(self.candidates & self.subject), read_only(customers))


@dataclass(frozen=True, slots=True)
class ScoredAnswers:
    """Answers of a part, m of them.

    Attributes
    ----------
    places, spans
        int64[m] each: where they are, and the spans that they count for; of a journey its answer may come after its end.
    groups, levels
        int64[m] each: the codes of their groups, -1 of none, and their levels on the scale.
    """

    places: NDArray[np.int64]
    spans: NDArray[np.int64]
    groups: NDArray[np.int64]
    levels: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Answering:
    """Of a part: the interactions that are told of, bool[n], and the customers who have answered, bool[k]."""

    told: NDArray[np.bool_]
    customers: NDArray[np.bool_]


def _scores_pass(names: Names, asked: _Asked, surveys: Surveys) -> Pass[ScoreCounts, Scores]:
    return ScoresPass(names, asked, surveys, code_of(names, "score_kind", asked.scale.kind))


@dataclass(frozen=True, slots=True)
class ScoresPass(Pass[ScoreCounts, Scores]):
    """Counts answers by group and level.

    ``kind``: the code of the kind of score.
    """

    names: Names
    asked: _Asked
    surveys: Surveys
    kind: int

    def partial(self, spans: Spans) -> ScoreCounts:
        """The counts of one part."""
        part, asked = spans.part, self.asked
        read = self._read(spans)
        found, answers, counted, answering = read.found, read.answers, read.counted, read.answering(part)
        meant, has_answered = answering.told, answering.customers
        keys = (self._groups(spans, counted) + _LARGEST_GROUP) * asked.scale.levels + found.levels[counted.places]
        rows = rows_of(spans)
        numbers = (
            np.count_nonzero(counted.about == _NOTHING),
            np.count_nonzero(found.off_scale[rows]),
            np.count_nonzero(without_kind(spans)[rows]),
            *self._asked_for(spans, meant, has_answered, len(answers.places)),
            np.count_nonzero(has_answered),
            *((len(self.sent(spans)), len(self.answers_to_sent(spans))) if asked.has_sent else (0, 0)),
        )
        channels = kernels.count_answering(
            part.channels,
            spans.starts,
            spans.ends,
            spans.owners,
            meant,
            has_answered,
            len(self.names.channels),
        )
        return ScoreCounts(tally(keys), np.array(numbers, np.int64), channels)

    def combine(self, first: ScoreCounts, second: ScoreCounts) -> ScoreCounts:
        """The sums."""
        return ScoreCounts(
            add(first.answers, second.answers), first.numbers + second.numbers, first.channels + second.channels
        )

    def conclude(self, state: ScoreCounts) -> Answer[Scores]:
        """The answer."""
        asked, scale = self.asked, self.asked.scale
        by_group: dict[int, list[int]] = {}
        for key, count in zip(state.answers.keys.tolist(), state.answers.counts.tolist(), strict=True):
            group, level = divmod(key, scale.levels)
            by_group.setdefault(group - _LARGEST_GROUP, [0] * scale.levels)[level] += count
        total = [sum(column) for column in zip(*by_group.values(), strict=True)] or [0] * scale.levels
        unattributed, off_scale, kindless, spans, with_answer, customers, answered, sent, sent_answered = (
            state.numbers.tolist()
        )
        return Answer(
            Scores(
                scale=scale,
                level=asked.level,
                by=asked.by,
                within_seconds=asked.within / 1e6,
                total=_group(None, scale.kind, scale, total),
                groups=self._sorted_groups(by_group),
                unattributed=unattributed,
                off_scale=off_scale,
                without_kind=kindless,
                surveys=names_of_surveys(self.names, self.surveys),
                response=share(phrase("surveys answered"), sent_answered, sent) if asked.has_sent else None,
                journeys_answered=(
                    share(phrase("journeys with an answer"), with_answer, spans) if asked.level == "journey" else None
                ),
                customers_answered=share(phrase("customers who answered"), answered, customers),
                answering=self._answering(state.channels),
                teams=asked.teams,
                channels=asked.channels,
            )
        )

    def told_of(self, spans: Spans) -> ScoredAnswers:
        """The answers of one part that are counted."""
        read = self._read(spans)
        counted = read.counted
        numbers = counted.spans
        if self.asked.level != "journey":
            numbers = np.searchsorted(spans.starts, counted.places, side="right") - 1
        return ScoredAnswers(counted.places, numbers, self._groups(spans, counted), read.found.levels[counted.places])

    def answering(self, spans: Spans) -> Answering:
        """Who has answered in one part."""
        return self._read(spans).answering(spans.part)

    def answers_to_sent(self, spans: Spans) -> NDArray[np.int64]:
        """Where in one part surveys that were sent are answered, ascending."""
        part = spans.part
        valid = find_scores(spans, self.asked.scale, self.kind).valid
        columns = (part.times, spans.starts, spans.ends, spans.owners)
        marks = kernels.answers_to_sent(
            *columns, read_only(self.asked.sent[part.touchpoints]), valid, self.asked.within
        )
        return np.flatnonzero(marks)

    def sent(self, spans: Spans) -> NDArray[np.int64]:
        """Where in one part surveys were sent, ascending."""
        rows = np.arange(len(spans.part.times), dtype=np.int64)[rows_of(spans)]
        return rows[self.asked.sent[spans.part.touchpoints[rows]]]

    def group_named(self, name: str) -> int:
        """The code of a group by its name.

        Raises
        ------
        UnknownNameError
            There is none.
        """
        if self.asked.by == "month":
            try:
                return int(np.datetime64(name, "M").astype(np.int64))
            except ValueError:
                raise InputError(phrase("expected a month such as 2026-03, got {name!r}", name=name)) from None
        known = self._texts.get(self.asked.by or "", ())
        if name not in known:
            close = closest_names(name, known)
            raise UnknownNameError(
                phrase("there is no group {name!r}", name=name),
                hint=phrase("did you mean {close}?", close=", ".join(close)) if close else None,
            )
        return known.index(name)

    @property
    def _texts(self) -> dict[str, tuple[str, ...]]:
        return {
            "touchpoint": self.names.touchpoints,
            "channel": self.names.channels,
            "team": self.names.values.get("team", ()),
            "stage": self.names.stages,
            "outcome": OUTCOMES,
        }

    def _read(self, spans: Spans) -> _Read:
        part, asked = spans.part, self.asked
        found = find_scores(spans, asked.scale, self.kind)
        candidates = self.surveys.candidates(spans)
        subject = asked.subject.of(part)
        answers = self._answers(spans, found.valid, candidates)
        counted = answers
        if asked.level == "relationship":
            counted = answers.only(self._latest(part.times[answers.places], answers.customers))
        if not asked.subject.is_everything:
            answers, counted = (
                each.only(np.flatnonzero((each.about != _NOTHING) & subject[each.about])) for each in (answers, counted)
            )
        return _Read(found, candidates, subject, answers, counted)

    def _answers(self, spans: Spans, valid: NDArray[np.bool_], candidates: NDArray[np.bool_]) -> _Answers:
        """All answers of a part on the level; of journeys one each."""
        part = spans.part
        columns = (part.times, spans.starts, spans.ends, spans.owners, part.offsets, valid)
        if self.asked.level == "journey":
            places, numbers, about = kernels.last_answers(*columns, candidates, self.asked.within)
            return _Answers(places, spans.owners[numbers], about, numbers)
        places, customers, about = kernels.find_answers(*columns, candidates, self.asked.within)
        return _Answers(places, customers, about, np.zeros(len(places), np.int64))

    def _asked_for(
        self, spans: Spans, meant: NDArray[np.bool_], has_answered: NDArray[np.bool_], answers: int
    ) -> tuple[int, int, int]:
        """Spans, answers, and customers; where only some interactions are told of, spans and customers that have one."""
        if self.asked.subject.is_everything:
            return len(spans.starts), answers, count_customers(spans.owners)
        before = np.concatenate([[0], np.cumsum(meant)])
        has_one = before[spans.ends] > before[spans.starts]
        customers = has_answered.copy()
        customers[spans.owners[has_one]] = True
        return int(np.count_nonzero(has_one)), answers, int(np.count_nonzero(customers))

    def _latest(self, times: NDArray[np.int64], customers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Which answers are the last ones of their customer, or of customer and month."""
        last = np.diff(customers, append=-1) != 0
        if self.asked.by == "month":
            months = _months(times)
            last |= np.diff(months, append=months[-1:] - 1) != 0
        return np.flatnonzero(last)

    def _groups(self, spans: Spans, answers: _Answers) -> NDArray[np.int64]:
        """The group of each answer: a code, -1 for none; of months their number since 1970."""
        part, by = spans.part, self.asked.by
        places, about = answers.places, answers.about
        if by is None:
            return np.zeros(len(places), np.int64)
        if by == "month":
            return _months(local_times(part.times[places], self.asked.timezone))
        if by == "outcome":
            if spans.outcomes is None:
                return np.full(len(places), _NOTHING, np.int64)
            return spans.outcomes[answers.spans].astype(np.int64)
        if by == "channel":
            codes = part.channels[about].astype(np.int64)
        elif by == "team":
            codes = part.field("team")[about].astype(np.int64)
        else:
            codes = part.touchpoints[about].astype(np.int64)
            if by == "stage":
                codes = np.array([*self.names.stage_of, _NOTHING], np.int64)[codes]
        return np.where(about == _NOTHING, _NOTHING, codes)

    def _sorted_groups(self, by_group: dict[int, list[int]]) -> tuple[ScoreGroup, ...]:
        by, scale = self.asked.by, self.asked.scale
        if by is None:
            return ()
        texts = self._texts
        if by in _ORDERED:
            order = sorted(by_group, key=lambda code: (by != "month" and code == _NOTHING, code))
        else:
            order = sorted(
                by_group,
                key=lambda code: (code == _NOTHING, -sum(by_group[code]), texts[by][code] if code >= 0 else ""),
            )
        made = []
        for code in order:
            if by == "month":
                name: str | None = str(np.datetime64(code, "M"))
            else:
                name = None if code == _NOTHING else texts[by][code]
            made.append(
                _group(
                    name,
                    phrase("{kind}, {field} {name}", kind=scale.kind, field=field_text(by), name=name),
                    scale,
                    by_group[code],
                )
            )
        return tuple(made)

    def _answering(self, channels: NDArray[np.int64]) -> tuple[ChannelAnswering, ...]:
        found = []
        for name, customers, answered in zip(self.names.channels, *channels.tolist(), strict=True):
            if customers:
                estimate = share(phrase("customers in {name} who answered", name=name), answered, customers)
                found.append(ChannelAnswering(name, customers, estimate))
        return tuple(sorted(found, key=lambda each: (-each.customers, each.channel)))


def _group(name: str | None, title: str, scale: ScoreScale, counts: list[int]) -> ScoreGroup:
    score = main_estimate(title, scale, counts)
    return ScoreGroup(name, tuple(counts), score, mean_score(phrase("{name}, mean", name=title), scale, counts))


def _months(times: NDArray[np.int64]) -> NDArray[np.int64]:
    """Months since January 1970, from microseconds by the clock on the wall."""
    months: NDArray[np.int64] = times.astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)
    return months


def _check_setting(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise InputError(
            phrase("{name}: expected one of {known}, got {value!r}", name=name, known=", ".join(known), value=value)
        )
