"""What the rules of the linter look at."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desireline.maps.document import Document, Path
from desireline.maps.library import EMPTY_LIBRARY, Library
from desireline.maps.measured import Measured
from desireline.maps.model import Cell, Claim, JourneyMap, Lane


@dataclass(frozen=True, slots=True)
class Given:
    """One map, and what is known around it.

    Attributes
    ----------
    folder
        Where its picture files lie; ``None``: they cannot be had.
    measured
        What happened at its steps; ``None``: not measured.
    paths
        Places in the document by kind and id: ``("step", "pay")``.
    """

    document: Document
    map: JourneyMap
    today: date
    library: Library = EMPTY_LIBRARY
    folder: pathlib.Path | None = None
    measured: Measured | None = None
    paths: Mapping[tuple[str, str], Path] = field(default_factory=dict)

    def path(self, kind: str, ident: str) -> Path:
        """The place of a phase, step, lane, cell, persona, metric or opportunity; of the document where it has none."""
        return self.paths.get((kind, ident), ())

    def thing_at(self, path: Path) -> tuple[str, str] | None:
        """The kind and the id of the innermost thing that a place of the document lies in; ``None``: the map."""
        holding = [(len(of), thing) for thing, of in self.paths.items() if path[: len(of)] == of]
        return max(holding, default=(0, None), key=lambda each: each[0])[1]

    @property
    def cells(self) -> Iterator[tuple[Lane, Cell]]:
        """The cells of all lanes."""
        return ((lane, cell) for lane in self.map.lanes for cell in lane.cells)

    @property
    def claims(self) -> Iterator[tuple[Lane, Cell, Claim]]:
        """The claims of all cells."""
        return ((lane, cell, claim) for lane, cell in self.cells for claim in cell.claims)


def paths_of(tree: Mapping[str, Any]) -> dict[tuple[str, str], Path]:
    """The places of everything that has an id in the tree of a valid map."""
    found: dict[tuple[str, str], Path] = {}
    for path, kind, node in _walk(tree):
        ident = node if isinstance(node, str) else node["id"]
        found.setdefault((kind, ident), path)
    return found


def _walk(tree: Mapping[str, Any]) -> Iterator[tuple[Path, str, Any]]:
    for key, kind in (("personas", "persona"), ("metrics", "metric"), ("opportunities", "opportunity")):
        for number, each in enumerate(tree.get(key) or []):
            yield (key, number), kind, each
    for outer, inner, kind, within in (("phases", "steps", "phase", "step"), ("lanes", "cells", "lane", "cell")):
        for number, each in enumerate(tree.get(outer) or []):
            yield (outer, number), kind, each
            for place, one in enumerate(each.get(inner) or []):
                yield (outer, number, inner, place), within, one
