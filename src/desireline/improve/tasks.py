"""The tasks of all solutions: whose they are, what is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desireline.maps import Opportunity, Solution, Task

_ENDED = frozenset({"done", "dropped"})
NOBODY = "no department"


@dataclass(frozen=True, slots=True)
class TaskAtHand:
    """A task with what it is for; ``late``: it was due before today and is not done."""

    task: Task
    solution: Solution
    opportunity: Opportunity
    late: bool

    @property
    def department(self) -> str:
        """Whose it is: its own department, else that of its owner."""
        owner = self.task.owner
        return self.task.department or (owner.department if owner else None) or NOBODY


def tasks_at_hand(opportunities: Iterable[Opportunity], *, today: date) -> tuple[TaskAtHand, ...]:
    """All tasks, by department, then by day; those without a day at the end."""
    found = [
        TaskAtHand(task, solution, opportunity, task.due is not None and task.due < today and task.status not in _ENDED)
        for opportunity in opportunities
        for solution in opportunity.solutions
        for task in solution.tasks
    ]
    return tuple(sorted(found, key=lambda each: (each.department, each.task.due or date.max, each.task.id)))
