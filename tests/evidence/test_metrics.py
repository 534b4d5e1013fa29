"""Metrics beside their targets."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desireline.evidence import measure
from desireline.evidence.metrics import health_of
from desireline.maps import Metric, MetricPlacement
from desireline.maps.measured import Health, Measure
from desireline.maps.model import Direction, MetricValue
from desireline.store import Workspace

from .deliveries import delivery_map, make_deliveries


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_deliveries(tmp_path_factory.mktemp("orders"))


def metric(direction: Direction = "higher", **options: Any) -> Metric:
    return Metric("m", "M", options.pop("kind", "nps"), direction=direction, **options)


@pytest.mark.parametrize(
    ("direction", "value", "health"),
    [
        pytest.param("higher", 50, "good", id="at the target"),
        pytest.param("higher", 49, "attention", id="short of the target"),
        pytest.param("higher", 30, "attention", id="at the limit"),
        pytest.param("higher", 29, "bad", id="beyond the limit"),
        pytest.param("lower", 50, "good", id="lower is better: at the target"),
        pytest.param("lower", 51, "attention", id="lower is better: above the target"),
        pytest.param("lower", 71, "bad", id="lower is better: beyond the limit"),
    ],
)
def test_health_is_told_from_target_and_attention(direction: Direction, value: float, health: Health) -> None:
    asked = metric(direction, target=50, attention=30 if direction == "higher" else 70)
    assert health_of(asked, MetricPlacement("m"), Measure(value, 100, value - 9, value + 9)) == health


@pytest.mark.parametrize(
    ("asked", "measured", "health"),
    [
        pytest.param(metric(target=50), None, "unknown", id="no value"),
        pytest.param(metric(), Measure(60, 100), "unknown", id="no target"),
        pytest.param(metric(target=50), Measure(10, 100), "attention", id="no limit: never bad"),
        pytest.param(metric(target=50), Measure(60, 29, 45, 75), "unknown", id="few, the target within the interval"),
        pytest.param(metric(target=50), Measure(60, 29), "unknown", id="few, no interval"),
        pytest.param(
            metric(target=50), Measure(60, 29, 51, 75), "good", id="few, all of the interval beyond the target"
        ),
        pytest.param(metric(target=50), Measure(60, 30, 45, 75), "good", id="enough"),
        pytest.param(metric(target=50, unit="EUR"), Measure(60, 99, unit="USD"), "unknown", id="another unit"),
        pytest.param(metric(target=50, kind="number"), Measure(60, 0), "good", id="a number that somebody gives"),
    ],
)
def test_health_is_unknown_where_it_cannot_be_said(asked: Metric, measured: Measure | None, health: Health) -> None:
    assert health_of(asked, MetricPlacement("m"), measured) == health


def test_a_placement_has_its_own_target_and_limit() -> None:
    asked = metric(target=50, attention=30)
    assert health_of(asked, MetricPlacement("m", target=70), Measure(60, 99)) == "attention"
    assert health_of(asked, MetricPlacement("m", target=70, attention=65), Measure(60, 99)) == "bad"


def test_every_kind_of_metric_is_read_at_a_step_in_its_unit(orders: Workspace) -> None:
    kinds = {
        "reach": "{kind: reach}",
        "drop": "{kind: drop-off}",
        "days": "{kind: median-time}",
        "hours": "{kind: median-time, unit: hours}",
        "effort": "{kind: effort}",
        "cost": "{kind: cost}",
        "mood": "{kind: sentiment}",
        "nps": "{kind: nps}",
    }
    defined = "\n".join(f"  - {{id: {name}, name: {name}, {kind[1:]}" for name, kind in kinds.items())
    placed = ", ".join(f"{{metric: {name}}}" for name in kinds)
    asked = delivery_map(
        **{
            "metrics:\n": f"metrics:\n{defined}\n",
            "metrics: [{metric: call-cost}]": f"metrics: [{placed}]",
        }
    )
    found = {
        each.reading.metric: each.reading.measure for each in measure(orders, asked).metrics if each.step == "help"
    }
    told = {name: None if each is None else (round(each.value, 4), each.n, each.unit) for name, each in found.items()}
    assert told == {
        "reach": (0.6667, 3, "share"),
        "drop": (0.5, 2, "share"),
        "days": (1.0, 2, "days"),
        "hours": (24.0, 2, "hours"),
        "effort": (4.0, 2, "points"),
        "cost": (7.5, 2, "EUR"),
        "mood": (-1.0, 3, "points"),
        "nps": None,
    }


def test_a_number_has_the_newest_of_its_values(orders: Workspace) -> None:
    values = (
        MetricValue(3.0, date(2026, 2, 1), 12),
        MetricValue(4.0, date(2026, 3, 1), 15),
        MetricValue(5.0, date(2025, 3, 1)),
    )
    asked = delivery_map(**{"{value: 91, date: 2026-03-31}": ", ".join(_value(each) for each in values)})
    reading = next(each.reading for each in measure(orders, asked).metrics if each.reading.metric == "on-time")
    assert reading.measure == Measure(4.0, 15, unit="%")


def test_a_step_that_is_not_bound_has_no_value_of_what_is_measured(orders: Workspace) -> None:
    asked = delivery_map(**{"        binding: {where: touchpoint = Call}\n": ""})
    assert {each.reading.metric: each.reading.measure for each in measure(orders, asked).metrics}["call-cost"] is None


def _value(value: MetricValue) -> str:
    counted = "" if value.n is None else f", n: {value.n}"
    return f"{{value: {value.value}, date: {value.date}{counted}}}"
