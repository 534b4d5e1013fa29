from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from desireline.sources.formats import FoundInteraction, Sample, UnusableRecord, all_formats
from desireline.sources.formats.headings import digest, identifiers_in
from desireline.sources.formats.model import Container
from desireline.sources.formats.questions import score_in, score_kind_of

Row = Mapping[str, Any]

QUALTRICS_IMPORTS = {
    "EndDate": '{"ImportId":"endDate","timeZone":"Europe/Stockholm"}',
    "ResponseId": '{"ImportId":"_recordId"}',
    "Q1": '{"ImportId":"QID1"}',
}
QUALTRICS_ROW = {"EndDate": "2026-03-02 10:00:00", "ResponseId": "R_1", "Q1": "4"}

SURVEYMONKEY_RESPONSE = {
    "id": "9001",
    "survey_id": "77",
    "collector_id": "4401",
    "response_status": "completed",
    "collection_mode": "default",
    "date_created": "2026-03-02T09:00:00+00:00",
    "date_modified": "2026-03-02T09:03:00+00:00",
    "total_time": 170,
    "custom_variables": {"customer_id": "C-1001", "plan": "Family"},
    "metadata": {"contact": {"email": {"type": "string", "value": "ada.okafor@example.org"}}},
    "pages": [
        {
            "id": "1",
            "questions": [
                {
                    "id": "11",
                    "heading": "How satisfied are you?",
                    "answers": [{"choice_id": "1", "row_id": "2", "simple_text": "4"}],
                },
                {
                    "id": "12",
                    "heading": "What did you use?",
                    "answers": [{"choice_id": "1", "simple_text": "Shop"}, {"choice_id": "2", "simple_text": "App"}],
                },
                {"id": "13", "heading": "Anything else?", "answers": [{"text": "More colours"}]},
                {"id": "14", "answers": [{"choice_id": "5"}]},
            ],
        }
    ],
}


def converted(name: str, *records: Row) -> list[FoundInteraction]:
    declared = all_formats()[name]
    numbered = list(enumerate(records, start=1))
    prepared = declared.prepare(numbered) if declared.prepare else iter(numbered)
    return [each for _, record in prepared for each in declared.convert(record)]


def sure(name: str, container: Container, *records: Row) -> float:
    columns = frozenset(column for record in records for column in record)
    return all_formats()[name].recognise(Sample("file", container, columns, records))


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How likely are you to recommend us?", "NPS"),
        ("Q4_NPS", "NPS"),
        ("How satisfied or dissatisfied are you?", "CSAT"),
        ("CSAT_1", "CSAT"),
        ("How easy was it to solve your problem?", "CES"),
        ("ces_score", "CES"),
        ("Que pensez-vous de ces produits ?", None),
        ("What did you buy?", None),
    ],
)
def test_the_words_of_a_question_say_which_score_it_asks_for(question: str, kind: str | None) -> None:
    assert score_kind_of(question) == kind


@pytest.mark.parametrize(
    ("answer", "score"),
    [("9", 9.0), ("10 - Extremely likely", 10.0), (" 4.5 ", 4.5), ("Very satisfied", None), ("2026-03-02", None)],
)
def test_a_score_is_the_number_that_an_answer_begins_with(answer: str, score: float | None) -> None:
    assert score_in(answer) == score


@pytest.mark.parametrize(
    ("record", "identifiers"),
    [
        ({"Customer-ID": "C-1", "customer": "Ada"}, {"customer": "C-1"}),
        ({"E-Mail Address": "ada@example.org", "PHONE": ""}, {"email": "ada@example.org"}),
        ({"Order Number": 7701.0}, {"order": "7701"}),
        ({"order": "2", "client_id": "GA1.2.3"}, {}),
    ],
)
def test_identifiers_are_found_by_the_usual_names_of_their_columns(record: Row, identifiers: Row) -> None:
    assert identifiers_in(record) == identifiers


def test_a_made_id_keeps_the_parts_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest(None, "c") == digest("", "c")


