"""Mentions on social networks: author, text, time, network, address of the post.

No one tool's format: listening tools (Brandwatch, Meltwater, Talkwalker and others) export such tables and lists, each with its
own headings, so fields are found by their usual names, in any order.

A mention becomes "Social mention", seen under the author's name in that network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desireline.base import phrase
from desireline.sources.formats.headings import Headings, digest, written_time_at
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, UnusableRecord
from desireline.sources.formats.reading import present, required_text, required_time, text_at

_COLUMNS = Headings(
    {
        "id": ("mentionid", "postid", "messageid", "id"),
        "author": (
            "author",
            "authorhandle",
            "authorusername",
            "username",
            "handle",
            "screenname",
            "user",
            "authorname",
        ),
        "text": ("text", "fulltext", "message", "content", "post", "mention", "snippet", "body"),
        "when": ("time", "date", "datetime", "publisheddate", "publishedat", "createdat", "postedat", "timestamp"),
        "network": ("network", "socialnetwork", "socialmedia", "platform", "pagetype", "sourcetype"),
        "url": ("url", "link", "permalink", "posturl"),
        "sentiment": ("sentiment",),
        "language": ("language", "lang"),
        "country": ("country",),
        "rating": ("rating", "starrating", "stars", "product", "productid", "ticketid", "conversationid"),
    }
)
_SENTIMENTS = {"positive": 1.0, "neutral": 0.0, "negative": -1.0}


def _recognise(sample: Sample) -> float:
    columns = _COLUMNS.found(sample.columns)
    if "rating" in columns or not columns.keys() >= {"author", "text", "when", "network"}:
        return 0.0
    return 0.8 if "url" in columns else 0.6


def _convert(record: Record) -> Iterable[FoundInteraction]:
    at = _COLUMNS.columns(record)
    network = required_text(record, at["network"]).lower()
    occurred_at = required_time(written_time_at(record, at["when"]), at["when"])
    sentiment = text_at(record, at["sentiment"])
    measured = _SENTIMENTS.get((sentiment or "").lower())
    yield FoundInteraction(
        id=f"{_post(record, at)}:mentioned",
        channel="social",
        touchpoint="Social mention",
        occurred_at=occurred_at,
        identifiers={"user": f"{network}:{_author(record, at['author'])}"},
        direction="inbound",
        actor="customer",
        sentiment=measured,
        text=text_at(record, at["text"]),
        attributes=present(
            network=network,
            url=text_at(record, at["url"]),
            language=text_at(record, at["language"]),
            country=text_at(record, at["country"]),
            sentiment=sentiment if measured is None else None,
        ),
    )


def _author(record: Record, column: str) -> str:
    """The name without its sign; networks do not tell capitals apart."""
    author = text_at(record, column)
    name = (author or "").lstrip("@").strip().lower()
    if not name:
        raise UnusableRecord(
            column, phrase("expected the author of the post, the field is empty"), reason="no_identifier"
        )
    return name


def _post(record: Record, at: Mapping[str, str]) -> str:
    return (
        text_at(record, at["id"])
        or text_at(record, at["url"])
        or digest(*(text_at(record, at[name]) for name in ("network", "author", "when", "text")))
    )


FORMAT = Format(
    name="social_mentions",
    title=phrase("Social media mentions"),
    containers=("csv", "xlsx", "json"),
    recognise=_recognise,
    convert=_convert,
    assumes=phrase("Times that name no time zone are taken for UTC."),
)
