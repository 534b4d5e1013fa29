"""Changing a task: its state, owner, department, due day. A change is the next version of the document that holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from desireline.base import InputError, UnknownNameError, closest_names, joined, phrase
from desireline.improve.gathering import holder_of
from desireline.maps.storing import Saved, WorkspaceLibrary, save
from desireline.store import Workspace

TaskStatus = Literal["open", "doing", "done", "dropped"]
TASK_STATUSES: tuple[TaskStatus, ...] = get_args(TaskStatus)
LONGEST_NAME = 200
_ORDER = ("id", "title", "department", "owner", "due", "kpi", "status")
"""Of the fields of a task."""


@dataclass(frozen=True, slots=True)
class TaskPlace:
    """Where a task is: the ids of its opportunity, its solution and itself."""

    opportunity: str
    solution: str
    task: str


@dataclass(frozen=True, slots=True)
class TaskChange:
    """What is to be another one; a field that is not in ``fields`` stays as it is.

    Attributes
    ----------
    fields
        ``status``, ``department``, ``due`` (a day in ISO 8601), ``owner`` (a name): text, or ``None`` to take it away.
    """

    fields: Mapping[str, str | None] = field(default_factory=dict)


def change_task(workspace: Workspace, place: TaskPlace, change: TaskChange, *, author: str | None = None) -> Saved:
    """Change a task, and save that as a version.

    Raises
    ------
    UnknownNameError
        There is no such opportunity, solution or task.
    InputError
        A field is none that can be changed, or its value cannot be; nothing is saved.
    MergeConflictError
        Others changed the same meanwhile; nothing is saved.
    """
    checked = _checked(change)
    library = WorkspaceLibrary(workspace)
    holder = holder_of(library, place.opportunity)
    document = holder.document
    heads = {(each.kind, each.ident): each.number for each in library.newest()}

    def apply(tree: Any) -> None:
        task = _task(holder.entry(tree, place.opportunity), place)
        for name, value in checked.items():
            _set(task, name, value)

    changed = document.changed(apply)
    said = ", ".join(f"{name} {value or 'taken away'}" for name, value in checked.items())
    label = f"Task {place.task}: {said}"
    return save(workspace, changed, author=author, label=label, based_on=heads[holder.kind, document.id])


def _checked(change: TaskChange) -> dict[str, str | None]:
    known = ("status", "department", "due", "owner")
    if not change.fields:
        raise InputError(
            phrase("expected something to change, got nothing; there are: {known}", known=joined(known, ", "))
        )
    for name in change.fields:
        if name not in known:
            raise InputError(phrase("expected {known}, got {name!r}", known=joined(known, ", "), name=name))
    found = {name: value.strip() or None if value is not None else None for name, value in change.fields.items()}
    for name, value in found.items():
        if value is not None and len(value) > LONGEST_NAME:
            raise InputError(
                phrase(
                    "{name}: expected at most {longest_name} characters, got {count:,}",
                    name=name,
                    longest_name=LONGEST_NAME,
                    count=len(value),
                )
            )
    status, due = found.get("status", "open"), found.get("due")
    if status not in TASK_STATUSES:
        close = closest_names(str(status), TASK_STATUSES, count=1)
        hint = phrase("did you mean {close}?", close=close[0]) if close else None
        raise InputError(
            phrase(
                "status: expected {task_statuses}, got {status!r}",
                task_statuses=joined(TASK_STATUSES, ", "),
                status=status,
            ),
            hint=hint,
        )
    if due is not None:
        _check_day(due)
    return found


def _check_day(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise InputError(phrase("due: expected a day such as 2026-11-22, got {text!r}", text=text)) from error


def _task(opportunity: Any, place: TaskPlace) -> Any:
    solution = _named(opportunity.get("solutions") or [], place.solution, f"solution of {place.opportunity}")
    return _named(solution.get("tasks") or [], place.task, f"task of {place.solution}")


def _named(entries: Any, ident: str, what: str) -> Any:
    for each in entries:
        if each.get("id") == ident:
            return each
    known = [str(each.get("id")) for each in entries]
    raise UnknownNameError(
        phrase("there is no {what} {ident!r}", what=what, ident=ident),
        hint=phrase("known: {known}", known=", ".join(known) or "none"),
    )


def _set(task: Any, name: str, value: str | None) -> None:
    """Put a field where tasks have it; the owner's department and address stay as long as the name does."""
    if value is None:
        task.pop(name, None)
        return
    said: Any = value
    if name == "owner":
        before = task.get("owner")
        said = before if isinstance(before, Mapping) and before.get("name") == value else {"name": value}
    if name in task:
        task[name] = said
        return
    behind = [key for key in task if key in _ORDER and _ORDER.index(key) > _ORDER.index(name)]
    moved = {key: task.pop(key) for key in behind}
    task[name] = said
    task.update(moved)
