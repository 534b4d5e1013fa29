"""Delighted survey responses, from the API (JSON) or from the CSV export.

API: the fields of ``GET /v1/survey_responses.json`` as Delighted documents them, with or without ``expand[]=person``. CSV: the
wording of its header is not documented, so columns are found by their usual names.

A response becomes "Survey answered": NPS, CSAT and CES with the kind of the score, other surveys (smileys, thumbs, stars) with
the score alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from desireline.base import phrase
from desireline.sources.formats.headings import Headings, identifiers_in, plain, written_time_at
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature, UnusableRecord
from desireline.sources.formats.questions import ScoreKind, checked_score
from desireline.sources.formats.reading import (
    epoch_at,
    list_at,
    number_at,
    present,
    required_text,
    required_time,
    text_at,
    value_at,
)
from desireline.sources.formats.revisions import revised_by

_COLUMNS = Headings(
    {
        "id": ("id", "responseid", "surveyresponseid"),
        "person": ("person", "personid"),
        "survey_type": ("surveytype",),
        "score": ("score",),
        "comment": ("comment",),
        "permalink": ("permalink", "responsepermalink"),
        "created_at": ("createdat", "respondedat", "responsedate", "responsecreatedat", "date"),
        "tags": ("tags",),
    }
)
_KINDS: Mapping[str, ScoreKind] = {"nps": "NPS", "csat": "CSAT", "ces": "CES"}
_ADDED_BY_DELIGHTED = "delighted"
_SOURCE = "Delighted Source"


def _recognise(sample: Sample) -> float:
    if sample.container == "json":
        return 1.0 if sample.columns >= {"person", "survey_type", "score", "created_at"} else 0.0
    columns = _COLUMNS.found(sample.columns)
    if not columns.keys() >= {"survey_type", "score", "permalink"}:
        return 0.0
    links = [str(record.get(columns["permalink"]) or "") for record in sample.records]
    return 1.0 if any("delighted.com/" in link for link in links) else 0.8


def _convert(record: Record) -> Iterable[FoundInteraction]:
    at = _COLUMNS.columns(record)
    response = _response_id(record, at)
    survey = text_at(record, at["survey_type"])
    kind = _KINDS.get((survey or "").lower())
    score = number_at(record, at["score"])
    if score is None:
        raise UnusableRecord(at["score"], phrase("expected a score, the field is empty"), reason="missing_value")
    yield FoundInteraction(
        id=f"{response}:answered",
        channel="survey",
        touchpoint="Survey answered",
        occurred_at=required_time(_time(record, at["created_at"]), at["created_at"]),
        identifiers=_identifiers(record, at["person"]) or {"session": response},
        direction="inbound",
        actor="customer",
        score=checked_score(score, kind, at["score"]),
        score_kind=kind,
        text=text_at(record, at["comment"]),
        attributes={
            **_properties(record),
            **_additional_answers(record),
            **present(survey=survey, tags=_tags(record, at["tags"])),
        },
    )


def _response_id(record: Record, at: Mapping[str, str]) -> str:
    """The number of the response; a table without it has the link, which ends in a name as good."""
    link = text_at(record, at["permalink"]) or ""
    return text_at(record, at["id"]) or link.rstrip("/").rpartition("/")[2] or required_text(record, at["id"])


def _time(record: Record, column: str) -> datetime | None:
    """The API counts seconds; the export writes times."""
    text = text_at(record, column) or ""
    return epoch_at(record, column) if text.isdigit() else written_time_at(record, column)


def _identifiers(record: Record, column: str) -> dict[str, str]:
    """Delighted's own number of the person, and what the company told it of them."""
    person = value_at(record, column)
    expanded: Record = person if isinstance(person, Mapping) else {}
    number = text_at(expanded, "id") if expanded else text_at(record, column)
    own = {} if number is None else {"user": f"delighted:{number}"}
    properties = value_at(record, "person_properties")
    given = identifiers_in(properties) if isinstance(properties, Mapping) else {}
    return {**own, **identifiers_in(expanded), **identifiers_in(record), **given}


def _properties(record: Record) -> dict[str, str]:
    """Properties of the person without what points at the customer and what Delighted adds of the browser."""
    properties = value_at(record, "person_properties")
    if not isinstance(properties, Mapping):
        return {}
    texts = {
        name: str(value)
        for name, value in properties.items()
        if isinstance(value, str | int | float) and str(value).strip() and not identifiers_in({name: value})
    }
    kept = {name: value for name, value in texts.items() if not plain(name).startswith(_ADDED_BY_DELIGHTED)}
    return {**kept, **present(source=texts.get(_SOURCE))}


def _additional_answers(record: Record) -> dict[str, str]:
    found = {}
    for answer in list_at(record, "additional_answers"):
        if not isinstance(answer, Mapping):
            continue
        question, value = text_at(answer, "question.text"), _answer(answer)
        if question and value:
            found[question] = value
    return found


def _answer(answer: Record) -> str | None:
    chosen = [text_at(each, "text") for each in list_at(answer, "value.select_many") if isinstance(each, Mapping)]
    return (
        text_at(answer, "value.free_response")
        or text_at(answer, "value.scale")
        or text_at(answer, "value.select_one.text")
        or "; ".join(each for each in chosen if each)
        or None
    )


def _tags(record: Record, column: str) -> str | None:
    value = value_at(record, column)
    if not isinstance(value, list):
        return text_at(record, column)
    return "; ".join(str(each) for each in value) or None


FORMAT = Format(
    name="delighted",
    title=phrase("Delighted survey responses"),
    containers=("json", "csv"),
    recognise=_recognise,
    convert=_convert,
    revision=revised_by(key="id", changed="updated_at"),
    assumes=phrase("Times that name no time zone are taken for UTC."),
    signatures=(
        Signature(
            ("person", "survey_type", "score", "created_at"), ("permalink", "person_properties", "additional_answers")
        ),
    ),
)
