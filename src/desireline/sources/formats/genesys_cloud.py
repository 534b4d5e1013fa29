"""Genesys Cloud conversation details, as its analytics query and jobs give them (``{"conversations": [...]}``).

The field names are those of ``AnalyticsConversation`` in the platform's public models. One record is one conversation
with all its participants (customer, menu, queue, agents), their sessions and segments. It becomes: started, menu
entered, queued, connected, on hold, transferred, wrap-up, voicemail left, ended or abandoned, and survey answered.
Segments are intervals with two times, so waits and durations are differences; the metrics are asked only whether the
customer gave up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from desireline.base import phrase
from desireline.sources.formats.model import (
    Format,
    FoundInteraction,
    Record,
    Revision,
    Sample,
    Signature,
    UnusableRecord,
)
from desireline.sources.formats.reading import (
    list_at,
    number_at,
    present,
    required_text,
    required_time,
    seconds_between,
    text_at,
    time_at,
)
from desireline.sources.formats.revisions import newest

_CHANNELS = {"voice": "phone", "callback": "phone", "chat": "chat", "email": "email"}
_MESSAGES = {"sms": "sms", "webmessaging": "chat"}
_NOUNS = {"phone": "Call", "chat": "Chat", "email": "Email", "sms": "Message", "social": "Message"}
_CUSTOMERS = ("customer", "external")
_MENUS = ("ivr", "workflow", "bot")
_AGENTS = ("agent", "user")
_CUSTOMER_LEFT = ("endpoint", "client")
_JOURNEY_TYPES = {"cookie": "device", "email": "email", "phone": "phone"}

Actor = Literal["customer", "agent", "system"]


def _recognise(sample: Sample) -> float:
    told = {"conversationId", "conversationStart", "participants"}
    return 1.0 if sample.container == "json" and told <= sample.columns else 0.0


def _prepare(records: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    return newest(records, _revise)


def _revise(record: Record) -> Revision | None:
    """A conversation does not say when it was changed, but it only grows: the newest one goes on longest."""
    conversation = text_at(record, "conversationId")
    if conversation is None:
        return None
    sessions = [session for each in _objects(record, "participants") for session in _objects(each, "sessions")]
    segments = [segment for session in sessions for segment in _objects(session, "segments")]
    moments = [
        time_at(record, "conversationStart"),
        time_at(record, "conversationEnd"),
        *(time_at(segment, name) for segment in segments for name in ("segmentStart", "segmentEnd")),
        *(time_at(survey, "surveyCompletedDate") for survey in _objects(record, "surveys")),
    ]
    told = [moment for moment in moments if moment is not None]
    return Revision(conversation, max(told, default=None), complete=True)


def _convert(record: Record) -> list[FoundInteraction]:
    return list(_interactions(record))  # All or nothing: a record that cannot be used gives none of its interactions.


def _interactions(record: Record) -> Iterator[FoundInteraction]:
    base = _base(record)
    yield _started(record, base)
    for participant in _objects(record, "participants"):
        purpose = text_at(participant, "purpose")
        for session in _objects(participant, "sessions"):
            part = replace(base, channel=_channel(session) or base.channel)
            if purpose in _MENUS:
                yield from _menu(session, part)
            elif purpose == "acd":
                yield from _queued(participant, session, part)
            elif purpose in _AGENTS:
                yield from _handled(record, participant, session, part)
            elif purpose == "voicemail":
                yield from _voicemail(session, part)
    yield from _ended(record, base)
    yield from _surveys(record, base)


def _base(record: Record) -> FoundInteraction:
    """What every interaction of the conversation has in common."""
    conversation = required_text(record, "conversationId")
    direction = text_at(record, "originatingDirection")
    return FoundInteraction(
        id=conversation,
        channel=_channel_of_all(record),
        touchpoint="Contact",
        occurred_at=required_time(time_at(record, "conversationStart"), "conversationStart"),
        identifiers=_identifiers(record, conversation),
        direction="inbound" if direction == "inbound" else "outbound" if direction == "outbound" else None,
        case=conversation,
    )


def _objects(record: Record, path: str) -> list[Record]:
    found = list_at(record, path)
    for number, each in enumerate(found, start=1):
        if not isinstance(each, Mapping):
            raise UnusableRecord(
                path, phrase("expected objects, entry {number} is {name}", number=number, name=type(each).__name__)
            )
    return found


def _sessions(record: Record, purposes: tuple[str, ...]) -> Iterator[Record]:
    for participant in _objects(record, "participants"):
        if text_at(participant, "purpose") in purposes:
            yield from _objects(participant, "sessions")


def _channel_of_all(record: Record) -> str:
    """The channel of the customer's first session, or of the first of all."""
    anybody = (session for each in _objects(record, "participants") for session in _objects(each, "sessions"))
    channels = (_channel(session) for session in (*_sessions(record, _CUSTOMERS), *anybody))
    return next((channel for channel in channels if channel), "phone")


