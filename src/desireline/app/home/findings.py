"""The feed of findings: what changed, whom it concerns, and the question that opens it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from desireline.app.home.model import Ask, FindingEntry, Function
from desireline.base import Progress
from desireline.interactions import currency_of_amounts, read_taxonomy
from desireline.interactions.log import raw_names
from desireline.journeys import insights
from desireline.journeys.analyses.service_contacts import LIVE_CHANNELS
from desireline.journeys.definitions import read_definitions
from desireline.journeys.results.insights import SHARES, Finding
from desireline.store import Workspace

_PRODUCT = frozenset({"web", "app", "device"})
_MARKETING = frozenset(
    {"email", "newsletter", "ad", "advert", "ads", "social", "search", "sms", "push", "affiliate", "referral"}
)
_SALES = frozenset({"store", "branch", "partner", "field"})
_SERVICE = frozenset({*LIVE_CHANNELS, "ivr", "bot", "survey"})


def findings_feed(workspace: Workspace, *, progress: Progress | None = None) -> tuple[FindingEntry, ...]:
    """The findings of everything that customers did: those that go on first, then those that are over; each strongest first."""
    found = insights(workspace, progress=progress).findings
    channels = _channels(workspace)
    names = {each.ident: each.name for each in read_definitions(workspace)}
    currency = currency_of_amounts(workspace) or ""
    entries = [_entry(each, channels, names, currency) for each in found]
    return tuple(sorted(entries, key=lambda each: each.last_day is not None))


def _entry(
    finding: Finding, channels: Mapping[str, frozenset[str]], names: Mapping[str, str], currency: str
) -> FindingEntry:
    segment, value = finding.segment or (None, None)
    trend = finding.trend
    return FindingEntry(
        id=_ident(finding),
        kind=finding.kind,
        measure=finding.measure,
        subject=finding.subject,
        name=names.get(finding.subject) if finding.measure == "conversion" else None,
        segment=segment,
        segment_value=value,
        first_day=finding.first_day,
        last_day=finding.last_day if finding.is_over else None,
        before=finding.before,
        after=finding.after,
        low=finding.low,
        high=finding.high,
        n=finding.n,
        confidence=finding.confidence,
        text=finding.text,
        also=finding.also,
        unit=_UNITS.get(finding.measure, currency),
        slope=None if trend is None else trend.slope,
        slope_low=None if trend is None else trend.low,
        slope_high=None if trend is None else trend.high,
        functions=functions_of(finding, channels),
        ask=ask_of(finding.command()),
    )


_UNITS: Mapping[str, str] = {
    **dict.fromkeys(SHARES, ""),
    "wait": "seconds",
    "score": "points",
    "sentiment": "points",
}
"""Of what a finding measures; the value is in the currency of the workspace, if the settings name one."""


def functions_of(finding: Finding, channels: Mapping[str, frozenset[str]]) -> tuple[Function, ...]:
    """Whom a finding concerns: by what it measures, and by the channels in which its touchpoints are used."""
    used = frozenset[str]().union(*(channels.get(each, frozenset()) for each in finding.subject.split(" → ")))
    measure = finding.measure
    is_conversion, is_value = measure == "conversion", measure == "value"
    concerned: dict[Function, bool] = {
        "marketing": bool(used & _MARKETING) or is_conversion,
        "sales": bool(used & _SALES) or is_conversion or is_value,
        "service": bool(used & _SERVICE) or measure in ("wait", "score", "sentiment"),
        "product": bool(used & _PRODUCT) or is_conversion,
        "finance": is_conversion or is_value,
    }
    return tuple(function for function, is_concerned in concerned.items() if is_concerned)


def ask_of(command: Sequence[str]) -> Ask:
    """The question and the options of a command ``desireline journeys QUESTION TOUCHPOINT --option value …``."""
    parameters: dict[str, str] = {}
    words = iter(command[3:])
    for word in words:
        if word.startswith("--"):
            parameters[word.removeprefix("--").replace("-", "_")] = next(words)
        else:
            parameters["touchpoint"] = word
    return Ask(command[2], parameters)


def _ident(finding: Finding) -> str:
    """Of what changed, for whom, and since when."""
    described = "|".join((finding.kind, finding.subject, *(finding.segment or ()), finding.first_day.isoformat()))
    return hashlib.sha256(described.encode()).hexdigest()[:16]


def _channels(workspace: Workspace) -> Mapping[str, frozenset[str]]:
    """In which channels each touchpoint is used, all by the names that the taxonomy gives them."""
    taxonomy = read_taxonomy(workspace)
    found: dict[str, set[str]] = {}
    for touchpoint, channel in raw_names(workspace):
        named = taxonomy.touchpoints.get(touchpoint, touchpoint)
        found.setdefault(named, set()).add(taxonomy.channels.get(channel, channel))
    return {name: frozenset(used) for name, used in found.items()}
