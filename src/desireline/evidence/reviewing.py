"""The maps that somebody has to look at, the stalest first, with what the data says beside what the documents say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from desireline.base import DesirelineError, Progress
from desireline.evidence.map_staleness import Staleness, StalenessPart, staleness
from desireline.journeys import Engine
from desireline.journeys.model import Result
from desireline.maps import JourneyMap, Library
from desireline.maps.reviewing import MapToReview, ReviewReason, maps_to_review
from desireline.store import Workspace

_LEAST = {"drift": 0.1, "bindings": 0.0, "evidence": 0.5, "time": 0.999}
"""A part is a reason to look at a map where it is above this."""
_NOT_MEASURED = "not-measured"
_KINDS = {"drift": "drifted", "bindings": "bindings", "evidence": "old-evidence", "time": "long-ago"}
_MEASURED = frozenset({_NOT_MEASURED, *_KINDS.values()})


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """A map to look at; ``staleness`` is ``None`` where the map cannot be read or looked up."""

    due: MapToReview
    staleness: Staleness | None

    @property
    def only_measured(self) -> bool:
        """Whether all reasons are from data, so that ``maps review`` does not list it."""
        return all(each.kind in _MEASURED for each in self.due.reasons)

    def to_dict(self) -> dict[str, Any]:
        """``{"id", "title", "owner", "review_date", "reviewed", "staleness", "parts", …, "reasons": […]}``."""
        due = self.due
        measured = {"staleness": None, "parts": []} if self.staleness is None else self.staleness.to_dict()
        measured.pop("map", None)
        return {
            "id": due.id,
            "title": due.title,
            "owner": due.owner,
            "review_date": None if due.review_date is None else due.review_date.isoformat(),
            "reviewed": None if due.reviewed is None else due.reviewed.isoformat(),
            **measured,
            "reasons": [{"kind": each.kind, "message": each.message} for each in due.reasons],
        }


@dataclass(frozen=True, slots=True)
class ReviewQueue(Result):
    """The maps to look at, the stalest first; those whose staleness is not known come before."""

    maps: tuple[ReviewEntry, ...]

    def rows(self) -> list[dict[str, Any]]:
        """A row for each map."""
        return [each.to_dict() for each in self.maps]

    def to_dict(self) -> dict[str, Any]:
        """``{"maps": […]}``."""
        return {"maps": self.rows()}


class StalenessReasons:
    """Finds reasons in the data for :func:`desireline.maps.reviewing.maps_to_review`, and keeps what it found by map."""

    def __init__(
        self,
        workspace: Workspace,
        today: date,
        *,
        with_days: bool,
        engine: Engine | str | None,
        progress: Progress | None,
    ) -> None:
        self.workspace = workspace
        self.today = today
        self.found: dict[str, Staleness] = {}
        self._with_days = with_days
        self._engine = engine
        self._progress = progress

    def __call__(self, journey_map: JourneyMap) -> Iterator[ReviewReason]:
        """The parts of the staleness that are high; one that cannot be looked up is a reason too."""
        try:
            found = staleness(
                self.workspace,
                journey_map,
                today=self.today,
                with_days=self._with_days,
                engine=self._engine,
                progress=self._progress,
            )
        except DesirelineError as error:
            yield ReviewReason(_NOT_MEASURED, error.message)
            return
        self.found[journey_map.id] = found
        for part in found.parts:
            if _is_reason(part, journey_map):
                yield ReviewReason(_KINDS[part.name], part.text)


def review(
    workspace: Workspace,
    library: Library,
    *,
    today: date,
    with_days: bool = True,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
) -> ReviewQueue:
    """The maps of a library that somebody has to look at, and why.

    What :func:`desireline.maps.reviewing.maps_to_review` finds in the documents, and what :func:`staleness` finds in the data.

    Parameters
    ----------
    today
        What dates are compared with.
    with_days
        See :func:`staleness`.
    """
    reasons = StalenessReasons(workspace, today, with_days=with_days, engine=engine, progress=progress)
    due = maps_to_review(library, today=today, further=(reasons,))
    entries = [ReviewEntry(each, reasons.found.get(each.id)) for each in due]
    entries.sort(key=lambda each: (each.staleness is not None, -_value(each), each.due.id))
    return ReviewQueue(tuple(entries))


def _is_reason(part: StalenessPart, journey_map: JourneyMap) -> bool:
    if part.value is None or (part.name == "time" and journey_map.reviewed is None):
        return False
    return part.value > _LEAST[part.name]


def _value(entry: ReviewEntry) -> float:
    return 0.0 if entry.staleness is None else entry.staleness.value