def _channel(session: Record) -> str | None:
    media = (text_at(session, "mediaType") or "").lower()
    if media == "message":
        return _MESSAGES.get((text_at(session, "messageType") or "").lower(), "social")
    return _CHANNELS.get(media, media) or None


def _noun(part: FoundInteraction) -> str:
    return _NOUNS.get(part.channel, "Contact")


def _identifiers(record: Record, conversation: str) -> dict[str, str]:
    """The customer's own. The id of an external contact is no number of the CRM; as an order it belongs to one."""
    found: dict[str, str] = {}
    for participant in _objects(record, "participants"):
        if text_at(participant, "purpose") in _CUSTOMERS:
            contact = text_at(participant, "externalContactId")
            found |= present(order=f"genesys-contact:{contact}" if contact else None)
            for session in _objects(participant, "sessions"):
                found = {**_of_session(session), **found}
    return {**found, "session": f"genesys:{conversation}"}


def _of_session(session: Record) -> dict[str, str]:
    """The customer's side of a session: who calls or writes inbound, who is called or written to outbound."""
    outbound = text_at(session, "direction") == "outbound"
    phone, address = (
        text_at(session, name) for name in (("dnis", "addressTo") if outbound else ("ani", "addressFrom"))
    )
    numbers = list_at(session, "callbackNumbers")
    channel = _channel(session)
    phone = phone or (str(numbers[0]) if numbers else None) or (address if channel == "sms" else None)
    journey = _JOURNEY_TYPES.get((text_at(session, "journeyCustomerIdType") or "").lower(), "user")
    return {
        **present(**{journey: text_at(session, "journeyCustomerId")}),
        **present(phone=_number(phone), email=address if channel == "email" else None),
    }


def _number(address: str | None) -> str | None:
    """A phone number out of ``tel:+44…``; what is no number (``sip:…``, a name) identifies nobody."""
    bare = (address or "").removeprefix("tel:")
    return bare if bare.lstrip("+").isdigit() else None


def _started(record: Record, base: FoundInteraction) -> FoundInteraction:
    campaign = next((name for s in _sessions(record, _CUSTOMERS) if (name := text_at(s, "outboundCampaignId"))), None)
    outbound: Actor = "system" if campaign else "agent"
    return replace(
        base,
        id=f"{base.id}:started",
        touchpoint=f"{_noun(base)} started",
        actor=outbound if base.direction == "outbound" else "customer",
        attributes=present(campaign=campaign, external_tag=text_at(record, "externalTag")),
    )


def _segments(session: Record, *kinds: str) -> list[tuple[datetime, Record]]:
    """The segments of these kinds (all without one) with their start, in order of time."""
    found = [
        (start, segment)
        for segment in _objects(session, "segments")
        if (not kinds or text_at(segment, "segmentType") in kinds)
        and (start := time_at(segment, "segmentStart")) is not None
    ]
    return sorted(found, key=lambda each: each[0])


def _length(segment: Record) -> float | None:
    return seconds_between(time_at(segment, "segmentStart"), time_at(segment, "segmentEnd"))


def _id_of(session: Record, base: FoundInteraction, what: str) -> str:
    return f"{base.id}:{required_text(session, 'sessionId')}:{what}"


