"""What counted as a step in the versions of a map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desireline.base import UnknownNameError
from desireline.interactions import Condition, condition_text
from desireline.maps import Document, JourneyMap, read_map
from desireline.maps.model import CountingRule
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class CountingDefinition:
    """All that says which interactions of which journeys count as a step.

    Attributes
    ----------
    where, count
        The step's binding; ``None``: it has none.
    journey, scope
        Of the map.
    """

    where: Condition | None
    count: CountingRule | None
    journey: str | None
    scope: Condition | None

    def text(self) -> str:
        """For people."""
        if self.where is None:
            return "not bound"
        told = [condition_text(self.where)]
        told += ["each journey's first"] if self.count == "once" else []
        told += [] if self.journey is None else [f"journeys: {self.journey}"]
        told += [] if self.scope is None else [f"only where {condition_text(self.scope)}"]
        return "; ".join(told)


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """From when on a step was counted in some way.

    Attributes
    ----------
    number
        The version of the map that brought it; ``None``: it is in a file that was never saved.
    """

    number: int | None
    saved_at: datetime | None
    author: str | None
    label: str | None
    rule: CountingDefinition

    def text(self) -> str:
        """Which version, whose, and why."""
        if self.number is None or self.saved_at is None:
            return "the file, not saved in the workspace"
        why = f": {self.label}" if self.label else ""
        return f"version {self.number}, {self.saved_at:%Y-%m-%d}, {self.author}{why}"

    def to_dict(self) -> dict[str, Any]:
        """``{"version", "saved_at", "author", "label", "where", "count", "journey", "scope"}``."""
        rule = self.rule
        return {
            "version": self.number,
            "saved_at": None if self.saved_at is None else self.saved_at.isoformat(),
            "author": self.author,
            "label": self.label,
            "where": None if rule.where is None else condition_text(rule.where),
            "count": rule.count,
            "journey": rule.journey,
            "scope": None if rule.scope is None else condition_text(rule.scope),
        }


def rule_versions(workspace: Workspace, journey_map: JourneyMap, step: str) -> tuple[RuleVersion, ...]:
    """How a step was counted in the versions of a map that the workspace keeps, and now: the oldest first, each only where it changed.

    A version without the step, or with which the map was deleted, has no rule. The last one is that of ``journey_map``.
    """
    found: list[RuleVersion] = []
    for each in _saved(workspace, journey_map.id, step):
        if not found or found[-1].rule != each.rule:
            found.append(each)
    now = definition_of(journey_map, step)
    if now is not None and (not found or found[-1].rule != now):
        found.append(RuleVersion(None, None, None, None, now))
    return tuple(found)


def definition_of(journey_map: JourneyMap, step: str) -> CountingDefinition | None:
    """What counts as a step of a map; ``None`` where it has no such step."""
    own = next((each for each in journey_map.steps if each.id == step), None)
    if own is None:
        return None
    where, count = (None, None) if own.binding is None else (own.binding.where, own.binding.count)
    return CountingDefinition(where, count, journey_map.journey, journey_map.scope.where)


def _saved(workspace: Workspace, ident: str, step: str) -> Iterable[RuleVersion]:
    from desireline.maps.storing import history

    try:
        versions = history(workspace, "map", ident)
    except UnknownNameError:
        return
    for version in versions:
        if version.text is None:
            continue
        rule = definition_of(read_map(Document(version.text, f"version {version.number} of {ident}")), step)
        if rule is not None:
            yield RuleVersion(version.number, version.saved_at, version.author, version.label, rule)
