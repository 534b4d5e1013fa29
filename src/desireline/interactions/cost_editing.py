"""Changing what contacts cost: the section ``[costs]`` of the settings file; its comments and its order stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desireline.base import InputError, SettingsError, phrase
from desireline.interactions.costs import ChannelCost, CostSettings
from desireline.store import Workspace
from desireline.store.revisions import check_revision
from desireline.store.workspace import change_section

_LONGEST_CHANNEL = 200


def save_costs(workspace: Workspace, section: Mapping[str, Any], *, revision: str | None = None) -> CostSettings:
    """Write the section of the settings file anew; what it does not say anew keeps its spelling.

    Parameters
    ----------
    section
        The whole section as the file says it, see :meth:`CostSettings.read`.
    revision
        What :func:`~desireline.store.revisions.revision_of` said of the section that was changed; ``None``: whatever stands.

    Raises
    ------
    InputError
        It says something that cannot be; the file stays as it is.
    SettingsChangedError
        The section says something else by now.
    SettingsError
        The file cannot be read, or only be changed by hand.
    """
    try:
        costs = CostSettings.read(section)
    except SettingsError as error:
        raise InputError(error.message, hint=error.hint) from error
    for name in costs.channels:
        if not name.strip() or len(name) > _LONGEST_CHANNEL:
            raise InputError(
                phrase(
                    "[costs] channels: expected the name of a channel, at most {longest} signs, got {name!r}",
                    longest=_LONGEST_CHANNEL,
                    name=name[:80],
                )
            )

    def changed(before: Mapping[str, Any]) -> Mapping[str, Any]:
        check_revision(before, revision)
        return _section(costs, before)

    change_section(workspace, "costs", changed)
    return costs


def _section(costs: CostSettings, before: Mapping[str, Any]) -> dict[str, Any]:
    section: dict[str, Any] = {"currency": costs.currency}
    told = before.get("channels", {})
    if costs.channels:
        section["channels"] = {name: _channel(cost, told.get(name, {})) for name, cost in costs.channels.items()}
    return section


def _channel(cost: ChannelCost, before: Mapping[str, Any]) -> dict[str, float]:
    amounts = {"per_contact": cost.per_contact, "per_minute": cost.per_minute}
    kept = {key: amount for key, amount in amounts.items() if amount or key in before}
    return {key: _plain(amount) for key, amount in (kept or {"per_contact": 0.0}).items()}


def _plain(amount: float) -> float:
    return int(amount) if amount.is_integer() else amount
