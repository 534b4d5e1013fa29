"""How the journeys stand today: key figures with what they were before, findings, maps to review, how fresh the data is.

periods       the period, the one before, and the weeks of both
figures       what is measured, each figure with its interval, its change, its weeks
findings      the feed of what changed, and whom it concerns
freshness     when sources were last heard of
views         what each function sees, and how people arrange it
remembering   answers are kept for as long as the data stays as it is
"""

from desireline.app.home.figures import key_figures
from desireline.app.home.findings import findings_feed
from desireline.app.home.freshness import source_freshness
from desireline.app.home.model import Figure, FindingEntry, HomePeriod, SourceFreshness
from desireline.app.home.periods import home_period

__all__ = [
    "Figure",
    "FindingEntry",
    "HomePeriod",
    "SourceFreshness",
    "findings_feed",
    "home_period",
    "key_figures",
    "source_freshness",
]
