"""Reviews of an app: Google Play's monthly reports, and tables of App Store or Play reviews by their usual columns.

Google Play Console, Download reports, Reviews: the headings are those of published reports ("Star Rating", "Review Submit
Millis Since Epoch" …). Apple exports no table itself; tools that do name columns as they like, so those are found by their
usual names (author, rating, title, review, version, date).

A review becomes "App reviewed", a later change of it "App review changed", the developer's reply "App review answered".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from desireline.base import phrase
from desireline.sources.formats.headings import Headings, digest, written_time_at
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, Signature, UnusableRecord
from desireline.sources.formats.reading import epoch_at, number_at, present, required_time, text_at

_COLUMNS = Headings(
    {
        "id": ("reviewid", "id"),
        "link": ("reviewlink", "reviewurl", "permalink", "url"),
        "author": ("author", "authorname", "username", "nickname", "reviewernickname", "reviewer", "user"),
        "rating": ("starrating", "rating", "stars", "score"),
        "title": ("reviewtitle", "title", "subject"),
        "text": ("reviewtext", "review", "body", "content", "text", "comment"),
        "version": ("appversionname", "appversion", "version", "reviewcreatedversion"),
        "when": (
            "reviewsubmitdateandtime",
            "reviewdate",
            "createddate",
            "createdat",
            "submittedat",
            "date",
            "time",
            "at",
        ),
        "when_millis": ("reviewsubmitmillissinceepoch",),
        "changed": ("reviewlastupdatedateandtime", "updatedat"),
        "changed_millis": ("reviewlastupdatemillissinceepoch",),
        "reply": ("developerreplytext", "developerreply", "developerresponse", "replycontent", "reply"),
        "replied": ("developerreplydateandtime", "replydate", "responsedate", "repliedat"),
        "replied_millis": ("developerreplymillissinceepoch",),
        "app": ("packagename", "appname", "app", "bundleid"),
        "store": ("store", "platform", "appstore"),
        "language": ("reviewerlanguage", "language"),
        "country": ("territory", "country", "storefront"),
        "device": ("device",),
    }
)
_GOOGLE_PLAY = "google play"
_REVIEW_IN_LINK = re.compile(r"review(?:_?id)?=([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Times:
    written: datetime
    changed: datetime | None
    answered: datetime | None


def _recognise(sample: Sample) -> float:
    columns = _COLUMNS.found(sample.columns)
    if columns.keys() >= {"rating", "when_millis", "app"}:
        return 1.0
    named = columns.keys() & {"author", "title"}
    return 0.8 if columns.keys() >= {"rating", "text", "version", "when"} and named else 0.0


def _convert(record: Record) -> Iterable[FoundInteraction]:
    at = _COLUMNS.columns(record)
    times = _times(record, at)
    rating = _rating(record, at["rating"])
    store = _store(record, at)
    text = "\n".join(each for each in (text_at(record, at["title"]), text_at(record, at["text"])) if each) or None
    review = _review_id(record, at) or _digest(record, at, times.written)
    identifiers = _identifiers(record, at, store=store, review=review)
    attributes = _attributes(record, at, store=store)
    yield FoundInteraction(
        id=f"{review}:reviewed",
        channel="app",
        touchpoint="App reviewed",
        occurred_at=times.written,
        identifiers=identifiers,
        direction="inbound",
        actor="customer",
        case=review,
        score=None if times.changed else rating,
        text=None if times.changed else text,
        attributes=attributes,
    )
    if times.changed:
        yield FoundInteraction(
            id=f"{review}:changed:{int(times.changed.timestamp())}",
            channel="app",
            touchpoint="App review changed",
            occurred_at=times.changed,
            identifiers=identifiers,
            direction="inbound",
            actor="customer",
            case=review,
            score=rating,
            text=text,
            attributes=attributes,
        )
    if times.answered:
        yield FoundInteraction(
            id=f"{review}:answered",
            channel="app",
            touchpoint="App review answered",
            occurred_at=times.answered,
            identifiers=identifiers,
            direction="outbound",
            actor="agent",
            case=review,
            text=text_at(record, at["reply"]),
            attributes=attributes,
        )


def _times(record: Record, at: Mapping[str, str]) -> _Times:
    written = required_time(_time(record, at, "when"), at["when"])
    changed = _time(record, at, "changed")
    answered = _time(record, at, "replied")
    return _Times(written, changed if changed and changed > written else None, answered)


def _time(record: Record, at: Mapping[str, str], field: str) -> datetime | None:
    """The milliseconds where they are: the written times of some reports have no zone."""
    return epoch_at(record, at[f"{field}_millis"], unit=0.001) or written_time_at(record, at[field])


def _rating(record: Record, column: str) -> float:
    rating = number_at(record, column)
    if rating is None:
        raise UnusableRecord(column, phrase("expected a rating, the field is empty"), reason="missing_value")
    if not 1 <= rating <= 5:
        raise UnusableRecord(
            column, phrase("expected 1 to 5 stars, got {rating:g}", rating=rating), reason="out_of_range"
        )
    return rating


def _store(record: Record, at: Mapping[str, str]) -> str:
    named = text_at(record, at["store"])
    if named:
        return named.lower()
    return _GOOGLE_PLAY if at["when_millis"] in record else "app store"


def _review_id(record: Record, at: Mapping[str, str]) -> str | None:
    link = text_at(record, at["link"]) or ""
    in_link = _REVIEW_IN_LINK.search(link)
    return text_at(record, at["id"]) or (in_link.group(1) if in_link else None)


def _digest(record: Record, at: Mapping[str, str], written: datetime) -> str:
    return digest(*(text_at(record, at[name]) for name in ("app", "author", "device")), written.isoformat())


def _identifiers(record: Record, at: Mapping[str, str], *, store: str, review: str) -> dict[str, str]:
    """The author under the name in that store; a review without an author stands for itself."""
    author = text_at(record, at["author"])
    return {"user": f"{store}:{author}"} if author else {"session": f"{store}:{review}"}


def _attributes(record: Record, at: Mapping[str, str], *, store: str) -> dict[str, str]:
    named = {name: text_at(record, at[name]) for name in ("app", "version", "language", "country", "device", "link")}
    return present(store=store, **named)


FORMAT = Format(
    name="app_reviews",
    title=phrase("App Store and Google Play reviews"),
    containers=("csv", "xlsx"),
    recognise=_recognise,
    convert=_convert,
    assumes=phrase("Times that name no time zone are taken for UTC."),
    signatures=(
        Signature(
            ("Package Name", "Star Rating", "Review Submit Millis Since Epoch"),
            (
                "App Version Code",
                "Reviewer Language",
                "Review Submit Date and Time",
                "Developer Reply Text",
                "Review Link",
            ),
        ),
    ),
)
