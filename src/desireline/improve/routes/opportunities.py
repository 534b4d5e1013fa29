"""``/api/improve/opportunities`` and ``/solutions``: added, rated, changed, taken away; each change is a version of the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec
from litestar import delete, patch, post

from desireline.accounts import Right, SignedIn, needs
from desireline.base import InputError, phrase
from desireline.improve import opportunities as changes
from desireline.improve.answers import Answering, OpportunityAnswer
from desireline.improve.routes.shared import given_fields, writing_of
from desireline.improve.scoring import ScoreSettings
from desireline.maps.storing import Saved
from desireline.store import Workspace

OpportunityStatus = Literal["open", "chosen", "done", "dropped"]
SolutionStatus = Literal["idea", "planned", "building", "shipped", "dropped"]
Figure = float | msgspec.UnsetType | None


class OpportunityBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be another one of an opportunity; a field that is left out stays, one that is null is taken away.

    Both values and the effort are from 1 to 5; reach in customers a quarter, impact and ease from 0 to 10, confidence from 0 to 1,
    ``metrics`` ids. ``based_on`` is the version that the person saw, the newest where it is left out.
    """

    title: str | msgspec.UnsetType = msgspec.UNSET
    summary: str | msgspec.UnsetType | None = msgspec.UNSET
    customer_value: Figure = msgspec.UNSET
    business_value: Figure = msgspec.UNSET
    effort: Figure = msgspec.UNSET
    reach: Figure = msgspec.UNSET
    impact: Figure = msgspec.UNSET
    confidence: Figure = msgspec.UNSET
    ease: Figure = msgspec.UNSET
    person_months: Figure = msgspec.UNSET
    metrics: list[str] | msgspec.UnsetType = msgspec.UNSET
    status: OpportunityStatus | msgspec.UnsetType = msgspec.UNSET
    owner: str | msgspec.UnsetType | None = msgspec.UNSET
    based_on: int | None = None


class NewOpportunityBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An opportunity to be added to a map, named at one of its steps; at none where ``step`` is null."""

    map: str
    title: str
    step: str | None = None


class SolutionBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be another one of a solution; a field that is left out stays, one that is null is taken away."""

    title: str | msgspec.UnsetType = msgspec.UNSET
    summary: str | msgspec.UnsetType | None = msgspec.UNSET
    status: SolutionStatus | msgspec.UnsetType = msgspec.UNSET
    shipped: str | msgspec.UnsetType | None = msgspec.UNSET
    based_on: int | None = None


class NewSolutionBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A solution to be added."""

    title: str
    based_on: int | None = None


@dataclass(frozen=True, slots=True)
class ChangedOpportunity:
    """The opportunity as it is now, the number of the version that its document has; ``solution``: the id of one that was added."""

    opportunity: OpportunityAnswer
    version: int
    merged: bool
    solution: str | None = None


@post("/opportunities", sync_to_thread=True, guards=[needs(Right.DRAW)])
def post_opportunity(workspace: Workspace, user: SignedIn, data: NewOpportunityBody) -> ChangedOpportunity:
    """Add an opportunity to a map, at a step: the next version of the map."""
    writing = writing_of(workspace, user)
    added = changes.add_opportunity(writing, map_ident=data.map, step=data.step, fields={"title": data.title})
    return _changed(workspace, added.ident, added.saved)


@patch("/opportunities/{opportunity:str}", sync_to_thread=True, guards=[needs(Right.DRAW)])
def patch_opportunity(
    workspace: Workspace, user: SignedIn, opportunity: str, data: OpportunityBody
) -> ChangedOpportunity:
    """Rate or change an opportunity: the next version of its map, or of its own document."""
    saved = changes.change_opportunity(writing_of(workspace, user, data.based_on), opportunity, given_fields(data))
    return _changed(workspace, opportunity, saved)


@delete("/opportunities/{opportunity:str}", sync_to_thread=True, guards=[needs(Right.DRAW)])
def delete_opportunity(workspace: Workspace, user: SignedIn, opportunity: str, based_on: int | None = None) -> None:
    """Take an opportunity out of its map, with its solutions and tasks: the next version of the map."""
    changes.remove_opportunity(writing_of(workspace, user, based_on), opportunity)


@post("/solutions/{opportunity:str}", sync_to_thread=True, guards=[needs(Right.DRAW)])
def post_solution(workspace: Workspace, user: SignedIn, opportunity: str, data: NewSolutionBody) -> ChangedOpportunity:
    """Add a solution to an opportunity: the next version of its map, or of its own document."""
    writing = writing_of(workspace, user, data.based_on)
    added = changes.add_solution(writing, opportunity, {"title": data.title})
    return _changed(workspace, opportunity, added.saved, solution=added.ident)


@patch("/solutions/{opportunity:str}/{solution:str}", sync_to_thread=True, guards=[needs(Right.DRAW)])
def patch_solution(
    workspace: Workspace, user: SignedIn, opportunity: str, solution: str, data: SolutionBody
) -> ChangedOpportunity:
    """Change a solution: the next version of its map, or of its opportunity."""
    writing = writing_of(workspace, user, data.based_on)
    saved = changes.change_solution(writing, opportunity, solution, given_fields(data))
    return _changed(workspace, opportunity, saved)


@delete("/solutions/{opportunity:str}/{solution:str}", sync_to_thread=True, guards=[needs(Right.DRAW)])
def delete_solution(
    workspace: Workspace, user: SignedIn, opportunity: str, solution: str, based_on: int | None = None
) -> None:
    """Take a solution with its tasks away: the next version of its map, or of its opportunity."""
    changes.remove_solution(writing_of(workspace, user, based_on), opportunity, solution)


def _changed(workspace: Workspace, ident: str, saved: Saved, *, solution: str | None = None) -> ChangedOpportunity:
    found = Answering(workspace).opportunity(ident, ScoreSettings.read(workspace.section("improve")))
    if found is None:
        raise InputError(phrase("the opportunity {ident!r} was taken away meanwhile", ident=ident))
    return ChangedOpportunity(found, saved.version.number, saved.outcome == "merged", solution)


handlers = [
    post_opportunity, patch_opportunity, delete_opportunity, post_solution, patch_solution, delete_solution,
]  # fmt: skip
