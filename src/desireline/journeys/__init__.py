"""What people did: the journey index, the spans cut from it, and the analyses over them."""

from desireline.journeys.analyses import (
    ChannelsAnalysis,
    FlowAnalysis,
    FunnelAnalysis,
    OverviewAnalysis,
    SessionsAnalysis,
    VariantsAnalysis,
)
from desireline.journeys.ask import Selection, ask, channels, flow, funnel, overview, sessions, variants
from desireline.journeys.engine import Analysis, Engine, LocalEngine
from desireline.journeys.index import Index, open_index
from desireline.journeys.model import (
    Channels,
    Flow,
    Funnel,
    Names,
    Overview,
    Part,
    Result,
    Sessions,
    Spans,
    Variants,
)

__all__ = [
    "Analysis",
    "Channels",
    "ChannelsAnalysis",
    "Engine",
    "Flow",
    "FlowAnalysis",
    "Funnel",
    "FunnelAnalysis",
    "Index",
    "LocalEngine",
    "Names",
    "Overview",
    "OverviewAnalysis",
    "Part",
    "Result",
    "Selection",
    "Sessions",
    "SessionsAnalysis",
    "Spans",
    "Variants",
    "VariantsAnalysis",
    "ask",
    "channels",
    "flow",
    "funnel",
    "open_index",
    "overview",
    "sessions",
    "variants",
]
