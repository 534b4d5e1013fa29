"""CJML 2.0 (Customer Journey Modelling Language, SINTEF) as XML: planned journeys, out and in. Experimental.

No schema of version 2.0 is published; this follows the example on cjml.no and the files that its tools write. A step is a touchpoint: a communication
point where a channel is known, else an action. Its initiator is the end user. Journeys that were really taken (``actualJourney``) are read as maps,
too, with the ratings of their touchpoints (1 to 5) as emotion.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from desireline.base import InputError, phrase
from desireline.maps.document import fresh_id
from desireline.maps.formats.losses import Loss, Read, Written, claims_in, losses
from desireline.maps.model import JourneyMap, Step, TouchpointMention

_HELD = frozenset(
    {
        "title and id",
        "summary",
        "goals of phases",
        "summaries of steps",
        "personas",
        "touchpoints",
        "channels",
        claims_in("actions"),
    }
)
_MIDDLE = 3.0


def write_cjml(subject: JourneyMap) -> Written:
    """The map as a planned journey."""
    root = Element("CJML", version="2.0")
    journey = SubElement(root, "plannedJourney")
    _text(journey, "journeyID", subject.id)
    _text(journey, "journeyTitle", subject.title)
    phases = SubElement(journey, "journeyPhases")
    for phase in subject.phases:
        one = SubElement(phases, "journeyPhase", phaseID=phase.id)
        _text(one, "phaseName", phase.name)
        _text(one, "phaseDescription", phase.goal or "")
    if subject.summary:
        _text(journey, "journeyShortSummary", subject.summary)
    actors = SubElement(journey, "actors")
    for ident, name in _end_users(subject):
        _text(SubElement(actors, "endUser", actorID=ident), "actorName", name)
    company = subject.owner.department or subject.owner.name if subject.owner else "Company"
    _text(SubElement(actors, "serviceProvider", actorID="company"), "companyName", company)
    touchpoints = SubElement(journey, "touchpoints")
    for phase in subject.phases:
        for step in phase.steps:
            _write_step(touchpoints, subject, step, phase.id)
    ElementTree.indent(root)
    found = list(losses(subject, held=_HELD))
    several = sum(max(len(_mentions(subject, step)) - 1, 0) for step in subject.steps)
    if several:
        found.append(Loss("further channels of a step that has several", several))
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Written(content + b"\n", tuple(found))


def read_cjml(content: bytes) -> Read:
    """A map from the first journey of a file.

    Raises
    ------
    InputError
        It is no XML, no CJML, or has no journey.
    """
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise InputError(phrase("expected CJML, got what is no valid XML: {error}", error=error)) from error
    if _local(root) != "CJML":
        raise InputError(phrase("expected CJML, got XML that begins with <{local}>", local=_local(root)))
    journeys = [each for each in root if _local(each) in {"plannedJourney", "actualJourney"}]
    if not journeys:
        raise InputError(phrase("expected a plannedJourney or an actualJourney in the CJML, got none"))
    further = (Loss("further journeys of the file", len(journeys) - 1),) if len(journeys) > 1 else ()
    return Read(_Journey(journeys[0]).tree(), further)


class _Journey:
    def __init__(self, journey: Element) -> None:
        self.journey = journey
        self.ids: set[str] = set()
        self.cells: dict[str, list[dict[str, Any]]] = {"actions": [], "touchpoints": [], "emotion": []}

    def tree(self) -> dict[str, object]:
        title = self._said("journeyTitle") or self._said("journeyID") or "Journey"
        tree: dict[str, object] = {
            "desireline": "map/1",
            "id": fresh_id(self._said("journeyID") or title, ()),
            "title": title,
        }
        summary = " ".join(
            part for part in (self._said("journeyShortSummary"), self._said("journeyLongSummary")) if part
        )
        if summary:
            tree["summary"] = summary
        personas = list(self._personas())
        if personas:
            tree["personas"] = personas
        tree["phases"] = self._phases()
        tree["lanes"] = [{"id": role, "role": role, "cells": cells} for role, cells in self.cells.items() if cells]
        return tree

    def _said(self, name: str) -> str:
        return _said(self.journey, name)

    def _personas(self) -> Iterator[dict[str, str]]:
        taken: set[str] = set()
        for actor in (each for each in self.journey.iter() if _local(each) == "endUser"):
            name = _said(actor, "actorName") or actor.get("actorID") or ""
            if name:
                ident = fresh_id(name, taken)
                taken.add(ident)
                yield {"id": ident, "name": name}

    def _phases(self) -> list[dict[str, Any]]:
        phases: dict[str, dict[str, Any]] = {}
        for each in (found for found in self.journey.iter() if _local(found) == "journeyPhase"):
            said = (each.get("phaseID") or "").strip()
            phases[said] = self._phase(_said(each, "phaseName") or said, _said(each, "phaseDescription"))
        for each in self.journey.iter():
            if _local(each) in _KINDS:
                said = next((one.get("phaseIDref") or "" for one in each if _local(one) == "belongsTo"), "").strip()
                if said not in phases:
                    phases[said] = self._phase(said or "Journey", "")
                phases[said]["steps"].append(self._step(each))
        return list(phases.values())

    def _phase(self, name: str, goal: str) -> dict[str, Any]:
        ident = fresh_id(name or "phase", self.ids)
        self.ids.add(ident)
        return {"id": ident, "name": name or "Phase", **({"goal": goal} if goal else {}), "steps": []}

    def _step(self, each: Element) -> dict[str, Any]:
        name = _said(each, "initiatorLabel") or _said(each, "receiverLabel") or _said(each, "touchpointID") or "Step"
        ident = fresh_id(_said(each, "touchpointID") or name, self.ids)
        self.ids.add(ident)
        channel, comment = _said(each, "channelName"), _said(each, "comment")
        if channel:
            mention = {"name": _said(each, "receiverLabel") or name, "channel": channel}
            self.cells["touchpoints"].append({"id": f"t-{ident}", "step": ident, "touchpoints": [mention]})
        self._feeling(each, ident)
        return {"id": ident, "name": name, **({"summary": comment} if comment else {})}

    def _feeling(self, each: Element, ident: str) -> None:
        try:
            rating = float(_said(each, "experienceRating"))
        except ValueError:
            return
        if 1 <= rating <= 5:
            word = _said(each, "experienceDescription")
            cell = {"id": f"e-{ident}", "step": ident, "emotion": rating - _MIDDLE}
            self.cells["emotion"].append({**cell, **({"word": word} if word else {})})


_KINDS = frozenset({"plannedAction", "plannedCommunicationPoint", "actualAction", "actualCommunicationPoint"})


def _write_step(parent: Element, subject: JourneyMap, step: Step, phase: str) -> None:
    mentions = _mentions(subject, step)
    kind = "plannedCommunicationPoint" if mentions else "plannedAction"
    one = SubElement(parent, kind)
    _text(one, "touchpointID", step.id)
    SubElement(one, "belongsTo", phaseIDref=phase)
    _side(one, "initiator", _end_users(subject)[0][0], step.name)
    if mentions:
        _side(one, "receiver", "company", mentions[0].name)
        _text(SubElement(one, "channel"), "channelName", mentions[0].channel or "Other")
    actions = [claim.text for claim in _claims(subject, step)]
    if step.summary or actions:
        _text(one, "comment", "; ".join([*([step.summary] if step.summary else []), *actions]))


def _side(parent: Element, name: str, actor: str, label: str) -> None:
    side = SubElement(parent, name)
    SubElement(side, "refersTo", actorIDref=actor)
    _text(side, f"{name}Label", label)


def _end_users(subject: JourneyMap) -> list[tuple[str, str]]:
    return [(persona.id, persona.name) for persona in subject.personas] or [("customer", "Customer")]


def _mentions(subject: JourneyMap, step: Step) -> list[TouchpointMention]:
    lanes = [lane for lane in subject.lanes if lane.role == "touchpoints"]
    return [each for lane in lanes for cell in lane.cells if cell.step == step.id for each in cell.touchpoints]


def _claims(subject: JourneyMap, step: Step) -> list[Any]:
    lanes = [lane for lane in subject.lanes if lane.role == "actions"]
    return [claim for lane in lanes for cell in lane.cells if cell.step == step.id for claim in cell.claims]


def _text(parent: Element, name: str, said: str) -> None:
    SubElement(parent, name).text = "".join(sign if sign in "\t\n" or sign >= " " else " " for sign in said)


def _said(parent: Element, name: str) -> str:
    found = next((each for each in parent.iter() if _local(each) == name), None)
    return " ".join((found.text or "").split()) if found is not None else ""


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
