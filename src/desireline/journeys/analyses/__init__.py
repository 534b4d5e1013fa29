"""The analyses that come with the product; each is one module, and uses the same door as any other."""

from typing import TYPE_CHECKING

from desireline.base.lazy import lazy_names

if TYPE_CHECKING:
    from desireline.journeys.analyses.attribution import AttributionAnalysis
    from desireline.journeys.analyses.chains import ChainsAnalysis
    from desireline.journeys.analyses.channels import ChannelsAnalysis
    from desireline.journeys.analyses.clusters import ClustersAnalysis
    from desireline.journeys.analyses.common import CommonAnalysis
    from desireline.journeys.analyses.contacts import ContactsAnalysis
    from desireline.journeys.analyses.drivers import DriversAnalysis
    from desireline.journeys.analyses.effort import EffortAnalysis
    from desireline.journeys.analyses.emotion import EmotionAnalysis
    from desireline.journeys.analyses.flow import FlowAnalysis
    from desireline.journeys.analyses.funnel import Exclusion, FunnelAnalysis
    from desireline.journeys.analyses.gaps import GapsAnalysis
    from desireline.journeys.analyses.handovers import HandoversAnalysis
    from desireline.journeys.analyses.insights import InsightsAnalysis
    from desireline.journeys.analyses.loops import LoopsAnalysis
    from desireline.journeys.analyses.outcomes import OutcomesAnalysis
    from desireline.journeys.analyses.overview import OverviewAnalysis
    from desireline.journeys.analyses.paths import PathsAnalysis
    from desireline.journeys.analyses.retention import RetentionAnalysis
    from desireline.journeys.analyses.scores import ScoresAnalysis
    from desireline.journeys.analyses.sessions import SessionsAnalysis
    from desireline.journeys.analyses.survival import SurvivalAnalysis
    from desireline.journeys.analyses.variants import VariantsAnalysis
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "AttributionAnalysis": "attribution",
            "ChainsAnalysis": "chains",
            "ChannelsAnalysis": "channels",
            "ClustersAnalysis": "clusters",
            "CommonAnalysis": "common",
            "ContactsAnalysis": "contacts",
            "DriversAnalysis": "drivers",
            "EffortAnalysis": "effort",
            "EmotionAnalysis": "emotion",
            "Exclusion": "funnel",
            "FlowAnalysis": "flow",
            "FunnelAnalysis": "funnel",
            "GapsAnalysis": "gaps",
            "HandoversAnalysis": "handovers",
            "InsightsAnalysis": "insights",
            "LoopsAnalysis": "loops",
            "OutcomesAnalysis": "outcomes",
            "OverviewAnalysis": "overview",
            "PathsAnalysis": "paths",
            "RetentionAnalysis": "retention",
            "ScoresAnalysis": "scores",
            "SessionsAnalysis": "sessions",
            "SurvivalAnalysis": "survival",
            "VariantsAnalysis": "variants",
        },
    )

__all__ = [
    "AttributionAnalysis",
    "ChainsAnalysis",
    "ChannelsAnalysis",
    "ClustersAnalysis",
    "CommonAnalysis",
    "ContactsAnalysis",
    "DriversAnalysis",
    "EffortAnalysis",
    "EmotionAnalysis",
    "Exclusion",
    "FlowAnalysis",
    "FunnelAnalysis",
    "GapsAnalysis",
    "HandoversAnalysis",
    "InsightsAnalysis",
    "LoopsAnalysis",
    "OutcomesAnalysis",
    "OverviewAnalysis",
    "PathsAnalysis",
    "RetentionAnalysis",
    "ScoresAnalysis",
    "SessionsAnalysis",
    "SurvivalAnalysis",
    "VariantsAnalysis",
]


def __dir__() -> list[str]:
    return __all__
