"""What is new: changes over time, found without being asked. Definitions: docs/insights.md.

surveying    first reading: what there is enough of to be counted by day, and which attributes make segments
counting     second reading: counts by segment and day
goals        the journeys of definitions, and how many come to their goal
finding      in each series of days the stretch that differs most, and whether that is more than chance
trends       slow changes: a line that fits better than any stretch
joining      findings that are one event seen in several numbers
"""

from desireline.journeys.analyses.insights.surveying import InsightsAnalysis

__all__ = ["InsightsAnalysis"]
