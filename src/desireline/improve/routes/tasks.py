"""``/api/improve/tasks``: tasks added, changed, taken away; each change is a version of the document that holds the task."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from litestar import delete, patch, post

from desireline.accounts import Right, SignedIn, needs
from desireline.base import InputError, phrase
from desireline.improve.answers import Answering, TaskAnswer
from desireline.improve.changing import TaskChange, TaskPlace, TaskStatus, add_task, change_task, remove_task
from desireline.improve.routes.shared import given_fields, today_of, writing_of
from desireline.maps.storing import Saved
from desireline.store import Workspace


class NewTaskBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A task to be added; ``due`` is a day such as 2026-11-22, ``kpi`` the id of a metric, or a text."""

    title: str
    status: TaskStatus = "open"
    department: str | None = None
    owner: str | None = None
    due: str | None = None
    kpi: str | None = None
    based_on: int | None = None


class TaskChangeBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be another one of a task; a field that is left out stays, one that is null is taken away.

    ``due`` is a day such as 2026-11-22; ``based_on`` the version that the person saw, the newest where it is left out.
    """

    title: str | msgspec.UnsetType = msgspec.UNSET
    status: TaskStatus | msgspec.UnsetType = msgspec.UNSET
    department: str | msgspec.UnsetType | None = msgspec.UNSET
    owner: str | msgspec.UnsetType | None = msgspec.UNSET
    due: str | msgspec.UnsetType | None = msgspec.UNSET
    kpi: str | msgspec.UnsetType | None = msgspec.UNSET
    based_on: int | None = None


@dataclass(frozen=True, slots=True)
class ChangedTask:
    """The task as it is now, and the number of the version that its document has."""

    task: TaskAnswer
    version: int
    merged: bool


@post("/tasks/{opportunity:str}/{solution:str}", sync_to_thread=True, guards=[needs(Right.DRAW)])
def post_task(workspace: Workspace, user: SignedIn, opportunity: str, solution: str, data: NewTaskBody) -> ChangedTask:
    """Add a task to a solution: the next version of its map, or of its opportunity."""
    fields = {name: value for name, value in given_fields(data).items() if value is not None}
    added = add_task(writing_of(workspace, user, data.based_on), opportunity, solution, TaskChange(fields))
    return _changed(workspace, added.place, added.saved)


@patch("/tasks/{opportunity:str}/{solution:str}/{task:str}", sync_to_thread=True, guards=[needs(Right.DRAW)])
def patch_task(
    workspace: Workspace, user: SignedIn, opportunity: str, solution: str, task: str, data: TaskChangeBody
) -> ChangedTask:
    """Change the title, state, department, owner, due day or KPI of a task: the next version of its map, or of its opportunity."""
    place = TaskPlace(opportunity, solution, task)
    saved = change_task(writing_of(workspace, user, data.based_on), place, TaskChange(given_fields(data)))
    return _changed(workspace, place, saved)


@delete("/tasks/{opportunity:str}/{solution:str}/{task:str}", sync_to_thread=True, guards=[needs(Right.DRAW)])
def delete_task(
    workspace: Workspace, user: SignedIn, opportunity: str, solution: str, task: str, based_on: int | None = None
) -> None:
    """Take a task away: the next version of its map, or of its opportunity."""
    remove_task(writing_of(workspace, user, based_on), TaskPlace(opportunity, solution, task))


def _changed(workspace: Workspace, place: TaskPlace, saved: Saved) -> ChangedTask:
    for each in Answering(workspace).tasks(today_of(workspace)):
        if TaskPlace(each.opportunity, each.solution, each.id) == place:
            return ChangedTask(each, saved.version.number, saved.outcome == "merged")
    raise InputError(phrase("the task {task!r} was taken away meanwhile", task=place.task))


handlers = [post_task, patch_task, delete_task]
