"""A workspace of seven customers, and a map of how they buy a phone: the example of docs/evidence.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desireline.maps import Document, JourneyMap, read_map
from desireline.store import Workspace

from ..journeys.engines.shops import make_workspace

JOURNEYS = {
    "ann": "Search, Compare, Order, Received",
    "ben": "Search, Order, Received",
    "cem": "Search, Call, Search, Order, Received",
    "dee": "Order, Received",
    "eva": "Search, Order, Compare, Received",
    "fay": "Search, Compare",
    "gus": "Call",
}
MAP = """
desireline: map/1
id: buy-a-phone
title: I buy a phone
phases:
  - id: buy
    name: Buy
    steps:
      - {id: search, name: I search, binding: {where: touchpoint = Search}}
      - {id: compare, name: I compare, optional: true, binding: {where: touchpoint = Compare}}
      - {id: order, name: I order, binding: {where: touchpoint = Order}}
      - {id: receive, name: I get it, binding: {where: touchpoint = Received}}
"""


def make_shop(folder: Path) -> Workspace:
    """Each customer on a day of their own, something every hour; in the app where the name begins with a vowel."""
    rows = [
        f"{name},,2026-03-{day:02}T{10 + hour}:00:00Z,{touchpoint},{'phone' if touchpoint == 'Call' else _channel(name)},"
        f"{'ios' if touchpoint == 'Compare' else ''}"
        for day, (name, journey) in enumerate(JOURNEYS.items(), start=1)
        for hour, touchpoint in enumerate(journey.split(", "))
    ]
    return make_workspace(folder, [rows])


def _channel(name: str) -> str:
    return "app" if name[0] in "aeiou" else "web"


def phone_map(text: str = MAP, **changes: str) -> JourneyMap:
    """The map, with pieces of its text replaced by others: ``Search="Serch"``."""
    for before, after in changes.items():
        text = text.replace(before, after)
    return read_map(Document(text))


def facts(result: dict[str, Any], *names: str) -> dict[str, list[Any]]:
    """By step some of its numbers."""
    return {step["id"]: [step[name] for name in names] for step in result["steps"]}
