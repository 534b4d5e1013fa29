"""The numbers that journeys can lie behind: of each kind what an address says, and the number that it makes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from inspect import Parameter
from typing import Any, NamedTuple, TypeVar, cast

from desireline.base import InputError
from desireline.interactions import parse_condition
from desireline.journeys.addresses import GROUP, Question, parameters_of
from desireline.journeys.analyses.chains import ChainsAnalysis
from desireline.journeys.analyses.common import CommonAnalysis
from desireline.journeys.analyses.contacts import ContactsAnalysis
from desireline.journeys.analyses.effort import EffortAnalysis
from desireline.journeys.analyses.funnel import FunnelAnalysis
from desireline.journeys.analyses.gaps import GapsAnalysis
from desireline.journeys.analyses.handovers import HandoversAnalysis
from desireline.journeys.analyses.paths import PathsAnalysis
from desireline.journeys.analyses.retention import RetentionAnalysis
from desireline.journeys.analyses.scores import ScoresAnalysis
from desireline.journeys.analyses.survival import SurvivalAnalysis
from desireline.journeys.answering import answers_of
from desireline.journeys.behind import (
    AgainNumber,
    AnswersNumber,
    ClusterNumber,
    CohortNumber,
    CommonNumber,
    ContactsNumber,
    EffortNumber,
    EndNumber,
    EventNumber,
    EveryNumber,
    FunnelNumber,
    HandoverNumber,
    MeetingNumber,
    MoveNumber,
    NeedsNumber,
    Number,
    OutcomeNumber,
    PathsNumber,
    ShapeNumber,
    SkippedNumber,
    StartNumber,
    SwitchNumber,
    TouchpointNumber,
    VariantNumber,
)
from desireline.journeys.behind.analysis import analysis_of
from desireline.journeys.behind.customers import CustomersThat, EventsThat
from desireline.journeys.behind.finding import Level
from desireline.journeys.behind.returning import Shape, UsualWays
from desireline.journeys.behind.service import ContactsThat, NeedsThat
from desireline.journeys.behind.spans import Measure
from desireline.journeys.model import Overview
from desireline.journeys.questions.ask import ask
from desireline.journeys.results.clusters import Clusters
from desireline.journeys.results.scores import Scores
from desireline.journeys.selection import Selection, SelectionOptions
from desireline.store import Workspace

A = TypeVar("A")
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


def _analysis(kind: type[A], name: str, workspace: Workspace, said: Said) -> A:
    found = analysis_of(workspace, Question.of(name, said))
    assert isinstance(found, kind)
    return found


def _overview(workspace: Workspace, said: Said) -> Overview:
    found = answers_of(workspace).ask(Question.of("overview", said)).answer
    assert isinstance(found, Overview)
    return found


def _funnel(workspace: Workspace, said: Said) -> Number:
    return FunnelNumber(
        _analysis(FunnelAnalysis, "funnel", workspace, said), said["step"], said["stopped"], said["value"]
    )


def _common(workspace: Workspace, said: Said) -> Number:
    return CommonNumber(tuple(said["path"]), _analysis(CommonAnalysis, "common", workspace, said))


def _paths(workspace: Workspace, said: Said) -> Number:
    analysis = _analysis(PathsAnalysis, "paths", workspace, said)
    return PathsNumber(analysis, abs(said["step"]), said["name"], said["following"])


def _cluster(workspace: Workspace, said: Said) -> Number:
    found = answers_of(workspace).ask(Question.of("clusters", said)).answer
    if not isinstance(found, Clusters) or found.model is None:
        raise InputError("expected clusters, got none: there are no journeys to group")
    return ClusterNumber(found.model, said["cluster"])


def _every(workspace: Workspace, said: Said) -> Number:
    high = said["high"]
    return EveryNumber(said["measure"], said["low"], math.inf if high is None else high)


def _shape(workspace: Workspace, said: Said) -> Number:
    selection = selection_of(said)
    key = ("usual ways", tuple((name, str(said.get(name))) for name in GROUP))
    usual = answers_of(workspace).keep(key, lambda run: ask(workspace, UsualWays(), selection, progress=run)).answer
    return ShapeNumber(said["shape"], usual)


def _contacts(workspace: Workspace, said: Said) -> Number:
    analysis = _analysis(ContactsAnalysis, "contacts", workspace, said)
    return ContactsNumber(analysis, said["that"], _overview(workspace, said).last_us or 0, said["value"])


def _needs(workspace: Workspace, said: Said) -> Number:
    analysis = _analysis(ChainsAnalysis, "chains", workspace, said)
    last = _overview(workspace, said).last_us or 0
    return NeedsNumber(analysis, said["that"], last, tuple(said["path"] or ()), said["goes_on"], said["begins"])


def _answers(workspace: Workspace, said: Said) -> Number:
    question = Question.of("scores", said)
    analysis = _analysis(ScoresAnalysis, "scores", workspace, said)
    found = answers_of(workspace).ask(question).answer
    assert isinstance(found, Scores)
    return AnswersNumber(replace(analysis, surveys=found.surveys), said["value"], said["score"])


def _cohort(workspace: Workspace, said: Said) -> Number:
    analysis = _analysis(RetentionAnalysis, "retention", workspace, said)
    first = said["cohort"]
    try:
        first_day = None if first is None else date.fromisoformat(first)
    except ValueError:
        raise InputError(f"cohort: expected its first day, got {first!r}", hint="cohort=2026-03-02") from None
    return CohortNumber(analysis, said["that"], first_day, said["since"])


def _switch(workspace: Workspace, said: Said) -> Number:
    analysis = _analysis(GapsAnalysis, "gaps", workspace, said)
    ends = [
        None if said[touchpoint] is None or said[channel] is None else (said[touchpoint], said[channel])
        for touchpoint, channel in (("source", "source_channel"), ("target", "target_channel"))
    ]
    return SwitchNumber(analysis, *ends)


def _skipped(workspace: Workspace, said: Said) -> Number:
    analysis = _analysis(GapsAnalysis, "gaps", workspace, said)
    return SkippedNumber(analysis, _overview(workspace, said).first_us or 0, said["reached"], said["missing"])


_BY = may("by", Level, "touchpoint")
NUMBERS: Mapping[str, Kind] = {
    "every": Kind(
        (may("measure", Measure, "interactions"), may("low", float, 0.0), may("high", float | None)),
        _every,
        "All journeys; or those of a length, from ``low`` (included) to ``high`` (excluded).",
    ),
    "outcome": Kind(
        (must("outcome"),),
        lambda _, said: OutcomeNumber(said["outcome"]),
        "Journeys of a definition that ended so: reached, ended, timed out, unfinished.",
    ),
    "touchpoint": Kind(
        (must("name"), _BY),
        lambda _, said: TouchpointNumber(said["name"], said["by"]),
        "Journeys with a touchpoint, or in a channel.",
    ),
    "move": Kind(
        (must("source"), must("target"), _BY),
        lambda _, said: MoveNumber(said["source"], said["target"], said["by"]),
        "Journeys in which one touchpoint, or channel, directly follows another.",
    ),
    "start": Kind(
        (must("name"), _BY),
        lambda _, said: StartNumber(said["name"], said["by"]),
        "Journeys that begin with a touchpoint, or in a channel.",
    ),
    "end": Kind(
        (must("name"), _BY),
        lambda _, said: EndNumber(said["name"], said["by"]),
        "Journeys that end with a touchpoint, or in a channel.",
    ),
    "again": Kind(
        (may("name"), may("via"), may("later", bool, False)),
        lambda _, said: AgainNumber(said["name"], said["via"], said["later"]),
        "Journeys in which a touchpoint comes again; via: after this one other; later: after others, no direct repeats.",
    ),
    "shape": Kind(
        (must("shape", Shape),),
        _shape,
        "Journeys that are linear, branching or cyclical.",
    ),
    "variant": Kind(
        (must("path", list[str]),),
        lambda _, said: VariantNumber(tuple(said["path"])),
        "Journeys that take exactly this path.",
    ),
    "meeting": Kind(
        (must("condition"),),
        lambda _, said: MeetingNumber(parse_condition(said["condition"])),
        "Journeys with an interaction that meets a condition.",
    ),
    "common": Kind(
        (must("path", list[str]), *(each for each in parameters_of("common") if each.name in ("by", "order"))),
        _common,
        "Journeys whose path without direct repeats is this one.",
    ),
    "funnel": Kind(
        (must("step", int), may("stopped", bool, False), may("value"), *parameters_of("funnel")),
        _funnel,
        "Customers who reach a step of a funnel (from 1); stopped: and no further; value: of one group.",
    ),
    "paths": Kind(
        (must("step", int), must("name"), may("following"), *parameters_of("paths")),
        _paths,
        "Journeys that are at a touchpoint after so many steps, or go on from there to another one.",
    ),
    "cluster": Kind(
        (must("cluster"), *parameters_of("clusters")),
        _cluster,
        "Journeys of a cluster.",
    ),
    "contacts": Kind(
        (may("that", ContactsThat, "all"), may("value"), *parameters_of("contacts")),
        _contacts,
        "Journeys with a service contact; value: of one group.",
    ),
    "needs": Kind(
        (
            may("that", NeedsThat, "all"),
            may("path", list[str] | None),
            may("goes_on", bool, False),
            may("begins"),
            *parameters_of("chains"),
        ),
        _needs,
        "Journeys with a need that went through these channels, or began in one.",
    ),
    "effort": Kind(
        (may("component"), *parameters_of("effort")),
        lambda workspace, said: EffortNumber(
            _analysis(EffortAnalysis, "effort", workspace, {**said, "fit": False}), said["component"]
        ),
        "Journeys with something that makes effort; component: such as repeat.",
    ),
    "handover": Kind(
        (may("source"), may("target"), *parameters_of("handovers")),
        lambda workspace, said: HandoverNumber(
            _analysis(HandoversAnalysis, "handovers", workspace, said), said["source"], said["target"]
        ),
        "Journeys in which a customer is handed from one department to another.",
    ),
    "answers": Kind(
        (may("value"), may("score", int | None), *parameters_of("scores")),
        _answers,
        "Journeys with an answer to a survey; value: about one group.",
    ),
    "cohort": Kind(
        (must("that", CustomersThat), may("cohort"), may("since", int | None), *parameters_of("retention")),
        _cohort,
        "Customers who started in the period that begins with this day, came back so many periods later, or are inactive.",
    ),
    "event": Kind(
        (must("that", EventsThat), may("time", int | None), *parameters_of("survival")),
        lambda workspace, said: EventNumber(
            _analysis(SurvivalAnalysis, "survival", workspace, said), said["that"], said["time"]
        ),
        "Customers who started; to whom the event came after so long; who were still waited for then.",
    ),
    "switch": Kind(
        (
            may("source"),
            may("source_channel"),
            may("target"),
            may("target_channel"),
            *parameters_of("gaps"),
        ),
        _switch,
        "Journeys with a switch of the channel after a silence.",
    ),
    "skipped": Kind(
        (must("reached"), may("missing"), *parameters_of("gaps")),
        _skipped,
        "Journeys that reach a stage; missing: without this earlier one.",
    ),
}
"""By kind of number; what chooses customers and interactions is beside its own parameters."""
