"""What people did: the journey index, the spans cut from it, and the analyses over them."""

from desireline.journeys.analyses import (
    ChannelsAnalysis,
    FlowAnalysis,
    FunnelAnalysis,
    GapsAnalysis,
    OutcomesAnalysis,
    OverviewAnalysis,
    SessionsAnalysis,
    VariantsAnalysis,
)
from desireline.journeys.ask import ask, channels, flow, funnel, gaps, outcomes, overview, sessions, variants
from desireline.journeys.engine import Analysis, Engine
from desireline.journeys.engines import LocalEngine, SparkEngine, using
from desireline.journeys.index import Index, open_index
from desireline.journeys.model import (
    Channels,
    Flow,
    Funnel,
    Gaps,
    Names,
    Overview,
    Part,
    Result,
    Sessions,
    Spans,
    Variants,
)
from desireline.journeys.results.outcomes import Outcomes
from desireline.journeys.selection import Selection
from desireline.journeys.together import ask_together

__all__ = [
    "Analysis",
    "Channels",
    "ChannelsAnalysis",
    "Engine",
    "Flow",
    "FlowAnalysis",
    "Funnel",
    "FunnelAnalysis",
    "Gaps",
    "GapsAnalysis",
    "Index",
    "LocalEngine",
    "Names",
    "Outcomes",
    "OutcomesAnalysis",
    "Overview",
    "OverviewAnalysis",
    "Part",
    "Result",
    "Selection",
    "Sessions",
    "SessionsAnalysis",
    "Spans",
    "SparkEngine",
    "Variants",
    "VariantsAnalysis",
    "ask",
    "ask_together",
    "channels",
    "flow",
    "funnel",
    "gaps",
    "open_index",
    "outcomes",
    "overview",
    "sessions",
    "using",
    "variants",
]
