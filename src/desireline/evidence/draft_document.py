"""Writing a first map down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from desireline.base import Phrase, format_seconds, joined, phrase, reading_language, tell
from desireline.evidence.drafting import DraftPhase, DraftStep
from desireline.evidence.wording import as_phase
from desireline.interactions import Comparison, Condition, condition_text
from desireline.journeys.definitions import JourneyDefinition
from desireline.journeys.smallest_group import EVERYBODY, is_small
from desireline.maps import Document, fresh_id, new_document

SOURCE = "desireline"
_LEAST_CHANNEL = 0.05


@dataclass(frozen=True, slots=True)
class Leaving:
    """A step, by number, at which journeys end short of the goal: how many of those that reached it."""

    step: int
    left: int
    reached: int


@dataclass(frozen=True, slots=True)
class Drafted:
    """A first map before it is written down.

    Attributes
    ----------
    journeys
        Those that it is made of; ``all_journeys``: those of which they are the ones that reached the goal.
    channels
        Of each step: touchpoint, channel and interactions, the most frequent first.
    first, last
        The days of the first and the last interaction.
    segment
        The condition on customers, as text.
    where
        The condition on interactions.
    leaving
        Moments of truth.
    fewest
        Nothing is written down of fewer journeys.
    """

    title: str
    ident: str | None
    steps: tuple[DraftStep, ...]
    phases: tuple[DraftPhase, ...]
    journeys: int
    all_journeys: int
    only_at_goal: bool
    channels: tuple[tuple[tuple[str, str, int], ...], ...]
    first: date | None
    last: date | None
    definition: JourneyDefinition | None = None
    segment: str | None = None
    where: Condition | None = None
    personas: tuple[tuple[str, Condition], ...] = ()
    leaving: tuple[Leaving, ...] = ()
    fewest: int = EVERYBODY


def as_document(drafted: Drafted) -> Document:
    """The map as a document."""
    ids = _ids([step.touchpoints[0] for step in drafted.steps])
    tree: dict[str, Any] = {
        "desireline": "map/1",
        "id": drafted.ident or fresh_id(drafted.title, ()),
        "title": drafted.title,
        "summary": _summary(drafted),
        "level": "life-cycle" if drafted.definition is None else "journey",
        "state": "current",
    }
    if drafted.segment is not None or drafted.where is not None:
        tree["scope"] = {} if drafted.segment is None else {"segment": drafted.segment}
        tree["scope"] |= {} if drafted.where is None else {"where": condition_text(drafted.where)}
    if drafted.definition is not None:
        tree["journey"] = drafted.definition.ident
    if drafted.personas:
        tree["personas"] = list(_personas(drafted))
    tree["phases"] = list(_phases(drafted, ids))
    tree["lanes"] = [
        {"id": "touchpoints", "role": "touchpoints", "cells": list(_touchpoint_cells(drafted, ids))},
        {
            "id": "evidence",
            "role": "evidence",
            "label": _said(phrase("What was measured")),
            "cells": list(_claim_cells(drafted, ids)),
        },
    ]
    return new_document(tree, origin="the proposed map")


def binding_of(touchpoints: tuple[str, ...]) -> str:
    """The condition that an interaction at one of some touchpoints meets, as text."""
    one, *others = touchpoints
    condition = Comparison("touchpoint", "in", touchpoints) if others else Comparison("touchpoint", "equals", one)
    return condition_text(condition)


def period_text(first: date | None, last: date | None) -> str:
    """``desireline, 2026-01-01 to 2026-06-30``: the source of a number."""
    return SOURCE if first is None else _said(joined((SOURCE, _days(first, last)), ", "))


def _days(first: date | None, last: date | None) -> Phrase:
    return phrase("{first} to {last}", first=first, last=last)


def percentage(count: int, of: int) -> Phrase:
    """``75%``; a dash of none."""
    return phrase("{share:.0%}", share=count / of) if of else phrase("–")


def _said(sentence: Phrase) -> str:
    """A sentence that becomes text of the map, in the language of whoever has it made; English as on the command line."""
    return str(sentence) if reading_language() == "en" else tell(sentence)


def _ids(names: list[str]) -> list[str]:
    taken: list[str] = []
    for name in names:
        taken.append(fresh_id(name, taken))
    return taken


def _summary(drafted: Drafted) -> str:
    name = "" if drafted.definition is None else drafted.definition.name
    parts = [
        phrase(
            "Proposed from {journeys:,} journeys {name!r}" if name else "Proposed from {journeys:,} journeys",
            journeys=drafted.journeys,
            name=name,
        )
    ]
    if drafted.only_at_goal:
        parts.append(phrase(" that reached their goal, of {journeys:,}", journeys=drafted.all_journeys))
    if drafted.first is not None:
        parts.append(joined((", ", _days(drafted.first, drafted.last)), ""))
    return _said(joined((*parts, "."), ""))


def _personas(drafted: Drafted) -> Iterator[dict[str, Any]]:
    ids = _ids([name for name, _ in drafted.personas])
    for ident, (name, segment) in zip(ids, drafted.personas, strict=True):
        yield {"id": ident, "name": name, "segment": condition_text(segment)}


def _phases(drafted: Drafted, ids: list[str]) -> Iterator[dict[str, Any]]:
    names = [phase.name or _phase_name(phase, drafted) for phase in drafted.phases]
    moments = {each.step: each for each in drafted.leaving if not is_small(each.reached, drafted.fewest)}
    for ident, name, phase in zip(_ids(names), names, drafted.phases, strict=True):
        steps = [_step(drafted.steps[number], ids, number, moments.get(number)) for number in phase.steps]
        yield {"id": ident, "name": name, "steps": steps}


def _phase_name(phase: DraftPhase, drafted: Drafted) -> str:
    """By what it leads to: the last of its steps that is not optional, where there is one."""
    steps = [drafted.steps[number] for number in phase.steps]
    last = next((step for step in reversed(steps) if not step.optional), steps[-1])
    return as_phase(steps[0].touchpoints[0], last.touchpoints[0])


def _step(step: DraftStep, ids: list[str], number: int, leaving: Leaving | None) -> dict[str, Any]:
    said: dict[str, Any] = {"id": ids[number], "name": step.touchpoints[0]}
    if step.optional:
        said["optional"] = True
    if step.next is not None and step.next != (() if number == len(ids) - 1 else (number + 1,)):
        said["next"] = [ids[each] for each in step.next]
    if leaving is not None:
        share = percentage(leaving.left, leaving.reached)
        said["moment_of_truth"] = _said(
            phrase(
                "{left:,} of {reached:,} journeys that come here end here, short of the goal ({share})",
                left=leaving.left,
                reached=leaving.reached,
                share=share,
            )
        )
    said["binding"] = {"where": binding_of(step.touchpoints)}
    if step.once:
        said["binding"]["count"] = "once"
    return said


def _touchpoint_cells(drafted: Drafted, ids: list[str]) -> Iterator[dict[str, Any]]:
    for ident, channels in zip(ids, drafted.channels, strict=True):
        total = sum(count for _, _, count in channels)
        shown = [
            {"name": name, "channel": channel} for name, channel, count in channels if count >= _LEAST_CHANNEL * total
        ]
        yield {"id": f"touchpoints-{ident}", "step": ident, "touchpoints": shown}


def _claim_cells(drafted: Drafted, ids: list[str]) -> Iterator[dict[str, Any]]:
    for ident, step in zip(ids, drafted.steps, strict=True):
        facts = [] if is_small(step.reached, drafted.fewest) else _facts(drafted, step)
        claims = [_claim(_said(text), n, drafted) for text, n in facts if not is_small(n, drafted.fewest)]
        yield {"id": f"evidence-{ident}", "step": ident, "claims": claims}


def _facts(drafted: Drafted, step: DraftStep) -> Iterator[tuple[Phrase, int]]:
    """What was counted, and of how many journeys."""
    journeys = drafted.journeys
    come = phrase(
        "{reached:,} of {journeys:,} journeys come here ({share})",
        reached=step.reached,
        journeys=journeys,
        share=percentage(step.reached, journeys),
    )
    yield come, journeys
    if step.optional:
        later = step.reached + step.passed_over
        passing = phrase(
            "{count:,} of {later:,} that come here or later pass it over ({share})",
            count=step.passed_over,
            later=later,
            share=percentage(step.passed_over, later),
        )
        yield passing, later
    if step.seconds is not None:
        yield phrase("Typically {time} after the step before", time=format_seconds(step.seconds)), step.entered
    for target, back in step.returns:
        returning = phrase(
            "{back:,} of {reached:,} go straight back to {name} ({share})",
            back=back,
            reached=step.reached,
            name=drafted.steps[target].touchpoints[0],
            share=percentage(back, step.reached),
        )
        yield returning, step.reached
    if len(step.touchpoints) > 1:
        yield phrase("One step, for they go together: {names}", names=", ".join(step.touchpoints)), step.reached


def _claim(text: str, n: int, drafted: Drafted) -> dict[str, Any]:
    evidence: dict[str, Any] = {"kind": "analytics", "source": period_text(drafted.first, drafted.last), "n": n}
    if drafted.last is not None:
        evidence["date"] = drafted.last.isoformat()
    return {"text": text, "evidence": [evidence]}
