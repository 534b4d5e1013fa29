"""Which maps somebody has to look at, and how stale each is."""

from __future__ import annotations

from datetime import date

from litestar import get

from desireline.base import DesirelineError, Progress
from desireline.evidence.answers import ReviewAnswer, StalenessAnswer, StalenessList, answer
from desireline.evidence.map_staleness import staleness
from desireline.evidence.reviewing import review
from desireline.evidence.routes.asking import Ticket, kept, library_state
from desireline.maps import read_map
from desireline.maps.library import RememberingLibrary
from desireline.maps.routes.paths import today_in
from desireline.maps.storing import WorkspaceLibrary
from desireline.store import Workspace


@get("/review", sync_to_thread=True)
def review_queue(workspace: Workspace, ticket: Ticket = None) -> ReviewAnswer:
    """The maps that somebody has to look at, the stalest first, and why."""
    today = today_in(workspace)
    found = kept(
        workspace,
        ("map review", library_state(workspace), today),
        lambda progress: review(workspace, WorkspaceLibrary(workspace), today=today, progress=progress),
        ticket=ticket,
    )
    return answer(found, ReviewAnswer)


@get("/staleness", sync_to_thread=True)
def staleness_of_maps(workspace: Workspace, ticket: Ticket = None) -> StalenessList:
    """How stale each map is, from 0 to 1."""
    today = today_in(workspace)
    return kept(
        workspace,
        ("map staleness", library_state(workspace), today),
        lambda progress: _all(workspace, today, progress),
        ticket=ticket,
    )


def _all(workspace: Workspace, today: date, progress: Progress) -> StalenessList:
    library = RememberingLibrary(WorkspaceLibrary(workspace))
    return StalenessList(tuple(_one(workspace, library, ident, today, progress) for ident in library.idents("map")))


def _one(
    workspace: Workspace, library: RememberingLibrary, ident: str, today: date, progress: Progress
) -> StalenessAnswer:
    document = library.find("map", ident)
    assert document is not None
    try:
        found = staleness(workspace, read_map(document, library), today=today, progress=progress)
    except DesirelineError as error:
        return StalenessAnswer(ident, None, (), None, (), (), error.message)
    return answer(found, StalenessAnswer)
