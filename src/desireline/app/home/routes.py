"""``/api/home``: what Home shows, and how people arrange it for themselves.

What takes long is worked out once for a state of the data; until it is there, the answer says in ``working`` how far it is, and whoever asks
comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from litestar import Router, delete, get, put
from msgspec import Struct

from desireline.accounts import Right, SignedIn, needs
from desireline.app.home import tables
from desireline.app.home.figures import key_figures
from desireline.app.home.findings import findings_feed
from desireline.app.home.freshness import source_freshness
from desireline.app.home.model import Figure, FindingEntry, HomePeriod, Mark, SourceFreshness, Tile
from desireline.app.home.periods import DEFAULT_PERIOD, home_period
from desireline.app.home.remembering import Ready, Working, remembered_of
from desireline.app.home.views import arranged, check_tiles, function_named, preset
from desireline.app.home.withholding import withheld_figures, withheld_findings
from desireline.base import InputError, phrase
from desireline.journeys.definitions import DEFINITIONS_FILE
from desireline.journeys.index.manifest import revision_of
from desireline.journeys.routes.reading import check_conditions
from desireline.journeys.selection import read_condition
from desireline.journeys.smallest_group import fewest_shown
from desireline.store import Workspace

T = TypeVar("T")
MOST_MARKED = 500


@dataclass(frozen=True, slots=True)
class HomeFigures:
    """The key figures; ``period`` is null where there is no interaction at all."""

    working: Working | None
    period: HomePeriod | None = None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeFindings:
    """The feed of findings: those that go on first; each strongest first."""

    working: Working | None
    findings: tuple[FindingEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeReason:
    """Why a map is to be looked at."""

    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class HomeMap:
    """A map to look at; ``staleness`` from 0 to 1, null where it cannot be told."""

    id: str
    title: str
    owner: str | None
    review_date: date | None
    reviewed: date | None
    staleness: float | None
    reasons: tuple[HomeReason, ...]


@dataclass(frozen=True, slots=True)
class HomeMaps:
    """The maps to review, the stalest first; ``total``: how many maps there are."""

    working: Working | None
    total: int = 0
    maps: tuple[HomeMap, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeSources:
    """The sources: silent and late ones first."""

    working: Working | None
    sources: tuple[SourceFreshness, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeView:
    """The tiles of a function in their order; ``is_own``: this person arranged them."""

    function: str
    is_own: bool
    tiles: tuple[Tile, ...]


class HomeArrangement(Struct, frozen=True, forbid_unknown_fields=True):
    """All tiles in the order that a person wants."""

    tiles: tuple[Tile, ...]


class FindingMarks(Struct, frozen=True, forbid_unknown_fields=True):
    """What a person does with findings; ``new`` takes it back."""

    findings: tuple[str, ...]
    mark: Mark


@get("/figures", sync_to_thread=True)
def get_figures(workspace: Workspace, user: SignedIn, period: str = DEFAULT_PERIOD, segment: str = "") -> HomeFigures:
    """The key figures of a period, ``28d`` or ``2026-05-01..2026-05-31``, beside the period before; of the customers of a segment."""
    check_conditions(user, {"segment": segment})
    chosen = read_condition(segment or None)
    found = home_period(workspace, period)
    if found is None:
        return HomeFigures(None)
    known = _remembered(
        workspace,
        ("figures", found, chosen, _definitions(workspace)),
        lambda progress: HomeFigures(None, found, key_figures(workspace, found, segment=chosen, progress=progress)),
        lambda working: HomeFigures(working, found),
    )
    return replace(known, figures=withheld_figures(known.figures, fewest_shown(workspace, user)))


@get("/findings", sync_to_thread=True)
def get_findings(workspace: Workspace, user: SignedIn) -> HomeFindings:
    """What changed, without being asked, with what this person did with it."""
    found = _remembered(
        workspace,
        ("findings", _definitions(workspace)),
        lambda progress: HomeFindings(None, findings_feed(workspace, progress=progress)),
        HomeFindings,
    )
    with workspace.database.reading() as connection:
        marks = tables.marks_of(connection, user.person)
    findings = withheld_findings(found.findings, fewest_shown(workspace, user))
    return replace(found, findings=tuple(replace(each, mark=marks.get(each.id, "new")) for each in findings))


@put("/findings", sync_to_thread=True, status_code=204)
def put_finding_marks(workspace: Workspace, user: SignedIn, data: FindingMarks) -> None:
    """Note what this person has seen or dismissed."""
    if len(data.findings) > MOST_MARKED or any(len(each) > 16 for each in data.findings):
        raise InputError(phrase("findings: expected at most {most} ids of 16 characters", most=MOST_MARKED))
    with workspace.database.writing() as connection:
        tables.mark_findings(connection, user.person, data.findings, data.mark)


@get("/maps", sync_to_thread=True)
def get_maps(workspace: Workspace, user: SignedIn) -> HomeMaps:
    """The maps that somebody has to look at, and why."""
    from desireline.evidence import review
    from desireline.maps.storing import WorkspaceLibrary

    library = WorkspaceLibrary(workspace)
    versions = tuple((each.kind, each.ident, each.number) for each in library.newest())
    total = sum(kind == "map" for kind, _, _ in versions)
    today = datetime.now(UTC).astimezone(workspace.zone).date()
    with_days = user.may(Right.SEE_CUSTOMERS)

    def compute(progress: Any) -> HomeMaps:
        found = review(workspace, library, today=today, with_days=with_days, progress=progress)
        return HomeMaps(
            None,
            total,
            tuple(
                HomeMap(
                    id=each.due.id,
                    title=each.due.title or each.due.id,
                    owner=each.due.owner,
                    review_date=each.due.review_date,
                    reviewed=each.due.reviewed,
                    staleness=None if each.staleness is None else each.staleness.value,
                    reasons=tuple(HomeReason(reason.kind, reason.message) for reason in each.due.reasons),
                )
                for each in found.maps
            ),
        )

    return _remembered(workspace, ("maps", versions, today, with_days, _definitions(workspace)), compute, HomeMaps)


@get("/sources", sync_to_thread=True)
def get_sources(workspace: Workspace) -> HomeSources:
    """When each source was last heard of."""
    now = datetime.now(UTC)

    def compute(progress: Any) -> HomeSources:
        return HomeSources(None, source_freshness(workspace, now=now, progress=progress))

    return _remembered(workspace, ("sources", now.astimezone(workspace.zone).date()), compute, HomeSources)


@get("/views/{function:str}", sync_to_thread=True)
def get_view(workspace: Workspace, user: SignedIn, function: str) -> HomeView:
    """The tiles of a function, as this person arranged them."""
    named = function_named(function)
    tiles = preset(workspace, named)
    with workspace.database.reading() as connection:
        saved = tables.saved_view(connection, user.person, named)
    return HomeView(named, saved is not None, tiles if saved is None else arranged(tiles, saved))


@put("/views/{function:str}", sync_to_thread=True)
def put_view(workspace: Workspace, user: SignedIn, function: str, data: HomeArrangement) -> HomeView:
    """Keep how this person wants a view."""
    named = function_named(function)
    check_tiles(data.tiles)
    with workspace.database.writing() as connection:
        tables.save_view(connection, user.person, named, data.tiles)
    return HomeView(named, True, arranged(preset(workspace, named), data.tiles))


@delete("/views/{function:str}", sync_to_thread=True, status_code=200)
def delete_view(workspace: Workspace, user: SignedIn, function: str) -> HomeView:
    """Back to what the function sees by default."""
    named = function_named(function)
    with workspace.database.writing() as connection:
        tables.forget_view(connection, user.person, named)
    return HomeView(named, False, preset(workspace, named))


router = Router(
    path="/home",
    route_handlers=[
        get_figures,
        get_findings,
        put_finding_marks,
        get_maps,
        get_sources,
        get_view,
        put_view,
        delete_view,
    ],
    guards=[needs(Right.LOOK)],
    tags=["home"],
)


def _remembered(
    workspace: Workspace, what: Hashable, compute: Callable[[Any], T], unfinished: Callable[[Working], T]
) -> T:
    key = (what, revision_of(workspace), repr(sorted(workspace.settings.items(), key=str)))
    found = remembered_of(workspace).ask(key, compute)
    return found.answer if isinstance(found, Ready) else unfinished(found)


def _definitions(workspace: Workspace) -> bytes:
    path = workspace.folder / DEFINITIONS_FILE
    return path.read_bytes() if path.exists() else b""
