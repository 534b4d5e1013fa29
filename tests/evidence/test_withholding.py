"""What was measured along a map, as it is told to somebody who may not see customers."""

from __future__ import annotations

from pathlib import Path

from desireline.evidence import measure
from desireline.evidence.step_customers import customers_on_map
from desireline.evidence.withholding import withheld_measures
from desireline.journeys import Selection

from .logs import make_log
from .shop import phone_map


def test_a_lane_of_few_stays_is_left_out(tmp_path: Path) -> None:
    shop = make_log(tmp_path, {"Search, Order, Compare, Received": 8, "Search, Compare, Order, Received": 2})
    subject = phone_map()
    found, customers = measure(shop, subject), customers_on_map(shop, subject, Selection())
    shown = withheld_measures(found, customers, 5, rare=(), of_all=customers)
    assert {each.step: each.stays for each in found.lanes.steps}["compare"] == 2
    assert {each.id: each.counts is None for each in shown.check.steps}["compare"] is False
    assert [each.step for each in shown.lanes.steps] == ["search", "order", "receive"]
