"""Rules about what the map names: personas, metrics, opportunities, other maps, pictures."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from desireline.base import InputError, Phrase, closest_names, phrase
from desireline.maps.document import Path
from desireline.maps.library import EMPTY_LIBRARY
from desireline.maps.linting.finding import Rule, Spot
from desireline.maps.linting.given import Given


def _missing_document(given: Given) -> Iterator[Spot]:
    for name in given.map.missing:
        kind, _, ident = name.partition("/")
        path = given.path(kind, ident)
        if given.library is EMPTY_LIBRARY:
            yield Spot(
                phrase(
                    "whether there is a {kind} {ident!r}: no folder or workspace was given",
                    kind=_KINDS[kind],
                    ident=ident,
                ),
                name,
                path,
                checked=False,
            )
        else:
            yield Spot(
                _offered(
                    phrase("there is no {kind} {ident!r}", kind=_KINDS[kind], ident=ident),
                    ident,
                    given.library.idents(kind),  # type: ignore[arg-type]
                ),
                name,
                path,
            )


_KINDS = {"persona": phrase("persona"), "metric": phrase("metric"), "opportunity": phrase("opportunity")}


def _unknown_persona(given: Given) -> Iterator[Spot]:
    known = [each.id for each in given.map.personas]
    for lane in given.map.lanes:
        if lane.persona is not None and not _is_named(given, "persona", lane.persona, known):
            path = (*given.path("lane", lane.id), "persona")
            yield Spot(
                _offered(phrase("the map has no persona {persona!r}", persona=lane.persona), lane.persona, known),
                lane.id,
                path,
            )


def _unknown_metric(given: Given) -> Iterator[Spot]:
    known = [each.id for each in given.map.metrics]
    placed = [("step", step.id, each.metric) for step in given.map.steps for each in step.metrics]
    placed += [("opportunity", each.id, metric) for each in given.map.opportunities for metric in each.metrics]
    for kind, ident, metric in placed:
        if not _is_named(given, "metric", metric, known):
            path = (*given.path(kind, ident), "metrics")
            yield Spot(
                _offered(phrase("the map has no metric {metric!r}", metric=metric), metric, known),
                f"{kind}/{ident}/{metric}",
                path,
            )


def _unknown_opportunity(given: Given) -> Iterator[Spot]:
    known = [each.id for each in given.map.opportunities]
    for _, cell in given.cells:
        named = [*cell.opportunities, *(each for claim in cell.claims for each in claim.opportunities)]
        for ident in dict.fromkeys(named):
            if not _is_named(given, "opportunity", ident, known):
                message = _offered(phrase("the map has no opportunity {ident!r}", ident=ident), ident, known)
                yield Spot(message, f"{cell.id}/{ident}", given.path("cell", cell.id))


def _is_named(given: Given, kind: str, ident: str, known: Iterable[str]) -> bool:
    """What is named and not found is missing, and said once."""
    return ident in known or f"{kind}/{ident}" in given.map.missing


def _dead_link(given: Given) -> Iterator[Spot]:
    for subject, path, ident in _links(given):
        if given.library is EMPTY_LIBRARY:
            message = phrase("whether there is a map {ident!r}: no folder or workspace was given", ident=ident)
            yield Spot(message, subject, path, checked=False)
        elif given.library.find("map", ident) is None:
            yield Spot(
                _offered(phrase("there is no map {ident!r}", ident=ident), ident, given.library.idents("map")),
                subject,
                path,
            )
    yield from _dead_parent_step(given)


def _links(given: Given) -> Iterator[tuple[str, Path, str]]:
    journey_map = given.map
    if journey_map.parent is not None:
        yield "parent", ("parent", "map"), journey_map.parent.map
    if journey_map.future is not None:
        yield "future", ("future",), journey_map.future
    for step in journey_map.steps:
        if step.map is not None:
            yield f"step/{step.id}", (*given.path("step", step.id), "map"), step.map


def _dead_parent_step(given: Given) -> Iterator[Spot]:
    parent = given.map.parent
    document = given.library.find("map", parent.map) if parent is not None and parent.step is not None else None
    if parent is None or parent.step is None or document is None:
        return
    try:
        known = list(_step_ids(document.tree))
    except InputError:
        return
    if parent.step not in known:
        message = phrase("the map {map!r} has no step {step!r}", map=parent.map, step=parent.step)
        message = _offered(message, parent.step, known)
        yield Spot(message, "parent/step", ("parent", "step"))


def _step_ids(tree: Mapping[str, Any]) -> Iterator[str]:
    """Of another document, of which nobody knows whether it is valid."""
    phases = tree.get("phases")
    for phase in phases if isinstance(phases, list) else ():
        steps = phase.get("steps") if isinstance(phase, Mapping) else None
        for step in steps if isinstance(steps, list) else ():
            if isinstance(step, Mapping) and isinstance(step.get("id"), str):
                yield step["id"]


def _missing_picture(given: Given) -> Iterator[Spot]:
    unseen = 0
    for subject, path, source in _pictures(given):
        if source.startswith("data:"):
            if not source.startswith("data:image/"):
                yield Spot(phrase("expected a picture, got {source}…", source=source[:30]), subject, path)
        elif "://" in source:
            yield Spot(phrase("expected a file beside the map, got {source!r}", source=source[:80]), subject, path)
        elif given.folder is None:
            unseen += 1
        elif not _is_within(given.folder, source):
            yield Spot(
                phrase("expected a file within the folder of the map, got {source!r}", source=source[:80]),
                subject,
                path,
            )
        elif not (given.folder / source).is_file():
            yield Spot(phrase("there is no file {source!r}", source=source[:80]), subject, path)
    if unseen:
        message = phrase(
            "whether 1 picture is there: the map lies in no folder"
            if unseen == 1
            else "whether {unseen} pictures are there: the map lies in no folder",
            unseen=unseen,
        )
        yield Spot(message, checked=False)


def _pictures(given: Given) -> Iterator[tuple[str, Path, str]]:
    for persona in given.map.personas:
        if persona.picture is not None:
            yield f"persona/{persona.id}", given.path("persona", persona.id), persona.picture.source
    for _, cell in given.cells:
        if cell.picture is not None:
            yield cell.id, (*given.path("cell", cell.id), "picture"), cell.picture.source


def _is_within(folder: pathlib.Path, source: str) -> bool:
    try:
        return (folder / source).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return False


def _offered(message: Phrase, ident: str, known: Iterable[str]) -> Phrase:
    """A message with the name that may have been meant."""
    close = closest_names(ident, known, count=1)
    return phrase("{message}, did you mean {near}?", message=message, near=close[0]) if close else message


RULES = (
    Rule(
        "missing-document",
        "error",
        "A persona, metric or opportunity that the map names by its id is nowhere",
        phrase("write it into the map, or a document of its own beside it or in the workspace"),
        _missing_document,
    ),
    Rule(
        "unknown-persona",
        "error",
        "A lane is of a persona that the map does not have",
        phrase("add it to personas, by its id or whole"),
        _unknown_persona,
    ),
    Rule(
        "unknown-metric",
        "error",
        "A metric is placed at a step, or named by an opportunity, and the map does not have it",
        phrase("add it to metrics, by its id or whole"),
        _unknown_metric,
    ),
    Rule(
        "unknown-opportunity",
        "error",
        "A pain or a cell leads to an opportunity that the map does not have",
        phrase("add it to opportunities, by its id or whole"),
        _unknown_opportunity,
    ),
    Rule(
        "dead-link",
        "error",
        "The parent, the future state or the detail of a step is a map, or a step of it, that is nowhere",
        phrase("maps are looked for beside this one, and in the workspace"),
        _dead_link,
    ),
    Rule(
        "missing-picture",
        "error",
        "A picture is no file in the folder of the map and no data: address",
        phrase("put the file beside the map: picture: {{source: shop.jpg, alternative: The shop at noon}}"),
        _missing_picture,
    ),
)
