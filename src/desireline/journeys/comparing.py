"""Two segments or two periods side by side: which numbers differ, and whether by more than chance. See docs/comparing.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from importlib import import_module
from inspect import signature
from typing import Any, Protocol, get_args

from desireline.base import InputError, Progress, closest_names, phrase
from desireline.interactions import All, Any_, Condition, Not, condition_text
from desireline.interactions.condition import fields_of
from desireline.journeys.estimates import (
    Comparison,
    Estimate,
    GroupAsked,
    GroupSizes,
    GroupTest,
    compare,
    count,
    journeys_of,
    share,
)
from desireline.journeys.model import Flow, FlowBy, Gaps
from desireline.journeys.questions.flow import flow
from desireline.journeys.questions.overview import overview
from desireline.journeys.results.clusters import SHARE_OF
from desireline.journeys.results.retention import Retention
from desireline.journeys.results.survival import Survival
from desireline.journeys.selection import SelectionOptions, read_condition, read_period
from desireline.journeys.separating import Groups, segment_of, separate
from desireline.journeys.shared_clusters import shared_clusters
from desireline.journeys.spans import bounds_of
from desireline.store import Workspace


class Estimated(Protocol):
    """An answer whose numbers can be compared."""

    def estimates(self) -> tuple[Estimate, ...]:
        """Its numbers, each with a name that is the same in every answer."""


Question = Callable[..., Estimated]
REACH = "reach"
REACHED_BY: Mapping[str, tuple[FlowBy, ...]] = {
    REACH: ("touchpoint", "channel"),
    "flow": ("touchpoint",),
    "channels": ("channel",),
}
"""Of which customers the share is compared: at touchpoints and on moves between them, in channels and on moves between these, or both."""
COMPARED = (
    "attribution",
    "chains",
    "clusters",
    "common",
    "contacts",
    "drivers",
    "effort",
    "emotion",
    "funnel",
    "gaps",
    "handovers",
    "loops",
    "outcomes",
    "paths",
    "retention",
    "scores",
    "survival",
)
"""Questions whose answers have estimates, beside :data:`REACH`."""
NOT_COMPARED: Mapping[str, str] = {
    "insights": "it compares stretches of days by itself; name a group with --segment",
    "overview": "it only counts; reach compares shares",
    "sessions": "it has medians without an interval; reach with --span session compares what happens in them",
    "variants": "exact paths are too rare to compare; common folds them",
}
"""Why other questions cannot be compared, and what helps."""
FEWEST_SPANS = 5
"""A common path that fewer customers take, or a gap that occurs less often, in both groups together, is not compared: no test could tell."""
_PLACES = {"touchpoint", "channel"}
_MANY_RARE = ("common", "gaps")
_OPTIONS = {
    "steps": "name two or more steps: --step STEP --step STEP",
    "outcomes": "name the outcome: --outcome TOUCHPOINT",
    "journey": "name the journey: --journey ID",
    "touchpoint": "name the touchpoint: --touchpoint TOUCHPOINT",
}
_ALL_ROWS: Mapping[str, Mapping[str, Any]] = {
    "chains": {"top": 1_000},
    "gaps": {"examples": False},
    "paths": {"top": 100},
}
"""What is beyond the first rows of an answer is not 0; and nobody is named."""
_BY_START = ("retention", "survival")
"""Questions about customers from their start on: a period says who starts in it, and cuts nothing off."""


def comparable() -> dict[str, Question]:
    """By name what can be compared, beside :data:`REACH`: functions of this package whose answers have estimates."""
    return {name: getattr(import_module(f"desireline.journeys.questions.{name}"), name) for name in COMPARED}


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

    Customers in both segments are left out of both, or where one segment lies in the other, of the larger one: see
    :func:`desireline.journeys.separating.separate`.

    Parameters
    ----------
    first, second
        The two groups, as keyword arguments of a question. For retention and survival ``period`` says who starts in it.
    of
        ``reach``: which touchpoints, channels and moves customers come to. Or the name of another question of
        :func:`comparable`. ``flow`` and ``channels``: of reach what is about touchpoints, or about channels.
    settings
        Further arguments of that question, such as ``steps`` of a funnel. Clusters are found in both groups together.

    Raises
    ------
    InputError
        Both groups are the same, there is no such question, or it cannot be asked so.
    """
    _check_question(of)
    if first == second:
        raise InputError(
            phrase("expected two different groups, got the same twice"),
            hint=phrase(
                "say what is other in the second: --with-period, --with-segment, --with-rest, "
                "--with-where or --with-journey"
            ),
        )
    said = {name: value for name, value in (settings or {}).items() if value is not None}
    for group in (first, second):
        _arguments(of, group, said)
    if of in _BY_START:
        _check_starts(workspace, first, second)
    groups = separate(workspace, first, second, progress=progress)
    if of in REACHED_BY:
        reach = [_reach(workspace, REACHED_BY[of], group, progress) for group in (groups.first, groups.second)]
        found = compare(*reach, by_segment=_made_by_segments(workspace, REACHED_BY[of], groups, progress))
        return replace(found, sizes=groups.sizes, groups=_told(of, groups, said))
    answers = _answers(workspace, groups, of, said, progress)
    found, left_out = _compared(of, [answer.estimates() for answer in answers])
    sizes = _sizes_by_start(groups.sizes, answers) if of in _BY_START else groups.sizes
    return replace(
        found,
        sizes=sizes,
        test=_test(answers),
        left_out=left_out,
        of_company=_of_company(answers),
        groups=_told(of, groups, said),
    )


