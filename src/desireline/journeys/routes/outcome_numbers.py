"""Kinds of numbers of outcomes: what goes with them, and what gets the credit."""

from __future__ import annotations

from collections.abc import Mapping

from desireline.journeys.addresses import parameters_of
from desireline.journeys.analyses.attribution import AttributionAnalysis
from desireline.journeys.analyses.drivers import DriversAnalysis
from desireline.journeys.behind import (
    ConversionNumber,
    CreditNumber,
    DriverNumber,
    Number,
)
from desireline.journeys.behind.drivers import DriverSide
from desireline.journeys.results.attribution import ModelName
from desireline.journeys.results.drivers import DriverKind
from desireline.journeys.routes.kinds import (
    Kind,
    Said,
    analysis_asked,
    may,
)
from desireline.store import Workspace


def _driver(workspace: Workspace, said: Said) -> Number:
    analysis = analysis_asked(DriversAnalysis, "drivers", workspace, said)
    return DriverNumber(analysis, said["feature"], tuple(said["of"] or ()), said["side"], said["with_outcome"])


def _credit(workspace: Workspace, said: Said) -> Number:
    analysis = analysis_asked(AttributionAnalysis, "attribution", workspace, said)
    return CreditNumber(analysis, said["name"], said["converting"], said["model"])


OUTCOME_NUMBERS: Mapping[str, Kind] = {
    "driver": Kind(
        (
            may("feature", DriverKind | None),
            may("of", list[str] | None),
            may("side", DriverSide, "with"),
            may("with_outcome", bool, False),
            *parameters_of("drivers"),
        ),
        _driver,
        "Journeys that are compared; feature, of, side: those with it, without it, or either; with_outcome: those with the outcome.",
    ),
    "conversion": Kind(
        parameters_of("attribution"),
        lambda workspace, said: ConversionNumber(analysis_asked(AttributionAnalysis, "attribution", workspace, said)),
        "Journeys with a conversion.",
    ),
    "credit": Kind(
        (may("name"), may("converting", bool, False), may("model", ModelName | None), *parameters_of("attribution")),
        _credit,
        "Ways with a touchpoint, or in a channel, as attribution cuts them; converting: to a conversion; "
        "model: whose conversion gives it a part of the credit.",
    ),
}
"""See :data:`desireline.journeys.routes.numbers.NUMBERS`."""