@pytest.mark.parametrize(
    ("name", "container", "record"),
    [
        ("delighted", "csv", {"Survey type": "nps", "Score": "9", "Permalink": "", "Email": "", "Created at": ""}),
        ("surveymonkey", "json", SURVEYMONKEY_RESPONSE),
        (
            "surveymonkey",
            "csv",
            dict.fromkeys(["respondent_id", "collector_id", "date_created", "date_modified", "How satisfied?"], ""),
        ),
        ("score_list", "csv", {"Kind": "CSAT", "Score": "4", "Date": "2026-03-02", "Customer ID": "C-1"}),
        (
            "app_reviews",
            "csv",
            {"Author": "", "Rating": "", "Title": "", "Review": "", "Version": "", "Date": "", "Country": ""},
        ),
        ("product_reviews", "csv", {"Reviewer": "", "Product": "", "Rating": "", "Text": "", "Date": ""}),
        ("social_mentions", "json", {"author": "", "text": "", "time": "", "network": "", "url": ""}),
        (
            "medallia_agent_connect",
            "csv",
            dict.fromkeys(["request_id", "request_sent_at", "response_received_at", "star_rating", "comments"], ""),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_format_and_no_other_claims_a_file(name: str, container: Container, record: Row) -> None:
    claims = {
        each.name
        for each in all_formats().values()
        if container in each.containers and sure(each.name, container, record) > 0.5
    }
    assert claims == {name}


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("score_list", {"date": "", "customer": "", "score": "", "comment": ""}),
        ("score_list", {"occurred_at": "", "date": "", "email": "", "nps": "", "touchpoint": ""}),
        ("score_list", {"kind": "chat", "score": "3", "date": "2026-03-02", "customer": "C-1"}),
        ("app_reviews", {"rating": "", "review": "", "date": ""}),
        ("social_mentions", {"author": "", "text": "", "time": ""}),
    ],
)
def test_a_table_that_could_be_anything_is_claimed_by_none(name: str, record: Row) -> None:
    assert sure(name, "csv", record) == 0.0


def test_qualtrics_takes_the_zone_from_the_third_row_and_the_score_from_the_text_of_the_question() -> None:
    texts = {"EndDate": "End Date", "ResponseId": "Response ID", "Q1": "How satisfied are you?"}
    (found,) = converted("qualtrics", texts, QUALTRICS_IMPORTS, QUALTRICS_ROW)
    assert found.occurred_at.isoformat() == "2026-03-02T09:00:00+00:00"
    assert (found.score, found.score_kind, found.attributes["question"]) == (4, "CSAT", "How satisfied are you?")


def test_qualtrics_reads_exports_without_header_rows_in_utc() -> None:
    first, second = converted("qualtrics", QUALTRICS_ROW, {**QUALTRICS_ROW, "ResponseId": "R_2"})
    assert first.occurred_at.isoformat() == "2026-03-02T10:00:00+00:00"
    assert (first.attributes, second.id) == ({"Q1": "4"}, "R_2:answered")


def test_qualtrics_reads_a_prepared_record_by_itself() -> None:
    prepare = all_formats()["qualtrics"].prepare
    assert prepare is not None
    ((number, record),) = prepare([(1, dict.fromkeys(QUALTRICS_ROW, "")), (2, QUALTRICS_IMPORTS), (3, QUALTRICS_ROW)])
    (found,) = all_formats()["qualtrics"].convert(record)
    assert (number, found.occurred_at.hour) == (3, 9)


@pytest.mark.parametrize("name", ["qualtrics", "surveymonkey"])
def test_a_prepared_record_is_a_table_row_again_and_refuses_changed_header_rows(name: str) -> None:
    prepare = all_formats()[name].prepare
    assert prepare is not None
    records = [{"ResponseId": "", "Respondent ID": ""}, QUALTRICS_IMPORTS, {**QUALTRICS_ROW, "Respondent ID": "1"}]
    *_, (_, record) = prepare(enumerate(records, start=1))
    assert all(isinstance(cell, str) for cell in record.values())
    with pytest.raises(UnusableRecord, match="leave this field as it came"):
        list(all_formats()[name].convert({**record, "_header_rows": "mended", "End Date": "03/02/2026"}))


def test_qualtrics_says_that_a_time_zone_is_unknown() -> None:
    imports = {**QUALTRICS_IMPORTS, "EndDate": '{"ImportId":"endDate","timeZone":"Mars/Olympus"}'}
    with pytest.raises(UnusableRecord, match="expected a time zone in the third header row, got 'Mars/Olympus'"):
        converted("qualtrics", dict.fromkeys(QUALTRICS_ROW, ""), imports, QUALTRICS_ROW)


@pytest.mark.parametrize("status", ["Survey Preview", "Survey Test", "Spam", "1", "8"])
def test_qualtrics_leaves_out_what_no_customer_answered(status: str) -> None:
    assert converted("qualtrics", {**QUALTRICS_ROW, "Status": status}) == []


def test_delighted_reads_a_table_whose_columns_have_usual_names() -> None:
    (found,) = converted(
        "delighted",
        {
            "Survey type": "CES",
            "Score": "4",
            "Comment": "Fine",
            "Person email": "ada@example.org",
            "Responded at": "2026-03-02 09:00:00 UTC",
            "Permalink": "https://app.delighted.com/r/abc",
        },
    )
    assert (found.id, found.score, found.score_kind) == ("abc:answered", 4, "CES")
    assert found.identifiers == {"email": "ada@example.org"}


def test_surveymonkey_response_of_the_api() -> None:
    (found,) = converted("surveymonkey", SURVEYMONKEY_RESPONSE)
    assert (found.id, found.occurred_at.minute, found.duration, found.outcome) == ("9001:answered", 3, 170, "completed")
    assert found.identifiers == {"email": "ada.okafor@example.org", "customer": "C-1001"}
    assert (found.score, found.score_kind, found.text) == (4, "CSAT", "More colours")
    assert found.attributes == {
        "question": "How satisfied are you?",
        "What did you use?": "Shop; App",
        "question 14": "5",
        "plan": "Family",
        "survey": "77",
        "collector": "4401",
    }


@pytest.mark.parametrize(
    ("status", "touchpoint"),
    [
        ("partial", "Survey abandoned"),
        ("overquota", "Survey screened out"),
        ("disqualified", "Survey screened out"),
        ("something new", "Survey answered"),
    ],
)
def test_surveymonkey_status_says_how_it_ended(status: str, touchpoint: str) -> None:
    (found,) = converted("surveymonkey", {**SURVEYMONKEY_RESPONSE, "response_status": status})
    assert (found.touchpoint, found.outcome) == (touchpoint, status)


def test_surveymonkey_preview_is_left_out() -> None:
    assert converted("surveymonkey", {**SURVEYMONKEY_RESPONSE, "collection_mode": "survey_preview"}) == []


def test_surveymonkey_names_columns_that_the_reader_of_the_file_had_to_name() -> None:
    names = ["Respondent ID", "Collector ID", "Start Date", "End Date", "Which did you use?", "column_6"]
    labels = dict(zip(names, ["", "", "", "", "Shop", "App"], strict=True))
    row = dict(zip(names, ["1", "2", "03/02/2026", "03/02/2026", "", "App"], strict=True))
    (found,) = converted("surveymonkey", labels, row)
    assert found.attributes == {"Which did you use? - App": "App", "collector": "2"}


@pytest.mark.parametrize(
    ("kind", "score_kind"),
    [("nps", "NPS"), ("CSAT score", "CSAT"), ("Customer effort", None), ("CES 2.0", "CES"), ("", None)],
)
def test_score_list_takes_the_kind_from_its_column(kind: str, score_kind: str | None) -> None:
    (found,) = converted("score_list", {"who": "", "Customer": "C-1", "Date": "2026-03-02", "Type": kind, "Score": "5"})
    assert (found.score, found.score_kind) == (5, score_kind)


def test_score_list_gives_the_same_answer_the_same_id_and_no_address_in_it() -> None:
    row = {"email": "ada@example.org", "date": "2026-03-02", "nps": "9"}
    (first,) = converted("score_list", row)
    (again,) = converted("score_list", dict(reversed(row.items())))
    (other,) = converted("score_list", {**row, "nps": "8"})
    assert first.id == again.id != other.id
    assert "ada" not in first.id


def test_app_review_by_usual_names_is_seen_under_its_author_in_the_store() -> None:
    review = {
        "Author": "bootlover",
        "Rating": "1",
        "Title": "No",
        "Review": "It closes.",
        "Version": "3.0",
        "Date": "2026-03-02",
    }
    (found,) = converted("app_reviews", review)
    assert found.identifiers == {"user": "app store:bootlover"}
    assert (found.score, found.text) == (1, "No\nIt closes.")
    assert found.attributes == {"store": "app store", "version": "3.0"}


@pytest.mark.parametrize(
    ("record", "identifiers"),
    [
        ({"reviewer": "ada@example.org"}, {"email": "ada@example.org"}),
        ({"reviewer": "boot_fan", "site": "Northway"}, {"user": "Northway:boot_fan"}),
        ({"reviewer_name": "Ada", "review_id": "9"}, {"session": "9"}),
    ],
    ids=["address", "user name", "first name"],
)
def test_product_review_is_seen_under_what_identifies_the_reviewer(record: Row, identifiers: Row) -> None:
    (found,) = converted(
        "product_reviews", {"product": "boots", "rating": "4", "text": "", "date": "2026-03-02", **record}
    )
    assert found.identifiers == identifiers


def test_social_mention_without_id_and_address_has_a_lasting_id() -> None:
    mention = {"author": "Ada", "text": "Hello", "time": "2026-03-02T09:00:00Z", "network": "Forum"}
    assert converted("social_mentions", mention) == converted("social_mentions", mention)


def test_medallia_refuses_a_response_as_a_whole() -> None:
    record = {
        "request_id": "1",
        "request_sent_at": "2026-03-02T09:00:00Z",
        "response_received_at": "2026-03-02T10:00:00Z",
        "star_rating": "",
    }
    found = iter(all_formats()["medallia_agent_connect"].convert(record))
    with pytest.raises(UnusableRecord, match="star_rating"):
        next(found)
