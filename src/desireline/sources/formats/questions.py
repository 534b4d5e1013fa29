"""Questions of a survey and their answers: which one is the score, what was written, what else was said.

This module is no format; formats of survey tools read through it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from desireline.base import phrase
from desireline.sources.formats.model import UnusableRecord

ScoreKind = Literal["NPS", "CSAT", "CES"]

_LONGEST_NAME = 200
_NUMBER_FIRST = re.compile(r"\d{1,2}(?:\.\d+)?(?=$|\s)")
_CES = re.compile(r"(?<![A-Za-z])CES(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one question.

    Attributes
    ----------
    question
        Its text, or its name where the text is not known.
    value
        What was answered.
    kind
        Which score it is, where that is known.
    written
        In the customer's own words.
    """

    question: str
    value: str
    kind: ScoreKind | None = None
    written: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """What the answers to one survey come to.

    Attributes
    ----------
    score, score_kind
        The first question that asks for a score and was answered with a number.
    text
        What was written, one answer a line.
    attributes
        The other answers by question, and the question of the score.
    """

    score: float | None = None
    score_kind: ScoreKind | None = None
    text: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=4096)
def score_kind_of(question: str) -> ScoreKind | None:
    """Which score a question asks for, from its words (English) or the name of the score.

    >>> score_kind_of("How likely is it that you would recommend us to a friend?")
    'NPS'
    >>> score_kind_of("Q7_CSAT"), score_kind_of("What is your age?")
    ('CSAT', None)
    """
    words = re.findall("[a-z]+", question.lower())
    if any(word == "nps" or word.startswith("recommend") for word in words):
        return "NPS"
    if any(word == "csat" or word.startswith("satisf") for word in words):
        return "CSAT"
    if words in (["ces"], ["ces", "score"]) or _CES.search(question) or {"effort", "easy", "ease"} & set(words):
        return "CES"
    return None


def score_in(answer: str) -> float | None:
    """The number that an answer is, or begins with (``10 - Extremely likely``)."""
    found = _NUMBER_FIRST.match(answer.strip())
    return float(found.group()) if found else None


def checked_score(score: float, kind: ScoreKind | None, where: str) -> float:
    """A score that its scale allows: NPS is 0 to 10, the others are on the survey's own scale.

    Raises
    ------
    UnusableRecord
        It is off the scale.
    """
    if kind == "NPS" and not 0 <= score <= 10:
        raise UnusableRecord(
            where, phrase("expected an NPS answer from 0 to 10, got {score:g}", score=score), reason="out_of_range"
        )
    return score


def answers_of(answers: Sequence[Answer]) -> Answers:
    """Sort answers into a score, a text and the rest."""
    scored = next((each for each in answers if _score(each) is not None), None)
    written = [each.value for each in answers if each.written]
    others = {each.question[:_LONGEST_NAME]: each.value for each in answers if not each.written and each is not scored}
    if scored is None:
        return Answers(text="\n".join(written) or None, attributes=others)
    return Answers(
        score=_score(scored),
        score_kind=scored.kind,
        text="\n".join(written) or None,
        attributes={"question": scored.question, **others},
    )


def _score(answer: Answer) -> float | None:
    if answer.kind is None or answer.written:
        return None
    score = score_in(answer.value)
    return None if score is None or (answer.kind == "NPS" and score > 10) else score
