"""``/api/settings``: what the settings file says, as it is understood; where it is; costs and opening hours to change in it."""

from __future__ import annotations

from typing import Any

from litestar import Router, delete, get, put
from msgspec import Struct

from desireline.accounts import Right, SignedIn, needs
from desireline.base import InputError, phrase
from desireline.interactions import CostSettings
from desireline.interactions.cost_editing import save_costs
from desireline.journeys.calendars import Calendars
from desireline.journeys.contact_settings import ContactSettings
from desireline.journeys.effort_settings import EffortWeights
from desireline.journeys.opening_hours import WEEKDAYS, OpeningHours, clock_text
from desireline.journeys.opening_hours_editing import remove_calendar as remove_named
from desireline.journeys.opening_hours_editing import remove_opening_hours, save_calendar, save_opening_hours
from desireline.store import Workspace
from desireline.store.revisions import revision_of
from desireline.store.workspace import SETTINGS_FILE


class ChannelCostAnswer(Struct, frozen=True):
    """What a channel costs, in the currency of the workspace."""

    channel: str
    per_contact: float
    per_minute: float


class CostsAnswer(Struct, frozen=True):
    """What contacts cost for which their source gives no cost.

    Attributes
    ----------
    revision
        Goes back with a change, so that nobody overwrites what they have not seen.
    """

    currency: str
    channels: list[ChannelCostAnswer]
    revision: str


class Span(Struct, frozen=True, forbid_unknown_fields=True):
    """From when to when, as the clock on the wall shows it: 09:00, at most 24:00."""

    opens: str
    closes: str


class ClosedDay(Struct, frozen=True, forbid_unknown_fields=True):
    """A holiday, such as 2026-12-25, and what people call it."""

    day: str
    name: str = ""


class CalendarAnswer(Struct, frozen=True):
    """When the company is open.

    Attributes
    ----------
    week
        The open spans of seven days, Monday first.
    """

    timezone: str
    week: list[list[Span]]
    holidays: list[ClosedDay]


class NamedCalendarAnswer(Struct, frozen=True):
    """Opening hours of some channels, some teams, or some teams in some channels."""

    name: str
    channels: list[str]
    teams: list[str]
    hours: CalendarAnswer
    revision: str


class CalendarsAnswer(Struct, frozen=True):
    """All opening hours.

    Attributes
    ----------
    company
        Those of contacts that no named calendar holds for; ``None``: those have none.
    revision
        Of those of the company.
    named
        In the order in which they are asked: the first that holds for a contact counts.
    """

    company: CalendarAnswer | None
    revision: str
    named: list[NamedCalendarAnswer]


class ChannelCostText(Struct, frozen=True, forbid_unknown_fields=True):
    """What a channel is to cost, in the currency of the workspace."""

    channel: str
    per_contact: float = 0.0
    per_minute: float = 0.0


class CostsText(Struct, frozen=True, forbid_unknown_fields=True):
    """What contacts are to cost; a channel that is not named costs nothing."""

    currency: str
    channels: list[ChannelCostText]
    revision: str | None = None


class CalendarText(Struct, frozen=True, forbid_unknown_fields=True):
    """When the company is to be open.

    Attributes
    ----------
    week
        The open spans of seven days, Monday first.
    timezone
        ``None``: that of the workspace.
    revision
        What was said of the hours that are changed: where they have changed since, nothing is written. ``None``: whatever they are.
    """

    week: list[list[Span]]
    timezone: str | None = None
    holidays: list[ClosedDay] = []
    revision: str | None = None


class NamedCalendarText(Struct, frozen=True, forbid_unknown_fields=True):
    """A named calendar as it is to be.

    Attributes
    ----------
    was
        Its name so far; ``None``: it is added.
    hours
        With the revision of this calendar.
    """

    name: str
    channels: list[str]
    teams: list[str]
    hours: CalendarText
    was: str | None = None


class SettingsAnswer(Struct, frozen=True):
    """The settings of the workspace.

    Attributes
    ----------
    file
        The path of the settings file for an admin, its name for others.
    calendars
        When the company is open, and for whom it is open at other times.
    transferred_to
        The field that names the team of a transfer; ``None``: none.
    needs
        Which visits to self-service are about a need; ``None``: those named like help.
    effort
        Points for one of each.
    """

    file: str
    name: str
    timezone: str
    costs: CostsAnswer
    calendars: CalendarsAnswer
    transferred_to: str | None
    needs: str | None
    effort: EffortWeights


@get("/", sync_to_thread=True, operation_id="get_settings")
def settings(workspace: Workspace, user: SignedIn) -> SettingsAnswer:
    """Costs, opening hours, contacts and effort as they stand."""
    contacts = workspace.section("contacts")
    ContactSettings.read(contacts)
    return SettingsAnswer(
        file=str(workspace.folder.resolve() / SETTINGS_FILE) if user.may(Right.ADMINISTER) else SETTINGS_FILE,
        name=workspace.name,
        timezone=workspace.timezone,
        costs=_costs(workspace),
        calendars=_calendars(workspace),
        transferred_to=contacts.get("transferred_to"),
        needs=contacts.get("needs"),
        effort=EffortWeights.read(workspace.section("effort")),
    )


