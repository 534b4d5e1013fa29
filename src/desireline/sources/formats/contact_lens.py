"""Contact Lens analysis files of Amazon Connect: one document about one recorded call or one chat.

The field names are those of the example output files in the Amazon Connect administrator guide. A document becomes one
interaction, "Call analysed" or "Chat analysed": the customer's feeling, its curve, who talked how long, the
categories, and what the customer said. It joins the contact record by the identifier ``order`` with the value
``connect:CONTACT``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from desireline.base import phrase
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature, UnusableRecord
from desireline.sources.formats.reading import (
    list_at,
    number_at,
    present,
    required_text,
    text_at,
    time_at,
    value_at,
)
from desireline.sources.formats.unknown_versions import unknown_version

_CHANNELS = {"VOICE": "phone", "CHAT": "chat", "EMAIL": "email"}
_NOUNS = {"phone": "Call", "chat": "Chat", "email": "Email"}
_TO_OUR_SCALE = 2 / 5
"""Contact Lens scores from −5 to +5, Desireline from −2 to +2."""
_RECORDED = re.compile(r"_(\d{8})T(\d{2})[:_](\d{2})_UTC")
"""The start of the recording to the minute, in the name of its file."""
_ANALYSIS = "ConversationCharacteristics"
_LENGTH = f"{_ANALYSIS}.TotalConversationDurationMillis"

_VERSIONS = {"Version": ("1.1.0",), "ChatTranscriptVersion": ("2019-08-26",)}


def _recognise(sample: Sample) -> float:
    if sample.container != "json" or not {"CustomerMetadata", _ANALYSIS} <= sample.columns:
        return 0.0
    return 1.0 if {"Transcript", "Categories", "Participants"} & sample.columns else 0.0


def _notices(records: Sequence[Record]) -> list[str]:
    return [
        notice
        for path, known in _VERSIONS.items()
        for notice in unknown_version(records, path, known=known, title="Contact Lens")
    ]


def _convert(record: Record) -> Iterator[FoundInteraction]:
    contact = required_text(record, "CustomerMetadata.ContactId")
    if text_at(record, "JobStatus") == "FAILED":
        raise UnusableRecord("JobStatus", phrase("expected a finished analysis, got FAILED"), reason="missing_value")
    kind = text_at(record, "Channel") or "VOICE"
    channel = _CHANNELS.get(kind.upper(), kind.lower())
    said = _customer_turns(record)
    yield FoundInteraction(
        id=f"{contact}:analysed",
        channel=channel,
        touchpoint=f"{_NOUNS.get(channel, 'Contact')} analysed",
        occurred_at=_ended_at(record),
        identifiers={"order": f"connect:{contact}"},
        case=contact,
        direction="internal",
        actor="system",
        sentiment=_sentiment(record),
        text="\n".join(said) or None,
        turns=said,
        attributes=_attributes(record),
    )


def _ended_at(record: Record) -> datetime:
    """When the conversation was over: the last message of a chat, or the start of the recording and its length."""
    messages = [time_at(item, "AbsoluteTime") for item in _transcript(record)]
    times = [time for time in messages if time is not None]
    if times:
        return max(times)
    place = "CustomerMetadata.InputS3Uri"
    found = _RECORDED.search(text_at(record, place) or "")
    if found is None:
        raise UnusableRecord(
            place,
            phrase(
                "expected a recording with its time in the name (…_20260301T09:05_UTC.wav), or messages with an AbsoluteTime: without them the file does not say when it was; got {record!r}",
                record=text_at(record, place),
            ),
            reason="missing_time",
        )
    try:
        started = datetime.strptime("".join(found.groups()), "%Y%m%d%H%M").replace(tzinfo=UTC)
    except ValueError:
        raise UnusableRecord(
            place, phrase("expected a time, got {group!r}", group=found.group()), reason="unreadable_time"
        ) from None
    length = number_at(record, _LENGTH) or 0
    try:
        return started + timedelta(milliseconds=length)
    except OverflowError:
        message = f"expected a length in milliseconds, got {length:g}"
        raise UnusableRecord(_LENGTH, message, reason="out_of_range") from None


def _transcript(record: Record) -> list[Record]:
    return [item for item in list_at(record, "Transcript") if isinstance(item, Mapping)]


def _customer_turns(record: Record) -> tuple[str, ...]:
    customers = _customers(record)
    said = (text_at(item, "Content") for item in _transcript(record) if _is_message_of(item, customers))
    return tuple(text for text in said if text)


def _customers(record: Record) -> tuple[str, ...]:
    """Names under which the customer appears: the role itself and the opaque ids that have it."""
    ids = {
        str(each.get("ParticipantId"))
        for each in list_at(record, "Participants")
        if isinstance(each, Mapping) and each.get("ParticipantRole") == "CUSTOMER"
    }
    return ("CUSTOMER", *sorted(ids))


def _is_message_of(item: Record, customers: tuple[str, ...]) -> bool:
    kind = text_at(item, "Type") or "MESSAGE"
    content = text_at(item, "ContentType") or "text/plain"
    who = text_at(item, "ParticipantRole") or text_at(item, "ParticipantId")
    return kind == "MESSAGE" and content.startswith("text/") and who in customers


def _sentiment(record: Record) -> float | None:
    """The customer's overall score: by role, or of a chat only for its part with or without an agent."""
    split = ("WithAgent", "WithoutAgent")
    paths = (
        *(f"DetailsByParticipantRole.{who}" for who in _customers(record)),
        *_customers(record),
        *(f"DetailsByInteraction.DetailsByParticipantRole.CUSTOMER.{part}" for part in split),
        *(f"DetailsByInteraction.{part}.CUSTOMER" for part in split),
    )
    scores = (_scaled(record, f"{_ANALYSIS}.Sentiment.OverallSentiment.{path}") for path in paths)
    return next((score for score in scores if score is not None), None)


