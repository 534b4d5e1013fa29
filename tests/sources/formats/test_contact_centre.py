from __future__ import annotations

from typing import Any

import pytest

from desireline.sources.formats import FoundInteraction, Record, Sample, UnusableRecord, all_formats

LEG = {"ContactId": "c-1", "InitiationMethod": "INBOUND", "InitiationTimestamp": "2026-03-01T09:00:00Z"}
ENDED = {"DisconnectTimestamp": "2026-03-01T09:05:00Z"}
QUEUED = {"Queue": {"Name": "Billing", "EnqueueTimestamp": "2026-03-01T09:01:00Z"}}
CONNECTED = {"Agent": {"Username": "tom", "ConnectedToAgentTimestamp": "2026-03-01T09:02:00Z"}}


def interactions(name: str, *records: Record) -> list[FoundInteraction]:
    declared = all_formats()[name]
    numbered = list(enumerate(records, start=1))
    prepared = declared.prepare(numbered) if declared.prepare else numbered
    return [found for _, record in prepared for found in declared.convert(record)]


def one(name: str, record: Record) -> FoundInteraction:
    (found,) = interactions(name, record)
    return found


def touchpoints(name: str, *records: Record) -> list[str]:
    return [found.touchpoint for found in interactions(name, *records)]


@pytest.mark.parametrize(
    ("changes", "last"),
    [
        pytest.param({**QUEUED, "DisconnectReason": "CUSTOMER_DISCONNECT"}, "Call abandoned", id="left while waiting"),
        pytest.param(QUEUED, "Call abandoned", id="an old record without a reason"),
        pytest.param(
            {**QUEUED, "DisconnectReason": "TELECOM_PROBLEM"}, "Call ended", id="the line broke while waiting"
        ),
        pytest.param({**QUEUED, **CONNECTED}, "Call ended", id="talked"),
        pytest.param({**QUEUED, **CONNECTED, "NextContactId": "c-2"}, "Call connected", id="goes on in another leg"),
        pytest.param({"Channel": "CHAT"}, "Chat ended", id="never queued"),
        pytest.param({"Channel": "HOLOGRAM"}, "Contact ended", id="an unknown channel"),
    ],
)
def test_a_connect_leg_ends_as_its_record_says(changes: dict[str, Any], last: str) -> None:
    assert touchpoints("amazon_connect", {**LEG, **ENDED, **changes})[-1] == last


@pytest.mark.parametrize(
    ("reason", "actor"),
    [("CUSTOMER_DISCONNECT", "customer"), ("AGENT_DISCONNECT", "agent"), ("IDLE_DISCONNECT", "system"), (None, None)],
)
def test_who_hung_up_is_the_actor_of_the_end(reason: str | None, actor: str | None) -> None:
    end = interactions("amazon_connect", {**LEG, **ENDED, **CONNECTED, "DisconnectReason": reason})[-1]
    assert (end.actor, end.outcome) == (actor, reason)


def test_of_a_contact_delivered_twice_the_newest_counts_wherever_it_stands() -> None:
    new = {**LEG, **ENDED, "LastUpdateTimestamp": "2026-03-01T09:06:00Z"}
    old = {**LEG, "LastUpdateTimestamp": "2026-03-01T09:01:00Z"}
    assert touchpoints("amazon_connect", new, old) == touchpoints("amazon_connect", old, new)
    assert touchpoints("amazon_connect", new, old) == ["Call started", "Call ended"]


@pytest.mark.parametrize(
    ("endpoint", "wanted"),
    [
        pytest.param({"Address": "+442079460018", "Type": "TELEPHONE_NUMBER"}, {"phone": "+442079460018"}, id="phone"),
        pytest.param({"Address": "a@example.org", "Type": "EMAIL_ADDRESS"}, {"email": "a@example.org"}, id="email"),
        pytest.param({"Address": "arn:aws:x", "Type": "CONTACT_FLOW"}, {}, id="something of Amazon Connect itself"),
    ],
)
def test_the_customers_address_becomes_an_identifier_of_its_type(
    endpoint: dict[str, str], wanted: dict[str, str]
) -> None:
    found = one("amazon_connect", {**LEG, "CustomerEndpoint": endpoint})
    assert found.identifiers == {**wanted, "order": "connect:c-1", "session": "connect:c-1"}