def _menu(session: Record, base: FoundInteraction) -> Iterator[FoundInteraction]:
    for start, segment in _segments(session, "ivr", "bot", "flow")[:1]:
        yield replace(
            base,
            id=_id_of(session, base, "menu"),
            touchpoint="Menu entered",
            occurred_at=start,
            actor="customer",
            duration=_length(segment),
            outcome=text_at(session, "flow.exitReason"),
            attributes=present(flow=text_at(session, "flow.flowName")),
        )


def _queued(participant: Record, session: Record, base: FoundInteraction) -> Iterator[FoundInteraction]:
    for start, segment in _segments(session)[:1]:
        yield replace(
            base,
            id=_id_of(session, base, "queued"),
            touchpoint=f"{_noun(base)} queued",
            occurred_at=start,
            actor="system",
            team=_queue_name(participant, segment),
        )


def _queue_name(participant: Record, segment: Record) -> str | None:
    """The participant of a queue has its name; the segments have only its id."""
    return text_at(participant, "participantName") or text_at(segment, "queueId")


def _handled(
    record: Record, participant: Record, session: Record, base: FoundInteraction
) -> Iterator[FoundInteraction]:
    """What an agent's session says: an alert that nobody took is no contact with the customer."""
    agent = text_at(participant, "participantName") or text_at(participant, "userId")
    talks = _segments(session, "interact")
    if talks:
        waited = _wait_before(record, talks[0][0])
        part = replace(base, actor="agent", agent=agent, team=waited.team or text_at(talks[0][1], "queueId"))
        yield replace(
            part,
            id=_id_of(session, base, "connected"),
            touchpoint=f"{_noun(base)} connected",
            occurred_at=talks[0][0],
            wait=waited.seconds,
            duration=sum(_length(talk) or 0 for _, talk in talks),
        )
        yield from _holds(session, part)
        yield from _transfer(session, part)
        yield from _wrap_up(session, part)


def _holds(session: Record, part: FoundInteraction) -> Iterator[FoundInteraction]:
    for number, (start, hold) in enumerate(_segments(session, "hold"), start=1):
        yield replace(
            part,
            id=_id_of(session, part, f"hold_{number}"),
            touchpoint=f"{_noun(part)} on hold",
            occurred_at=start,
            hold=_length(hold),
        )


def _transfer(session: Record, part: FoundInteraction) -> Iterator[FoundInteraction]:
    for _, segment in _segments(session, "interact", "hold")[-1:]:
        how = text_at(segment, "disconnectType")
        ended = time_at(segment, "segmentEnd")
        if how is not None and "transfer" in how.lower() and ended is not None:
            yield replace(
                part,
                id=_id_of(session, part, "transferred"),
                touchpoint=f"{_noun(part)} transferred",
                occurred_at=ended,
                outcome=how,
            )


def _wrap_up(session: Record, part: FoundInteraction) -> Iterator[FoundInteraction]:
    for start, segment in _segments(session, "wrapup")[:1]:
        yield replace(
            part,
            id=_id_of(session, part, "wrap_up"),
            touchpoint=f"{_noun(part)} wrap-up",
            occurred_at=start,
            direction="internal",
            duration=_length(segment),
            outcome=text_at(segment, "wrapUpCode"),
            attributes=present(note=text_at(segment, "wrapUpNote")),
        )


def _voicemail(session: Record, base: FoundInteraction) -> Iterator[FoundInteraction]:
    for start, segment in _segments(session, "voicemail")[:1]:
        yield replace(
            base,
            id=_id_of(session, base, "voicemail"),
            touchpoint="Voicemail left",
            occurred_at=start,
            actor="customer",
            duration=_length(segment),
        )


@dataclass(frozen=True, slots=True)
class _Wait:
    """The stay in a queue: which queue, and for how many seconds."""

    team: str | None = None
    seconds: float | None = None