@put("/costs", guards=[needs(Right.ADMINISTER)], sync_to_thread=True, operation_id="set_costs")
def set_costs(workspace: Workspace, data: CostsText) -> CostsAnswer:
    """Say what contacts cost; it counts at once, for the past too."""
    names = [each.channel for each in data.channels]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError(
            phrase(
                "[costs.channels.{twice}]: expected each channel once, it came {count} times",
                twice=twice,
                count=names.count(twice),
            )
        )
    channels = {
        each.channel: {"per_contact": each.per_contact, "per_minute": each.per_minute} for each in data.channels
    }
    save_costs(workspace, {"currency": data.currency, "channels": channels}, revision=data.revision)
    return _costs(Workspace(workspace.folder))


@put("/calendar", guards=[needs(Right.ADMINISTER)], sync_to_thread=True, operation_id="set_calendar")
def set_calendar(workspace: Workspace, data: CalendarText) -> CalendarsAnswer:
    """Say when the company is open; it counts at once, for the past too."""
    save_opening_hours(workspace, _section(data), revision=data.revision)
    return _calendars(Workspace(workspace.folder))


@delete("/calendar", guards=[needs(Right.ADMINISTER)], sync_to_thread=True, operation_id="remove_calendar")
def remove_calendar(workspace: Workspace, revision: str | None = None) -> None:
    """Set no opening hours for the company: contacts that no named calendar holds for have none."""
    remove_opening_hours(workspace, revision=revision)


@put("/calendars", guards=[needs(Right.ADMINISTER)], sync_to_thread=True, operation_id="set_named_calendar")
def set_named_calendar(workspace: Workspace, data: NamedCalendarText) -> CalendarsAnswer:
    """Say when some channels or teams are open; it counts at once, for the past too."""
    names = {key: names for key, names in (("channels", data.channels), ("teams", data.teams)) if names}
    save_calendar(workspace, data.name, {**names, **_section(data.hours)}, was=data.was, revision=data.hours.revision)
    return _calendars(Workspace(workspace.folder))


@delete("/calendars", guards=[needs(Right.ADMINISTER)], sync_to_thread=True, operation_id="remove_named_calendar")
def remove_named_calendar(workspace: Workspace, name: str, revision: str | None = None) -> None:
    """Remove a named calendar; for its contacts the others hold."""
    remove_named(workspace, name, revision=revision)


router = Router(
    path="/settings",
    tags=["settings"],
    guards=[needs(Right.LOOK)],
    route_handlers=[
        settings,
        set_costs,
        set_calendar,
        remove_calendar,
        set_named_calendar,
        remove_named_calendar,
    ],
)


def _costs(workspace: Workspace) -> CostsAnswer:
    section = workspace.section("costs")
    costs = CostSettings.read(section)
    channels = [ChannelCostAnswer(name, cost.per_contact, cost.per_minute) for name, cost in costs.channels.items()]
    return CostsAnswer(costs.currency, channels, revision_of(section))


def _calendars(workspace: Workspace) -> CalendarsAnswer:
    calendars, named = Calendars.of_workspace(workspace), workspace.section("calendars")
    return CalendarsAnswer(
        company=None if calendars.company is None else _hours(calendars.company),
        revision=revision_of(workspace.section("calendar")),
        named=[
            NamedCalendarAnswer(
                name=each.name,
                channels=list(each.channels),
                teams=list(each.teams),
                hours=_hours(each.hours),
                revision=revision_of(named[each.name]),
            )
            for each in calendars.named
        ],
    )


def _hours(hours: OpeningHours) -> CalendarAnswer:
    return CalendarAnswer(
        timezone=hours.timezone,
        week=[[Span(clock_text(span.opens), clock_text(span.closes)) for span in spans] for spans in hours.week],
        holidays=[ClosedDay(each.day.isoformat(), each.name) for each in hours.holidays],
    )


def _section(data: CalendarText) -> dict[str, Any]:
    """As the settings file says it."""
    if len(data.week) != len(WEEKDAYS):
        raise InputError(
            phrase("week: expected the spans of seven days, Monday first, got {count}", count=len(data.week))
        )
    zone = {} if data.timezone is None else {"timezone": data.timezone}
    hours = {
        day: [f"{span.opens}-{span.closes}" for span in spans]
        for day, spans in zip(WEEKDAYS, data.week, strict=True)
        if spans
    }
    return {**zone, "hours": hours, "holidays": [f"{each.day} {each.name}".strip() for each in data.holidays]}
