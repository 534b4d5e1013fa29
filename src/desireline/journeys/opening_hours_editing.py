"""Changing opening hours: the sections ``[calendar]`` and ``[calendars]`` of the settings file; its comments and its order stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from desireline.base import InputError, SettingsError, UnknownNameError, phrase
from desireline.journeys.calendars import Calendar, Calendars
from desireline.journeys.opening_hours import (
    HOURS_KEYS,
    WEEKDAYS,
    Holiday,
    OpeningHours,
    OpenSpan,
    clock_text,
    read_holiday,
)
from desireline.store import Workspace
from desireline.store.revisions import check_revision
from desireline.store.workspace import change_section

_WEEK_KEYS = ("days", "from", "to", "hours")
_Read = TypeVar("_Read")


def save_opening_hours(
    workspace: Workspace, section: Mapping[str, Any], *, revision: str | None = None
) -> OpeningHours:
    """Write the section ``[calendar]`` of the settings file anew; what it does not say anew keeps its spelling.

    Parameters
    ----------
    section
        The whole section as the file says it, see :meth:`OpeningHours.read`.
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
    hours = _as_input(lambda: OpeningHours.read(section, workspace.timezone))
    if hours is None:
        raise InputError(phrase("[calendar]: expected from and to, got nothing"))

    def changed(before: Mapping[str, Any]) -> Mapping[str, Any]:
        check_revision(before, revision)
        return _hours_section(hours, before, workspace.timezone)

    change_section(workspace, "calendar", changed)
    return hours


def remove_opening_hours(workspace: Workspace, *, revision: str | None = None) -> None:
    """Take the section ``[calendar]`` out of the settings file.

    Raises
    ------
    SettingsChangedError
        It says something else by now.
    SettingsError
        The file cannot be read, or only be changed by hand.
    """

    def changed(before: Mapping[str, Any]) -> Mapping[str, Any]:
        check_revision(before, revision)
        return {}

    change_section(workspace, "calendar", changed)


def save_calendar(
    workspace: Workspace, name: str, section: Mapping[str, Any], *, was: str | None = None, revision: str | None = None
) -> Calendar:
    """Write a named calendar anew, or add one.

    Parameters
    ----------
    section
        All that it says, see :class:`~desireline.journeys.calendars.Calendar`.
    was
        Its name so far; ``None``: it is added.
    revision
        Of its section; ``None``: whatever stands.

    Raises
    ------
    InputError
        It says something that cannot be, its name is taken, or another calendar holds for the same contacts.
    UnknownNameError
        There is none that was called so.
    SettingsChangedError
        It says something else by now.
    SettingsError
        The file cannot be read, or only be changed by hand.
    """
    name = " ".join(name.split())
    saved: list[Calendar] = []

    def changed(before: Mapping[str, Any]) -> Mapping[str, Any]:
        stood = _stood(before, was, revision)
        if name != was and name in before:
            raise InputError(
                phrase("[calendars]: there is a calendar {name} already", name=name),
                hint=phrase("give this one another name"),
            )
        others = {each: of for each, of in before.items() if each != was}
        found = _as_input(lambda: Calendars.read({}, {**others, name: section}, workspace.timezone))
        calendar = next(each for each in found.named if each.name == name)
        saved.append(calendar)
        written = _calendar_section(calendar, stood, workspace.timezone)
        if was is None:
            return {**others, name: written}
        return {name if each == was else each: written if each == was else of for each, of in before.items()}

    change_section(workspace, "calendars", changed)
    return saved[0]


def remove_calendar(workspace: Workspace, name: str, *, revision: str | None = None) -> None:
    """Take a named calendar out of the settings file.

    Raises
    ------
    UnknownNameError
        There is none of this name.
    SettingsChangedError
        It says something else by now.
    SettingsError
        The file cannot be read, or only be changed by hand.
    """

    def changed(before: Mapping[str, Any]) -> Mapping[str, Any]:
        _stood(before, name, revision)
        return {each: of for each, of in before.items() if each != name}

    change_section(workspace, "calendars", changed)


def _stood(calendars: Mapping[str, Any], name: str | None, revision: str | None) -> Mapping[str, Any]:
    """What a calendar says so far; nothing of one that is added."""
    stands = {} if name is None else calendars.get(name, {})
    check_revision(stands, revision)
    if name is not None and name not in calendars:
        raise UnknownNameError(
            phrase("there is no calendar {name}", name=name), hint=phrase("it may have been removed or renamed")
        )
    return stands


def _as_input(read: Callable[[], _Read]) -> _Read:
    try:
        return read()
    except SettingsError as error:
        raise InputError(error.message, hint=error.hint) from error


def _calendar_section(calendar: Calendar, before: Mapping[str, Any], timezone: str) -> dict[str, Any]:
    hours = _hours_section(calendar.hours, {key: of for key, of in before.items() if key in HOURS_KEYS}, timezone)
    return {
        **({"channels": list(calendar.channels)} if calendar.channels else {}),
        **({"teams": list(calendar.teams)} if calendar.teams else {}),
        **hours,
    }


def _hours_section(hours: OpeningHours, before: Mapping[str, Any], timezone: str) -> dict[str, Any]:
    """The section with the words of before, wherever they say the same."""
    stood = _read(before, timezone)
    zone = {"timezone": before["timezone"]} if "timezone" in before else {}
    if stood is None or stood.timezone != hours.timezone:
        zone = {} if hours.timezone == timezone else {"timezone": hours.timezone}
    week = _week_section(hours, before)
    if stood is not None and stood.week == hours.week:
        week = {key: before[key] for key in _WEEK_KEYS if key in before}
    holidays = _holidays(hours, before)
    return {**zone, **week, **({"holidays": holidays} if holidays or "holidays" in before else {})}


def _week_section(hours: OpeningHours, before: Mapping[str, Any]) -> dict[str, Any]:
    """In the shorter way where all open days are alike and nothing else was written before."""
    alike = {spans for spans in hours.week if spans}
    spans = next(iter(alike))
    if "hours" in before or len(alike) > 1 or len(spans) > 1:
        told = before.get("hours", {})
        return {"hours": {day: _spans(of, told.get(day)) for day, of in zip(WEEKDAYS, hours.week, strict=True) if of}}
    days = [day for day, of in zip(WEEKDAYS, hours.week, strict=True) if of]
    named = {"days": days} if days != list(WEEKDAYS[:5]) or "days" in before else {}
    return {**named, "from": clock_text(spans[0].opens), "to": clock_text(spans[0].closes)}


def _spans(spans: tuple[OpenSpan, ...], before: Any) -> list[str]:
    written = [f"{clock_text(span.opens)}-{clock_text(span.closes)}" for span in spans]
    return before if isinstance(before, list) and sorted(before) == written else written


def _holidays(hours: OpeningHours, before: Mapping[str, Any]) -> list[Any]:
    """Those of before that stay, in their order, then the new ones."""
    told = before.get("holidays", [])
    said = [(each, _holiday(each)) for each in (told if isinstance(told, list) else [told])]
    stay = [(each, holiday) for each, holiday in said if holiday in hours.holidays]
    known = {holiday for _, holiday in stay}
    return [*(each for each, _ in stay), *(str(holiday) for holiday in hours.holidays if holiday not in known)]


def _holiday(value: Any) -> Holiday | None:
    try:
        return read_holiday(value)
    except SettingsError:
        return None


def _read(section: Mapping[str, Any], timezone: str) -> OpeningHours | None:
    try:
        return OpeningHours.read(section, timezone)
    except SettingsError:
        return None
