"""What the data say of campaigns: e-mails that were sent, opened and clicked, and visits that a campaign brought."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desireline.app.home.tables import EmailTouchpoint, channel_names, email_touchpoints
from desireline.evidence.tables import filled_fields
from desireline.interactions import All, Any_, Comparison, Condition
from desireline.store import Workspace

CAMPAIGN_FIELDS = ("attributes.campaign", "attributes.campaign_source", "attributes.campaign_medium")
"""What the formats fill where a campaign is named."""
VISITED_CHANNELS = ("web", "app")
EMAIL_FIGURES = ("email_reached", "email_opened", "email_clicked")
_OPENED = frozenset({"open", "opened", "opens", "geöffnet", "ouvert", "abierto", "aperto", "geopend"})
_CLICKED = frozenset({"click", "clicked", "clicks", "geklickt", "angeklickt", "cliqué", "clic", "cliccato", "geklikt"})
_NOT_RECEIVED = frozenset({"bounce", "bounced", "bounces", "dropped", "failed", "rejected", "unzustellbar"})


@dataclass(frozen=True, slots=True)
class EmailSteps:
    """The touchpoints of e-mails that were sent to many, each the most frequent one of its kind; ``None``: there is none."""

    sent: str | None = None
    opened: str | None = None
    clicked: str | None = None


def email_steps(workspace: Workspace) -> EmailSteps:
    """Find them in the channel of e-mails.

    Sent is what the company or a system did itself, in no case, without a team and an agent: answers to one customer are none. Opened and
    clicked are what customers did, by the name.
    """
    found = email_touchpoints(workspace)
    by_company = [each for each in found if 2 * each.sent > each.interactions and not _has(each, _NOT_RECEIVED)]
    by_customers = [each for each in found if 2 * each.sent <= each.interactions]
    return EmailSteps(
        _most_frequent(by_company),
        _most_frequent(each for each in by_customers if _has(each, _OPENED)),
        _most_frequent(each for each in by_customers if _has(each, _CLICKED)),
    )


def campaign_condition(workspace: Workspace) -> Condition | None:
    """Which visits to the web and the app a campaign brought; ``None`` where no interaction names one."""
    filled = filled_fields(workspace, CAMPAIGN_FIELDS)
    named = tuple(Comparison(field, "exists") for field in CAMPAIGN_FIELDS if field in filled)
    channels = tuple(each for each in channel_names(workspace) if each.casefold() in VISITED_CHANNELS)
    if not named or not channels:
        return None
    return All((Comparison("channel", "in", channels), named[0] if len(named) == 1 else Any_(named)))


def _has(touchpoint: EmailTouchpoint, words: frozenset[str]) -> bool:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", touchpoint.name)
    return not words.isdisjoint(re.findall(r"[^\W\d_]+", spaced.casefold()))


def _most_frequent(touchpoints: Iterable[EmailTouchpoint]) -> str | None:
    ordered = sorted(touchpoints, key=lambda each: (-each.interactions, each.name))
    return ordered[0].name if ordered else None
