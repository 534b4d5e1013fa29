"""What kinds of numbers are made of: parameters, and what is worked out before a number can be found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter
from typing import Any, NamedTuple, TypeVar, cast

from desireline.journeys.addresses import GROUP, Question
from desireline.journeys.answering import answers_of
from desireline.journeys.behind import Number
from desireline.journeys.behind.analysis import analysis_of
from desireline.journeys.engine import Analysis
from desireline.journeys.model import Overview
from desireline.journeys.questions.ask import ask
from desireline.journeys.selection import Selection, SelectionOptions
from desireline.store import Workspace

A = TypeVar("A")
R = TypeVar("R")
Said = Mapping[str, Any]
Maker = Callable[[Workspace, Said], Number]


class Kind(NamedTuple):
    """A kind of number: its parameters, what makes it, what it is."""

    parameters: Sequence[Parameter]
    make: Maker
    told: str


def must(name: str, kind: Any = str) -> Parameter:
    """A parameter that has to be said."""
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind)


def may(name: str, kind: Any = str | None, default: Any = None) -> Parameter:
    """A parameter that can be left out."""
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def selection_of(said: Said) -> Selection:
    """What chooses customers and interactions."""
    given = {name: said[name] for name in GROUP if said.get(name) not in (None, "")}
    return Selection(**cast(SelectionOptions, given))


def analysis_asked(kind: type[A], name: str, workspace: Workspace, said: Said) -> A:
    """The analysis that a question runs, asked with what is said."""
    found = analysis_of(workspace, Question.of(name, said))
    assert isinstance(found, kind)
    return found


def overview_of(workspace: Workspace, said: Said) -> Overview:
    """How much there is of all that is looked at."""
    found = answers_of(workspace).ask(Question.of("overview", said)).answer
    assert isinstance(found, Overview)
    return found


def kept(name: str, analysis: Analysis[R], workspace: Workspace, said: Said) -> R:
    """What an analysis finds in everything that is looked at, kept under its name and settings."""
    selection = selection_of(said)
    key = (name, repr(analysis), tuple((each, str(said.get(each))) for each in GROUP))
    return (
        answers_of(workspace)
        .keep(key, lambda run: ask(workspace, analysis, selection, engine="local", progress=run))
        .answer
    )
