"""What each function sees, and how a person arranged it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desireline.app.home.model import FUNCTIONS, Function, Tile
from desireline.base import InputError, UnknownNameError, closest_names, phrase
from desireline.journeys.definitions import read_definitions
from desireline.store import Workspace

FIGURES = (
    "customers",
    "interactions",
    "contacts",
    "first_contact_resolution",
    "containment",
    "wait",
    "abandoned",
    "transferred",
    "nps",
    "csat",
    "ces",
    "effort",
    "cost_per_need",
    "cost_per_resolved",
    "email_reached",
    "email_opened",
    "email_clicked",
    "campaign_visits",
)
PANELS = ("panel:findings", "panel:maps", "panel:freshness")
MOST_TILES = 400
_CONVERSIONS = "conversions"
"""Stands for the figures of all journey definitions."""
_SHOWN: dict[Function, tuple[str, ...]] = {
    "overview": (
        "customers",
        "contacts",
        "first_contact_resolution",
        "containment",
        "nps",
        "csat",
        "effort",
        _CONVERSIONS,
    ),
    "marketing": (
        "customers",
        "email_reached",
        "email_opened",
        "email_clicked",
        "campaign_visits",
        _CONVERSIONS,
        "nps",
    ),
    "sales": (_CONVERSIONS, "customers", "nps", "abandoned"),
    "service": (
        "contacts",
        "first_contact_resolution",
        "wait",
        "abandoned",
        "transferred",
        "containment",
        "csat",
        "effort",
    ),
    "product": ("customers", "containment", "effort", "ces", _CONVERSIONS),
    "finance": ("cost_per_need", "cost_per_resolved", "contacts", "containment", "customers", _CONVERSIONS),
}


def function_named(text: str) -> Function:
    """The function with this name.

    Raises
    ------
    UnknownNameError
        There is none.
    """
    for function in FUNCTIONS:
        if function == text:
            return function
    close = closest_names(text, FUNCTIONS, count=1)
    hint = (
        phrase("did you mean {close}?", close=close[0])
        if close
        else phrase("there are: {known}", known=", ".join(FUNCTIONS))
    )
    raise UnknownNameError(phrase("there is no view {text!r}", text=text), hint=hint)


def preset(workspace: Workspace, function: Function) -> tuple[Tile, ...]:
    """All tiles as a function sees them before anybody arranges them: those of the function, then the others, hidden."""
    conversions = [f"conversion:{each.ident}" for each in read_definitions(workspace)]
    shown = _spelled_out(_SHOWN[function], conversions)
    others = [each for each in _spelled_out((*FIGURES, _CONVERSIONS), conversions) if each not in shown]
    figures = [Tile(f"figure:{each}", hidden=each in others) for each in (*shown, *others)]
    return (*figures, *(Tile(each, "large" if each == "panel:findings" else "small") for each in PANELS))


def arranged(tiles: Sequence[Tile], saved: Sequence[Tile]) -> tuple[Tile, ...]:
    """Tiles in the order, size and visibility that somebody saved.

    What is not there any more is left out; what is new stands behind the tile before it, as the preset has it.
    """
    known = {each.id for each in tiles}
    found = list({each.id: each for each in saved if each.id in known}.values())
    for place, tile in enumerate(tiles):
        if all(each.id != tile.id for each in found):
            before = tiles[place - 1].id if place else None
            found.insert(next((at + 1 for at, each in enumerate(found) if each.id == before), 0), tile)
    return tuple(found)


def check_tiles(tiles: Sequence[Tile]) -> None:
    """Refuse what no arrangement can be.

    Raises
    ------
    InputError
        A tile is named twice, or there are too many.
    """
    if len(tiles) > MOST_TILES:
        raise InputError(phrase("tiles: expected at most {most}, got {count}", most=MOST_TILES, count=len(tiles)))
    seen: set[str] = set()
    for tile in tiles:
        if tile.id in seen:
            raise InputError(phrase("tiles: expected each tile once, got {id!r} twice", id=tile.id))
        if not tile.id.startswith(("figure:", "panel:")) or len(tile.id) > 100:
            raise InputError(phrase("tiles: expected figure:NAME or panel:NAME, got {id!r}", id=tile.id[:100]))
        seen.add(tile.id)


def _spelled_out(names: Iterable[str], conversions: Sequence[str]) -> list[str]:
    return [each for name in names for each in (conversions if name == _CONVERSIONS else [name])]
