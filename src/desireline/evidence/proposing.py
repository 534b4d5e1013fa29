"""Edits that a map needs, as journeys say. The rules, with examples: docs/proposals.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar, Unpack

import numpy as np

from desireline.base import Progress, phrase
from desireline.evidence.candidates import Candidate, Observed, candidates
from desireline.evidence.checking import Prepared, prepare
from desireline.evidence.edits import Edit, MendBinding
from desireline.evidence.fitting import FitAnalysis
from desireline.evidence.graph import graph_of
from desireline.evidence.proposal_settings import ProposalSettings
from desireline.evidence.proposals import Proposal, Proposals
from desireline.evidence.rejections import is_hidden, rejections_of
from desireline.evidence.results import Fit
from desireline.evidence.signatures import marks_in
from desireline.evidence.surveying import AtGoal, OrdersAnalysis, Reach, ReachAnalysis, day_at
from desireline.journeys import Analysis, Engine, ask
from desireline.journeys.selection import SelectionOptions
from desireline.maps import EMPTY_LIBRARY, Document, JourneyMap, Library, read_map
from desireline.store import Workspace

R = TypeVar("R")
_TOLERANCE = 1e-9
_MOST_LOOKED_AT = 200
"""Touchpoints that a map lacks, the most frequent ones."""


def propose_edits(
    workspace: Workspace,
    document: Document,
    *,
    library: Library = EMPTY_LIBRARY,
    engine: Engine | str | None = None,
    progress: Progress | None = None,
    **selection: Unpack[SelectionOptions],
) -> Proposals:
    """What should be changed in a map, so that it says what customers do; the strongest first.

    Where a journey definition cuts the journeys, and enough of them reached its goal, those are looked at. An edit after which they
    would fit the map worse is not proposed, but told as discarded; only a mended binding may make the fit worse, for it measures more.

    Parameters
    ----------
    document
        The map.
    library
        Where the personas, metrics and opportunities are that it names.

    Raises
    ------
    InputError
        No step of the map is bound to interactions or can be measured, or the selection cannot be read.
    """
    settings = ProposalSettings.read(workspace.section("proposals"))
    prepared = prepare(workspace, read_map(document, library), selection, engine=engine, progress=progress)
    asking = _Asking(prepared, engine, progress)
    marks = prepared.analysis.marks
    everybody = asking.ask(ReachAnalysis(marks))
    asking = replace(asking, only_at_goal=everybody.at_goal >= settings.least_journeys)
    reach = asking.ask(ReachAnalysis(marks)) if asking.only_at_goal else everybody
    found = Proposals(
        map=prepared.journey_map.id,
        title=prepared.journey_map.title,
        journeys=reach.journeys,
        only_at_goal=asking.only_at_goal,
        fit=asking.fit(prepared.journey_map, ()),
        first=reach.first_day(workspace.zone),
        last=reach.last_day(workspace.zone),
    )
    if reach.journeys < settings.least_journeys:
        return found
    observed = _observed(prepared, asking, everybody, reach, found)
    judged = _judged(asking, document, library, candidates(observed, settings), found.fit, settings)
    known = rejections_of(document)
    hidden = [each for each in judged.good + judged.worse if is_hidden(each, known, settings.changed)]
    return replace(
        found,
        proposals=tuple(each for each in judged.good if each not in hidden),
        rejected=tuple(each for each in judged.good if each in hidden),
        discarded=tuple(each for each in judged.worse if each not in hidden),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Asking:
    """Asks about the journeys that are looked at."""

    prepared: Prepared
    engine: Engine | str | None
    progress: Progress | None
    only_at_goal: bool = False

    def ask(self, analysis: Analysis[R]) -> R:
        wanted = AtGoal(analysis) if self.only_at_goal else analysis
        selection = self.prepared.selection
        return ask(self.prepared.workspace, wanted, selection, engine=self.engine, progress=self.progress)

    def fit(self, journey_map: JourneyMap, newly_measured: Sequence[str]) -> Fit:
        """Of another form of the map; its measured steps are those of this map that it has, and the new ones."""
        return self.ask(FitAnalysis(_analysis(self.prepared, journey_map, newly_measured)))

    def reached(self, journey_map: JourneyMap, step: str) -> int:
        """In how many journeys on another form of the map one of its steps occurs."""
        analysis = _analysis(self.prepared, journey_map, [step])
        place = [each.id for each in analysis.graph.steps].index(step)
        return int(self.ask(ReachAnalysis(analysis.marks)).reach[place])


def _analysis(prepared: Prepared, journey_map: JourneyMap, newly_measured: Sequence[str]) -> Any:
    measured = {step.id for step in prepared.analysis.graph.steps} | set(newly_measured)
    graph = graph_of(journey_map, [step.id for step in journey_map.steps if step.id in measured])
    marks = tuple(marks_in(prepared.workspace, step.binding.where) for step in graph.steps if step.binding is not None)
    return replace(prepared.analysis, graph=graph, marks=marks)


def _observed(prepared: Prepared, asking: _Asking, everybody: Reach, reach: Reach, found: Proposals) -> Observed:
    analysis = prepared.analysis
    steps = len(analysis.marks)
    lacking = [
        code for code in np.argsort(-reach.reach[steps:], kind="stable").tolist() if _is_lacking(reach, code, steps)
    ]
    touchpoints = tuple(reach.names.touchpoints[code] for code in lacking[:_MOST_LOOKED_AT])
    orders = asking.ask(OrdersAnalysis(analysis.marks, [(name,) for name in touchpoints]))
    figures = asking.ask(analysis)
    return Observed(
        journey_map=prepared.journey_map,
        bindings=prepared.bindings,
        graph=analysis.graph,
        counts=figures.steps,
        orders=orders,
        touchpoints=touchpoints,
        begun=tuple(
            day_at(int(reach.earliest_us[steps + code]), prepared.workspace.zone) for code in lacking[:_MOST_LOOKED_AT]
        ),
        names=reach.names,
        journeys=reach.journeys,
        all_journeys=everybody.journeys,
        all_reach=tuple(everybody.reach[:steps].tolist()),
        source=found.source,
    )


def _is_lacking(reach: Reach, code: int, steps: int) -> bool:
    return bool(reach.reach[steps + code]) and not reach.planned[code]


@dataclass(frozen=True, slots=True)
class _Judged:
    """Edits that were tried, the strongest first: ``good`` after which the map fits no worse, and ``worse``."""

    good: list[Proposal]
    worse: list[Proposal]


def _judged(
    asking: _Asking,
    document: Document,
    library: Library,
    found: Iterable[Candidate],
    fit: Fit,
    settings: ProposalSettings,
) -> _Judged:
    good: dict[str, Proposal] = {}
    worse: dict[str, Proposal] = {}
    for candidate in found:
        tried = _tried(asking, document, library, candidate, fit, settings)
        if tried is not None:
            (worse if _is_worse(tried) else good).setdefault(tried.id, tried)
    left = [each for each in worse.values() if each.id not in good]
    return _Judged(_strongest_first(good.values()), _strongest_first(left))


def _strongest_first(found: Iterable[Proposal]) -> list[Proposal]:
    return sorted(found, key=lambda each: (-each.count, -each.fit_after, each.id))


def _tried(
    asking: _Asking, document: Document, library: Library, candidate: Candidate, fit: Fit, settings: ProposalSettings
) -> Proposal | None:
    """The first edit of a candidate after which the map fits no worse, else the best; ``None`` of a mended binding that few reach."""
    best: Proposal | None = None
    for edit in candidate.edits:
        edited = read_map(document.told(edit.apply), library)
        new = _newly_measured(edit, document, edited)
        after = asking.fit(edited, new)
        if isinstance(edit, MendBinding):
            count, of = asking.reached(edited, edit.step), after.journeys
            why = phrase(
                "{why}; with it {count:,} of {of:,} journeys reach the step", why=candidate.why, count=count, of=of
            )
            mended = replace(candidate, why=why, count=count, of=of)
            return Proposal(edit, mended, fit.value, after.value) if count >= settings.least_journeys else None
        tried = Proposal(edit, candidate, fit.value, after.value)
        if not _is_worse(tried):
            return tried
        best = tried if best is None or tried.fit_after > best.fit_after else best
    return best


def _is_worse(tried: Proposal) -> bool:
    return not isinstance(tried.edit, MendBinding) and tried.fit_after < tried.fit_before - _TOLERANCE


def _newly_measured(edit: Edit, document: Document, edited: JourneyMap) -> list[str]:
    if isinstance(edit, MendBinding):
        return [edit.step]
    known = set(_step_ids(document))
    return [step.id for step in edited.steps if step.id not in known]


def _step_ids(document: Document) -> Iterator[str]:
    for phase in document.tree["phases"]:
        yield from (step["id"] for step in phase.get("steps") or ())
