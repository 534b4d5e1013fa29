"""What people did: the journey index, the spans cut from it, and the analyses over them."""

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
    from desireline.journeys.comparing import compare_groups
    from desireline.journeys.engine import Analysis, Engine
    from desireline.journeys.engines.choosing import using
    from desireline.journeys.engines.local import LocalEngine
    from desireline.journeys.engines.spark import SparkEngine
    from desireline.journeys.index import Index, open_index
    from desireline.journeys.model import Channels, Flow, Gaps, Names, Overview, Part, Result, Sessions, Spans, Variants
    from desireline.journeys.noticing import notes_on
    from desireline.journeys.questions.ask import ask
    from desireline.journeys.questions.attribution import attribution
    from desireline.journeys.questions.chains import chains
    from desireline.journeys.questions.channels import channels
    from desireline.journeys.questions.clusters import clusters
    from desireline.journeys.questions.common import common
    from desireline.journeys.questions.contacts import contacts
    from desireline.journeys.questions.drivers import drivers
    from desireline.journeys.questions.effort import effort
    from desireline.journeys.questions.emotion import emotion
    from desireline.journeys.questions.flow import flow
    from desireline.journeys.questions.funnel import funnel
    from desireline.journeys.questions.gaps import gaps
    from desireline.journeys.questions.handovers import handovers
    from desireline.journeys.questions.insights import insights
    from desireline.journeys.questions.loops import loops
    from desireline.journeys.questions.outcomes import outcomes
    from desireline.journeys.questions.overview import overview
    from desireline.journeys.questions.paths import paths
    from desireline.journeys.questions.retention import retention
    from desireline.journeys.questions.scores import scores
    from desireline.journeys.questions.sessions import sessions
    from desireline.journeys.questions.survival import survival
    from desireline.journeys.questions.variants import variants
    from desireline.journeys.results.attribution import Attribution
    from desireline.journeys.results.chains import Chains
    from desireline.journeys.results.clusters import Clusters
    from desireline.journeys.results.common import CommonJourneys
    from desireline.journeys.results.contacts import Contacts
    from desireline.journeys.results.drivers import Drivers
    from desireline.journeys.results.effort import Effort
    from desireline.journeys.results.emotion import Emotion
    from desireline.journeys.results.funnel import Funnel
    from desireline.journeys.results.handovers import Handovers
    from desireline.journeys.results.insights import Insights
    from desireline.journeys.results.loops import Loops
    from desireline.journeys.results.outcomes import Outcomes
    from desireline.journeys.results.paths import Paths
    from desireline.journeys.results.retention import Retention
    from desireline.journeys.results.scores import Scores
    from desireline.journeys.results.survival import Survival, SurvivalComparison
    from desireline.journeys.selection import Selection
    from desireline.journeys.together import ask_together
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "Analysis": "engine",
            "Attribution": "results.attribution",
            "AttributionAnalysis": "analyses.attribution",
            "Chains": "results.chains",
            "ChainsAnalysis": "analyses.chains",
            "Channels": "model",
            "ChannelsAnalysis": "analyses.channels",
            "Clusters": "results.clusters",
            "ClustersAnalysis": "analyses.clusters",
            "CommonAnalysis": "analyses.common",
            "CommonJourneys": "results.common",
            "Contacts": "results.contacts",
            "ContactsAnalysis": "analyses.contacts",
            "Drivers": "results.drivers",
            "DriversAnalysis": "analyses.drivers",
            "Effort": "results.effort",
            "EffortAnalysis": "analyses.effort",
            "Emotion": "results.emotion",
            "EmotionAnalysis": "analyses.emotion",
            "Engine": "engine",
            "Exclusion": "analyses.funnel",
            "Flow": "model",
            "FlowAnalysis": "analyses.flow",
            "Funnel": "results.funnel",
            "FunnelAnalysis": "analyses.funnel",
            "Gaps": "model",
            "GapsAnalysis": "analyses.gaps",
            "Handovers": "results.handovers",
            "HandoversAnalysis": "analyses.handovers",
            "Index": "index",
            "Insights": "results.insights",
            "InsightsAnalysis": "analyses.insights",
            "LocalEngine": "engines.local",
            "Loops": "results.loops",
            "LoopsAnalysis": "analyses.loops",
            "Names": "model",
            "Outcomes": "results.outcomes",
            "OutcomesAnalysis": "analyses.outcomes",
            "Overview": "model",
            "OverviewAnalysis": "analyses.overview",
            "Part": "model",
            "Paths": "results.paths",
            "PathsAnalysis": "analyses.paths",
            "Result": "model",
            "Retention": "results.retention",
            "RetentionAnalysis": "analyses.retention",
            "Scores": "results.scores",
            "ScoresAnalysis": "analyses.scores",
            "Selection": "selection",
            "Sessions": "model",
            "SessionsAnalysis": "analyses.sessions",
            "Spans": "model",
            "SparkEngine": "engines.spark",
            "Survival": "results.survival",
            "SurvivalAnalysis": "analyses.survival",
            "SurvivalComparison": "results.survival",
            "Variants": "model",
            "VariantsAnalysis": "analyses.variants",
            "ask": "questions.ask",
            "ask_together": "together",
            "attribution": "questions.attribution",
            "chains": "questions.chains",
            "channels": "questions.channels",
            "clusters": "questions.clusters",
            "common": "questions.common",
            "compare_groups": "comparing",
            "contacts": "questions.contacts",
            "drivers": "questions.drivers",
            "effort": "questions.effort",
            "emotion": "questions.emotion",
            "flow": "questions.flow",
            "funnel": "questions.funnel",
            "gaps": "questions.gaps",
            "handovers": "questions.handovers",
            "insights": "questions.insights",
            "loops": "questions.loops",
            "notes_on": "noticing",
            "open_index": "index",
            "outcomes": "questions.outcomes",
            "overview": "questions.overview",
            "paths": "questions.paths",
            "retention": "questions.retention",
            "scores": "questions.scores",
            "sessions": "questions.sessions",
            "survival": "questions.survival",
            "using": "engines.choosing",
            "variants": "questions.variants",
        },
    )

