"""Reviews of products: reviewer, product, rating, text, date.

No one tool's format: shops and review services (Judge.me, Yotpo, Bazaarvoice and others) export such tables, each with its own
headings, so columns are found by their usual names, in any order.

A review becomes "Product reviewed", the shop's dated reply "Product review answered".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desireline.base import phrase
from desireline.sources.formats.headings import Headings, digest, identifiers_in, written_time_at
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, UnusableRecord
from desireline.sources.formats.reading import number_at, present, required_time, text_at

_COLUMNS = Headings(
    {
        "id": ("reviewid", "id"),
        "reviewer": ("reviewerid", "reviewer", "username", "nickname", "author", "user"),
        "name": ("reviewername", "displayname", "authorname", "name"),
        "product": ("product", "productname", "producttitle", "producthandle", "item", "itemname"),
        "product_id": ("productid", "productsku", "sku", "itemid", "asin"),
        "rating": ("rating", "starrating", "stars", "reviewscore", "reviewrating", "score"),
        "title": ("reviewtitle", "title", "headline", "summary"),
        "text": ("reviewtext", "reviewcontent", "reviewbody", "review", "body", "content", "text", "comment"),
        "when": (
            "reviewdate",
            "reviewcreationdate",
            "submittedat",
            "createdat",
            "reviewedat",
            "date",
            "time",
            "timestamp",
        ),
        "reply": ("reply", "replytext", "replycontent", "response", "merchantreply"),
        "replied": ("replydate", "repliedat", "responsedate", "replycreationdate"),
        "site": ("site", "shop", "marketplace", "store"),
        "source": ("source",),
        "verified": ("verified", "verifiedbuyer", "verifiedpurchase"),
        "version": ("appversionname", "appversion", "version"),
    }
)


def _recognise(sample: Sample) -> float:
    columns = _COLUMNS.found(sample.columns)
    product = columns.keys() & {"product", "product_id"}
    return 0.7 if product and columns.keys() >= {"rating", "text", "when"} and "version" not in columns else 0.0


def _convert(record: Record) -> Iterable[FoundInteraction]:
    at = _COLUMNS.columns(record)
    occurred_at = required_time(written_time_at(record, at["when"]), at["when"])
    answered = written_time_at(record, at["replied"])
    text = "\n".join(each for each in (text_at(record, at["title"]), text_at(record, at["text"])) if each) or None
    review = text_at(record, at["id"]) or _digest(record, at)
    identifiers = _identifiers(record, at, review=review)
    attributes = _attributes(record, at)
    yield FoundInteraction(
        id=f"{review}:reviewed",
        channel="web",
        touchpoint="Product reviewed",
        occurred_at=occurred_at,
        identifiers=identifiers,
        direction="inbound",
        actor="customer",
        case=review,
        score=_rating(record, at["rating"]),
        text=text,
        attributes=attributes,
    )
    if answered:
        yield FoundInteraction(
            id=f"{review}:answered",
            channel="web",
            touchpoint="Product review answered",
            occurred_at=answered,
            identifiers=identifiers,
            direction="outbound",
            actor="agent",
            case=review,
            text=text_at(record, at["reply"]),
            attributes=attributes,
        )


def _rating(record: Record, column: str) -> float:
    rating = number_at(record, column)
    if rating is None:
        raise UnusableRecord(column, phrase("expected a rating, the field is empty"), reason="missing_value")
    return rating


def _digest(record: Record, at: Mapping[str, str]) -> str:
    names = ("reviewer", "name", "product", "product_id", "when", "title", "text")
    return digest(*(text_at(record, at[name]) for name in names))


def _identifiers(record: Record, at: Mapping[str, str], *, review: str) -> dict[str, str]:
    """A user name is one customer of that site; a first name is not, so such a review stands for itself."""
    identifiers = identifiers_in(record)
    reviewer = text_at(record, at["reviewer"])
    if reviewer and "@" in reviewer:
        return {"email": reviewer, **identifiers}
    if reviewer:
        return {"user": f"{text_at(record, at['site']) or 'reviews'}:{reviewer}", **identifiers}
    return identifiers or {"session": review}


def _attributes(record: Record, at: Mapping[str, str]) -> dict[str, str]:
    return present(
        product=text_at(record, at["product"]),
        product_id=text_at(record, at["product_id"]),
        site=text_at(record, at["site"]),
        source=text_at(record, at["source"]),
        verified=text_at(record, at["verified"]),
    )


FORMAT = Format(
    name="product_reviews",
    title=phrase("Product reviews"),
    containers=("csv", "xlsx", "json"),
    recognise=_recognise,
    convert=_convert,
    assumes=phrase("Times that name no time zone are taken for UTC."),
)
