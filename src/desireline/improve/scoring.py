"""How opportunities are ranked: value against effort, RICE or ICE, from what people said of them.

Every score says which figures it is made of; an opportunity that lacks one of them has no score, it is never taken for zero.

- **value-effort**: (w · customer value + (1 − w) · business value) / effort, each from 1 to 5; from 0.2 to 5.
- **RICE** (McBride 2016): reach · impact · confidence / person-months. Reach in customers a quarter, confidence from 0 to 1.
- **ICE** (Ellis 2015): impact · confidence · ease, impact and ease from 0 to 10, confidence from 0 to 1; from 0 to 100.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from desireline.base import InputError, SettingsError, closest_names, phrase
from desireline.maps import Opportunity

Formula = Literal["value-effort", "rice", "ice"]
FORMULAS: tuple[Formula, ...] = get_args(Formula)
_NEEDS: dict[Formula, tuple[str, ...]] = {
    "value-effort": ("customer_value", "business_value", "effort"),
    "rice": ("reach", "impact", "confidence", "person_months"),
    "ice": ("impact", "confidence", "ease"),
}


@dataclass(frozen=True, slots=True)
class ScoreSettings:
    """How opportunities are scored in a workspace: section ``[improve]`` of its settings.

    Attributes
    ----------
    formula
        ``score = "rice"``.
    customer_weight
        What the value for customers counts beside that for the business, from 0 to 1.
    """

    formula: Formula = "value-effort"
    customer_weight: float = 0.5

    @staticmethod
    def read(section: Mapping[str, Any]) -> ScoreSettings:
        """The settings of a section.

        Raises
        ------
        SettingsError
            It says something that cannot be.
        """
        unknown = sorted(set(section) - {"score", "customer_weight"})
        if unknown:
            raise SettingsError(
                phrase("[improve]: unknown {unknown!r}", unknown=unknown[0]),
                hint=phrase("known: score, customer_weight"),
            )
        weight = section.get("customer_weight", 0.5)
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 1:
            raise SettingsError(
                phrase("[improve] customer_weight: expected a number from 0 to 1, got {weight!r}", weight=weight)
            )
        try:
            return ScoreSettings(formula_named(str(section.get("score", "value-effort"))), float(weight))
        except InputError as error:
            raise SettingsError(phrase("[improve] score: {message}", message=error.message), hint=error.hint) from error


@dataclass(frozen=True, slots=True)
class Score:
    """A score and what it is made of; ``value`` is ``None`` where ``missing`` names figures that nobody gave."""

    formula: Formula
    value: float | None
    missing: tuple[str, ...] = ()


def formula_named(text: str) -> Formula:
    """The formula with this name.

    Raises
    ------
    InputError
        There is none.
    """
    for formula in FORMULAS:
        if formula == text:
            return formula
    close = closest_names(text, FORMULAS, count=1)
    raise InputError(
        phrase("expected {known}, got {text!r}", known=", ".join(FORMULAS), text=text),
        hint=phrase("did you mean {close}?", close=close[0]) if close else None,
    )


def score(opportunity: Opportunity, settings: ScoreSettings = ScoreSettings()) -> Score:
    """The score of an opportunity.

    >>> score(Opportunity("o", "How might we …", customer_value=5, business_value=3, effort=2)).value
    2.0
    """
    needed = _NEEDS[settings.formula]
    missing = tuple(name for name in needed if getattr(opportunity, name) is None)
    if missing:
        return Score(settings.formula, None, missing)
    figures = {name: float(getattr(opportunity, name)) for name in needed}
    return Score(settings.formula, _WAYS[settings.formula](figures, settings.customer_weight))


def _value_effort(figures: Mapping[str, float], weight: float) -> float:
    value = weight * figures["customer_value"] + (1 - weight) * figures["business_value"]
    return value / figures["effort"]


def _rice(figures: Mapping[str, float], weight: float) -> float:
    return figures["reach"] * figures["impact"] * figures["confidence"] / figures["person_months"]


def _ice(figures: Mapping[str, float], weight: float) -> float:
    return figures["impact"] * figures["confidence"] * figures["ease"]


_WAYS: dict[Formula, Callable[[Mapping[str, float], float], float]] = {
    "value-effort": _value_effort,
    "rice": _rice,
    "ice": _ice,
}
