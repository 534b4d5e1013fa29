"""What goes with an outcome, compared among spans that are alike otherwise. Definitions: docs/drivers.md.

exposure     what of each span counts: until the outcome
surveying    the settings, and two readings: how much there is of what, and which spans there are
plan         which features and strata are counted
counting     third reading: spans with each feature, by stratum and outcome
having       which spans have one feature
effects      what these counts say
"""

from desireline.journeys.analyses.drivers.surveying import DriversAnalysis

__all__ = ["DriversAnalysis"]
