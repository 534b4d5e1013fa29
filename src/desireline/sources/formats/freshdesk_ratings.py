"""Freshdesk satisfaction ratings (``GET /api/v2/surveys/satisfaction_ratings``).

Field names are those of Freshdesk's documentation of Satisfaction Ratings. A rating becomes "Survey answered". Freshdesk writes codes,
103 for extremely happy to -103 for extremely unhappy with 100 in the middle; the score is the step on that scale, +3 to -3.
"""

from __future__ import annotations

from collections.abc import Mapping

from desireline.base import phrase
from desireline.sources.formats.bodies import whole_text
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature, UnusableRecord
from desireline.sources.formats.reading import present, required_text, required_time, text_at, time_at, value_at

_MAIN_QUESTION = "default_question"
_CODES = {
    "103": (3.0, "extremely happy"),
    "102": (2.0, "very happy"),
    "101": (1.0, "happy"),
    "100": (0.0, "neutral"),
    "-101": (-1.0, "unhappy"),
    "-102": (-2.0, "very unhappy"),
    "-103": (-3.0, "extremely unhappy"),
}


def recognise(sample: Sample) -> float:
    """Sure of a survey and a ticket with ratings by question."""
    if sample.container != "json" or not {"id", "survey_id", "ticket_id", "ratings"} <= sample.columns:
        return 0.0
    return 0.95 if any(isinstance(record.get("ratings"), Mapping) for record in sample.records) else 0.3


def convert(rating: Record) -> list[FoundInteraction]:
    """The answered survey."""
    rating_id, ticket_id = required_text(rating, "id"), required_text(rating, "ticket_id")
    answers = _answers(rating)
    main = answers.get(_MAIN_QUESTION, next(iter(answers.values())))
    score, meaning = _CODES.get(main, (None, main))
    return [
        FoundInteraction(
            id=f"{rating_id}:answered",
            channel="survey",
            touchpoint="Survey answered",
            occurred_at=required_time(time_at(rating, "created_at"), "created_at"),
            identifiers=present(freshdesk_contact=text_at(rating, "user_id"), order=f"freshdesk:{ticket_id}"),
            direction="inbound",
            actor="customer",
            team=text_at(rating, "group_id"),
            agent=text_at(rating, "agent_id"),
            case=ticket_id,
            outcome=meaning,
            score=score,
            score_kind="CSAT",
            text=whole_text(text_at(rating, "feedback")),
            attributes=present(
                survey=text_at(rating, "survey_id"),
                **{name: _CODES.get(code, (0, code))[1] for name, code in answers.items() if name != _MAIN_QUESTION},
            ),
        )
    ]


def _answers(rating: Record) -> dict[str, str]:
    """Codes by question, those that were answered."""
    ratings = value_at(rating, "ratings")
    if not isinstance(ratings, Mapping):
        raise UnusableRecord(
            "ratings", phrase("expected answers by question, got {ratings!r}", ratings=ratings), reason="missing_value"
        )
    answers = {str(name): text_at({"code": value}, "code") for name, value in ratings.items()}
    given = {name: code for name, code in answers.items() if code}
    if not given:
        raise UnusableRecord("ratings", phrase("expected an answer, got none"), reason="missing_value")
    return given


FORMAT = Format(
    name="freshdesk_ratings",
    title=phrase("Freshdesk satisfaction ratings"),
    containers=("json",),
    recognise=recognise,
    convert=convert,
    signatures=(Signature(("id", "survey_id", "ticket_id", "ratings"), ("agent_id", "user_id", "feedback")),),
)
