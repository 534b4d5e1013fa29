"""SurveyMonkey responses, from the CSV export of all responses or from the API (``GET /v3/surveys/{id}/responses/bulk``).

CSV: published exports; below the names of the columns stands a second header row with the choices of each question, and a
question with several columns has its text only over the first of them. API: the fields of the response as SurveyMonkey
documents them; the texts of questions are there when it was asked with ``simple=true``.

A complete response becomes "Survey answered", a partial one "Survey abandoned", one that was sent away (quota, disqualified)
"Survey screened out". The score is the first question whose words ask for one.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from desireline.base import phrase
from desireline.sources.formats.headings import Headings, cell_at, header_rows_of, identifiers_in, with_header_rows
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature
from desireline.sources.formats.questions import Answer, answers_of, score_kind_of
from desireline.sources.formats.reading import (
    list_at,
    number_at,
    present,
    required_text,
    required_time,
    seconds_between,
    text_at,
    time_at,
    value_at,
)

_COLUMNS = Headings(
    {
        "id": ("respondentid",),
        "collector": ("collectorid",),
        "started": ("startdate", "datecreated"),
        "ended": ("enddate", "datemodified"),
        "address": ("ipaddress",),
        "email": ("emailaddress", "email"),
        "first_name": ("firstname",),
        "last_name": ("lastname",),
    }
)
_TIMES = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M", "%m/%d/%Y")
_CUSTOM_DATA = re.compile(r"custom([ _]data)?[ _]\d+", re.IGNORECASE)
_NO_HEADING = re.compile(r"column_\d+|\s*")
_PLAIN_LABELS = frozenset({"", "response", "open-ended response"})
_WRITTEN_LABELS = ("open-ended response", "other (please specify)")

_TOUCHPOINTS = {
    "partial": "Survey abandoned",
    "overquota": "Survey screened out",
    "disqualified": "Survey screened out",
}
_PREVIEWS = frozenset({"preview", "survey_preview"})


def _recognise(sample: Sample) -> float:
    if sample.container == "json":
        return 1.0 if sample.columns >= {"response_status", "collector_id", "survey_id", "date_created"} else 0.0
    return 1.0 if _COLUMNS.found(sample.columns).keys() >= {"id", "collector", "started", "ended"} else 0.0


def _prepare(records: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    """Take the second header row away and carry its labels along; responses of the API pass."""
    remaining = iter(records)
    first = next(remaining, None)
    if first is None:
        return
    if not _is_labels(first[1]):
        yield from itertools.chain([first], remaining)
        return
    header = json.dumps(_header(first[1]), ensure_ascii=False)
    for number, record in remaining:
        yield number, with_header_rows(record, header)


def _is_labels(record: Record) -> bool:
    columns = _COLUMNS.found(record)
    return "id" in columns and all(value_at(record, column) is None for column in columns.values())


def _header(labels: Record) -> dict[str, dict[str, Any]]:
    """For every column of a question its text, and whether it is written into."""
    own = set(_COLUMNS.found(labels).values())
    header: dict[str, dict[str, Any]] = {}
    asked = ""
    for column, cell in labels.items():
        if column in own or _CUSTOM_DATA.fullmatch(column):
            continue
        label = str(cell or "").strip()
        if not _NO_HEADING.fullmatch(column):
            asked = column
        plain_label = label.lower() in _PLAIN_LABELS
        header[column] = {
            "question": asked if plain_label else f"{asked} - {label}",
            "written": label.lower() in _WRITTEN_LABELS,
        }
    return header


def _convert(record: Record) -> Iterable[FoundInteraction]:
    return _from_api(record) if "response_status" in record else _from_table(record)


def _from_table(record: Record) -> Iterator[FoundInteraction]:
    at = _COLUMNS.columns(record)
    response = required_text(record, at["id"])
    started = time_at(record, at["started"], formats=_TIMES)
    ended = time_at(record, at["ended"], formats=_TIMES)
    answers = answers_of(_answers_in_table(record))
    yield FoundInteraction(
        id=f"{response}:answered",
        channel="survey",
        touchpoint="Survey answered",
        occurred_at=required_time(ended or started, at["ended"]),
        identifiers=identifiers_in(record) or {"session": response},
        direction="inbound",
        actor="customer",
        duration=_duration(started, ended),
        score=answers.score,
        score_kind=answers.score_kind,
        text=answers.text,
        attributes={
            **answers.attributes,
            **_custom_data(record),
            **present(collector=text_at(record, at["collector"])),
        },
    )


def _duration(started: datetime | None, ended: datetime | None) -> float | None:
    """Days without times say nothing about how long it took."""
    return None if started == ended else seconds_between(started, ended)


def _answers_in_table(record: Record) -> list[Answer]:
    found = []
    for column, about in header_rows_of(record).items():
        value = cell_at(record, column)
        if value is not None:
            found.append(Answer(about["question"], value, score_kind_of(about["question"]), about["written"]))
    return found


def _custom_data(record: Record) -> dict[str, str]:
    cells = {column: text_at(record, column) for column in record if _CUSTOM_DATA.fullmatch(column)}
    return {column: cell for column, cell in cells.items() if cell}


def _from_api(record: Record) -> Iterator[FoundInteraction]:
    response = required_text(record, "id")
    started, ended = time_at(record, "date_created"), time_at(record, "date_modified")
    occurred_at = required_time(ended or started, "date_modified")
    if text_at(record, "collection_mode") in _PREVIEWS:
        return
    status = text_at(record, "response_status")
    answers = answers_of(_answers_from_api(record))
    yield FoundInteraction(
        id=f"{response}:answered",
        channel="survey",
        touchpoint=_TOUCHPOINTS.get(status or "", "Survey answered"),
        occurred_at=occurred_at,
        identifiers=_identifiers_from_api(record) or {"session": response},
        direction="inbound",
        actor="customer",
        duration=number_at(record, "total_time"),
        outcome=status,
        score=answers.score,
        score_kind=answers.score_kind,
        text=answers.text,
        attributes={
            **answers.attributes,
            **_variables(record),
            **present(survey=text_at(record, "survey_id"), collector=text_at(record, "collector_id")),
        },
    )


def _identifiers_from_api(record: Record) -> dict[str, str]:
    """From the response itself, its custom variables and the contact it was sent to."""
    contact = value_at(record, "metadata.contact")
    known: dict[str, Any] = {}
    if isinstance(contact, Mapping):
        known = {name: each.get("value") if isinstance(each, Mapping) else each for name, each in contact.items()}
    variables = value_at(record, "custom_variables")
    given = identifiers_in(variables) if isinstance(variables, Mapping) else {}
    return {**identifiers_in(known), **identifiers_in(record), **given}


def _variables(record: Record) -> dict[str, str]:
    variables = value_at(record, "custom_variables")
    if not isinstance(variables, Mapping):
        return {}
    return {
        name: str(value)
        for name, value in variables.items()
        if value not in (None, "") and not identifiers_in({name: value})
    }


def _answers_from_api(record: Record) -> list[Answer]:
    found = []
    for page in list_at(record, "pages"):
        for question in list_at(page, "questions") if isinstance(page, Mapping) else []:
            if isinstance(question, Mapping):
                found += _answers_to(question)
    return found


def _answers_to(question: Record) -> list[Answer]:
    """What was chosen, joined to one answer, and what was written."""
    heading = text_at(question, "heading") or f"question {required_text(question, 'id')}"
    answers = [each for each in list_at(question, "answers") if isinstance(each, Mapping)]
    written = [text_at(each, "text") for each in answers if value_at(each, "choice_id") is None]
    chosen = [_choice(each) for each in answers if value_at(each, "choice_id") is not None]
    kind = score_kind_of(heading)
    return [
        *(Answer(heading, value, kind) for value in ["; ".join(each for each in chosen if each)] if value),
        *(Answer(heading, value, written=True) for value in written if value),
    ]


def _choice(answer: Record) -> str | None:
    return text_at(answer, "simple_text") or text_at(answer, "text") or text_at(answer, "choice_id")


FORMAT = Format(
    name="surveymonkey",
    title=phrase("SurveyMonkey responses"),
    containers=("csv", "json"),
    recognise=_recognise,
    prepare=_prepare,
    convert=_convert,
    assumes=phrase("Times of a CSV export name no time zone: UTC is assumed, and the month before the day."),
    signatures=(
        Signature(
            ("response_status", "collector_id", "survey_id", "date_created"),
            ("date_modified", "total_time", "analyze_url", "collection_mode", "edit_url"),
        ),
        Signature(
            ("Respondent ID", "Collector ID", "Start Date", "End Date"),
            ("IP Address", "Email Address", "First Name", "Last Name", "Custom Data 1"),
        ),
    ),
    wrapper={"data": "", "links": "surveymonkey"},
)
