"""The analyses that come with the product; each is one module, and uses the same door as any other."""

from desireline.journeys.analyses.channels import ChannelsAnalysis
from desireline.journeys.analyses.flow import FlowAnalysis
from desireline.journeys.analyses.funnel import FunnelAnalysis, FunnelOrder
from desireline.journeys.analyses.gaps import GapsAnalysis
from desireline.journeys.analyses.outcomes import OutcomesAnalysis
from desireline.journeys.analyses.overview import OverviewAnalysis
from desireline.journeys.analyses.sessions import SessionsAnalysis
from desireline.journeys.analyses.variants import VariantsAnalysis

__all__ = [
    "ChannelsAnalysis",
    "FlowAnalysis",
    "FunnelAnalysis",
    "FunnelOrder",
    "GapsAnalysis",
    "OutcomesAnalysis",
    "OverviewAnalysis",
    "SessionsAnalysis",
    "VariantsAnalysis",
]
