"""Three orders and what came of them: the example of docs/measured-lanes.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import desireline
from desireline.maps import Document, JourneyMap, read_map
from desireline.sources import import_files
from desireline.store import Workspace

ROWS = """time,customer,event,channel,team,wait,sentiment,score,survey
2026-03-02 10:00,ann,Order,web,,,,,
2026-03-03 10:00,ann,Call,phone,north,300,-1,,
2026-03-04 10:00,ann,Delivery,courier,,,,,
2026-03-04 18:00,ann,Survey,email,,,,9,NPS
2026-03-02 10:00,ben,Order,app,,,,,
2026-03-04 10:00,ben,Delivery,courier,,,,,
2026-03-04 19:00,ben,Survey,email,,,,6,NPS
2026-03-02 10:00,cem,Order,web,,,,,
2026-03-02 11:00,cem,Chat,chat,south,60,,,
2026-03-03 10:00,cem,Call,phone,north,600,-1.6,,
2026-03-04 10:00,cem,Call,phone,north,300,-0.4,,
"""
MAPPING = """
source: shop
channel: {column: channel}
touchpoint: {column: event}
occurred_at: {column: time, timezone: UTC}
identifiers: {customer: {column: customer}}
team: {column: team}
wait: {column: wait}
sentiment: {column: sentiment}
score: {column: score}
score_kind: {column: survey}
"""
PRICES = """
[costs.channels.phone]
per_contact = 5

[costs.channels.chat]
per_contact = 2
"""
MAP = """
desireline: map/1
id: get-my-order
title: I get my order
metrics:
  - {id: arrives, name: It arrives, kind: reach, target: 0.95, attention: 0.8}
  - {id: call-cost, name: Cost of a call for help, kind: cost, unit: EUR, direction: lower, target: 4, attention: 8}
  - {id: on-time, name: On time, kind: number, unit: "%", target: 95, attention: 90, values: [{value: 91, date: 2026-03-31}]}
phases:
  - id: get
    name: Get it
    steps:
      - {id: order, name: I order, binding: {where: touchpoint = Order}}
      - id: help
        name: I ask where it is
        optional: true
        binding: {where: touchpoint = Call}
        metrics: [{metric: call-cost}]
      - id: receive
        name: It arrives
        binding: {where: touchpoint = Delivery}
        metrics: [{metric: arrives}, {metric: on-time}]
"""


def make_deliveries(folder: Path, rows: str = ROWS, settings: str = PRICES, mapping: str = "") -> Workspace:
    workspace = desireline.create(folder / "orders")
    with (workspace.folder / "desireline.toml").open("a") as file:
        file.write(settings)
    (folder / "deliveries.yaml").write_text(MAPPING + mapping)
    (folder / "deliveries.csv").write_text(rows)
    import_files(workspace, [folder / "deliveries.csv"], mapping=folder / "deliveries.yaml")
    return desireline.open(workspace.folder)


def delivery_map(**changes: str) -> JourneyMap:
    """The map, with pieces of its text replaced by others."""
    text = MAP
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    return read_map(Document(text))


def lanes_of(result: Any, measure: str) -> dict[str, tuple[float, int]]:
    """By step the value and how many it is of, where it was measured."""
    found = {each.step: each.estimates()[measure] for each in result.lanes.steps}
    return {step: (round(each.value, 6), each.n) for step, each in found.items() if each.n}