__all__ = [
    "Analysis",
    "Attribution",
    "AttributionAnalysis",
    "Chains",
    "ChainsAnalysis",
    "Channels",
    "ChannelsAnalysis",
    "Clusters",
    "ClustersAnalysis",
    "CommonAnalysis",
    "CommonJourneys",
    "Contacts",
    "ContactsAnalysis",
    "Drivers",
    "DriversAnalysis",
    "Effort",
    "EffortAnalysis",
    "Emotion",
    "EmotionAnalysis",
    "Engine",
    "Exclusion",
    "Flow",
    "FlowAnalysis",
    "Funnel",
    "FunnelAnalysis",
    "Gaps",
    "GapsAnalysis",
    "Handovers",
    "HandoversAnalysis",
    "Index",
    "Insights",
    "InsightsAnalysis",
    "LocalEngine",
    "Loops",
    "LoopsAnalysis",
    "Names",
    "Outcomes",
    "OutcomesAnalysis",
    "Overview",
    "OverviewAnalysis",
    "Part",
    "Paths",
    "PathsAnalysis",
    "Result",
    "Retention",
    "RetentionAnalysis",
    "Scores",
    "ScoresAnalysis",
    "Selection",
    "Sessions",
    "SessionsAnalysis",
    "Spans",
    "SparkEngine",
    "Survival",
    "SurvivalAnalysis",
    "SurvivalComparison",
    "Variants",
    "VariantsAnalysis",
    "ask",
    "ask_together",
    "attribution",
    "chains",
    "channels",
    "clusters",
    "common",
    "compare_groups",
    "contacts",
    "drivers",
    "effort",
    "emotion",
    "flow",
    "funnel",
    "gaps",
    "handovers",
    "insights",
    "loops",
    "notes_on",
    "open_index",
    "outcomes",
    "overview",
    "paths",
    "retention",
    "scores",
    "sessions",
    "survival",
    "using",
    "variants",
]


def __dir__() -> list[str]:
    return __all__
