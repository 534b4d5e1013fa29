"""Tasks of a solution: added, changed (title, state, owner, department, due day, KPI), taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from desireline.base import InputError, Phrase, closest_names, joined, phrase
from desireline.improve.writing import Value, Writing, checked, put, solution_in, taken_away, task_in, told
from desireline.maps import fresh_id
from desireline.maps.storing import Saved

TaskStatus = Literal["open", "doing", "done", "dropped"]
TASK_STATUSES: tuple[TaskStatus, ...] = get_args(TaskStatus)
_ORDER = ("id", "title", "department", "owner", "due", "kpi", "status")
"""Of the fields of a task."""
_KNOWN = ("title", "status", "department", "due", "owner", "kpi")


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
        ``title``, ``status``, ``department``, ``due`` (a day in ISO 8601), ``owner`` (a name), ``kpi`` (the id of a metric, or a
        text): text, or ``None`` to take it away.
    """

    fields: Mapping[str, str | None] = field(default_factory=dict)


def change_task(writing: Writing, place: TaskPlace, change: TaskChange) -> Saved:
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
    fields = _checked(change)

    def work(opportunity: Any, tree: Any) -> None:
        put(task_in(solution_in(opportunity, place.solution), place.task), fields, order=_ORDER)

    def label(opportunity: Any) -> Phrase:
        task = task_in(solution_in(opportunity, place.solution), place.task)
        return phrase("Task “{title}”: {said}", title=task["title"], said=told(fields))

    return writing.change(place.opportunity, work, label=label)


@dataclass(frozen=True, slots=True)
class AddedTask:
    """A task that was added, and the version that has it."""

    place: TaskPlace
    saved: Saved


def add_task(writing: Writing, opportunity: str, solution: str, change: TaskChange) -> AddedTask:
    """Add a task to a solution; ``change`` has at least its title. Raises as :func:`change_task`."""
    fields = _checked(TaskChange({"title": "", **change.fields}))
    made = ""

    def work(entry: Any, tree: Any) -> None:
        nonlocal made
        made = fresh_id(str(fields["title"]), ids_in(entry))
        task: dict[str, Any] = {"id": made}
        put(task, fields, order=_ORDER)
        solution_in(entry, solution).setdefault("tasks", []).append(task)

    label = phrase("Task “{title}” added", title=fields["title"])
    saved = writing.change(opportunity, work, label=lambda entry: label)
    return AddedTask(TaskPlace(opportunity, solution, made), saved)


def remove_task(writing: Writing, place: TaskPlace) -> Saved:
    """Take a task away. Raises as :func:`change_task`."""

    def work(opportunity: Any, tree: Any) -> None:
        solution = solution_in(opportunity, place.solution)
        task_in(solution, place.task)
        taken_away(solution["tasks"], place.task)

    def label(opportunity: Any) -> Phrase:
        task = task_in(solution_in(opportunity, place.solution), place.task)
        return phrase("Task “{title}” taken away", title=task["title"])

    return writing.change(place.opportunity, work, label=label)


def ids_in(opportunity: Any) -> set[str]:
    """The ids of the solutions and tasks of the entry of an opportunity."""
    solutions = opportunity.get("solutions") or []
    tasks = [task for each in solutions for task in each.get("tasks") or []]
    return {str(each.get("id")) for each in (*solutions, *tasks)}


def _checked(change: TaskChange) -> dict[str, Value]:
    if not change.fields:
        raise InputError(
            phrase("expected something to change, got nothing; there are: {known}", known=joined(_KNOWN, ", "))
        )
    for name in change.fields:
        if name not in _KNOWN:
            raise InputError(phrase("expected {known}, got {name!r}", known=joined(_KNOWN, ", "), name=name))
    found = checked(change.fields)
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
        _check_day(str(due))
    return found


def _check_day(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise InputError(phrase("due: expected a day such as 2026-11-22, got {text!r}", text=text)) from error