def test_the_legs_of_a_contact_are_one_case_and_share_an_identifier() -> None:
    first, second = (
        one("amazon_connect", {**LEG, "ContactId": contact, "InitialContactId": "c-1"}) for contact in ("c-1", "c-2")
    )
    assert first.case == second.case == "c-1"
    assert first.identifiers["session"] == second.identifiers["session"]


ANALYSIS: dict[str, Any] = {
    "Channel": "VOICE",
    "CustomerMetadata": {"ContactId": "c-1", "InputS3Uri": "s3://b/c-1_20260301T09:02_UTC.wav"},
    "Participants": [{"ParticipantId": "p-1", "ParticipantRole": "CUSTOMER"}],
    "Transcript": [{"ParticipantId": "p-1", "Content": "Hello"}, {"ParticipantId": "p-2", "Content": "Good day"}],
}


def analysed(sentiment: dict[str, Any], **changes: Any) -> FoundInteraction:
    return one("contact_lens", {**ANALYSIS, "ConversationCharacteristics": {"Sentiment": sentiment}, **changes})


@pytest.mark.parametrize(
    ("overall", "wanted"),
    [
        pytest.param({"CUSTOMER": 5, "AGENT": -5}, 2.0, id="of a call"),
        pytest.param({"p-1": -2.5}, -1.0, id="by the participant's own id"),
        pytest.param({"DetailsByParticipantRole": {"CUSTOMER": 0}}, 0.0, id="of a chat"),
        pytest.param({"DetailsByInteraction": {"WithoutAgent": {"CUSTOMER": 1}}}, 0.4, id="of a chat with a bot only"),
        pytest.param({"AGENT": 3}, None, id="only the agent's"),
    ],
)
def test_the_customers_sentiment_is_scaled_from_five_to_two(overall: dict[str, Any], wanted: float | None) -> None:
    assert analysed({"OverallSentiment": overall}).sentiment == wanted


def test_a_score_outside_of_the_scale_is_refused() -> None:
    with pytest.raises(UnusableRecord, match="from -5 to 5, got 50") as caught:
        analysed({"OverallSentiment": {"CUSTOMER": 50}})
    assert caught.value.reason == "out_of_range"


def test_only_the_customers_turns_are_the_text() -> None:
    assert analysed({}).text == "Hello"


def test_an_analysis_and_its_contact_record_share_an_identifier() -> None:
    contact = one("amazon_connect", LEG)
    assert analysed({}).identifiers["order"] == contact.identifiers["order"]


def conversation(*participants: dict[str, Any], **changes: Any) -> Record:
    return {
        "conversationId": "g-1",
        "conversationStart": "2026-03-01T09:00:00Z",
        "originatingDirection": "inbound",
        "participants": list(participants),
        **changes,
    }


def participant(purpose: str, kind: str, start: int, end: int, **session: Any) -> dict[str, Any]:
    times = {"segmentStart": f"2026-03-01T09:{start:02}:00Z", "segmentEnd": f"2026-03-01T09:{end:02}:00Z"}
    held = {"sessionId": f"{purpose}-{start}", "mediaType": "voice", "segments": [{"segmentType": kind, **times}]}
    return {"purpose": purpose, "participantName": f"{purpose} {start}", "sessions": [{**held, **session}]}


GAVE_UP = [{"name": "tAbandon", "value": 60_000}]


@pytest.mark.parametrize(
    ("participants", "last"),
    [
        pytest.param([participant("acd", "interact", 1, 2, metrics=GAVE_UP)], "Call abandoned", id="gave up"),
        pytest.param(
            [participant("acd", "interact", 1, 2, metrics=GAVE_UP), participant("agent", "alert", 2, 3)],
            "Call abandoned",
            id="gave up while it rang",
        ),
        pytest.param(
            [participant("acd", "interact", 1, 2, metrics=GAVE_UP), participant("agent", "interact", 2, 3)],
            "Call ended",
            id="was connected after all",
        ),
    ],
)
def test_a_conversation_is_abandoned_only_where_nobody_was_connected(
    participants: list[dict[str, Any]], last: str
) -> None:
    record = conversation(*participants, conversationEnd="2026-03-01T09:05:00Z")
    assert touchpoints("genesys_cloud", record)[-1] == last


