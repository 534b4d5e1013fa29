"""The analysis that a question runs, read from its arguments exactly as when it is asked."""

from __future__ import annotations

from typing import Any

from desireline.base import Progress
from desireline.journeys.addresses import Question, question_named
from desireline.journeys.engine import Analysis
from desireline.journeys.selection import Selection
from desireline.store import Workspace


def analysis_of(workspace: Workspace, question: Question) -> Analysis[Any]:
    """The analysis of a question, without running it.

    Raises
    ------
    InputError
        It cannot be asked so.
    """
    try:
        question_named(question.name)(workspace, **question.keywords(), engine=_Reading())
    except _ReadError as read:
        return read.analysis
    raise AssertionError(f"{question.name} asks no analysis")


class _ReadError(Exception):
    """Ends the question where its analysis is known."""

    def __init__(self, analysis: Analysis[Any]) -> None:
        super().__init__()
        self.analysis = analysis


class _Reading:
    """An engine that runs nothing."""

    def ask(
        self, workspace: Workspace, analysis: Analysis[Any], selection: Selection, *, progress: Progress | None = None
    ) -> Any:
        """See :class:`~desireline.journeys.engine.Engine`."""
        raise _ReadError(analysis)

    def close(self) -> None:
        """See :class:`~desireline.journeys.engine.Engine`."""
