"""The maps that somebody has to look at, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from desireline.base import phrase
from desireline.maps.document import Document
from desireline.maps.library import Library, RememberingLibrary
from desireline.maps.linting import Finding, lint
from desireline.maps.model import JourneyMap
from desireline.maps.reading import read_map


@dataclass(frozen=True, slots=True)
class ReviewReason:
    """Why a map is to be looked at: ``kind`` is overdue, never-reviewed, errors, or one of further reasons."""

    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class MapToReview:
    """A map that is to be looked at; of one that cannot be read only the id is known."""

    id: str
    title: str | None
    owner: str | None
    review_date: date | None
    reviewed: date | None
    reasons: tuple[ReviewReason, ...]


class ReasonFinder(Protocol):
    """Finds further reasons, such as that what customers do has drifted away since the review."""

    def __call__(self, journey_map: JourneyMap) -> Iterable[ReviewReason]:
        """The reasons that speak for looking at a map; none where it is as it was."""


def maps_to_review(library: Library, *, today: date, further: Sequence[ReasonFinder] = ()) -> tuple[MapToReview, ...]:
    """The maps of a library that are to be looked at, the longest overdue first, then those without a review date by id.

    Parameters
    ----------
    today
        What review dates are compared with.
    further
        What else may be a reason; it is asked for every map that can be read.
    """
    documents = RememberingLibrary(library)
    found = [_looked_at(documents, ident, today, further) for ident in documents.idents("map")]
    due = [each for each in found if each is not None and each.reasons]
    return tuple(sorted(due, key=lambda each: (each.review_date or date.max, each.id)))


def _looked_at(library: Library, ident: str, today: date, further: Sequence[ReasonFinder]) -> MapToReview | None:
    document = library.find("map", ident)
    if document is None:
        return None
    findings = lint(document, library, today=today, with_lines=False)
    errors = [each for each in findings if each.severity == "error" and not each.silenced]
    if any(each.rule == "not-valid" for each in errors):
        return MapToReview(ident, None, None, None, None, tuple(_error_reasons(errors)))
    return _described(document, library, today, [*_error_reasons(errors)], further)


def _described(
    document: Document, library: Library, today: date, reasons: list[ReviewReason], further: Sequence[ReasonFinder]
) -> MapToReview:
    journey_map = read_map(document, library)
    said = [*_date_reasons(journey_map, today), *reasons]
    said += [reason for find in further for reason in find(journey_map)]
    return MapToReview(
        id=journey_map.id,
        title=journey_map.title,
        owner=None if journey_map.owner is None else journey_map.owner.name,
        review_date=journey_map.review_date,
        reviewed=journey_map.reviewed,
        reasons=tuple(said),
    )


def _date_reasons(journey_map: JourneyMap, today: date) -> Iterator[ReviewReason]:
    due = journey_map.review_date
    if due is not None and due < today:
        days = (today - due).days
        yield ReviewReason(
            "overdue",
            phrase("review overdue for 1 day" if days == 1 else "review overdue for {days:,} days", days=days),
        )
    if journey_map.reviewed is None:
        yield ReviewReason("never-reviewed", phrase("never reviewed"))


def _error_reasons(errors: Sequence[Finding]) -> Iterator[ReviewReason]:
    if errors:
        first = errors[0].message
        more = len(errors) - 1
        yield ReviewReason("errors", phrase("{first} and {more} more", first=first, more=more) if more else first)
