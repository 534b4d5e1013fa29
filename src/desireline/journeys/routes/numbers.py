"""The numbers that journeys can lie behind: of each kind what an address says, and the number that it makes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import cast

from desireline.base import InputError, phrase
from desireline.interactions import parse_condition
from desireline.journeys.addresses import GROUP, Question, parameters_of
from desireline.journeys.analyses.common import CommonAnalysis
from desireline.journeys.analyses.funnel import FunnelAnalysis
from desireline.journeys.analyses.gaps import GapsAnalysis
from desireline.journeys.analyses.insights import InsightsAnalysis
from desireline.journeys.analyses.paths import PathsAnalysis
from desireline.journeys.analyses.retention import RetentionAnalysis
from desireline.journeys.analyses.survival import SurvivalAnalysis
from desireline.journeys.answering import answers_of
from desireline.journeys.behind import (
    AgainNumber,
    ChangeNumber,
    ClusterNumber,
    CohortNumber,
    CommonNumber,
    EndNumber,
    EventNumber,
    EveryNumber,
    FunnelNumber,
    MeetingNumber,
    MoveNumber,
    Number,
    OutcomeNumber,
    PathsNumber,
    ShapeNumber,
    SkippedNumber,
    StartNumber,
    Stop,
    SwitchNumber,
    TouchpointNumber,
    VariantNumber,
)
from desireline.journeys.behind.changes import Change, ChangeThat, PlanReading, plan_or_error
from desireline.journeys.behind.customers import CustomersThat, EventsThat
from desireline.journeys.behind.finding import Level
from desireline.journeys.behind.funnels import FunnelGroup
from desireline.journeys.behind.returning import Shape, UsualWays
from desireline.journeys.behind.spans import Measure
from desireline.journeys.questions.ask import ask
from desireline.journeys.questions.outcomes import following
from desireline.journeys.results.clusters import Clusters
from desireline.journeys.results.common import CommonJourneys
from desireline.journeys.results.insights import Measure as ChangeMeasure
from desireline.journeys.results.outcomes import FOLLOWED, IN_TIME
from desireline.journeys.results.paths import Paths
from desireline.journeys.routes.kinds import (
    Kind,
    Said,
    analysis_asked,
    kept,
    may,
    must,
    overview_of,
    selection_of,
)
from desireline.journeys.routes.outcome_numbers import OUTCOME_NUMBERS
from desireline.journeys.routes.service_numbers import SERVICE_NUMBERS
from desireline.journeys.selection import SelectionOptions
from desireline.journeys.shared_clusters import shared_model
from desireline.store import Workspace


def _funnel(workspace: Workspace, said: Said) -> Number:
    if said["group"] == "rest" and said["value"] is None:
        raise InputError(phrase("group: expected the value of the group, got none"), hint="value=phone")
    return FunnelNumber(
        analysis_asked(FunnelAnalysis, "funnel", workspace, said),
        step=said["step"],
        dropped=said["stopped"],
        value=said["value"],
        group=said["group"],
        following=said["following"],
        is_last=said["ended"],
    )


def _common(workspace: Workspace, said: Said) -> Number:
    analysis = analysis_asked(CommonAnalysis, "common", workspace, said)
    if said["first"] is None:
        return CommonNumber(analysis, (tuple(said["path"] or ()),))
    if not 1 <= said["first"] <= MOST_PATHS:
        raise InputError(
            phrase("first: expected 1 to {most}, got {first}", most=MOST_PATHS, first=said["first"]), hint="first=3"
        )
    found = answers_of(workspace).ask(Question.of("common", {**said, "top": said["first"]})).answer
    assert isinstance(found, CommonJourneys)
    return CommonNumber(analysis, tuple(each.path for each in found.journeys))


def _paths(workspace: Workspace, said: Said) -> Number:
    analysis = analysis_asked(PathsAnalysis, "paths", workspace, said)
    step = abs(said["step"])
    here = _stop(workspace, said, step, said["name"], is_other=said["others"])
    if here is None:
        raise InputError(phrase("expected a name, or others, got neither"), hint="name=Basket")
    after = _stop(workspace, said, step + 1, said["following"], is_other=said["following_others"])
    return PathsNumber(analysis, step, here, after, is_last=said["ended"])


def _stop(workspace: Workspace, said: Said, step: int, name: str | None, *, is_other: bool) -> Stop | None:
    """Where a path is; at others: at none of the touchpoints that the answer names at this step."""
    if not is_other:
        return None if name is None else Stop((name,))
    found = answers_of(workspace).ask(Question.of("paths", said)).answer
    assert isinstance(found, Paths)
    named = (each.name for each in found.nodes if abs(each.step) == step and not each.others)
    return Stop(tuple(named), is_other=True)


def _cluster(workspace: Workspace, said: Said) -> Number:
    found = answers_of(workspace).ask(Question.of("clusters", said)).answer
    if not isinstance(found, Clusters) or found.model is None:
        raise InputError(phrase("expected clusters, got none: there are no journeys to group"))
    return ClusterNumber(found.model, said["cluster"], has_outcome=said["reached"])


def _shared_cluster(workspace: Workspace, said: Said) -> Number:
    own = {name: said[name] for name in GROUP if said.get(name) not in (None, "")}
    other = {name: value for name, value in own.items() if name not in _OTHERS}
    other |= {name: said[f"with_{name}"] for name in _OTHERS if said[f"with_{name}"] not in (None, "")}
    first, second = (cast(SelectionOptions, each) for each in ((other, own) if said["second"] else (own, other)))
    asked = {name: said[name] for name in ("outcome", "clusters") if said[name] is not None}
    key = ("clusters of two groups", repr(first), repr(second), repr(asked))
    model = answers_of(workspace).keep(key, lambda run: shared_model(workspace, first, second, **asked, progress=run))
    return ClusterNumber(model.answer, said["cluster"], has_outcome=said["reached"])


def _every(workspace: Workspace, said: Said) -> Number:
    high = said["high"]
    return EveryNumber(said["measure"], said["low"], math.inf if high is None else high)


def _shape(workspace: Workspace, said: Said) -> Number:
    return ShapeNumber(said["shape"], kept("usual ways", UsualWays(), workspace, said))


def _cohort(workspace: Workspace, said: Said) -> Number:
    analysis = analysis_asked(RetentionAnalysis, "retention", workspace, said)
    first = said["cohort"]
    try:
        first_day = None if first is None else date.fromisoformat(first)
    except ValueError:
        raise InputError(
            phrase("cohort: expected its first day, got {first!r}", first=first), hint="cohort=2026-03-02"
        ) from None
    return CohortNumber(analysis, said["that"], first_day, said["since"])


def _change(workspace: Workspace, said: Said) -> Number:
    analysis = analysis_asked(InsightsAnalysis, "insights", workspace, said)
    selection = selection_of(said)
    key = ("plan of insights", Question.of("insights", said))
    plan = (
        answers_of(workspace)
        .keep(key, lambda run: ask(workspace, PlanReading(analysis), selection, progress=run))
        .answer
    )
    segment = None if said["field"] is None or said["value"] is None else (said["field"], said["value"])
    change = Change(
        said["measure"],
        said["subject"],
        segment,
        _day("first", said["first"]),
        None if said["last"] is None else _day("last", said["last"]),
        is_otherwise=said["otherwise"],
    )
    return ChangeNumber(analysis, plan_or_error(plan), change, said["that"])


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(
            phrase("{name}: expected a day, got {text!r}", name=name, text=text), hint=f"{name}=2026-03-02"
        ) from None


def _switch(workspace: Workspace, said: Said) -> Number:
    analysis = analysis_asked(GapsAnalysis, "gaps", workspace, said)
    source, target = (
        None if said[touchpoint] is None or said[channel] is None else (said[touchpoint], said[channel])
        for touchpoint, channel in (("source", "source_channel"), ("target", "target_channel"))
    )
    return SwitchNumber(analysis, source, target, is_silent=said["silent"])


def _outcome(workspace: Workspace, said: Said) -> Number:
    outcome, journey = said["outcome"], said["journey"]
    if outcome not in (IN_TIME, FOLLOWED):
        return OutcomeNumber(outcome)
    if journey is None:
        raise InputError(phrase("expected a journey, for only journeys have an outcome"), hint="journey=order")
    followed = following(workspace, journey)
    return OutcomeNumber("unfinished") if followed is None else OutcomeNumber(outcome, followed)


def _skipped(workspace: Workspace, said: Said) -> Number:
    analysis = analysis_asked(GapsAnalysis, "gaps", workspace, said)
    return SkippedNumber(analysis, overview_of(workspace, said).first_us or 0, said["reached"], said["missing"])


MOST_PATHS = 1_000
"""Of so many common paths the journeys are found together."""
_BY = may("by", Level, "touchpoint")
_OTHERS = tuple(name for name in GROUP if name not in ("span", "gap"))
"""What the other one of two groups has of its own; both are cut the same way."""
NUMBERS: Mapping[str, Kind] = {
    "every": Kind(
        (may("measure", Measure, "interactions"), may("low", float, 0.0), may("high", float | None)),
        _every,
        "All journeys; or those of a length, from ``low`` (included) to ``high`` (excluded).",
    ),
    "outcome": Kind(
        (must("outcome"),),
        _outcome,
        "Journeys of a definition that ended so: reached, ended, timed out, unfinished; over: however they ended; in time: reached within "
        "the time-out; followed: that begin so long before the end of the record.",
    ),
    "touchpoint": Kind(
        (may("name"), _BY),
        lambda _, said: TouchpointNumber(said["name"], said["by"]),
        "Journeys with a touchpoint, or in a channel; or with any.",
    ),
    "move": Kind(
        (may("source"), may("target"), _BY),
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
        (
            may("path", list[str] | None),
            may("first", int | None),
            *(each for each in parameters_of("common") if each.name in ("by", "order")),
        ),
        _common,
        "Journeys whose path without direct repeats is this one, of none where it is not said; first: one of the first so many.",
    ),
    "funnel": Kind(
        (
            must("step", int),
            may("stopped", bool, False),
            may("value"),
            may("group", FunnelGroup, "value"),
            may("following"),
            may("ended", bool, False),
            *parameters_of("funnel"),
        ),
        _funnel,
        "Customers who reach a step of a funnel (from 1); stopped: and no further, to go on with another touchpoint, or not; "
        "value: of one group, or of the rest.",
    ),
    "paths": Kind(
        (
            must("step", int),
            may("name"),
            may("others", bool, False),
            may("following"),
            may("following_others", bool, False),
            may("ended", bool, False),
            *parameters_of("paths"),
        ),
        _paths,
        "Journeys that are at a touchpoint after so many steps, or go on from there to another one, or end there; "
        "others: at one of those that the answer does not name.",
    ),
    "cluster": Kind(
        (must("cluster"), may("reached", bool, False), *parameters_of("clusters")),
        _cluster,
        "Journeys of a cluster; reached: those with its outcome.",
    ),
    "shared_cluster": Kind(
        (
            must("cluster"),
            may("reached", bool, False),
            *(may(f"with_{name}") for name in _OTHERS),
            may("second", bool, False),
            *parameters_of("clusters"),
        ),
        _shared_cluster,
        "Journeys of one of two groups that are of a cluster found in both together; second: those of the second, the others are of the first.",
    ),
    "cohort": Kind(
        (must("that", CustomersThat), may("cohort"), may("since", int | None), *parameters_of("retention")),
        _cohort,
        "Customers who started in the period that begins with this day, came back so many periods later, or are inactive.",
    ),
    "event": Kind(
        (must("that", EventsThat), may("time", int | None), *parameters_of("survival")),
        lambda workspace, said: EventNumber(
            analysis_asked(SurvivalAnalysis, "survival", workspace, said), said["that"], said["time"]
        ),
        "Customers who started; to whom the event came after so long; who were still waited for then.",
    ),
    "change": Kind(
        (
            must("measure", ChangeMeasure),
            must("subject"),
            must("first"),
            may("last"),
            may("field"),
            may("value"),
            may("otherwise", bool, False),
            may("that", ChangeThat, "all"),
            *parameters_of("insights"),
        ),
        _change,
        "Journeys with what a finding counts on its days, or on all others; that: all that a share is of, or those counted in it.",
    ),
    "switch": Kind(
        (
            may("source"),
            may("source_channel"),
            may("target"),
            may("target_channel"),
            may("silent", bool, True),
            *parameters_of("gaps"),
        ),
        _switch,
        "Journeys with a switch of the channel after a silence, or however soon.",
    ),
    "skipped": Kind(
        (must("reached"), may("missing"), *parameters_of("gaps")),
        _skipped,
        "Journeys that reach a stage; missing: without this earlier one.",
    ),
    **SERVICE_NUMBERS,
    **OUTCOME_NUMBERS,
}
"""By kind of number; what chooses customers and interactions is beside its own parameters."""
