"""Workspaces on which engines are compared."""

from __future__ import annotations

from pathlib import Path
from random import Random

import desireline
from desireline.sources import import_files
from desireline.store import Workspace

MAPPING = """
source: shop
channel: {column: channel}
touchpoint: {column: event}
occurred_at: {column: at}
identifiers: {user: {column: user}, email: {column: email}}
attributes: [device]
"""
HEAD = "user,email,at,event,channel,device"
EVENTS = ("Visit", "Search", "Basket", "Order", "Call", "Complaint")
CHANNELS = ("web", "app", "phone")
TAXONOMY = """
stages: [Look, Buy, Get help]
touchpoints:
  Look around: {names: [Visit, Search], stage: Look}
  Order: {stage: Buy}
  Call: {stage: Get help, channel: phone}
"""


def make_shop(folder: Path) -> Workspace:
    """Three files, customers in all of them, some known under two identifiers, equal times, the first and last century."""
    random = Random(7)
    rows = [_row(random, f"user{random.randrange(220)}") for _ in range(3_000)]
    rows += [_row(random, "busy") for _ in range(400)]
    rows += [f"user{number},user{number}@example.org,2026-01-05T10:00:00Z,Order,web,ios" for number in range(0, 200, 3)]
    rows += [f",user{number}@example.org,2026-01-05T10:00:00Z,Call,phone," for number in range(0, 200, 5)]
    rows += ["old,,1900-01-01T00:00:00Z,Visit,web,", "old,,2199-12-31T23:59:59.999999Z,Order,web,"]
    random.shuffle(rows)
    return make_workspace(folder, [rows[:1_000], rows[1_000:1_001], rows[1_001:]])


def make_workspace(folder: Path, files: list[list[str]]) -> Workspace:
    workspace = desireline.create(folder / "a [workspace] of 100%, {new}")
    (folder / "mapping.yaml").write_text(MAPPING)
    for number, rows in enumerate(files):
        path = folder / f"{number}.csv"
        path.write_text("\n".join([HEAD, *rows]) + "\n")
        import_files(workspace, [path], mapping=folder / "mapping.yaml")
    return workspace


def _row(random: Random, user: str) -> str:
    day, minute = random.randrange(1, 29), random.randrange(24 * 60)
    at = f"2026-01-{day:02}T{minute // 60:02}:{minute % 60:02}:00Z"
    device = random.choice(("ios", "android", ""))
    return f"{user},,{at},{random.choice(EVENTS)},{random.choice(CHANNELS)},{device}"