def _wait_before(record: Record, connected: datetime) -> _Wait:
    """The last queue that the conversation entered before it was connected, unless another agent came between."""
    latest: datetime | None = None
    wait = _Wait()
    for participant in _objects(record, "participants"):
        if text_at(participant, "purpose") != "acd":
            continue
        for session in _objects(participant, "sessions"):
            for start, segment in _segments(session)[:1]:
                if start <= connected and (latest is None or start > latest):
                    latest = start
                    wait = _Wait(_queue_name(participant, segment), seconds_between(start, connected))
    return wait if latest is None or not _connected_between(record, latest, connected) else _Wait()


def _connected_between(record: Record, start: datetime, end: datetime) -> bool:
    talks = (talk for session in _sessions(record, _AGENTS) for talk in _segments(session, "interact")[:1])
    return any(start <= begun < end for begun, _ in talks)


def _ended(record: Record, base: FoundInteraction) -> Iterator[FoundInteraction]:
    ended = time_at(record, "conversationEnd")
    if ended is None:
        return
    abandoned = _abandoned_after(record)
    last = [segment for session in _sessions(record, _CUSTOMERS) for segment in _segments(session)]
    how = text_at(max(last, key=lambda each: each[0])[1], "disconnectType") if last else None
    if abandoned is not None:
        yield replace(
            base,
            id=f"{base.id}:abandoned",
            touchpoint=f"{_noun(base)} abandoned",
            occurred_at=ended,
            actor="customer",
            team=abandoned.team,
            wait=abandoned.seconds,
            outcome=how,
        )
        return
    yield replace(
        base,
        id=f"{base.id}:ended",
        touchpoint=f"{_noun(base)} ended",
        occurred_at=ended,
        actor=_who_ended(how),
        outcome=how,
    )


def _who_ended(how: str | None) -> Actor | None:
    if how is None:
        return None
    if how in _CUSTOMER_LEFT:
        return "customer"
    return "agent" if how == "peer" else "system"


def _abandoned_after(record: Record) -> _Wait | None:
    """The customer's wait, where they left the last queue (metric ``tAbandon``) and nobody was connected afterwards."""
    for participant in reversed(_objects(record, "participants")):
        if text_at(participant, "purpose") in _AGENTS and _talked(participant):
            return None
        if text_at(participant, "purpose") != "acd":
            continue
        for session in _objects(participant, "sessions"):
            milliseconds = _metric(session, "tAbandon")
            if milliseconds is not None:
                name = _queue_name(participant, next(iter(_objects(session, "segments")), {}))
                return _Wait(name, milliseconds / 1000)
    return None


def _talked(participant: Record) -> bool:
    return any(_segments(session, "interact") for session in _objects(participant, "sessions"))


def _metric(session: Record, name: str) -> float | None:
    for metric in _objects(session, "metrics"):
        if text_at(metric, "name") == name:
            return number_at(metric, "value")
    return None


def _surveys(record: Record, base: FoundInteraction) -> Iterator[FoundInteraction]:
    for survey in _objects(record, "surveys"):
        answered = time_at(survey, "surveyCompletedDate")
        if answered is None:
            continue
        score = number_at(survey, "surveyPromoterScore")
        yield replace(
            base,
            id=f"{base.id}:{required_text(survey, 'surveyId')}:answered",
            channel="survey",
            touchpoint="Survey answered",
            occurred_at=answered,
            direction="inbound",
            actor="customer",
            agent=text_at(survey, "userId"),
            team=text_at(survey, "queueId"),
            score=score,
            score_kind=None if score is None else "NPS",
            attributes=_survey_attributes(survey),
        )


def _survey_attributes(survey: Mapping[str, Any]) -> dict[str, str]:
    return present(form=text_at(survey, "surveyFormName"), total_score=text_at(survey, "oSurveyTotalScore"))


FORMAT = Format(
    name="genesys_cloud",
    title=phrase("Genesys Cloud conversation details"),
    containers=("json",),
    recognise=_recognise,
    convert=_convert,
    prepare=_prepare,
    revision=_revise,
    records_path="conversations",
    signatures=(
        Signature(
            ("conversationId", "conversationStart", "participants"),
            ("conversationEnd", "originatingDirection", "divisionIds"),
        ),
    ),
    wrapper={"conversations": ""},
)
