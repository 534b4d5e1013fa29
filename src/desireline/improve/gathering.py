"""The opportunities of a library: those that its maps hold or name, and those that no map names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desireline.base import UnknownNameError, closest_names, phrase
from desireline.maps import JourneyMap, Library, Metric, Opportunity, read_map, read_metric, read_opportunity
from desireline.maps.document import Document, Kind
from desireline.maps.library import RememberingLibrary


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a library has.

    Attributes
    ----------
    metrics
        By id: those of the library, and those that maps define; the library's first.
    """

    maps: tuple[JourneyMap, ...]
    further: tuple[Opportunity, ...]
    metrics: Mapping[str, Metric] = field(default_factory=dict)


def gather(library: Library) -> Gathered:
    """All maps, and the opportunities that are documents of their own.

    Raises
    ------
    InputError
        A document cannot be used.
    """
    library = RememberingLibrary(library)
    maps = [document for ident in library.idents("map") if (document := library.find("map", ident))]
    own = [document for ident in library.idents("opportunity") if (document := library.find("opportunity", ident))]
    metrics = [document for ident in library.idents("metric") if (document := library.find("metric", ident))]
    read = tuple(read_map(each, library) for each in maps)
    known = {each.id: each for one in reversed(read) for each in one.metrics}
    known.update({each.id: each for each in map(read_metric, metrics)})
    return Gathered(read, tuple(read_opportunity(each) for each in own), known)


@dataclass(frozen=True, slots=True)
class Holder:
    """The document that says what an opportunity is: a map, or one of its own."""

    kind: Kind
    document: Document

    def entry(self, tree: Mapping[str, Any], ident: str) -> Any:
        """The opportunity in the tree of the document."""
        if self.kind == "opportunity":
            return tree
        return next(each for each in tree["opportunities"] if isinstance(each, Mapping) and each.get("id") == ident)


def standing(state: str, solutions: Sequence[Sequence[Any]]) -> tuple[bool, bool]:
    """Which counts of several maps that say what an opportunity is: the least, of equal ones the first by the id of the map.

    One with tasks comes before one without, for a copy of a map has none; then a map of how it is before a future state.

    Parameters
    ----------
    solutions
        The tasks of each.
    """
    return not any(solutions), state == "future"


def holders(library: Library) -> dict[str, Holder]:
    """Where each opportunity is kept; of several documents that say what it is the one that :func:`standing` names counts."""
    found: dict[str, list[tuple[tuple[bool, bool], Holder]]] = {}
    for map_ident in library.idents("map"):
        document = library.find("map", map_ident)
        if document is None:
            continue
        for each in document.tree.get("opportunities") or []:
            ident = str(each.get("id") if isinstance(each, Mapping) else each)
            holder = Holder("map", document) if isinstance(each, Mapping) else _own(library, ident)
            if holder is not None:
                state = str(document.tree.get("state") or "current")
                found.setdefault(ident, []).append((standing(state, _tasks(holder, ident)), holder))
    chosen = {ident: min(each, key=lambda pair: pair[0])[1] for ident, each in found.items()}
    own = {ident: holder for ident in library.idents("opportunity") if (holder := _own(library, ident))}
    return {**own, **chosen}


def holder_of(library: Library, ident: str) -> Holder:
    """Where an opportunity is kept.

    Raises
    ------
    UnknownNameError
        No map has it, and there is no such document.
    """
    known = holders(library)
    if ident in known:
        return known[ident]
    close = closest_names(ident, sorted(known))
    hint = (
        phrase("did you mean {close}?", close=", ".join(close))
        if close
        else phrase("known: {known}", known=", ".join(sorted(known)[:20]) or phrase("none"))
    )
    raise UnknownNameError(phrase("there is no opportunity {ident!r}", ident=ident), hint=hint)


def _own(library: Library, ident: str) -> Holder | None:
    document = library.find("opportunity", ident)
    return None if document is None else Holder("opportunity", document)


def _tasks(holder: Holder, ident: str) -> list[Sequence[Any]]:
    return [each.get("tasks") or [] for each in holder.entry(holder.document.tree, ident).get("solutions") or []]
