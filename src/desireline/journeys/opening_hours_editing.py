"""Changing the opening hours: the section ``[calendar]`` of the settings file; its comments and its order stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desireline.base import InputError, SettingsError
from desireline.journeys.opening_hours import OpeningHours
from desireline.store import Workspace
from desireline.store.workspace import change_section


def save_opening_hours(workspace: Workspace, section: Mapping[str, Any]) -> OpeningHours:
    """Write the section of the settings file anew; what it does not say anew keeps its spelling.

    Parameters
    ----------
    section
        The whole section as the file says it, see :meth:`OpeningHours.read`.

    Raises
    ------
    InputError
        It says something that cannot be; the file stays as it is.
    SettingsError
        The file cannot be read, or only be changed by hand.
    """
    try:
        hours = OpeningHours.read(section, workspace.timezone)
    except SettingsError as error:
        raise InputError(error.message, hint=error.hint) from error
    if hours is None:
        raise InputError("[calendar]: expected from and to, got nothing")
    change_section(workspace, "calendar", lambda before: _section(hours, section, before, workspace.timezone))
    return hours


def remove_opening_hours(workspace: Workspace) -> None:
    """Take the section out of the settings file: every hour counts as open.

    Raises
    ------
    SettingsError
        The file cannot be read, or only be changed by hand.
    """
    change_section(workspace, "calendar", lambda _: {})


def _section(
    hours: OpeningHours, section: Mapping[str, Any], before: Mapping[str, Any], timezone: str
) -> Mapping[str, Any]:
    """The section with the words of before, wherever they say the same."""
    found = {**section, "holidays": _holidays(section, before)}
    for key in section:
        without = {name: value for name, value in found.items() if name != key}
        if key not in before and _reads_as(without, hours, timezone):
            found = without
    for key, value in before.items():
        if _reads_as({**found, key: value}, hours, timezone):
            found[key] = value
    return found


def _holidays(section: Mapping[str, Any], before: Mapping[str, Any]) -> list[Any]:
    """Those of before that stay, in their order, then the new ones."""
    wanted, told = list(section.get("holidays", [])), before.get("holidays", [])
    stay = [each for each in (told if isinstance(told, list) else [told]) if str(each) in wanted]
    known = {str(each) for each in stay}
    return [*stay, *sorted(each for each in wanted if each not in known)]


def _reads_as(section: Mapping[str, Any], hours: OpeningHours, timezone: str) -> bool:
    try:
        return OpeningHours.read(section, timezone) == hours
    except SettingsError:
        return False
