"""A map as a person might write it, for tests that name what is in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desireline.maps import Document

PHONE = """\
# The map of the phone journey
desireline: map/1
id: buy-a-phone
title: I buy a phone
goal: More first orders without a call
owner: {name: Ada Lovelace, department: Sales}
opportunities:
  - id: say-the-price
    title: How might we say the price at once?
    solutions:
      - id: price-tag
        title: A price tag
        tasks:
          - {id: print-it, title: Print it}
phases:
  - id: consider
    name: Consider
    steps:
      # where it begins
      - id: search        # the door
        name: I look for a phone
        binding: {where: "touchpoint = 'Search'"}
      - id: compare
        name: I compare
        optional: true
        next: [search, order]
  - id: buy
    name: Buy
    steps:
      - id: order
        name: I order
      - id: receive
        name: I get it
lanes:
  - id: does
    role: actions
    cells:
      - id: c1
        step: search
        claims: [I type what I heard of]
  - id: hurts
    role: pains
    cells:
      - id: p1
        step: order
        until: receive
        claims:
          - text: The price is said late
            confidence: medium
            evidence:
              - {kind: interview, source: Study 12, n: 8}
          - It takes long
  - id: doors
    role: touchpoints
    cells:
      - id: t1
        step: search
        touchpoints: [{name: Product page, channel: web}]
"""


def phone(change: Callable[[Any], None] | None = None) -> Document:
    """The map, or what comes of it after a change of its tree."""
    document = Document(PHONE, "phone.yaml")
    return document if change is None else document.changed(change)


def step(tree: Any, ident: str) -> Any:
    """A step of its tree."""
    return next(each for phase in tree["phases"] for each in phase["steps"] if each["id"] == ident)


def cell(tree: Any, ident: str) -> Any:
    """A cell of its tree."""
    return next(each for lane in tree["lanes"] for each in lane["cells"] if each["id"] == ident)