def test_each_agent_waits_for_the_queue_before_and_no_wait_is_counted_twice() -> None:
    record = conversation(
        participant("acd", "interact", 1, 3),
        participant("agent", "interact", 3, 5),
        participant("agent", "interact", 5, 6),
        participant("acd", "interact", 6, 8),
        participant("agent", "interact", 9, 10),
    )
    connected = [each for each in interactions("genesys_cloud", record) if each.touchpoint == "Call connected"]
    assert [(each.team, each.wait) for each in connected] == [("acd 1", 120), (None, None), ("acd 6", 180)]


@pytest.mark.parametrize(
    ("media", "channel", "touchpoint"),
    [
        ({"mediaType": "callback"}, "phone", "Call started"),
        ({"mediaType": "message", "messageType": "sms"}, "sms", "Message started"),
        ({"mediaType": "message", "messageType": "whatsapp"}, "social", "Message started"),
        ({"mediaType": "message", "messageType": "webmessaging"}, "chat", "Chat started"),
        ({"mediaType": "cobrowse"}, "cobrowse", "Contact started"),
    ],
)
def test_the_medium_of_the_customer_is_the_channel(media: dict[str, str], channel: str, touchpoint: str) -> None:
    started = interactions("genesys_cloud", conversation(participant("customer", "interact", 0, 1, **media)))[0]
    assert (started.channel, started.touchpoint) == (channel, touchpoint)


def test_a_participant_that_is_no_object_is_named() -> None:
    with pytest.raises(UnusableRecord, match="participants: expected objects, entry 1 is str"):
        interactions("genesys_cloud", conversation(participants=["nobody"]))


CALL = {
    "sid": "CA1",
    "from": "+442079460018",
    "to": "+442079460100",
    "direction": "inbound",
    "status": "completed",
    "start_time": "Sun, 01 Mar 2026 09:00:00 +0000",
    "end_time": "Sun, 01 Mar 2026 09:05:00 +0000",
    "duration": "300",
}
DIALLED = {**CALL, "sid": "CA2", "parent_call_sid": "CA1", "direction": "outbound-dial", "to": "client:tom"}


def test_a_minute_of_a_call_is_counted_once() -> None:
    alone = interactions("twilio_calls", CALL)
    with_leg = interactions("twilio_calls", DIALLED, CALL)
    assert sum(each.duration or 0 for each in alone) == sum(each.duration or 0 for each in with_leg) == 300


def test_camel_case_iso_times_and_numbers_say_the_same() -> None:
    record = {
        **{name: CALL[name] for name in ("sid", "from", "to", "direction", "status")},
        "startTime": "2026-03-01T09:00:00Z",
        "endTime": "2026-03-01T10:05:00+01:00",
        "duration": 300,
    }
    assert interactions("twilio_calls", record) == interactions("twilio_calls", CALL)


def test_a_leg_without_its_parent_says_nothing_of_number_and_direction() -> None:
    leg = one("twilio_calls", DIALLED)
    assert (leg.identifiers, leg.direction, leg.agent) == ({"order": "twilio:CA1"}, None, "tom")


@pytest.mark.parametrize(
    ("reason", "touchpoint", "actor"),
    [("hangup", "Call abandoned", "customer"), ("Task TTL Exceeded", "Call cancelled", "system")],
)
def test_a_cancelled_task_was_abandoned_where_the_customer_hung_up(reason: str, touchpoint: str, actor: str) -> None:
    found = one("twilio_taskrouter", task_event("task.canceled", task_canceled_reason=reason))
    assert (found.touchpoint, found.actor) == (touchpoint, actor)


