"""``/api/settings``: what the settings file says, as it is understood; where it is; costs and opening hours to change in it."""

from __future__ import annotations

from litestar import Router, delete, get, put
from msgspec import Struct

from desireline.accounts import Right, SignedIn, needs
from desireline.base import InputError
from desireline.interactions import CostSettings
from desireline.interactions.cost_editing import save_costs
from desireline.journeys.contact_settings import ContactSettings
from desireline.journeys.effort_settings import EffortWeights
from desireline.journeys.opening_hours import WEEKDAYS, OpeningHours
from desireline.journeys.opening_hours_editing import remove_opening_hours, save_opening_hours
from desireline.store import Workspace
from desireline.store.workspace import SETTINGS_FILE


class ChannelCostAnswer(Struct, frozen=True):
    """What a channel costs, in the currency of the workspace."""

    channel: str
    per_contact: float
    per_minute: float


class CostsAnswer(Struct, frozen=True):
    """What contacts cost for which their source gives no cost."""

    currency: str
    channels: list[ChannelCostAnswer]


class CalendarAnswer(Struct, frozen=True):
    """When the company is open; times as the clock on the wall shows them, days from 0, Monday."""

    timezone: str
    days: list[int]
    opens: str
    closes: str
    holidays: list[str]


class ChannelCostText(Struct, frozen=True, forbid_unknown_fields=True):
    """What a channel is to cost, in the currency of the workspace."""

    channel: str
    per_contact: float = 0.0
    per_minute: float = 0.0


class CostsText(Struct, frozen=True, forbid_unknown_fields=True):
    """What contacts are to cost; a channel that is not named costs nothing."""

    currency: str
    channels: list[ChannelCostText]


class CalendarText(Struct, frozen=True, forbid_unknown_fields=True):
    """When the company is to be open; without a time zone that of the workspace counts."""

    days: list[int]
    opens: str
    closes: str
    timezone: str | None = None
    holidays: list[str] = []


class SettingsAnswer(Struct, frozen=True):
    """The settings of the workspace.

    Attributes
    ----------
    file
        The path of the settings file for an admin, its name for others.
    calendar
        ``None``: none is set, so that no hour is outside of opening hours.
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
    calendar: CalendarAnswer | None
    transferred_to: str | None
    needs: str | None
    effort: EffortWeights


@get("/", sync_to_thread=True, operation_id="get_settings")
def settings(workspace: Workspace, user: SignedIn) -> SettingsAnswer:
    """Costs, opening hours, contacts and effort as they stand."""
    contacts = workspace.section("contacts")
    ContactSettings.read(contacts)
    hours = OpeningHours.read(workspace.section("calendar"), workspace.timezone)
    return SettingsAnswer(
        file=str(workspace.folder.resolve() / SETTINGS_FILE) if user.may(Right.ADMINISTER) else SETTINGS_FILE,
        name=workspace.name,
        timezone=workspace.timezone,
        costs=_costs(CostSettings.read(workspace.section("costs"))),
        calendar=None if hours is None else _calendar(hours),
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
        raise InputError(f"[costs.channels.{twice}]: expected each channel once, it came {names.count(twice)} times")
    channels = {
        each.channel: {"per_contact": each.per_contact, "per_minute": each.per_minute} for each in data.channels
    }
    return _costs(save_costs(workspace, {"currency": data.currency, "channels": channels}))


@put("/calendar", guards=[needs(Right.ADMINISTER)], sync_to_thread=True, operation_id="set_calendar")
def set_calendar(workspace: Workspace, data: CalendarText) -> CalendarAnswer:
    """Say when the company is open; it counts at once, for the past too."""
    wrong = [day for day in data.days if not 0 <= day < len(WEEKDAYS)]
    if wrong:
        raise InputError(f"[calendar] days: expected numbers from 0, Monday, to 6, Sunday, got {wrong[0]}")
    section = {
        "days": [WEEKDAYS[day] for day in sorted(set(data.days))],
        "from": data.opens,
        "to": data.closes,
        "holidays": sorted(set(data.holidays)),
    }
    zone = {} if data.timezone is None else {"timezone": data.timezone}
    return _calendar(save_opening_hours(workspace, {**zone, **section}))


@delete("/calendar", guards=[needs(Right.ADMINISTER)], sync_to_thread=True, operation_id="remove_calendar")
def remove_calendar(workspace: Workspace) -> None:
    """Set no opening hours: every hour counts as open."""
    remove_opening_hours(workspace)


router = Router(
    path="/settings",
    tags=["settings"],
    guards=[needs(Right.LOOK)],
    route_handlers=[settings, set_costs, set_calendar, remove_calendar],
)


def _costs(costs: CostSettings) -> CostsAnswer:
    channels = [ChannelCostAnswer(name, cost.per_contact, cost.per_minute) for name, cost in costs.channels.items()]
    return CostsAnswer(costs.currency, channels)


def _calendar(hours: OpeningHours) -> CalendarAnswer:
    return CalendarAnswer(
        timezone=hours.timezone,
        days=list(hours.days),
        opens=_clock(hours.opens.total_seconds()),
        closes=_clock(hours.closes.total_seconds()),
        holidays=[day.isoformat() for day in sorted(hours.holidays)],
    )


def _clock(seconds: float) -> str:
    return f"{int(seconds // 3600):02}:{int(seconds % 3600 // 60):02}"
