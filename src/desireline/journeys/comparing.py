"""Two segments or two periods side by side: which numbers differ, and whether by more than chance. See docs/comparing.md."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from importlib import import_module
from inspect import signature
from typing import Any, Protocol

from desireline.base import InputError, Progress, closest_names
from desireline.journeys.ask import flow, overview
from desireline.journeys.estimates import Comparison, Estimate, compare, count, share
from desireline.journeys.selection import SelectionOptions
from desireline.store import Workspace


class Estimated(Protocol):
    """An answer whose numbers can be compared."""

    def estimates(self) -> tuple[Estimate, ...]:
        """Its numbers, each with a name that is the same in every answer."""


Question = Callable[..., Estimated]
REACH = "reach"
_OPTIONS = {
    "steps": "name two or more steps: --step STEP --step STEP",
    "outcomes": "name the outcome: --outcome TOUCHPOINT",
    "journey": "name the journey: --journey ID",
}


def comparable() -> dict[str, Question]:
    """By name what can be compared, beside :data:`REACH`: functions of this package whose answers have estimates."""
    questions = import_module("desireline.journeys.ask")
    names = (
        "attribution",
        "chains",
        "contacts",
        "effort",
        "emotion",
        "funnel",
        "loops",
        "outcomes",
        "retention",
        "scores",
    )
    return {name: getattr(questions, name) for name in names}


def compare_groups(
    workspace: Workspace,
    first: SelectionOptions,
    second: SelectionOptions,
    *,
    of: str = REACH,
    settings: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """The numbers of an answer for two selections, side by side.

    Parameters
    ----------
    first, second
        The two groups, as keyword arguments of a question.
    of
        ``reach``: which touchpoints, channels and moves customers come to. Or the name of another question of
        :func:`comparable`.
    settings
        Further arguments of that question, such as ``steps`` of a funnel.

    Raises
    ------
    InputError
        Both groups are the same, there is no such question, or it cannot be asked so.
    """
    known = comparable()
    if of not in (REACH, *known):
        close = closest_names(of, [REACH, *known], count=1)
        hint = f"did you mean {close[0]}?" if close else None
        raise InputError(f"of: expected one of {', '.join([REACH, *known])}, got {of!r}", hint=hint)
    if first == second:
        raise InputError(
            "expected two different groups, got the same twice",
            hint="say what is other in the second: --with-period, --with-segment, --with-where or --with-journey",
        )
    if of == REACH:
        return compare(_reach(workspace, first, progress), _reach(workspace, second, progress))
    question, before_after = known[of], []
    for group in (first, second):
        said = _accepted(question, {**group, **(settings or {})})
        _check_settings(of, question, said)
        before_after.append(question(workspace, **said, progress=progress).estimates())
    return compare(*before_after)


def _accepted(question: Question, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said and a question takes: not every one is asked of spans that are cut somehow."""
    known = signature(question).parameters
    takes_all = any(each.kind is each.VAR_KEYWORD for each in known.values())
    return {name: value for name, value in said.items() if value is not None and (takes_all or name in known)}


def _check_settings(of: str, question: Question, given: Collection[str]) -> None:
    """Refuse to go on without a setting that a question cannot do without."""
    known = signature(question).parameters.values()
    needed = [each.name for each in known if each.default is each.empty and each.kind is not each.VAR_KEYWORD]
    lacking = [name for name in needed[1:] if name not in given]
    if lacking:
        raise InputError(f"to compare {of}, expected {', '.join(lacking)}", hint=_OPTIONS.get(lacking[0]))


def _reach(workspace: Workspace, group: SelectionOptions, progress: Progress | None) -> tuple[Estimate, ...]:
    """Shares of the customers of a group: who were at a touchpoint, used a channel, went from one touchpoint to another."""
    customers = overview(workspace, progress=progress, **group).customers
    moves = flow(workspace, medians="none", progress=progress, **group)
    channels = flow(workspace, by="channel", medians="none", progress=progress, **group)
    return (
        count("customers", customers),
        *(share(f"at {node.name}", node.customers, customers) for node in moves.nodes),
        *(share(f"in channel {node.name}", node.customers, customers) for node in channels.nodes),
        *(share(f"{edge.source} → {edge.target}", edge.customers, customers) for edge in moves.edges),
    )
