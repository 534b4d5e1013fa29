"""Which maps somebody has to look at, and how stale each is."""

from __future__ import annotations

from datetime import date

from litestar import get

from desireline.accounts import Right, SignedIn
from desireline.base import DesirelineError, Progress
from desireline.evidence.answers import ReviewAnswer, StalenessAnswer, StalenessList, answer
from desireline.evidence.map_staleness import staleness
from desireline.evidence.reviewing import review
from desireline.evidence.routes.asking import Ticket, kept, library_state
from desireline.journeys.routes.questions import ticket_of
from desireline.maps import read_map
from desireline.maps.library import RememberingLibrary
from desireline.maps.routes.paths import today_in
from desireline.maps.storing import WorkspaceLibrary
from desireline.store import Workspace


@get("/review", sync_to_thread=True)
def review_queue(workspace: Workspace, user: SignedIn, ticket: Ticket = None) -> ReviewAnswer:
    """The maps that somebody has to look at, the stalest first, and why."""
    today, with_days = today_in(workspace), user.may(Right.SEE_CUSTOMERS)
    found = kept(
        workspace,
        ("map review", library_state(workspace), today, with_days),
        lambda progress: review(
            workspace, WorkspaceLibrary(workspace), today=today, with_days=with_days, progress=progress
        ),
        ticket=ticket_of(user, ticket),
    )
    return answer(found, ReviewAnswer)


@get("/staleness", sync_to_thread=True)
def staleness_of_maps(workspace: Workspace, user: SignedIn, ticket: Ticket = None) -> StalenessList:
    """How stale each map is, from 0 to 1."""
    today, with_days = today_in(workspace), user.may(Right.SEE_CUSTOMERS)
    return kept(
        workspace,
        ("map staleness", library_state(workspace), today, with_days),
        lambda progress: _all(workspace, today, with_days, progress),
        ticket=ticket_of(user, ticket),
    )


def _all(workspace: Workspace, today: date, with_days: bool, progress: Progress) -> StalenessList:
    library = RememberingLibrary(WorkspaceLibrary(workspace))
    return StalenessList(
        tuple(_one(workspace, library, ident, today, with_days, progress) for ident in library.idents("map"))
    )


def _one(
    workspace: Workspace, library: RememberingLibrary, ident: str, today: date, with_days: bool, progress: Progress
) -> StalenessAnswer:
    document = library.find("map", ident)
    assert document is not None
    try:
        found = staleness(workspace, read_map(document, library), today=today, with_days=with_days, progress=progress)
    except DesirelineError as error:
        return StalenessAnswer(ident, None, (), None, (), (), error.message)
    return answer(found, StalenessAnswer)
