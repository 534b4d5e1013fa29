"""Maps, personas, metrics, opportunities read from documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, TypeVar

from desireline.base import InputError, phrase
from desireline.interactions import Condition, condition_from_dict, parse_condition
from desireline.maps.checking import check_document
from desireline.maps.document import Document, Kind
from desireline.maps.library import EMPTY_LIBRARY, Library
from desireline.maps.model import (
    LANE_LABELS,
    BehaviourScale,
    Binding,
    Cell,
    Claim,
    Evidence,
    JourneyMap,
    Lane,
    LinkedMap,
    Metric,
    MetricPlacement,
    MetricValue,
    Opportunity,
    Owner,
    Parent,
    Persona,
    Phase,
    Picture,
    Scope,
    Solution,
    Step,
    Task,
    TouchpointMention,
)

T = TypeVar("T")
Fields = Mapping[str, Any]


def read_map(document: Document, library: Library = EMPTY_LIBRARY) -> JourneyMap:
    """The map that a document says.

    Parameters
    ----------
    library
        Where personas, metrics and opportunities are that it only names; what is not found there is in ``missing``.

    Raises
    ------
    InputError
        It is no map, or breaks the schema; all problems are listed.
    """
    _expect(document, "map")
    tree = document.tree
    missing: list[str] = []
    return JourneyMap(
        id=tree["id"],
        title=tree["title"],
        phases=tuple(_phase(each) for each in tree["phases"]),
        lanes=tuple(_lane(each) for each in tree.get("lanes") or []),
        summary=tree.get("summary"),
        goal=tree.get("goal"),
        level=tree.get("level", "journey"),
        state=tree.get("state", "current"),
        language=tree.get("language"),
        scope=_scope(tree.get("scope") or {}),
        journey=tree.get("journey"),
        personas=_named(tree, "persona", _persona, library, missing),
        metrics=_named(tree, "metric", _metric, library, missing),
        opportunities=_named(tree, "opportunity", _opportunity, library, missing),
        owner=_maybe(_owner, tree.get("owner")),
        review_date=_maybe(date.fromisoformat, tree.get("review_date")),
        reviewed=_maybe(date.fromisoformat, tree.get("reviewed")),
        reviewed_by=tree.get("reviewed_by"),
        tags=tuple(tree.get("tags") or ()),
        parent=_maybe(lambda each: Parent(each["map"], each.get("step")), tree.get("parent")),
        future=tree.get("future"),
        missing=tuple(missing),
        linked=tuple(_linked(tree, library)),
    )


def _linked(tree: Fields, library: Library) -> Iterator[LinkedMap]:
    """The other maps that a map names, each once; one that cannot be read is passed over."""
    parent = tree.get("parent") or {}
    below = [step.get("map") for phase in tree["phases"] for step in phase.get("steps") or []]
    for ident in dict.fromkeys(each for each in (parent.get("map"), *below) if each is not None):
        found = library.find("map", ident)
        if found is not None:
            with suppress(InputError, KeyError, TypeError, AttributeError):
                yield _link(found.tree, ident, parent.get("step") if ident == parent.get("map") else None)


def _link(tree: Fields, ident: str, step: str | None) -> LinkedMap:
    steps = (each for phase in tree["phases"] for each in phase.get("steps") or [])
    return LinkedMap(ident, str(tree["title"]), next((str(each["name"]) for each in steps if each["id"] == step), None))


def read_persona(document: Document) -> Persona:
    """The persona that a document says; raises InputError where it cannot be used."""
    _expect(document, "persona")
    return _persona(document.tree)


def read_metric(document: Document) -> Metric:
    """The metric that a document says; raises InputError where it cannot be used."""
    _expect(document, "metric")
    return _metric(document.tree)


def read_opportunity(document: Document) -> Opportunity:
    """The opportunity that a document says; raises InputError where it cannot be used."""
    _expect(document, "opportunity")
    return _opportunity(document.tree)


def _expect(document: Document, kind: Kind) -> None:
    if document.kind != kind:
        raise InputError(
            phrase(
                "{origin}: expected desireline: {kind}/1, got a {kind_2}",
                origin=document.origin,
                kind=kind,
                kind_2=document.kind,
            )
        )
    check_document(document)


_PLURALS = {"persona": "personas", "metric": "metrics", "opportunity": "opportunities"}


def _named(
    tree: Fields, kind: Kind, read: Callable[[Fields], T], library: Library, missing: list[str]
) -> tuple[T, ...]:
    """What a map holds itself, and what it names and the library has."""
    found = []
    for each in tree.get(_PLURALS[kind]) or []:
        if not isinstance(each, str):
            found.append(read(each))
            continue
        document = library.find(kind, each)
        if document is None:
            missing.append(f"{kind}/{each}")
            continue
        _expect(document, kind)
        found.append(read(document.tree))
    return tuple(found)


def _phase(said: Fields) -> Phase:
    return Phase(said["id"], said["name"], said.get("goal"), tuple(_step(each) for each in said.get("steps") or []))


def _step(said: Fields) -> Step:
    moment = said.get("moment_of_truth")
    following = said.get("next")
    return Step(
        id=said["id"],
        name=said["name"],
        summary=said.get("summary"),
        optional=bool(said.get("optional", False)),
        next=None if following is None else tuple(following),
        moment_of_truth=moment if isinstance(moment, str) else "" if moment else None,
        binding=_maybe(_binding, said.get("binding")),
        metrics=tuple(_placement(each) for each in said.get("metrics") or []),
        map=said.get("map"),
    )


def _binding(said: Fields) -> Binding:
    return Binding(_condition(said["where"]), said.get("count", "each"))


def _placement(said: str | Fields) -> MetricPlacement:
    if isinstance(said, str):
        return MetricPlacement(said)
    return MetricPlacement(said["metric"], said.get("target"), said.get("attention"))


def _lane(said: Fields) -> Lane:
    return Lane(
        id=said["id"],
        role=said["role"],
        label=said.get("label") or LANE_LABELS[said["role"]],
        persona=said.get("persona"),
        line=said.get("line", "current"),
        cells=tuple(_cell(each) for each in said.get("cells") or []),
    )


def _cell(said: Fields) -> Cell:
    return Cell(
        id=said["id"],
        step=said["step"],
        until=said.get("until"),
        claims=tuple(_claim(each) for each in said.get("claims") or []),
        emotion=said.get("emotion"),
        word=said.get("word"),
        tension=said.get("tension"),
        touchpoints=tuple(
            TouchpointMention(each["name"], each.get("channel")) for each in said.get("touchpoints") or []
        ),
        picture=_maybe(_picture, said.get("picture")),
        opportunities=tuple(said.get("opportunities") or ()),
    )


def _claim(said: str | Fields) -> Claim:
    if isinstance(said, str):
        return Claim(said)
    return Claim(
        text=said["text"],
        confidence=said.get("confidence"),
        reviewed=_maybe(date.fromisoformat, said.get("reviewed")),
        evidence=tuple(_evidence(each) for each in said.get("evidence") or []),
        opportunities=tuple(said.get("opportunities") or ()),
    )


def _evidence(said: Fields) -> Evidence:
    return Evidence(
        kind=said["kind"],
        source=said.get("source"),
        quote=said.get("quote"),
        n=said.get("n"),
        date=_maybe(date.fromisoformat, said.get("date")),
        address=said.get("address"),
    )


def _persona(said: Fields) -> Persona:
    return Persona(
        id=said["id"],
        name=said["name"],
        summary=said.get("summary"),
        quote=said.get("quote"),
        picture=_maybe(_picture, said.get("picture")),
        goals=tuple(said.get("goals") or ()),
        needs=tuple(said.get("needs") or ()),
        behaviour=tuple(
            BehaviourScale(each["low"], each["high"], each["value"]) for each in said.get("behaviour") or []
        ),
        share=said.get("share"),
        segment=_maybe(_condition, said.get("segment")),
    )


def _metric(said: Fields) -> Metric:
    return Metric(
        id=said["id"],
        name=said["name"],
        kind=said["kind"],
        summary=said.get("summary"),
        unit=said.get("unit"),
        direction=said.get("direction") or ("lower" if said["kind"] in _LOWER_IS_BETTER else "higher"),
        target=said.get("target"),
        attention=said.get("attention"),
        owner=_maybe(_owner, said.get("owner")),
        values=tuple(
            MetricValue(each["value"], date.fromisoformat(each["date"]), each.get("n"), each.get("source"))
            for each in said.get("values") or []
        ),
    )


_LOWER_IS_BETTER = frozenset({"drop-off", "median-time", "effort", "cost"})


def _opportunity(said: Fields) -> Opportunity:
    return Opportunity(
        id=said["id"],
        title=said["title"],
        summary=said.get("summary"),
        customer_value=said.get("customer_value"),
        business_value=said.get("business_value"),
        effort=said.get("effort"),
        reach=said.get("reach"),
        impact=said.get("impact"),
        confidence=said.get("confidence"),
        ease=said.get("ease"),
        person_months=said.get("person_months"),
        metrics=tuple(said.get("metrics") or ()),
        evidence=tuple(_evidence(each) for each in said.get("evidence") or []),
        status=said.get("status", "open"),
        owner=_maybe(_owner, said.get("owner")),
        solutions=tuple(_solution(each) for each in said.get("solutions") or []),
    )


def _solution(said: Fields) -> Solution:
    return Solution(
        id=said["id"],
        title=said["title"],
        summary=said.get("summary"),
        status=said.get("status", "idea"),
        shipped=_maybe(date.fromisoformat, said.get("shipped")),
        tasks=tuple(_task(each) for each in said.get("tasks") or []),
    )


def _task(said: Fields) -> Task:
    return Task(
        id=said["id"],
        title=said["title"],
        department=said.get("department"),
        owner=_maybe(_owner, said.get("owner")),
        due=_maybe(date.fromisoformat, said.get("due")),
        kpi=said.get("kpi"),
        status=said.get("status", "open"),
    )


def _scope(said: Fields) -> Scope:
    return Scope(
        segment=said.get("segment"),
        product=said.get("product"),
        market=said.get("market"),
        employees=bool(said.get("employees", False)),
        where=_maybe(_condition, said.get("where")),
    )


def _owner(said: Fields) -> Owner:
    return Owner(said["name"], said.get("department"), said.get("email"))


def _picture(said: Fields) -> Picture:
    return Picture(said["source"], said.get("alternative", ""))


def _condition(said: str | Fields) -> Condition:
    return parse_condition(said) if isinstance(said, str) else condition_from_dict(said)


def _maybe(read: Callable[[Any], T], said: Any) -> T | None:
    return None if said is None else read(said)