def _told(of: str, groups: Groups, settings: Mapping[str, Any]) -> tuple[GroupAsked, GroupAsked] | None:
    """What both groups were asked with, as texts; ``None`` where something is none."""
    first, second = (_as_texts(_arguments(of, each, settings)) for each in (groups.first, groups.second))
    return None if first is None or second is None else (first, second)


def _as_texts(asked: Mapping[str, Any]) -> GroupAsked | None:
    found = {each.name: asked.get(each.name) for each in fields(GroupAsked)}
    texts = {
        name: condition_text(value) if isinstance(value, get_args(Condition)) else value
        for name, value in found.items()
        if value is not None
    }
    return GroupAsked(**texts) if all(isinstance(each, str) for each in texts.values()) else None


def _answers(
    workspace: Workspace, groups: Groups, of: str, said: Mapping[str, Any], progress: Progress | None
) -> Sequence[Estimated]:
    if of == "clusters":
        return shared_clusters(workspace, groups.first, groups.second, **said, progress=progress)
    ask = comparable()[of]
    return [ask(workspace, **_arguments(of, group, said), progress=progress) for group in (groups.first, groups.second)]


def _of_company(answers: Sequence[Estimated]) -> int:
    """How many interactions do not count because the company did them."""
    return sum(each.left_out for each in answers if isinstance(each, Gaps | Retention | Survival))


def _check_starts(workspace: Workspace, first: SelectionOptions, second: SelectionOptions) -> None:
    """Refuse periods of which the same customers start in both."""
    if segment_of(first) != segment_of(second) or first.get("journey") is not None:
        return
    one, other = (bounds_of(read_period(workspace, group.get("period"))) for group in (first, second))
    if one != other and max(one[0], other[0]) < min(one[1], other[1]):
        raise InputError(
            phrase(
                "expected periods that do not overlap: compared are customers by when they start, and "
                "some would be in both"
            ),
            hint=phrase("--period 2026-01-01..2026-03-31 --with-period 2026-04-01..2026-06-30"),
        )


def _sizes_by_start(sizes: GroupSizes, answers: Sequence[Estimated]) -> GroupSizes:
    """The customers who start; each starts once, so that only segments can have some in common."""
    first, second = (each.customers for each in answers if isinstance(each, Retention | Survival))
    return replace(sizes, first=first, second=second) if sizes.left_out else GroupSizes(first, second, 0)


def _check_question(of: str) -> None:
    if of in REACHED_BY or of in COMPARED:
        return
    if of in NOT_COMPARED:
        raise InputError(phrase("of: {of} cannot be compared", of=of), hint=NOT_COMPARED[of])
    known = [*REACHED_BY, *COMPARED]
    close = closest_names(of, known, count=1)
    hint = phrase("did you mean {close}?", close=close[0]) if close else None
    raise InputError(phrase("of: expected one of {known}, got {of!r}", known=", ".join(known), of=of), hint=hint)


def _arguments(of: str, group: SelectionOptions, settings: Mapping[str, Any]) -> dict[str, Any]:
    """What a question is asked with: a group says more than some take, such as how spans are cut; a setting has to be taken."""
    if of in REACHED_BY:
        if settings:
            raise InputError(
                phrase("{of} takes no {name}", of=of, name=", ".join(settings)),
                hint=phrase("name the question that does: --of"),
            )
        return dict(group)
    known = signature(comparable()[of]).parameters
    takes_any = any(each.kind is each.VAR_KEYWORD for each in known.values())
    for name in settings:
        if name not in known:
            raise InputError(
                phrase("{of} takes no {name}", of=of, name=name),
                hint=phrase("leave it out, or name the question that does: --of"),
            )
    chosen = {name: value for name, value in group.items() if value is not None and (takes_any or name in known)}
    if of in _BY_START and chosen.get("journey") is None and "period" in chosen:
        chosen["begun"] = chosen.pop("period")
    found = {**_ALL_ROWS.get(of, {}), **chosen, **settings}
    needed = [each.name for each in known.values() if each.default is each.empty and each.kind is not each.VAR_KEYWORD]
    lacking = [name for name in needed[1:] if name not in found]
    if lacking:
        raise InputError(
            phrase("to compare {of}, expected {lacking}", of=of, lacking=", ".join(lacking)),
            hint=_OPTIONS.get(lacking[0]),
        )
    return found


