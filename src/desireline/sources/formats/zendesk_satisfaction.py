"""Zendesk satisfaction ratings (``GET /api/v2/satisfaction_ratings``).

Field names are those of Zendesk's documentation of Satisfaction Ratings (the survey with good and bad). A rating that was given becomes
"Survey answered", one that was only asked for "Survey sent". Zendesk keeps one record for a request and its answer, so the answer
happened when the record was last changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desireline.base import phrase
from desireline.sources.formats.bodies import whole_text
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature
from desireline.sources.formats.reading import present, required_text, required_time, text_at, time_at
from desireline.sources.formats.revisions import newest, revised_by
from desireline.sources.formats.zendesk import pointers

_POINTS = {"bad": 0.0, "good": 1.0}
REVISION = revised_by(key="id", changed="updated_at")


def recognise(sample: Sample) -> float:
    """Sure of a score with the three people of a ticket."""
    needed = {"id", "score", "ticket_id", "requester_id", "assignee_id", "created_at"}
    return 0.95 if sample.container == "json" and needed <= sample.columns else 0.0


def prepare(records: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    """The newest of each rating: customers may change it."""
    return newest(records, REVISION)


def convert(rating: Record) -> list[FoundInteraction]:
    """The survey as answered or as sent; nothing where none was offered."""
    rating_id, ticket_id = required_text(rating, "id"), required_text(rating, "ticket_id")
    score = required_text(rating, "score")
    if score == "unoffered":
        return []
    identifiers = pointers(ticket_id, requester=text_at(rating, "requester_id"))
    created_at = time_at(rating, "created_at")
    if score == "offered":
        return [
            FoundInteraction(
                id=f"{rating_id}:sent",
                channel="survey",
                touchpoint="Survey sent",
                occurred_at=required_time(created_at, "created_at"),
                identifiers=identifiers,
                direction="outbound",
                actor="system",
                case=ticket_id,
            )
        ]
    return [
        FoundInteraction(
            id=f"{rating_id}:answered",
            channel="survey",
            touchpoint="Survey answered",
            occurred_at=required_time(time_at(rating, "updated_at") or created_at, "created_at"),
            identifiers=identifiers,
            direction="inbound",
            actor="customer",
            team=text_at(rating, "group_id"),
            agent=text_at(rating, "assignee_id"),
            case=ticket_id,
            outcome=score,
            score=_points(score),
            score_kind="CSAT",
            text=whole_text(text_at(rating, "comment")),
            attributes=present(reason=text_at(rating, "reason")),
        )
    ]


def _points(score: str) -> float | None:
    """Good is 1 and bad 0, also as ``good_with_comment``; other words have no points."""
    return _POINTS.get(score.partition("_")[0])


FORMAT = Format(
    name="zendesk_satisfaction",
    title=phrase("Zendesk satisfaction ratings"),
    containers=("json",),
    recognise=recognise,
    convert=convert,
    prepare=prepare,
    revision=REVISION,
    signatures=(
        Signature(
            ("id", "score", "ticket_id", "requester_id", "assignee_id", "created_at"),
            ("reason", "reason_id", "reason_code", "comment"),
        ),
    ),
    wrapper={"satisfaction_ratings": ""},
)
