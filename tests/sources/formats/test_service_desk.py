"""What is special in the formats of service desks and customer relations."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desireline.sources.formats import all_formats
from desireline.sources.formats.bodies import LONGEST_TEXT, plain_text
from desireline.sources.formats.model import Sample, UnusableRecord
from desireline.sources.formats.moments import moment_at
from desireline.sources.formats.salesforce import full_id
from desireline.sources.formats.salesforce_case import channel_of

CASE_ID = "5005g00000AbCdEAAV"


def found(format_name, *records):
    declared = all_formats()[format_name]
    numbered = list(enumerate(records, start=1))
    prepared = declared.prepare(numbered) if declared.prepare else numbered
    return [each for _, record in prepared for each in declared.convert(record)]


def report_row(**cells):
    columns = (
        "Case Number",
        "Contact Name",
        "Case Origin",
        "Status",
        "Date/Time Opened",
        "Date/Time Closed",
        "Web Email",
    )
    return {column: cells.get(column, "") for column in columns}


def opened(number, at):
    return report_row(**{"Case Number": number, "Date/Time Opened": at, "Web Email": "ann@example.org"})


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param(
            ["3/2/2026 9:05 AM", "3/14/2026 1:00 PM"], datetime(2026, 3, 2, 9, 5), id="one row tells month first"
        ),
        pytest.param(
            ["02/03/2026 09:05", "14/03/2026 13:00"], datetime(2026, 3, 2, 9, 5), id="one row tells day first"
        ),
        pytest.param(
            ["2/3/2026, 9:05 am", "14/3/2026, 1:00 pm"], datetime(2026, 3, 2, 9, 5), id="day first, twelve hours"
        ),
        pytest.param(["02.03.2026 09:05", "03.03.2026 09:05"], datetime(2026, 3, 2, 9, 5), id="dots are day first"),
        pytest.param(["3/2/2026 12:05 AM", "3/3/2026 9:00 AM"], datetime(2026, 3, 2, 0, 5), id="midnight is 12 AM"),
        pytest.param(["2026-03-02 09:05:00", "2026-03-03 09:05:00"], datetime(2026, 3, 2, 9, 5), id="ISO"),
    ],
)
def test_a_case_report_says_day_or_month_first_with_all_its_rows(cells, expected):
    first, *_ = found("salesforce_case", *(opened(f"0000{place}", cell) for place, cell in enumerate(cells)))
    assert first.occurred_at == expected.replace(tzinfo=UTC)


def test_the_end_of_a_report_is_no_case():
    footer = {"Case Number": "Copyright (c) 2000-2026 salesforce.com, inc.", "Status": "", "Date/Time Opened": ""}
    assert [each.case for each in found("salesforce_case", opened("00001026", "2026-03-02 09:00"), footer)] == [
        "00001026"
    ]


def test_a_report_without_ids_points_at_the_case_by_its_number():
    only = found("salesforce_case", opened("00001026", "2026-03-02 09:00"))[0]
    assert only.identifiers == {"email": "ann@example.org", "order": "salesforce:00001026"}


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title], ids=["upper", "lower", "title"])
def test_api_names_count_in_any_case(change):
    record = {"Id": CASE_ID, "CaseNumber": "00001026", "CreatedDate": "2026-03-02T09:00:00.000Z", "Origin": "Chat"}
    assert found("salesforce_case", {change(name): value for name, value in record.items()})[0].channel == "chat"


def test_json_of_the_api_with_related_records():
    record = {
        "attributes": {"type": "Case", "url": "/services/data/v60.0/sobjects/Case/" + CASE_ID},
        "Id": CASE_ID,
        "CaseNumber": "00001026",
        "CreatedDate": "2026-03-02T09:00:00.000+0000",
        "Contact": {"attributes": {"type": "Contact"}, "Email": "ann@example.org"},
    }
    case = all_formats()["salesforce_case"]
    assert case.recognise(Sample("cases.json", "json", frozenset(record), [record])) == 1.0
    assert all_formats()["salesforce_task"].recognise(Sample("cases.json", "json", frozenset(record), [record])) == 0.0
    assert found("salesforce_case", record)[0].identifiers["email"] == "ann@example.org"


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("0035g00000AbCdE", "0035g00000AbCdEAAV"),
        ("00T5g00000abcde", "00T5g00000abcdeEAA"),
        ("0035g00000AbCdEAAV", "0035g00000AbCdEAAV"),
        ("C-17", "C-17"),
    ],
    ids=["15 characters", "capital in the first five", "18 characters", "no id of Salesforce"],
)
def test_ids_of_both_lengths_are_one(short, full):
    assert full_id(short) == full


@pytest.mark.parametrize(
    ("origin", "channel"),
    [
        ("Phone", "phone"),
        ("E-Mail", "email"),
        ("Web Chat", "chat"),
        ("Webshop", "web"),
        ("WhatsApp", "chat"),
        (None, "crm"),
    ],
)
def test_channel_of_a_case(origin, channel):
    assert channel_of(origin) == channel


def test_a_planned_call_is_no_call():
    task = {"Id": "00T5g00000AbCdEEAV", "WhoId": "0035g00000AbCdE", "TaskSubtype": "Call", "Status": "Not Started"}
    steps = found("salesforce_task", {**task, "CreatedDate": "2026-03-02T09:00:00Z", "ActivityDate": "2026-03-09"})
    assert [each.touchpoint for each in steps] == ["Task created"]


def test_a_company_stands_in_only_where_no_person_is_known():
    task = {"Id": "00T5g00000AbCdEEAV", "AccountId": "0015g00000AbCdEAAV", "CreatedDate": "2026-03-02T09:00:00Z"}
    assert found("salesforce_task", task)[0].identifiers == {"salesforce_account": "0015g00000AbCdEAAV"}
    known = found("salesforce_task", {**task, "WhoId": "0035g00000AbCdEAAV"})[0]
    assert known.identifiers == {"salesforce_contact": "0035g00000AbCdEAAV"}


@pytest.mark.parametrize(
    ("format_name", "old", "new"),
    [
        (
            "zendesk_tickets",
            {"id": 1, "updated_at": "2026-03-01T09:00:00Z"},
            {"id": "1", "updated_at": "2026-03-02T09:00:00Z"},
        ),
        (
            "freshdesk_tickets",
            {"id": 1, "updated_at": "2026-03-01T09:00:00Z"},
            {"id": 1, "updated_at": "2026-03-02T09:00:00Z"},
        ),
        ("intercom_conversations", {"id": "1", "updated_at": 1772355600}, {"id": "1", "updated_at": 1772355601}),
        (
            "zendesk_satisfaction",
            {"id": 1, "updated_at": "2026-03-01T09:00:00Z"},
            {"id": 1, "updated_at": "2026-03-02T09:00:00Z"},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_newest_of_a_record_wins_in_either_order(format_name, old, new):
    prepare = all_formats()[format_name].prepare
    assert [record for _, record in prepare([(1, old), (2, new)])] == [new]
    assert [record for _, record in prepare([(1, new), (2, old)])] == [new]


def test_a_ticket_solved_twice_is_two_interactions():
    ticket = {"id": 1, "created_at": "2026-03-01T09:00:00Z", "requester_id": 2}
    ids = {
        found("zendesk_tickets", {**ticket, "metric_set": {"solved_at": at}})[-1].id
        for at in ("2026-03-02T09:00:00Z", "2026-03-05T09:00:00Z")
    }
    assert ids == {"1:solved:20260302T090000Z", "1:solved:20260305T090000Z"}


def test_an_address_that_an_agent_typed_in_is_not_the_customers():
    via = {"channel": "email", "source": {"from": {"address": "agent@example.com"}}}
    ticket = {"id": 1, "created_at": "2026-03-01T09:00:00Z", "requester_id": 2, "submitter_id": 3, "via": via}
    assert found("zendesk_tickets", ticket)[0].identifiers == {"zendesk_user": "2", "order": "zendesk:1"}


def test_the_first_answer_has_one_id_with_and_without_parts():
    author = {"type": "user", "id": "u1"}
    plain = {"id": "7", "created_at": 1772442000, "source": {"type": "conversation", "author": author}}
    listed = {**plain, "statistics": {"first_admin_reply_at": 1772442600}}
    part = {"id": "3", "part_type": "comment", "created_at": 1772442600, "author": {"type": "admin", "id": "5"}}
    whole = {**plain, "conversation_parts": {"conversation_parts": [part]}}
    answers = [found("intercom_conversations", record)[1] for record in (listed, whole)]
    assert {(each.id, each.wait, each.occurred_at) for each in answers} == {
        ("7:answered", 600.0, datetime(2026, 3, 2, 9, 10, tzinfo=UTC))
    }


def test_a_part_without_a_time_is_named_with_its_place():
    part = {"id": "3", "part_type": "comment", "created_at": "later", "author": {"type": "admin", "id": "5"}}
    record = {"id": "7", "created_at": 1772442000, "conversation_parts": {"conversation_parts": [part]}}
    with pytest.raises(UnusableRecord) as error:
        found("intercom_conversations", record)
    assert (error.value.where, error.value.reason) == ("conversation_parts[0].created_at", "unreadable_time")


def test_another_contact_of_a_conversation_writes_under_their_own_name():
    started = {"type": "user", "id": "u1", "email": "ann@example.org"}
    part = {"id": "3", "part_type": "comment", "created_at": 1772442600}
    other = {"type": "user", "id": "u2", "email": "ben@example.org"}
    parts = {"conversation_parts": [{**part, "author": other}]}
    record = {"id": "7", "created_at": 1772442000, "source": {"author": started}, "conversation_parts": parts}
    identifiers = [each.identifiers for each in found("intercom_conversations", record)]
    assert identifiers == [
        {"intercom_contact": "u1", "email": "ann@example.org", "order": "intercom:7"},
        {"intercom_contact": "u2", "email": "ben@example.org", "order": "intercom:7"},
    ]


@pytest.mark.parametrize(
    ("code", "score", "outcome"),
    [(103, 3.0, "extremely happy"), (100, 0.0, "neutral"), (-103, -3.0, "extremely unhappy"), ("5", None, "5")],
)
def test_codes_of_a_freshdesk_rating(code, score, outcome):
    rating = {"id": 1, "ticket_id": 2, "user_id": 3, "created_at": "2026-03-01T09:00:00Z"}
    only = found("freshdesk_ratings", {**rating, "ratings": {"default_question": code}})[0]
    assert (only.score, only.outcome) == (score, outcome)


def test_tickets_of_staff_are_not_taken_for_freshdesk():
    record = {
        "id": 1,
        "requester_id": 2,
        "responder_id": 3,
        "status": 2,
        "source": 1,
        "created_at": "2026-03-01T09:00:00Z",
    }
    recognise = all_formats()["freshdesk_tickets"].recognise
    assert recognise(Sample("a.json", "json", frozenset(record), [record])) > 0.5
    assert recognise(Sample("a.json", "json", frozenset({*record, "department_id"}), [record])) < 0.5


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>a</p><p>b &lt; c</p>", "a\nb < c"),
        ("<style>p {color: red}</style><div>a<br/>b</div>", "a\nb"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<p> </p>", None),
        (None, None),
        ("a" * (LONGEST_TEXT + 1), "a" * LONGEST_TEXT),
    ],
    ids=["paragraphs", "style", "no marks", "empty", "nothing", "too long"],
)
def test_words_of_a_body(body, words):
    assert plain_text(body) == words


@pytest.mark.parametrize("at", [1772355600, "1772355600", "2026-03-01T09:00:00Z", "2026-03-01T10:00:00+01:00"])
def test_times_as_numbers_and_as_texts(at):
    assert moment_at({"at": at}, "at") == datetime(2026, 3, 1, 9, tzinfo=UTC)