def _compared(of: str, groups: Sequence[Sequence[Estimate]]) -> tuple[Comparison, int]:
    """The comparison, and how many numbers were too rare for it."""
    if of == "clusters":
        return compare(*_without_empty(groups)), 0
    if of not in _MANY_RARE:
        return compare(*groups), 0
    taken: dict[str, int] = {}
    for each in (each for group in groups for each in group if each.kind == "share"):
        taken[each.name] = taken.get(each.name, 0) + (round(each.value * each.n) if each.n else 0)
    rare = {name for name, customers in taken.items() if customers < FEWEST_SPANS}
    return compare(*([each for each in group if each.name not in rare] for group in groups)), len(rare)


def _without_empty(groups: Sequence[Sequence[Estimate]]) -> Sequence[Sequence[Estimate]]:
    """Without shares of nothing, and of which neither group has any: clusters in which nobody is."""
    known = {
        each.name for group in groups for each in group if each.n and (each.value or not each.name.startswith(SHARE_OF))
    }
    return [[each for each in group if each.name in known] for group in groups]


def _test(answers: Sequence[Estimated]) -> GroupTest | None:
    """The log-rank test where answers are curves of survival."""
    first, second = answers
    if not isinstance(first, Survival) or not isinstance(second, Survival):
        return None
    both = first.against(second)
    return GroupTest("log-rank", both.chi_squared, both.p)


def _reach(
    workspace: Workspace, kinds: Sequence[FlowBy], group: SelectionOptions, progress: Progress | None
) -> tuple[Estimate, ...]:
    """Shares of the customers of a group: who were at a touchpoint, used a channel, went from one of these to another."""
    customers = overview(workspace, progress=progress, **group).customers
    found = [(by, flow(workspace, by=by, medians="none", progress=progress, **group)) for by in kinds]
    return (
        count(phrase("customers"), customers).opening("every?", "every?"),
        *(
            share(name, number, customers, whole="customers").opening(behind, "every?")
            for name, number, behind in (*_places(found), *_moves(*found[0]))
        ),
    )


def _places(found: Sequence[tuple[FlowBy, Flow]]) -> Iterator[tuple[str, int, str]]:
    """The name of each number, the customers, and the journeys behind it."""
    for by, each in found:
        for node in each.nodes:
            yield _at(by, node.name), node.customers, journeys_of("touchpoint", name=node.name, **_by(by))


def _moves(by: FlowBy, found: Flow) -> Iterator[tuple[str, int, str]]:
    for edge in found.edges:
        behind = journeys_of("move", source=edge.source, target=edge.target, **_by(by))
        yield f"{edge.source} → {edge.target}", edge.customers, behind


def _at(by: FlowBy, name: str) -> str:
    return phrase("at {name}", name=name) if by == "touchpoint" else phrase("in channel {name}", name=name)


def _by(by: FlowBy) -> Mapping[str, str]:
    return {} if by == "touchpoint" else {"by": by}


def _made_by_segments(
    workspace: Workspace, kinds: Sequence[FlowBy], groups: Groups, progress: Progress | None
) -> frozenset[str]:
    """The names of numbers that the segments make by themselves: whoever is at such a touchpoint is in one of them.

    These are touchpoints and channels of which every interaction meets the condition of one of the segments, and moves from or to them.
    Only of conditions on touchpoint and channel: that only customers on one plan come somewhere is a finding.
    """
    made: set[str] = set()
    for condition, group in _apart(groups):
        where = read_condition(group.get("where"))
        outside: Condition = Not(condition) if where is None else All((where, Not(condition)))
        everybody: SelectionOptions = {**group, "segment": None, "not_segment": None}
        beside: SelectionOptions = {**everybody, "where": outside}
        for by in kinds:
            found = flow(workspace, by=by, medians="none", progress=progress, **everybody)
            other = flow(workspace, by=by, medians="none", progress=progress, **beside)
            only_there = {each.name for each in found.nodes} - {each.name for each in other.nodes}
            made |= {_at(by, name) for name in only_there}
            made |= {
                f"{each.source} → {each.target}" for each in found.edges if {each.source, each.target} & only_there
            }
    return frozenset(made)


def _apart(groups: Groups) -> Iterator[tuple[Condition, SelectionOptions]]:
    """The conditions by which the groups share nobody, each with the group that meets it."""
    if segment_of(groups.first) == segment_of(groups.second):
        return
    for group, other in ((groups.first, groups.second), (groups.second, groups.first)):
        condition = read_condition(group.get("segment"))
        if condition is None or not fields_of(condition) <= _PLACES:
            continue
        if not groups.sizes.left_out or condition in _excluded(other):
            yield condition, group


def _excluded(group: SelectionOptions) -> tuple[Condition, ...]:
    """What nobody of a group ever met."""
    never = read_condition(group.get("not_segment"))
    if never is None:
        return ()
    return (never, *never.parts) if isinstance(never, Any_) else (never,)
