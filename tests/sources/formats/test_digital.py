"""What is special in the digital formats: GA4, Segment, Matomo, Snowplow, web server logs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desireline.sources.formats import Format, FoundInteraction, Record, Sample, UnusableRecord
from desireline.sources.formats.ga4_bigquery import FORMAT as GA4
from desireline.sources.formats.matomo import FORMAT as MATOMO
from desireline.sources.formats.segment_calls import FORMAT as SEGMENT
from desireline.sources.formats.snowplow_enriched import COLUMNS
from desireline.sources.formats.snowplow_enriched import FORMAT as SNOWPLOW
from desireline.sources.formats.web import campaign_of, is_bot, page_of, site_of, touchpoint_of
from desireline.sources.formats.weblog_combined import FORMAT as WEBLOG

SAMPLES = Path(__file__).parent / "samples"
NINE = 1772442000
"""2026-03-02 09:00 UTC."""

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def only(declared: Format, record: Record) -> FoundInteraction:
    (found,) = declared.convert(record)
    return found


def refusal(declared: Format, record: Record) -> tuple[str, str]:
    with pytest.raises(UnusableRecord) as caught:
        list(declared.convert(record))
    return caught.value.where, caught.value.reason


def sample(container: Any, *records: Record) -> Sample:
    return Sample("file", container, frozenset(key for record in records for key in record), records)


def ga4(event: str = "page_view", **fields: Any) -> dict[str, Any]:
    return {"event_name": event, "event_timestamp": NINE * 1_000_000, "user_pseudo_id": "d.1", **fields}


def segment(call: str = "track", **fields: Any) -> dict[str, Any]:
    moment = {"timestamp": "2026-03-02T09:00:00Z", "messageId": "m"}
    return {"type": call, "event": "Thing Done", "anonymousId": "a", **moment, **fields}


def matomo(*actions: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    return {"idVisit": "1", "visitorId": "v", "actionDetails": list(actions), **fields}


def snowplow(**fields: str) -> dict[str, str]:
    base = {"event": "page_view", "event_id": "e", "derived_tstamp": "2026-03-02 09:00:00.000", "domain_userid": "d"}
    given = {**base, **fields}
    return {"line": "\t".join(given.get(name, "") for name in COLUMNS)}


def request(
    line: str = "GET / HTTP/1.1", *, host: str = "203.0.113.7", day: str = "02", agent: str = FIREFOX, status: int = 200
) -> dict[str, str]:
    return {"line": f'{host} - - [{day}/Mar/2026:23:30:00 -0500] "{line}" {status} 1 "-" "{agent}"'}


@pytest.mark.parametrize("event", ["session_start", "first_visit", "user_engagement"])
def test_what_ga4_counts_for_itself_is_no_interaction(event: str) -> None:
    assert list(GA4.convert(ga4(event))) == []


@pytest.mark.parametrize(
    ("kind", "value", "session"),
    [
        pytest.param("int_value", "77", "d.1.77", id="number as text, as BigQuery writes JSON"),
        pytest.param("int_value", 77, "d.1.77", id="number, as in Parquet"),
        pytest.param("string_value", "77", "d.1.77", id="text"),
        pytest.param("double_value", 77.0, "d.1.77", id="decimal number"),
    ],
)
def test_a_ga4_session_is_read_from_whatever_kind_its_value_has(kind: str, value: Any, session: str) -> None:
    kinds = dict.fromkeys(["string_value", "int_value", "float_value", "double_value"])
    parameters = [{"key": "ga_session_id", "value": {**kinds, kind: value}}]
    assert only(GA4, ga4(event_params=parameters)).identifiers["session"] == session


def test_ga4_events_of_one_batch_have_ids_of_their_own() -> None:
    first, second = (only(GA4, ga4(batch_event_index=place, event_bundle_sequence_id=5)) for place in (1, 2))
    assert first.id != second.id


def test_a_session_number_without_a_device_is_not_taken_for_a_session() -> None:
    parameters = [{"key": "ga_session_id", "value": {"int_value": "77"}}]
    found = only(GA4, ga4(user_pseudo_id=None, user_id="u", event_params=parameters))
    assert found.identifiers == {"user": "u"}


@pytest.mark.parametrize(
    ("event", "ecommerce", "parameter", "value"),
    [
        pytest.param("purchase", {"purchase_revenue": 10}, "7", 10.0, id="revenue goes before the parameter"),
        pytest.param("purchase", {}, "7", 7.0, id="parameter"),
        pytest.param("refund", {"refund_value": 4}, "7", -4.0, id="a refund takes away"),
        pytest.param("add_to_cart", {}, "7", None, id="nothing bought yet"),
    ],
)
def test_ga4_value(event: str, ecommerce: dict[str, Any], parameter: str, value: float | None) -> None:
    parameters = [{"key": "value", "value": {"string_value": parameter}}]
    assert only(GA4, ga4(event, ecommerce=ecommerce, event_params=parameters)).value == value


def test_a_ga4_value_that_is_no_number_is_named() -> None:
    parameters = [{"key": "value", "value": {"string_value": "ten"}}]
    assert refusal(GA4, ga4("purchase", event_params=parameters)) == ("event_params.value", "not_a_number")


@pytest.mark.parametrize(
    ("event", "properties", "value"),
    [
        pytest.param("Order Completed", {"total": 12, "revenue": 10}, 12.0, id="total goes before revenue"),
        pytest.param("Order Completed", {"revenue": "10"}, 10.0, id="revenue"),
        pytest.param("Order Refunded", {"total": 12}, -12.0, id="refund"),
        pytest.param("Order Updated", {"revenue": 10}, None, id="repeats the order"),
        pytest.param("Order Cancelled", {"revenue": 10}, None, id="brings nothing"),
        pytest.param("Plan Upgraded", {"revenue": 10}, 10.0, id="an event of one's own with revenue"),
        pytest.param("Plan Upgraded", {"total": 10}, None, id="total is not revenue"),
    ],
)
def test_segment_value(event: str, properties: dict[str, Any], value: float | None) -> None:
    assert only(SEGMENT, segment(event=event, properties=properties)).value == value


def test_a_group_ties_nobody_to_its_colleagues() -> None:
    found = only(SEGMENT, segment("group", groupId="g", traits={"email": "office@example.com"}))
    assert found.identifiers == {"device": "a"}
    assert found.attributes["group"] == "g"


@pytest.mark.parametrize(
    ("fields", "identifiers"),
    [
        pytest.param({"anonymousId": None, "previousId": "old"}, {"user": "u", "device": "old"}, id="from a server"),
        pytest.param({"anonymousId": "a", "previousId": "a"}, {"user": "u", "device": "a"}, id="from a browser"),
        pytest.param({"anonymousId": "a", "previousId": "u0"}, {"user": "u", "device": "a"}, id="an old user"),
    ],
)
def test_an_alias_ties_the_earlier_id_to_the_user(fields: dict[str, Any], identifiers: dict[str, str]) -> None:
    found = only(SEGMENT, segment("alias", userId="u", **fields))
    assert found.identifiers == identifiers
    assert found.attributes["previous"] == fields["previousId"]


def test_an_unknown_segment_call_is_named() -> None:
    assert refusal(SEGMENT, segment("delete")) == ("type", "unknown_value")


@pytest.mark.parametrize("offset", [-7 * 3600, 0, 3600, 5 * 3600 + 1800, 12 * 3600 + 2700], ids=str)
def test_the_times_of_matomo_actions_are_moved_to_where_the_visit_began(offset: int) -> None:
    actions = [{"type": "action", "pageId": str(place), "timestamp": NINE + offset + place} for place in (0, 90)]
    found = list(MATOMO.convert(matomo(*actions, firstActionTimestamp=NINE, lastActionTimestamp=NINE + 90)))
    assert [each.occurred_at.timestamp() for each in found] == [NINE, NINE + 90]


@pytest.mark.parametrize(
    ("visit", "moved"),
    [
        pytest.param({}, 0, id="no time of the visit"),
        pytest.param({"lastActionTimestamp": NINE - 3600}, -3600, id="only the last"),
        pytest.param({"firstActionTimestamp": NINE - 3600 - 400}, 0, id="the first action is not listed"),
        pytest.param({"firstActionTimestamp": NINE - 86400}, 0, id="more than any time zone"),
    ],
)
def test_matomo_times_stay_where_nothing_says_how_far_they_are_off(visit: dict[str, Any], moved: int) -> None:
    found = only(MATOMO, matomo({"type": "action", "pageId": "1", "timestamp": NINE}, **visit))
    assert found.occurred_at.timestamp() == NINE + moved


def test_a_snowplow_event_says_the_same_as_line_and_as_json() -> None:
    schema = "iglu:com.snowplowanalytics.snowplow.ecommerce"
    action, entity = {"type": "transaction"}, {"transaction_id": "T", "revenue": 9.5, "currency": "GBP"}
    inner = {"schema": f"{schema}/snowplow_ecommerce_action/jsonschema/1-0-2", "data": action}
    fields = {"event": "unstruct", "event_name": "snowplow_ecommerce_action"}
    line = snowplow(
        **fields,
        unstruct_event=json.dumps({"schema": "iglu:unstruct_event", "data": inner}),
        contexts=json.dumps({"data": [{"schema": f"{schema}/transaction/jsonschema/1-0-0", "data": entity}]}),
    )
    document = {
        "event_id": "e",
        "domain_userid": "d",
        "derived_tstamp": "2026-03-02T09:00:00.000Z",
        **fields,
        "unstruct_event_com_snowplowanalytics_snowplow_ecommerce_snowplow_ecommerce_action_1": action,
        "contexts_com_snowplowanalytics_snowplow_ecommerce_transaction_1": [entity],
    }
    found = only(SNOWPLOW, line)
    assert found == only(SNOWPLOW, document)
    assert (found.touchpoint, found.value, found.case) == ("Purchase", 9.5, "T")


def test_broken_json_in_a_snowplow_line_is_named() -> None:
    line = snowplow(event="unstruct", event_name="link_click", unstruct_event='{"schema":')
    assert refusal(SNOWPLOW, line) == ("unstruct_event", "unreadable_row")


@pytest.mark.parametrize("declared", [SNOWPLOW, WEBLOG], ids=lambda each: each.name)
def test_a_blank_line_is_nothing(declared: Format) -> None:
    assert list(declared.convert({"line": "  "})) == []


@pytest.mark.parametrize(
    ("line", "status", "touchpoint"),
    [
        pytest.param("GET /boots HTTP/1.1", 200, "Page viewed", id="page"),
        pytest.param("GET /boots HTTP/1.1", 304, "Page viewed", id="page out of the browser's store"),
        pytest.param("GET /boots HTTP/1.1", 302, None, id="redirection"),
        pytest.param("GET /site.CSS?v=3 HTTP/1.1", 200, None, id="part of a page"),
        pytest.param("GET /guide.pdf HTTP/1.1", 200, "File downloaded", id="document"),
        pytest.param("POST /contact HTTP/1.1", 303, "Form sent", id="form, then redirection"),
        pytest.param("HEAD / HTTP/1.1", 200, None, id="only asked whether it is there"),
        pytest.param("-", 408, None, id="no request"),
    ],
)
def test_what_a_request_was_for_the_visitor(line: str, status: int, touchpoint: str | None) -> None:
    found = list(WEBLOG.convert(request(line, status=status)))
    assert [each.touchpoint for each in found] == ([] if touchpoint is None else [touchpoint])


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param({"line": "GET /other HTTP/1.1"}, True, id="another page"),
        pytest.param({"host": "203.0.113.8"}, False, id="another address"),
        pytest.param({"agent": "Other/1.0"}, False, id="another browser"),
        pytest.param({"day": "03"}, False, id="another day"),
    ],
)
def test_a_visit_is_guessed_from_address_browser_and_day(other: dict[str, str], same: bool) -> None:
    visit = only(WEBLOG, request()).identifiers["session"]
    assert (only(WEBLOG, request(**other)).identifiers["session"] == visit) is same  # type: ignore[arg-type]


def test_the_address_of_a_visitor_is_not_kept() -> None:
    assert "203.0.113.7" not in str(only(WEBLOG, request()))


@pytest.mark.parametrize(
    ("agent", "bot"),
    [
        pytest.param(FIREFOX, False, id="browser"),
        pytest.param("Mozilla/5.0 (Linux; Android 12; CUBOT X30) Firefox/128.0", False, id="a telephone called Cubot"),
        pytest.param("Mozilla/5.0 (compatible; Googlebot/2.1)", True, id="search engine"),
        pytest.param("python-requests/2.32", True, id="program"),
        pytest.param(None, False, id="not said"),
    ],
)
def test_a_bot_is_known_by_what_it_calls_itself(agent: str | None, bot: bool) -> None:
    assert is_bot(agent) is bot


@pytest.mark.parametrize(
    ("event", "touchpoint"),
    [
        pytest.param("page_view", "Page viewed", id="common"),
        pytest.param("play_video", "Play video", id="snake"),
        pytest.param("brochureOrdered", "Brochure ordered", id="camel"),
        pytest.param("open-FAQ", "Open FAQ", id="abbreviation"),
        pytest.param("Order Completed", "Order Completed", id="words already"),
        pytest.param("___", "___", id="no words"),
        pytest.param("x" * 300, "X" + "x" * 199, id="too long"),
    ],
)
def test_an_event_gets_a_name_for_people(event: str, touchpoint: str) -> None:
    assert touchpoint_of(event) == touchpoint


def test_an_address_that_is_none_has_no_parts() -> None:
    broken = "https://[broken/"
    assert (page_of(broken), site_of(broken), campaign_of(broken)) == (None, None, {})


@pytest.mark.parametrize(
    ("declared", "file", "sure"),
    [
        pytest.param(GA4, sample("json", {"event_name": "x", "event_timestamp": 1}), 0.0, id="some events"),
        pytest.param(SEGMENT, sample("json", {"type": "call", "userId": "u"}), 0.0, id="no call of Segment"),
        pytest.param(SEGMENT, sample("json", {"type": "track", "userId": "u"}), 0.6, id="a short call"),
        pytest.param(SNOWPLOW, sample("lines", {"line": "\t" * 130}), 0.0, id="131 columns of something else"),
        pytest.param(WEBLOG, sample("lines", {"line": "2026-03-02 09:00:00 GET / 200"}), 0.0, id="another log"),
        pytest.param(WEBLOG, sample("lines"), 0.0, id="an empty file"),
    ],
)
def test_other_files_are_not_taken_for_one(declared: Format, file: Sample, sure: float) -> None:
    assert declared.recognise(file) == sure
