"""The library: maps as cards, other documents as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Annotated, Any

from litestar import get
from litestar.params import QueryParameter

from desireline.base import reading_language
from desireline.maps.answers import (
    CatalogueAnswer,
    CatalogueChannelAnswer,
    CatalogueTouchpointAnswer,
    DocumentList,
    DocumentProblem,
    DocumentRow,
    LaneRoleAnswer,
    LibraryAnswer,
    MapAbove,
    MapCard,
    MapScope,
    MapSteps,
    NamedThing,
    ReasonKind,
    TemplateAnswer,
    TemplatesAnswer,
)
from desireline.maps.catalogue import ICONS, read_catalogue
from desireline.maps.document import Document, Kind
from desireline.maps.model import BLUEPRINT_LINES, LANE_LABELS, LANE_ROLES
from desireline.maps.routes.paths import kind_named, today_in
from desireline.maps.searching import place_of
from desireline.maps.storing import WorkspaceLibrary, document_of
from desireline.maps.tables import Version
from desireline.maps.templates import told_templates
from desireline.maps.templates.telling import told_text
from desireline.store import Workspace

Search = Annotated[
    str, QueryParameter(description="Words that a document has, whatever their capitals.", max_length=200)
]
_LISTED: dict[Kind, str] = {"persona": "personas", "metric": "metrics", "opportunity": "opportunities"}


@get("/library", sync_to_thread=True)
def library(
    workspace: Workspace,
    search: Search = "",
    level: str | None = None,
    map_state: Annotated[str | None, QueryParameter(name="state")] = None,
    tag: str | None = None,
    persona: str | None = None,
    journey: str | None = None,
) -> LibraryAnswer:
    """The maps of the workspace, those that were changed last first."""
    found = WorkspaceLibrary(workspace)
    names = {each.ident: _name(document.tree) for each, document in _documents(found, "persona")}
    today = today_in(workspace)
    cards = [_card(document, version, names, today, search) for version, document in _documents(found, "map")]
    wanted = {"level": level, "state": map_state, "journey": journey}
    chosen = [
        card
        for card in cards
        if card is not None
        and all(value in (None, getattr(card, name)) for name, value in wanted.items())
        and (tag is None or tag in card.tags)
        and (persona is None or persona in (each.id for each in card.personas))
    ]
    problems = tuple(DocumentProblem(each.where, each.message) for each in found.taken.problems)
    return LibraryAnswer(tuple(sorted(chosen, key=lambda card: card.saved_at, reverse=True)), len(cards), problems)


@get("/documents/{kind:str}", sync_to_thread=True)
def documents(workspace: Workspace, kind: str, search: Search = "") -> DocumentList:
    """The documents of a kind, by name, with the maps that name each."""
    chosen = kind_named(kind)
    found = WorkspaceLibrary(workspace)
    uses = _uses(found, chosen)
    rows = [
        _row(document, version, uses.get(version.ident, ()))
        for version, document in _documents(found, chosen)
        if place_of(document.tree, search) is not None
    ]
    return DocumentList(tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.id))))


@get("/steps", sync_to_thread=True)
def steps_of_maps(workspace: Workspace) -> tuple[MapSteps, ...]:
    """All maps with their steps, by title."""
    found = (document.tree for _, document in _documents(WorkspaceLibrary(workspace), "map"))
    maps = (MapSteps(str(tree["id"]), str(tree["title"]), tuple(_steps(tree))) for tree in found)
    return tuple(sorted(maps, key=lambda each: (each.title.casefold(), each.id)))


@get("/templates", sync_to_thread=False)
def templates() -> TemplatesAnswer:
    """The maps to begin with, and what each is for."""
    return TemplatesAnswer(
        tuple(
            TemplateAnswer(each.name, each.purpose, each.title, each.phases, each.steps, each.lanes)
            for each in told_templates(reading_language())
        )
    )


@get("/catalogue", sync_to_thread=True)
def catalogue(workspace: Workspace) -> CatalogueAnswer:
    """What pickers offer: channels, usual touchpoints, roles of lanes, icons."""
    found, told = read_catalogue(workspace.folder), partial(told_text, language=reading_language())
    return CatalogueAnswer(
        channels=tuple(CatalogueChannelAnswer(each.channel, told(each.name), each.icon) for each in found.channels),
        touchpoints=tuple(
            CatalogueTouchpointAnswer(told(each.name), each.phases, each.channels, each.icon, told(each.summary))
            for each in found.touchpoints
        ),
        lane_roles=tuple(LaneRoleAnswer(each, LANE_LABELS[each], BLUEPRINT_LINES.get(each)) for each in LANE_ROLES),
        icons=ICONS,
    )


def _documents(found: WorkspaceLibrary, kind: Kind) -> Iterator[tuple[Version, Document]]:
    for version in found.newest(kind):
        document = document_of(found.workspace, version)
        if document is not None:
            yield version, document


def _steps(tree: Mapping[str, Any]) -> Iterator[NamedThing]:
    for phase in tree["phases"]:
        for step in phase.get("steps") or ():
            yield NamedThing(str(step["id"]), str(step["name"]))


def _card(document: Document, version: Version, names: Mapping[str, str], today: date, search: str) -> MapCard | None:
    """The card of a map; ``None`` where it has not what is searched for."""
    tree = document.tree
    place = place_of(tree, search)
    if place is None:
        return None
    steps = [step for phase in tree["phases"] for step in phase.get("steps") or ()]
    owner = tree.get("owner") or {}
    return MapCard(
        id=document.id,
        title=str(tree["title"]),
        summary=str(tree.get("summary") or ""),
        level=str(tree.get("level", "journey")),
        state=str(tree.get("state", "current")),
        journey=tree.get("journey"),
        tags=tuple(tree.get("tags") or ()),
        scope=_scope(tree.get("scope") or {}),
        parent=_above(tree.get("parent")),
        below=tuple(str(step["map"]) for step in steps if step.get("map")),
        future=tree.get("future"),
        owner=owner.get("name"),
        department=owner.get("department"),
        review_date=tree.get("review_date"),
        reviewed=tree.get("reviewed"),
        personas=tuple(_persona(each, names) for each in tree.get("personas") or ()),
        phases=len(tree["phases"]),
        steps=len(steps),
        bound=sum(step.get("binding") is not None for step in steps),
        version=version.number,
        author=version.author,
        saved_at=version.saved_at,
        reasons=tuple(_reasons(tree, today)),
        found=place,
    )


def _scope(said: Mapping[str, Any]) -> MapScope:
    return MapScope(said.get("segment"), said.get("product"), said.get("market"), bool(said.get("employees")))


def _above(said: Mapping[str, Any] | None) -> MapAbove | None:
    return None if said is None else MapAbove(str(said["map"]), said.get("step"))


def _persona(said: Any, names: Mapping[str, str]) -> NamedThing:
    if isinstance(said, Mapping):
        return NamedThing(str(said["id"]), _name(said))
    return NamedThing(str(said), names.get(str(said), str(said)))


def _reasons(tree: Mapping[str, Any], today: date) -> Iterator[ReasonKind]:
    due = tree.get("review_date")
    if due and str(due) < today.isoformat():
        yield "overdue"
    if not tree.get("reviewed"):
        yield "never-reviewed"


def _uses(found: WorkspaceLibrary, kind: Kind) -> dict[str, tuple[NamedThing, ...]]:
    """By id of a document the maps that name it."""
    uses: dict[str, tuple[NamedThing, ...]] = {}
    field = _LISTED.get(kind)
    if field is None:
        return uses
    for version, document in _documents(found, "map"):
        for each in document.tree.get(field) or ():
            if isinstance(each, str):
                uses[each] = (*uses.get(each, ()), NamedThing(version.ident, str(document.tree["title"])))
    return uses


def _row(document: Document, version: Version, maps: tuple[NamedThing, ...]) -> DocumentRow:
    tree = document.tree
    return DocumentRow(
        kind=version.kind,
        id=version.ident,
        name=_name(tree),
        summary=str(tree.get("summary") or tree.get("quote") or ""),
        version=version.number,
        author=version.author,
        saved_at=version.saved_at,
        maps=maps,
    )


def _name(tree: Mapping[str, Any]) -> str:
    return str(tree.get("name") or tree.get("title") or tree.get("id"))
