"""What is asked of a small workspace so that the kernels behind maps are compiled before somebody waits for them."""

from __future__ import annotations

from datetime import date

from desireline.evidence.checking import check
from desireline.evidence.example_journeys import examples
from desireline.evidence.first_map import propose_map
from desireline.evidence.map_series import series
from desireline.evidence.map_staleness import staleness
from desireline.evidence.measuring import measure
from desireline.evidence.proposing import propose_edits
from desireline.evidence.step_customers import customers_on_map
from desireline.journeys.selection import Selection, SelectionOptions
from desireline.journeys.warming import Question
from desireline.maps import Document, read_map
from desireline.store import Workspace

_MAP = """
desireline: map/1
id: warm-up
title: Warm-up
reviewed: 2026-01-05
personas: [{id: callers, name: Callers, segment: channel = phone}]
phases:
  - id: all
    name: All
    steps:
      - {id: visit, name: I visit, binding: {where: touchpoint = Visit, count: once}, next: [call, order]}
      - {id: call, name: I call, optional: true, binding: {where: "touchpoint = Call and source = 'warm-up'"}, next: [visit, order]}
      - {id: order, name: I order, binding: {where: touchpoint = Order}, next: []}
"""


def map_questions() -> list[Question]:
    """The questions of this package."""
    document = Document(_MAP)
    subject = read_map(document)
    return [
        lambda workspace, chosen: check(workspace, subject, personas=True, time_out="1h", **chosen),
        lambda workspace, chosen: examples(workspace, subject, "reached", step="visit", **chosen),
        lambda workspace, chosen: examples(workspace, subject, "unplanned", **chosen),
        lambda workspace, chosen: measure(workspace, subject, **chosen),
        lambda workspace, chosen: customers_on_map(workspace, subject, Selection(**chosen)),
        lambda workspace, chosen: series(workspace, subject, "order", **chosen),
        lambda workspace, chosen: staleness(workspace, subject, today=date(2026, 2, 1)),
        lambda workspace, chosen: propose_edits(workspace, document, **chosen),
        _first_map,
    ]


def _first_map(workspace: Workspace, chosen: SelectionOptions) -> object:
    """A day of the small workspace is too little for a map."""
    return None if "period" in chosen else propose_map(workspace, **chosen)
