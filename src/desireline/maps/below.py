"""The maps below a map: those that show it, or one of its steps, in detail, and those below them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from desireline.maps.document import Document
from desireline.maps.library import Library


def maps_below(library: Library, map_id: str) -> tuple[Document, ...]:
    """The maps below one, nearest first, each once; not the map itself.

    A map is below another if it names it as its parent, or if a step of that one names it.
    """
    documents = {ident: library.find("map", ident) for ident in library.idents("map")}
    trees = {ident: document.tree for ident, document in documents.items() if document is not None}
    found = dict.fromkeys([map_id])
    waiting = [map_id]
    while waiting:
        upper = waiting.pop(0)
        new = [each for each in _children(trees, upper) if each in trees and each not in found]
        found.update(dict.fromkeys(new))
        waiting += dict.fromkeys(new)
    return tuple(each for ident in found if ident != map_id and (each := documents[ident]) is not None)


def _children(trees: Mapping[str, Mapping[str, Any]], upper: str) -> Iterator[str]:
    for phase in trees.get(upper, {}).get("phases") or ():
        yield from (str(step["map"]) for step in phase.get("steps") or () if step.get("map"))
    for ident, tree in trees.items():
        if (tree.get("parent") or {}).get("map") == upper:
            yield ident
