"""Workspaces in which many customers go the same few ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from desireline.store import Workspace

from ..journeys.engines.shops import make_workspace

LINE = {"Search, Compare, Order, Received": 60}
BRANCH = {"Search, Shop, Order, Received": 40, "Search, Web, Order, Received": 40}
LOOP = {"Search, Basket, Order, Received": 40, "Search, Basket, Search, Basket, Order, Received": 40}
ANYWHERE = {
    "Ad, Search, Compare, Order, Received": 20,
    "Search, Compare, Order, Received, Ad": 18,
    "Search, Compare, Order, Received": 60,
}
"""Wherever a step Ad stands, journeys fit a map with it worse."""
OPTIONAL = {"Search, Order, Received": 40, "Search, Compare, Order, Received": 40}


def make_log(folder: Path, ways: Mapping[str, int], *, taxonomy: str | None = None) -> Workspace:
    """So many customers go each way, something every hour; in the app where a touchpoint is called so."""
    workspace = make_workspace(folder, [list(_rows(ways))])
    if taxonomy is not None:
        (workspace.folder / "taxonomy.yaml").write_text(taxonomy)
    return workspace


def _rows(ways: Mapping[str, int]) -> Iterator[str]:
    for number, (way, customers) in enumerate(ways.items()):
        for customer in range(customers):
            for hour, touchpoint in enumerate(way.split(", ")):
                at = f"2026-03-{1 + customer % 20:02}T{hour:02}:{customer // 20:02}:00Z"
                yield f"way{number}-{customer},,{at},{touchpoint},{'phone' if touchpoint == 'Call' else 'web'},"


def map_text(*steps: str) -> str:
    """A map of one phase: ``"search"`` is a step bound to Search; what stands behind a blank is further fields."""
    lines = ["desireline: map/1", "id: buy", "title: I buy", "phases:", "  - id: all", "    name: All", "    steps:"]
    for said in steps:
        ident, _, fields = said.partition(" ")
        binding = f'{{where: "touchpoint = {ident.capitalize()}"}}'
        lines.append(
            f"      - {{id: {ident}, name: {ident.capitalize()}, binding: {binding}{fields and f', {fields}'}}}"
        )
    return "\n".join(lines) + "\n"
