"""Rules about phases, steps and lanes: how many, how they are named, how they hang together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from desireline.base import InputError, phrase
from desireline.maps.checking import unknown_places
from desireline.maps.document import Document
from desireline.maps.linting.departments import department_key, is_department
from desireline.maps.linting.finding import Rule, Spot
from desireline.maps.linting.given import Given
from desireline.maps.model import JourneyMap, Lane

_KINDS = {
    "phase": phrase("phase"),
    "step": phrase("step"),
    "lane": phrase("lane"),
    "opportunity": phrase("opportunity"),
}
MOST_PHASES = 9
MOST_STEPS = 40


def _department_phase(given: Given) -> Iterator[Spot]:
    known = {department_key(name) for name in _departments(given.map)}
    for phase in given.map.phases:
        path = (*given.path("phase", phase.id), "name")
        if department_key(phase.name) in known:
            yield Spot(phrase('"{name}" is the name of a department of this map', name=phase.name), phase.id, path)
        elif is_department(phase.name):
            yield Spot(phrase('"{name}" is what a department is called', name=phase.name), phase.id, path)


def _departments(journey_map: JourneyMap) -> Iterator[str]:
    tasks = [task for each in journey_map.opportunities for one in each.solutions for task in one.tasks]
    owners = [
        journey_map.owner,
        *(each.owner for each in journey_map.metrics),
        *(each.owner for each in journey_map.opportunities),
        *(task.owner for task in tasks),
    ]
    yield from (owner.department for owner in owners if owner is not None and owner.department)
    yield from (task.department for task in tasks if task.department)


def _too_many_phases(given: Given) -> Iterator[Spot]:
    count = len(given.map.phases)
    if count > MOST_PHASES:
        yield Spot(
            phrase("{count} phases, expected at most {most_phases}", count=count, most_phases=MOST_PHASES),
            path=("phases",),
        )


def _too_many_steps(given: Given) -> Iterator[Spot]:
    count = len(given.map.steps)
    if count > MOST_STEPS:
        yield Spot(
            phrase("{count} steps, expected at most {most_steps}", count=count, most_steps=MOST_STEPS), path=("phases",)
        )


def _unreachable_step(given: Given) -> Iterator[Spot]:
    following = _following(given.map)
    reached = _reached(list(following)[:1], following)
    for step in given.map.steps:
        if step.id not in reached:
            yield Spot(phrase('no way leads to "{name}"', name=step.name), step.id, given.path("step", step.id))


def _no_way_out(given: Given) -> Iterator[Spot]:
    following = _following(given.map)
    before: dict[str, list[str]] = {ident: [] for ident in following}
    for ident, others in following.items():
        for other in others:
            before[other].append(ident)
    ends = [ident for ident, others in following.items() if not others]
    can_end = _reached(ends, before)
    if following and not ends:
        yield Spot(phrase("no step is an end: the journey goes round for ever"), path=("phases",))
        return
    for step in given.map.steps:
        if step.id not in can_end:
            yield Spot(
                phrase('from "{name}" no way leads to an end', name=step.name), step.id, given.path("step", step.id)
            )


def _following(journey_map: JourneyMap) -> dict[str, tuple[str, ...]]:
    steps = journey_map.steps
    after = [*(step.id for step in steps[1:]), None]
    return {
        step.id: step.next if step.next is not None else (other,) if other is not None else ()
        for step, other in zip(steps, after, strict=False)
    }


def _reached(begin: Iterable[str], ways: Mapping[str, Iterable[str]]) -> set[str]:
    reached = set(begin)
    waiting = list(reached)
    while waiting:
        for other in ways[waiting.pop()]:
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


def _duplicate_title(given: Given) -> Iterator[Spot]:
    for kind, named in _titles(given.map):
        seen: dict[str, str] = {}
        for ident, title in named:
            first = seen.setdefault(_folded(title), ident)
            if first != ident:
                yield Spot(
                    phrase(
                        '"{title}" is the name of the {kind} {first} too', title=title, kind=_KINDS[kind], first=first
                    ),
                    f"{kind}/{ident}",
                    given.path(kind, ident),
                )
    yield from _same_title_elsewhere(given)


def _titles(journey_map: JourneyMap) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    yield "phase", [(each.id, each.name) for each in journey_map.phases]
    yield "step", [(each.id, each.name) for each in journey_map.steps]
    yield "lane", [(each.id, f"{each.label} {each.persona or ''} {each.line}") for each in journey_map.lanes]
    yield "opportunity", [(each.id, each.title) for each in journey_map.opportunities]


def _same_title_elsewhere(given: Given) -> Iterator[Spot]:
    own = _folded(given.map.title)
    for ident in given.library.idents("map"):
        other = given.library.find("map", ident) if ident != given.map.id else None
        if other is not None and _has_title(other, own):
            yield Spot(
                phrase('"{title}" is the title of the map {ident} too', title=given.map.title, ident=ident),
                f"map/{ident}",
                ("title",),
            )


def _has_title(document: Document, folded: str) -> bool:
    """Whether another document, which may be broken, has a title; it is only read where the words of the title are in it."""
    text = document.text.casefold()
    if not all(word in text for word in folded.split()):
        return False
    try:
        title = document.tree.get("title")
    except InputError:
        return False
    return isinstance(title, str) and _folded(title) == folded


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold())) or text.casefold()


def _empty_lane(given: Given) -> Iterator[Spot]:
    for lane in given.map.lanes:
        if _is_empty(lane) and not _is_filled_elsewhere(lane, given):
            yield Spot(phrase('"{label}" says nothing', label=lane.label), lane.id, given.path("lane", lane.id))


def _is_empty(lane: Lane) -> bool:
    return not any(
        cell.claims
        or cell.touchpoints
        or cell.picture
        or cell.opportunities
        or cell.emotion is not None
        or cell.tension is not None
        for cell in lane.cells
    )


def _is_filled_elsewhere(lane: Lane, given: Given) -> bool:
    """Metrics stand at steps, opportunities and evidence at claims, solutions at opportunities."""
    journey_map = given.map
    if lane.role == "metrics":
        return any(step.metrics for step in journey_map.steps)
    if lane.role == "opportunities":
        return any(claim.opportunities for _, _, claim in given.claims) or any(c.opportunities for _, c in given.cells)
    if lane.role == "solutions":
        return any(each.solutions for each in journey_map.opportunities)
    return lane.role == "evidence" and any(claim.evidence for _, _, claim in given.claims)


def _unknown_field(given: Given) -> Iterator[Spot]:
    for path, message in unknown_places(given.document):
        yield Spot(message, _named_path(given, path), path)


def _named_path(given: Given, path: tuple[str | int, ...]) -> str:
    """A path with ids where things have them: ``phases/buy/steps/order/colour``."""
    parts: list[str] = []
    node = given.document.tree
    for part in path:
        node = node[part]  # type: ignore[index]
        ident = node.get("id") if isinstance(part, int) and isinstance(node, dict) else None
        parts.append(str(ident if ident is not None else part))
    return "/".join(parts)


RULES = (
    Rule(
        "phase-named-like-department",
        "warning",
        "A phase has the name of a department, in English or German, or of one that an owner or a task names",
        phrase('say what the customer wants there: "Get help" instead of "Customer service"'),
        _department_phase,
    ),
    Rule(
        "too-many-phases",
        "warning",
        f"More than {MOST_PHASES} phases",
        phrase("5 to 7 are usual; put detail into a map of its own and name it at the step: map: pay"),
        _too_many_phases,
    ),
    Rule(
        "too-many-steps",
        "warning",
        f"More than {MOST_STEPS} steps",
        phrase("put detail into a map of its own and name it at the step: map: pay"),
        _too_many_steps,
    ),
    Rule(
        "unreachable-step",
        "error",
        "No way leads from the first step to this one",
        phrase("name it in the next of a step before it"),
        _unreachable_step,
    ),
    Rule(
        "no-way-out",
        "error",
        "From a step no way leads to an end",
        phrase("a step with next: [] is an end, as is the last one without next"),
        _no_way_out,
    ),
    Rule(
        "duplicate-title",
        "warning",
        "Two phases, steps, lanes or opportunities of the map have one name, or two maps one title",
        phrase("say what tells them apart"),
        _duplicate_title,
    ),
    Rule(
        "empty-lane",
        "note",
        "A lane says nothing at any step",
        phrase("fill it, or take it out"),
        _empty_lane,
    ),
    Rule(
        "unknown-field",
        "warning",
        "A field that nobody knows: it is kept, and may be misspelled",
        phrase("the fields are listed in docs/maps.md"),
        _unknown_field,
    ),
)