def task_event(kind: str, **details: Any) -> Record:
    payload = {"task_sid": "WT1", "task_channel_unique_name": "voice", **details}
    return {"sid": "EV1", "event_type": kind, "event_date": "2026-03-01T09:00:00Z", "event_data": payload}


@pytest.mark.parametrize("kind", ["reservation.timeout", "worker.activity.update", "task.wrapup", "not.yet.known"])
def test_an_event_that_no_customer_notices_is_no_interaction(kind: str) -> None:
    assert interactions("twilio_taskrouter", task_event(kind)) == []


def test_a_task_of_a_call_joins_the_record_of_the_call() -> None:
    found = one("twilio_taskrouter", task_event("task.created", task_attributes='{"call_sid": "CA1"}'))
    call = interactions("twilio_calls", CALL)[0]
    assert found.case == call.case
    assert found.identifiers["order"] == call.identifiers["order"]


def vtt(*blocks: str) -> list[Record]:
    return [{"line": line} for line in "\n\n".join(["WEBVTT", *blocks]).split("\n")]


WHEN_AND_WHO = "NOTE\nrecorded-at: 2026-03-01T09:00:00Z\nphone: +442079460018"
CLOCK = "00:00:01.000 --> 00:00:02.000"


@pytest.mark.parametrize(
    ("cues", "text"),
    [
        pytest.param(["<v Agent>Hi", "<v Customer>Hello"], "Hello", id="common names"),
        pytest.param(["<v AGENT_1>Hi", "<v caller 2>Hello"], "Hello", id="numbered, in other case"),
        pytest.param(["<v Agent>Hi", "<v Mo>Hello"], "Hello", id="the only one left"),
        pytest.param(["<v Agent>Hi", "<v Mo>Hello", "<v Al>Hm"], None, id="two are left"),
        pytest.param(["<v Mo>Hello", "<v Al>Hm"], None, id="nobody is known"),
        pytest.param(["Customer: Hello", "Agent: Hi"], "Hello", id="names before a colon"),
        pytest.param(["Hello"], None, id="no speaker"),
    ],
)
def test_only_what_the_customer_certainly_said_is_the_text(cues: list[str], text: str | None) -> None:
    (found,) = interactions("webvtt", *vtt(WHEN_AND_WHO, *(f"{CLOCK}\n{cue}" for cue in cues)))
    assert found.text == text


@pytest.mark.parametrize(
    ("blocks", "where", "reason"),
    [
        pytest.param([f"{CLOCK}\n<v Customer>Hi"], "recorded-at", "missing_time", id="no note"),
        pytest.param(
            ["NOTE recorded-at: soon", f"{CLOCK}\n<v Customer>Hi"], "recorded-at", "unreadable_time", id="no time"
        ),
        pytest.param(
            ["NOTE recorded-at: 2026-03-01T09:00:00Z", f"{CLOCK}\nHi"], "customer", "no_identifier", id="nobody"
        ),
        pytest.param([WHEN_AND_WHO], "line", "missing_value", id="no cue"),
        pytest.param([WHEN_AND_WHO, "1 --> 2\nHi"], "line", "unreadable_time", id="a broken time line"),
        pytest.param([WHEN_AND_WHO, "Hi"], "line", "unreadable_row", id="text without a time line"),
    ],
)
def test_a_transcript_that_lacks_something_says_what(blocks: list[str], where: str, reason: str) -> None:
    with pytest.raises(UnusableRecord) as caught:
        interactions("webvtt", *vtt(*blocks))
    assert (caught.value.where, caught.value.reason) == (where, reason)


@pytest.mark.parametrize(
    "name",
    ["amazon_connect", "contact_lens", "genesys_cloud", "twilio_calls", "twilio_taskrouter", "webvtt"],
)
@pytest.mark.parametrize(
    "record", [{}, {"sid": "SM1", "from": "a", "to": "b", "direction": "inbound", "status": "sent"}, {"line": "Hello"}]
)
def test_an_unlike_file_is_not_claimed(name: str, record: Record) -> None:
    declared = all_formats()[name]
    for container in declared.containers:
        assert declared.recognise(Sample("export.txt", container, frozenset(record), [record])) == 0.0
