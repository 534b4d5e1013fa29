"""The journeys behind a number: one address for each kind of number, asked with the parameters of the answer it is in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from inspect import Parameter
from typing import Any, cast

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct
from msgspec.json import encode

from desireline.accounts import Right, SignedIn, needs
from desireline.base import InputError
from desireline.interactions import parse_condition
from desireline.journeys.addresses import GROUP, Question, parameters_of
from desireline.journeys.analyses.common import CommonAnalysis
from desireline.journeys.analyses.funnel import FunnelAnalysis, parse_exclusion
from desireline.journeys.analyses.paths import PathsAnalysis
from desireline.journeys.answering import answers_of
from desireline.journeys.answers.behind import BehindAnswer
from desireline.journeys.behind import (
    ClusterNumber,
    CommonNumber,
    EndNumber,
    FunnelNumber,
    MeetingNumber,
    MoveNumber,
    Number,
    PathsNumber,
    StartNumber,
    TouchpointNumber,
    VariantNumber,
    behind,
)
from desireline.journeys.behind.asking import DEFAULT_COUNT, JourneysBehind
from desireline.journeys.behind.numbers import Level
from desireline.journeys.results.clusters import Clusters
from desireline.journeys.routes.questions import ticket_of
from desireline.journeys.routes.reading import TICKET, handler_of
from desireline.journeys.selection import (
    DEFAULT_GAP,
    Selection,
    SelectionOptions,
    read_duration,
    read_duration_or_zero,
)
from desireline.store import Workspace


class BehindAnswered(Struct, frozen=True, kw_only=True):
    """The journeys, with notes on the question."""

    answer: BehindAnswer
    notes: list[str]


Maker = Callable[[Workspace, Mapping[str, Any]], Number]


def _must(name: str, kind: Any = str) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind)


def _may(name: str, kind: Any, default: Any = None) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def _funnel(workspace: Workspace, said: Mapping[str, Any]) -> Number:
    within = said["within"]
    analysis = FunnelAnalysis(
        tuple(said["steps"]),
        window=None if within is None else read_duration_or_zero("within", within),
        order=said["order"],
        exclude=tuple(parse_exclusion(each) for each in said["exclude"] or ()),
        same=said["same"],
    )
    return FunnelNumber(analysis, said["step"], said["stopped"])


def _common(workspace: Workspace, said: Mapping[str, Any]) -> Number:
    gap = read_duration("gap", said.get("gap") or DEFAULT_GAP) if said["order"] == "ignored" else None
    return CommonNumber(tuple(said["path"]), CommonAnalysis(by=said["by"], session_gap=gap))


def _paths(workspace: Workspace, said: Mapping[str, Any]) -> Number:
    analysis = PathsAnalysis(
        said["touchpoint"],
        direction=said["direction"],
        steps=said["steps"],
        anchor=said["anchor"],
        repeats=said["repeats"],
        weekday=said["weekday"],
        timezone=workspace.timezone,
    )
    return PathsNumber(analysis, abs(said["step"]), said["name"], said["following"])


def _cluster(workspace: Workspace, said: Mapping[str, Any]) -> Number:
    found = answers_of(workspace).ask(Question.of("clusters", said)).answer
    if not isinstance(found, Clusters) or found.model is None:
        raise InputError("expected clusters, got none: there are no journeys to group")
    return ClusterNumber(found.model, said["cluster"])


_BY = _may("by", Level, "touchpoint")
_NUMBERS: Mapping[str, tuple[Sequence[Parameter], Maker, str]] = {
    "touchpoint": (
        (_must("name"), _BY),
        lambda _, said: TouchpointNumber(said["name"], said["by"]),
        "Journeys with a touchpoint, or in a channel.",
    ),
    "move": (
        (_must("source"), _must("target"), _BY),
        lambda _, said: MoveNumber(said["source"], said["target"], said["by"]),
        "Journeys in which one touchpoint, or channel, directly follows another.",
    ),
    "start": (
        (_must("name"), _BY),
        lambda _, said: StartNumber(said["name"], said["by"]),
        "Journeys that begin with a touchpoint, or in a channel.",
    ),
    "end": (
        (_must("name"), _BY),
        lambda _, said: EndNumber(said["name"], said["by"]),
        "Journeys that end with a touchpoint, or in a channel.",
    ),
    "variant": (
        (_must("path", list[str]),),
        lambda _, said: VariantNumber(tuple(said["path"])),
        "Journeys that take exactly this path.",
    ),
    "meeting": (
        (_must("condition"),),
        lambda _, said: MeetingNumber(parse_condition(said["condition"])),
        "Journeys with an interaction that meets a condition.",
    ),
    "common": (
        (_must("path", list[str]), *(each for each in parameters_of("common") if each.name in ("by", "order"))),
        _common,
        "Journeys whose path without direct repeats is this one.",
    ),
    "funnel": (
        (_must("step", int), _may("stopped", bool, False), *parameters_of("funnel")),
        _funnel,
        "Customers who reach a step of a funnel (from 1); stopped: and no further.",
    ),
    "paths": (
        (_must("step", int), _must("name"), _may("following", str | None), *parameters_of("paths")),
        _paths,
        "Journeys that are at a touchpoint after so many steps, or go on from there to another one.",
    ),
    "cluster": (
        (_must("cluster"), *parameters_of("clusters")),
        _cluster,
        "Journeys of a cluster.",
    ),
}
"""By kind of number: its parameters, what makes it, what it is."""


def _handler(kind: str) -> HTTPRouteHandler:
    own, make, told = _NUMBERS[kind]
    named = {each.name for each in own}
    group = [each for each in parameters_of("flow") if each.name in GROUP and each.name not in named]
    handler = handler_of(
        partial(_behind, kind, make),
        (*own, *group, _may("n", int, DEFAULT_COUNT), TICKET),
        name=f"behind_{kind}",
        told=told,
        returns=Response[BehindAnswered],
    )
    guards = [needs(Right.SEE_CUSTOMERS)]
    return get(f"/behind/{kind}", guards=guards, sync_to_thread=True, operation_id=f"behind_{kind}")(handler)


def _behind(kind: str, make: Maker, *, workspace: Workspace, user: SignedIn, said: dict[str, Any]) -> Response[bytes]:
    ticket = ticket_of(user, said.pop("ticket", None))
    given = {name: said[name] for name in GROUP if said.get(name) not in (None, "")}
    selection = Selection(**cast(SelectionOptions, given))
    number = make(workspace, said)
    key = ("behind", kind, tuple(sorted((name, str(value)) for name, value in said.items())))

    def work(progress: Any) -> JourneysBehind:
        return behind(workspace, number, selection, n=said["n"], progress=progress)

    kept = answers_of(workspace).keep(key, work, ticket=ticket)
    body = b'{"answer":%b,"notes":%b}' % (kept.answer.to_json().encode(), encode(list(kept.notes)))
    return Response(body, media_type="application/json")


EXAMPLE_HANDLERS = [_handler(kind) for kind in _NUMBERS]
