"""The opportunities of a library: those that its maps hold or name, and those that no map names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desireline.base import UnknownNameError, closest_names, phrase
from desireline.maps import JourneyMap, Library, Metric, Opportunity, read_map, read_metric, read_opportunity
from desireline.maps.document import Document, Kind


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


def holder_of(library: Library, ident: str) -> Holder:
    """Where an opportunity is kept: the first one that is met counts, as in the ranking.

    Raises
    ------
    UnknownNameError
        No map has it, and there is no such document.
    """
    known: list[str] = library.idents("opportunity")
    for map_ident in library.idents("map"):
        document = library.find("map", map_ident)
        for each in [] if document is None else document.tree.get("opportunities") or []:
            found = each.get("id") if isinstance(each, Mapping) else each
            known.append(str(found))
            if found == ident and document is not None:
                own = None if isinstance(each, Mapping) else library.find("opportunity", ident)
                if own is not None:
                    return Holder("opportunity", own)
                if isinstance(each, Mapping):
                    return Holder("map", document)
    own = library.find("opportunity", ident)
    if own is not None:
        return Holder("opportunity", own)
    close = closest_names(ident, known)
    hint = (
        phrase("did you mean {close}?", close=", ".join(close))
        if close
        else phrase("known: {known}", known=", ".join(sorted(set(known))[:20]) or phrase("none"))
    )
    raise UnknownNameError(phrase("there is no opportunity {ident!r}", ident=ident), hint=hint)