def _scaled(record: Record, path: str) -> float | None:
    score = number_at(record, path)
    if score is None:
        return None
    if not -5 <= score <= 5:
        raise UnusableRecord(
            path, phrase("expected a score from -5 to 5, got {score:g}", score=score), reason="out_of_range"
        )
    return round(score * _TO_OUR_SCALE, 3)


def _curve(record: Record) -> str | None:
    """The customer's feeling in the quarters of a call, or after each group of messages in a chat, in our scale."""
    customers = _customers(record)
    quarters = value_at(record, f"{_ANALYSIS}.Sentiment.SentimentByPeriod.QUARTER")
    points: list[float | None] = []
    if isinstance(quarters, Mapping):
        periods = next((list_at(quarters, name) for name in customers if name in quarters), [])
        points = [_scaled(each, "Score") for each in periods if isinstance(each, Mapping)]
    else:
        groups = list_at(record, f"{_ANALYSIS}.Sentiment.DetailsByTranscriptItemGroup")
        points = [_scaled(each, "ProgressiveScore") for each in groups if _is_group_of(each, customers)]
    return " ".join(f"{point:g}" for point in points if point is not None) or None


def _is_group_of(group: Any, customers: tuple[str, ...]) -> bool:
    return isinstance(group, Mapping) and group.get("ParticipantRole") in customers


def _attributes(record: Record) -> dict[str, str]:
    categories = list_at(record, "Categories.MatchedCategories")
    return present(
        sentiment_curve=_curve(record),
        conversation_seconds=_seconds(record, "TotalConversationDurationMillis"),
        talk_seconds=_seconds(record, "TalkTime.TotalTimeMillis"),
        non_talk_seconds=_seconds(record, "NonTalkTime.TotalTimeMillis"),
        interruptions=text_at(record, f"{_ANALYSIS}.Interruptions.TotalCount"),
        categories=", ".join(str(each) for each in categories),
        language=text_at(record, "LanguageCode"),
        summary=text_at(record, f"{_ANALYSIS}.ContactSummary.PostContactSummary.Content"),
    )


def _seconds(record: Record, path: str) -> str | None:
    milliseconds = number_at(record, f"{_ANALYSIS}.{path}")
    return None if milliseconds is None else f"{milliseconds / 1000:.10g}"


FORMAT = Format(
    name="contact_lens",
    title=phrase("Contact Lens analysis files"),
    containers=("json",),
    recognise=_recognise,
    convert=_convert,
    transcripts=True,
    records_path="",  # The document itself is the record: none of the lists in it is.
    signatures=(
        Signature(
            ("CustomerMetadata", "ConversationCharacteristics", "Transcript"),
            ("Participants", "Categories", "AccountId", "LanguageCode", "JobStatus"),
        ),
    ),
    notices=_notices,
)
