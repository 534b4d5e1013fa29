"""Spark gives what threads on this machine give, digit by digit."""

from __future__ import annotations

from pathlib import Path

import pytest

from desireline.base import InputError
from desireline.evidence import binding_states, check, examples, measure
from desireline.journeys import LocalEngine, SparkEngine
from desireline.journeys.selection import SelectionOptions
from desireline.maps import Document, JourneyMap, read_map

from ..journeys.engines.shops import TAXONOMY, make_shop
from .deliveries import delivery_map, make_deliveries

MAP = """
desireline: map/1
id: shop
title: I buy
scope: {where: channel != app}
personas: [{id: ios, name: Apple people, segment: attributes.device = ios}]
phases:
  - id: buy
    name: Buy
    steps:
      - {id: look, name: I look, binding: {where: "touchpoint in (Visit, Search, 'Look around')"}}
      - {id: basket, name: I choose, optional: true, binding: {where: touchpoint = Basket and attributes.device exists}}
      - {id: order, name: I order, next: [look, call], binding: {where: touchpoint = Order, count: once}}
      - {id: pay, name: I pay, binding: {where: touchpoint = Payment}}
      - {id: call, name: I call, binding: {where: touchpoint = Call or channel = phone}}
"""
QUESTIONS: dict[str, SelectionOptions] = {
    "everything": {},
    "sessions of a period": {"period": "2026-01-05..2026-01-19", "span": "session", "gap": "3d"},
    "callers": {"segment": "channel = phone and source exists"},
}


def the_map() -> JourneyMap:
    return read_map(Document(MAP))


def test_both_engines_give_the_same(master: str, tmp_path: Path, subtests: pytest.Subtests) -> None:
    plain, joined = (make_shop(_made(tmp_path / name)) for name in ("plain", "joined"))
    (joined.folder / "taxonomy.yaml").write_text(TAXONOMY)
    here = LocalEngine(threads=2)
    with SparkEngine(master) as there:
        for place, shop in (("plain", plain), ("joined", joined)):
            with subtests.test(f"bindings, {place}"):
                found = [binding_states(shop, the_map(), engine=engine) for engine in (here, there)]
                assert found[0] == found[1]
            for name, options in QUESTIONS.items():
                with subtests.test(f"{name}, {place}"):
                    asked = {**options, "personas": "segment" not in options, "time_out": "3d"}
                    answers = [repr(check(shop, the_map(), engine=engine, **asked)) for engine in (here, there)]  # type: ignore[arg-type]
                    assert answers[0] == answers[1]
            with subtests.test(f"lanes, {place}"):
                assert repr(measure(shop, the_map(), engine=here)) == repr(measure(shop, the_map(), engine=there))
            with subtests.test(f"examples, {place}"):
                told = [
                    examples(shop, the_map(), "repeated", step="look", engine=engine).to_json()
                    for engine in (here, there)
                ]
                assert told[0] == told[1]
        with subtests.test("lanes of scores, sentiment, effort and cost"):
            orders = make_deliveries(_made(tmp_path / "orders"))
            lanes = [repr(measure(orders, delivery_map(), engine=engine).lanes) for engine in (here, there)]
            assert lanes[0] == lanes[1]


def test_what_cannot_be_asked_starts_no_spark(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected a step"):
        examples(make_shop(_made(tmp_path / "shop")), the_map(), "reached", engine="local")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
