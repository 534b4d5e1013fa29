"""``/api/settings``: what the settings file says, as it is understood, and where the file is."""

from __future__ import annotations

from litestar import Router, get
from msgspec import Struct

from desireline.accounts import Right, SignedIn, needs
from desireline.interactions import CostSettings
from desireline.journeys.contact_settings import ContactSettings
from desireline.journeys.effort_settings import EffortWeights
from desireline.journeys.opening_hours import OpeningHours
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
    return SettingsAnswer(
        file=str(workspace.folder.resolve() / SETTINGS_FILE) if user.may(Right.ADMINISTER) else SETTINGS_FILE,
        name=workspace.name,
        timezone=workspace.timezone,
        costs=_costs(CostSettings.read(workspace.section("costs"))),
        calendar=_calendar(OpeningHours.read(workspace.section("calendar"), workspace.timezone)),
        transferred_to=contacts.get("transferred_to"),
        needs=contacts.get("needs"),
        effort=EffortWeights.read(workspace.section("effort")),
    )


router = Router(path="/settings", tags=["settings"], guards=[needs(Right.LOOK)], route_handlers=[settings])


def _costs(costs: CostSettings) -> CostsAnswer:
    channels = [ChannelCostAnswer(name, cost.per_contact, cost.per_minute) for name, cost in costs.channels.items()]
    return CostsAnswer(costs.currency, channels)


def _calendar(hours: OpeningHours | None) -> CalendarAnswer | None:
    if hours is None:
        return None
    return CalendarAnswer(
        timezone=hours.timezone,
        days=list(hours.days),
        opens=_clock(hours.opens.total_seconds()),
        closes=_clock(hours.closes.total_seconds()),
        holidays=[day.isoformat() for day in sorted(hours.holidays)],
    )


def _clock(seconds: float) -> str:
    return f"{int(seconds // 3600):02}:{int(seconds % 3600 // 60):02}"
