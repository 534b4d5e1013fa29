"""Responses to a Qualtrics survey, as its CSV export gives them.

Qualtrics, Data & Analysis, Export data, CSV. Names of the columns: Qualtrics' page "Understanding your dataset" and
published exports. Two header rows stand below the names of the columns: the texts of the questions, and what Qualtrics calls
each column, as JSON (``{"ImportId":"startDate","timeZone":"America/Denver"}``); only there is the time zone.

A finished response becomes "Survey answered", one that was left "Survey abandoned". A question with a column of groups
(``Q1`` and ``Q1_NPS_GROUP``) is the NPS question; what was typed into a text field is the text.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from desireline.base import phrase
from desireline.sources.formats.headings import cell_at, header_rows_of, identifiers_in, with_header_rows
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature, UnusableRecord
from desireline.sources.formats.questions import Answer, ScoreKind, answers_of, checked_score, score_in, score_kind_of
from desireline.sources.formats.reading import number_at, present, required_text, required_time, text_at, time_at

_OWN_COLUMNS = frozenset(
    {
        "StartDate",
        "EndDate",
        "Status",
        "IPAddress",
        "Progress",
        "Duration (in seconds)",
        "Finished",
        "RecordedDate",
        "ResponseId",
        "RecipientLastName",
        "RecipientFirstName",
        "RecipientEmail",
        "ExternalReference",
        "LocationLatitude",
        "LocationLongitude",
        "DistributionChannel",
        "UserLanguage",
    }
)
_GROUP = "_NPS_GROUP"
_NO_ANSWER = re.compile(
    r"(_DO(_\w+)?|_NPS_GROUP|_FIRST_CLICK|_LAST_CLICK|_PAGE_SUBMIT|_CLICK_COUNT|_BROWSER|_VERSION|_OS|_RESOLUTION)$"
)
"""Columns that Qualtrics adds to a question: order of display, groups, timing, browser."""

_NOT_CUSTOMERS = ("preview", "test", "spam")
_NOT_CUSTOMERS_CODES = frozenset({"1", "2", "8", "9", "12", "17"})


def _recognise(sample: Sample) -> float:
    if any(_import_ids(record) for record in sample.records[:3]):
        return 1.0
    return 0.9 if sample.columns >= {"StartDate", "EndDate", "ResponseId", "RecordedDate", "Finished"} else 0.0


def _prepare(records: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    remaining = iter(records)
    first = list(itertools.islice(remaining, 2))
    place = next((place for place, (_, record) in enumerate(first) if _import_ids(record)), None)
    if place is None:
        yield from first
        yield from remaining
        return
    header = _header(first[place][1], questions=first[0][1] if place == 1 else {})
    for number, record in itertools.chain(first[place + 1 :], remaining):
        yield number, with_header_rows(record, header)


def _header(imports_row: Record, *, questions: Record) -> str:
    imports = _import_ids(imports_row)
    zones = [zone for name in ("EndDate", "StartDate") if (zone := imports.get(name, {}).get("timeZone"))]
    said = {
        "zone": str(zones[0]) if zones else "UTC",
        "imports": {column: str(each["ImportId"]) for column, each in imports.items()},
        "questions": {column: str(questions.get(column) or column).strip() for column in imports},
    }
    return json.dumps(said, ensure_ascii=False)


def _import_ids(record: Record) -> dict[str, Mapping[str, Any]]:
    """The cells of the third header row; empty for any other row."""
    found = {}
    for column, cell in record.items():
        if isinstance(cell, str) and cell.lstrip().startswith('{"ImportId"'):
            try:
                found[column] = json.loads(cell)
            except ValueError:
                continue
    return {column: each for column, each in found.items() if "ImportId" in each}


def _convert(record: Record) -> Iterable[FoundInteraction]:
    if _is_cut_header(record):
        raise UnusableRecord(
            "header",
            phrase("expected three rows of names above the answers; the file is cut off within them, export it again"),
        )
    response = required_text(record, "ResponseId")
    zone = _zone(record)
    occurred_at = required_time(time_at(record, "EndDate", zone=zone), "EndDate")
    if _by_nobody(record):
        return
    answers = answers_of(_answers(record))
    finished = (text_at(record, "Finished") or "true").lower() in ("true", "1")
    identifiers = {**present(customer=text_at(record, "ExternalReference")), **identifiers_in(record)}
    yield FoundInteraction(
        id=f"{response}:answered",
        channel="survey",
        touchpoint="Survey answered" if finished else "Survey abandoned",
        occurred_at=occurred_at,
        received_at=time_at(record, "RecordedDate", zone=zone),
        identifiers=identifiers or {"session": response},
        direction="inbound",
        actor="customer",
        duration=number_at(record, "Duration (in seconds)"),
        outcome="finished" if finished else "unfinished",
        score=answers.score,
        score_kind=answers.score_kind,
        text=answers.text,
        attributes={
            **answers.attributes,
            **_embedded_data(record),
            **present(distribution=text_at(record, "DistributionChannel"), language=text_at(record, "UserLanguage")),
        },
    )


def _is_cut_header(record: Record) -> bool:
    """Whether a row is the second or third of the header, which :func:`_prepare` takes away where both are whole."""
    cells = [cell for cell in record.values() if isinstance(cell, str)]
    return any('{"ImportId"' in cell for cell in cells) or record.get("ResponseId") == "Response ID"


def _zone(record: Record) -> str:
    name = str(header_rows_of(record).get("zone", "UTC"))
    if name == "Z":
        return "UTC"
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        raise UnusableRecord(
            "EndDate",
            phrase("expected a time zone in the third header row, got {name!r}", name=name),
            reason="unreadable_time",
        ) from None


def _by_nobody(record: Record) -> bool:
    """Whether the response is a preview, a test or spam; the status comes as a word or as its code."""
    status = (text_at(record, "Status") or "").lower()
    return status in _NOT_CUSTOMERS_CODES or any(word in status for word in _NOT_CUSTOMERS)


def _answers(record: Record) -> list[Answer]:
    found = []
    texts: Mapping[str, str] = header_rows_of(record).get("questions", {})
    for column, import_id in _questions(record).items():
        value = cell_at(record, column)
        if value is None or _NO_ANSWER.search(column) or _NO_ANSWER.search(import_id):
            continue
        question = texts.get(column, column)
        kind = _kind(record, column, question)
        found.append(Answer(question, value, kind, written=import_id.endswith("_TEXT")))
    return found


def _questions(record: Record) -> dict[str, str]:
    """The columns of questions with what Qualtrics calls them."""
    imports: Mapping[str, str] | None = header_rows_of(record).get("imports")
    if imports is None:
        return {column: column for column in record if re.match(r"Q\d", column)}
    return {column: import_id for column, import_id in imports.items() if import_id.startswith("QID")}


def _kind(record: Record, column: str, question: str) -> ScoreKind | None:
    if column + _GROUP not in record:
        return score_kind_of(column) or score_kind_of(question)
    value = cell_at(record, column) or ""
    score = score_in(value)
    if score is None:
        raise UnusableRecord(
            column, phrase("expected an NPS answer from 0 to 10, got {value!r}", value=value), reason="not_a_number"
        )
    checked_score(score, "NPS", column)
    return "NPS"


def _embedded_data(record: Record) -> dict[str, str]:
    """What the company itself sent along with the survey, without what points at the customer."""
    imports: Mapping[str, str] = header_rows_of(record).get("imports", {})
    columns = [column for column, each in imports.items() if not each.startswith("QID") and column not in _OWN_COLUMNS]
    cells = {column: cell_at(record, column) for column in columns}
    return {column: cell for column, cell in cells.items() if cell and not identifiers_in({column: cell})}


FORMAT = Format(
    name="qualtrics",
    title=phrase("Qualtrics survey responses"),
    containers=("csv",),
    recognise=_recognise,
    prepare=_prepare,
    convert=_convert,
    assumes=phrase("Times are taken for UTC where the third header row names no time zone."),
    signatures=(
        Signature(
            ("StartDate", "EndDate", "ResponseId", "RecordedDate", "Finished"),
            ("DistributionChannel", "UserLanguage", "RecipientEmail", "Progress"),
        ),
    ),
)
