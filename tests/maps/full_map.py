"""A map that has something of every kind that a format can lose."""

from __future__ import annotations

from desireline.maps import Document

FULL = Document(
    """
desireline: map/1
id: full
title: I buy a phone
summary: From the first look to the phone in the hand
goal: More orders
level: life-cycle
owner: {name: Ada Lovelace}
reviewed: 2026-07-01
tags: [retail]
scope: {market: UK, where: channel = web}
parent: {map: life}
future: tomorrow
journey: buying
personas:
  - {id: anna, name: Anna, quote: Now!, needs: [Trust], segment: channel = app}
metrics:
  - {id: conversion, name: Conversion, kind: reach, target: 0.3, attention: 0.2}
opportunities:
  - id: price
    title: How might we say the price at once?
    owner: {name: Ada Lovelace}
    solutions: [{id: tag, title: A price tag, tasks: [{id: print, title: Print it}]}]
phases:
  - id: buy
    name: Buy
    goal: I want it tonight
    steps:
      - id: search
        name: I look
        summary: In the evening
        next: [order]
        moment_of_truth: The first look
        binding: {where: touchpoint = Search}
        metrics: [conversion]
      - {id: order, name: I order, optional: true}
lanes:
  - id: does
    role: actions
    cells:
      - {id: does-search, step: search, until: order, claims: [I type]}
  - id: feels
    role: emotion
    persona: anna
    line: future
    cells: [{id: feels-search, step: search, emotion: 1, word: curious}]
  - id: strain
    role: tension
    cells: [{id: strain-search, step: search, tension: 3}]
  - id: where
    role: touchpoints
    cells: [{id: where-search, step: search, touchpoints: [{name: Home page, channel: web}]}]
  - id: board
    role: storyboard
    cells: [{id: board-search, step: search, picture: {source: a.png, alternative: Anna at home}}]
  - id: hurts
    role: pains
    cells:
      - id: hurts-order
        step: order
        claims:
          - text: The price is said late
            confidence: high
            reviewed: 2026-07-01
            evidence: [{kind: interview, source: Study 12, n: 8, address: "https://example.org/12"}]
            opportunities: [price]
  - id: ideas
    role: solutions
    cells: [{id: ideas-order, step: order, opportunities: [price]}]
"""
)
