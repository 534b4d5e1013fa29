"""The linter of maps: what a good map has and this one lacks, each finding with an id that is the same in every run."""

from desireline.maps.linting.finding import SEVERITIES, Finding, Rule, Severity
from desireline.maps.linting.linter import RULES, lint

__all__ = ["RULES", "SEVERITIES", "Finding", "Rule", "Severity", "lint"]
