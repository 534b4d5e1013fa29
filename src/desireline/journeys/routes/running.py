"""Questions that are being worked out: how far they are, and stopping them."""

from __future__ import annotations

from litestar import get, post
from msgspec import Struct

from desireline.accounts import SignedIn
from desireline.journeys.answering import answers_of
from desireline.journeys.routes.questions import ticket_of
from desireline.store import Workspace


class QuestionProgress(Struct, frozen=True, kw_only=True):
    """How far a question is.

    Attributes
    ----------
    running
        Whether it is being worked out: not yet, or not any more, where it is not.
    what
        What is being done.
    done, total
        How much of that; ``None`` where it is not known.
    """

    running: bool
    what: str
    done: int | None = None
    total: int | None = None


class Cancelled(Struct, frozen=True, kw_only=True):
    """Whether there was something to stop."""

    cancelled: bool


@get("/progress/{ticket:str}", sync_to_thread=False, operation_id="question_progress")
def progress(workspace: Workspace, user: SignedIn, ticket: str) -> QuestionProgress:
    """How far the question is that was asked with this ticket."""
    run = answers_of(workspace).progress(ticket_of(user, ticket) or "")
    if run is None:
        return QuestionProgress(running=False, what="")
    return QuestionProgress(running=True, what=run.what, done=run.done, total=run.total)


@post("/questions/{ticket:str}/cancel", status_code=200, sync_to_thread=False, operation_id="cancel_question")
def cancel(workspace: Workspace, user: SignedIn, ticket: str) -> Cancelled:
    """Stop working out the question that was asked with this ticket."""
    return Cancelled(cancelled=answers_of(workspace).cancel(ticket_of(user, ticket) or ""))


RUNNING_HANDLERS = [progress, cancel]
