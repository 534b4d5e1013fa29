from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.base import SettingsError
from desireline.improve.scoring import FORMULAS, ScoreSettings, score
from desireline.maps import Opportunity

FIGURES = st.floats(min_value=1, max_value=5)
NAMES = ("customer_value", "business_value", "effort", "reach", "impact", "confidence", "ease", "person_months")


def opportunity(**figures: float | None) -> Opportunity:
    return Opportunity("o", "How might we …", **figures)


@pytest.mark.parametrize(
    ("formula", "figures", "expected"),
    [
        pytest.param("value-effort", {"customer_value": 5, "business_value": 3, "effort": 2}, 2.0, id="value-effort"),
        pytest.param("rice", {"reach": 600, "impact": 2, "confidence": 0.5, "person_months": 3}, 200.0, id="rice"),
        pytest.param("ice", {"impact": 8, "confidence": 0.5, "ease": 4}, 16.0, id="ice"),
    ],
)
def test_scores_are_as_computed_by_hand(formula: Any, figures: dict[str, float], expected: float) -> None:
    assert score(opportunity(**figures), ScoreSettings(formula)).value == pytest.approx(expected)


def test_the_weight_moves_the_score_from_the_business_to_the_customers() -> None:
    subject = opportunity(customer_value=5, business_value=1, effort=1)
    values = [score(subject, ScoreSettings(customer_weight=weight)).value for weight in (0, 0.5, 1)]
    assert values == [1, 3, 5]


@given(st.sampled_from(FORMULAS), st.dictionaries(st.sampled_from(NAMES), FIGURES))
def test_what_nobody_gave_is_never_taken_for_zero(formula: Any, figures: dict[str, float]) -> None:
    found = score(opportunity(**figures), ScoreSettings(formula))
    assert (found.value is None) == bool(found.missing)
    assert not set(found.missing) & set(figures)


@pytest.mark.parametrize(
    ("section", "message"),
    [
        pytest.param({"score": "rise"}, "did you mean rice", id="misspelled"),
        pytest.param({"customer_weight": 2}, "from 0 to 1", id="too heavy"),
        pytest.param({"customer_weight": True}, "from 0 to 1", id="no number"),
        pytest.param({"scores": "ice"}, "'scores'", id="unknown key"),
    ],
)
def test_settings_that_cannot_be_are_refused(section: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        ScoreSettings.read(section)
