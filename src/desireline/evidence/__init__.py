"""A map against what happened: journeys aligned with its steps, what was measured at each, what the map should say instead."""

from typing import TYPE_CHECKING

from desireline.base.lazy import lazy_names

if TYPE_CHECKING:
    from desireline.evidence.alignment import AlignmentAnalysis, OpenRule
    from desireline.evidence.bindings import StepBinding, binding_states
    from desireline.evidence.checking import check
    from desireline.evidence.counting_rules import RuleVersion, rule_versions
    from desireline.evidence.deciding import decide
    from desireline.evidence.example_journeys import ExampleInteraction, ExampleJourney, MapExamples, examples
    from desireline.evidence.first_map import propose_map
    from desireline.evidence.graph import StepGraph, graph_of
    from desireline.evidence.lane_results import Lanes, MapMeasures, StepLane
    from desireline.evidence.lanes import LanesAnalysis, ScoreRules
    from desireline.evidence.map_series import MapSeries, series
    from desireline.evidence.map_staleness import Staleness, drift_between, staleness
    from desireline.evidence.measuring import measure
    from desireline.evidence.proposals import Proposal, Proposals
    from desireline.evidence.proposing import propose_edits
    from desireline.evidence.results import MapCheck, PersonaCheck, StepCheck, StepCounts
    from desireline.evidence.reviewing import ReviewQueue, review
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "AlignmentAnalysis": "alignment",
            "ExampleInteraction": "example_journeys",
            "ExampleJourney": "example_journeys",
            "Lanes": "lane_results",
            "LanesAnalysis": "lanes",
            "MapCheck": "results",
            "MapExamples": "example_journeys",
            "MapMeasures": "lane_results",
            "MapSeries": "map_series",
            "OpenRule": "alignment",
            "PersonaCheck": "results",
            "Proposal": "proposals",
            "Proposals": "proposals",
            "ReviewQueue": "reviewing",
            "RuleVersion": "counting_rules",
            "ScoreRules": "lanes",
            "Staleness": "map_staleness",
            "StepBinding": "bindings",
            "StepCheck": "results",
            "StepCounts": "results",
            "StepGraph": "graph",
            "StepLane": "lane_results",
            "binding_states": "bindings",
            "check": "checking",
            "decide": "deciding",
            "drift_between": "map_staleness",
            "examples": "example_journeys",
            "graph_of": "graph",
            "measure": "measuring",
            "propose_edits": "proposing",
            "propose_map": "first_map",
            "review": "reviewing",
            "rule_versions": "counting_rules",
            "series": "map_series",
            "staleness": "map_staleness",
        },
    )

__all__ = [
    "AlignmentAnalysis",
    "ExampleInteraction",
    "ExampleJourney",
    "Lanes",
    "LanesAnalysis",
    "MapCheck",
    "MapExamples",
    "MapMeasures",
    "MapSeries",
    "OpenRule",
    "PersonaCheck",
    "Proposal",
    "Proposals",
    "ReviewQueue",
    "RuleVersion",
    "ScoreRules",
    "Staleness",
    "StepBinding",
    "StepCheck",
    "StepCounts",
    "StepGraph",
    "StepLane",
    "binding_states",
    "check",
    "decide",
    "drift_between",
    "examples",
    "graph_of",
    "measure",
    "propose_edits",
    "propose_map",
    "review",
    "rule_versions",
    "series",
    "staleness",
]


def __dir__() -> list[str]:
    return __all__
