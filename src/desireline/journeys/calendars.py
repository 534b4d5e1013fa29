"""Which opening hours hold for which contacts: the sections ``[calendar]`` and ``[calendars.NAME]`` of the settings.

    [calendar]
    from = "09:00"
    to = "17:00"

    [calendars.hotline]
    channels = ["phone"]
    from = "07:00"
    to = "20:00"

    [calendars.Vienna]
    teams = ["Vienna"]
    timezone = "Europe/Vienna"
    from = "09:00"
    to = "17:00"
    holidays = ["2026-10-26 National Day"]

A named calendar holds for the contacts of its teams, in its channels; where it names only one of the two, the other does not matter. Of
several that hold for a contact, the one that names both comes first, then the one that names teams, then the one that names channels;
``[calendar]`` holds for all others. :meth:`Calendars.of` is the only place that decides this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import SettingsError, phrase
from desireline.journeys.opening_hours import HOURS_KEYS, OpeningHours, check_keys
from desireline.kernels.contacts import open_time
from desireline.store import Workspace

CALENDAR_KEYS = (*HOURS_KEYS, "channels", "teams")
"""What the section of a named calendar says."""
LONGEST_CALENDAR_NAME = 80


@dataclass(frozen=True, slots=True)
class Calendar:
    """A named calendar; it names channels, teams or both."""

    name: str
    hours: OpeningHours
    channels: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()

    @property
    def rank(self) -> int:
        """Which comes first where several hold: the smallest."""
        return 0 if self.teams and self.channels else 1 if self.teams else 2

    def holds_for(self, *, team: str | None, channel: str | None) -> bool:
        """Whether it is for contacts of a team in a channel; ``None``: of none that is known."""
        return (not self.teams or team in self.teams) and (not self.channels or channel in self.channels)


@dataclass(frozen=True, slots=True)
class Calendars:
    """All calendars of a workspace.

    Attributes
    ----------
    company
        Holds for all contacts that no other one holds for; ``None``: those have no opening hours.
    named
        By rank.
    """

    company: OpeningHours | None = None
    named: tuple[Calendar, ...] = ()

    def __bool__(self) -> bool:
        return self.company is not None or bool(self.named)

    def __str__(self) -> str:
        company = [] if self.company is None else [str(self.company)]
        return "; ".join([*company, *(f"{each.name}: {each.hours}" for each in self.named)])

    @staticmethod
    def read(calendar: Mapping[str, Any], calendars: Mapping[str, Any], timezone: str = "UTC") -> Calendars:
        """Check and take over both sections.

        Parameters
        ----------
        timezone
            That of the workspace: what counts where a calendar names none.

        Raises
        ------
        SettingsError
            One of them says something that cannot be, or two hold for the same contacts.
        """
        named = [_calendar(name, section, timezone) for name, section in calendars.items()]
        for first, second in combinations(named, 2):
            _check_apart(first, second)
        ranked = tuple(sorted(named, key=lambda each: each.rank))
        return Calendars(OpeningHours.read(calendar, timezone), ranked)

    @staticmethod
    def of_workspace(workspace: Workspace) -> Calendars:
        """Those that its settings say."""
        return Calendars.read(workspace.section("calendar"), workspace.section("calendars"), workspace.timezone)

    def of(self, *, team: str | None, channel: str | None) -> OpeningHours | None:
        """The opening hours that hold for a contact.

        Parameters
        ----------
        team
            The first that the contact names; ``None``: it names none.
        channel
            In which it began.
        """
        for each in self.named:
            if each.holds_for(team=team, channel=channel):
                return each.hours
        return self.company


@dataclass(frozen=True, slots=True)
class CalendarTable:
    """Calendars over the codes of an index.

    Attributes
    ----------
    hours
        The different opening hours.
    numbers
        int64[teams + 1, channels]: which of them holds for a contact, -1: none. The last row is of contacts without a team.
    """

    hours: tuple[OpeningHours, ...]
    numbers: NDArray[np.int64]

    @staticmethod
    def of(calendars: Calendars, teams: Sequence[str], channels: Sequence[str]) -> CalendarTable:
        """The table for the teams and channels of an index."""
        chosen = [[calendars.of(team=team, channel=channel) for channel in channels] for team in (*teams, None)]
        hours = tuple(dict.fromkeys(each for row in chosen for each in row if each is not None))
        numbers = [[-1 if each is None else hours.index(each) for each in row] for row in chosen]
        return CalendarTable(hours, np.array(numbers, np.int64).reshape(len(teams) + 1, len(channels)))

    def open_time(
        self, calendars: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """How much of each stretch of time lies in the opening hours that hold for it: int64[a] each, -1 where none do.

        O(a log d) for d days in all.
        """
        found = np.full(len(starts), -1, np.int64)
        for number, hours in enumerate(self.hours):
            chosen = calendars == number
            if chosen.any():
                begun, ended = starts[chosen], ends[chosen]
                found[chosen] = open_time(begun, ended, *hours.between(int(begun.min()), int(ended.max())))
        return found


def _calendar(name: str, section: Any, timezone: str) -> Calendar:
    place = f"calendars.{name}"
    if not name.strip() or len(name) > LONGEST_CALENDAR_NAME:
        raise SettingsError(
            phrase(
                "[calendars]: expected a name of 1 to {longest} characters, got {name!r}",
                longest=LONGEST_CALENDAR_NAME,
                name=name[:LONGEST_CALENDAR_NAME],
            )
        )
    if not isinstance(section, Mapping):
        raise SettingsError(
            phrase(
                "[calendars]: expected a section for each calendar, {name} is {section!r}", name=name, section=section
            )
        )
    check_keys(section, CALENDAR_KEYS, place=place)
    channels, teams = (_names(section.get(key, []), f"[{place}] {key}") for key in ("channels", "teams"))
    if not channels and not teams:
        raise SettingsError(
            phrase("[{place}]: expected the channels or teams for which it holds", place=place),
            hint=phrase("what holds for all others is in [calendar]"),
        )
    said = {key: value for key, value in section.items() if key in HOURS_KEYS}
    hours = OpeningHours.read(said, timezone, place=place)
    if hours is None:
        raise SettingsError(
            phrase("[{place}]: expected {missing} too", place=place, missing="from, to"),
            hint=phrase("or hours, with the spans of each day"),
        )
    return Calendar(name, hours, channels, teams)


def _names(value: Any, where: str) -> tuple[str, ...]:
    said = value if isinstance(value, list) else [value]
    wrong = next((each for each in said if not isinstance(each, str) or not each.strip()), None)
    if wrong is not None:
        raise SettingsError(phrase("{where}: expected a list of names, got {wrong!r}", where=where, wrong=wrong))
    return tuple(dict.fromkeys(said))


def _check_apart(first: Calendar, second: Calendar) -> None:
    """Of two calendars of the same rank none may hold for a contact for which the other does."""
    shared = [
        sorted({*of} & {*other}) for of, other in ((first.teams, second.teams), (first.channels, second.channels))
    ]
    asked = {0: shared, 1: shared[:1], 2: shared[1:]}[first.rank]
    if first.rank == second.rank and all(asked):
        raise SettingsError(
            phrase(
                "[calendars]: expected one calendar for {name}, {first} and {second} both name it",
                name=", ".join(names[0] for names in asked),
                first=first.name,
                second=second.name,
            ),
            hint=phrase("take it out of one of them"),
        )
