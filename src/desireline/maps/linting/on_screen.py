"""What to do about a finding, for who has the map on a screen: the hints of the rules speak of the text of a document."""

from __future__ import annotations

from collections.abc import Mapping

from desireline.base import phrase
from desireline.maps.linting.finding import Finding

SCREEN_HINTS: Mapping[str, str] = {
    "not-valid": phrase("undo what was changed last, or bring back a version before it"),
    "no-owner": phrase("name one in the details of the map"),
    "no-review-date": phrase("half a year from today is usual"),
    "review-overdue": phrase("look at the map with its owner, then choose another day"),
    "too-many-phases": phrase("5 to 7 are usual; draw details on a map of their own, and link it at the step"),
    "too-many-steps": phrase("draw details on a map of their own, and link it at the step"),
    "unreachable-step": phrase("draw a way to it from a step before it"),
    "no-way-out": phrase("draw a way to a step that is an end, or make this one an end"),
    "unknown-field": phrase("is it misspelled in the file that the map came from?"),
    "missing-document": phrase("bring it back, or take its name out of the map"),
    "unknown-persona": phrase("add it to the personas of the map"),
    "unknown-metric": phrase("add it to the metrics of the map"),
    "unknown-opportunity": phrase("add it to the opportunities of the map"),
    "dead-link": phrase("choose another map, or make the one that is missing"),
    "missing-picture": phrase("upload the picture again"),
    "claims-without-evidence": phrase(
        "say at the claim how it is known: an interview, a survey; or take it as an assumption"
    ),
    "bad-address": phrase("write the whole address, or the name of the source"),
    "pain-without-opportunity": phrase("name one at the cell"),
    "opportunity-without-metric": phrase("name one of the metrics of the map"),
    "opportunity-without-solution": phrase("write down an idea, or drop the opportunity"),
    "opportunity-without-owner": phrase("name somebody, or a department at its tasks"),
    "unbound-step": phrase("choose at the step which touchpoints count as reaching it"),
    "nothing-silenced": phrase("it can go from what the map silences"),
}
"""By rule; the hint of another one says the same everywhere."""


def screen_hint(finding: Finding) -> str:
    """What to do about a finding, in words of the editor."""
    return SCREEN_HINTS.get(finding.rule, finding.hint)
